"""Who of the people on record may be the same person as somebody: asked before a person is added, and of a child."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import CombinedExpression

from handhold.access.families import Sighted
from handhold.access.finding import members_in_sight, members_of_council
from handhold.access.transfers import NotHere
from handhold.queries.alike_names import WHOLE, Alike, find_alike
from handhold.queries.naming import person_name
from handhold.records.models import FamilyMember, Person

MOST = 10
MOST_LOOKED_AT = 200
LIKELY = 7
"""How much has to agree before two records are shown as perhaps one (`_what_agrees`): a name and a birth date, or a
number. Twins agree in the family name and the birth date, which is less."""
AROUND_A_BIRTH = timedelta(56)
"""How far from the day on which a baby is expected a birth can be theirs: a likeness of records, and no limit."""


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

    Three statements. For those who see the index: raises NotHere for everybody else, a partner among them.
    """
    if not sight.sees_index:
        raise NotHere
    return _likely(who, members_of_council(sight), but, most)


def likely_in_sight(who: Described, sight: Sighted, *, most: int = MOST) -> list[Likely]:
    """As `likely_duplicates`, among the families in somebody's sight: for who adds a person and sees no index."""
    return _likely(who, members_in_sight(sight), (), most)


def _likely(who: Described, among: QuerySet[FamilyMember], but: Collection[int], most: int) -> list[Likely]:
    names = Names(find_alike(f"{who.given_name} {who.known_as}"), find_alike(who.family_name))
    of_these = Exists(among.filter(person=OuterRef("pk")))
    rows = _candidates(who, names).filter(of_these, is_joined=False).exclude(pk__in=but)
    found = [_weighed(one, who, names) for one in rows[:MOST_LOOKED_AT]]
    likely = [one for one in found if one.weight >= LIKELY]
    return sorted(likely, key=lambda one: (-one.weight, one.name, one.person_id))[:most]


@dataclass(frozen=True, slots=True)
class Names:
    """The words on record that are like the first names and like the family name."""

    given: Alike
    family: Alike


def _candidates(who: Described, names: Names) -> QuerySet[Person]:
    """Those of whom two things agree, as far as an index tells, the nearest names first."""
    given, family = names.given.any_of(), names.family.any_of()
    alike = given & family
    if who.birth_date:
        alike |= Q(birth_date=who.birth_date) & (given | family)
    due = who.expected_birth_date or who.birth_date
    if due:
        weeks = (due - AROUND_A_BIRTH, due + AROUND_A_BIRTH)
        alike |= Q(expected_birth_date__range=weeks) & family
    if who.expected_birth_date:
        alike |= Q(birth_date__range=weeks) & family
    if who.nhs_number:
        alike |= Q(nhs_number=who.nhs_number)
    if who.upn:
        alike |= Q(upn=who.upn)
    near = CombinedExpression(names.given.nearness(), "+", names.family.nearness())
    return Person.objects.filter(alike).alias(near=near).order_by("-near", "pk")


def _weighed(person: Person, who: Described, names: Names) -> Likely:
    agrees = list(_what_agrees(person, who, names))
    return Likely(
        person.pk,
        person.ref,
        person_name(person),
        person.birth_date,
        person.expected_birth_date,
        tuple(words for words, _ in agrees),
        sum(weight for _, weight in agrees),
    )


def _what_agrees(person: Person, who: Described, names: Names) -> Iterator[tuple[str, int]]:
    """What is the same or nearly so, in words, and how much that weighs."""
    if who.nhs_number and person.nhs_number == who.nhs_number:
        yield "Same NHS number", 10
    if who.upn and person.upn == who.upn:
        yield "Same UPN", 10
    given = max(names.given.nearness_of(person.name_words), default=0)
    family = max(names.family.nearness_of(person.name_words), default=0)
    if given:
        yield ("Same first name", 3) if given == WHOLE else ("Similar first name", 2)
    if family:
        yield ("Same family name", 2) if family == WHOLE else ("Similar family name", 1)
    yield from _what_agrees_of_birth(person, who, is_same_name=min(given, family) == WHOLE)


def _what_agrees_of_birth(person: Person, who: Described, *, is_same_name: bool) -> Iterator[tuple[str, int]]:
    own, said = person.birth_date, who.birth_date
    if own and said:
        if own == said:
            yield "Same date of birth", 4
        elif (own.year, own.month, own.day) == (said.year, said.day, said.month):
            yield "Day and month of birth the other way round", 3
        elif sum((own.year == said.year, own.month == said.month, own.day == said.day)) == 2:
            yield "Almost the same date of birth", 2
        return
    due, born = person.expected_birth_date or own, who.expected_birth_date or said
    if due and born:
        if abs(due - born) <= AROUND_A_BIRTH:
            yield ("Same expected date", 6) if due == born else ("Born, or expected, at about that time", 5)
    elif is_same_name:
        yield "No date of birth tells them apart", 2
