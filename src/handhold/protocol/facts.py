"""What is known of one run at one instant, made finite: the input of `decide` and the state that the explorer walks.

Plain, hashable values; no dates, names or texts. How they come from records is `observing`; how an act changes them is
`applying`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, get_args

from handhold.protocol.definition import InvolvementKind

Child = int
"""The position of a child among the children of the run, from 0."""


class StepFact(NamedTuple):
    """How one step stands (for one child, where it is a step for each child)."""

    outcome: str | None = None
    round: int = 1
    exception: Literal["asked", "granted"] | None = None
    late: bool = False


class ChildFacts(NamedTuple):
    """Who holds one child: (involvement, relation of the accountable person), main contact's involvement, outcome."""

    accountable: tuple[tuple[str, str], ...]
    main_contact: str | None
    outcome: str | None = None

    def holder_of(self, kind: str) -> str | None:
        """The relation of who is accountable for the involvement, None where it is not open."""
        return next((holder for opened, holder in self.accountable if opened == kind), None)


class Facts(NamedTuple):
    """Everything about a run that a decision can depend on. `steps` is in the slot order of the pathway."""

    steps: tuple[StepFact, ...]
    children: tuple[ChildFacts, ...]
    destination: str | None = None
    consent: str = "none"
    receiver: str = "none"
    matters: frozenset[str] = frozenset()
    queues: frozenset[str] = frozenset()
    ended: str | None = None
    known: frozenset[str] = frozenset()
    """What the records say about the children beside the run (`definition.Situation`)."""
    elapsed: frozenset[str] = frozenset()
    """The steps whose least time has passed since the event that starts it."""


class Act(NamedTuple):
    """What somebody wants to do.

    by: words for who acts: relations to the run (`responsible-worker`, ...) and roles held (`practice-manager`, ...).
    own: steps whose standing record was made by the same person (for what nobody may approve themselves).
    words: the named words of completeness that the record would have.
    """

    verb: Literal["record", "ask-exception", "decide-exception"]
    step: str
    outcome: str = ""
    child: Child | None = None
    by: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    has_reason: bool = False


def is_over(facts: Facts) -> bool:
    """Whether every child has an outcome: what is done from then on changes nobody's outcome any more."""
    return all(child.outcome for child in facts.children)


def held(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Accountabilities in their one order, so that equal facts are equal values."""
    return tuple(sorted(pairs))


def weightiest(kinds: Iterable[str]) -> str | None:
    """Of the involvements that a child is in, the one whose accountable person is rung first."""
    found = set(kinds)
    return next((kind for kind in get_args(InvolvementKind) if kind in found), None)


def with_holder(child: ChildFacts, kind: str, holder: str | None) -> ChildFacts:
    """The child with this involvement held by `holder`, or closed where that is None."""
    others: Iterable[tuple[str, str]] = (pair for pair in child.accountable if pair[0] != kind)
    return child._replace(accountable=held(*others, *([(kind, holder)] if holder else [])))
