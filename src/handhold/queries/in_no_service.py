"""Children of a household for whom nothing is open, while something is for a brother or sister."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef

from handhold.queries.members import ChildLine
from handhold.queries.naming import first_name, listed
from handhold.records.models import Allocation, FamilyMember


def find_in_no_service(family_ids: Collection[int], now: datetime) -> dict[int, str]:
    """By family: the names of the children of the household for whom nobody answers. One statement."""
    held = Allocation.objects.filter(involvement__child=OuterRef("person"), during__contains=now)
    rows = FamilyMember.objects.filter(
        ~Exists(held),
        family__in=family_ids,
        role=FamilyMember.Role.CHILD,
        in_household=True,
        during__contains=now,
        person__died_date__isnull=True,
        person__is_joined=False,
    ).select_related("person")
    names: dict[int, list[str]] = {}
    for row in rows.order_by("person__birth_date", "person_id"):
        names.setdefault(row.family_id, []).append(first_name(row.person))
    return {family: listed(some) for family, some in names.items()}


def others_with_work(children: Iterable[ChildLine]) -> str:
    """The names of those of a family's children for whom something is open; empty for none. Without a statement."""
    return listed(one.name.split(" ")[0] for one in children if one.accountable)
