"""What stands around every list of work: how much each tab holds, what can be chosen, the filters that were saved.

One statement for all of it, with the queues and sittings that wait for the person's roles.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from handhold.access.families import Sighted
from handhold.access.worklists import transfers_in_sight
from handhold.notifications.models import Reminder
from handhold.queries.held import families_answered_for
from handhold.records.models import Meeting, Practitioner, Queue, SavedFilter


@dataclass(frozen=True)
class WaitingQueue:
    """A queue that this person's role looks after, and how much waits in it."""

    code: str
    called: str
    count: int


@dataclass(frozen=True)
class WaitingMeeting:
    """A sitting at which this person's role has families to hear."""

    ref: str
    called: str
    planned_at: datetime
    count: int


@dataclass(frozen=True)
class Saved:
    """A filter that the person has saved."""

    ref: str
    worklist: str
    name: str
    asked: str


@dataclass(frozen=True)
class Desk:
    """Counts and choices are of what the person may see, and of nothing else."""

    families: int
    transfers: int
    queues: list[WaitingQueue]
    meetings: list[WaitingMeeting]
    saved: list[Saved]
    pathways: dict[str, str]
    """Of their transfers: title by id."""
    teams: dict[str, str]
    """Of who is responsible in their transfers: name by code."""
    people: dict[str, str]
    """Who is responsible in their transfers: name by reference. Empty for who oversees a council: they choose teams."""

    is_told: bool
    """Whether something that is overdue has gone up to them."""

    @property
    def to_take(self) -> int:
        """How much waits in all the queues."""
        return sum(one.count for one in self.queues)


def find_desk(sight: Sighted) -> Desk:
    """All of it."""
    runs = transfers_in_sight(sight).order_by()
    saved = SavedFilter.objects.filter(practitioner=OuterRef("pk")).order_by("name", "pk")
    ends = _ENDS_OF_TEAMS if sight.sees_all else _ENDS
    found = (
        Practitioner.objects.filter(pk=sight.by.pk)
        .annotate(
            count_families=_count(families_answered_for(sight)),
            count_transfers=_count(runs),
            is_told=Exists(_gone_up_to(sight)),
            ends=ArraySubquery(runs.values(row=ends).distinct()),
            queues_waiting=ArraySubquery(_queues(sight).values(row=JSONObject(code="code", count="waiting"))),
            meetings_waiting=ArraySubquery(_meetings(sight).values(row=_SITTING)),
            filters=ArraySubquery(saved.values(row=_SAVED)),
        )
        .values(*_ASKED)
        .get()
    )
    return _desk(found, sight)


_ASKED = ("count_families", "count_transfers", "is_told", "ends", "queues_waiting", "meetings_waiting", "filters")
_TEAM = {"pathway": "pathway", "team": "sender__team__code", "team_name": "sender__team__name"}
_NAME = {"person": "sender__ref", "given_name": "sender__given_name", "family_name": "sender__family_name"}
_ENDS_OF_TEAMS, _ENDS = JSONObject(**_TEAM), JSONObject(**_TEAM, **_NAME)
_SAVED = JSONObject(ref="ref", worklist="worklist", name="name", asked="asked")
_SITTING = JSONObject(ref="ref", code="series__code", planned_at="planned_at", count="waiting")


def _count(rows: QuerySet[Any]) -> Subquery:
    counted = rows.order_by().annotate(counted=Func(F("pk"), function="COUNT")).values("counted")
    return Subquery(counted, output_field=IntegerField())


def _gone_up_to(sight: Sighted) -> QuerySet[Reminder]:
    escalated = Reminder.objects.filter(occasion=Reminder.Occasion.ESCALATED, told=sight.by)
    return escalated.filter(run__ended_at__isnull=True, run__isnull=False)


def _queues(sight: Sighted) -> QuerySet[Queue]:
    """The queues that one of the person's roles looks after, with how much waits in each."""
    codes = [code for code, rule in sight.protocol.file.queues.items() if rule.looked_after_by in sight.roles]
    waits = Q(items__taken_at__isnull=True, items__run__ended_at__isnull=True)
    queues = Queue.objects.filter(authority=sight.by.agency.authority_id, code__in=codes)
    return queues.annotate(waiting=Count("items", filter=waits))


def _meetings(sight: Sighted) -> QuerySet[Meeting]:
    """The next sittings, and past ones with something undecided, at which one of the person's roles sits."""
    rules = sight.protocol.file.meetings.items()
    codes = [code for code, rule in rules if sight.roles.intersection({rule.chaired_by, *rule.members})]
    waits = Q(items__outcome="", items__moved_to__isnull=True, items__run__ended_at__isnull=True)
    meetings = Meeting.objects.filter(series__authority=sight.by.agency.authority_id, series__code__in=codes)
    return meetings.annotate(waiting=Count("items", filter=waits)).filter(waiting__gt=0).order_by("planned_at")


def _desk(found: dict[str, Any], sight: Sighted) -> Desk:
    file, ends = sight.protocol.file, found["ends"] or ()
    counts = {row["code"]: row["count"] for row in found["queues_waiting"] or ()}
    titles = {name: pathway.file.title for name, pathway in sight.protocol.pathways.items()}
    return Desk(
        families=found["count_families"] or 0,
        transfers=found["count_transfers"] or 0,
        queues=[WaitingQueue(code, rule.called, counts[code]) for code, rule in file.queues.items() if code in counts],
        meetings=[_sitting(row, file.meetings[row["code"]].called) for row in found["meetings_waiting"] or ()],
        saved=[Saved(**row) for row in found["filters"]],
        pathways=_sorted((row["pathway"], titles.get(row["pathway"], row["pathway"])) for row in ends),
        is_told=found["is_told"],
        teams=_sorted((row["team"], row["team_name"]) for row in ends if row["team"]),
        people={} if sight.sees_all else _sorted(_person(row) for row in ends),
    )


def _sitting(row: dict[str, Any], called: str) -> WaitingMeeting:
    return WaitingMeeting(row["ref"], called, datetime.fromisoformat(row["planned_at"]), row["count"])


def _person(row: dict[str, Any]) -> tuple[str, str]:
    return row["person"], f"{row['given_name']} {row['family_name']}"


def _sorted(choices: Iterable[tuple[str, str]]) -> dict[str, str]:
    return dict(sorted(set(choices), key=lambda one: (one[1], one[0])))
