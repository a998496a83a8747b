"""Who holds which role now, read once for many people: enough to say who stands in for whom. No rule of a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from handhold.records.models import PostHolding, Practitioner, RoleHolding


class NobodyHoldsThisRole(Exception):
    """A role that the procedure names is held by nobody, and there is no post of last resort either."""

    def __init__(self, role: str) -> None:
        super().__init__(f"Nobody holds the role {role!r}, and no post of last resort is held.")
        self.role = role


@dataclass
class Offices:
    """The roles of some practitioners, and everybody who holds a role that stands in for others, at `now`."""

    now: datetime
    roles: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Roles by practitioner id."""
    holders: dict[str, list[Practitioner]] = field(default_factory=lambda: defaultdict(list))
    """Holders by role, in the order of their ids."""
    _last_resorts: dict[int, Practitioner] = field(default_factory=dict)

    def stand_in_of(self, practitioner: Practitioner, stand_ins: Mapping[str, str]) -> Practitioner:
        """Whom the procedure names to take over from somebody; the post of last resort where nobody else is there.

        Raises NobodyHoldsThisRole where that post is vacant too.
        """
        names = [stand_ins[role] for role in sorted(self.roles.get(practitioner.pk, ())) if role in stand_ins]
        found = (self.holder_near(role, practitioner) for role in names)
        return next((one for one in found if one is not None), None) or self.last_resort_of(practitioner)

    def holder_near(self, role: str, near: Practitioner) -> Practitioner | None:
        """Who holds a role: of the same team first, then anybody of the authority. Never `near` themself."""
        council = near.agency.authority_id
        others = [one for one in self.holders.get(role, ()) if one.pk != near.pk and one.agency.authority_id == council]
        of_team = [one for one in others if near.team_id and one.team_id == near.team_id]
        return next(iter(of_team or others), None)

    def last_resort_of(self, practitioner: Practitioner) -> Practitioner:
        """The holder of the post that the database never lets fall vacant, in this person's council."""
        authority = practitioner.agency.authority_id
        if authority not in self._last_resorts:
            self._last_resorts[authority] = find_last_resort(authority, self.now)
        return self._last_resorts[authority]


def load_offices(practitioners: Iterable[Practitioner], stand_in_roles: Iterable[str], now: datetime) -> Offices:
    """One statement, however many practitioners; a second, later, only if the post of last resort is asked for.

    The practitioners need their agency loaded.
    """
    asked = list(practitioners)
    targets = Q(
        role__in=set(stand_in_roles), practitioner__agency__authority__in={one.agency.authority_id for one in asked}
    )
    holdings = (
        RoleHolding.objects.filter(Q(practitioner__in={one.pk for one in asked}) | targets, during__contains=now)
        .select_related("practitioner__agency", "practitioner__team")
        .order_by("practitioner_id", "id")
    )
    offices = Offices(now)
    for holding in holdings:
        offices.roles[holding.practitioner_id].add(holding.role)
        if holding.practitioner not in offices.holders[holding.role]:
            offices.holders[holding.role].append(holding.practitioner)
    return offices


def find_last_resort(authority_id: int, now: datetime) -> Practitioner:
    """The holder of the post that the database never lets fall vacant. Raises NobodyHoldsThisRole."""
    holding = (
        PostHolding.objects.filter(
            post__authority=authority_id, post__must_be_held_during__isnull=False, during__contains=now
        )
        .select_related("practitioner__agency", "practitioner__team")
        .order_by("post_id")
        .first()
    )
    if holding is None:
        raise NobodyHoldsThisRole("last-resort")
    return holding.practitioner
