"""The families for whose children somebody, or whom they manage, answers; with what waits first in their transfers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import DateTimeField, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from handhold.access.families import Sighted
from handhold.access.worklists import transfers_in_sight
from handhold.casefiles.protocols import calendar_of
from handhold.queries.all_work import transfer_rows
from handhold.queries.gone_up import with_what_has_gone_up
from handhold.queries.held import HeldFamily, families_answered_for, families_held, find_held
from handhold.queries.in_no_service import find_in_no_service
from handhold.queries.narrowing import Narrowing, due_so
from handhold.queries.waiting import Waiting, in_order_of
from handhold.records.models import Allocation, Family, FamilyMember, Run
from handhold.working_days import DueWords


@dataclass(frozen=True)
class FamilyRow:
    """A family in the list, and what waits first in one of its transfers (None where none is on its way)."""

    held: HeldFamily
    first: Waiting | None
    in_no_service: str
    """The children of the household for whom nothing is open, by name; empty where there are none."""
    can_move: bool
    """Whether this person manages those who answer for it, and so can reallocate it."""

    @property
    def due(self) -> DueWords:
        """By when it is due."""
        return self.first.due if self.first else DueWords("none", "No date")


def find_families(sight: Sighted, asked: Narrowing) -> QuerySet[Family]:
    """What was asked for, in its order; nothing is loaded yet."""
    runs = transfers_in_sight(sight).order_by().filter(family=OuterRef("pk"))
    due = runs.values("family").annotate(due=Min("clock__next_due_at")).values("due")
    families = families_answered_for(sight).annotate(
        next_due_at=Subquery(due, output_field=DateTimeField()),
        began_at=Subquery(runs.order_by("started_at").values("started_at")[:1]),
    )
    return _in_order(families.filter(_asked(asked, runs, sight)), asked)


def family_rows(families: Iterable[Family], sight: Sighted) -> list[FamilyRow]:
    """A row for each, in their order. As many statements for 25 as for one."""
    found = list(families)
    ids = {one.pk for one in found}
    held = find_held(sight, families=ids) if ids else []
    lines = {one.ref: one for one in families_held(held, sight)}
    runs = with_what_has_gone_up(transfers_in_sight(sight).filter(family__in=ids)) if ids else Run.objects.none()
    first = _first_of_each(list(runs), sight)
    managed = {one.family_ref for one in held} if sight.manages else set()
    alone = find_in_no_service(ids, sight.now) if ids else {}
    return [
        FamilyRow(lines[one.ref], first.get(one.pk), alone.get(one.pk, ""), one.ref in managed)
        for one in found
        if one.ref in lines
    ]


def _first_of_each(runs: list[Run], sight: Sighted) -> dict[int, Waiting]:
    rows = transfer_rows(runs, sight)
    of_family: dict[int, list[Waiting]] = {}
    for run, row in zip(runs, rows, strict=True):
        of_family.setdefault(run.family_id, []).append(row)
    return {family: in_order_of(some)[0] for family, some in of_family.items()}


def _asked(asked: Narrowing, runs: QuerySet[Run], sight: Sighted) -> Q:
    found = Q(name__icontains=asked.family) if asked.family else Q()
    if asked.pathway:
        found &= Q(Exists(runs.filter(pathway=asked.pathway)))
    if asked.person or asked.team:
        found &= Q(Exists(_held_by(asked, sight)))
    return found & due_so("next_due_at", asked, calendar_of(sight.protocol), sight.now)


def _held_by(asked: Narrowing, sight: Sighted) -> QuerySet[Any]:
    """Members of the outer family for whom the person, or somebody of the team, answers that was asked for."""
    held = Allocation.objects.filter(practitioner__in={sight.by.pk, *sight.manages}, during__contains=sight.now)
    held = held.filter(practitioner__ref=asked.person) if asked.person else held
    held = held.filter(practitioner__team__code=asked.team) if asked.team else held
    members = FamilyMember.objects.filter(family=OuterRef("pk"), during__contains=sight.now)
    return members.filter(person__in=held.values("involvement__child"))


def _in_order(families: QuerySet[Family], asked: Narrowing) -> QuerySet[Family]:
    due, name = F("next_due_at").asc(nulls_last=True), Lower("name")
    began = F("began_at").asc(nulls_last=True)
    order: dict[str, tuple[Any, ...]] = {"family": (name,), "longest": (began, name)}
    return families.order_by(*order.get(asked.sort, (due, name)), "pk")
