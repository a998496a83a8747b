"""This record is wrong: its day, its words or how it came out are written anew; what stood can still be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from handhold.access.papers import find_withheld
from handhold.access.transfers import Opened, access_transfer_to_read
from handhold.actions.correcting import (
    THE_PAST,
    correct_record,
    find_standing_record,
    why_not_correct,
    why_not_otherwise,
)
from handhold.actions.refusals import (
    HappenedLater,
    HappenedTooEarly,
    NoSuchChoice,
    NotAllowed,
    OthersRestOnIt,
    ReasonNeeded,
    StepRefused,
)
from handhold.casefiles.correcting import Corrected, note_of, outcome_of
from handhold.queries.correction_choices import TAKEN_BACK, Choices, RestsOnIt, called_of, find_choices, find_rests
from handhold.queries.gaps import find_gaps_of
from handhold.queries.naming import practitioner_name
from handhold.queries.repairs import find_repairs
from handhold.queries.step_pages import StepPage, find_step_page
from handhold.records.models import StepRecord
from handhold.web.clauses import words_of_clauses
from handhold.web.components import Missing
from handhold.web.forms.date_field import DateField, TimeField
from handhold.web.forms.fields import Choice, LongTextField, RadiosField
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.navigation import REPORT_A_CONCERN, find_address
from handhold.web.people.caseloads import missing_of_refusal
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of
from handhold.web.steps.step_form import too_early
from handhold.web.transfers.shown import first_clause, missing_of, step_address

LATER = "The time must be before it was first written down: it was on record by then"


class CorrectionForm(GovukForm):
    """The record as it should read, and why. It carries the version that was shown."""

    keeps_version = True
    outcome = RadiosField("How did it come out?", missing="Choose how it came out")
    happened = DateField("When did it happen?", called="The date", missing="Enter the date", must_be="past")
    happened_time = TimeField("At what time?", called="The time", missing="Enter the time")
    reason = LongTextField("The reason, as it should read", called="The reason")
    note = LongTextField("What was noted, as it should read", called="The note")
    agreed = DateField("The date agreed", called="The date agreed")
    why = LongTextField("What was wrong, and how do you know?", missing="Say what was wrong", rows=3, max_length=1000)

    def __init__(self, data: Mapping[str, Any] | None, sheet: Sheet, today: date) -> None:
        record, choices = sheet.record, sheet.choices
        at, note = timezone.localtime(record.happened_at), note_of(record)
        initial = {
            "outcome": outcome_of(record),
            "happened": at.date(),
            "happened_time": f"{at:%H:%M}",
            "reason": record.reason,
            "note": note or "",
            "agreed": record.agreed_date,
            "version": str(record.pk),
        }
        super().__init__(data, today=today, initial=initial)
        sent = [one for one in choices.blocked if data and data.get("outcome") == one.code]  # refused in words
        asks_why = any(one.needs_reason for one in choices.others) or sheet.asks_why
        shown = {
            "outcome": bool(choices.others or sent),
            "happened": not sheet.of_exception,
            "happened_time": not sheet.of_exception,
            "reason": bool(record.reason) or asks_why,
            "note": note is not None,
            "agreed": record.agreed_date is not None or any(one.asks_date for one in choices.others),
        }
        for name in (name for name, there in shown.items() if not there):
            del self.fields[name]
        if shown["outcome"]:
            offered = [Choice(outcome_of(record), f"{choices.now}: as it is")]
            offered += [Choice(one.code, one.called) for one in choices.others]
            offered += [Choice(one.code, one.called) for one in sent]
            self.fields["outcome"].offer(offered)  # type: ignore[attr-defined]

    def corrected(self, record: StepRecord) -> Corrected:
        """What the record is to say; for a valid form. A minute that was not touched keeps its seconds."""
        typed = self.cleaned_data
        at = record.happened_at
        if "happened" in typed:
            at = timezone.make_aware(datetime.combine(typed["happened"], typed["happened_time"]))
            if at == record.happened_at.replace(second=0, microsecond=0):
                at = record.happened_at
        outcome = typed.get("outcome") or ""
        taken_back = outcome == TAKEN_BACK
        words = (typed.get("reason") or "", typed.get("note") or "", typed.get("agreed"))
        return Corrected(at, *words, outcome="" if taken_back else outcome, taken_back=taken_back)


@dataclass(frozen=True)
class Sheet:
    """The page on which one record is corrected, shown to one person."""

    request: HttpRequest
    opened: Opened
    page: StepPage
    record: StepRecord
    of_exception: bool
    why_not_words: NotAllowed | None
    choices: Choices

    @property
    def asks_why(self) -> bool:
        """Whether the step asks for a reason with the outcome that stands."""
        outcome = self.page.step.outcomes.get(self.record.outcome)
        return outcome.needs_reason if outcome and not self.of_exception else False

    def answer(self) -> HttpResponse:
        """The page; for a form that came back, the record corrected, or why not."""
        may = self.why_not_words is None or bool(self.choices.others)
        if not may:
            return self.show(None, self.refusal(self.why_not_words), status=self.is_sent and 403)
        form = CorrectionForm(self.request.POST if self.is_sent else None, self, timezone.localdate())
        if not form.is_bound or not form.is_valid():
            return self.show(form)
        return self.correct(form)

    @property
    def is_sent(self) -> bool:
        """Whether a form came back."""
        return self.request.method == "POST"

    def correct(self, form: CorrectionForm) -> HttpResponse:
        """Corrects it, and leads to the story; or shows why not."""
        address, page = reverse("transfer-story", args=[self.page.ref]), self.page
        try:
            correct_record(
                page.ref,
                page.step.id,
                form.corrected(self.record),
                form.cleaned_data["why"],
                version=int(form.version) if form.version.isdecimal() else 0,
                child_ref=page.child_ref or None,
                of_exception=self.of_exception,
                by=self.opened.by,
                now=self.opened.case.now,
                submission=submission_of(self.request, form, address),
            )
        except HappenedLater:
            form.add_error("happened_time", LATER)
        except HappenedTooEarly as early:
            form.add_error("happened", too_early(early))
        except ReasonNeeded:
            form.add_error("reason", "Write the reason: this outcome asks for one")
        except NotAllowed as refused:
            form.add_error(None, refused.what)
            return self.show(form, self.refusal(refused), status=409)
        except StepRefused as refused:
            return self.show(form, missing_of(page.ref, find_gaps_of(refused), self.opened.case.protocol), status=409)
        except OthersRestOnIt as refused:
            return self.show(form, self.missing(find_rests(refused.opened, refused.in_the_way)), status=409)
        else:
            words = f"{page.step.title}: the record is corrected. What it said before can still be read."
            messages.success(self.request, words)
            return redirect(address)
        return self.show(form)

    def refusal(self, refused: NotAllowed | None) -> list[Missing]:
        """A refusal as the panel shows it."""
        return [missing_of_refusal(refused, self.opened.case.protocol)] if refused else []

    def missing(self, rests: Iterable[RestsOnIt]) -> list[Missing]:
        """The records that stand in the way, each with who can help and where."""
        return [self._missing(one) for one in rests]

    def _missing(self, one: RestsOnIt) -> Missing:
        case = self.opened.case
        clause = first_clause(case.protocol, one.clauses)
        if one.moves:
            address = reverse("caseload", args=[case.worker_now.ref])
            return Missing(one.what, one.who, address, "Reallocate the children", clause=clause)
        page = "exception-correction" if one.of_exception else "step-correction"
        address = step_address(self.page.ref, one.step, one.child_ref, page) if one.step else ""
        return Missing(one.what, one.who or "you", address, "Correct that record first", clause=clause)

    def show(self, form: CorrectionForm | None, missing: Iterable[Missing] = (), *, status: int = 0) -> HttpResponse:
        """The page."""
        protocol, choices = self.opened.case.protocol, self.choices
        context = {
            "page": self.page,
            "says": called_of(self.opened, self.record),
            "said_by": practitioner_name(self.record.recorded_by),
            "happened_at": self.record.happened_at,
            "of_exception": self.of_exception,
            "missing": list(missing),
            "blocked": [
                (one.called, [*missing_of(self.page.ref, one.gaps, protocol), *self.missing(one.rests)])
                for one in choices.blocked
            ],
            "repairs": find_repairs(self.opened, self.page.step, self.page.child),
            "report_address": f"{find_address(REPORT_A_CONCERN)}?family={self.page.family_ref}",
            "clauses": words_of_clauses(protocol, THE_PAST),
            **({"form": form} if form else {}),
        }
        bad = form is not None and form.is_bound
        return render(self.request, "steps/correction.html", context, status=status or (422 if bad else 200))


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, ref: str, step: str) -> HttpResponse:
    """The standing record of a step, for one child where it is a step for each child."""
    return _answer(request, ref, step, of_exception=False)


@require_http_methods(["GET", "POST"])
def correct_exception(request: HttpRequest, ref: str, step: str) -> HttpResponse:
    """The last word on an exception from a step: that it was asked for, or what was decided."""
    return _answer(request, ref, step, of_exception=True)


def _answer(request: HttpRequest, ref: str, step: str, *, of_exception: bool) -> HttpResponse:
    opened = access_transfer_to_read(ref, by=practitioner_of(request), now=timezone.now())
    page = find_step_page(opened, step, request.GET.get("child", ""))
    if request.method == "POST":
        check_not_sent_before(request)
    record = find_standing_record(opened, step, page.child_ref or None, of_exception=of_exception)
    if record.pk in find_withheld(opened) and record.recorded_by_id != opened.by.pk:
        raise NoSuchChoice
    reaches = why_not_otherwise(opened, record) is None
    choices = find_choices(opened, record) if reaches else Choices(called_of(opened, record), (), ())
    return Sheet(request, opened, page, record, of_exception, why_not_correct(opened, record), choices).answer()
