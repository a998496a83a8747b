"""Who could take a family on: practitioners of a role, with how much they hold already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from handhold.queries.naming import practitioner_name
from handhold.records.models import Absence, AgencyClosure, Practitioner, RoleHolding
from handhold.working_days import council_date


@dataclass(frozen=True, slots=True)
class Candidate:
    """A practitioner with their caseload: children whom they answer for, families of those, transfers coming."""

    ref: str
    name: str
    team: str
    children: int
    families: int
    coming: int
    is_away: bool

    @property
    def words(self) -> str:
        """`Jo Reid, Targeted support: 3 families (7 children), 1 more coming`"""
        held = f"{_count(self.families, 'family', 'families')} ({_count(self.children, 'child', 'children')})"
        coming = f", {self.coming} more coming" if self.coming else ""
        away = ", away now" if self.is_away else ""
        return f"{self.name}{', ' if self.team else ''}{self.team}: {held}{coming}{away}"


def find_candidates(authority_id: int, roles: Iterable[str], now: datetime) -> tuple[Candidate, ...]:
    """The practitioners of a council who hold one of these roles now, those with least to do first: one statement."""
    holds = RoleHolding.objects.filter(practitioner=OuterRef("pk"), role__in=set(roles), during__contains=now)
    is_absent = Absence.objects.filter(practitioner=OuterRef("pk"), during__contains=now)
    is_closed = AgencyClosure.objects.filter(agency=OuterRef("agency"), during__contains=now)
    held = Q(allocations__during__contains=now, allocations__involvement__open_during__contains=now)
    rows = (
        Practitioner.objects.filter(Exists(holds), agency__authority=authority_id)
        .filter(Q(left_date__isnull=True) | Q(left_date__gt=council_date(now)))
        .select_related("team")
        .annotate(
            children=Count("allocations__involvement__child", filter=held, distinct=True),
            families=Count(
                "allocations__involvement__child__memberships__family",
                filter=held & Q(allocations__involvement__child__memberships__during__contains=now),
                distinct=True,
            ),
            coming=Count(
                "runs_received",
                filter=Q(runs_received__ended_at__isnull=True, runs_received__receiver_state="accepted"),
                distinct=True,
            ),
            is_away=Exists(is_absent) | Exists(is_closed),
        )
        .order_by("is_away", "children", "family_name", "pk")
    )
    return tuple(
        Candidate(
            ref=row.ref,
            name=practitioner_name(row),
            team=row.team.name if row.team else "",
            children=row.children,
            families=row.families,
            coming=row.coming,
            is_away=row.is_away,
        )
        for row in rows
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
