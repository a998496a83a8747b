"""Phrases of an example resolved to what the protocol calls so: steps by title, outcomes by the words on their button.

The beginning of a title is enough where it is the only one. The few words that no protocol file holds (what a record
must hold, what can be open about a household) have their phrase here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TypeVar

from handhold.protocol.definition import ExceptionKind, Matter, Situation, Word
from handhold.protocol.examples.faults import ExampleNotUnderstood

Found = TypeVar("Found")

WORDS: dict[Word, str] = {
    "outstanding-need": "an outstanding need",
    "action-beyond-monitoring": "an action that does more than monitor",
    "assessment-completed-or-read": "an assessment that is complete, or a draft that the manager has read",
    "family-attended": "the family there",
    "worker-attended": "the social worker there",
    "receiver-attended": "the practitioner there",
    "everyone-told": "everybody told",
    "plan-or-where-it-is": "the plan or where it is",
    "lead-named": "the lead's details",
    "letter-for-this-age": "a letter for the child's age",
    "practitioner-chosen": "a practitioner chosen",
    "date-agreed": "a date agreed",
    "whose-consent": "whose consent it is",
    "sharing-agreed": "with whom information may be shared",
    "wish-recorded": "the family's own words",
    "need-and-plan-shared": "the need and the plan shared",
    "everyone-answered": "an answer for everybody who works with the children",
    "plan-agreed-there": "the family's agreement to the plan",
    "consent-confirmed": "the family's consent confirmed",
    "smart-plan": "how, by whom and by when",
    "several-agencies": "a second agency",
    "work-summarised": "a summary of the work",
    "candidate-from-known-agency": "an agency already involved",
    "conversation-partner": "the other person's name",
    "section-complete": "all parts written",
    "documents-in-pack": "the documents in the pack",
    "documents-acknowledged": "an answer for each document",
    "agencies-told": "every agency told",
    "letter-to-each-carer": "a letter to each parent or carer",
    "letter-to-each-agency": "a letter to each agency",
    "letter-kept": "a letter",
    "date-not-too-soon": "time for the family first",
}
"""What a record must hold, as examples say it."""

MATTERS: dict[Matter, str] = {
    "concern-undecided": "an undecided safeguarding concern",
    "strategy-discussion-open": "a strategy discussion",
    "section-47-open": "a section 47 enquiry",
    "assessment-unfinished": "an unfinished assessment",
    "protection-plan": "a child protection plan",
}
"""What can be open about a household, as examples say it."""

SITUATIONS: dict[Situation, str] = {
    "returned-soon": "a child came back soon after a plan ended",
    "turned-18": "a young person is 18",
    "turned-21": "a young person is 21",
    "turned-25": "a young person is 25",
}
"""What the records can say of the children beside the run, as examples say it."""

EXCEPTIONS: dict[ExceptionKind, str] = {
    "declined": "declined by the family",
    "not-possible": "not possible",
    "unsafe": "unsafe",
    "not-applicable": "not applicable",
}
"""Why a gate can be excepted, as examples say it."""


def resolve(phrase: str, called: Iterable[tuple[str, Found]], what: str) -> list[Found]:
    """All that are called so; failing that, all whose name begins so under one name.

    Raises ExampleNotUnderstood where nothing fits, or where the beginning fits several names.
    """
    pairs = [(_plain(name), name, found) for name, found in called]
    wanted = _plain(phrase)
    exact = [found for plain, _, found in pairs if plain == wanted]
    if exact:
        return exact
    names = {name for plain, name, _ in pairs if plain.startswith(wanted)}
    if len(names) > 1:
        raise ExampleNotUnderstood(f'"{phrase}" begins the name of more than one {what}: {_listed(names)}.')
    if not names:
        raise ExampleNotUnderstood(f'No {what} is called "{phrase}". {_near(wanted, pairs)}')
    return [found for _, name, found in pairs if name in names]


def resolve_one(phrase: str, called: Mapping[Found, str], what: str) -> Found:
    """The one key whose value is the phrase. Raises ExampleNotUnderstood."""
    return resolve(phrase, [(name, key) for key, name in called.items()], what)[0]


def _plain(phrase: str) -> str:
    """The phrase without its capitals, its signs and its spaces, so that a comma is no mistake."""
    return " ".join(re.findall(r"[\w]+", phrase.casefold().replace("’", "").replace("'", "")))


def _near(wanted: str, pairs: list[tuple[str, str, Found]]) -> str:
    names = {plain: name for plain, name, _ in pairs}
    close = get_close_matches(wanted, names, n=3, cutoff=0.4)
    close += [plain for plain in names if wanted in plain and plain not in close][:3]
    if close:
        return f"Near to it: {_listed(names[plain] for plain in close)}."
    return f"There are: {_listed(sorted(names.values()))}."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
