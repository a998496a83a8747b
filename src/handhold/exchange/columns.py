"""What a column of a file can hold: its kinds, and how a cell of each is read. Not here: which columns there are."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from handhold.records.checks_of_numbers import is_nhs_number, is_upn

LOCAL = ZoneInfo("Europe/London")
SEPARATOR = ";"  # between several references, codes or names in one cell
LONGEST_NAME = 200  # characters, of one among several


class Kind(Enum):
    """The kinds of cells, each with the words that explain it."""

    TEXT = "text"
    CODE = "small letters, digits and hyphens"
    WORD = "one of the words listed"
    YES_NO = "yes or no"
    DATE = "a date, 2026-11-21 or 21/11/2026"
    INSTANT = "a date and time by the clock on the wall, 2026-11-21 14:30"
    TIME = "a time of day, 09:30"
    EMAIL = "an e-mail address"
    NHS_NUMBER = "an NHS number, ten digits"
    UPN = "a unique pupil number, a letter and twelve digits"
    REFERENCE = "a reference to a row of another file"
    REFERENCES = "references to rows of another file, separated by ;"
    CODES = "codes, separated by ;"
    NAMES = "names, separated by ;"


@dataclass(frozen=True)
class Column:
    """One column: what it is called, what it means, and what its cells hold."""

    name: str
    means: str
    kind: Kind = Kind.TEXT
    required: bool = False
    longest: int = 200  # characters
    words: tuple[str, ...] = ()
    to_file: str = ""  # of a reference: the file whose first column it names
    unique: bool = False
    past: bool = False  # a day or an instant that must already have come


@dataclass(frozen=True)
class Table:
    """One file: its columns, the first of which names the row unless `key` says otherwise."""

    file: str
    means: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    required: bool = True
    orders: tuple[tuple[str, str], ...] = ()  # the second date must be later than the first
    one_at_a_time: tuple[str, ...] = ()  # rows that agree in these columns may not overlap from `from` to `to`

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that together name a row."""
        return self.key or (self.columns[0].name,)


