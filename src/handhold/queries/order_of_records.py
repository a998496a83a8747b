"""What is said of a record that comes late, or out of order: how it stands, and which others stand too."""

from __future__ import annotations

from datetime import datetime

from handhold.access.transfers import Opened
from handhold.casefiles.case import Case
from handhold.protocol.definition import Step
from handhold.protocol.facts import Child
from handhold.protocol.observing import StepOnRecord
from handhold.queries.naming import practitioner_name


def find_notes_on_time(opened: Opened, step: Step, child: Child | None, happened_at: datetime) -> tuple[str, ...]:
    """Sentences about a record just written, from the transfer as it was before: none for one in time and in order."""
    return (*_late(opened.case, step, child, happened_at), *_out_of_order(opened.case, step, child, happened_at))


def _late(case: Case, step: Step, child: Child | None, happened_at: datetime) -> tuple[str, ...]:
    deadline = case.observed.deadlines.get((step.id, child))
    if deadline is None or deadline.is_whole_run or case.now <= deadline.due_at:
        return ()
    happened = _day(case, happened_at)
    if happened_at <= deadline.due_at:
        return (f"It happened on {happened}, in time, and that is what counts: only the record of it comes late.",)
    return (f"It happened on {happened} and was due by {_day(case, deadline.due_at)}: it stands, and counts as late.",)


def _out_of_order(case: Case, step: Step, child: Child | None, happened_at: datetime) -> tuple[str, ...]:
    """What it rests on, where that is said to have happened later."""
    found = []
    for name in step.after:
        earlier = case.observed.standing.get((name, child)) or case.observed.standing.get((name, None))
        if earlier is not None and earlier.happened_at > happened_at:
            found.append(f"“{case.pathway.steps[name].title}” ({_said(case, earlier)})")
    if not found:
        return ()
    said = f"It says that it happened before what it rests on: {', '.join(found)}."
    return (said, "Each record stands as it was written; correct the one whose date is wrong.")


def _said(case: Case, earlier: StepOnRecord) -> str:
    """How it came out, on which day, and who wrote that down."""
    called = case.pathway.steps[earlier.step].outcomes[earlier.outcome].called
    by = next((one.recorded_by for one in case.records if one.pk == earlier.key), None)
    who = f", recorded by {practitioner_name(by)}" if by else ""
    return f"{called}, {_day(case, earlier.happened_at)}{who}"


def _day(case: Case, instant: datetime) -> str:
    day = case.calendar.local_date(instant)
    return f"{day.day} {day:%B %Y}"
