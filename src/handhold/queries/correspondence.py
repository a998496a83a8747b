"""Letters that confirm what happens: one to each carer, one to each agency, each on paper as it is sent (L25)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from handhold.casefiles.around import find_agencies_to_write_to, find_carers
from handhold.casefiles.case import Case
from handhold.casefiles.contents_of_papers import LetterMade
from handhold.casefiles.papers import asks_for
from handhold.documents import FamilyLetter, find_template, render_document
from handhold.protocol.definition import Step
from handhold.queries.family_letters import find_agreed
from handhold.queries.letter_parts import (
    LANGUAGE,
    address_of_sender,
    find_agreed_date,
    find_complaints,
    find_goodbye_date,
    find_places,
    helper_of,
    reach_of,
)
from handhold.queries.naming import first_name, person_name
from handhold.queries.transfers import code_words, destination_words
from handhold.records.models import Agency, Person

To = Literal["carers", "agencies"]
Recipient = TypeVar("Recipient", Person, Agency)


@dataclass(frozen=True, slots=True)
class RecipientLine:
    """Somebody to whom a letter goes, with the address that is known."""

    ref: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class CorrespondenceKnown:
    """What the page of the letters begins with."""

    to: To
    recipients: tuple[RecipientLine, ...]
    ends_date: date | None


@dataclass(frozen=True)
class CorrespondenceWords:
    """What the worker adds: to whom, with the address of each by its reference, the last day, own words."""

    recipients: tuple[str, ...]
    addresses: dict[str, str]
    ends_date: date | None
    own_words: str = ""


def find_correspondence(case: Case, step: Step) -> CorrespondenceKnown:
    """To whom the letters of a step go, carers or agencies, by what the step asks."""
    if asks_for(step, "letter-to-each-agency"):
        agencies = find_agencies_to_write_to(case)
        lines = tuple(RecipientLine(one.ref, one.name, one.email) for one in agencies)
        return CorrespondenceKnown("agencies", lines, find_agreed_date(case))
    carers = find_carers(case)
    lines = tuple(RecipientLine(one.ref, person_name(one), one.address) for one in carers)
    return CorrespondenceKnown("carers", lines, find_agreed_date(case))


def print_letters(case: Case, step: Step, words: CorrespondenceWords) -> tuple[LetterMade, ...]:
    """One letter to each recipient that was chosen. Raises DocumentFault where one cannot be printed."""
    if asks_for(step, "letter-to-each-agency"):
        agencies = _chosen(find_agencies_to_write_to(case), words.recipients)
        return tuple(_to_agency(case, step, one, words) for one in agencies)
    return tuple(_to_carer(case, step, one, words) for one in _chosen(find_carers(case), words.recipients))


def _chosen(found: list[Recipient], refs: Collection[str]) -> list[Recipient]:
    return [one for one in found if one.ref in refs]


def _to_carer(case: Case, step: Step, carer: Person, words: CorrespondenceWords) -> LetterMade:
    address = words.addresses.get(carer.ref, "")
    template = find_template(case.protocol.folder / "letters", step.letter or step.id, LANGUAGE)
    pdf = render_document(template, compose_letter_to_carer(case, carer, words))
    name = person_name(carer)
    return LetterMade(f"{code_words(step.letter or step.id)} to {name}", name, address, pdf, carer=carer)


def compose_letter_to_carer(case: Case, carer: Person, words: CorrespondenceWords) -> FamilyLetter:
    """What stands in the letter to one carer: who helps from now on, or that social work ends and how to come back."""
    receiver = case.people.receiver if case.observed.facts.receiver == "accepted" else None
    places = find_places(case)
    return FamilyLetter(
        made_date=case.calendar.local_date(case.now),
        language=LANGUAGE,
        authority=case.protocol.file.council,
        sender=helper_of(case.worker_now),
        sender_address=address_of_sender(case.worker_now),
        addressed_to=person_name(carer),
        greeting=first_name(carer),
        children=tuple(first_name(held.person) for held in case.children),
        way_back=places[0],
        unhappy=find_complaints(case),
        urgent=places,
        address=tuple(line for line in words.addresses.get(carer.ref, "").splitlines() if line.strip()),
        ends_date=words.ends_date,
        next_helper=helper_of(receiver) if receiver else None,
        starts_date=words.ends_date if receiver else None,
        if_away=reach_of(case.people.stand_in) if receiver else None,
        goodbye_visit_date=find_goodbye_date(case),
        agreed=find_agreed(case),
        own_words=words.own_words,
        other_language=carer.first_language if carer.interpreter_needed else "",
    )


def _to_agency(case: Case, step: Step, agency: Agency, words: CorrespondenceWords) -> LetterMade:
    receiver = case.people.receiver if case.observed.facts.receiver == "accepted" else None
    address = words.addresses.get(agency.ref, "")
    data: dict[str, object] = {
        "made_date": case.calendar.local_date(case.now),
        "language": LANGUAGE,
        "authority": case.protocol.file.council,
        "sender": helper_of(case.worker_now),
        "sender_address": address_of_sender(case.worker_now),
        "addressed_to": agency.name,
        "address": tuple(line for line in address.splitlines() if line.strip()),
        "family_name": case.run.family.name,
        "children": tuple(first_name(held.person) for held in case.children),
        "ends_date": words.ends_date,
        "what_follows": destination_words(case),
        "next_helper": helper_of(receiver) if receiver else None,
        "if_away": reach_of(case.people.stand_in) if receiver else None,
        "urgent": find_places(case),
        "own_words": words.own_words,
    }
    template = find_template(case.protocol.folder / "letters", step.letter or step.id, LANGUAGE)
    title = f"{code_words(step.letter or step.id)} to {agency.name}"
    return LetterMade(title, agency.name, address, render_document(template, data), agency=agency)
