"""That a child is known, under what, and whom to ring: for roles that the procedure names, and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from handhold.access.families import Sighted
from handhold.access.transfers import NotHere
from handhold.casefiles.joined import standing
from handhold.queries.concern_pages import ConcernOfChild, concerns_of_children
from handhold.queries.involved import Accountable, find_accountable_for
from handhold.queries.naming import person_name
from handhold.records.models import FamilyMember, Person

WAYS_TO_WRITE_A_DATE = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%Y-%m-%d", "%d/%m/%y")
FEWEST_LETTERS = 2


@dataclass(frozen=True)
class Known:
    """A child who is known: name, birth date, and for each open involvement who answers and how to reach them."""

    ref: str
    name: str
    birth_date: date | None
    expected_date: date | None
    accountable: tuple[Accountable, ...]
    concerns: tuple[ConcernOfChild, ...]
    opens_page: bool


def index_matching(sight: Sighted, words: str) -> QuerySet[Person]:
    """The council's children by part of a name or by birth date, every word of it. Nobody without a word to go by.

    By what any record of a child says: two records that are one child are found as the one that is kept.
    Raises NotHere for those who do not see the index.
    """
    if not sight.sees_index:
        raise NotHere
    asked = words.split()
    if not any(len(word) >= FEWEST_LETTERS for word in asked):
        return Person.objects.none()
    members = FamilyMember.objects.filter(
        family__authority=sight.by.agency.authority_id, role=FamilyMember.Role.CHILD, during__contains=sight.now
    )
    found = Person.objects.filter(pk__in=members.values("person"), is_joined=False)
    alike = Person.objects.all()
    born = as_date(words)
    if born is not None:
        alike = alike.filter(Q(birth_date=born) | Q(expected_birth_date=born))
    for word in asked if born is None else ():
        alike = alike.filter(
            Q(given_name__icontains=word) | Q(known_as__icontains=word) | Q(family_name__icontains=word)
        )
    joined = standing().filter(other__in=alike.filter(is_joined=True).values("pk")).values("kept")
    return _in_order(found.filter(Q(pk__in=alike.values("pk")) | Q(pk__in=joined)))


def _in_order(found: QuerySet[Person]) -> QuerySet[Person]:
    return found.order_by("family_name", "given_name", "id")


def as_date(words: str) -> date | None:
    """A date as people write it (`1/9/2015`), or None for words that are none."""
    for way in WAYS_TO_WRITE_A_DATE:
        try:
            return datetime.strptime(words.strip(), way).date()  # noqa: DTZ007 - a birth date has no zone
        except ValueError:
            continue
    return None


def known_rows(children: Sequence[Person], sight: Sighted) -> list[Known]:
    """The rows of one page of the index."""
    held = find_accountable_for([child.pk for child in children], sight.protocol, sight.now)
    concerns = concerns_of_children(children, sight)
    return [
        Known(
            ref=child.ref,
            name=person_name(child),
            birth_date=child.birth_date,
            expected_date=child.expected_birth_date,
            accountable=tuple(one for one in held if one.child_id == child.pk),
            concerns=tuple(concerns[child.pk]),
            opens_page=sight.sees_all,
        )
        for child in children
    ]
