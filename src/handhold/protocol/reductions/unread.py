"""The first reduction: what no condition reads is dropped, for no decision can tell such states apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cached_property

from handhold.protocol.applying import LAST_ROUND_COUNTED
from handhold.protocol.definition import Condition, Limit, Outcome, Step
from handhold.protocol.facts import ChildFacts, StepFact, held, weightiest
from handhold.protocol.pathways import Pathway
from handhold.protocol.reading import all_within, conditions_of, outcomes_listed, steps_named

SOMEBODY = "somebody"
"""Who is accountable, where it only matters that it is one person."""
BEGUN = 2
"""The round of a step that starts a limit, once it has started it; its rounds are not told apart beyond that."""
ENDED = "ended"
"""A child's outcome, where it only matters that there is one."""


class Unread:
    """What of a step and of a child no decision of this pathway depends on. `late_read`: whose lateness is read."""

    def __init__(self, pathway: Pathway, late_read: frozenset[str]) -> None:
        self.pathway = pathway
        self.late_read = late_read
        self.conditions = [one for step in pathway.steps.values() for one in conditions_of(step)]
        self._children: dict[ChildFacts, ChildFacts] = {}

    @cached_property
    def limits_read(self) -> list[Limit]:
        """The limits whose passing is read."""
        limits = (step.within for name, step in self.pathway.steps.items() if name in self.late_read)
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

    # ---- of a step

    def reducer(self, step: Step) -> Callable[[StepFact], StepFact]:
        """What of a fact of the step is kept."""
        if self.is_dead(step):
            return lambda _: StepFact()
        rounds, keeps_late = self._rounds_kept(step.id), step.id in self.late_read
        only_begins = step.id in self.starters and rounds == 1
        outcomes = {name: self._outcome_kept(step, name) for name in step.outcomes}

        def kept(fact: StepFact) -> StepFact:
            has_begun = only_begins and (fact.outcome is not None or fact.round > 1)
            return StepFact(
                outcomes[fact.outcome] if fact.outcome else None,
                BEGUN if has_begun else min(fact.round, rounds),
                None if fact.exception == "asked" and rounds == 1 and not only_begins else fact.exception,
                fact.late and keeps_late,
            )

        return kept

    def is_dead(self, step: Step) -> bool:
        """Whether nothing can depend on the step having been done."""
        return step.repeats and self.is_unread(step) and not self._is_named(step.id)

    def is_unread(self, step: Step) -> bool:
        """Whether no step waits for it and no limit that is read runs from it; a condition may name it."""
        return (
            step.exception is None
            and step.id in self.pathway.beside
            and step.id not in self.clocked
            and not any(step.id in other.after for other in self.pathway.steps.values())
        )

    def _is_named(self, step: str) -> bool:
        return any(step in steps_named(condition) for condition in self.conditions)

    def _rounds_kept(self, step: str) -> int:
        """To which round a step's rounds are told apart."""
        read = [c.round_at_least[step] for c in self.conditions if c.round_at_least and step in c.round_at_least]
        return min(max([1, *map(self.pathway.number, read)]), LAST_ROUND_COUNTED)

    def _outcome_kept(self, step: Step, name: str) -> str | None:
        """The first outcome that is like this one; None where it is as if nothing had been done."""
        like_it = next(other for other in step.outcomes if self.are_alike(step, other, name))
        rule = step.outcomes[name]
        is_read = rule.done or any(name in listed for c in self.conditions for listed in outcomes_listed(c, step.id))
        is_timed = step.id in self.least_starters | self.late_read
        return like_it if is_read or is_timed or self._rounds_kept(step.id) > 1 else None

    # ---- outcomes that are alike

    def are_alike(self, step: Step, one: str, other: str) -> bool:
        """Whether two outcomes lead to the same, up to names.

        Either no condition tells them apart; or only the outcomes of other steps do, each offered after the one having
        its like that is offered after the other.
        """
        if one == other:
            return True
        if step.outcomes[one].done is not step.outcomes[other].done:
            return False
        return all(self._reads_alike(reader, step.id, one, other) for reader in self.pathway.steps.values())

    @cached_property
    def repeated(self) -> frozenset[tuple[str, str]]:
        """The outcomes, by step, that are the same act as an earlier one of the step, up to names."""
        return frozenset(
            (step.id, name)
            for step in self.pathway.steps.values()
            for place, name in enumerate(step.outcomes)
            if any(self._are_one_act(step, earlier, name) for earlier in list(step.outcomes)[:place])
        )

    def _are_one_act(self, step: Step, one: str, other: str) -> bool:
        signs = (_signature(step.outcomes[name], step.id, {}) for name in (one, other))
        return len(set(signs)) == 1 and self.are_alike(step, one, other)

    def _reads_alike(self, reader: Step, step: str, one: str, other: str) -> bool:
        if reader.when and not all(_is_blind(part, step, one, other) for part in all_within(reader.when)):
            return False
        telling = [name for name, rule in reader.outcomes.items() if rule.when and _tells(rule.when, step, one, other)]
        if not telling:
            return True
        first = telling[0]
        offered = Counter(_signature(reader.outcomes[name], step, {}) for name in telling)
        exchanged = Counter(_signature(reader.outcomes[name], step, {one: other, other: one}) for name in telling)
        return offered == exchanged and all(self._stands_alike(reader, first, name) for name in telling)

    def _stands_alike(self, step: Step, one: str, other: str) -> bool:
        """Whether no condition at all tells two outcomes apart once they stand."""
        return step.outcomes[one].done is step.outcomes[other].done and all(
            _is_blind(condition, step.id, one, other) for condition in self.conditions
        )

    # ---- of a child

    def child(self, child: ChildFacts) -> ChildFacts:
        """The child as decisions see it: what is open, whether it has ended; nobody reads who it is that holds them.

        A main contact who is none is kept, for that breaks a promise.
        """
        if child not in self._children:
            kinds = [kind for kind, _ in child.accountable]
            contact = weightiest(kinds) if child.main_contact in kinds else child.main_contact
            holders = held(*((kind, SOMEBODY) for kind in kinds))
            self._children[child] = ChildFacts(holders, contact, ENDED if child.outcome else None)
        return self._children[child]


