"""This record is wrong: when it happened and its words are written anew; what stood before can still be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from handhold.access.transfers import Opened, access_transfer_to_read
from handhold.actions.correcting import THE_PAST, correct_record, find_standing_record, why_not_correct
from handhold.actions.refusals import HappenedLater, HappenedTooEarly, NotAllowed
from handhold.casefiles.correcting import Corrected, note_of
from handhold.queries.repairs import find_repairs
from handhold.queries.step_pages import StepPage, find_step_page
from handhold.records.models import StepRecord
from handhold.web.clauses import words_of_clauses
from handhold.web.forms.date_field import DateField, TimeField
from handhold.web.forms.fields import LongTextField
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.people.caseloads import missing_of_refusal
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of
from handhold.web.steps.step_form import too_early

LATER = "The time must be before it was first written down: it was on record by then"


class CorrectionForm(GovukForm):
    """The record as it should read, and why. It carries the version that was shown."""

    keeps_version = True
    happened = DateField("When did it happen?", called="The date", missing="Enter the date", must_be="past")
    happened_time = TimeField("At what time?", called="The time", missing="Enter the time")
    reason = LongTextField("The reason, as it should read", called="The reason")
    note = LongTextField("What was noted, as it should read", called="The note")
    agreed = DateField("The date agreed", called="The date agreed")
    why = LongTextField("What was wrong, and how do you know?", missing="Say what was wrong", rows=3, max_length=1000)

    def __init__(
        self, data: Mapping[str, Any] | None, *, record: StepRecord, note: str | None, step_asks_why: bool, today: date
    ) -> None:
        at = timezone.localtime(record.happened_at)
        initial = {
            "happened": at.date(),
            "happened_time": f"{at:%H:%M}",
            "reason": record.reason,
            "note": note or "",
            "agreed": record.agreed_date,
            "version": str(record.pk),
        }
        super().__init__(data, today=today, initial=initial)
        for name, there in (
            ("reason", bool(record.reason) or step_asks_why),
            ("note", note is not None),
            ("agreed", record.agreed_date is not None),
        ):
            if not there:
                del self.fields[name]

    def corrected(self, record: StepRecord) -> Corrected:
        """What the record is to say; for a valid form. A minute that was not touched keeps its seconds."""
        typed = self.cleaned_data
        at = timezone.make_aware(datetime.combine(typed["happened"], typed["happened_time"]))
        if at == record.happened_at.replace(second=0, microsecond=0):
            at = record.happened_at
        return Corrected(at, typed.get("reason") or "", typed.get("note") or "", typed.get("agreed"))


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, ref: str, step: str) -> HttpResponse:
    """The standing record of a step, for one child where it is a step for each child."""
    opened = access_transfer_to_read(ref, by=practitioner_of(request), now=timezone.now())
    child_ref = request.GET.get("child", "")
    page = find_step_page(opened, step, child_ref)
    if request.method == "POST":
        check_not_sent_before(request)
    record = find_standing_record(opened, step, page.child_ref or None)
    why_not = why_not_correct(opened, record)
    if why_not is not None:
        return _show(request, opened, page, None, why_not, status=200 if request.method == "GET" else 403)
    form = _form(request.POST if request.method == "POST" else None, page, record)
    if not form.is_bound:
        return _show(request, opened, page, form)
    return _correct(request, opened, page, form, record) if form.is_valid() else _show(request, opened, page, form)


def _form(data: Mapping[str, Any] | None, page: StepPage, record: StepRecord) -> CorrectionForm:
    asks_why = page.step.outcomes[record.outcome].needs_reason
    return CorrectionForm(data, record=record, note=note_of(record), step_asks_why=asks_why, today=timezone.localdate())


def _correct(
    request: HttpRequest, opened: Opened, page: StepPage, form: CorrectionForm, record: StepRecord
) -> HttpResponse:
    address = reverse("transfer-story", args=[page.ref])
    try:
        correct_record(
            page.ref,
            page.step.id,
            form.corrected(record),
            form.cleaned_data["why"],
            version=int(form.version) if form.version.isdecimal() else 0,
            child_ref=page.child_ref or None,
            by=opened.by,
            now=opened.case.now,
            submission=submission_of(request, form, address),
        )
    except HappenedLater:
        form.add_error("happened_time", LATER)
    except HappenedTooEarly as early:
        form.add_error("happened", too_early(early))
    except NotAllowed as refused:
        form.add_error(None, refused.what)
        return _show(request, opened, page, form, refused, status=409)
    else:
        messages.success(request, f"{page.step.title}: the record is corrected. What it said before can still be read.")
        return redirect(address)
    return _show(request, opened, page, form)


def _show(
    request: HttpRequest,
    opened: Opened,
    page: StepPage,
    form: CorrectionForm | None,
    refused: NotAllowed | None = None,
    *,
    status: int = 0,
) -> HttpResponse:
    protocol = opened.case.protocol
    context = {
        "page": page,
        "missing": [missing_of_refusal(refused, protocol)] if refused else [],
        "repairs": find_repairs(opened, page.step, page.child),
        "clauses": words_of_clauses(protocol, THE_PAST),
        **({"form": form} if form else {}),
    }
    bad = form is not None and form.is_bound
    return render(request, "steps/correction.html", context, status=status or (422 if bad else 200))
