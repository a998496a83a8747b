"""Which children of a family are held alike: by one worker, under one involvement, so that one transfer can carry them.

And where each child is now: in which transfer, open to whom and in none, or open to nobody (ADR 0019).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject

from handhold.access.beginnings import begins_for, may_begin
from handhold.protocol.pathways import Protocol
from handhold.queries.involved import involvement_name
from handhold.queries.naming import age_words, first_name, listed
from handhold.records.models import Allocation, Family, FamilyMember, MainContact, Practitioner, RunChild


@dataclass(frozen=True, slots=True)
class Holding:
    """One person answers for one involvement of a child."""

    kind: str
    involvement: str
    holder_id: int
    holder_ref: str
    holder: str
    team_id: int | None
    is_main_contact: bool


@dataclass(frozen=True, slots=True)
class ChildPlace:
    """A living child of a family: the transfers that carry them now, and who answers for what."""

    id: int
    ref: str
    name: str
    age: str
    born: date | None
    member_since: datetime
    in_household: bool
    transfers: tuple[tuple[str, str], ...]
    """Reference and title of each that has not ended for them."""
    held: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class Beginner:
    """Whoever looks and might begin: their roles and relations, whom they stand in for by office."""

    by: Practitioner
    words: frozenset[str]
    protocol: Protocol
    manages: Collection[int] = frozenset()


@dataclass(frozen=True, slots=True)
class HeldAlike:
    """Children of one worker under one involvement, and by which pathway whoever looks could begin for them."""

    children: tuple[ChildPlace, ...]
    involvement: str
    holder: str
    holder_ref: str
    pathway: str
    """Empty where whoever looks cannot begin one for them."""

    @property
    def names(self) -> str:
        """`Ada and Obi`"""
        return listed([one.name for one in self.children])

    @property
    def refs(self) -> tuple[str, ...]:
        """The references of the children."""
        return tuple(one.ref for one in self.children)


def find_places(family: Family, protocol: Protocol, now: datetime, today: date) -> list[ChildPlace]:
    """The living children of a family, eldest first, but for records that stand for another. One statement."""
    moving = RunChild.objects.filter(
        child=OuterRef("person"), ended_at__isnull=True, run__ended_at__isnull=True
    ).order_by("run_id")
    contact = MainContact.objects.filter(
        involvement=OuterRef("involvement"), practitioner=OuterRef("practitioner"), during__contains=now
    )
    held = (
        Allocation.objects.filter(involvement__child=OuterRef("person"), during__contains=now)
        .alias(is_main_contact=Exists(contact))
        .order_by("involvement_id")
    )
    rows = family.memberships.filter(
        role=FamilyMember.Role.CHILD, during__contains=now, person__died_date__isnull=True, person__is_joined=False
    ).annotate(
        moving=ArraySubquery(moving.values(json=JSONObject(ref="run__ref", pathway="run__pathway"))),
        held=ArraySubquery(held.values(json=JSONObject(**HELD))),
    )
    members = rows.select_related("person").order_by("person__birth_date", "person_id")
    return [_place(one, protocol, today) for one in members]


HELD = {
    "kind": "involvement__kind",
    "holder": "practitioner_id",
    "ref": "practitioner__ref",
    "team": "practitioner__team_id",
    "given": "practitioner__given_name",
    "family": "practitioner__family_name",
    "is_main_contact": "is_main_contact",
}


def _place(member: FamilyMember, protocol: Protocol, today: date) -> ChildPlace:
    child = member.person
    runs: list[dict[str, str]] = member.moving  # type: ignore[attr-defined]
    held: list[dict[str, Any]] = member.held  # type: ignore[attr-defined]
    return ChildPlace(
        id=child.pk,
        ref=child.ref,
        name=first_name(child),
        age=age_words(child, today),
        born=child.birth_date,
        member_since=member.during.lower,
        in_household=member.in_household,
        transfers=tuple((one["ref"], _title(protocol, one["pathway"])) for one in runs),
        held=tuple(_holding(one, protocol) for one in held),
    )


def _holding(one: dict[str, Any], protocol: Protocol) -> Holding:
    return Holding(
        kind=one["kind"],
        involvement=involvement_name(one["kind"], protocol),
        holder_id=one["holder"],
        holder_ref=one["ref"],
        holder=f"{one['given']} {one['family']}".strip(),
        team_id=one["team"],
        is_main_contact=one["is_main_contact"],
    )


def group_alike(
    places: Sequence[ChildPlace], who: Beginner, *, direction: str = "down", origin: str = ""
) -> list[HeldAlike]:
    """The children who are open to somebody, by worker and involvement; each once.

    A child of two involvements counts by `origin`, where they have it, else by that of their main contact.
    """
    groups: dict[tuple[int, str], list[tuple[ChildPlace, Holding]]] = {}
    for place in places:
        if place.held:
            own = _weightiest(place.held, origin)
            groups.setdefault((own.holder_id, own.kind), []).append((place, own))
    return [_group(rows, who, direction) for rows in groups.values()]


def _group(rows: list[tuple[ChildPlace, Holding]], who: Beginner, direction: str) -> HeldAlike:
    own = rows[0][1]
    return HeldAlike(
        children=tuple(place for place, _ in rows),
        involvement=own.involvement,
        holder=own.holder,
        holder_ref=own.holder_ref,
        pathway=_pathway_for(own, who, direction),
    )


def _weightiest(held: Sequence[Holding], origin: str) -> Holding:
    return min(held, key=lambda one: (one.kind != origin, not one.is_main_contact))


def _pathway_for(own: Holding, who: Beginner, direction: str) -> str:
    """The pathway in this direction that comes from somebody's involvement, where whoever looks may begin it."""
    for name, rule in who.protocol.pathways.items():
        begins = rule.file.begins
        if begins is None or rule.opens_its_origin or rule.origin != own.kind or rule.file.direction != direction:
            continue
        theirs = own.holder_id in who.manages or begins_for(
            rule, who.by, who.words, holder_id=own.holder_id, team_id=own.team_id
        )
        if may_begin(rule, who.words) and theirs:
            return name
    return ""


def _title(protocol: Protocol, pathway: str) -> str:
    rule = protocol.pathways.get(pathway)
    return rule.file.title if rule else pathway.replace("-", " ").capitalize()
