"""Who a page of a transfer is about, when it is about one child; and what is to be known before a visit."""

from __future__ import annotations

from dataclasses import dataclass

from handhold.access.transfers import Opened
from handhold.casefiles.children import HeldChild
from handhold.protocol.facts import Child
from handhold.queries.before_the_door import AlertLine, Speaking, find_door
from handhold.queries.naming import age_words, person_name, practitioner_name
from handhold.queries.transfers import code_words
from handhold.records.models import Practitioner

CONSENT = {"live": "Live", "none": "Not asked in this transfer"}
"""What is said of a transfer's consent where its code alone does not say it."""


@dataclass(frozen=True)
class Answerable:
    """Who answers for a child now: for what, how to reach them, whether the family rings them."""

    name: str
    phone: str
    involvement: str
    is_main_contact: bool


@dataclass(frozen=True)
class Identity:
    """One child, as every page about them begins."""

    ref: str
    name: str
    age: str
    answerable: tuple[Answerable, ...]
    status: str
    consent: str
    speaking: Speaking
    opens_page: bool
    """Whether the page of the child is in sight: not for who has only to settle something of the transfer."""


@dataclass(frozen=True)
class RunDoor:
    """What is to be known before a visit to any child of a transfer; of one child, who they are."""

    family_ref: str
    alerts: tuple[AlertLine, ...]
    identity: Identity | None


def find_run_door(opened: Opened, child: Child | None) -> RunDoor:
    """For a page of an opened transfer: of the child at this place, else of the only one it has. One statement."""
    case = opened.case
    people = [held.person for held in case.children]
    door = find_door(case.run.family, people, opened.by, case.now)
    held = case.children[child] if child is not None else case.children[0] if len(case.children) == 1 else None
    identity = _identity(opened, held, door.speaking_with(held.person)) if held else None
    return RunDoor(case.run.family.ref, door.alerts, identity)


def _identity(opened: Opened, held: HeldChild, speaking: Speaking) -> Identity:
    case, person = opened.case, held.person
    called = {str(kind): words for kind, words in case.protocol.file.involvements.items()}
    contact = held.main_contact.practitioner_id if held.main_contact else None
    return Identity(
        ref=person.ref,
        name=person_name(person),
        age=age_words(person, case.calendar.local_date(case.now)),
        answerable=tuple(
            Answerable(
                practitioner_name(row.practitioner),
                _phone(row.practitioner),
                called[kind],
                row.practitioner_id == contact,
            )
            for kind, row in held.allocations.items()
        ),
        status=", ".join(called[kind] for kind in held.involvements) or "Nothing is open",
        consent=CONSENT.get(case.observed.facts.consent, code_words(case.observed.facts.consent)),
        speaking=speaking,
        opens_page=opened.sees("family"),
    )


def _phone(who: Practitioner) -> str:
    return who.phone or who.agency.phone
