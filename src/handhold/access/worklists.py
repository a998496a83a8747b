"""Which transfers stand in somebody's lists of work: those in which they may have a move, and those that they may open.

Conditions for the database, so that a list is sorted, narrowed, counted and cut into pages without loading the rest.
"""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q, QuerySet

from handhold.access.clocks import is_out_of_date
from handhold.access.families import Sighted, has_a_part, open_runs_in_sight
from handhold.notifications.models import Reminder
from handhold.records.models import Allocation, Run, RunChild

RUN_FOR_CASE = ("sender__agency", "sender__team", "receiver__agency", "receiver__team", "family", "assessment")


def transfers_with_moves(sight: Sighted) -> QuerySet[Run]:
    """The open transfers in which somebody may have a move.

    Of what somebody oversees without a part in it nothing waits for them by name, and what waits for their office is
    noted with the clock of each: so only those are looked at, and those whose clock is out of date.
    """
    if not sight.sees_all:
        return open_runs_in_sight(sight)
    return _open_runs(sight).filter(_own(sight) | Q(receiver=sight.by) | is_out_of_date(sight.now))


def transfers_in_sight(sight: Sighted) -> QuerySet[Run]:
    """The open transfers whose own page somebody may open."""
    runs = _open_runs(sight)
    return runs if sight.sees_all else runs.filter(_own(sight))


def _open_runs(sight: Sighted) -> QuerySet[Run]:
    """Loaded as `load_cases` needs them."""
    runs = Run.objects.filter(authority=sight.by.agency.authority_id, ended_at__isnull=True)
    return runs.select_related(*RUN_FOR_CASE).order_by("id")


def _own(sight: Sighted) -> Q:
    gone_up = Reminder.objects.filter(run=OuterRef("pk"), occasion=Reminder.Occasion.ESCALATED, told=sight.by)
    by_office = Allocation.objects.filter(practitioner=sight.by, during__contains=sight.now).exclude(held_as="")
    part = has_a_part(sight, at_meetings=True) | Q(pk__in=by_office.values("run"))
    part |= Q(clock__asks__contains=[sight.by.pk]) | Q(Exists(gone_up))
    return part | _answers_for_children(sight)


def _answers_for_children(sight: Sighted) -> Q:
    """Runs that move a child from an involvement for which the person, or somebody whom they manage, answers now."""
    coming_from: dict[str, list[str]] = defaultdict(list)
    for pathway in sight.protocol.pathways.values():
        coming_from[pathway.origin].append(pathway.id)
    found = Q(pk__in=[])
    for kind, pathways in coming_from.items():
        held = Allocation.objects.filter(
            practitioner__in={sight.by.pk, *sight.manages}, during__contains=sight.now, involvement__kind=kind
        )
        moved = RunChild.objects.filter(child__in=held.values("involvement__child")).values("run")
        found |= Q(pathway__in=pathways, pk__in=moved)
    return found