class Unreadable(Exception):
    """A cell does not hold what its column asks for."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend


CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
CLOCK = re.compile(r"\d{1,2}:\d{2}|\d{2}:\d{2}:\d{2}")
INSTANT = re.compile(r"([\d/-]+)[ T]([\d:]+)(Z|[+-]\d{2}:\d{2})?")
BRITISH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
FIRST_DATE = date(1900, 1, 1)
LAST_DATE = date(2200, 1, 1)


def reader_of(column: Column) -> Callable[[str], Any]:
    """Return the function that reads a filled cell of the column. It raises Unreadable."""
    if column.kind is Kind.TEXT or column.kind is Kind.REFERENCE:
        return _text_reader(column.longest)
    if column.kind is Kind.WORD:
        return _word_reader(column.words)
    return READERS[column.kind]


def empty_value(column: Column) -> Any:
    """Return what an empty cell of the column stands for."""
    if column.kind in (Kind.REFERENCES, Kind.CODES, Kind.NAMES):
        return ()
    if column.kind is Kind.YES_NO:
        return False
    return "" if column.kind in (Kind.TEXT, Kind.CODE, Kind.WORD, Kind.EMAIL) else None


def instant_of(day: date) -> datetime:
    """Return the instant at which a day begins, by the clock on the wall, in UTC."""
    return datetime.combine(day, time(), LOCAL).astimezone(UTC)


def _text_reader(longest: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if len(cell) > longest:
            raise Unreadable(f"The text has {len(cell)} characters.", f"Shorten it to {longest}.")
        return cell

    return read


def _word_reader(words: tuple[str, ...]) -> Callable[[str], str]:
    allowed = {word.lower(): word for word in words}

    def read(cell: str) -> str:
        word = allowed.get(cell.lower())
        if word is None:
            raise Unreadable(f"“{cell}” is not a word of this column.", f"Write one of: {', '.join(words)}.")
        return word

    return read


def _read_code(cell: str) -> str:
    if len(cell) > 60 or not CODE.fullmatch(cell):
        raise Unreadable(f"“{cell}” is not a code.", "Use small letters, digits and single hyphens, 60 at most.")
    return cell


def _read_yes_no(cell: str) -> bool:
    word = cell.lower()
    if word not in ("yes", "no", "y", "n"):
        raise Unreadable(f"“{cell}” is neither yes nor no.", "Write yes or no.")
    return word[0] == "y"


@lru_cache(maxsize=50_000)
def _read_date(cell: str) -> date:
    british = BRITISH_DATE.fullmatch(cell)
    iso = cell if ISO_DATE.fullmatch(cell) else ""
    try:
        day = date(int(british[3]), int(british[2]), int(british[1])) if british else date.fromisoformat(iso)
    except ValueError:
        raise Unreadable(f"“{cell}” is not a date.", "Write it as 2026-11-21 or 21/11/2026.") from None
    if not FIRST_DATE <= day < LAST_DATE:
        raise Unreadable(f"The year of {cell} cannot be right.", "Write all four digits of the year.")
    return day


def _read_instant(cell: str) -> datetime:
    parts = INSTANT.fullmatch(cell)
    if parts is None:
        raise Unreadable(f"“{cell}” is not a date and time.", "Write it as 2026-11-21 14:30.")
    day, clock, offset = _read_date(parts[1]), _read_time(parts[2]), parts[3]
    if offset:
        return datetime.fromisoformat(f"{day} {clock}{offset}").astimezone(UTC)
    return datetime.combine(day, clock, LOCAL).astimezone(UTC)


@lru_cache(maxsize=2_000)
def _read_time(cell: str) -> time:
    try:
        return time.fromisoformat(cell.zfill(5) if CLOCK.fullmatch(cell) else "")
    except ValueError:
        raise Unreadable(f"“{cell}” is not a time of day.", "Write it as 09:30.") from None


def _read_email(cell: str) -> str:
    if len(cell) > 254 or not EMAIL.fullmatch(cell):
        raise Unreadable(f"“{cell}” is not an e-mail address.", "Write it as name@example.org.")
    return cell.lower()


def _read_nhs_number(cell: str) -> str:
    number = cell.replace(" ", "").replace("-", "")
    if not is_nhs_number(number):
        raise Unreadable(
            "This is not an NHS number: its ten digits do not agree with each other (check digit).",
            "Look for a slip in the source, or leave it empty when it is not known.",
        )
    return number


def _read_upn(cell: str) -> str:
    number = cell.replace(" ", "").upper()
    if not is_upn(number):
        raise Unreadable(
            "This is not a unique pupil number: its first letter does not agree with the rest (check letter).",
            "Look for a slip in the source, or leave it empty when it is not known.",
        )
    return number


def _read_references(cell: str) -> tuple[str, ...]:
    return tuple(part for part in (part.strip() for part in cell.split(SEPARATOR)) if part)


def _read_codes(cell: str) -> tuple[str, ...]:
    return tuple(_read_code(part) for part in _read_references(cell))


def _read_names(cell: str) -> tuple[str, ...]:
    names = _read_references(cell)
    for name in names:
        if len(name) > LONGEST_NAME:
            raise Unreadable(f"A name has {len(name)} characters.", f"Shorten it to {LONGEST_NAME}.")
    return names


READERS: dict[Kind, Callable[[str], Any]] = {
    Kind.CODE: _read_code,
    Kind.YES_NO: _read_yes_no,
    Kind.DATE: _read_date,
    Kind.INSTANT: _read_instant,
    Kind.TIME: _read_time,
    Kind.EMAIL: _read_email,
    Kind.NHS_NUMBER: _read_nhs_number,
    Kind.UPN: _read_upn,
    Kind.REFERENCES: _read_references,
    Kind.CODES: _read_codes,
    Kind.NAMES: _read_names,
}
