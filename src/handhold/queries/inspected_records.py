"""The records of one transfer as whoever looks back reads them: decisions, oversight, exceptions, limits.

A concern is not among them before a social worker releases it (Y55).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from handhold.casefiles.case import Case
from handhold.documents import InspectedDecision, InspectedException, InspectedLimit, InspectedOversight
from handhold.protocol.definition import Step
from handhold.protocol.explaining.phrases import length
from handhold.protocol.pathways import Slot
from handhold.protocol.timeliness import LimitEnded, find_limits_ended
from handhold.queries.naming import first_name, practitioner_name, writer_name
from handhold.queries.transfers import exception_words
from handhold.records.models import StepRecord
from handhold.working_days import due_words

DECIDED = frozenset({"decision", "allocation", "acceptance", "assessment", "closure", "registration", "consent"})
"""Kinds of step by which somebody decides or answers something."""


def instant_words(case: Case, at: datetime) -> str:
    """`1 December 2026, 11:05`, by the council's clock."""
    local = case.calendar.to_local(at)
    return f"{local.day} {local:%B %Y, %H:%M}"


def day_words(case: Case, at: datetime) -> str:
    """`1 December 2026`"""
    day = case.calendar.local_date(at)
    return f"{day.day} {day:%B %Y}"


def when_words(case: Case, record: StepRecord) -> str:
    """When it happened; and when it was written down, where that was another day."""
    happened, written = day_words(case, record.happened_at), day_words(case, record.recorded_at)
    return happened if happened == written else f"{happened}; written down {written}"


def slot_title(case: Case, step: Step, slot: Slot) -> str:
    """`Write the endings letter: Chidi`"""
    return step.title if slot[1] is None else f"{step.title}: {first_name(case.children[slot[1]].person)}"


def records_shown(case: Case) -> list[StepRecord]:
    """The records of the transfer in the order in which they were written, without those about a concern."""
    hidden = case.pathway.concern_steps()
    return [one for one in case.records if one.step not in hidden]


def find_decisions(case: Case) -> tuple[InspectedDecision, ...]:
    """Every decision and answer, in the order in which they were written, with those that stand no more."""
    return tuple(
        InspectedDecision(
            title=_title(case, one),
            outcome=_outcome(case, one),
            reason=one.reason,
            by=writer_name(one),
            when=when_words(case, one),
            stands_no_more=not _stands(case, one),
        )
        for one in records_shown(case)
        if one.act == StepRecord.Act.RECORDED and case.pathway.steps[one.step].kind in DECIDED
    )


def find_oversight(case: Case) -> tuple[InspectedOversight, ...]:
    """What was said by those who may not have done the work themselves, and what was recorded after a direction."""
    shown = records_shown(case)
    return tuple(
        _oversight(case, one, shown[place + 1 :])
        for place, one in enumerate(shown)
        if one.act == StepRecord.Act.RECORDED and case.pathway.steps[one.step].not_by_author_of
    )


def _oversight(case: Case, record: StepRecord, later: list[StepRecord]) -> InspectedOversight:
    """A direction is followed once the same has been overseen again; until then, what was recorded since is told."""
    is_direction = not case.pathway.steps[record.step].outcomes[record.outcome].done
    same = [one for one in later if (one.step, one.child_id) == (record.step, record.child_id)]
    until = later.index(same[0]) if same else len(later)
    since = [f"{_title(case, one)}: {_outcome(case, one)} ({when_words(case, one)})" for one in later[:until]]
    return InspectedOversight(
        title=_title(case, record),
        outcome=_outcome(case, record),
        direction=record.reason,
        by=writer_name(record),
        when=when_words(case, record),
        since=tuple(since) if is_direction else (),
        is_followed=not is_direction or bool(same),
    )


def find_exceptions(case: Case) -> tuple[InspectedException, ...]:
    """Every exception that was asked for, with what was decided on it."""
    shown = records_shown(case)
    return tuple(
        _exception(case, one, shown[place + 1 :])
        for place, one in enumerate(shown)
        if one.act == StepRecord.Act.EXCEPTION_ASKED
    )


def _exception(case: Case, asked: StepRecord, later: list[StepRecord]) -> InspectedException:
    of_slot = (one for one in later if (one.step, one.child_id) == (asked.step, asked.child_id))
    answer = next((one for one in of_slot if one.act != StepRecord.Act.RECORDED), None)
    decided = "Not decided."
    if answer is not None and answer.act == StepRecord.Act.EXCEPTION_DECIDED:
        said = f": {answer.reason}" if answer.reason.strip() else ""
        decided = f"{answer.outcome.capitalize()} by {writer_name(answer)}, {when_words(case, answer)}{said}"
    kind = exception_words(asked.exception_kind)
    return InspectedException(
        title=_title(case, asked),
        why=f"{kind[:1].upper()}{kind[1:]}. {asked.reason}".strip(),
        asked=f"{writer_name(asked)}, {when_words(case, asked)}",
        decided=decided,
    )


def find_limits(case: Case) -> tuple[InspectedLimit, ...]:
    """Every limit of a step's own: those that something ended, in order, then those that run still."""
    hidden = case.pathway.concern_steps()
    ended = find_limits_ended(case.protocol, case.pathway, case.casefile, case.calendar)
    return tuple([_ended(case, one) for one in ended if one.slot[0] not in hidden] + list(_running(case)))


def _ended(case: Case, limit: LimitEnded) -> InspectedLimit:
    step = case.pathway.steps[limit.slot[0]]
    how = "kept" if limit.was_kept else f"late: {_days_late(case, limit)}"
    return InspectedLimit(
        title=slot_title(case, step, limit.slot),
        limit=_limit_words(case, limit.setting),
        due=day_words(case, limit.due_at),
        done=f"{day_words(case, limit.ended_at)}{', by an exception' if limit.was_excepted else ''}",
        how=how,
    )


def _days_late(case: Case, limit: LimitEnded) -> str:
    """`overdue by 3 working days`, as it was when it was done."""
    words = due_words(limit.ended_at, limit.due_at, case.calendar).text
    return words[:1].lower() + words[1:]


def _running(case: Case) -> Iterator[InspectedLimit]:
    hidden = case.pathway.concern_steps()
    for slot, deadline in case.observed.deadlines.items():
        if deadline.is_whole_run or slot[0] in hidden:
            continue
        words = due_words(case.now, deadline.due_at, case.calendar).text
        yield InspectedLimit(
            title=slot_title(case, case.pathway.steps[slot[0]], slot),
            limit=_limit_words(case, deadline.setting),
            due=day_words(case, deadline.due_at),
            done="not yet",
            how=words[:1].lower() + words[1:],
        )


def _limit_words(case: Case, setting: str) -> str:
    return f"{length(case.protocol, setting)} ({', '.join(case.protocol.file.settings[setting].clauses)})"


def _title(case: Case, record: StepRecord) -> str:
    child = next((place for place, held in enumerate(case.children) if held.person.pk == record.child_id), None)
    return slot_title(case, case.pathway.steps[record.step], (record.step, child))


def _outcome(case: Case, record: StepRecord) -> str:
    match record.act:
        case StepRecord.Act.EXCEPTION_ASKED:
            return f"an exception was asked for: {exception_words(record.exception_kind)}"
        case StepRecord.Act.EXCEPTION_DECIDED:
            return f"the exception was {record.outcome}"
    called = case.pathway.steps[record.step].outcomes[record.outcome].called
    return f"{called}: {practitioner_name(record.practitioner)}" if record.practitioner else called


def _stands(case: Case, record: StepRecord) -> bool:
    return any(standing.key == record.pk for standing in case.observed.standing.values())
