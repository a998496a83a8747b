"""What somebody typed to find a person: names, a birth date however it is written, a number, a reference. No SQL."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from handhold.records.checks_of_numbers import is_nhs_number, is_upn
from handhold.records.refs import CROCKFORD, REF_LENGTH

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
NHS_NUMBER = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
UPN = re.compile(r"(?<!\w)[A-Za-z]\d{11}[0-9A-Za-z](?!\w)")
LONGEST = 200
"""Characters that are looked at."""
MISREAD = str.maketrans("OIL", "011")
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for. `born` is the first and the last day meant, `perhaps_born` the same with day and month
    changed round; `names` is what is left over."""

    text: str
    names: str = ""
    born: Days | None = None
    perhaps_born: date | None = None
    nhs_number: str = ""
    upn: str = ""

    @property
    def reference(self) -> str:
        """The reference that the whole of it may be, as references are written; empty where it cannot be one."""
        written = self.text.upper().translate(MISREAD)
        return written if len(written) == REF_LENGTH and set(written) <= set(CROCKFORD) else ""


def read_asked(text: str, today: date) -> Asked:
    """Takes what was typed apart. `today` says in which century `15` lies: nobody is asked for who is born later."""
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LONGEST]
    rest, nhs_number = _take(text, NHS_NUMBER, lambda found: re.sub(r"\D", "", found), is_nhs_number)
    rest, upn = _take(rest, UPN, str.upper, is_upn)
    rest, born = _take_days(rest, today)
    exact = born is not None and born[0] == born[1]
    return Asked(text, rest.strip(" ,;"), born, _turned(born[0]) if born and exact else None, nhs_number, upn)


def as_date(words: str, today: date | None = None) -> date | None:
    """A date as people write it (`1/9/2015`, `1 Sept 2015`), or None for words that are none or say more."""
    rest, days = _take_days(words.strip(), today or date.max)
    return days[0] if days and days[0] == days[1] and not rest.strip() else None


def _take(
    text: str, pattern: re.Pattern[str], plain: Callable[[str], str], is_one: Callable[[str], bool]
) -> tuple[str, str]:
    """What is left without the number, and the number; all of it where none stands in it."""
    found = pattern.search(text)
    if found is None or not is_one(plain(found[0])):
        return text, ""
    return f"{text[: found.start()]} {text[found.end() :]}", plain(found[0])


def _take_days(text: str, today: date) -> tuple[str, Days | None]:
    for pattern, days_of in WAYS:
        found = pattern.search(text)
        days = days_of(found, today) if found else None
        if found and days:
            return f"{text[: found.start()]} {text[found.end() :]}", days
    return text, None


def _turned(day: date) -> date | None:
    """The same with day and month changed round, where that is another day."""
    return None if day.day > 12 or day.day == day.month else day.replace(month=day.day, day=day.month)


def _day(year: str, month: int, day: str, today: date) -> Days | None:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number <= today.year % 100 else 1900
    try:
        found = date(number, month, int(day))
    except ValueError:
        return None
    return found, found


def _month_of(word: str) -> int:
    return MONTHS.index(word[:3].lower()) + 1


def _whole_month(found: re.Match[str], _today: date) -> Days:
    year, month = int(found[2]), _month_of(found[1])
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/.-]){words}(?![\w/-])", re.IGNORECASE)


WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Days | None]], ...] = (
    (_pattern(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"), lambda m, t: _numbered(m[1], m[2], m[3], t)),
    (_pattern(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})"), lambda m, t: _numbered(m[3], m[2], m[1], t)),
    (_pattern(r"(\d{2})(\d{2})((?:19|20)\d{2})"), lambda m, t: _numbered(m[3], m[2], m[1], t)),
    (
        _pattern(rf"(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {MONTH},? (\d{{4}}|\d{{2}})"),
        lambda m, t: _day(m[3], _month_of(m[2]), m[1], t),
    ),
    (
        _pattern(rf"{MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})"),
        lambda m, t: _day(m[3], _month_of(m[1]), m[2], t),
    ),
    (_pattern(rf"{MONTH} ((?:19|20)\d{{2}})"), _whole_month),
    (_pattern(r"((?:19|20)\d{2})"), lambda m, _t: (date(int(m[1]), 1, 1), date(int(m[1]), 12, 31))),
)


def _numbered(year: str, month: str, day: str, today: date) -> Days | None:
    return _day(year, int(month), day, today) if 1 <= int(month) <= 12 else None
