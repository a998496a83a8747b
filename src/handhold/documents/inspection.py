"""One transfer whole, on one page, for whoever looks back at it: what was decided, by whom, why, when and by what."""

from dataclasses import dataclass
from datetime import date

from handhold.documents.transfer_pack import ChildsWords


@dataclass(frozen=True, kw_only=True)
class InspectedChild:
    """A child of the transfer: what came of it for them, and who answered for them, from when to when."""

    name: str
    outcome: str
    held: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class InspectedStep:
    """A step (for one child): how it stands, when it happened and when it was written down, and by which clauses."""

    title: str
    how: str
    when: str = ""
    clauses: str = ""


@dataclass(frozen=True, kw_only=True)
class InspectedStage:
    """A stage of the pathway with those of its steps that came up."""

    title: str
    steps: tuple[InspectedStep, ...]


@dataclass(frozen=True, kw_only=True)
class InspectedDecision:
    """A decision as it was written: how it came out, why, by whom, when. `stands_no_more`: decided anew since."""

    title: str
    outcome: str
    reason: str
    by: str
    when: str
    stands_no_more: bool = False


@dataclass(frozen=True, kw_only=True)
class InspectedOversight:
    """What somebody who had not done it themself said of the work, and what was done about it since."""

    title: str
    outcome: str
    direction: str
    by: str
    when: str
    since: tuple[str, ...] = ()
    is_followed: bool = True
    """Whether the same was overseen again since, or there was nothing to follow."""


@dataclass(frozen=True, kw_only=True)
class InspectedException:
    """A gate that was excepted, or was asked to be: why and by whom, and who decided what."""

    title: str
    why: str
    asked: str
    decided: str


@dataclass(frozen=True, kw_only=True)
class InspectedLimit:
    """A limit: of which step, how long by which clause, until when it ran, when it was done, and how that came."""

    title: str
    limit: str
    due: str
    done: str
    how: str


@dataclass(frozen=True, kw_only=True)
class InspectedPaper:
    """A letter or another paper, as it was made. `ref` is its reference in this transfer."""

    ref: str
    title: str
    recipient: str
    made: str


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """The whole of one transfer. made_date: the day of printing."""

    made_date: date
    language: str
    authority: str
    ref: str
    family: str
    pathway: str
    how_it_stands: str
    began: str
    procedure: tuple[str, ...]
    children: tuple[InspectedChild, ...] = ()
    stages: tuple[InspectedStage, ...] = ()
    decisions: tuple[InspectedDecision, ...] = ()
    oversight: tuple[InspectedOversight, ...] = ()
    exceptions: tuple[InspectedException, ...] = ()
    limits: tuple[InspectedLimit, ...] = ()
    words_of_children: tuple[ChildsWords, ...] = ()
    concerns: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    papers: tuple[InspectedPaper, ...] = ()
