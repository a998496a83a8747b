"""A run that unfolds in memory: records, children and people, with every act going through the engine's own `decide`.

After each act the facts that `apply` foretold are held against those that `observe` finds in the records, and the
promises of the house are looked at, so that every example is also a test of the engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from handhold.protocol import definition
from handhold.protocol.applying import apply, first_facts
from handhold.protocol.correcting import NotCorrectable, Wish, decide_correction, with_outcome
from handhold.protocol.deciding import Allowed, Decision, NeedsReason, decide
from handhold.protocol.effects import Effect, MatterOpened, MatterSettled
from handhold.protocol.examples.cast import Cast
from handhold.protocol.examples.faults import EngineDisagrees, ExampleNotUnderstood
from handhold.protocol.facts import Act, ChildFacts, Facts, held
from handhold.protocol.observing import Casefile, Observed, StepOnRecord, observe
from handhold.protocol.pathways import Pathway, Protocol
from handhold.protocol.promises import find_broken_promises
from handhold.working_days import Calendar


@dataclass
class Attempt:
    """What somebody tries to do: the act as the engine sees it, with the names that the engine does not need."""

    person: str
    act: Act
    reason: str = ""
    chosen: str = ""


@dataclass
class Unfolding:
    """One run for some children. `matters` is what is open about their household, and how often."""

    protocol: Protocol
    pathway: Pathway
    calendar: Calendar
    cast: Cast
    children: tuple[str, ...]
    started_at: datetime
    records: list[StepOnRecord] = field(default_factory=list)
    matters: Counter[str] = field(default_factory=Counter)
    ended: str | None = None
    known: frozenset[str] = frozenset()
    """What the records say of the children beside the run."""
    child_facts: tuple[ChildFacts, ...] = field(init=False)
    first_children: tuple[ChildFacts, ...] = field(init=False)
    """Who held the children when the run began."""

    def __post_init__(self) -> None:
        origin = self.pathway.origin
        first = ChildFacts(held((origin, "responsible-worker")), origin)
        self.child_facts = self.first_children = (first,) * len(self.children)
        for child in self.children:
            self.cast.held[child, origin] = self.cast.behind("responsible-worker")

    def observed(self, now: datetime) -> Observed:
        """The run as its records have it at `now`."""
        matters = frozenset(self.matters)
        records = tuple(self.records)
        casefile = Casefile(self.started_at, records, self.child_facts, matters, self.ended, self.known)
        return observe(self.protocol, self.pathway, casefile, self.calendar, now)

    def decide(self, attempt: Attempt, now: datetime) -> Decision:
        """The engine's answer at `now`; nothing changes."""
        observed = self.observed(now)
        by, own = self.cast.words_for(attempt.person), observed.own(attempt.person)
        act = attempt.act._replace(by=by, own=own, has_reason=bool(attempt.reason))
        return decide(self.pathway, observed.facts, act)

    def attempt(self, attempt: Attempt, now: datetime) -> Decision:
        """The engine's answer; where it allows the act, the act has happened. Raises EngineDisagrees."""
        answer = self.decide(attempt, now)
        if not isinstance(answer, Allowed):
            return answer
        settled = self._settled_beside_others(attempt.act, answer.effects)
        if settled:
            self.matters[settled] -= 1
            return Allowed(())
        self._carry_out(attempt, answer.effects, now)
        return answer

    def correct(self, attempt: Attempt, now: datetime, *, taken_back: bool) -> Decision:
        """The answer to a correction of the last record of a step; where it is allowed, it has been made.

        Raises ExampleNotUnderstood where there is nothing to correct, EngineDisagrees.
        """
        act = attempt.act
        slot = (act.step, act.child, act.verb)
        places = [place for place, one in enumerate(self.records) if (one.step, one.child, one.verb) == slot]
        if not places:
            raise ExampleNotUnderstood(f'"{self.pathway.steps[act.step].title}" has not been recorded.')
        place = places[-1]
        instead = None if taken_back else with_outcome(self.records[place], act.outcome, attempt.person)
        act = act._replace(
            outcome=self.records[place].outcome if taken_back else act.outcome,
            by=self.cast.words_for(attempt.person),
            has_reason=bool(attempt.reason) or taken_back,
        )
        wish = Wish(place, instead, attempt.person, act)
        start = first_facts(self.pathway, self.first_children, self.known)
        found = decide_correction(self.pathway, start, self.records, wish)
        if isinstance(found, NeedsReason):
            return found
        if isinstance(found, NotCorrectable):
            return found.refused(self.pathway, self.records)
        self.records[place : place + 1] = [instead] if instead else []
        if found.after.receiver == "none":
            self.cast.receiver = None
        facts, matters = found.after, frozenset(self.matters)
        foretold = facts._replace(children=self.child_facts, matters=matters, ended=self.ended)
        self._check(foretold, self.observed(now).facts)
        return Allowed(found.gained)

    def _settled_beside_others(self, act: Act, effects: Iterable[Effect]) -> str | None:
        """What the act settles while more of its sort is open; the run has no record before the last is settled."""
        if any(effect.end_run for effect in self._effects_of(act)):
            return None
        settled = (effect.matter for effect in effects if isinstance(effect, MatterSettled))
        return next((matter for matter in settled if self.matters[matter] > 1), None)

    def _carry_out(self, attempt: Attempt, effects: tuple[Effect, ...], now: datetime) -> None:
        foretold = apply(self.pathway, self.observed(now).facts, effects)
        self._seat(attempt)
        for effect in effects:
            self.cast.follow(effect, self.children)
        self._unseat(attempt.act)
        act = attempt.act
        record = StepOnRecord(act.step, act.verb, act.outcome, act.child, now, now, attempt.person, attempt.reason)
        self.records.append(record)
        self.child_facts, self.matters, self.ended = foretold.children, self._counted(effects, foretold), foretold.ended
        self._check(foretold, self.observed(now).facts)

    def _counted(self, effects: Iterable[Effect], foretold: Facts) -> Counter[str]:
        """How often each thing that is foretold to be open is open, once the effects have come about."""
        opened = Counter(effect.matter for effect in effects if isinstance(effect, MatterOpened))
        return Counter({matter: self.matters[matter] + opened[matter] for matter in foretold.matters})

    def _seat(self, attempt: Attempt) -> None:
        """Whoever was chosen takes the place that the outcome fills: the worker's, or else the lead's."""
        if not attempt.chosen:
            return
        if any(effect.to == "responsible-worker" for effect in self._effects_of(attempt.act)):
            self.cast.worker = attempt.chosen
        else:
            self.cast.receiver = attempt.chosen

    def _unseat(self, act: Act) -> None:
        """A worker whose children have passed to somebody else is the worker no more."""
        if any(effect.reallocate_from == "responsible-worker" for effect in self._effects_of(act)):
            self.cast.worker = None

    def _effects_of(self, act: Act) -> list[definition.Effect]:
        return self.pathway.steps[act.step].outcomes[act.outcome].effects if act.verb == "record" else []

    def _check(self, foretold: Facts, observed: Facts) -> None:
        problems = find_broken_promises(observed)
        if _without_lateness(foretold) != _without_lateness(observed):
            problems.append(f"What was foretold is not what is on record: {foretold} and {observed}.")
        if problems:
            raise EngineDisagrees(" ".join(problems))


def _without_lateness(facts: Facts) -> Facts:
    """What comes from the calendar (lateness, a least time that has passed) is not foretold."""
    return facts._replace(steps=tuple(step._replace(late=False) for step in facts.steps), elapsed=frozenset())
