"""When somebody is away, and when their agency is closed: written down, ended, taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from handhold.access.caseloads import access_person_to_read
from handhold.access.transfers import NotHere
from handhold.actions.absences import end_absence, end_closure, record_absence, record_closure
from handhold.actions.refusals import NotAllowed
from handhold.queries.absences import WHYS, AbsencesPage, find_absences
from handhold.web.forms.date_field import DateField
from handhold.web.forms.fields import Choice, RadiosField
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of

OF_AGENCY = "agency"


class AbsenceForm(GovukForm):
    """Of whom, from when to when, why."""

    whose = RadiosField("Who is away?", missing="Choose who is away")
    from_date = DateField("First day away", missing="Enter the first day")
    to_date = DateField("Last day away", hint="Leave it empty if nobody knows yet.")
    why = RadiosField(
        "Why?",
        [Choice(code, words.capitalize()) for code, words in WHYS.items()],
        missing="Choose why",
        hint="Only they and whoever stands in for them see this.",
    )

    def __init__(self, data: Mapping[str, Any] | None, *, page: AbsencesPage, today: date) -> None:
        super().__init__(data, today=today)
        if page.agency_is_council:
            del self.fields["whose"]
        elif isinstance(self.fields["whose"], RadiosField):
            person = "I am" if page.is_self else f"{page.name} is"
            self.fields["whose"].offer(
                (Choice("person", f"{person} away"), Choice(OF_AGENCY, f"{page.agency} is closed, for everybody there"))
            )


@require_http_methods(["GET", "POST"])
def absences(request: HttpRequest, ref: str) -> HttpResponse:
    """The absences of one practitioner, and the form that adds one."""
    opened = access_person_to_read(ref, by=practitioner_of(request), now=timezone.now())
    page, today = find_absences(opened), timezone.localdate()
    if request.method == "GET" or not page.may_record:
        context = {"page": page, **({"form": AbsenceForm(None, page=page, today=today)} if page.may_record else {})}
        return render(request, "people/absences.html", context, status=200 if request.method == "GET" else 403)
    check_not_sent_before(request)
    form = AbsenceForm(request.POST, page=page, today=today)
    if form.is_valid():
        try:
            return _record(request, ref, form)
        except NotAllowed as refused:
            form.add_error(refused.field or None, refused.what)
    return render(request, "people/absences.html", {"page": page, "form": form}, status=422)


@require_POST
def end(request: HttpRequest, ref: str) -> HttpResponse:
    """Back now, or not away after all."""
    return _end(request, ref, end_absence, "Written down. Whoever stood in is told.")


@require_POST
def end_of_closure(request: HttpRequest, ref: str) -> HttpResponse:
    """Open again, or not closed after all."""
    return _end(request, ref, end_closure, "Written down: open again.")


def _record(request: HttpRequest, ref: str, form: AbsenceForm) -> HttpResponse:
    typed, address = form.cleaned_data, reverse("absences", args=[ref])
    record = record_closure if typed.get("whose") == OF_AGENCY else record_absence
    record(
        ref,
        typed["from_date"],
        typed["to_date"],
        typed["why"],
        by=practitioner_of(request),
        now=timezone.now(),
        submission=submission_of(request, form, address),
    )
    messages.success(request, "It is written down. Whoever stands in is told.")
    return redirect(address)


def _end(request: HttpRequest, ref: str, act: Callable[..., None], words: str) -> HttpResponse:
    """One that is named by its number; a number that is none is not there."""
    number = request.POST.get("which", "")
    if not number.isdecimal():
        raise NotHere
    try:
        act(ref, int(number), by=practitioner_of(request), now=timezone.now())
    except NotAllowed as refused:
        messages.error(request, f"{refused.what} {refused.who}")
    else:
        messages.success(request, words)
    return redirect("absences", ref)
