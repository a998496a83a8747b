"""By when each waiting step is due: computed from the event that started its limit and a calendar, never counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from handhold.protocol.conditions import is_waited_for
from handhold.protocol.definition import Duration, Limit, Step
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
    return Period(found.value, cast("Duration", found.unit))


@dataclass(frozen=True)
class Started:
    """The events from which limits run, as aware instants: the start of the run, and the last record of each step."""

    run_at: datetime
    steps_at: Mapping[str, datetime]


def find_deadlines(
    protocol: Protocol, pathway: Pathway, facts: Facts, started: Started, *, calendar: Calendar, now: datetime
) -> dict[Slot, Deadline]:
    """The limit of every step that applies and is not done, as it stands at `now` (aware).

    Whether a step is late is worked out here, whatever the facts say of it. What applies only because another is late
    has its own limit from the moment at which that became so, and may be late in its turn.
    """
    if facts.ended:
        return {}
    clocks, seen = _Clocks(protocol, pathway, started, calendar, now), set[Slot]()
    found = clocks.add(_late_at(pathway, facts, {}), seen, None)
    past = set[datetime]()
    while later := {one.due_at for one in found.values() if one.has_passed and not one.is_whole_run} - past:
        since = min(later)
        past.add(since)
        found |= clocks.add(_late_at(pathway, facts, found, since), seen, since)
    return found


@dataclass(frozen=True)
class _Clocks:
    """The limits of one run, as its events started them."""

    protocol: Protocol
    pathway: Pathway
    started: Started
    calendar: Calendar
    now: datetime

    def add(self, facts: Facts, seen: set[Slot], since: datetime | None) -> dict[Slot, Deadline]:
        """The limits of the steps that are waited for in these facts, first of all since then (None: from its event).

        Those in `seen` are left out, and the others put there.
        """
        found: dict[Slot, Deadline] = {}
        for slot in self.pathway.slots(len(facts.children)):
            rule = self.pathway.steps[slot[0]]
            if slot not in seen and is_waited_for(self.pathway, facts, rule, slot[1]):
                seen.add(slot)
                limit = self.limit_of(rule, since)
                found |= {slot: limit} if limit else {}
        return found

    def limit_of(self, step: Step, since: datetime | None) -> Deadline | None:
        """The limit of a step: from its event, or from when the step came to apply where that is later."""
        whole, events = self.pathway.file.limit, self.started.steps_at
        if since and step.within:
            limit: Limit | None = step.within
        else:
            limit = _limit_that_runs(self.pathway, step, events)
        if limit is None:
            return None
        start = self.started.run_at if limit.of == "start" else events.get(limit.of)
        if since and limit is not whole:
            start = max(since, start or since)
        if start is None:
            return None
        due_at = self.calendar.due_at(start, period_of(self.protocol, limit.setting))
        return Deadline(start, due_at, limit.setting, self.now > due_at, limit is whole)


def _late_at(pathway: Pathway, facts: Facts, found: Mapping[Slot, Deadline], at: datetime | None = None) -> Facts:
    """The facts with those steps late, and no others, whose limit had passed at that instant."""
    late = {slot for slot, one in found.items() if at and one.due_at <= at and one.has_passed and not one.is_whole_run}
    slots = pathway.slots(len(facts.children))
    steps = [facts.steps[place]._replace(late=slot in late) for slot, place in slots.items()]
    return facts._replace(steps=tuple(steps))


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
    if step.optional or (step.id in pathway.beside and step.within is None):
        return None
    if step.within and (step.within.of == "start" or step.within.of in latest):
        return step.within
    return pathway.file.limit
