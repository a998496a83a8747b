"""The people for whom somebody stands in by office, and how much each of them holds: a manager's own list."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from handhold.access.families import Sighted
from handhold.queries.absences import Away, find_away_people, is_long
from handhold.queries.naming import practitioner_name
from handhold.queries.whose_move import reachable
from handhold.records.models import Practitioner


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One of them: what they hold, and whether they are away or have left."""

    ref: str
    name: str
    job: str
    works_for: str
    children: int
    away: str
    is_away_long: bool
    has_left: bool
    is_self: bool


def find_people(sight: Sighted) -> list[PersonRow]:
    """Those who are managed and still hold or work, by name, the person themself first. Two statements."""
    now = sight.now
    held = Q(allocations__during__contains=now)
    rows = list(
        Practitioner.objects.filter(pk__in={sight.by.pk, *sight.manages})
        .select_related("agency", "team")
        .annotate(children=Count("allocations__involvement__child", filter=held, distinct=True))
        .order_by("family_name", "given_name", "pk")
    )
    away = find_away_people([one.pk for one in rows], sight.protocol, now)
    found = [_row(one, away.get(one.pk), sight) for one in rows]
    return sorted((one for one in found if one.children or not one.has_left), key=lambda one: not one.is_self)


def _row(one: Practitioner, away: Away | None, sight: Sighted) -> PersonRow:
    return PersonRow(
        ref=one.ref,
        name=practitioner_name(one),
        job=one.job_title,
        works_for=reachable(one).works_for,
        children=one.children,  # type: ignore[attr-defined]
        away=f"{away.words[:1].upper()}{away.words[1:]}" if away else "",
        is_away_long=bool(away and away.is_now and is_long(away, sight.protocol)),
        has_left=one.left_date is not None,
        is_self=one.pk == sight.by.pk,
    )
