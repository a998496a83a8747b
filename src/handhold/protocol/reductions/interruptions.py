"""The third reduction: what interrupts a run and goes by again, without moving it, is left out of a state.

*Idle* steps change only who it is that holds a child, and nothing but idle steps reads them: somebody leaves, somebody
else is allocated. A *passing* matter (a concern) can be opened in any state and be settled there by council staff, and
only holds back in between: the state without it stands for both.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import combinations

from handhold.protocol.deciding import is_ending
from handhold.protocol.definition import Condition, Effect, Matter, Outcome, Step
from handhold.protocol.facts import Facts
from handhold.protocol.moves import Moves
from handhold.protocol.reading import conditions_of, steps_named
from handhold.protocol.reductions.plain import FACTLESS
from handhold.protocol.reductions.unread import Unread


class Interruptions:
    """What comes and goes beside the runs of one pathway."""

    def __init__(self, moves: Moves, unread: Unread) -> None:
        self.moves = moves
        self.pathway = moves.pathway
        self.unread = unread

    # ---- idle steps

    @cached_property
    def idle(self) -> frozenset[str]:
        """The greatest set of steps that change nothing that is read, and that only steps of the set read."""
        idle = {name for name, step in self.pathway.steps.items() if self._changes_nothing(step)}
        while wrong := {name for name in idle if not self._stays_within(name, idle)}:
            idle -= wrong
        return frozenset(idle)

    def _changes_nothing(self, step: Step) -> bool:
        words = (effect.word() for outcome in step.outcomes.values() for effect in outcome.effects)
        is_late_read = step.id in self.unread.late_read
        return self.unread.is_unread(step) and not is_late_read and all(word in FACTLESS for word in words)

    def _stays_within(self, name: str, idle: set[str]) -> bool:
        voided = {other for outcome in self.pathway.steps[name].outcomes.values() for other in outcome.voids}
        readers = {
            other.id
            for other in self.pathway.steps.values()
            if any(name in steps_named(condition) for condition in conditions_of(other))
        }
        return voided | readers <= idle

    # ---- passing matters

    @cached_property
    def passing(self) -> frozenset[Matter]:
        """The matters that can be opened in any state, and settled in any by council staff, with no other effect."""
        words = (effect.open_matter for step in self.pathway.steps.values() for effect in _effects(step))
        return frozenset(matter for matter in words if matter and self._passes(matter))

    def _passes(self, matter: Matter) -> bool:
        readers = self._readers(matter)
        return (
            readers.isdisjoint(self.unread.late_read)
            and any(self._opens_at_any_moment(step, matter) for step in self.pathway.steps.values())
            and any(self._settles_at_any_moment(step, matter) for step in self.pathway.steps.values())
        )

    def _readers(self, matter: Matter) -> set[str]:
        """The steps that apply, or offer an outcome, only while it is open."""
        steps = self.pathway.steps.items()
        return {name for name, step in steps if any(condition.matter == matter for condition in conditions_of(step))}

    def _opens_at_any_moment(self, step: Step, matter: Matter) -> bool:
        ways = (rule for rule in step.outcomes.values() if _only_effect(rule, "open_matter") == matter)
        return step.when is None and self._is_always_open(step) and any(self._is_offered(rule) for rule in ways)

    def _settles_at_any_moment(self, step: Step, matter: Matter) -> bool:
        by_council = {one.act.outcome for one in self.moves.attempts((step.id, None)) if one.by_council}
        ways = (step.outcomes[name] for name in by_council & step.outcomes.keys())
        settling = (rule for rule in ways if _only_effect(rule, "settle_matter") == matter)
        is_open = step.when == Condition(matter=matter) and self._is_always_open(step)
        return is_open and any(self._is_offered(rule) for rule in settling)

    def _is_always_open(self, step: Step) -> bool:
        return step.per == "run" and not step.after and step.not_before is None and self.unread.is_dead(step)

    def _is_offered(self, rule: Outcome) -> bool:
        """Whether an outcome is always offered and undoes nothing that is read."""
        steps = self.pathway.steps
        unread = all(name in self.idle or self.unread.is_dead(steps[name]) for name in rule.voids if name in steps)
        return rule.when is None and not rule.forbidden and unread

    @cached_property
    def touched(self) -> frozenset[str]:
        """The steps that passing matters make possible, and those that they must hold back."""
        readers = {name for matter in self.passing for name in self._readers(matter)}
        steps = self.pathway.steps.values()
        endings = {step.id for step in steps if any(is_ending(step, rule) for rule in step.outcomes.values())}
        return frozenset(readers | endings)

    def open_in(self, facts: Facts) -> Iterator[frozenset[str]]:
        """Each set of passing matters that may be open in a state beside what the state says."""
        passing = sorted(self.passing)
        for number in range(1, len(passing) + 1):
            for chosen in combinations(passing, number):
                yield facts.matters | frozenset(chosen)


def _effects(step: Step) -> Iterator[Effect]:
    return (effect for outcome in step.outcomes.values() for effect in outcome.effects)


def _only_effect(rule: Outcome, word: str) -> str | None:
    """The value of the only effect of an outcome, where it is of this word."""
    if len(rule.effects) != 1 or rule.effects[0].word() != word:
        return None
    return str(getattr(rule.effects[0], word))
