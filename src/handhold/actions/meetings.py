"""Deciding on a request at a weekly meeting, and finishing it: each family keeps its own part of the record."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from handhold.access.meetings import OpenedMeeting, access_meeting_to_change, access_meeting_to_read
from handhold.access.transfers import NotHere, Opened, access_transfer_to_change
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.papers import PaperGiven
from handhold.actions.refusals import NoSuchChoice
from handhold.actions.steps import record_opened
from handhold.audit.recording import record_event
from handhold.casefiles.contents import Content
from handhold.casefiles.steps_by_meaning import find_deciding_step
from handhold.documents import MeetingRecord, find_template, render_document
from handhold.protocol.allocating import roles_allocated_by
from handhold.protocol.definition import Step
from handhold.queries.agendas import Agenda, find_agenda
from handhold.queries.meetings import SeatAtMeeting, compose_record, find_seats
from handhold.queries.practitioners import find_candidates
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Document, Meeting, MeetingAttendance, MeetingDraft, MeetingItem, Practitioner

KIND = "meeting-record"


class DecidedAlready(Exception):
    """This sitting has decided on the request before."""


class RequestsUndecided(Exception):
    """A meeting cannot be finished over requests that nobody has decided or moved. `families` names them.

    `unreadable` names those of them whose procedure cannot be read now, so that they can be neither decided nor kept.
    """

    def __init__(self, families: Sequence[str], unreadable: Sequence[str] = ()) -> None:
        super().__init__(f"{len(families)} requests are not decided, {len(unreadable)} cannot be read.")
        self.families, self.unreadable = tuple(families), tuple(unreadable)


class FinishedAlready(Exception):
    """The meeting's record is written."""


@dataclass(frozen=True)
class Attended:
    """Who was there, who sent apologies, who chaired, by reference; everybody else with a seat was absent."""

    present: frozenset[str]
    apologies: frozenset[str] = field(default_factory=frozenset)
    chair: str = ""


