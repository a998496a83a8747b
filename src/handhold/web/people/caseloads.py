"""Reallocation: the page on which a manager moves what somebody answers for to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from handhold.access.caseloads import access_person_to_read
from handhold.actions.reallocating import ACCOUNTABILITY, reallocate
from handhold.actions.refusals import NotAllowed
from handhold.protocol.pathways import Protocol
from handhold.queries.caseloads import Caseload, HeldLine, find_caseload, narrowed
from handhold.queries.practitioners import Candidate
from handhold.web.british_dates import short_day
from handhold.web.clauses import words_of_clauses
from handhold.web.components import Missing
from handhold.web.forms.fields import CheckboxesField, Choice, LongTextField, SelectField
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of


class ReallocateForm(GovukForm):
    """Which children, to whom, why."""

    involvements = CheckboxesField("Which children?", missing="Choose at least one child")
    to = SelectField("Who is responsible from now on?", missing="Choose who is responsible from now on")
    reason = LongTextField("Why?", missing="Write the reason", called="The reason", rows=3, max_length=1000)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        lines: Sequence[HeldLine],
        candidates: Sequence[Candidate],
        chosen: Sequence[str] = (),
    ) -> None:
        super().__init__(data, initial={"involvements": list(chosen)})
        children, to = self.fields["involvements"], self.fields["to"]
        if isinstance(children, CheckboxesField) and isinstance(to, SelectField):
            children.offer(Choice(one.ref, one.words, hint=_hint(one)) for one in lines)
            to.offer(Choice(one.ref, one.words) for one in candidates)


@require_http_methods(["GET", "POST"])
def caseload(request: HttpRequest, ref: str) -> HttpResponse:
    """What one practitioner answers for; `?child=`, `?family=` or `?all=1` says what is chosen at first."""
    opened = access_person_to_read(ref, by=practitioner_of(request), now=timezone.now())
    page, protocol = find_caseload(opened), opened.sight.protocol
    if not page.may_manage:
        context = {"page": page, "title": "Not yours to move", "missing": [_who_can(page, protocol)]}
        return render(request, "people/not_yours.html", context)
    if request.method == "GET":
        return render(request, "people/caseload.html", {"page": page, "form": _empty(request, page)})
    check_not_sent_before(request)
    form = ReallocateForm(request.POST, lines=page.lines, candidates=page.candidates)
    missing: list[Missing] = []
    if form.is_valid():
        try:
            return _move(request, ref, form)
        except NotAllowed as refused:
            missing = [missing_of_refusal(refused, protocol)]
            form.add_error(refused.field or None, refused.what)
    return render(request, "people/caseload.html", {"page": page, "form": form, "missing": missing}, status=422)


def _empty(request: HttpRequest, page: Caseload) -> ReallocateForm:
    asked = request.GET
    chosen = narrowed(page.lines, child=asked.get("child", ""), family=asked.get("family", ""))
    chosen = [one.ref for one in page.lines] if asked.get("all") else chosen
    return ReallocateForm(None, lines=page.lines, candidates=page.candidates, chosen=chosen)


def _move(request: HttpRequest, ref: str, form: ReallocateForm) -> HttpResponse:
    typed, address = form.cleaned_data, reverse("people")
    done = reallocate(
        ref,
        typed["involvements"],
        typed["to"],
        typed["reason"],
        by=practitioner_of(request),
        now=timezone.now(),
        submission=submission_of(request, form, address),
    )
    children = len({one.involvement.child_id for one in done.allocations})
    name = f"{done.to.given_name} {done.to.family_name}"
    messages.success(
        request,
        f"{name} is responsible for {children} child{'' if children == 1 else 'ren'} from now on. Both are told.",
    )
    return redirect(address)


def missing_of_refusal(refused: NotAllowed, protocol: Protocol, address: str = "") -> Missing:
    """A refusal as the panel shows it."""
    clause = next(iter(words_of_clauses(protocol, refused.clauses)), None)
    return Missing(refused.what, refused.who or "you", address, clause=clause)


def _who_can(page: Caseload, protocol: Protocol) -> Missing:
    whose = "your work is for your" if page.is_self else f"what {page.name} answers for is for their"
    who = ", ".join(part for part in (page.manager.introduced, page.manager.phone) if part)
    clause = next(iter(words_of_clauses(protocol, ACCOUNTABILITY)), None)
    return Missing(f"Moving {whose} manager to do.", who, clause=clause)


def _hint(line: HeldLine) -> str:
    moving = ". A transfer is on its way, and goes on" if line.is_moving else ""
    return f"{line.involvement}, since {short_day(line.since)}{moving}"
