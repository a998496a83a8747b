"""What happened to a family, newest first: visits, meetings, conversations, consents, steps, involvements, allocations.

What was written down with a step stands once, in its richer form. A concern is not in it before a social worker
releases it: it has its own page, for who sent it and who receives it (Y55).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.db.models import Exists, Prefetch, Q, QuerySet

from handhold.access.concerns import concerns_released
from handhold.access.families import Sighted
from handhold.access.papers import Reading, find_unsafe, reading_of
from handhold.casefiles.details import DECIDING
from handhold.casefiles.protocols import part_readable, pathway_for_concerns
from handhold.protocol.definition import Step
from handhold.queries.involved import involvement_name
from handhold.queries.naming import first_name, listed, person_name, practitioner_name
from handhold.queries.partner_papers import family_paper_lines
from handhold.queries.transfers import code_words
from handhold.records.models import (
    Allocation,
    Concern,
    Consent,
    Conversation,
    Family,
    Involvement,
    Meeting,
    MeetingAttendance,
    StepRecord,
    Visit,
    VisitChild,
)

Kind = Literal["visit", "meeting", "conversation", "consent", "decision", "step", "paper", "involvement", "responsible"]
KINDS: dict[Kind, str] = {
    "visit": "Visits",
    "meeting": "Meetings",
    "conversation": "Conversations",
    "consent": "Consent",
    "decision": "Decisions",
    "step": "Other steps of transfers",
    "paper": "Papers of partners",
    "involvement": "Involvements",
    "responsible": "Who was responsible",
}

# Rows with the people whom they name, in one statement each.
SEEN = Prefetch("visit_children", VisitChild.objects.select_related("child"))
ATTENDED = Prefetch("attendances", MeetingAttendance.objects.select_related("practitioner", "person"))


@dataclass(frozen=True)
class Event:
    """Something that happened: when, what, to whom, by whom it was written down."""

    kind: Kind
    happened_at: datetime
    title: str
    by: str
    text: str
    run_ref: str
    step_record_id: int | None = None
    paper_ref: str = ""


def find_chronology(family: Family, sight: Sighted, kind: str = "") -> list[Event]:
    """Everything on record about the family or of one kind of `KINDS`, newest first, as much as they may read."""
    reading = reading_of(sight, family)
    rich = [*_visits(family), *_meetings(family), *_conversations(family), *_consents(family, reading)]
    steps = {event.step_record_id: event for event in _steps(family, reading)}
    told = [_with_step(event, steps.pop(event.step_record_id, None)) for event in rich]
    events = [*told, *steps.values(), *_papers(family, sight, reading), *_periods(family, sight)]
    wanted = [event for event in events if not kind or event.kind == kind]
    return sorted(wanted, key=lambda event: event.happened_at, reverse=True)


def _with_step(event: Event, step: Event | None) -> Event:
    """What was written down, with what it was for and how that came out; a consent says so itself."""
    if step is None or event.kind == "consent":
        return event
    return replace(event, text=_joined(f"{step.title}.", event.text))


def _visits(family: Family) -> Iterator[Event]:
    for visit in (
        Visit.objects.filter(family=family, step_record__corrected_by__isnull=True)
        .select_related("by", "run")
        .prefetch_related(SEEN)
    ):
        rows = list(visit.visit_children.all())
        alone = [first_name(row.child) for row in rows if row.seen_alone]
        seen = [first_name(row.child) for row in rows if row.seen]
        words = f"Seen: {listed(seen) or 'no child'}." + (f" Seen alone: {listed(alone)}." if alone else "")
        yield Event(
            "visit",
            visit.visited_at,
            code_words(visit.kind) or "Visit",
            practitioner_name(visit.by),
            _joined(words, visit.note),
            visit.run.ref if visit.run else "",
            visit.step_record_id,
        )


def _meetings(family: Family) -> Iterator[Event]:
    rows = Meeting.objects.filter(
        run__family=family, held_at__isnull=False, step_record__corrected_by__isnull=True
    ).select_related("chair", "run")
    for meeting in rows.prefetch_related(ATTENDED):
        there = [_attendee(one) for one in meeting.attendances.all() if one.attendance == "present"]
        yield Event(
            "meeting",
            meeting.held_at or meeting.planned_at,
            code_words(meeting.kind),
            practitioner_name(meeting.chair) if meeting.chair else "",
            _joined(f"Present: {listed(there)}." if there else "", meeting.note),
            meeting.run.ref if meeting.run else "",
            meeting.step_record_id,
        )


def _attendee(one: MeetingAttendance) -> str:
    if one.person:
        return person_name(one.person)
    return practitioner_name(one.practitioner) if one.practitioner else ""


def _conversations(family: Family) -> Iterator[Event]:
    members = family.memberships.values("person")
    rows = Conversation.objects.filter(Q(run__family=family) | Q(with_person__in=members, run__isnull=True)).filter(
        step_record__corrected_by__isnull=True
    )
    for one in rows.select_related("with_practitioner", "with_person", "by", "run"):
        other = (one.with_person and person_name(one.with_person)) or (
            one.with_practitioner and practitioner_name(one.with_practitioner)
        )
        how = f" ({one.how})" if one.how else ""
        yield Event(
            "conversation",
            one.happened_at,
            f"Conversation with {other}{how}",
            practitioner_name(one.by),
            one.about,
            one.run.ref if one.run else "",
            one.step_record_id,
        )


def _consents(family: Family, reading: Reading) -> Iterator[Event]:
    rows = Consent.objects.filter(family=family, step_record__corrected_by__isnull=True).select_related(
        "given_by", "recorded_by", "step_record__run"
    )
    for one in rows:
        who = f" by {person_name(one.given_by)}" if one.given_by else ""
        yield Event(
            "consent",
            one.happened_at,
            f"Consent to {one.to_what or 'support'}: {one.get_outcome_display().lower()}{who}",
            practitioner_name(one.recorded_by),
            one.note if reading.has_note_of(one) else "",
            one.step_record.run.ref if one.step_record else "",
            one.step_record_id,
        )


def _steps(family: Family, reading: Reading) -> Iterator[Event]:
    """A concern has its own page; why it would not be safe to do a step is for the council's side."""
    written = list(
        StepRecord.objects.filter(run__family=family).select_related("run__authority", "recorded_by", "child")
    )
    corrected = {one.corrects_id for one in written}
    rows = [one for one in written if one.pk not in corrected and one.act != StepRecord.Act.TAKEN_BACK]
    unsafe = frozenset() if reading.whole else find_unsafe(written)
    runs = {record.run for record in rows}
    readable, pathways = part_readable(runs)[0], {run: pathway_for_concerns(run) for run in runs}
    for record in rows:
        if record.step in pathways[record.run].concern_steps():
            continue
        step = pathways[record.run].steps[record.step] if record.run in readable else None
        title = step.title if step else code_words(record.step)
        kind: Kind = "decision" if step and step.kind in DECIDING else "step"
        yield Event(
            kind,
            record.happened_at,
            f"{title}: {_outcome(record, step, is_withheld=record.pk in unsafe)}",
            practitioner_name(record.recorded_by),
            _joined(
                f"About {person_name(record.child)}." if record.child else "",
                "" if record.pk in unsafe else record.reason,
            ),
            record.run.ref,
            record.pk,
        )


