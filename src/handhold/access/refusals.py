"""Why an action was refused: the engine's answer, with what is needed to say it in words."""

from datetime import date

from handhold.access.transfers import Opened
from handhold.protocol.correcting import InTheWay
from handhold.protocol.deciding import NeedsReason, Reason, Refused
from handhold.records.models import Practitioner


class StepRefused(Exception):
    """The protocol does not allow it now. `reasons` are all of them; nothing was written."""

    def __init__(self, refused: Refused, opened: Opened) -> None:
        super().__init__(", ".join(f"{reason.problem}:{reason.step}" for reason in refused.reasons))
        self.reasons: tuple[Reason, ...] = refused.reasons
        self.opened = opened


class HandsOnToNobodyElse(StepRefused):
    """A step that hands children on would leave them where they are. `holder` answers for them already."""

    def __init__(self, refused: Refused, opened: Opened, holder: Practitioner) -> None:
        super().__init__(refused, opened)
        self.holder = holder


class ReasonNeeded(Exception):
    """It can be done once a reason is written."""

    def __init__(self, needs: NeedsReason, opened: Opened) -> None:
        super().__init__(needs.step)
        self.needs = needs
        self.opened = opened


class OthersRestOnIt(Exception):
    """A record cannot come out otherwise: later records would not stand, or somebody answers for a child by it (H1)."""

    def __init__(self, in_the_way: tuple[InTheWay, ...], opened: Opened) -> None:
        super().__init__(", ".join(str(one.place) for one in in_the_way))
        self.in_the_way = in_the_way
        self.opened = opened


class HappenedLater(Exception):
    """A record says that something happened after it was written (H12)."""


class HappenedTooEarly(Exception):
    """A record says that something happened before anything of this transfer could: `earliest` is the first day."""

    def __init__(self, earliest: date) -> None:
        super().__init__(f"{earliest:%d.%m.%Y}")
        self.earliest = earliest


class NoSuchChoice(Exception):
    """The step, outcome or child named in a request does not exist in this run."""


class NotAllowed(Exception):
    """What somebody wants to do with people's work cannot be done so: what is missing, who can help, by which clauses.

    `field` names the answer that it is about, where it is about one; `who` can be empty where the person can themself.
    """

    def __init__(self, what: str, *, who: str = "", clauses: tuple[str, ...] = (), field: str = "") -> None:
        super().__init__(what)
        self.what, self.who, self.clauses, self.field = what, who, clauses, field
