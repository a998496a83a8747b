"""The families in sight of whoever is signed in, and what is known about one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from handhold.access.families import Sighted, access_family_to_read, sight_of
from handhold.actions.assessments import mark_draft_read
from handhold.actions.opened_pages import note_look
from handhold.actions.papers import give_out_family_document
from handhold.queries.families import FamilyPage, families_matching, family_page, family_rows
from handhold.queries.family_papers import family_papers
from handhold.queries.family_tree import family_tree
from handhold.queries.in_no_service import others_with_work
from handhold.queries.partner_papers import find_who_receives_papers
from handhold.web.addresses import new_transfer_address, transfer_address
from handhold.web.families.genogram import draw_genogram
from handhold.web.families.tabs import tabs_of
from handhold.web.files import as_pdf
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.identity import consent_words
from handhold.web.paging import sheet_of_records
from handhold.web.requests import practitioner_of, submission_of


@require_safe
def families(request: HttpRequest) -> HttpResponse:
    """The families in sight, by name; `?q=` asks for part of a name."""
    sight = sight_of(practitioner_of(request), timezone.now())
    words = request.GET.get("q", "").strip()
    sheet = sheet_of_records(request, families_matching(sight, words), lambda found: family_rows(found, sight))
    page = {"sheet": sheet, "words": words, "sees_index": sight.sees_index}
    return render(request, "families/families.html", page)


@require_safe
def family(request: HttpRequest, ref: str) -> HttpResponse:
    """Members, who is responsible, who else is involved, transfers."""
    found, sight = access_family_to_read(ref, by=practitioner_of(request), now=timezone.now())
    note_look("family-page", found, by=sight.by, now=sight.now)
    page = family_page(found, sight)
    tree = family_tree(found, sight)
    context: dict[str, object] = {
        "family": page,
        "tabs": tabs_of(ref, "family", sight),
        "beginnings": _beginnings(page),
    }
    context["consent"] = consent_words(page.consent, knows_all=sight.is_of_council)
    context |= _household_of(page, sight)
    context |= {"genogram": draw_genogram(tree) if tree else None, "papers_go_to": find_who_receives_papers(sight)}
    return render(request, "families/family.html", {**context, "transfer_address": transfer_address})


@require_safe
def papers(request: HttpRequest, ref: str) -> HttpResponse:
    """Assessments, answers to offers of support, documents."""
    found, sight = access_family_to_read(ref, by=practitioner_of(request), now=timezone.now())
    note_look("family-papers", found, by=sight.by, now=sight.now)
    context = {
        "family": family_papers(found, sight),
        "tabs": tabs_of(ref, "family-papers", sight),
        "marking": GovukForm(),
    }
    context["papers_go_to"] = find_who_receives_papers(sight)
    return render(request, "families/papers.html", context)


@require_POST
def draft_read(request: HttpRequest, ref: str) -> HttpResponse:
    """A manager has read the draft of an assessment."""
    form = GovukForm(request.POST)
    by, now = practitioner_of(request), timezone.now()
    if not form.is_valid():
        messages.error(request, "Some of the page was lost on its way. Try again.")
        return redirect("families")
    submission = submission_of(request, form, reverse("families"))
    assessment = mark_draft_read(ref, by=by, now=now, submission=submission)
    messages.success(request, "You have read this draft. Support can now be asked for on it.")
    return redirect("family-papers", assessment.family.ref)


@require_GET
def document(request: HttpRequest, ref: str) -> HttpResponse:
    """A letter or pack as it was made. That somebody took it is noted."""
    return as_pdf(give_out_family_document(ref, by=practitioner_of(request), now=timezone.now()))


def _household_of(page: FamilyPage, sight: Sighted) -> dict[str, object]:
    """Whether they write down who belongs to the family, or tell the council; and for whom something is open."""
    answers = {one.practitioner_id for child in page.children for one in child.accountable}
    theirs = bool(answers & {sight.by.pk, *sight.manages}) or sight.sees_index
    tells = not sight.is_of_council and bool(page.open_transfers or page.past_transfers)
    return {
        "writes_household": sight.is_of_council and theirs,
        "tells_of_household": tells,
        "open_for": others_with_work(page.children),
    }


def _beginnings(page: FamilyPage) -> list[tuple[str, str]]:
    """Words and address of each transfer that can begin."""
    return [(f"{one.title}: {one.children}", new_transfer_address(page.ref, one.pathway)) for one in page.beginnings]
