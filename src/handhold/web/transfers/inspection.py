"""One transfer whole, on one page and as a PDF, for who looks back at it."""

from collections.abc import Sequence
from dataclasses import astuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from handhold.access.papers import access_inspection_to_read
from handhold.actions.papers import give_out_inspection
from handhold.documents import CharactersNotInFont, InspectedException, InspectedLimit, InspectedStep
from handhold.queries.inspection import compose_inspection
from handhold.web.files import as_pdf
from handhold.web.requests import practitioner_of


@require_safe
def whole(request: HttpRequest, ref: str) -> HttpResponse:
    """The whole of it: decisions, oversight, evidence, exceptions, limits, the children's words, letters."""
    opened = access_inspection_to_read(ref, by=practitioner_of(request), now=timezone.now())
    page = compose_inspection(opened)
    context = {
        "page": page,
        "stages": [(stage.title, _rows(stage.steps)) for stage in page.stages],
        "exceptions": _rows(page.exceptions),
        "limits": _rows(page.limits),
    }
    return render(request, "transfers/inspection.html", context)


def _rows(lines: Sequence[InspectedStep | InspectedException | InspectedLimit]) -> list[tuple[str, ...]]:
    """Each line as the cells of a table, in the order of its parts."""
    return [astuple(line) for line in lines]


@require_GET
def whole_pdf(request: HttpRequest, ref: str) -> HttpResponse:
    """The same on paper. That somebody took it is noted."""
    try:
        return as_pdf(give_out_inspection(ref, by=practitioner_of(request), now=timezone.now()))
    except CharactersNotInFont as fault:
        messages.error(request, f"This cannot be printed yet. {fault}")
        return redirect("transfer-whole", ref)
