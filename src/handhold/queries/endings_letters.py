"""The letter to one child at the end of social work (Y26): composed from the records, printed for the age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handhold.casefiles.case import Case
from handhold.documents import EndingsLetter, find_parts, find_template_for_age, render_document
from handhold.protocol.definition import Step
from handhold.queries.letter_parts import (
    LANGUAGE,
    address_of_sender,
    find_adults_of_household,
    find_agreed_date,
    find_complaints,
    find_goodbye_date,
    find_places,
    helper_of,
    reach_of,
)
from handhold.queries.naming import age_in_years, first_name, listed, person_name, practitioner_name
from handhold.records.models import Person, Practitioner


@dataclass(frozen=True, slots=True)
class LetterWords:
    """What the worker adds to a letter, and what they have checked."""

    recipient: str
    address: str
    ends_date: date | None
    goodbye_date: date | None = None
    own_words: str = ""
    child_words: str = ""
    went_well: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterKnown:
    """What the record knows already, to begin the page with."""

    title: str
    recipient: str
    address: str
    ends_date: date | None
    goodbye_date: date | None
    next_helper: str
    parts: frozenset[str]
    """What the letter speaks of: only that is asked."""


def find_letter_known(case: Case, step: Step, child: Person) -> LetterKnown:
    """Name and address of the child, the days that are known, and what a letter to somebody of this age speaks of."""
    adults = find_adults_of_household(case)
    is_unborn = child.birth_date is None
    receiver = case.people.receiver
    return LetterKnown(
        title=f"Endings letter: {first_name(child)}",
        recipient=listed(person_name(one) for one in adults) if is_unborn else person_name(child),
        address=child.address or next((one.address for one in adults if one.address), ""),
        ends_date=find_agreed_date(case),
        goodbye_date=find_goodbye_date(case),
        next_helper=practitioner_name(receiver) if receiver else "",
        parts=find_parts(_template_of(case, step, child)),
    )


def print_endings_letter(case: Case, step: Step, child: Person, sender: Practitioner, words: LetterWords) -> bytes:
    """The PDF, on the template for a child of this age. Raises DocumentFault where it cannot be printed."""
    return render_document(_template_of(case, step, child), compose_endings_letter(case, child, sender, words))


def _template_of(case: Case, step: Step, child: Person) -> Path:
    age = age_in_years(child, case.calendar.local_date(case.now))
    return find_template_for_age(case.protocol.folder / "letters", step.letter or step.id, age, LANGUAGE)


def compose_endings_letter(case: Case, child: Person, sender: Practitioner, words: LetterWords) -> EndingsLetter:
    """What stands in the letter: who says goodbye, who helps from then on, whom to ring."""
    file, receiver, adults = case.protocol.file, case.people.receiver, find_adults_of_household(case)
    places = find_places(case)
    known_name = first_name(child)
    return EndingsLetter(
        made_date=case.calendar.local_date(case.now),
        language=LANGUAGE,
        authority=file.council,
        sender=helper_of(sender),
        sender_address=address_of_sender(sender),
        child_name=known_name,
        addressed_to=words.recipient,
        ends_date=words.ends_date,
        way_back=places[0],
        unhappy=find_complaints(case),
        urgent=places,
        parents=listed(first_name(one) for one in adults),
        is_unborn=child.birth_date is None,
        address=tuple(line for line in words.address.splitlines() if line.strip()),
        goodbye_visit_date=words.goodbye_date,
        next_helper=helper_of(receiver) if receiver else None,
        starts_date=words.ends_date if receiver else None,
        if_away=reach_of(case.people.stand_in) if receiver else None,
        went_well=words.went_well,
        child_words=words.child_words,
        own_words=words.own_words,
        other_language=child.first_language if child.interpreter_needed else "",
    )
