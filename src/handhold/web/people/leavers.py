"""Somebody leaves: everything that they hold on one page, with who takes over each of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from handhold.access.caseloads import OpenedPerson, access_person_to_read
from handhold.actions.leaving import SOMEBODY_ALWAYS, Successors, record_leaver
from handhold.actions.refusals import NotAllowed
from handhold.queries.leavers import Held, LeaverPage, find_leaver_page
from handhold.queries.practitioners import Candidate
from handhold.web.british_dates import short_day
from handhold.web.clauses import words_of_clauses
from handhold.web.components import Missing
from handhold.web.forms.date_field import DateField
from handhold.web.forms.fields import Choice, LongTextField, RadiosField, SelectField
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.people.caseloads import missing_of_refusal
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of

ONE, EACH = "one", "each"


class LeaverForm(GovukForm):
    """When they leave, why, and who takes over: all the children to one person, or each to somebody."""

    left_date = DateField("Their last day", called="The last day", missing="Enter their last day", must_be="past")
    reason = LongTextField("Why?", missing="Write the reason", called="The reason", rows=2, max_length=1000)

    def __init__(self, data: Mapping[str, Any] | None, *, page: LeaverPage, today: date) -> None:
        self.page = page
        super().__init__(data, today=today, initial={"left_date": today})
        if page.lines:
            self.fields |= self._of_children()
        for sort, held in self._offices():
            people = [Choice(one.ref, _colleague(one)) for one in page.colleagues]
            missing = f"Choose who takes on “{held.called}”" if held.must else ""
            label, empty = f"{held.called}: who takes it on?", "Choose one" if held.must else "Nobody for now"
            self.fields[f"{sort}-{held.code}"] = SelectField(label, people, missing=missing, hint=held.why, empty=empty)
        self.settle_reveals()

    @property
    def successors(self) -> Successors:
        """Who takes over what; for a valid form."""
        typed = self.cleaned_data
        each = {one.ref: typed[f"child-{one.ref}"] for one in self.page.lines if typed.get(f"child-{one.ref}")}
        named: dict[str, dict[str, str]] = {"post": {}, "rota": {}, "role": {}}
        for sort, held in self._offices():
            named[sort][held.code] = typed.get(f"{sort}-{held.code}") or ""
        one = typed.get("everything") or ""
        return Successors(one, each, posts=named["post"], rotas=named["rota"], roles=named["role"])

    def _of_children(self) -> dict[str, forms.Field]:
        page = self.page
        stand_in = Choice(page.stand_in.ref, f"{page.stand_in.name} (stands in by office)")
        others = [Choice(one.ref, one.words) for one in page.candidates if one.ref != page.stand_in.ref]
        offered = others if page.stand_in.ref == page.ref else [stand_in, *others]
        whose = {f"child-{one.ref}": f"{one.words}: {one.involvement}" for one in page.lines}
        ways = (
            Choice(ONE, "All of them to one person", reveals=("everything",)),
            Choice(EACH, "Each to somebody", reveals=tuple(whose)),
        )
        missing = "Choose who is responsible for the children"
        first = offered[0].value if offered else ""
        return {
            "way": RadiosField("The children: who is responsible from now on?", ways, missing=missing, initial=ONE),
            "everything": SelectField("Who?", offered, missing=missing, initial=first),
            **{name: SelectField(words, offered, missing=missing, initial=first) for name, words in whose.items()},
        }

    def _offices(self) -> Iterable[tuple[str, Held]]:
        yield from (("post", one) for one in self.page.posts)
        yield from (("rota", one) for one in self.page.rotas)
        taken = {one.code for one in self.page.posts}
        yield from (("role", one) for one in self.page.roles if one.code not in taken)


@require_http_methods(["GET", "POST"])
def leaving(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything that a practitioner holds, and the form that moves all of it."""
    opened = access_person_to_read(ref, by=practitioner_of(request), now=timezone.now())
    page = find_leaver_page(opened)
    if not page.may_manage or page.has_left:
        context = {"page": page, "title": "Not yours to record", "missing": [_why_not(page, opened)]}
        return render(request, "people/not_yours.html", context)
    today = timezone.localdate()
    if request.method == "GET":
        return render(request, "people/leaving.html", {"page": page, "form": LeaverForm(None, page=page, today=today)})
    check_not_sent_before(request)
    form, missing = LeaverForm(request.POST, page=page, today=today), []
    if form.is_valid():
        try:
            return _leave(request, page, form)
        except NotAllowed as refused:
            missing = [missing_of_refusal(refused, opened.sight.protocol)]
            form.add_error(refused.field if refused.field in form.fields else None, refused.what)
    return render(request, "people/leaving.html", {"page": page, "form": form, "missing": missing}, status=422)


def _leave(request: HttpRequest, page: LeaverPage, form: LeaverForm) -> HttpResponse:
    address, typed = reverse("people"), form.cleaned_data
    record_leaver(
        page.ref,
        typed["left_date"],
        form.successors,
        typed["reason"],
        by=practitioner_of(request),
        now=timezone.now(),
        submission=submission_of(request, form, address),
    )
    day = short_day(typed["left_date"])
    messages.success(
        request, f"{page.name} left on {day}. Everything that they held has passed on, and those are told."
    )
    return redirect(address)


def _why_not(page: LeaverPage, opened: OpenedPerson) -> Missing:
    clause = next(iter(words_of_clauses(opened.sight.protocol, SOMEBODY_ALWAYS)), None)
    who = ", ".join(part for part in (page.stand_in.introduced, page.stand_in.phone) if part)
    if page.has_left:
        return Missing(f"{page.name} has left already. What they held has passed on.", who, clause=clause)
    return Missing(f"That {page.name} leaves is for their manager to record.", who, clause=clause)


def _colleague(one: Candidate) -> str:
    return f"{one.name}, {one.team}" if one.team else one.name