@transaction.atomic
def decide_request(
    meeting_ref: str,
    run_ref: str,
    outcome: str,
    *,
    practitioner_ref: str = "",
    by_date: date | None = None,
    reason: str = "",
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Opened:
    """Records what a sitting decides on one request (Y22), through the step that answers this meeting.

    Raises NotHere, NoSuchChoice, DecidedAlready, StepRefused, ReasonNeeded, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    meeting = access_meeting_to_read(meeting_ref, by=by, now=now)
    opened = access_transfer_to_change(run_ref, by=by, now=now)
    item = MeetingItem.objects.filter(meeting=meeting.meeting, run=opened.case.run).first()
    step = find_deciding_step(opened.case.pathway, meeting.series.code)
    if item is None or step is None:
        raise NotHere
    if item.outcome:  # read after the children are locked: two at once cannot move it on twice
        raise DecidedAlready
    chosen = _find_candidate(opened, step, outcome, practitioner_ref) if practitioner_ref else None
    content = Content(now, practitioner=chosen, agreed_date=by_date)
    record_opened(opened, "record", step.id, outcome, content, child_ref=None, reason=reason)
    return opened


@transaction.atomic
def finish_meeting(
    ref: str,
    attended: Attended,
    *,
    note: str = "",
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Meeting:
    """Writes who was there and keeps the meeting's record.

    1 lock  2 nothing is left undecided  3 attendance  4 the meeting  5 its record, each family its part  6 audit
    Raises NotHere, FinishedAlready, RequestsUndecided, AlreadySubmitted, and DocumentFault where it cannot be printed.
    """
    carry_out_once(submission, now)
    opened = access_meeting_to_change(ref, by=by, now=now)
    if opened.meeting.held_at is not None:
        raise FinishedAlready
    agenda = find_agenda(opened)
    if agenda.open_lines or agenda.unshown:  # what cannot be shown cannot be kept in the record either
        raise RequestsUndecided([line.family for line in agenda.open_lines], [one.family for one in agenda.unshown])
    chair = _write_attendance(opened, find_seats(opened, agenda), attended)
    _write_held(opened, chair, note)
    MeetingDraft.objects.filter(meeting=opened.meeting).delete()
    digest = _keep_records(opened, find_agenda(opened))
    runs = MeetingItem.objects.filter(meeting=opened.meeting).values_list("run__ref", flat=True)
    record_event("meeting.finished", by=by, now=now, subjects=[ref, *runs], after={"record": digest})
    check_constraints_now()
    return opened.meeting


@transaction.atomic
def keep_draft(ref: str, attended: Attended, *, note: str, by: Practitioner, now: datetime) -> None:
    """Keeps what was written to finish a meeting that cannot be finished yet, in place of what was kept before.

    Raises NotHere, FinishedAlready.
    """
    opened = access_meeting_to_change(ref, by=by, now=now)
    if opened.meeting.held_at is not None:
        raise FinishedAlready
    written = {
        "present": sorted(attended.present),
        "apologies": sorted(attended.apologies),
        "chair": attended.chair,
        "note": note,
        "saved_by": by,
        "saved_at": now,
    }
    MeetingDraft.objects.update_or_create(meeting=opened.meeting, defaults=written)
    record_event("meeting.draft-kept", by=by, now=now, subjects=[ref])
    check_constraints_now()


@transaction.atomic
def give_out_record(ref: str, *, by: Practitioner, now: datetime) -> PaperGiven:
    """The whole record of a meeting that was finished, for those who sit on it, and an entry that they took it."""
    opened = access_meeting_to_read(ref, by=by, now=now)
    if opened.meeting.held_at is None:
        raise NotHere
    agenda = find_agenda(opened)
    pdf = _print(opened, compose_record(opened, agenda, agenda.lines))
    record_event("meeting-record.read", by=by, now=now, subjects=[ref, *(line.run_ref for line in agenda.lines)])
    check_constraints_now()
    return PaperGiven(pdf, f"meeting-record-{ref}.pdf")


def _find_candidate(opened: Opened, step: Step, outcome: str, ref: str) -> Practitioner:
    """Who was chosen, if they hold a role that this outcome allocates. Raises NoSuchChoice for anybody else."""
    case, rule = opened.case, step.outcomes.get(outcome)
    roles = roles_allocated_by(case.protocol, rule, step.who) if rule else frozenset()
    if ref not in {one.ref for one in find_candidates(case.run.authority_id, roles, case.now)}:
        raise NoSuchChoice
    return Practitioner.objects.select_related("agency", "team").get(ref=ref)


def _write_attendance(opened: OpenedMeeting, seats: Sequence[SeatAtMeeting], attended: Attended) -> Practitioner | None:
    """One row for each person with a seat, and for each worker who came; returns who chaired."""
    people = {one.ref: one for one in Practitioner.objects.filter(ref__in=[seat.ref for seat in seats])}
    answers = [(people[seat.ref], _answer(seat, attended)) for seat in seats]
    MeetingAttendance.objects.bulk_create(
        MeetingAttendance(meeting=opened.meeting, practitioner=person, attendance=answer)
        for person, answer in answers
        if answer
    )
    return people.get(attended.chair)


def _answer(seat: SeatAtMeeting, attended: Attended) -> str:
    """Empty for a worker who brought a request and did not come: nobody had to."""
    if seat.ref in attended.present or seat.ref == attended.chair:
        return MeetingAttendance.Answer.PRESENT
    if seat.ref in attended.apologies:
        return MeetingAttendance.Answer.APOLOGIES
    return MeetingAttendance.Answer.ABSENT if seat.by_office else ""


def _write_held(opened: OpenedMeeting, chair: Practitioner | None, note: str) -> None:
    """The meeting was held when it was planned; or now, where it is finished ahead of that (H12)."""
    meeting = opened.meeting
    meeting.held_at, meeting.chair, meeting.note = min(meeting.planned_at, opened.seat.now), chair, note
    meeting.save(update_fields=["held_at", "chair", "note"])


def _keep_records(opened: OpenedMeeting, agenda: Agenda) -> str:
    """A document for each family, with nobody else in it; returns the digest of the whole record."""
    title = f"{agenda.title}, {compose_record(opened, agenda, ()).held_date:%d.%m.%Y}"
    items = MeetingItem.objects.filter(meeting=opened.meeting).select_related("run")
    runs = {item.run.ref: item.run for item in items}
    for line in agenda.lines:
        pdf = _print(opened, compose_record(opened, agenda, (line,)))
        Document.objects.create(
            family_id=runs[line.run_ref].family_id,
            run=runs[line.run_ref],
            kind=KIND,
            title=title,
            sha256=hashlib.sha256(pdf).hexdigest(),
            content=pdf,
            made_at=opened.seat.now,
            made_by=opened.seat.by,
        )
    return hashlib.sha256(_print(opened, compose_record(opened, agenda, agenda.lines))).hexdigest()


def _print(opened: OpenedMeeting, record: MeetingRecord) -> bytes:
    letters = opened.seat.protocol.folder / "letters"
    return render_document(find_template(letters, KIND, record.language), record)
