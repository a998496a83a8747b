"""The children whom a person answers for, or whose worker they manage: with family, since when, and when last seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from handhold.access.families import Sighted
from handhold.casefiles.protocols import calendar_of
from handhold.protocol.deadlines import period_of
from handhold.queries.naming import age_words, first_name, listed, person_name, practitioner_name
from handhold.records.models import Allocation, FamilyMember, Practitioner, VisitChild


@dataclass(frozen=True)
class Held:
    """One involvement of one child that somebody is accountable for."""

    practitioner: Practitioner
    child_ref: str
    child_name: str
    first_name: str
    age: str
    kind: str
    since: datetime
    family_ref: str
    family_name: str
    seen_at: datetime | None


@dataclass(frozen=True)
class HeldFamily:
    """A family with children whom somebody answers for: who of them, under what, and who answers."""

    ref: str
    name: str
    children: str
    involvements: str
    responsible: str
    is_own: bool


@dataclass(frozen=True)
class NotSeen:
    """A child whom nobody has seen for longer than the procedure allows."""

    ref: str
    name: str
    family: str
    seen_at: datetime | None
    since: datetime
    """Since when the child has been held, for one who was never seen."""


def find_held(sight: Sighted) -> list[Held]:
    """What the person and those they manage are accountable for now, by family and child. One statement."""
    membership = FamilyMember.objects.filter(
        person=OuterRef("involvement__child"), role=FamilyMember.Role.CHILD, during__contains=sight.now
    ).order_by("id")
    visits = VisitChild.objects.filter(child=OuterRef("involvement__child"), seen=True).order_by("-visit__visited_at")
    allocations = (
        Allocation.objects.filter(practitioner__in={sight.by.pk, *sight.manages}, during__contains=sight.now)
        .select_related("practitioner", "involvement__child")
        .annotate(
            family_ref=Subquery(membership.values("family__ref")[:1]),
            family_name=Subquery(membership.values("family__name")[:1]),
            seen_at=Subquery(visits.values("visit__visited_at")[:1]),
        )
        .order_by("family_name", "family_ref", "involvement__child_id", "id")
    )
    today = calendar_of(sight.protocol).local_date(sight.now)
    return [_held(row, today) for row in allocations]


def _held(row: Allocation, today: date) -> Held:
    child = row.involvement.child
    return Held(
        practitioner=row.practitioner,
        child_ref=child.ref,
        child_name=person_name(child),
        first_name=first_name(child),
        age=age_words(child, today),
        kind=row.involvement.kind,
        since=row.involvement.open_during.lower,
        family_ref=row.family_ref or "",  # type: ignore[attr-defined]
        family_name=row.family_name or child.family_name,  # type: ignore[attr-defined]
        seen_at=row.seen_at,  # type: ignore[attr-defined]
    )


def families_held(held: Iterable[Held], sight: Sighted) -> list[HeldFamily]:
    """The families of those children, in the order of their names."""
    of_family: dict[str, list[Held]] = {}
    for one in held:
        if one.family_ref:
            of_family.setdefault(one.family_ref, []).append(one)
    return [_family(rows, sight) for rows in of_family.values()]


def _family(rows: list[Held], sight: Sighted) -> HeldFamily:
    children = {row.child_ref: f"{row.first_name} ({row.age})" if row.age else row.first_name for row in rows}
    called = dict.fromkeys(str(sight.protocol.file.involvements.get(row.kind, row.kind)) for row in rows)  # type: ignore[call-overload]
    people = {row.practitioner.pk: row.practitioner for row in rows}
    names = ["you" if pk == sight.by.pk else practitioner_name(one) for pk, one in people.items()]
    return HeldFamily(
        ref=rows[0].family_ref,
        name=f"{rows[0].family_name} family",
        children=", ".join(children.values()),
        involvements=", ".join(called),
        responsible=listed(names),
        is_own=sight.by.pk in people,
    )


def not_seen_for_too_long(held: Iterable[Held], sight: Sighted) -> list[NotSeen]:
    """The children whom the person themself answers for and nobody has seen for too long (Y3), longest first.

    A child who was never seen counts from when they were taken on. Empty where the procedure sets no such limit.
    """
    setting = sight.protocol.file.not_seen_after
    if setting is None:
        return []
    calendar, period = calendar_of(sight.protocol), period_of(sight.protocol, setting)
    found = {
        one.child_ref: NotSeen(one.child_ref, one.child_name, f"{one.family_name} family", one.seen_at, one.since)
        for one in held
        if one.practitioner.pk == sight.by.pk and sight.now > calendar.due_at(one.seen_at or one.since, period)
    }
    return sorted(found.values(), key=lambda one: one.seen_at or one.since)
