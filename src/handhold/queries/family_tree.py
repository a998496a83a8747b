"""Who is related to whom in a family, for the genogram and its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from handhold.access.families import Sighted
from handhold.casefiles.joined import is_doubled
from handhold.queries.members import today_of
from handhold.queries.naming import age_words, first_name, is_unborn, listed, person_name
from handhold.records.models import Family, FamilyMember, Person, Relationship

GRANDPARENTS = ("grandmother", "grandfather", "grandparent", "great-grandmother", "great-grandfather")
PARENTS = ("mother", "father", "parent", "adoptive-mother", "adoptive-father", "adoptive-parent")


@dataclass(frozen=True)
class Relative:
    """One person of the family. `generation`: 0 for grandparents, 1 for parents and other adults, 2 for children."""

    id: int
    name: str
    sex: str
    age: str
    """`11`, `not born yet`, `died 2024`; empty where it is not known."""
    generation: int
    in_household: bool
    is_unborn: bool
    has_died: bool


@dataclass(frozen=True)
class Bond:
    """What one person is to some others, who are all of one generation."""

    from_id: int
    to_ids: tuple[int, ...]
    kind: str
    is_parent: bool


@dataclass(frozen=True)
class FamilyTree:
    """The people, eldest first in each generation, how they are related, and the same in sentences."""

    people: tuple[Relative, ...]
    bonds: tuple[Bond, ...]
    sentences: tuple[str, ...]


def family_tree(family: Family, sight: Sighted) -> FamilyTree | None:
    """The genogram of a family that `access_family_to_read` opened; None where nobody is related. Two statements."""
    members = list(
        family.memberships.filter(~is_doubled(sight.now), during__contains=sight.now)
        .select_related("person")
        .order_by("person__birth_date", "person__expected_birth_date", "person_id")
    )
    ids = [one.person_id for one in members]
    rows = list(
        Relationship.objects.filter(from_person__in=ids, to_person__in=ids, during__contains=sight.now).order_by("id")
    )
    if not rows:
        return None
    today = today_of(sight)
    people = tuple(_relative(one, rows, today) for one in members)
    by_id = {one.person_id: one.person for one in members}
    bonds = tuple(_bonds(rows, {one.id: one.generation for one in people}))
    return FamilyTree(people, bonds, tuple(_sentence(one, rows, by_id) for one in people))


def _relative(member: FamilyMember, rows: Iterable[Relationship], today: date) -> Relative:
    person, own = member.person, [row.kind for row in rows if row.from_person_id == member.person_id]
    generation = 2 if member.role == FamilyMember.Role.CHILD else 0 if any(one in GRANDPARENTS for one in own) else 1
    return Relative(
        id=person.pk,
        name=person_name(person),
        sex=person.sex,
        age=f"died {person.died_date.year}" if person.died_date else age_words(person, today),
        generation=generation,
        in_household=member.in_household,
        is_unborn=is_unborn(person),
        has_died=person.died_date is not None,
    )


def _bonds(rows: Iterable[Relationship], generations: dict[int, int]) -> Iterable[Bond]:
    """What the elder are to the younger; brothers and sisters show by their parents."""
    found: dict[tuple[int, str, int], list[int]] = {}
    for row in rows:
        below = generations[row.to_person_id]
        if generations[row.from_person_id] < below:
            found.setdefault((row.from_person_id, row.kind, below), []).append(row.to_person_id)
    return [Bond(one, tuple(to), kind, kind in PARENTS) for (one, kind, _), to in found.items()]


def _sentence(one: Relative, rows: Iterable[Relationship], people: dict[int, Person]) -> str:
    """`Mary Hart, 34, mother of Ada and Obi, has parental responsibility for Ada. Lives in the household.`"""
    own = [row for row in rows if row.from_person_id == one.id]
    kinds: dict[str, list[str]] = {}
    for row in own:
        kinds.setdefault(row.kind, []).append(first_name(people[row.to_person_id]))
    relations = (f"{kind} of {listed(names)}" for kind, names in kinds.items())
    responsible = listed(first_name(people[row.to_person_id]) for row in own if row.parental_responsibility)
    parts = (one.name, one.age, *relations, f"has parental responsibility for {responsible}" if responsible else "")
    where = "Lives in the household." if one.in_household else "Does not live in the household."
    return f"{', '.join(part for part in parts if part)}.{'' if one.has_died else f' {where}'}"
