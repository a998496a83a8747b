"""By when each waiting step is due: computed from the event that started its limit and a calendar, never counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from handhold.protocol.conditions import is_waited_for
from handhold.protocol.definition import Limit, Step
from handhold.protocol.facts import Facts
from handhold.protocol.pathways import Pathway, Protocol, Slot
from handhold.working_days import Calendar, Period


@dataclass(frozen=True)
class Deadline:
    """A limit that runs: since when, until when, by which setting, and whether it has passed."""

    started_at: datetime
    due_at: datetime
    setting: str
    has_passed: bool
    is_whole_run: bool
    """Whether it is the limit of the whole run, which a step has that has none of its own."""


def period_of(protocol: Protocol, setting: str) -> Period:
    """The length of a limit, as the protocol's setting has it."""
    found = protocol.file.settings[setting]
    return Period(found.value, found.unit)


@dataclass(frozen=True)
class Started:
    """The events from which limits run, as aware instants: the start of the run, and the last record of each step."""

    run_at: datetime
    steps_at: Mapping[str, datetime]


def find_deadlines(
    protocol: Protocol, pathway: Pathway, facts: Facts, started: Started, *, calendar: Calendar, now: datetime
) -> dict[Slot, Deadline]:
    """The limit of every step that applies and is not done, as it stands at `now` (aware)."""
    if facts.ended:
        return {}
    found = {}
    for step, child in pathway.slots(len(facts.children)):
        rule = pathway.steps[step]
        if not is_waited_for(pathway, facts, rule, child):
            continue
        limit = _limit_that_runs(pathway, rule, started.steps_at)
        if limit is None:
            continue
        start = started.run_at if limit.of == "start" else started.steps_at.get(limit.of)
        if start is None:
            continue
        due_at = calendar.due_at(start, period_of(protocol, limit.setting))
        found[step, child] = Deadline(start, due_at, limit.setting, now > due_at, limit is pathway.file.limit)
    return found


def find_earliest(protocol: Protocol, pathway: Pathway, started: Started, calendar: Calendar) -> dict[str, datetime]:
    """From when each step that has a least time can be done, where the event that starts it has happened."""
    events = {"start": started.run_at, **started.steps_at}
    return {
        step.id: calendar.open_from(events[step.not_before.of], period_of(protocol, step.not_before.setting))
        for step in pathway.steps.values()
        if step.not_before and step.not_before.of in events
    }


def _limit_that_runs(pathway: Pathway, step: Step, latest: Mapping[str, datetime]) -> Limit | None:
    """The step's own limit once its event has happened; before that, and without one, the limit of the whole run."""
    if step.every:
        return step.every.model_copy(update={"of": step.id}) if step.id in latest else step.every
    if step.id in pathway.beside and step.within is None:
        return None
    if step.within and (step.within.of == "start" or step.within.of in latest):
        return step.within
    return pathway.file.limit
