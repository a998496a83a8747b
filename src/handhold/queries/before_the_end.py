"""The panel `Before social work ends`: what is missing as rows, the same step of several children in one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from handhold.casefiles.case import Case
from handhold.protocol.deciding import EARLY_HELP
from handhold.protocol.definition import Step
from handhold.protocol.effects import applicable_children
from handhold.protocol.facts import is_over
from handhold.protocol.pathways import Pathway
from handhold.queries.gaps import Gap

Place = Literal["hard", "mine", "others", "waiting"]


@dataclass(frozen=True, slots=True)
class GapRow:
    """One row: a gap, or the same step of several children who stand alike in it."""

    place: Place
    gaps: tuple[Gap, ...]

    @property
    def first(self) -> Gap:
        """What every gap of the row has in common."""
        return self.gaps[0]


@dataclass(frozen=True, slots=True)
class BeforeTheEnd:
    """`now`: hard gates, then what the person at the page can do, then others' moves; `waiting`: what waits for these.

    `count` is how many things are missing, for each child.
    """

    count: int
    now: tuple[GapRow, ...]
    waiting: tuple[GapRow, ...]

    @property
    def waiting_count(self) -> int:
        """How many of the things that are missing only wait."""
        return sum(len(row.gaps) for row in self.waiting)


def find_rows(gaps: Iterable[Gap]) -> BeforeTheEnd:
    """The panel of these gaps, which come in the order of the protocol."""
    found = tuple(gaps)
    alike: dict[tuple[object, ...], list[Gap]] = {}
    for gap in found:
        alike.setdefault(_likeness(gap), []).append(gap)
    rows = [GapRow(place_of(row[0]), tuple(row)) for row in alike.values()]
    order: tuple[Place, ...] = ("hard", "mine", "others")
    now = tuple(row for place in order for row in rows if row.place == place)
    return BeforeTheEnd(len(found), now, tuple(row for row in rows if row.place == "waiting"))


def before_what(case: Case) -> str:
    """What the panel is headed with: what ends with the closure. Empty where nothing ends, or all is over."""
    facts, pathway = case.observed.facts, case.pathway
    closures = (one for one in pathway.steps.values() if one.kind == "closure")
    closure = next((one for one in closures if applicable_children(pathway, facts, one)), None)
    if closure is None or pathway.file.direction == "beside" or case.run.ended_at or is_over(facts):
        return ""
    is_up = pathway.file.direction == "up"
    if pathway.opens_its_origin or (
        is_up and not (pathway.origin in EARLY_HELP and _always_closes_origin(pathway, closure))
    ):
        return f"Before “{closure.title}”"
    return "Before early help ends" if is_up else "Before social work ends"


def _always_closes_origin(pathway: Pathway, closure: Step) -> bool:
    """Whether what the run comes from ends with it, however the closure comes out."""
    ends = ("origin", "every", pathway.origin)
    return all(any(one.close in ends for one in outcome.effects) for outcome in closure.outcomes.values())


def place_of(gap: Gap) -> Place:
    """Where a gap stands in the panel, for the person at the page."""
    if gap.problem != "step-missing":
        return "hard"
    if gap.can_do_now or gap.exception == "decide":
        return "mine"
    return "waiting" if gap.state == "held-back" else "others"


def _likeness(gap: Gap) -> tuple[object, ...]:
    """What gaps share that stand in one row."""
    words = (gap.title, gap.who, gap.waits_for, gap.exception, gap.due)
    return (place_of(gap), gap.problem, gap.step, gap.state, *words)