def _is_blind(condition: Condition, step: str, one: str, other: str) -> bool:
    """Whether the condition by itself cannot tell the two outcomes of the step apart."""
    return all((one in listed) is (other in listed) for listed in outcomes_listed(condition, step))


def _tells(condition: Condition, step: str, one: str, other: str) -> bool:
    return not all(_is_blind(part, step, one, other) for part in all_within(condition))


def _signature(outcome: Outcome, step: str, exchanged: dict[str, str]) -> str:
    """What an outcome is, without its words and the name of the ending that it gives a child."""
    effects = [
        effect.model_copy(update={"end_child": ENDED}) if effect.end_child else effect for effect in outcome.effects
    ]
    when = _exchange(outcome.when, step, exchanged) if outcome.when else None
    return repr(outcome.model_copy(update={"called": "", "needs_reason": False, "when": when, "effects": effects}))


def _exchange(condition: Condition, step: str, exchanged: dict[str, str]) -> Condition:
    """The condition with the names of a step's outcomes exchanged, each list in one order."""

    def of(named: dict[str, list[str]] | None) -> dict[str, list[str]] | None:
        if not named or step not in named:
            return named
        return {**named, step: sorted(exchanged.get(name, name) for name in named[step])}

    inner = [_exchange(one, step, exchanged) for one in condition.any_of] if condition.any_of is not None else None
    changed = {"outcome": of(condition.outcome), "not_outcome": of(condition.not_outcome), "any_of": inner}
    return condition.model_copy(update=changed)
