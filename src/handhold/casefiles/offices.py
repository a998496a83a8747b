"""Who holds which role now, read once for many people: enough to say who stands in for whom. No rule of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery

from handhold.records.models import PostHolding, Practitioner, RoleHolding, RotaSlot
from handhold.working_days import council_date

NOBODY = Q(pk__isnull=True)


class NobodyHoldsThisRole(Exception):
    """A role that the procedure names is held by nobody, and there is no post of last resort either."""

    def __init__(self, role: str) -> None:
        super().__init__(f"Nobody holds the role {role!r}, and no post of last resort is held.")
        self.role = role


@dataclass(frozen=True)
class Offices:
    """Some practitioners, everybody who holds a role that stands in for others, and the posts of last resort."""

    people: tuple[Practitioner, ...]
    """In the order of their ids."""
    roles: Mapping[int, tuple[str, ...]]
    """By practitioner id, in the order of their names."""
    last_resorts: Mapping[int, Practitioner]
    """By council: the holder of the post that the database never lets fall vacant."""
    also: tuple[Practitioner, ...] = ()
    """Those of the people who were asked for by a condition."""
    on_duty: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """By practitioner id, the rotas on which it is their turn now: a turn on a rota is its role while it lasts."""
    gone: frozenset[int] = frozenset()
    """Ids of those who have left: a role that nobody ended for them makes them nobody's stand-in."""

    def stand_in_of(self, practitioner: Practitioner, stand_ins: Mapping[str, str]) -> Practitioner:
        """Whom the procedure names to take over from somebody; the post of last resort where nobody else is there.

        Raises NobodyHoldsThisRole where that post is vacant too.
        """
        names = [stand_ins[role] for role in self.roles.get(practitioner.pk, ()) if role in stand_ins]
        found = next((one for one in (self.holder_near(role, practitioner) for role in names) if one), None)
        found = found or self.last_resorts.get(practitioner.agency.authority_id)
        if found is None:
            raise NobodyHoldsThisRole("last-resort")
        return found

    def office_of(self, role: str, near: Practitioner) -> Practitioner:
        """Who takes on by a role for somebody: themself where they hold it, then who is nearest, then the last resort.

        Raises NobodyHoldsThisRole where that post is vacant too.
        """
        holds_it = role in self.roles.get(near.pk, ())
        found = near if holds_it else self.holder_near(role, near)
        found = found or self.last_resorts.get(near.agency.authority_id)
        if found is None:
            raise NobodyHoldsThisRole(role)
        return found

    def holder_near(self, role: str, near: Practitioner) -> Practitioner | None:
        """Who holds a role: whoever's turn it is, then of the same team, then of the council. Never `near` themself."""
        council = near.agency.authority_id
        others = [
            one
            for one in self.people
            if role in self.roles[one.pk] and one.agency.authority_id == council and one.pk not in {near.pk, *self.gone}
        ]
        on_duty = [one for one in others if role in self.on_duty.get(one.pk, ())]
        of_team = [one for one in others if near.team_id and one.team_id == near.team_id]
        return next(iter(on_duty or of_team or others), None)


def load_offices(
    practitioners: Iterable[Practitioner], stand_in_roles: Iterable[str], now: datetime, *, also: Q | None = None
) -> Offices:
    """What is needed to say who stands in for these practitioners, and for those of a condition. One statement for all.

    The practitioners need their agency loaded.
    """
    asked, roles = list(practitioners), set(stand_in_roles)
    held = RoleHolding.objects.filter(practitioner=OuterRef("pk"), during__contains=now)
    on_duty = RotaSlot.objects.filter(practitioner=OuterRef("pk"), during__contains=now)
    posts = PostHolding.objects.filter(
        practitioner=OuterRef("pk"), post__must_be_held_during__isnull=False, during__contains=now
    )
    by_role = Exists(held.filter(role__in=roles)) | Exists(on_duty.filter(rota__code__in=roles))
    wanted = Q(pk__in={one.pk for one in asked}) | Q(by_role) | Exists(posts)
    rows = (
        Practitioner.objects.filter(agency__authority__in={one.agency.authority_id for one in asked})
        .filter(wanted | also if also else wanted)
        .select_related("agency", "team")
        .annotate(
            is_also=ExpressionWrapper(also or NOBODY, output_field=BooleanField()),
            held_roles=ArraySubquery(held.order_by("role").values("role")),
            duties=ArraySubquery(on_duty.order_by("rota__code").values("rota__code")),
            last_resort_post=Subquery(posts.order_by("post_id").values("post_id")[:1]),
        )
        .order_by("pk")
    )
    return _offices(list(rows), now)


def _offices(rows: list[Practitioner], now: datetime) -> Offices:
    last_resorts: dict[int, tuple[int, Practitioner]] = {}
    for row in rows:
        post: int | None = row.last_resort_post  # type: ignore[attr-defined]
        council = row.agency.authority_id
        if post is not None and (council not in last_resorts or post < last_resorts[council][0]):
            last_resorts[council] = (post, row)
    return Offices(
        people=tuple(rows),
        roles={row.pk: tuple(dict.fromkeys((*row.duties, *row.held_roles))) for row in rows},  # type: ignore[attr-defined]
        on_duty={row.pk: frozenset(row.duties) for row in rows if row.duties},  # type: ignore[attr-defined]
        last_resorts={council: row for council, (_, row) in last_resorts.items()},
        also=tuple(row for row in rows if row.is_also),  # type: ignore[attr-defined]
        gone=frozenset(row.pk for row in rows if row.left_date and row.left_date <= council_date(now)),
    )
