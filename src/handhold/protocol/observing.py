"""From what is on record about a run to its facts: `observe`, which makes what is known finite.

The casefile is plain data, built from the records by `casefiles`. Step records are folded in the order in which they
were written; who holds which child, and what is open about the household, is taken as the records have it, never as
foretold: so that a test can hold the two against each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from handhold.protocol import effects as e
from handhold.protocol.applying import apply, first_facts
from handhold.protocol.deadlines import Deadline, Started, find_deadlines, find_earliest
from handhold.protocol.facts import Child, ChildFacts, Facts
from handhold.protocol.pathways import Pathway, Protocol
from handhold.working_days import Calendar


@dataclass(frozen=True)
class StepOnRecord:
    """One record of a step: `outcome` of the step, or the kind of an exception asked, or `granted`/`refused`."""

    step: str
    verb: str
    outcome: str
    child: Child | None
    happened_at: datetime
    recorded_at: datetime
    by: str
    reason: str = ""
    also_by: frozenset[str] = frozenset()
    """Who wrote what it said before it came out otherwise, by a correction: it is no less their own work."""
    key: int | None = None
    """The id of the record, for what is on record of the run itself."""
    is_settled: bool = False
    """Whether what it reported has been decided since, by an act of its own: no limit runs from it any more."""


Standing = dict[tuple[str, Child | None], StepOnRecord]
"""The record by which each slot stands, or by which an exception of it was asked for."""


@dataclass(frozen=True)
class Casefile:
    """Everything on record that a decision about one run can depend on. People are keys, not names."""

    started_at: datetime
    records: tuple[StepOnRecord, ...]
    children: tuple[ChildFacts, ...]
    matters: frozenset[str] = frozenset()
    ended: str | None = None
    known: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Observed:
    """The facts, with what pages need beside them: the standing record of each slot and each limit that runs."""

    facts: Facts
    standing: Standing
    deadlines: dict[tuple[str, Child | None], Deadline]
    asked: Standing = field(default_factory=dict)
    """Who asked for an exception that stands or waits."""
    settled: frozenset[str] = frozenset()
    """What a step of this run has settled, though the records still show it open (H5)."""
    earliest: dict[str, datetime] = field(default_factory=dict)
    """When each step that has a least time can be done at the earliest, once that time runs."""

    def own(self, person: str) -> frozenset[str]:
        """The steps whose standing record, or whose exception, this person wrote."""
        records = [*self.standing.values(), *self.asked.values()]
        return frozenset(record.step for record in records if person in (record.by, *record.also_by))


def observe(protocol: Protocol, pathway: Pathway, casefile: Casefile, calendar: Calendar, now: datetime) -> Observed:
    """The facts of a run at `now` (aware), with its deadlines by the protocol's settings and this calendar."""
    facts = first_facts(pathway, casefile.children, casefile.known)
    standing: Standing = {}
    asked: Standing = {}
    latest: dict[str, datetime] = {}
    for record in casefile.records:
        effects = effects_of_record(pathway, facts, record)
        facts = apply(pathway, facts, effects)
        keep_standing(record, effects, standing, asked)
        if record.verb == "record":
            latest[record.step] = record.happened_at
    latest |= _waiting_since(pathway, casefile.records)
    settled = _settled_here(pathway, casefile.records)
    facts = facts._replace(children=casefile.children, matters=casefile.matters - settled, ended=casefile.ended)
    if casefile.ended:
        facts = facts._replace(queues=frozenset())
    started = Started(casefile.started_at, latest)
    deadlines = find_deadlines(protocol, pathway, facts, started, calendar=calendar, now=now)
    begun = {name: at for name, at in latest.items() if any(slot[0] == name for slot in standing)}
    earliest = find_earliest(protocol, pathway, Started(casefile.started_at, begun), calendar)
    elapsed = frozenset(step for step, at in earliest.items() if at <= now)
    facts = _with_lateness(pathway, facts, deadlines)._replace(elapsed=elapsed)
    return Observed(facts, standing, deadlines, asked, settled, earliest)


def effects_of_record(pathway: Pathway, facts: Facts, record: StepOnRecord) -> tuple[e.Effect, ...]:
    """What a record brought about in the facts that step records tell of."""
    return tuple(effect for effect in foretold_of_record(pathway, facts, record) if isinstance(effect, _FOLDED))


def foretold_of_record(pathway: Pathway, facts: Facts, record: StepOnRecord) -> tuple[e.Effect, ...]:
    """All that a record brought about, as `decide` foretold when it was written."""
    match record.verb:
        case "ask-exception":
            return (e.ExceptionAsked(record.step, record.child, record.outcome),)
        case "decide-exception":
            return (e.ExceptionDecided(record.step, record.child, record.outcome == "granted"),)
        case _:
            return e.of_outcome(pathway, facts, pathway.steps[record.step], record.outcome, record.child)


_FOLDED = (
    e.StepRecorded,
    e.StepVoided,
    e.DestinationChosen,
    e.ConsentStands,
    e.ReceiverStands,
    e.QueueJoined,
    e.QueueLeft,
    e.ExceptionAsked,
    e.ExceptionDecided,
)
"""What the step records themselves tell. The rest (who is accountable, what is open, what has ended) is observed."""


SETTLED_BY_A_STEP: frozenset[str] = frozenset({"protection-plan"})
"""What a step of the run itself settles (H5: the conference). A concern is settled by its own decision, on record."""


def _settled_here(pathway: Pathway, records: tuple[StepOnRecord, ...]) -> frozenset[str]:
    """The matters that a step of this run has settled, once for all: what a conference ended stays ended."""
    done = (record for record in records if record.verb == "record")
    outcomes = (pathway.steps[record.step].outcomes[record.outcome] for record in done)
    settled = {effect.settle_matter for outcome in outcomes for effect in outcome.effects}
    return SETTLED_BY_A_STEP.intersection(settled)


def _waiting_since(pathway: Pathway, records: tuple[StepOnRecord, ...]) -> dict[str, datetime]:
    """Since when the first concern that nobody has decided waits: a second one gives nobody more time (Y52)."""
    waiting: dict[str, datetime] = {}
    for record in records:
        step = pathway.steps[record.step]
        if record.verb != "record":
            continue
        if step.when and step.when.matter == "concern-undecided":
            waiting.clear()
        elif step.kind == "concern" and not record.is_settled:
            waiting[step.id] = min(record.happened_at, waiting.get(step.id, record.happened_at))
    return waiting


def keep_standing(record: StepOnRecord, effects: tuple[e.Effect, ...], standing: Standing, asked: Standing) -> None:
    """Changes by which record each slot stands, and who asked for an exception of it, as this record does."""
    slot = (record.step, record.child)
    for effect in effects:
        match effect:
            case e.StepRecorded():
                standing[slot] = record
                asked.pop(slot, None)
            case e.StepVoided(voided):
                for kept in (standing, asked):
                    for other in [other for other in kept if other[0] == voided]:
                        del kept[other]
            case e.ExceptionAsked():
                asked[slot] = record
            case e.ExceptionDecided(_, _, granted):
                if not granted:
                    asked.pop(slot, None)


def _with_lateness(pathway: Pathway, facts: Facts, deadlines: dict[tuple[str, Child | None], Deadline]) -> Facts:
    slots = pathway.slots(len(facts.children))
    steps = list(facts.steps)
    for slot, deadline in deadlines.items():
        if deadline.has_passed and not deadline.is_whole_run:
            steps[slots[slot]] = steps[slots[slot]]._replace(late=True)
    return facts._replace(steps=tuple(steps))
