"""What actions raise when they refuse, for who calls them. They stand in `access`, so that queries can word them."""

from handhold.access.refusals import HappenedLater, NoSuchChoice, ReasonNeeded, StepRefused

__all__ = ["HappenedLater", "NoSuchChoice", "ReasonNeeded", "StepRefused"]
