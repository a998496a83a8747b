"""By what limit each thing was done: of every record that ended a limit, from when it ran, until when, and how it came.

The limits are those of `deadlines`, as they ran at the moment of the record. What happened counts, not when it was
written down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from handhold.protocol.applying import apply, first_facts
from handhold.protocol.deadlines import Started, find_deadlines
from handhold.protocol.facts import ChildFacts, Facts, held
from handhold.protocol.observing import Casefile, StepOnRecord, foretold_of_record
from handhold.protocol.pathways import Pathway, Protocol, Slot
from handhold.working_days import Calendar


@dataclass(frozen=True)
class LimitEnded:
    """A limit that a record ended: whose it was, since when and until when it ran, and when it was ended."""

    slot: Slot
    setting: str
    started_at: datetime
    due_at: datetime
    ended_at: datetime
    was_excepted: bool
    key: int | None
    """The id of the record that ended it."""

    @property
    def was_kept(self) -> bool:
        """Whether it was ended in time."""
        return self.ended_at <= self.due_at


def find_limits_ended(protocol: Protocol, pathway: Pathway, run: Casefile, calendar: Calendar) -> Iterator[LimitEnded]:
    """Every limit of a step's own that a record of the run ended, in the order of the records.

    What is done counts, and an exception that was granted; what came out as not done leaves its limit running.
    """
    child = ChildFacts(held((pathway.origin, "responsible-worker")), pathway.origin)
    facts = first_facts(pathway, (child,) * len(run.children), run.known)
    latest: dict[str, datetime] = {}
    for record in run.records:
        ended = _slots_ended(pathway, facts, record)
        if ended:
            started = Started(run.started_at, latest)
            at = record.happened_at
            running = find_deadlines(protocol, pathway, facts, started, calendar=calendar, now=at)
            for slot in ended:
                limit = running.get(slot)
                if limit and not limit.is_whole_run:
                    was_excepted = record.verb != "record"
                    yield LimitEnded(slot, limit.setting, limit.started_at, limit.due_at, at, was_excepted, record.key)
        facts = apply(pathway, facts, foretold_of_record(pathway, facts, record))
        if record.verb == "record":
            latest[record.step] = record.happened_at


def _slots_ended(pathway: Pathway, facts: Facts, record: StepOnRecord) -> list[Slot]:
    """The slots whose own limit ends with the record: its own, and those of steps whose limit runs until it."""
    step = pathway.steps[record.step]
    if record.verb == "ask-exception" or (record.verb == "decide-exception" and record.outcome != "granted"):
        return []
    if record.verb == "record" and not step.outcomes[record.outcome].done:
        return []
    own = [(step.id, record.child)] if (step.within and not step.within.until) or step.every else []
    waiting = (other for other in pathway.steps.values() if other.within and other.within.until == step.id)
    children = len(facts.children)
    return [*own, *(slot for other in waiting for slot in pathway.slots_of(other.id, children))]
