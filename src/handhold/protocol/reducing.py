"""What the explorer may leave out of a state without losing a violation, and how.

Three reductions, each argued in docs/adr and held against the walk of everything on small pathways by a test:

- What no condition reads is dropped: a round, a lateness, which of several outcomes of a like kind it was, and the
  whole step where it may be repeated and no step comes after it. No decision can tell such states apart.
- A *plain* step only opens gates: none of its outcomes touches anything but step facts of plain steps, only plain steps
  read how it came out, and council staff can do it. Doing it never takes away a possibility. So the state leaves it out,
  and before each act every plain step that can be done is done, through `decide` itself.
- Siblings are alike: of two states that differ by an exchange of children, one is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from handhold.protocol.applying import apply
from handhold.protocol.deciding import Allowed, decide
from handhold.protocol.definition import Condition, Step
from handhold.protocol.facts import Act, Facts, StepFact
from handhold.protocol.pathways import Pathway

NOT_COUNCIL_STAFF = frozenset({"receiver", "anybody"})
"""Who may stay silent for ever: a way out of a trap must not depend on them."""

FACTLESS = frozenset({"put_in_queue", "take_from_queue", "put_on_meeting", "open_form"})
"""Effects that no decision reads."""


class Everything:
    """Leaves nothing out: the reference that the reductions are held against."""

    plain_steps: frozenset[str] = frozenset()

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.late_read = frozenset(name for step in pathway.steps.values() for name in _read_late(step))

    def reduced(self, facts: Facts) -> Facts:
        """The same facts."""
        return facts

    def with_plain_steps_done(self, facts: Facts) -> Facts:
        """The same facts: every step is walked by itself."""
        return facts


class Reduction:
    """The reductions for one pathway."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        conditions = [c for step in pathway.steps.values() for c in conditions_of(step)]
        self.rounds_read = frozenset(name for c in conditions for name in c.round_at_least or ())
        self.late_read = frozenset(name for c in conditions for name in c.late or ())
        self.late_or_limited = self.late_read | {
            step.within.of for step in pathway.steps.values() if step.within and step.id in self.late_read
        }
        self.kept_as = {name: self._kept_outcomes(step, conditions) for name, step in pathway.steps.items()}
        self.dead = frozenset(name for name, step in pathway.steps.items() if self._is_dead(step, conditions))

    def _kept_outcomes(self, step: Step, conditions: list[Condition]) -> dict[str, str | None]:
        """For each outcome the first that no condition can tell from it; None where it is as if nothing was done."""
        first: dict[tuple[object, ...], str] = {}
        kept: dict[str, str | None] = {}
        for name, outcome in step.outcomes.items():
            reads = tuple(name in listed for c in conditions for listed in _outcomes_listed(c, step.id))
            same = first.setdefault((outcome.done, reads), name)
            kept[name] = same if outcome.done or any(reads) else None
        return kept

    def _is_dead(self, step: Step, conditions: list[Condition]) -> bool:
        """Whether nothing can depend on the step having been done."""
        return (
            step.repeats
            and step.id in self.pathway.beside
            and step.id not in self.late_or_limited
            and not any(step.id in other.after for other in self.pathway.steps.values())
            and not any(step.id in _names_in(condition) for condition in conditions)
        )

    @cached_property
    def plain_steps(self) -> frozenset[str]:
        """The greatest set of steps that are plain given that the others of the set are."""
        plain = set(self.pathway.steps)
        while wrong := {name for name in plain if not self._is_plain(self.pathway.steps[name], plain)}:
            plain -= wrong
        return frozenset(plain)

    def _is_plain(self, step: Step, plain: set[str]) -> bool:
        readers = [
            other.id for other in self.pathway.steps.values() for c in conditions_of(other) if step.id in _names_in(c)
        ]
        return (
            step.kind != "closure"
            and not set(step.who) <= NOT_COUNCIL_STAFF
            and any(outcome.done and outcome.when is None for outcome in step.outcomes.values())
            and all(effect.word() in FACTLESS for outcome in step.outcomes.values() for effect in outcome.effects)
            and all(set(outcome.voids) <= plain for outcome in step.outcomes.values())
            and all(reader in plain for reader in readers)
        )

    def with_plain_steps_done(self, facts: Facts) -> Facts:
        """The facts after every plain step that can be done was done, by those who may and with what it asks."""
        changed = True
        while changed:
            changed = False
            for act in self._plain_acts(facts):
                answer = decide(self.pathway, facts, act)
                if isinstance(answer, Allowed):
                    facts = apply(self.pathway, facts, (answer.effects[0],))
                    changed = True
        return facts

    def _plain_acts(self, facts: Facts) -> Iterator[Act]:
        for position, (name, child) in enumerate(self.pathway.slots(len(facts.children))):
            if name in self.plain_steps and not facts.steps[position].outcome:
                step = self.pathway.steps[name]
                outcome, rule = next((key, rule) for key, rule in step.outcomes.items() if rule.done and not rule.when)
                words = frozenset((*step.asks, *rule.asks))
                yield Act("record", name, outcome, child, frozenset(rule.who or step.who), frozenset(), words, True)

    def reduced(self, facts: Facts) -> Facts:
        """The state without what no later decision can read, and with like siblings in one order."""
        names = [name for name, _ in self.pathway.slots(len(facts.children))]
        if facts.ended:
            steps = tuple(StepFact() for _ in names)
        else:
            steps = tuple(self._reduced_step(name, fact) for name, fact in zip(names, facts.steps, strict=True))
        return self._siblings_sorted(facts._replace(steps=steps, queues=frozenset()))

    def _reduced_step(self, name: str, fact: StepFact) -> StepFact:
        if name in self.plain_steps or name in self.dead:
            return StepFact()
        if name not in self.rounds_read:
            fact = fact._replace(round=1)
        if name not in self.late_read:
            fact = fact._replace(late=False)
        if fact.outcome:
            fact = fact._replace(outcome=self.kept_as[name][fact.outcome])
        return fact

    def _siblings_sorted(self, facts: Facts) -> Facts:
        count = len(facts.children)
        if count == 1:
            return facts
        slots = self.pathway.slots(count)
        own = [name for name, step in self.pathway.steps.items() if step.per == "child"]

        def key(child: int) -> tuple[str, ...]:
            return (repr(facts.children[child]), *(repr(facts.steps[slots[name, child]]) for name in own))

        order = sorted(range(count), key=key)
        steps = list(facts.steps)
        for new, old in enumerate(order):
            for name in own:
                steps[slots[name, new]] = facts.steps[slots[name, old]]
        return facts._replace(steps=tuple(steps), children=tuple(facts.children[old] for old in order))


def conditions_of(step: Step) -> Iterator[Condition]:
    """Every condition that a step or one of its outcomes has, those within `any_of` too."""
    waiting = [c for c in (step.when, *(outcome.when for outcome in step.outcomes.values())) if c]
    while waiting:
        condition = waiting.pop()
        yield condition
        waiting += condition.any_of or []


def _outcomes_named(condition: Condition) -> set[str]:
    return {*(condition.outcome or ()), *(condition.not_outcome or ()), *(condition.excepted or ())}


def _outcomes_listed(condition: Condition, step: str) -> Iterator[list[str]]:
    """Each list of outcomes of the step that the condition names."""
    for named in (condition.outcome or {}, condition.not_outcome or {}):
        if step in named:
            yield named[step]


def _names_in(condition: Condition) -> set[str]:
    return _outcomes_named(condition) | {*(condition.round_at_least or ()), *(condition.late or ())}


def _read_late(step: Step) -> Iterator[str]:
    for condition in conditions_of(step):
        yield from condition.late or ()
