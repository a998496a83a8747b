"""Everything that happened in a transfer: what, when, when and by whom it was written down, on whose behalf.

A concern is not in it before a social worker releases it: it has its own page, for who handles it (Y55).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from handhold.access.concerns import concerns_released
from handhold.access.papers import find_withheld
from handhold.access.transfers import Opened
from handhold.casefiles.case import Case
from handhold.casefiles.correcting import CORRECTED
from handhold.queries.naming import first_name, practitioner_name, writer_name
from handhold.queries.transfers import ending_words, exception_words
from handhold.records.models import Concern, Consent, Conversation, Decision, Meeting, Practitioner, StepRecord, Visit


@dataclass(frozen=True, slots=True)
class Correction:
    """What was written before a correction, by whom and when; and who corrected it, when, why."""

    happened_at: datetime
    words: tuple[str, ...]
    said_by: str
    said_at: datetime
    corrected_by: str
    corrected_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Correctable:
    """The record of a step (for a child), or of an exception from it, that somebody can correct."""

    step: str
    child_ref: str
    of_exception: bool


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `was_done_again` for a step that a later record opened anew.

    `was_taken_back`: nothing of it was so; its words are what was written before.
    """

    title: str
    happened_at: datetime
    recorded_at: datetime
    by: str
    on_behalf_of: str
    words: tuple[str, ...]
    is_exception: bool
    was_done_again: bool
    corrections: tuple[Correction, ...] = ()
    """Each correction of it, the last one first."""
    was_taken_back: bool = False
    correct: Correctable | None = None
    """Where the record is corrected by which the step, or an exception from it, stands now."""


@dataclass(frozen=True, slots=True)
class Story:
    """All events, newest first."""

    ref: str
    family: str
    pathway: str
    events: tuple[Event, ...]


def find_story(opened: Opened) -> Story:
    """The story of an opened transfer."""
    case = opened.case
    notes, names, withheld = _notes(case), _names(case), find_withheld(opened)
    whys = _whys(case)
    events = [
        replace(
            _event(case, record, _words(case, record, notes, withheld), names.get(record.on_behalf_of_id, "")),
            corrections=tuple(_corrections(case, record, notes, whys, withheld)),
            correct=None if record.pk in withheld else _correctable(case, record),
        )
        for record in case.records
        if record.step not in case.pathway.concern_steps()
    ]
    events += [_taken_back(case, record, notes, whys, withheld) for record in case.stand.taken_back]
    events = sorted(
        [_beginning(case, names[case.run.started_by_id]), *events, *_moves(case), *_concerns(opened), *_ending(case)],
        key=lambda one: (one.happened_at, one.recorded_at),
    )
    return Story(case.run.ref, f"{case.run.family.name} family", case.pathway.file.title, tuple(reversed(events)))


Whys = dict[int, tuple[str, str, datetime]]


def _corrections(
    case: Case, record: StepRecord, notes: dict[int, str], whys: Whys, withheld: frozenset[int]
) -> Iterable[Correction]:
    """From the last to the first: what stood before it, with the decision that corrected it."""
    versions = [*case.corrections.get(record.pk, ()), record]
    if withheld.intersection(one.pk for one in versions):
        return
    for before, after in zip(reversed(versions[:-1]), reversed(versions[1:]), strict=True):
        by, why, at = whys[after.pk]
        words = [word for word in _words(case, before, notes, withheld) if word.strip()]
        said_by = practitioner_name(before.recorded_by)
        yield Correction(before.happened_at, tuple(words), said_by, before.recorded_at, by, at, why)


def _taken_back(case: Case, record: StepRecord, notes: dict[int, str], whys: Whys, withheld: frozenset[int]) -> Event:
    """What was not so, in the place at which it was first written."""
    was = case.corrections[record.pk][-1]
    first = case.stand.first_of(record)
    corrections = tuple(_corrections(case, record, notes, whys, withheld))
    event = replace(_event(case, was, [], ""), by=practitioner_name(first.recorded_by), was_done_again=False)
    return replace(event, words=(), corrections=corrections, was_taken_back=True)


def _correctable(case: Case, record: StepRecord) -> Correctable | None:
    """The record by which its slot stands, or the last word on an exception from it."""
    own = [one for one in case.records if one.step == record.step and one.child_id == record.child_id]
    is_exception = record.act != StepRecord.Act.RECORDED
    recorded = [one for one in own if one.act == StepRecord.Act.RECORDED]
    if record.pk != (own[-1] if is_exception else recorded[-1]).pk:
        return None
    if not is_exception and _was_done_again(case, record):
        return None
    child = next((held.person.ref for held in case.children if held.person.pk == record.child_id), "")
    return Correctable(record.step, child, is_exception)


def _whys(case: Case) -> Whys:
    """By the id of a correction: who decided on it, why, when. No statement where nothing was corrected."""
    if not case.corrections:
        return {}
    rows = Decision.objects.filter(step_record__run=case.run, outcome=CORRECTED).select_related("decided_by")
    return {one.step_record_id or 0: (practitioner_name(one.decided_by), one.reason, one.decided_at) for one in rows}


