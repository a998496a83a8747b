"""Who works with some children now: who is accountable for each involvement, who is main contact, who else is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from handhold.protocol.pathways import Protocol
from handhold.queries.naming import first_name, listed, practitioner_name
from handhold.records.models import Allocation, MainContact, Person, ProfessionalRelationship


@dataclass(frozen=True)
class Accountable:
    """One person answers for one involvement of one child, since when."""

    child_id: int
    practitioner_id: int
    practitioner_ref: str
    team_id: int | None
    involvement: str
    kind: str
    name: str
    job: str
    agency: str
    phone: str
    email: str
    since: datetime
    is_main_contact: bool


@dataclass(frozen=True)
class Professional:
    """Somebody else who works with children of a family, and how to reach them (Y27)."""

    name: str
    role: str
    agency: str
    contact: str
    email: str
    since: datetime
    is_lead: bool
    children: str


def find_accountable_for(child_ids: Iterable[int], protocol: Protocol, now: datetime) -> list[Accountable]:
    """Who answers for each open involvement of these children now, by child and involvement. One statement."""
    rows = find_allocations(child_ids, now).filter(during__contains=now)
    return [as_accountable(row, protocol) for row in rows]


def find_allocations(child_ids: Iterable[int], now: datetime) -> QuerySet[Allocation]:
    """Every allocation that these children had, by child and involvement; each knows whether it is main contact now."""
    is_contact = MainContact.objects.filter(
        involvement=OuterRef("involvement"), practitioner=OuterRef("practitioner"), during__contains=now
    )
    return (
        Allocation.objects.filter(involvement__child__in=list(child_ids))
        .select_related("involvement__agency", "practitioner__agency")
        .annotate(is_main_contact=Exists(is_contact))
        .order_by("involvement__child_id", "involvement_id", "during")
    )


def as_accountable(row: Allocation, protocol: Protocol) -> Accountable:
    """One of `find_allocations`, for a page."""
    who, kind = row.practitioner, row.involvement.kind
    return Accountable(
        child_id=row.involvement.child_id,
        practitioner_id=who.pk,
        practitioner_ref=who.ref,
        team_id=who.team_id,
        involvement=involvement_name(kind, protocol),
        kind=kind,
        name=practitioner_name(who),
        job=who.job_title,
        agency=who.agency.name,
        phone=who.phone or who.agency.phone,
        email=who.email,
        since=row.during.lower,
        is_main_contact=bool(row.is_main_contact),  # type: ignore[attr-defined]
    )


def involvement_name(kind: str, protocol: Protocol) -> str:
    """What the council calls a kind of involvement."""
    return {str(known): called for known, called in protocol.file.involvements.items()}.get(kind, kind)


def find_professionals(children: Iterable[Person], now: datetime) -> list[Professional]:
    """The professional relationships of these children now, each person and role once, leads first. One statement."""
    by_id = {child.pk: child for child in children}
    rows = (
        ProfessionalRelationship.objects.filter(child__in=by_id, during__contains=now)
        .select_related("practitioner__agency")
        .order_by("-is_lead", "practitioner__family_name", "practitioner_id", "child_id")
    )
    once: dict[tuple[int, str, bool], list[ProfessionalRelationship]] = {}
    for row in rows:
        once.setdefault((row.practitioner_id, row.role, row.is_lead), []).append(row)
    return [_professional(same, by_id) for same in once.values()]


def _professional(same: list[ProfessionalRelationship], children: dict[int, Person]) -> Professional:
    row, who = same[0], same[0].practitioner
    return Professional(
        name=practitioner_name(who),
        role=row.role,
        agency=who.agency.name,
        contact=row.contact or who.phone or who.agency.phone,
        email=who.email,
        since=min(one.during.lower for one in same),
        is_lead=row.is_lead,
        children=listed(first_name(children[one.child_id]) for one in same),
    )
