"""What the macros of templates/components show: plain frozen values, made by views. The macros say how they look."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from handhold.working_days.due_words import DueWords

Colour = Literal["", "grey", "green", "teal", "purple", "magenta", "red", "orange", "yellow"]


@dataclass(frozen=True, slots=True)
class Tab:
    """An entry of the sub-navigation: a list or page beside this one, with how many things wait there."""

    words: str
    address: str
    is_here: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A short label and what is known; where it has them, a page about it, a number to ring, a page that changes it."""

    label: str
    text: str
    address: str = ""
    phone: str = ""
    change_address: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened: what, when, who wrote it down, and the words or the page that tell more."""

    title: str
    happened: date | datetime
    by: str = ""
    text: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """A statement of a source, as it stands beside what follows from it. `doubt` tells the doubt and the reading built.

    `origin`: whether the council, the law or this software's own promises ask for it.
    """

    id: str
    origin: Literal["council", "law", "house"]
    source: str
    section: str
    quotation: str
    means: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A row of a task list: what to do (a verb), whose move it is, where it stands, when it is due.

    `address` is where it is done, empty while it cannot be done from here; `can_start` is false for what must wait.
    """

    title: str
    whose: str
    state: str
    address: str = ""
    is_done: bool = False
    can_start: bool = True
    due: DueWords | None = None
    hint: str = ""
    limit: str = ""
    clause: ClauseWords | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """One reason of a refusal: what is missing, who can supply it, where; and the way to an exception."""

    what: str
    who: str
    address: str = ""
    link_words: str = "Go there"
    exception_address: str = ""
    clause: ClauseWords | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a table's column. `sorts` lets people sort by it, where they have JavaScript."""

    words: str
    sorts: bool = False
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: words, perhaps a link or due words instead; `sort_value` where words sort wrongly (dates)."""

    text: str = ""
    address: str = ""
    due: DueWords | None = None
    sort_value: str = ""


@dataclass(frozen=True, slots=True)
class ChosenFilter:
    """A filter that is on, and the address of the list without it."""

    words: str
    address_without: str
