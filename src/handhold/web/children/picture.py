"""Where the bars of the picture of involvements stand: plain numbers for an SVG, and the same told in words.

Across the picture everything is a share of its width, so that it is as wide as the page, on a phone too; its words keep
their size, and the words of a bar stand above it from the left edge, where they always have room.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from handhold.queries.children import Period
from handhold.web.british_dates import local_day, long_date, short_day

WIDTH, LEFT, RIGHT = 720, 10, 10
ROW, BAR, TOP = 52, 18, 28
SHORTEST = 6
ROOM_FOR_DATES = 150
"""Beside the first day and today no year is written, so that the words do not meet."""
WIDEST_DAY = 8
"""Pixels: a short time is drawn short, at the end of the picture."""
LATE = 0.4
"""From this share of the width on, the first day's words end where it stands, instead of beginning there."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One involvement: its place and length in the picture, and its words."""

    x: int
    y: int
    width: int
    words: str
    words_y: int
    is_open: bool
    changes: tuple[int, ...]
    """Where somebody else became accountable."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The beginning of a year."""

    x: int
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole, and its words: one sentence for each involvement."""

    width: int
    height: int
    top: int
    height_of_bar: int
    bars: tuple[Bar, ...]
    years: tuple[Mark, ...]
    first: Mark
    is_late: bool
    """Whether the first day stands so far right that its words end there."""
    title: str
    sentences: tuple[str, ...]

    def share(self, x: int) -> str:
        """A place or a length as a share of the width: `12.5%`"""
        return f"{100 * x / self.width:.2f}%"


def draw_involvements(periods: list[Period], today: date) -> Picture | None:
    """The involvements from the first day to today; None where there is none."""
    if not periods:
        return None
    first = min(local_day(one.start) for one in periods)
    scale = min((WIDTH - LEFT - RIGHT) / max((today - first).days, 1), WIDEST_DAY)

    def x_of(day: date | datetime) -> int:
        return WIDTH - RIGHT - round(max((today - local_day(day)).days, 0) * scale)

    bars = tuple(_bar(one, place, x_of(one.start), x_of(one.end or today), x_of) for place, one in enumerate(periods))
    years = [Mark(x_of(date(year, 1, 1)), str(year)) for year in range(first.year + 1, today.year + 1)]
    return Picture(
        width=WIDTH,
        height=TOP + ROW * len(periods),
        top=TOP,
        height_of_bar=BAR,
        bars=bars,
        years=tuple(one for one in years if x_of(first) + ROOM_FOR_DATES <= one.x <= WIDTH - ROOM_FOR_DATES),
        first=Mark(x_of(first), short_day(first)),
        is_late=x_of(first) > WIDTH * LATE,
        title=f"Involvements from {long_date(first)} to {long_date(today)}",
        sentences=tuple(_sentence(one) for one in periods),
    )


def _bar(period: Period, place: int, start: int, end: int, x_of: Callable[[datetime], int]) -> Bar:
    width = max(end - start, SHORTEST)
    y = TOP + ROW * place + ROW - BAR - 8
    return Bar(
        x=min(start, WIDTH - RIGHT - width),
        y=y,
        width=width,
        words=period.called,
        words_y=y - 6,
        is_open=period.end is None,
        changes=tuple(x_of(holder.start) for holder in period.holders[1:]),
    )


def _sentence(period: Period) -> str:
    end = f"until {short_day(period.end)} ({period.reason})" if period.end else "open now"
    origin = f" From record {period.record}, which was joined." if period.record else ""
    return f"{period.called}, {period.agency}: from {short_day(period.start)}, {end}. {_people(period)}{origin}"


def _people(period: Period) -> str:
    return " ".join(
        f"{one.name} was responsible from {short_day(one.start)} to {short_day(one.end)}."
        if one.end
        else f"{one.name} is responsible since {short_day(one.start)}."
        for one in period.holders
    )
