"""The doors to who belongs to a family: who writes down that somebody was born, joins, leaves, or was put down wrongly.

Of the council's people those who answer for a child of the family, who manages them, and who sees the index of
children. A partner tells the council, and the council writes it down.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from handhold.access.families import Sighted, access_family_to_read, sight_of
from handhold.access.finding import members_in_sight, members_of_council
from handhold.access.papers import runs_of_their_own
from handhold.access.policy import may_see
from handhold.access.transfers import NotHere
from handhold.records.models import Allocation, Family, FamilyMember, Person, Practitioner, Run


def may_write_household(family: Family, sight: Sighted) -> bool:
    """Whether somebody writes down who belongs to this family. One statement at most."""
    if not sight.is_of_council:
        return False
    words = {"sees-index"} if sight.sees_index else _words_of_holders(family, sight)
    return may_see("household", frozenset(words))


def access_household_to_read(ref: str, *, by: Practitioner, now: datetime) -> tuple[Family, Sighted]:
    """A family of the council, for who may write down who belongs to it. Raises NotHere."""
    sight = sight_of(by, now)
    family = Family.objects.filter(ref=ref, authority=by.agency.authority_id).first()
    if family is None or not may_write_household(family, sight):
        raise NotHere
    return family, sight


def access_household_to_change(ref: str, *, by: Practitioner, now: datetime) -> tuple[Family, Sighted]:
    """As `access_household_to_read`, with the family locked, so that nobody joins it twice at once."""
    family, sight = access_household_to_read(ref, by=by, now=now)
    Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    return family, sight


def access_person_of_household(
    family: Family, ref: str, now: datetime, *, locked: bool = False, now_only: bool = True
) -> FamilyMember:
    """Somebody of a family that was opened so, by their latest membership. Raises NotHere where they are none.

    `now_only` is without those who have left it; `locked` locks the person for this transaction.
    """
    rows = family.memberships.filter(person__ref=ref)
    rows = rows.filter(during__contains=now) if now_only else rows
    member = rows.select_related("person", "family").order_by("-during").first()
    if member is None:
        raise NotHere
    if locked:
        member.person = Person.objects.select_for_update(no_key=True).get(pk=member.person_id)
    return member


def people_to_add(sight: Sighted) -> QuerySet[FamilyMember]:
    """Whom somebody can add to a family from the records: all of the council for who sees the index, else those of the
    families in their own sight. Nobody opens a record for themself by adding its child to a family of theirs."""
    return members_of_council(sight) if sight.sees_index else members_in_sight(sight)


def access_person_to_add(ref: str, sight: Sighted) -> Person:
    """Somebody on record who is added to a family, locked. Raises NotHere where they are none that may be."""
    rows = Person.objects.select_for_update(of=("self",), no_key=True)
    person = rows.filter(ref=ref, pk__in=people_to_add(sight).values("person")).first()
    if person is None:
        raise NotHere
    return person


def access_family_to_tell_of(ref: str, *, by: Practitioner, now: datetime) -> tuple[Family, Sighted, Run]:
    """A family in a partner's sight, with the newest transfer in which they have a part: what they write goes on it.

    Raises NotHere, also for the council's people, who write it down themselves.
    """
    family, sight = access_family_to_read(ref, by=by, now=now)
    run = None if sight.is_of_council else find_run_to_tell_on(family, sight)
    if run is None:
        raise NotHere
    return family, sight, run


def find_run_to_tell_on(family: Family, sight: Sighted) -> Run | None:
    """The newest transfer of a family in which somebody has a part; None where there is none."""
    return family.runs.filter(pk__in=runs_of_their_own(sight).values("pk")).order_by("-started_at", "-pk").first()


def _words_of_holders(family: Family, sight: Sighted) -> set[str]:
    children = family.memberships.filter(role=FamilyMember.Role.CHILD, during__contains=sight.now).values("person")
    who: Collection[int] = {sight.by.pk, *sight.manages}
    held = Allocation.objects.filter(
        involvement__child__in=children, practitioner__in=who, during__contains=sight.now
    ).values_list("practitioner", flat=True)
    return {"responsible-worker" if one == sight.by.pk else "responsible-manager" for one in held}
