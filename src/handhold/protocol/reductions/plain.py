"""The second reduction: plain steps, which only open gates and which council staff can settle, are left out."""

from __future__ import annotations

from functools import cached_property

from handhold.protocol.applying import apply
from handhold.protocol.conditions import is_settled
from handhold.protocol.deciding import Allowed, decide
from handhold.protocol.definition import Step
from handhold.protocol.facts import Act, Child, Facts, StepFact
from handhold.protocol.moves import Moves
from handhold.protocol.pathways import Slot
from handhold.protocol.reading import all_within, comes_after, conditions_of, steps_named
from handhold.protocol.reductions.unread import Unread

FACTLESS = frozenset(
    {"put_in_queue", "take_from_queue", "put_on_meeting", "open_form", "start_run", "allocate", "reallocate_from"}
)
"""Effects that no decision reads: those on the records alone, and who it is that holds what stays open."""


class PlainSteps:
    """The plain steps of one pathway, and the most and the least that can have been done of them in a state."""

    def __init__(self, moves: Moves, unread: Unread) -> None:
        self.pathway = moves.pathway
        self.unread = unread
        self._least: dict[tuple[object, ...], dict[Slot, StepFact]] = {}
        self._ways = {name: _way_by_council(moves, step) for name, step in self.pathway.steps.items()}

    @cached_property
    def names(self) -> frozenset[str]:
        """The greatest set of steps that are plain given that the others of the set are."""
        plain = {name for name, step in self.pathway.steps.items() if self._only_opens_gates(step) and self._ways[name]}
        while wrong := {name for name in plain if not self._stays_within(self.pathway.steps[name], plain)}:
            plain -= wrong
        return frozenset(plain)

    def most_of(self, facts: Facts) -> Facts:
        """The facts with every plain step done, whatever it waits for."""
        return self._with(facts, {slot: self._done_facts[slot[0]] for slot in self._slots(facts)})

    def least_of(self, facts: Facts) -> Facts:
        """The facts with those plain steps settled that council staff surely can settle, through `decide`."""
        key = self._what_they_read(facts)
        if key not in self._least:
            self._least[key] = self._settled_by_council(facts)
        return self._with(facts, self._least[key])

    # ---- which steps are plain

    def _only_opens_gates(self, step: Step) -> bool:
        touched = (effect.word() for outcome in step.outcomes.values() for effect in outcome.effects)
        conditions = self.unread.conditions
        return (
            step.kind != "closure"
            and step.not_before is None
            and step.id not in self.unread.clocked
            and not any(step.id in {*(c.round_at_least or ()), *(c.late or ())} for c in conditions)
            and all(word in FACTLESS for word in touched)
        )

    def _stays_within(self, step: Step, plain: set[str]) -> bool:
        """Whether it voids only plain steps, and only plain steps that follow it alone read how it came out.

        A step that is not plain may read it as a gate of single outcomes, where it is all the same how it came out.
        """
        return all(set(outcome.voids) <= plain for outcome in step.outcomes.values()) and all(
            (other.id in plain and _reads_what_is_done(other, step)) or self._is_gate_of_outcomes(other, step)
            for other in self.pathway.steps.values()
            if any(step.id in steps_named(condition) for condition in conditions_of(other))
        )

    def _is_gate_of_outcomes(self, reader: Step, read: Step) -> bool:
        """Whether a step that waits for the other offers, for each way in which that came out, a like outcome."""
        if read.id not in reader.after or read.exception or not all(rule.done for rule in read.outcomes.values()):
            return False
        if reader.when and any(read.id in steps_named(part) for part in all_within(reader.when)):
            return False
        parts = [part for rule in reader.outcomes.values() if rule.when for part in all_within(rule.when)]
        negative = any(read.id in (part.not_outcome or {}) for part in parts)
        names = list(read.outcomes)
        return not negative and all(self.unread.are_alike(read, names[0], name) for name in names)

    # ---- the least

    @cached_property
    def _done_facts(self) -> dict[str, StepFact]:
        """Each plain step as it stands once it is done."""
        outcomes = {name: self.pathway.steps[name].outcomes for name in self.names}
        return {name: StepFact(next(key for key, rule in of.items() if rule.done)) for name, of in outcomes.items()}

    def _slots(self, facts: Facts) -> list[Slot]:
        return [slot for slot in self.pathway.slots(len(facts.children)) if slot[0] in self.names]

    def _what_they_read(self, facts: Facts) -> tuple[object, ...]:
        """All that the doing of plain steps can depend on: equal here, equal there."""
        slots = self.pathway.slots(len(facts.children))
        steps = tuple(facts.steps[position] for (name, _), position in slots.items() if name in self._read)
        children = tuple((child.outcome, tuple(kind for kind, _ in child.accountable)) for child in facts.children)
        return steps, children, facts.destination, facts.receiver, facts.matters, facts.known, facts.ended

    @cached_property
    def _read(self) -> frozenset[str]:
        """The steps that are not plain and that plain ones wait for or read."""
        plain = [self.pathway.steps[name] for name in self.names]
        read = {name for step in plain for condition in conditions_of(step) for name in steps_named(condition)}
        return frozenset({*read, *(name for step in plain for name in step.after)} - self.names)

    def _settled_by_council(self, facts: Facts) -> dict[Slot, StepFact]:
        """How every plain step stands after council staff have done all that they surely can."""
        before, plain = None, self._slots(facts)
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

    def _with(self, facts: Facts, changed: dict[Slot, StepFact]) -> Facts:
        slots, steps = self.pathway.slots(len(facts.children)), list(facts.steps)
        for slot, fact in changed.items():
            steps[slots[slot]] = fact
        return facts._replace(steps=tuple(steps))


def _way_by_council(moves: Moves, step: Step) -> tuple[Act, ...]:
    """How council staff alone can settle a step for certain: an outcome that is always offered, or an exception.

    An outcome that voids what does not come after the step is none: two steps could undo each other for ever.
    """
    by_council = {one.act[:3]: one.act for one in moves.attempts((step.id, None)) if one.by_council}
    for name, outcome in step.outcomes.items():
        stays_done = all(comes_after(moves.pathway, voided, step.id) for voided in outcome.voids)
        always = outcome.done and outcome.when is None and stays_done
        if always and ("record", step.id, name) in by_council:
            return (by_council["record", step.id, name],)
    turns = [act for act in by_council.values() if act.verb == "ask-exception" or act.outcome == "granted"]
    return tuple(turns) if len(turns) == 2 else ()


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
