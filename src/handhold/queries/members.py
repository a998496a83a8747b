"""The members of a family as pages show them: who answers for each child, how to reach each adult."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Subquery

from handhold.access.families import Sighted, works_with
from handhold.casefiles.joined import is_doubled, with_same_as
from handhold.casefiles.protocols import calendar_of
from handhold.queries.before_the_door import Door, Speaking
from handhold.queries.involved import Accountable
from handhold.queries.naming import age_words, first_name, listed, person_name
from handhold.queries.seen import LastSeen, find_last_seen
from handhold.records.models import Family, FamilyMember, Person, Relationship


@dataclass(frozen=True)
class ChildLine:
    """A child of a family, with who answers for each involvement, the main contact among them."""

    ref: str
    name: str
    age: str
    in_household: bool
    opens_page: bool
    """Whether this person sees more of the child than that they belong to the family."""
    accountable: tuple[Accountable, ...]
    seen: LastSeen
    same_as: str = ""
    """The reference of the record that is kept in the place of this one, of another family."""

    @property
    def main_contact(self) -> Accountable | None:
        """Whom this child and the family ring."""
        return next((one for one in self.accountable if one.is_main_contact), None)


@dataclass(frozen=True)
class AdultLine:
    """An adult of a family: what they are to which children, and for whom they have parental responsibility."""

    ref: str
    name: str
    relations: str
    responsible_for: str
    in_household: bool
    phone: str
    speaking: Speaking


@dataclass(frozen=True)
class HouseholdMember:
    """Somebody of the family: what they are to the child, whether they live in the household."""

    ref: str
    name: str
    age: str
    relation: str
    parental_responsibility: bool
    in_household: bool
    is_child: bool
    opens_page: bool
    """Of a child: whether this person works with them too."""
    phone: str
    speaking: Speaking
    same_as: str = ""
    """The record that is kept for a child who is on record twice, of another family."""


def child_line(member: FamilyMember, held: list[Accountable], door: Door, sight: Sighted) -> ChildLine:
    """A child: a member with `is_theirs` and `same_as`, of whose visits the door knows."""
    child = member.person
    own = tuple(one for one in held if one.child_id == child.pk)
    visits = [row for row in door.visits if row["child"] == child.pk]
    return ChildLine(
        ref=child.ref,
        name=person_name(child),
        age=age_words(child, today_of(sight)),
        in_household=member.in_household,
        opens_page=bool(member.is_theirs),  # type: ignore[attr-defined]
        accountable=own,
        seen=find_last_seen(child, visits, sight, since=min((one.since for one in own), default=None)),
        same_as=member.same_as or "",  # type: ignore[attr-defined]
    )


def adult_lines(adults: list[FamilyMember], children: dict[int, Person], door: Door, now: datetime) -> list[AdultLine]:
    """The adults, with the relationships that hold now."""
    rows = list(
        Relationship.objects.filter(
            from_person__in=[one.person_id for one in adults], to_person__in=children, during__contains=now
        ).order_by("to_person_id")
    )
    own = {one.pk: [row for row in rows if row.from_person_id == one.person_id] for one in adults}
    return [_adult(one, own[one.pk], children, door) for one in adults]


def _adult(member: FamilyMember, own: list[Relationship], children: dict[int, Person], door: Door) -> AdultLine:
    kinds: dict[str, list[str]] = {}
    for row in own:
        kinds.setdefault(row.kind, []).append(first_name(children[row.to_person_id]))
    return AdultLine(
        ref=member.person.ref,
        name=person_name(member.person),
        relations="; ".join(f"{kind} of {listed(names)}" for kind, names in kinds.items()),
        responsible_for=listed(first_name(children[row.to_person_id]) for row in own if row.parental_responsibility),
        in_household=member.in_household,
        phone=member.person.phone,
        speaking=door.speaking_with(member.person),
    )


def find_household(child: Person, family: Family, sight: Sighted, door: Door) -> list[HouseholdMember]:
    """Everybody else of the family, adults first, with what they are to this child. One statement."""
    relation = Relationship.objects.filter(
        from_person=OuterRef("person"), to_person=child, during__contains=sight.now
    ).order_by("id")
    members = (
        with_same_as(family.memberships.filter(~is_doubled(sight.now), during__contains=sight.now), sight.now)
        .exclude(person=child)
        .select_related("person")
        .annotate(
            relation=Subquery(relation.values("kind")[:1]),
            responsible=Subquery(relation.values("parental_responsibility")[:1]),
        )
        .annotate(is_theirs=Exists(FamilyMember.objects.filter(works_with(sight), pk=OuterRef("pk"))))
        .order_by("role", "person__birth_date", "person_id")
    )
    return list(_members(members, sight, door))


def _members(members: Iterable[FamilyMember], sight: Sighted, door: Door) -> Iterable[HouseholdMember]:
    for one in members:
        is_child = one.role == FamilyMember.Role.CHILD
        yield HouseholdMember(
            ref=one.person.ref,
            name=person_name(one.person),
            age=age_words(one.person, today_of(sight)) if is_child else "",
            relation=one.relation or "",  # type: ignore[attr-defined]
            parental_responsibility=bool(one.responsible),  # type: ignore[attr-defined]
            in_household=one.in_household,
            is_child=is_child,
            opens_page=is_child and bool(one.is_theirs),  # type: ignore[attr-defined]
            phone="" if is_child else one.person.phone,
            speaking=door.speaking_with(one.person),
            same_as=one.same_as or "",  # type: ignore[attr-defined]
        )


def today_of(sight: Sighted) -> date:
    """The council's date now."""
    return calendar_of(sight.protocol).local_date(sight.now)
