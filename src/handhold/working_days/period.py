"""A length of time as a procedure states it: so many working days, calendar days, months or minutes."""

from dataclasses import dataclass
from typing import Literal, get_args

Unit = Literal["working-days", "calendar-days", "calendar-months", "minutes"]

WORDS: dict[Unit, str] = {
    "working-days": "working day",
    "calendar-days": "day",
    "calendar-months": "month",
    "minutes": "minute",
}


@dataclass(frozen=True, slots=True)
class Period:
    """An amount of one unit. Raises ValueError for a negative amount or an unknown unit.

    >>> str(Period(5, "working-days"))
    '5 working days'
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError(f"A period cannot be negative: {self.amount} {self.unit}.")
        if self.unit not in get_args(Unit):
            raise ValueError(f"Unknown unit {self.unit!r}. Use one of: {', '.join(get_args(Unit))}.")

    def __str__(self) -> str:
        return f"{self.amount} {WORDS[self.unit]}{'' if self.amount == 1 else 's'}"
