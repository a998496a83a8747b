"""The children whom a person answers for, or whose worker they manage: with family, since when, and when last seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from handhold.access.families import Sighted
from handhold.casefiles.protocols import calendar_of
from handhold.protocol.deadlines import period_of
from handhold.protocol.deciding import EARLY_HELP
from handhold.queries.naming import age_words, first_name, listed, person_name, practitioner_name
from handhold.records.models import Allocation, Assessment, Family, FamilyMember, Practitioner, RunChild, VisitChild


@dataclass(frozen=True)
class Held:
    """One involvement of one child that somebody is accountable for."""

    practitioner: Practitioner
    involvement_ref: str
    child_ref: str
    child_name: str
    first_name: str
    age: str
    birth_date: date | None
    kind: str
    since: datetime
    family_id: int | None
    family_ref: str
    family_name: str
    seen_at: datetime | None
    can_be_seen: bool
    """Whether the child is born and alive."""
    recommendation: str
    """Of the child's newest assessment."""
    authorised_at: datetime | None
    is_moving: bool
    """Whether an open transfer carries the child."""
    held_since: datetime
    """Since when this practitioner answers for it."""
    pathways_begun: frozenset[str]
    """Those of every transfer that ever carried the child."""


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
class ReadyToBegin:
    """A family whose assessment recommends early help, and whom no transfer carries yet: the pathway to begin."""

    family_ref: str
    family: str
    children: str
    pathway: str
    title: str
    authorised_at: datetime | None


@dataclass(frozen=True)
class NotSeen:
    """A child whom nobody has seen for longer than the procedure allows."""

    ref: str
    name: str
    family: str
    seen_at: datetime | None
    since: datetime
    """Since when the child has been held, for one who was never seen."""


def families_answered_for(sight: Sighted) -> QuerySet[Family]:
    """The families with children for whom the person, or somebody whom they manage, answers now."""
    return Family.objects.filter(pk__in=_answered_for(sight).values("family_id"))


def _answered_for(sight: Sighted) -> QuerySet[Any]:
    """What they answer for, each with the id of the child's family (`family_id`): the first, of a child of several."""
    membership = FamilyMember.objects.filter(
        person=OuterRef("involvement__child"), role=FamilyMember.Role.CHILD, during__contains=sight.now
    ).order_by("id")
    held = Allocation.objects.filter(practitioner__in={sight.by.pk, *sight.manages}, during__contains=sight.now)
    return held.annotate(family_id=Subquery(membership.values("family")[:1]))


def find_held(sight: Sighted, *, families: Iterable[int] | None = None) -> list[Held]:
    """What the person and those they manage are accountable for now, by family and child; of some families, or of all.

    One statement.
    """
    membership = FamilyMember.objects.filter(
        person=OuterRef("involvement__child"), role=FamilyMember.Role.CHILD, during__contains=sight.now
    ).order_by("id")
    visits = VisitChild.objects.filter(
        child=OuterRef("involvement__child"), seen=True, visit__step_record__corrected_by__isnull=True
    ).order_by("-visit__visited_at")
    assessments = Assessment.objects.filter(assessment_children__child=OuterRef("involvement__child")).order_by(
        "-started_date", "-id"
    )
    moving = RunChild.objects.filter(
        child=OuterRef("involvement__child"), ended_at__isnull=True, run__ended_at__isnull=True
    )
    begun = RunChild.objects.filter(child=OuterRef("involvement__child"))
    held = _answered_for(sight)
    allocations = (
        (held if families is None else held.filter(family_id__in=set(families)))
        .select_related("practitioner", "involvement__child")
        .annotate(
            family_ref=Subquery(membership.values("family__ref")[:1]),
            family_name=Subquery(membership.values("family__name")[:1]),
            seen_at=Subquery(visits.values("visit__visited_at")[:1]),
            recommendation=Subquery(assessments.values("recommendation")[:1]),
            authorised_at=Subquery(assessments.values("authorised_at")[:1]),
            is_moving=Exists(moving),
            pathways_begun=ArraySubquery(begun.values("run__pathway")),
        )
        .order_by("family_name", "family_ref", "involvement__child_id", "id")
    )
    today = calendar_of(sight.protocol).local_date(sight.now)
    return [_held(row, today) for row in allocations]


def _held(row: Allocation, today: date) -> Held:
    child = row.involvement.child
    return Held(
        practitioner=row.practitioner,
        involvement_ref=row.involvement.ref,
        child_ref=child.ref,
        child_name=person_name(child),
        first_name=first_name(child),
        age=age_words(child, today),
        birth_date=child.birth_date,
        kind=row.involvement.kind,
        since=row.involvement.open_during.lower,
        family_id=row.family_id,  # type: ignore[attr-defined]
        family_ref=row.family_ref or "",  # type: ignore[attr-defined]
        family_name=row.family_name or child.family_name,  # type: ignore[attr-defined]
        seen_at=row.seen_at,  # type: ignore[attr-defined]
        can_be_seen=child.birth_date is not None and child.died_date is None,
        recommendation=row.recommendation or "",  # type: ignore[attr-defined]
        authorised_at=row.authorised_at,  # type: ignore[attr-defined]
        is_moving=bool(row.is_moving),  # type: ignore[attr-defined]
        held_since=row.during.lower,
        pathways_begun=frozenset(row.pathways_begun),  # type: ignore[attr-defined]
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


def ready_to_begin(held: Iterable[Held], sight: Sighted) -> list[ReadyToBegin]:
    """The person's own families whose assessment recommends early help while nothing moves yet, longest first."""
    found: dict[tuple[str, str], list[Held]] = {}
    for one in held:
        if one.practitioner.pk == sight.by.pk and one.recommendation in EARLY_HELP and not one.is_moving:
            for name, pathway in sight.protocol.pathways.items():
                if pathway.file.begins and pathway.origin == one.kind and pathway.file.direction == "down":
                    found.setdefault((one.family_ref, name), []).append(one)
    rows = [_ready(same, name, sight) for (_, name), same in found.items()]
    return sorted(
        rows, key=lambda row: (row.authorised_at is None, row.authorised_at and row.authorised_at.timestamp())
    )


def _ready(same: list[Held], name: str, sight: Sighted) -> ReadyToBegin:
    first = same[0]
    return ReadyToBegin(
        family_ref=first.family_ref,
        family=f"{first.family_name} family",
        children=listed(dict.fromkeys(one.first_name for one in same)),
        pathway=name,
        title=sight.protocol.pathways[name].file.title,
        authorised_at=first.authorised_at,
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
        if one.practitioner.pk == sight.by.pk
        and one.can_be_seen
        and sight.now > calendar.due_at(one.seen_at or one.since, period)
    }
    return sorted(found.values(), key=lambda one: one.seen_at or one.since)
