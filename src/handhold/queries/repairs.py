"""What to do where the outcome of a step was wrong: it is not corrected over what followed, but repaired by a step."""

from __future__ import annotations

from dataclasses import dataclass

from handhold.access.transfers import Opened
from handhold.protocol.definition import Step
from handhold.protocol.facts import Child
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
    return Repairs(again, () if again else tuple(found), moved, case.worker_now.ref)
