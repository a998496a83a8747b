"""Who of the people on record may be the same person as somebody: asked before a person is added, and of a child."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from handhold.access.families import Sighted
from handhold.access.transfers import NotHere
from handhold.queries.naming import person_name
from handhold.records.models import FamilyMember, Person

MOST = 10
LIKELY = 6
"""How much has to agree before two records are shown as perhaps one: a name and a birth date, or a number."""


@dataclass(frozen=True, slots=True)
class Described:
    """Somebody as they are described: on record already, or about to be put there."""

    given_name: str = ""
    family_name: str = ""
    known_as: str = ""
    birth_date: date | None = None
    expected_birth_date: date | None = None
    nhs_number: str = ""
    upn: str = ""


@dataclass(frozen=True, slots=True)
class Likely:
    """A person on record who may be the one described, with what agrees, in words. `weight` orders them."""

    person_id: int
    ref: str
    name: str
    birth_date: date | None
    expected_date: date | None
    because: tuple[str, ...]
    weight: int


def describe(person: Person) -> Described:
    """A person on record as they are described there."""
    return Described(
        person.given_name,
        person.family_name,
        person.known_as,
        person.birth_date,
        person.expected_birth_date,
        person.nhs_number or "",
        person.upn or "",
    )


def likely_duplicates_of(child: Person, sight: Sighted, *, most: int = MOST) -> list[Likely]:
    """The other people of the council who may be this child, likeliest first. Raises NotHere as `likely_duplicates`."""
    return likely_duplicates(describe(child), sight, but=[child.pk], most=most)


def likely_duplicates(who: Described, sight: Sighted, *, but: Collection[int] = (), most: int = MOST) -> list[Likely]:
    """The people of the council who may be the one described, likeliest first; not those whose ids are in `but`.

    For those who see the index: raises NotHere for everybody else, a partner among them.
    """
    if not sight.sees_index:
        raise NotHere
    found = [_weighed(one, who) for one in _candidates(who, sight).exclude(pk__in=but)]
    likely = [one for one in found if one.weight >= LIKELY]
    return sorted(likely, key=lambda one: (-one.weight, one.name, one.person_id))[:most]


def _candidates(who: Described, sight: Sighted) -> QuerySet[Person]:
    members = FamilyMember.objects.filter(family__authority=sight.by.agency.authority_id, during__contains=sight.now)
    alike = Q(given_name__iexact=who.given_name or who.known_as, family_name__iexact=who.family_name)
    if who.birth_date:
        alike |= Q(birth_date=who.birth_date)
    if who.expected_birth_date:
        alike |= Q(expected_birth_date=who.expected_birth_date, family_name__iexact=who.family_name)
    if who.nhs_number:
        alike |= Q(nhs_number=who.nhs_number)
    if who.upn:
        alike |= Q(upn=who.upn)
    return Person.objects.filter(alike, pk__in=members.values("person"), is_joined=False)


def _weighed(person: Person, who: Described) -> Likely:
    agrees = list(_what_agrees(person, who))
    return Likely(
        person.pk,
        person.ref,
        person_name(person),
        person.birth_date,
        person.expected_birth_date,
        tuple(words for words, _ in agrees),
        sum(weight for _, weight in agrees),
    )


def _what_agrees(person: Person, who: Described) -> list[tuple[str, int]]:
    own = {name.casefold() for name in (person.given_name, person.known_as) if name}
    said = {name.casefold() for name in (who.given_name, who.known_as) if name}
    found = []
    if who.nhs_number and person.nhs_number == who.nhs_number:
        found.append(("Same NHS number", 10))
    if who.upn and person.upn == who.upn:
        found.append(("Same UPN", 10))
    if own & said:
        found.append(("Same first name", 3))
    if who.family_name and person.family_name.casefold() == who.family_name.casefold():
        found.append(("Same family name", 2))
    if who.birth_date and person.birth_date == who.birth_date:
        found.append(("Same date of birth", 4))
    if who.expected_birth_date and person.expected_birth_date == who.expected_birth_date:
        found.append(("Same expected date", 4))
    return found
