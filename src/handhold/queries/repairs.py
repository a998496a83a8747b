"""What to do where the outcome of a step was wrong: it is not corrected over what followed, but repaired by a step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handhold.access.transfers import Opened
from handhold.protocol.definition import Step
from handhold.protocol.facts import Child
from handhold.queries.gaps import title_of
from handhold.queries.possible_acts import find_offers


@dataclass(frozen=True, slots=True)
class Repair:
    """A step that can be done now and puts right what followed: its title and, for a child, whose."""

    step: str
    child_ref: str
    title: str


@dataclass(frozen=True, slots=True)
class Repairs:
    """Whether the step itself can be recorded again; else those that can, and whether somebody's work was moved."""

    again: bool
    steps: tuple[Repair, ...]
    moved_somebody: bool
    holder_ref: str
    endings: tuple[Repair, ...] = ()
    """For each child: the step by which it ends for them though nobody chose it; a wrong child's too."""


MOVES = frozenset({"open", "close", "allocate", "reallocate_from", "main_contact", "end_child", "end_run"})
"""The effects after which somebody else answers for a child."""


def find_repairs(opened: Opened, step: Step, child: Child | None) -> Repairs:
    """What puts a wrong outcome of this step right, as things stand now."""
    case = opened.case
    record = case.observed.standing.get((step.id, child))
    effects = step.outcomes[record.outcome].effects if record else []
    again = bool(find_offers(opened, step, child).outcomes)
    found = [
        Repair(other.id, "", other.title)
        for other in case.pathway.steps.values()
        if other.id in case.pathway.beside
        and other.per == "run"
        and other.kind != "concern"
        and find_offers(opened, other, None).outcomes
    ]
    moved = any(MOVES.intersection(effect.words()) for effect in effects)
    return Repairs(again, () if again else tuple(found), moved, case.worker_now.ref, tuple(_endings(opened)))


def _endings(opened: Opened) -> Iterator[Repair]:
    """The steps right before an ending that is no choice, for the children for whom this person can record one now."""
    case = opened.case
    steps = case.pathway.steps
    confirming = [one for one in steps.values() if any(outcome.no_choice for outcome in one.outcomes.values())]
    reporting = dict.fromkeys(name for one in confirming for name in one.after if name in case.pathway.beside)
    for name in reporting:
        for place, held in enumerate(case.children):
            if steps[name].per == "child" and find_offers(opened, steps[name], place).outcomes:
                yield Repair(name, held.person.ref, title_of(opened, steps[name], place))