def _moves(case: Case) -> list[Event]:
    """That it was moved to another version of the procedure, by whom and why."""
    return [
        Event(
            title="Moved to another version of the procedure",
            happened_at=move.decided_at,
            recorded_at=move.decided_at,
            by=practitioner_name(move.decided_by),
            on_behalf_of="",
            words=(f"From {_version(move.from_folder, move.from_revision)}.", move.reason),
            is_exception=False,
            was_done_again=False,
        )
        for move in case.run.version_moves.select_related("decided_by")
    ]


def _version(folder: str, revision: int) -> str:
    return f"version {folder.partition('/')[2]}{f', with change {revision} of its numbers' if revision else ''}"


def _words(case: Case, record: StepRecord, notes: dict[int, str], withheld: frozenset[int]) -> list[str]:
    """What came of it; why, and what was noted, where the reader has that."""
    if record.pk in withheld:
        return [_what_came_of_it(case, record, is_withheld=True)]
    return [_what_came_of_it(case, record), record.reason, notes.get(record.pk, "")]


def _event(case: Case, record: StepRecord, words: list[str], on_behalf_of: str) -> Event:
    step = case.pathway.steps[record.step]
    child = next((held.person for held in case.children if held.person.pk == record.child_id), None)
    title = f"{step.title}: {first_name(child)}" if child else step.title
    if record.practitioner:
        words.insert(1, f"Practitioner: {practitioner_name(record.practitioner)}.")
    if record.agreed_date:
        words.insert(1, f"Date agreed: {record.agreed_date.day} {record.agreed_date:%B %Y}.")
    return Event(
        title=title,
        happened_at=record.happened_at,
        recorded_at=record.recorded_at,
        by=writer_name(record),
        on_behalf_of=on_behalf_of,
        words=tuple(word for word in words if word.strip()),
        is_exception=record.act != StepRecord.Act.RECORDED,
        was_done_again=_was_done_again(case, record),
    )


def _what_came_of_it(case: Case, record: StepRecord, *, is_withheld: bool = False) -> str:
    match record.act:
        case StepRecord.Act.EXCEPTION_ASKED:
            why = "" if is_withheld else f": {exception_words(record.exception_kind)}"
            return f"An exception was asked for{why}."
        case StepRecord.Act.EXCEPTION_DECIDED:
            return f"The exception was {record.outcome}."
    return f"{case.pathway.steps[record.step].outcomes[record.outcome].called}."


def _was_done_again(case: Case, record: StepRecord) -> bool:
    """Whether a step was recorded and stands so no more."""
    if record.act != StepRecord.Act.RECORDED:
        return False
    places = {held.person.pk: place for place, held in enumerate(case.children)}
    slot = (record.step, None if record.child_id is None else places[record.child_id])
    own = [
        one.pk
        for one in case.records
        if one.act == StepRecord.Act.RECORDED and one.step == record.step and one.child_id == record.child_id
    ]
    return slot not in case.observed.standing or record.pk != own[-1]


def _beginning(case: Case, by: str) -> Event:
    children = ", ".join(first_name(held.person) for held in case.children)
    at = case.run.started_at
    return Event(f"The transfer began, for {children}", at, at, by, "", (), False, False)


def _concerns(opened: Opened) -> list[Event]:
    return [
        Event("A safeguarding concern", one.sent_at, one.sent_at, "", "", (one.released_words,), False, False)
        for one in released_meanwhile(opened)
    ]


def released_meanwhile(opened: Opened) -> QuerySet[Concern]:
    """The concerns about the household that were reported while the transfer went on, and released since."""
    case = opened.case
    return concerns_released(opened.by).filter(
        Q(family=case.run.family_id) | Q(child__in=[held.person for held in case.children]),
        sent_at__range=(case.run.started_at, case.run.ended_at or case.now),
    )


def _ending(case: Case) -> list[Event]:
    at = case.run.ended_at
    return [Event(f"The transfer ended: {ending_words(case)}", at, at, "", "", (), False, False)] if at else []


def _notes(case: Case) -> dict[int, str]:
    """What was noted with each record, by its id: the words of a conversation, a visit, a meeting, an answer."""
    talks = Conversation.objects.filter(run=case.run).values_list("step_record", "about")
    visits = Visit.objects.filter(run=case.run).values_list("step_record", "note")
    meetings = Meeting.objects.filter(run=case.run).values_list("step_record", "note")
    answers = Consent.objects.filter(step_record__run=case.run).values_list("step_record", "note")
    return dict(talks.union(visits, meetings, answers))


def _names(case: Case) -> dict[int | None, str]:
    """Those for whom something was written down, and who began the transfer, by their ids."""
    ids = {case.run.started_by_id, *(one.on_behalf_of_id for one in case.records if one.on_behalf_of_id)}
    return {one.pk: practitioner_name(one) for one in Practitioner.objects.filter(pk__in=ids)}
