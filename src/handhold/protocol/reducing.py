"""What the explorer may leave out of a state without losing a violation or a trap, and how.

Four reductions, argued in docs/adr/0009 and held against the walk of everything on small pathways by a test:

- What no condition reads is dropped: a round, a lateness, which of several outcomes of a like kind it was, and the
  whole step where it may be repeated and no step comes after it. No decision can tell such states apart.
- A *plain* step only opens gates, and council staff can do it. The state leaves it out. What can happen at all is
  decided as if every plain step were done (the most); what council staff surely can do, as if only those were done that
  can be done from nothing, through `decide` itself (the least). Whatever a real state holds lies between the two.
- Once every child has an outcome, only who holds them is kept, and anything that an outcome brings about may follow.
- Siblings are alike: of states that differ by an exchange of children, one is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from handhold.protocol.applying import LAST_ROUND_COUNTED, apply
from handhold.protocol.conditions import is_settled, is_waited_for
from handhold.protocol.deciding import Allowed, decide
from handhold.protocol.definition import Condition, Limit, Step
from handhold.protocol.facts import Act, Child, Facts, StepFact, is_over
from handhold.protocol.moves import Bounds, Moves
from handhold.protocol.pathways import Pathway, Slot
from handhold.protocol.reading import all_within, comes_after, conditions_of, outcomes_listed, steps_named

FACTLESS = frozenset({"put_in_queue", "take_from_queue", "put_on_meeting", "open_form", "start_run"})
"""Effects that no decision reads."""


class Everything:
    """Leaves nothing out: the reference that the reductions are held against."""

    plain_steps: frozenset[str] = frozenset()

    def __init__(self, moves: Moves) -> None:
        self.pathway = moves.pathway
        self.moves = moves

    def reduced(self, facts: Facts) -> Facts:
        """The same facts, but that a step which waits no longer is not late."""
        return late_only_while_waiting(self.pathway, facts, self.moves.late_read)

    def bounds(self, facts: Facts) -> Bounds:
        """The facts as they are: every step is walked by itself."""
        return Bounds(facts, facts, facts)


class Reduction:
    """The reductions for one pathway."""

    def __init__(self, moves: Moves) -> None:
        self.pathway = moves.pathway
        self.moves = moves
        self._least: dict[tuple[object, ...], dict[Slot, StepFact]] = {}
        self._kept: dict[int, list[dict[StepFact, StepFact]]] = {}
        self._ways = {name: self._way_by_council(step) for name, step in self.pathway.steps.items()}

    @cached_property
    def conditions(self) -> list[Condition]:
        """Every condition of the pathway."""
        return [condition for step in self.pathway.steps.values() for condition in conditions_of(step)]

    @cached_property
    def limits_read(self) -> list[Limit]:
        """The limits whose passing is read."""
        limits = (step.within for name, step in self.pathway.steps.items() if name in self.moves.late_read)
        return [limit for limit in limits if limit]

    @cached_property
    def starters(self) -> frozenset[str]:
        """The steps from which such a limit runs."""
        return frozenset(limit.of for limit in self.limits_read)

    @cached_property
    def least_starters(self) -> frozenset[str]:
        """The steps from which a least time runs, as long as they stand at any outcome."""
        return frozenset(step.not_before.of for step in self.pathway.steps.values() if step.not_before)

    @cached_property
    def clocked(self) -> frozenset[str]:
        """The steps that start or end such a limit."""
        return self.starters | self.least_starters | {limit.until for limit in self.limits_read if limit.until}

    # ---- the first reduction: what nothing reads

    def _rounds_kept(self, step: str) -> int:
        """To which round a step's rounds are told apart; a step that starts a read limit has begun from round 2."""
        read = [c.round_at_least[step] for c in self.conditions if c.round_at_least and step in c.round_at_least]
        return min(max([1, *read, *([2] if step in self.starters else [])]), LAST_ROUND_COUNTED)

    def _outcome_kept(self, step: Step, name: str) -> str | None:
        """The first outcome that no condition can tell from this one; None where it is as if nothing had been done."""
        like_it = next(other for other in step.outcomes if self._looks(step, other) == self._looks(step, name))
        done, reads = self._looks(step, name)
        is_read = done or any(reads) or self._rounds_kept(step.id) > 1 or step.id in self.least_starters
        return like_it if is_read else None

    def _looks(self, step: Step, outcome: str) -> tuple[bool, tuple[bool, ...]]:
        """Everything about an outcome, once it stands, that a decision can read."""
        reads = (outcome in listed for c in self.conditions for listed in outcomes_listed(c, step.id))
        return step.outcomes[outcome].done, tuple(reads)

    def _is_dead(self, step: Step) -> bool:
        """Whether nothing can depend on the step having been done."""
        return (
            step.repeats
            and step.exception is None
            and step.id in self.pathway.beside
            and step.id not in self.clocked
            and not any(step.id in other.after for other in self.pathway.steps.values())
            and not any(step.id in steps_named(condition) for condition in self.conditions)
        )

    def _reducer(self, step: Step) -> Callable[[StepFact], StepFact]:
        if step.id in self.plain_steps or self._is_dead(step):
            return lambda _: StepFact()
        rounds, keeps_late = self._rounds_kept(step.id), step.id in self.moves.late_read
        outcomes = {name: self._outcome_kept(step, name) for name in step.outcomes}
        return lambda fact: StepFact(
            outcomes[fact.outcome] if fact.outcome else None,
            min(fact.round, rounds),
            fact.exception,
            fact.late and keeps_late,
        )

    def reduced(self, facts: Facts) -> Facts:
        """The state without what no later decision can read, and with like siblings in one order."""
        if facts.ended or is_over(facts):
            held = Facts((StepFact(),) * len(facts.steps), facts.children, ended=facts.ended)
            return _siblings_sorted(self.pathway, held)
        facts = late_only_while_waiting(self.pathway, facts, self.moves.late_read)
        kept = self._kept_of(len(facts.children))
        steps = tuple([known[fact] for known, fact in zip(kept, facts.steps, strict=True)])
        return _siblings_sorted(self.pathway, facts._replace(steps=steps, queues=frozenset()))

    def _kept_of(self, children: int) -> list[dict[StepFact, StepFact]]:
        """For each slot what each fact of it is kept as, remembered."""
        if children not in self._kept:
            reducers = {name: self._reducer(step) for name, step in self.pathway.steps.items()}
            self._kept[children] = [_Remembered(reducers[name]) for name, _ in self.pathway.slots(children)]
        return self._kept[children]

    # ---- the second reduction: plain steps

    @cached_property
    def plain_steps(self) -> frozenset[str]:
        """The greatest set of steps that are plain given that the others of the set are."""
        plain = {name for name, step in self.pathway.steps.items() if self._only_opens_gates(step) and self._ways[name]}
        while wrong := {name for name in plain if not self._stays_within(self.pathway.steps[name], plain)}:
            plain -= wrong
        return frozenset(plain)

    def _only_opens_gates(self, step: Step) -> bool:
        touched = (effect.word() for outcome in step.outcomes.values() for effect in outcome.effects)
        return (
            step.kind != "closure"
            and step.not_before is None
            and step.id not in self.clocked
            and not any(step.id in {*(c.round_at_least or ()), *(c.late or ())} for c in self.conditions)
            and all(word in FACTLESS for word in touched)
        )

    def _stays_within(self, step: Step, plain: set[str]) -> bool:
        """Whether it voids only plain steps, and only plain steps that follow it alone read how it came out."""
        return all(set(outcome.voids) <= plain for outcome in step.outcomes.values()) and all(
            other.id in plain and _reads_what_is_done(other, step)
            for other in self.pathway.steps.values()
            if any(step.id in steps_named(condition) for condition in conditions_of(other))
        )

    def _way_by_council(self, step: Step) -> tuple[Act, ...]:
        """How council staff alone can settle a step for certain: an outcome that is always offered, or an exception.

        An outcome that voids what does not come after the step is none: two steps could undo each other for ever.
        """
        by_council = {one.act[:3]: one.act for one in self.moves.attempts((step.id, None)) if one.by_council}
        for name, outcome in step.outcomes.items():
            stays_done = all(comes_after(self.pathway, voided, step.id) for voided in outcome.voids)
            always = outcome.done and outcome.when is None and stays_done
            if always and ("record", step.id, name) in by_council:
                return (by_council["record", step.id, name],)
        turns = [act for act in by_council.values() if act.verb == "ask-exception" or act.outcome == "granted"]
        return tuple(turns) if len(turns) == 2 else ()

    def bounds(self, facts: Facts) -> Bounds:
        """The most and the least that can have been done in a state from which plain steps are left out.

        Most: every plain step, whatever it waits for. Least: those that council staff surely can do, through `decide`.
        """
        if is_over(facts):
            return Bounds(facts, facts, facts, self.plain_steps, over=True)
        plain = [slot for slot in self.pathway.slots(len(facts.children)) if slot[0] in self.plain_steps]
        most = self._with_facts(facts, {slot: self._done_facts[slot[0]] for slot in plain})
        key = self._what_plain_steps_read(facts)
        if key not in self._least:
            self._least[key] = self._settled_by_council(facts, plain)
        return Bounds(facts, most, self._with_facts(facts, self._least[key]), self.plain_steps)

    @cached_property
    def _done_facts(self) -> dict[str, StepFact]:
        """Each plain step as it stands once it is done."""
        outcomes = {name: self.pathway.steps[name].outcomes for name in self.plain_steps}
        return {name: StepFact(next(key for key, rule in of.items() if rule.done)) for name, of in outcomes.items()}

    def _what_plain_steps_read(self, facts: Facts) -> tuple[object, ...]:
        """All that the doing of plain steps can depend on: equal here, equal there."""
        slots = self.pathway.slots(len(facts.children))
        steps = tuple(facts.steps[position] for (name, _), position in slots.items() if name in self._read_by_plain)
        children = tuple((child.outcome, tuple(kind for kind, _ in child.accountable)) for child in facts.children)
        return steps, children, facts.destination, facts.receiver, facts.matters, facts.known, facts.ended

    @cached_property
    def _read_by_plain(self) -> frozenset[str]:
        """The steps that are not plain and that plain ones wait for or read."""
        plain = [self.pathway.steps[name] for name in self.plain_steps]
        read = {name for step in plain for condition in conditions_of(step) for name in steps_named(condition)}
        return frozenset({*read, *(name for step in plain for name in step.after)} - self.plain_steps)

    def _settled_by_council(self, facts: Facts, plain: list[Slot]) -> dict[Slot, StepFact]:
        """How every plain step stands after council staff have done all that they surely can."""
        before = None
        while facts is not before:
            before = facts
            for name, child in plain:
                if not is_settled(self.pathway, facts, self.pathway.steps[name], child):
                    facts = self._after_way(facts, name, child)
        slots = self.pathway.slots(len(facts.children))
        return {slot: facts.steps[slots[slot]] for slot in plain}

    def _after_way(self, facts: Facts, name: str, child: Child | None) -> Facts:
        """The facts after the step was settled through `decide`; the same facts where that is refused."""
        settled = facts
        for act in self._ways[name]:
            answer = decide(self.pathway, settled, act._replace(child=child))
            if not isinstance(answer, Allowed):
                return facts
            settled = apply(self.pathway, settled, answer.effects[:1])
        return settled

    def _with_facts(self, facts: Facts, changed: dict[Slot, StepFact]) -> Facts:
        slots, steps = self.pathway.slots(len(facts.children)), list(facts.steps)
        for slot, fact in changed.items():
            steps[slots[slot]] = fact
        return facts._replace(steps=tuple(steps))


