"""Whom a search may find, and of whom it says what: the pages somebody may open, and beyond them the index of children.

The index tells of any child of the council the name, the birth date, and who answers for them; no partner sees it.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from handhold.access.families import Sighted, families_in_sight, works_with
from handhold.access.transfers import NotHere
from handhold.records.models import FamilyMember, Person


def people_to_find(sight: Sighted) -> QuerySet[Person]:
    """The people whom somebody may find, each with `opens`: whether their page is in sight, or the index alone."""
    opens = _is_of(members_in_sight(sight))
    found = Person.objects.annotate(opens=opens)
    return found.filter(_in_index(sight) | Q(opens=True)) if sight.sees_index else found.filter(opens=True)


def index_of_children(sight: Sighted) -> QuerySet[Person]:
    """Every child of the council, each once, for those who see the index. Raises NotHere for everybody else."""
    if not sight.sees_index:
        raise NotHere
    return Person.objects.filter(_in_index(sight))


def members_in_sight(sight: Sighted) -> QuerySet[FamilyMember]:
    """Who belongs now to a family that somebody may open; of its children, for a partner, those with whom they work."""
    children = works_with(sight)
    return FamilyMember.objects.filter(
        children | Q(role=FamilyMember.Role.ADULT) if children else Q(),
        family__in=families_in_sight(sight).values("pk"),
        during__contains=sight.now,
    )


def members_of_council(sight: Sighted) -> QuerySet[FamilyMember]:
    """Who belongs now to any family of the council. For questions whose answer is looked at with `people_to_find`."""
    return FamilyMember.objects.filter(family__authority=sight.by.agency.authority_id, during__contains=sight.now)


def _in_index(sight: Sighted) -> Exists:
    children = members_of_council(sight).filter(role=FamilyMember.Role.CHILD, person__is_joined=False)
    return _is_of(children)


def _is_of(members: QuerySet[FamilyMember]) -> Exists:
    return Exists(members.filter(person=OuterRef("pk")))
