"""Why an action was refused: the engine's answer, with what is needed to say it in words."""

from handhold.access.transfers import Opened
from handhold.protocol.deciding import NeedsReason, Reason, Refused


class StepRefused(Exception):
    """The protocol does not allow it now. `reasons` are all of them; nothing was written."""

    def __init__(self, refused: Refused, opened: Opened) -> None:
        super().__init__(", ".join(f"{reason.problem}:{reason.step}" for reason in refused.reasons))
        self.reasons: tuple[Reason, ...] = refused.reasons
        self.opened = opened


class ReasonNeeded(Exception):
    """It can be done once a reason is written."""

    def __init__(self, needs: NeedsReason, opened: Opened) -> None:
        super().__init__(needs.step)
        self.needs = needs
        self.opened = opened


class HappenedLater(Exception):
    """A record says that something happened after it was written (H12)."""


class NoSuchChoice(Exception):
    """The step, outcome or child named in a request does not exist in this run."""
