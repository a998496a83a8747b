"""What one search finds: people, families, agencies, the likeliest first; of each no more than its reader may see."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import CombinedExpression, Expression

from handhold.access.families import Sighted, families_in_sight
from handhold.access.finding import members_in_sight, people_to_find
from handhold.casefiles.joined import standing
from handhold.queries.alike_names import Alike, find_alike
from handhold.queries.asked_words import Asked
from handhold.queries.involved import Accountable, find_accountable_for
from handhold.queries.members import today_of
from handhold.queries.naming import person_name, with_ages
from handhold.records.models import Agency, FamilyMember, Person

MOST_BESIDE = 10
"""Families and agencies stand beside the people, the nearest of them."""
MOST_LOOKED_AT = 1_000
"""Of those whom it fits, the nearest so many. Whoever means somebody else adds a name or a birth date."""
NEAREST = ("-near", "family_name", "given_name", "pk")
SAME_DAY, ALMOST_THE_DAY = 10, 5


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person who was found. Beyond the reader's sight: the name, the birth date and who answers, nothing else."""

    ref: str
    name: str
    also: tuple[str, ...]
    birth_date: date | None
    expected_date: date | None
    opens: bool
    is_child: bool = True
    family: str = ""
    family_ref: str = ""
    accountable: tuple[Accountable, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundFamily:
    """A family in sight."""

    ref: str
    name: str
    children: str


@dataclass(frozen=True, slots=True)
class FoundAgency:
    """An agency of this council's area, and how to reach it."""

    name: str
    kind: str
    phone: str
    email: str


@dataclass(frozen=True)
class Search:
    """One search: what was asked, the people (to be shown in pages), and what stands beside them."""

    asked: Asked
    people: QuerySet[Person]
    is_cut: bool = False
    """Whether it fits more people than are looked at; the nearest are there."""
    families: list[FoundFamily] = field(default_factory=list)
    agencies: list[FoundAgency] = field(default_factory=list)


def find_all(asked: Asked, sight: Sighted) -> Search:
    """Whatever fits what was asked, within sight and the index. Five statements, and those of the pages of people."""
    alike = find_alike(asked.names)
    among = None if sight.sees_index else Person.objects.filter(pk__in=members_in_sight(sight).values("person"))
    people, is_cut = matching(people_to_find(sight), asked, alike, among=among)
    if not alike or asked.born:
        return Search(asked, people, is_cut)
    return Search(asked, people, is_cut, _families(alike, sight), _agencies(alike, sight))


def matching(
    people: QuerySet[Person], asked: Asked, alike: Alike, *, among: QuerySet[Person] | None = None
) -> tuple[QuerySet[Person], bool]:
    """Those of some people whom it fits, the likeliest first, and whether it fits more than are looked at.

    By number or reference alone, else by names and birth; by what any record of a child says: whom a joined record
    fits, is found as the one that is kept. They are first looked up by an index, in a statement of its own: together
    with the question who may see whom, a planner reads everybody. `among` narrows that to those of few families.
    """
    fits, near = _fitting(asked, alike)
    kept = Subquery(standing().filter(other=OuterRef("pk")).values("kept")[:1])
    rows = (Person.objects.all() if among is None else among).filter(fits).annotate(kept=kept).alias(near=near)
    found = list(rows.order_by(*NEAREST).values_list("pk", "kept")[:MOST_LOOKED_AT])
    ids = {pk for pair in found for pk in pair if pk}
    return people.filter(pk__in=ids).alias(near=near).order_by(*NEAREST), len(found) == MOST_LOOKED_AT


def _fitting(asked: Asked, alike: Alike) -> tuple[Q, Expression]:
    """Whom it fits, and how near they are."""
    numbers = {"nhs_number": asked.nhs_number, "upn": asked.upn, "ref": asked.reference}
    exact = [Q(**{name: number}) for name, number in numbers.items() if number]
    near: Expression = Value(0, IntegerField())
    fits = Q(pk__in=[])
    if alike:
        fits, near = alike.condition(), alike.nearness()
    if asked.born:
        born = _born(asked, almost=bool(alike))
        fits = fits & born if alike else born
        near = CombinedExpression(near, "+", _nearness_of_birth(asked))
    if asked.nhs_number or asked.upn:
        fits = Q(pk__in=[])
    for one in exact:
        fits |= one
    return fits, near


def found_people(people: Sequence[Person], sight: Sighted) -> list[FoundPerson]:
    """The rows of one page of people. Two statements."""
    opened = [one.pk for one in people if one.opens]  # type: ignore[attr-defined]
    members = members_in_sight(sight).filter(person__in=opened).select_related("family").order_by("-pk")
    of = {member.person_id: member for member in members}
    held = find_accountable_for([one.pk for one in people], sight.protocol, sight.now)
    return [_row(one, of.get(one.pk), [row for row in held if row.child_id == one.pk]) for one in people]


def _row(person: Person, member: FamilyMember | None, held: list[Accountable]) -> FoundPerson:
    name = person_name(person)
    full = f"{person.given_name} {person.family_name}".strip()
    return FoundPerson(
        ref=person.ref,
        name=name,
        also=tuple(
            dict.fromkeys(
                one for one in (full if person.given_name else "", *person.other_names) if one and one != name
            )
        ),
        birth_date=person.birth_date,
        expected_date=None if person.birth_date else person.expected_birth_date,
        opens=member is not None,
        is_child=member is None or member.role == FamilyMember.Role.CHILD,
        family=f"{member.family.name} family" if member else "",
        family_ref=member.family.ref if member else "",
        accountable=_one_line_each(held),
    )


def _one_line_each(held: Collection[Accountable]) -> tuple[Accountable, ...]:
    """Each person who answers once, the main contact first."""
    first = sorted(held, key=lambda one: not one.is_main_contact)
    return tuple({one.practitioner_id: one for one in reversed(first)}.values())[::-1]


def _born(asked: Asked, *, almost: bool) -> Q:
    """Born, or expected, when it says; `almost`: also where one part of the date differs, or day and month changed."""
    first, last = asked.born or (date.max, date.max)
    born = Q(birth_date__range=(first, last)) | Q(expected_birth_date__range=(first, last))
    if asked.perhaps_born:
        born |= Q(birth_date=asked.perhaps_born)
    if almost and first == last:
        year, month, day = ({f"birth_date__{part}": getattr(first, part)} for part in ("year", "month", "day"))
        born |= Q(**year, **month) | Q(**year, **day) | Q(**month, **day)
    return born


def _nearness_of_birth(asked: Asked) -> Case:
    days = asked.born or (date.max, date.max)
    exact = Q(birth_date__range=days) | Q(birth_date__isnull=True, expected_birth_date__range=days)
    turned = [When(birth_date=asked.perhaps_born, then=Value(ALMOST_THE_DAY))] if asked.perhaps_born else []
    return Case(When(exact, then=Value(SAME_DAY)), *turned, default=Value(0), output_field=IntegerField())


def _families(alike: Alike, sight: Sighted) -> list[FoundFamily]:
    found = families_in_sight(sight).filter(alike.condition()).alias(near=alike.nearness())
    families = list(found.order_by("-near", "name", "pk")[:MOST_BESIDE])
    members = members_in_sight(sight).filter(family__in=families, role=FamilyMember.Role.CHILD).select_related("person")
    children: dict[int, list[Person]] = {one.pk: [] for one in families}
    for member in members.order_by("person__birth_date", "person_id"):
        children[member.family_id].append(member.person)
    today = today_of(sight)
    return [FoundFamily(one.ref, f"{one.name} family", with_ages(children[one.pk], today)) for one in families]


def _agencies(alike: Alike, sight: Sighted) -> list[FoundAgency]:
    found = Agency.objects.filter(alike.condition(), authority=sight.by.agency.authority_id)
    found = found.alias(near=alike.nearness()).order_by("-near", "name", "pk")[:MOST_BESIDE]
    return [FoundAgency(one.name, one.get_kind_display(), one.phone, one.email) for one in found]
