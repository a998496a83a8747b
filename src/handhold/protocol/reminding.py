"""What is owed to people as a limit comes near, passes, and goes on: after which instant each word of it is said.

Computed from the limit itself and the council's rule for reminders, never counted; whom each word goes to is not here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from handhold.protocol.deadlines import Deadline, period_of
from handhold.protocol.pathways import Protocol
from handhold.working_days import Calendar

Occasion = Literal["coming", "passed", "escalated"]


@dataclass(frozen=True)
class Occasions:
    """After which instant each word about one limit is said. `coming_after` is None where there is no time for it."""

    coming_after: datetime | None
    passed_after: datetime
    escalated_after: datetime

    def owed(self, now: datetime) -> list[Occasion]:
        """What is to have been said by `now`. That a limit is coming is never said once it has passed."""
        if now <= self.passed_after:
            return ["coming"] if self.coming_after is not None and now > self.coming_after else []
        return ["passed", "escalated"] if now > self.escalated_after else ["passed"]

    def changes(self) -> Iterable[datetime]:
        """The instants after which something else is owed, earliest first."""
        if self.coming_after is not None:
            yield self.coming_after
        yield self.passed_after
        yield self.escalated_after


def occasions_of(protocol: Protocol, deadline: Deadline, calendar: Calendar) -> Occasions:
    """When people hear of a limit (H8): by the council's rule, or, without one, when it passes and not before."""
    rule, due_at = protocol.file.reminders, deadline.due_at
    if rule is None:
        return Occasions(None, due_at, due_at)
    ahead = calendar.due_ahead_of(due_at, period_of(protocol, rule.ahead))
    escalated_after = calendar.due_at(due_at, period_of(protocol, rule.escalated_after))
    return Occasions(ahead if deadline.started_at < ahead < due_at else None, due_at, max(due_at, escalated_after))


def next_change(
    protocol: Protocol,
    deadlines: Iterable[Deadline],
    calendar: Calendar,
    now: datetime,
    *,
    earliest: Iterable[datetime] = (),
) -> datetime | None:
    """The next instant after which time alone changes a run; None where nothing will.

    What changes is what is owed about its limits, and from when something with a least time can be done (`earliest`).
    """
    owed = (at for one in deadlines for at in occasions_of(protocol, one, calendar).changes())
    return min((at for at in (*owed, *earliest) if at >= now), default=None)
