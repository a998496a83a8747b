"""Weekly meetings: the list, the agenda with a form for each request, finishing it, its record."""

from contextlib import suppress
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from handhold.access.meetings import OpenedMeeting, access_meeting_to_read, seat_of
from handhold.actions.meetings import (
    Attended,
    DecidedAlready,
    FinishedAlready,
    RequestsUndecided,
    decide_request,
    finish_meeting,
    give_out_record,
    keep_draft,
)
from handhold.actions.refusals import ReasonNeeded, StepRefused
from handhold.casefiles.protocols import calendar_of
from handhold.documents import CharactersNotInFont
from handhold.queries.agendas import Agenda, AgendaLine, find_agenda
from handhold.queries.gaps import Gap, find_gaps_of
from handhold.queries.meetings import find_draft, find_seats, find_series
from handhold.queries.naming import listed
from handhold.web.addresses import meeting_address, transfer_address
from handhold.web.clauses import words_of_clauses
from handhold.web.meetings.forms import DecisionForm, FinishForm
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """The series that this person chairs or sits on."""
    found = find_series(seat_of(practitioner_of(request), timezone.now()))
    return render(request, "meetings/meetings.html", {"series": found})


@require_safe
def meeting(request: HttpRequest, ref: str) -> HttpResponse:
    """The agenda of one sitting."""
    opened = access_meeting_to_read(ref, by=practitioner_of(request), now=timezone.now())
    return _show(request, opened, find_agenda(opened))


@require_POST
def decide(request: HttpRequest, ref: str, run_ref: str) -> HttpResponse:
    """What the sitting decides on one request; then the next request that waits."""
    check_not_sent_before(request, run_ref)
    opened = access_meeting_to_read(ref, by=practitioner_of(request), now=timezone.now())
    agenda = find_agenda(opened)
    line = next((one for one in agenda.lines if one.run_ref == run_ref), None)
    if line is None or not line.is_open:
        messages.error(request, "This request was decided already, or needs no decision any more. Nothing was changed.")
        return redirect(meeting_address(ref))
    form = _decision_form(request, opened, agenda, line)
    reasons: tuple[Gap, ...] = ()
    if form.is_valid():
        answer_url = f"{meeting_address(ref)}#{_after(agenda, line)}"
        try:
            _carry_out(request, ref, run_ref, form, answer_url)
        except (StepRefused, ReasonNeeded) as refused:
            reasons = find_gaps_of(refused)
            form.add_error(None, f"This cannot be recorded now: {' '.join(one.what for one in reasons)}")
        except DecidedAlready:
            messages.error(request, "Somebody else has just decided on this request. Nothing was changed.")
            return redirect(meeting_address(ref))
        else:
            messages.success(request, f"Recorded for the {line.family} family.")
            return redirect(answer_url)
    return _show(request, opened, agenda, Refilled(decision=form, run_ref=run_ref, reasons=reasons))


@require_POST
def finish(request: HttpRequest, ref: str) -> HttpResponse:
    """Who was there; then the record is kept."""
    check_not_sent_before(request)
    opened = access_meeting_to_read(ref, by=practitioner_of(request), now=timezone.now())
    agenda = find_agenda(opened)
    form = FinishForm(request.POST, seats=find_seats(opened, agenda))
    if form.is_valid() and _finish(request, ref, form):
        return redirect(meeting_address(ref))
    return _show(request, opened, agenda, Refilled(finish=form))


@require_GET
def record_pdf(request: HttpRequest, ref: str) -> HttpResponse:
    """The whole record on paper."""
    paper = give_out_record(ref, by=practitioner_of(request), now=timezone.now())
    disposition = f'inline; filename="{paper.file_name}"'
    return HttpResponse(paper.pdf, content_type="application/pdf", headers={"Content-Disposition": disposition})


@dataclass(frozen=True)
class Refilled:
    """A form of the page that came back with faults, as it was filled in; and why an act was refused."""

    decision: DecisionForm | None = None
    run_ref: str = ""
    finish: FinishForm | None = None
    reasons: tuple[Gap, ...] = ()


