"""What the pack of a transfer holds and lacks, and the papers as PDF."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from handhold.access.papers import audience_of, may_have_family_letter
from handhold.access.transfers import Opened, access_proposal_to_read
from handhold.actions.papers import give_out_family_letter, give_out_pack
from handhold.documents import CharactersNotInFont
from handhold.queries.pack_contents import find_contents
from handhold.queries.packs import compose_pack
from handhold.queries.whose_move import reachable
from handhold.web.files import as_pdf
from handhold.web.navigation import REPORT_A_CONCERN, find_address
from handhold.web.requests import practitioner_of


@require_safe
def pack(request: HttpRequest, ref: str) -> HttpResponse:
    """What is in the pack, as much of it as this person may have, and what is missing."""
    opened = access_proposal_to_read(ref, by=practitioner_of(request), now=timezone.now())
    audience = audience_of(opened)
    if audience is None:
        return _closed(request, opened)
    composed = compose_pack(opened, audience)
    return render(
        request,
        "packs/pack.html",
        {
            "ref": ref,
            "pack": composed,
            "contents": find_contents(composed),
            "is_whole": audience == "after-acceptance",
            "has_letter": may_have_family_letter(opened),
            "is_asked_only": not opened.sees("transfer"),
        },
    )


@require_GET
def pack_pdf(request: HttpRequest, ref: str) -> HttpResponse:
    """The pack on paper. That somebody took it is noted."""
    try:
        return as_pdf(give_out_pack(ref, by=practitioner_of(request), now=timezone.now()))
    except CharactersNotInFont as fault:
        return _cannot_print(request, ref, fault)


@require_GET
def family_letter_pdf(request: HttpRequest, ref: str) -> HttpResponse:
    """The letter that tells the family who helps them now."""
    try:
        return as_pdf(give_out_family_letter(ref, by=practitioner_of(request), now=timezone.now()))
    except CharactersNotInFont as fault:
        return _cannot_print(request, ref, fault)


def _closed(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Why there is no pack now, for who knows of the transfer: the family does not agree (Y9)."""
    run = opened.case.run
    context = {
        "family": run.family.name,
        "ask": reachable(opened.case.worker_now),
        "report_address": f"{find_address(REPORT_A_CONCERN)}?family={run.family.ref}",
    }
    return render(request, "packs/closed.html", context, status=403)


def _cannot_print(request: HttpRequest, ref: str, fault: CharactersNotInFont) -> HttpResponse:
    messages.error(request, f"This paper cannot be printed yet. {fault}")
    return redirect("pack", ref)
