"""What became of families afterwards (Y6), how much was typed again (Y2), how soon help was there (Y4), as figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Least

from handhold.access.families import Sighted
from handhold.access.figures import runs_counted
from handhold.casefiles.protocols import calendar_of
from handhold.protocol.deciding import SOCIAL_WORK
from handhold.queries.transfers import code_words
from handhold.queries.what_was_decided import deciding_steps
from handhold.records.models import (
    FormAnswer,
    Involvement,
    MeetingAttendance,
    Run,
    RunChild,
    StepRecord,
    Visit,
)
from handhold.working_days import Period

MONTHS = (3, 6, 12)
NO_TEAM = "No team"
CAME_BACK = (*SOCIAL_WORK, Involvement.Kind.REFERRAL)
"""The involvements by which a child has come back."""


@dataclass(frozen=True, slots=True)
class Back:
    """Of how many children so long has passed since, and how many of them had come back by then."""

    of: int
    back: int


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """Where the children went, from which team; how many, and how many came back within 3, 6 and 12 months."""

    outcome: str
    team: str
    children: int
    within: tuple[Back, ...]


@dataclass(frozen=True, slots=True)
class ToldLine:
    """Of a pathway's forms: the fields that were carried over, that were carried and edited, that were typed."""

    pathway: str
    carried: int
    edited: int
    typed: int


@dataclass(frozen=True, slots=True)
class SoonLine:
    """Of a pathway: in how many transfers who takes over has met the family, and so many days after the decision."""

    pathway: str
    transfers: int
    median_days: float
    longest_days: int


def find_returns(sight: Sighted, since: datetime, until: datetime) -> list[ReturnLine]:
    """The children who left social work in a time, by where they went and from which team. One statement.

    Who stayed with social work, and whose ending nobody chose, is not among them.
    """
    own = Involvement.objects.filter(child=OuterRef("child"))
    back = own.filter(kind__in=CAME_BACK, open_during__startswith__gt=OuterRef("ended_at"))
    stays = own.filter(kind__in=SOCIAL_WORK, open_during__startswith__lte=OuterRef("ended_at")).filter(
        Q(open_during__endswith__isnull=True) | Q(open_during__endswith__gt=OuterRef("ended_at"))
    )
    rows = (
        RunChild.objects.filter(run__in=_in_direction(sight, "down").values("pk"), ended_at__range=(since, until))
        .exclude(outcome__in=_endings_that_nobody_chose(sight))
        .filter(~Exists(stays))
        .annotate(back_at=Subquery(back.order_by("open_during__startswith").values("open_during__startswith")[:1]))
        .values_list("outcome", "run__sender__team__name", "ended_at", "back_at")
    )
    grouped: dict[tuple[str, str], list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for outcome, team, ended_at, back_at in rows:
        if ended_at is not None:
            grouped[code_words(outcome), team or NO_TEAM].append((ended_at, back_at))
    return [
        ReturnLine(outcome, team, len(found), tuple(_within(months, found, sight) for months in MONTHS))
        for (outcome, team), found in sorted(grouped.items())
    ]


def _within(months: int, found: Iterable[tuple[datetime, datetime | None]], sight: Sighted) -> Back:
    """Only those of whom it can be known: so many months have passed since they left."""
    calendar, period = calendar_of(sight.protocol), Period(months, "calendar-months")
    until = [(calendar.due_at(ended_at, period), back_at) for ended_at, back_at in found]
    known = [(end, back_at) for end, back_at in until if end <= sight.now]
    return Back(len(known), sum(back_at is not None and back_at <= end for end, back_at in known))


def find_told_once(sight: Sighted, since: datetime, until: datetime) -> list[ToldLine]:
    """The fields of the forms of transfers that began in a time, each by its last version. One statement."""
    runs = runs_counted(sight).filter(started_at__range=(since, until))
    last = FormAnswer.objects.filter(form__run__in=runs.values("pk")).order_by("form_id", "field", "-version")
    answers = FormAnswer.objects.filter(pk__in=last.distinct("form_id", "field").values("pk")).exclude(text="")
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    rows = answers.values_list("form__run__pathway", "origin").annotate(fields=Count("pk"))
    for pathway, origin, fields in rows:
        counted[pathway][origin] += fields
    origins = FormAnswer.Origin
    return [
        ToldLine(_title(sight, one), found[origins.CARRIED], found[origins.EDITED], found[origins.TYPED])
        for one, found in sorted(counted.items())
    ]


def find_how_soon(sight: Sighted, since: datetime, until: datetime) -> list[SoonLine]:
    """From the decision on where a family goes until who takes over first met it, of decisions of a time.

    One statement. They met at a meeting to which the receiver came, or at a visit that they made.
    """
    met = MeetingAttendance.objects.filter(
        meeting__run=OuterRef("pk"), practitioner=OuterRef("receiver"), attendance=MeetingAttendance.Answer.PRESENT
    )
    visited = Visit.objects.filter(run=OuterRef("pk"), by=OuterRef("receiver"))
    steps = {step.id for pathway in sight.protocol.pathways.values() for step in deciding_steps(pathway)[-1:]}
    decided = StepRecord.objects.filter(run=OuterRef("pk"), step__in=steps, corrected_by__isnull=True)
    rows = (
        _in_direction(sight, "down")
        .filter(receiver__isnull=False)
        .annotate(
            decided_at=Subquery(decided.order_by("happened_at").values("happened_at")[:1]),
            met_at=Least(
                Subquery(met.order_by("meeting__held_at").values("meeting__held_at")[:1]),
                Subquery(visited.order_by("visited_at").values("visited_at")[:1]),
            ),
        )
        .filter(decided_at__range=(since, until), met_at__gte=F("decided_at"))
        .values_list("pathway", "decided_at", "met_at")
    )
    days: dict[str, list[int]] = defaultdict(list)
    calendar = calendar_of(sight.protocol)
    for pathway, decided_at, met_at in rows:
        days[pathway].append((calendar.local_date(met_at) - calendar.local_date(decided_at)).days)
    return [
        SoonLine(_title(sight, pathway), len(found), median(found), max(found))
        for pathway, found in sorted(days.items())
    ]


def _in_direction(sight: Sighted, direction: str) -> QuerySet[Run]:
    names = [name for name, one in sight.protocol.pathways.items() if one.file.direction == direction]
    return runs_counted(sight).filter(pathway__in=names)


def _endings_that_nobody_chose(sight: Sighted) -> set[str]:
    """The outcomes of a child that come from a death, a move, an age, a wrong record."""
    steps = (step for pathway in sight.protocol.pathways.values() for step in pathway.steps.values())
    outcomes = (outcome for step in steps for outcome in step.outcomes.values() if outcome.no_choice)
    return {effect.end_child for outcome in outcomes for effect in outcome.effects if effect.end_child}


def _title(sight: Sighted, pathway: str) -> str:
    found = sight.protocol.pathways.get(pathway)
    return found.file.title if found else code_words(pathway)
