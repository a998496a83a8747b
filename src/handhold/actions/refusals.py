"""What actions raise when they refuse, for who calls them. They stand in `access`, so that queries can word them."""

from handhold.access.refusals import (
    HandsOnToNobodyElse,
    HappenedLater,
    HappenedTooEarly,
    NoSuchChoice,
    NotAllowed,
    OthersRestOnIt,
    ReasonNeeded,
    StepRefused,
)

__all__ = [
    "HandsOnToNobodyElse",
    "HappenedLater",
    "HappenedTooEarly",
    "NoSuchChoice",
    "NotAllowed",
    "OthersRestOnIt",
    "ReasonNeeded",
    "StepRefused",
]