def _show(
    request: HttpRequest, opened: OpenedMeeting, agenda: Agenda, refilled: Refilled | None = None
) -> HttpResponse:
    again = refilled or Refilled()
    faulty = again.decision or again.finish
    forms = {
        line.run_ref: again.decision
        if again.decision and again.run_ref == line.run_ref
        else _decision_form(request, opened, agenda, line, empty=True)
        for line in agenda.open_lines
        if any(offer.is_own for offer in line.offers)
    }
    seats = () if agenda.held_at else find_seats(opened, agenda)
    draft = None if agenda.held_at else find_draft(opened)
    given = {
        "agenda": agenda,
        "forms": forms,
        "finish": again.finish or FinishForm(None, seats=seats, draft=draft.answers if draft else None),
        "draft": draft,
        "reasons": again.reasons,
        "clauses": words_of_clauses(opened.seat.protocol, agenda.clauses),
        "transfer_address": transfer_address,
        **({"form": faulty} if faulty else {}),
    }
    return render(request, "meetings/meeting.html", given, status=422 if faulty else 200)


def _decision_form(
    request: HttpRequest, opened: OpenedMeeting, agenda: Agenda, line: AgendaLine, *, empty: bool = False
) -> DecisionForm:
    today = calendar_of(opened.seat.protocol).local_date(opened.seat.now)
    data = None if empty else request.POST
    return DecisionForm(data, line=line, candidates=agenda.candidates, today=today)


def _carry_out(request: HttpRequest, ref: str, run_ref: str, form: DecisionForm, answer_url: str) -> None:
    typed = form.cleaned_data
    decide_request(
        ref,
        run_ref,
        typed["outcome"],
        practitioner_ref=typed.get("practitioner") or "",
        by_date=typed.get("by_date"),
        reason=form.reason,
        by=practitioner_of(request),
        now=timezone.now(),
        submission=submission_of(request, form, answer_url),
    )


def _finish(request: HttpRequest, ref: str, form: FinishForm) -> bool:
    """Whether the record was kept; otherwise why not stands on the form."""
    typed = form.cleaned_data
    attended = Attended(frozenset(typed["present"]), frozenset(typed["apologies"]), typed["chair"])
    submission = submission_of(request, form, meeting_address(ref))
    try:
        finish_meeting(
            ref,
            attended,
            note=typed["note"],
            by=practitioner_of(request),
            now=timezone.now(),
            submission=submission,
        )
    except RequestsUndecided as left:
        with suppress(FinishedAlready):  # by somebody else, while we waited
            keep_draft(ref, attended, note=typed["note"], by=practitioner_of(request), now=timezone.now())
        form.add_error(None, _why_not_yet(left))
    except CharactersNotInFont as fault:
        form.add_error(None, f"The record cannot be printed. {fault}")
    except FinishedAlready:
        messages.error(request, "Somebody else has just finished this meeting. Its record stands.")
        return True
    else:
        messages.success(request, "The meeting is finished, and its record is kept.")
        return True
    return False


def _why_not_yet(left: RequestsUndecided) -> str:
    """Which requests are missing, what can be done about each, and that nothing is lost."""
    words = []
    if left.families:
        open_ones = ", ".join(left.families)
        words.append(f"Decide on each request first, or move it to the next meeting. Still open: {open_ones}.")
    if left.unreadable:
        words.append(
            f"Only this cannot be read now: {listed(left.unreadable)}. The files of its procedure were changed; "
            "whoever looks after Handhold puts them back. The other requests stand as they were decided."
        )
    return " ".join((*words, "What you wrote here is kept, for whoever finishes the meeting."))


def _after(agenda: Agenda, decided: AgendaLine) -> str:
    """Where the eye goes next: the next request that waits, from the top again after the last; then finishing."""
    waiting = [line for line in agenda.open_lines if line.run_ref != decided.run_ref]
    later = [line for line in waiting if line.position > decided.position]
    following = (later or waiting)[:1]
    return f"request-{following[0].run_ref}" if following else "finish"
