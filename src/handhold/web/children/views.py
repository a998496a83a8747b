"""A child's page, for who may see the family."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from handhold.access.families import access_child_to_read
from handhold.queries.children import ChildPage, child_page
from handhold.queries.involved import Accountable
from handhold.records.models import Agency
from handhold.web.children.picture import draw_involvements
from handhold.web.components import Fact
from handhold.web.requests import practitioner_of


@require_safe
def child(request: HttpRequest, ref: str) -> HttpResponse:
    """Who the child is, who answers for them, when they were seen, what is planned, what they say."""
    now = timezone.now()
    found, family, sight = access_child_to_read(ref, by=practitioner_of(request), now=now)
    page = child_page(found, family, sight)
    picture = draw_involvements(page.periods, timezone.localtime(now).date())
    context = {"child": page, "facts": _facts(page), "alerts": _alerts(page), "picture": picture}
    context["moves"] = _moves(page) if sight.by.agency.kind == Agency.Kind.COUNCIL else []
    return render(request, "children/child.html", context)


def _facts(page: ChildPage) -> list[Fact]:
    """The identity bar: who they are and whom to ring, before anything else."""
    facts = [
        Fact("Age", f"{page.age}, born {page.birth}" if page.age != "not born yet" else f"Not born yet, {page.birth}")
    ]
    if page.has_died:
        facts = [Fact("Born", page.birth)]
    facts.append(Fact("Family", page.family_name, reverse("family", args=[page.family_ref])))
    responsible = {one.name: one for one in page.accountable if not one.is_main_contact}
    if page.main_contact:
        facts.append(Fact("Responsible and main contact", _reach(page.main_contact)))
    facts += [Fact("Also responsible", f"{_reach(one)}, for {one.involvement.lower()}") for one in responsible.values()]
    facts.append(Fact("Open", page.status))
    if page.consent:
        facts.append(Fact("Consent", f"{page.consent.outcome}, to {page.consent.to_what}"))
    if page.language:
        facts.append(Fact("First language", page.language))
    if page.communication:
        facts.append(Fact("Communication needs", page.communication))
    return facts


def _moves(page: ChildPage) -> list[tuple[str, str]]:
    """For each person who answers for the child: their name, and where it is moved to another, or who can."""
    refs = {one.practitioner_ref: one.name for one in page.accountable}
    asked = urlencode({"child": page.ref})
    return [(name, f"{reverse('caseload', args=[ref])}?{asked}") for ref, name in refs.items()]


def _reach(one: Accountable) -> str:
    return ", ".join(part for part in (one.name, one.phone) if part)


def _alerts(page: ChildPage) -> list[str]:
    alerts = ["Has died"] if page.has_died else []
    if page.interpreter:
        alerts.append(f"Interpreter needed: {page.language}" if page.language else "Interpreter needed")
    if any(one.kind == "child-protection" for one in page.accountable):
        alerts.append("Child protection plan")
    if page.consent and not page.consent.is_live:
        alerts.append(f"Consent {page.consent.outcome}")
    return alerts
