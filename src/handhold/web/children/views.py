"""A child's page, for who may see the family."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from handhold.access.families import access_child_to_read
from handhold.actions.opened_pages import note_look
from handhold.queries.children import ChildPage, child_page
from handhold.records.models import Agency, JoinedRecord
from handhold.web.children.picture import draw_involvements
from handhold.web.components import Fact
from handhold.web.identity import NOT_WRITTEN, consent_words, tags_of
from handhold.web.requests import practitioner_of

UNBORN = "not born yet"
CONTENTS = (
    ("household", "Household and family"),
    ("people", "Who works with the child"),
    ("words", "The child’s own words"),
    ("plan", "Plan and needs"),
    ("involvements", "Involvements"),
    ("documents", "Documents"),
)


@require_safe
def child(request: HttpRequest, ref: str, joinings: Sequence[JoinedRecord] = ()) -> HttpResponse:
    """Who the child is, who answers for them, when they were seen, what is planned, what they say."""
    now = timezone.now()
    found, family, sight = access_child_to_read(ref, by=practitioner_of(request), now=now)
    note_look("child-page", family, by=sight.by, now=now, child=found)
    page = child_page(found, family, sight, joinings)
    picture = draw_involvements(page.periods, timezone.localtime(now).date())
    context = {"child": page, "facts": _facts(page), "alerts": _alerts(page), "picture": picture}
    context |= {"contents": CONTENTS, "tells_who_looked": sight.is_of_council, "may_join": sight.sees_index}
    context["moves"] = _moves(page) if sight.by.agency.kind == Agency.Kind.COUNCIL else []
    return render(request, "children/child.html", context)


def _facts(page: ChildPage) -> list[Fact]:
    """The identity bar: who they are and whom to ring, before anything else."""
    facts = [Fact("Age", f"{page.age}, born {page.birth}" if page.age != UNBORN else f"Not born yet, {page.birth}")]
    if page.has_died:
        facts = [Fact("Born", page.birth)]
    facts.append(Fact("Family", page.family_name, reverse("family", args=[page.family_ref])))
    contact, others = page.main_contact, {one.name: one for one in page.accountable if not one.is_main_contact}
    if contact:
        facts.append(Fact("Responsible and main contact", contact.name, phone=contact.phone))
    for one in others.values():
        facts.append(Fact("Also responsible", f"{one.name}, for {one.involvement.lower()}", phone=one.phone))
    facts += [Fact("Open", page.status), Fact("Consent", consent_words(page.consent, knows_all=page.knows_answers))]
    address = reverse("communication", args=[page.family_ref, page.ref])
    facts.append(Fact("How to speak with them", page.speaking.words or NOT_WRITTEN, change_address=address))
    return facts


def _moves(page: ChildPage) -> list[tuple[str, str]]:
    """For each person who answers for the child: their name, and where it is moved to another, or who can."""
    refs = {one.practitioner_ref: one.name for one in page.accountable}
    asked = urlencode({"child": page.ref})
    return [(name, f"{reverse('caseload', args=[ref])}?{asked}") for ref, name in refs.items()]


def _alerts(page: ChildPage) -> list[str]:
    alerts = [*(["Has died"] if page.has_died else []), *tags_of(page.alerts)]
    if any(one.kind == "child-protection" for one in page.accountable):
        alerts.append("Child protection plan")
    if page.consent and not page.consent.is_live:
        alerts.append(f"Consent {page.consent.outcome}")
    return alerts