class _Remembered(dict[StepFact, StepFact]):
    """What each fact of a slot is kept as, worked out once."""

    def __init__(self, reduce: Callable[[StepFact], StepFact]) -> None:
        super().__init__()
        self._reduce = reduce

    def __missing__(self, fact: StepFact) -> StepFact:
        self[fact] = kept = self._reduce(fact)
        return kept


def _reads_what_is_done(reader: Step, read: Step) -> bool:
    """Whether the reader applies only once the step that it reads is done, and waits for nothing else."""
    when = reader.when
    if when is None or not any(read.id in steps_named(condition) for condition in all_within(when)):
        return True
    done = [name for name, outcome in read.outcomes.items() if outcome.done]
    return (
        set(reader.after) <= {read.id}
        and steps_named(when) == {read.id}
        and not when.any_of
        and read.id not in (when.not_outcome or ())
        and set((when.outcome or {}).get(read.id, ())) <= set(done)
    )


def late_only_while_waiting(pathway: Pathway, facts: Facts, late_read: frozenset[str]) -> Facts:
    """The facts in which a step that nobody waits for any more is not late."""
    for name in late_read:
        for slot in pathway.slots_of(name, len(facts.children)):
            position = pathway.slots(len(facts.children))[slot]
            fact, step = facts.steps[position], pathway.steps[name]
            if fact.late and not is_waited_for(pathway, facts, step, slot[1]):
                waits_no_more = fact._replace(late=False)
                facts = facts._replace(steps=(*facts.steps[:position], waits_no_more, *facts.steps[position + 1 :]))
    return facts


def _siblings_sorted(pathway: Pathway, facts: Facts) -> Facts:
    count = len(facts.children)
    if count == 1:
        return facts
    slots = pathway.slots(count)
    own = [name for name, step in pathway.steps.items() if step.per == "child"]

    def key(child: int) -> tuple[str, ...]:
        return (repr(facts.children[child]), *(repr(facts.steps[slots[name, child]]) for name in own))

    order = sorted(range(count), key=key)
    if order == list(range(count)):
        return facts
    steps = list(facts.steps)
    for new, old in enumerate(order):
        for name in own:
            steps[slots[name, new]] = facts.steps[slots[name, old]]
    return facts._replace(steps=tuple(steps), children=tuple(facts.children[old] for old in order))
