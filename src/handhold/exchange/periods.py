"""Periods of days, from and to, half-open: do they overlap, do they cover. No end means that it goes on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from handhold.exchange.folder import Row


class Days(NamedTuple):
    """From a day until the day before another; `to` None while it goes on. `row` is where it comes from."""

    start: date
    to: date | None
    row: Row

    @property
    def end(self) -> date:
        """The day on which it is over; the last day of the calendar while it goes on."""
        return self.to or date.max


def find_overlaps(periods: Iterable[Days]) -> Iterator[tuple[Days, Days]]:
    """Find each period that begins before an earlier one is over: the earlier one, then the later."""
    latest: Days | None = None
    for period in sorted(periods, key=lambda found: (found.start, found.end)):
        if latest and period.start < latest.end:
            yield latest, period
        if latest is None or period.end > latest.end:
            latest = period


def find_gap(within: Days, covers: Sequence[Days]) -> date | None:
    """Return the first day of `within` that none of `covers` covers; None where all are covered."""
    day = within.start
    for cover in sorted(covers, key=lambda found: found.start):
        if cover.start > day:
            break
        day = max(day, cover.end)
    return day if day < within.end else None