def _outcome(record: StepRecord, step: Step | None, *, is_withheld: bool) -> str:
    """In the words of its procedure; in those of the record itself where that cannot be read any more."""
    if record.act == StepRecord.Act.EXCEPTION_ASKED:
        if is_withheld:
            return "an exception was asked for"
        return f"an exception was asked for ({code_words(record.exception_kind).lower()})"
    if record.act == StepRecord.Act.EXCEPTION_DECIDED:
        return f"the exception was {record.outcome}"
    called = step.outcomes[record.outcome].called if step else code_words(record.outcome)
    return f"{called[:1].lower()}{called[1:]}"


def _papers(family: Family, sight: Sighted, reading: Reading) -> Iterator[Event]:
    """What partners sent in and this person may open, at the hour at which it arrived."""
    for line in family_paper_lines(family, sight, reading):
        state = "Registered." if line.is_registered else "Not registered yet."
        of_day = f"Of {line.paper_date.day} {line.paper_date:%B %Y}. " if line.paper_date else ""
        title, by = f"{line.called}: received", line.sender
        yield Event("paper", line.received_at, title, by, f"{of_day}{state}", "", paper_ref=line.ref)


def _released(family: Family, sight: Sighted) -> QuerySet[Concern]:
    children = family.memberships.filter(role="child").values("person")
    return concerns_released(sight.by).filter(Q(family=family) | Q(child__in=children))


def _concerns(family: Family, sight: Sighted) -> Iterator[Event]:
    """Those that were released: what may be said of each, never who reported it (Y55)."""
    for one in _released(family, sight).select_related("decided_by"):
        by = practitioner_name(one.decided_by) if one.decided_by else ""
        yield Event("decision", one.sent_at, "A safeguarding concern", by, one.released_words, "")


def _periods(family: Family, sight: Sighted) -> Iterator[Event]:
    """Involvements that opened and closed, and who became responsible: all from the allocations, which each has.

    With them, in the same statement, whether a concern was released; few families have one.
    """
    children = family.memberships.filter(role="child").values("person")
    rows = Allocation.objects.filter(involvement__child__in=children).select_related(
        "involvement__child", "involvement__agency", "practitioner", "run"
    )
    seen: set[int] = set()
    held = list(rows.annotate(has_concern=Exists(_released(family, sight))).order_by("id"))
    if not held or held[0].has_concern:
        yield from _concerns(family, sight)
    for row in held:
        if row.involvement_id not in seen:
            seen.add(row.involvement_id)
            yield from _of_involvement(row.involvement, sight)
        called = involvement_name(row.involvement.kind, sight.protocol).lower()
        yield Event(
            "responsible",
            row.during.lower,
            f"{practitioner_name(row.practitioner)} became responsible for {person_name(row.involvement.child)}",
            "",
            f"For {called}.",
            row.run.ref if row.run else "",
        )


def _of_involvement(involvement: Involvement, sight: Sighted) -> Iterable[Event]:
    called = involvement_name(involvement.kind, sight.protocol)
    about = f"{called} for {person_name(involvement.child)}"
    agency = involvement.agency.name
    yield Event("involvement", involvement.open_during.lower, f"{about} began", "", f"{agency}.", "")
    if involvement.open_during.upper is not None:
        reason = code_words(involvement.closing_reason)
        yield Event("involvement", involvement.open_during.upper, f"{about} ended", "", f"{reason}.", "")


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text)
