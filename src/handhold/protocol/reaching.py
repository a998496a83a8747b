"""Which steps the states that were walked allow to be done; a step that none allows is a fault of the protocol."""

from __future__ import annotations

from handhold.protocol.applying import apply
from handhold.protocol.conditions import applies
from handhold.protocol.definition import Step
from handhold.protocol.effects import StepRecorded
from handhold.protocol.facts import StepFact, is_over
from handhold.protocol.moves import Bounds, Move
from handhold.protocol.pathways import Pathway
from handhold.protocol.reading import conditions_of, steps_named

NOTHING_DONE = StepFact()


class Reached:
    """The steps that a walk came to. Beyond the last child's outcome it looks one step further, not at all of them."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.steps: set[str] = set()

    def note_state(self, state: Bounds) -> None:
        """The steps left out of the state that council staff surely can do, and what another way of doing them asks."""
        self._note_idle(state)
        if state.left_out <= self.steps:
            return
        slots = self.pathway.slots(len(state.facts.children))
        done = {name for (name, _), position in slots.items() if state.least.steps[position] != NOTHING_DONE}
        self.steps |= done
        for name in state.left_out:
            if any(steps_named(condition) & done for condition in conditions_of(self.pathway.steps[name])):
                self.steps.add(name)

    def _note_idle(self, state: Bounds) -> None:
        """The steps that change nothing which is read: as they can be done first, and once the others were done."""
        if state.over or state.idle <= self.steps:
            return
        slots = self.pathway.slots(len(state.facts.children))
        idle = [slot for slot in slots if slot[0] in state.idle]
        first = {name: StepFact(next(iter(self.pathway.steps[name].outcomes))) for name in state.idle}
        steps = list(state.most.steps)
        for slot in idle:
            steps[slots[slot]] = first[slot[0]]
        for facts in (state.most, state.most._replace(steps=tuple(steps))):
            self.steps |= {
                name for name, child in idle if applies(self.pathway, facts, self.pathway.steps[name], child)
            }

    def note_move(self, state: Bounds, move: Move) -> None:
        """The step that was done; and once every child has an outcome, the steps that apply then."""
        if len(self.steps) == len(self.pathway.steps) or is_over(state.facts):
            return
        self.steps.update(effect.step for effect in move.effects if isinstance(effect, StepRecorded))
        if is_over(move.after) and not move.after.ended:
            after = apply(self.pathway, state.most, move.effects)
            steps = self.pathway.steps.values()
            self.steps.update(
                step.id for step in steps if step.per == "run" and applies(self.pathway, after, step, None)
            )

    def find_never_done(self) -> list[str]:
        """The steps that nothing allows, in the order of the pathway."""
        steps = self.pathway.steps.items()
        return [name for name, step in steps if name not in self.steps and not self._waits_for_an_end(step)]

    def _waits_for_an_end(self, step: Step) -> bool:
        """Whether a step comes after a closure, beyond which single steps are not walked."""
        earlier = (self.pathway.steps[name] for name in step.after)
        return any(one.kind == "closure" or self._waits_for_an_end(one) for one in earlier)
