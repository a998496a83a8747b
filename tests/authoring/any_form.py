"""Fills in whatever form a page shows, as somebody would who knows nothing of the procedure: for any protocol."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

LATER = ("from_date", "agreed")
"""Days that lie in the future; a year from now will do."""


class Fields(HTMLParser):
    """The fields of the form of a page that is sent to the page itself, each with the values that it offers."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.kinds: dict[str, str] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attributes}
        if tag == "option" and self._select and given.get("value"):
            self.found[self._select].append(given["value"])
        elif tag in {"input", "textarea", "select"} and given.get("name"):
            kind = given.get("type", tag)
            self.kinds[given["name"]] = kind
            self.found.setdefault(given["name"], [])
            if tag == "input" and given.get("value"):
                self.found[given["name"]].append(given["value"])
            self._select = given["name"] if tag == "select" else ""


def filled_in(page: str, outcome: str, today: date, chosen: str = "") -> dict[str, object]:
    """Each field with an answer: the outcome, the person chosen where one is, everything ticked, words in the rest."""
    fields = Fields()
    fields.feed(page)
    day = {"day": today.day, "month": today.month, "year": today.year}
    return {
        name: _answer(name, fields.kinds[name], offered, outcome, day, chosen)
        for name, offered in fields.found.items()
        if fields.kinds[name] not in {"submit", "file"}
    }


def _answer(name: str, kind: str, offered: list[str], outcome: str, day: dict[str, int], chosen: str) -> object:
    part = name.rpartition("-")[2]
    if name in {"outcome", "answer"}:
        return outcome
    if part in day:
        return day[part] + (part == "year" and name.startswith(LATER))
    if chosen in offered and chosen:
        return chosen
    if kind == "checkbox":
        return offered
    if offered:
        return offered[0]
    return "" if "time" in name else "Some words on it"
