"""What somebody needs to know before a transfer begins: which children it can be for, and whether the days will do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from handhold.access.beginnings import is_in_the_way, may_begin
from handhold.access.families import Sighted
from handhold.casefiles.protocols import calendar_of
from handhold.casefiles.sittings import sitting_after
from handhold.casefiles.steps_by_meaning import effects_of
from handhold.protocol.deadlines import period_of
from handhold.protocol.definition import Step
from handhold.protocol.pathways import Pathway, Protocol
from handhold.queries.front_door import FrontDoor, find_front_door
from handhold.queries.held_alike import Beginner, ChildPlace, HeldAlike, find_places, group_alike
from handhold.queries.naming import age_words, first_name, practitioner_name
from handhold.records.models import Allocation, Assessment, Family, MeetingSeries, RunChild


@dataclass(frozen=True, slots=True)
class CanBegin:
    """A child whom the pathway could take: who is responsible now, and the transfer that is on its way already."""

    ref: str
    name: str
    age: str
    responsible: str
    responsible_ref: str
    on_the_way: str
    """The reference of a transfer of this child, not ended, that leads the same way; empty where there is none."""
    is_moved: bool = False
    """Whether any transfer of this child has not ended, whichever way it leads."""


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """An assessment from which the transfer can come."""

    ref: str
    started: str
    recommendation: str
    is_authorised: bool


@dataclass(frozen=True, slots=True)
class Room:
    """Whether a meeting still leaves room for what comes after it. `last_sitting_at` is None where none does.

    `due_at` is None where the limit (`within`) runs from a step that is still to come (`runs_from`).
    """

    meeting: str
    what_follows: str
    due_at: datetime | None
    next_sitting_at: datetime
    last_sitting_at: datetime | None
    clauses: tuple[str, ...]
    within: str = ""
    runs_from: str = ""


@dataclass(frozen=True, slots=True)
class StartPage:
    """The page that begins a transfer."""

    family: str
    family_ref: str
    pathway: str
    pathway_id: str
    summary: str
    comes_from: str
    goes_down: bool
    """Whether it leads away from social work, so that it can come from an assessment."""
    clauses: tuple[str, ...]
    children: tuple[CanBegin, ...]
    """Those of one worker: who is chosen, who looks, or the first of whom one can begin it."""
    worker: str
    held_otherwise: tuple[HeldAlike, ...]
    """The other children who are open to somebody and in no transfer, by worker and involvement."""
    in_transfers: tuple[ChildPlace, ...]
    """Those whom another transfer carries."""
    nothing_open: tuple[ChildPlace, ...]
    front_door: FrontDoor | None
    """For those of whom nothing is open."""
    assessments: tuple[AssessmentLine, ...]
    rooms: tuple[Room, ...]


def pathways_that_begin(sight: Sighted) -> dict[str, Pathway]:
    """The pathways that this person can begin for children who are in something already, by id."""
    return {
        name: pathway
        for name, pathway in sight.protocol.pathways.items()
        if pathway.file.begins and not pathway.opens_its_origin and may_begin(pathway, sight.roles)
    }


def pathways_from_here(family: Family, sight: Sighted) -> dict[str, Pathway]:
    """Those that come from something that is open for a child of this family. One statement."""
    children = family.memberships.filter(role="child", during__contains=sight.now).values("person")
    allocations = Allocation.objects.filter(involvement__child__in=children, during__contains=sight.now)
    kinds = set(allocations.values_list("involvement__kind", flat=True))
    return {name: one for name, one in pathways_that_begin(sight).items() if one.origin in kinds}


def find_start_page(family: Family, sight: Sighted, pathway: Pathway, *, worker: str = "") -> StartPage:
    """What the page shows to somebody who sees the family. `worker` asks for the children of one (their reference)."""
    everybody = list(_find_children(family, sight, pathway))
    chosen = _whose_children(everybody, sight, worker)
    children = [one for one in everybody if one.responsible_ref == chosen or one.on_the_way]
    today = calendar_of(sight.protocol).local_date(sight.now)
    here = {one.ref for one in children}
    others = [one for one in find_places(family, sight.protocol, sight.now, today) if one.ref not in here]
    still = [one for one in others if one.held and not one.transfers]
    nothing_open = tuple(one for one in others if not one.held and not one.transfers)
    who = Beginner(sight.by, sight.roles, sight.protocol, sight.manages)
    goes_down = pathway.file.direction == "down"
    found = Assessment.objects.filter(family=family).order_by("-started_date", "-pk")
    assessments = list(found if goes_down else found.none())
    done_at = next((one.authorised_at for one in assessments[:1]), None)
    begins = pathway.file.begins
    from_start = begins.after_step_of_record if begins else None
    started = {from_start: done_at or sight.now} if from_start else {}
    return StartPage(
        family=f"{family.name} family",
        family_ref=family.ref,
        pathway=pathway.file.title,
        pathway_id=pathway.id,
        summary=pathway.file.summary,
        comes_from=_called(sight, pathway),
        goes_down=goes_down,
        clauses=tuple(begins.clauses) if begins else (),
        children=tuple(children),
        worker=next((one.responsible for one in children if one.responsible_ref == chosen), ""),
        held_otherwise=tuple(group_alike(still, who, direction=pathway.file.direction, origin=pathway.origin)),
        in_transfers=tuple(one for one in others if one.transfers),
        nothing_open=nothing_open,
        front_door=find_front_door(sight.by, sight.roles, sight.protocol, sight.now) if nothing_open else None,
        assessments=tuple(_assessment_line(one) for one in assessments),
        rooms=find_rooms(sight.protocol, pathway, sight.by.agency.authority_id, started, sight.now),
    )


def find_rooms(
    protocol: Protocol,
    pathway: Pathway,
    authority_id: int,
    started: Mapping[str, datetime],
    now: datetime,
) -> tuple[Room, ...]:
    """For each meeting on which a step puts the run: the last sitting before the limit of what follows it.

    The limit runs from a step that does not wait for the meeting; `started` holds when such steps were done (Y23, Y25).
    """
    calendar = calendar_of(protocol)
    found = []
    for code, heard, limited in _meetings_with_limits(pathway):
        series = MeetingSeries.objects.filter(authority=authority_id, code=code).first()
        if series is None or limited.within is None:
            continue
        period, starts_at = period_of(protocol, limited.within.setting), started.get(limited.within.of)
        due_at = calendar.due_at(starts_at, period) if starts_at else None
        sitting = next_at = sitting_after(calendar, series, now)
        last = None
        while due_at is not None and sitting < due_at:
            last, sitting = sitting, sitting_after(calendar, series, sitting)
        clauses, runs_from = (*heard.clauses, *limited.clauses), pathway.steps[limited.within.of].title
        found.append(Room(series.title, limited.title, due_at, next_at, last, clauses, str(period), runs_from))
    return tuple(found)


def _meetings_with_limits(pathway: Pathway) -> Iterator[tuple[str, Step, Step]]:
    """Each meeting, the step that asks it, and a step that waits for its decision while a limit of its own runs."""
    steps = list(pathway.steps.values())
    for asking in steps:
        codes = sorted({effect.put_on_meeting for effect in effects_of(asking) if effect.put_on_meeting})
        decided = {step.id for step in steps if asking.id in step.after and step.kind == "decision"}
        for limited in steps:
            starts = limited.within.of if limited.within else ""
            runs_apart = starts in pathway.steps and not _waits_for(pathway, starts, {asking.id, *decided})
            if codes and runs_apart and decided.intersection(limited.after):
                yield from ((code, asking, limited) for code in codes)


def _waits_for(pathway: Pathway, step: str, others: Collection[str]) -> bool:
    """Whether a step is one of the others, or comes after one of them by whatever way."""
    seen: set[str] = set()
    ahead = [step]
    while ahead:
        name = ahead.pop()
        if name in others:
            return True
        if name not in seen:
            seen.add(name)
            ahead += pathway.steps[name].after
    return False


def _called(sight: Sighted, pathway: Pathway) -> str:
    """What the involvement from which the pathway comes is called here."""
    called: dict[str, str] = dict(sight.protocol.file.involvements.items())
    return called[pathway.origin]


def _find_children(family: Family, sight: Sighted, pathway: Pathway) -> Iterator[CanBegin]:
    """The children of the family whose involvement is the one from which the pathway comes."""
    members = family.memberships.filter(role="child", during__contains=sight.now).values("person")
    on_the_way = RunChild.objects.filter(
        child=OuterRef("involvement__child"), ended_at__isnull=True, run__ended_at__isnull=True
    ).values(json=JSONObject(ref="run__ref", pathway="run__pathway"))
    rows = (
        Allocation.objects.filter(
            involvement__child__in=members, involvement__kind=pathway.origin, during__contains=sight.now
        )
        .select_related("involvement__child", "practitioner")
        .annotate(on_the_way=ArraySubquery(on_the_way))
        .order_by("involvement__child_id")
    )
    today = calendar_of(sight.protocol).local_date(sight.now)
    for row in rows:
        child = row.involvement.child
        runs: list[dict[str, str]] = row.on_the_way
        yield CanBegin(
            child.ref,
            first_name(child),
            age_words(child, today),
            practitioner_name(row.practitioner),
            row.practitioner.ref,
            next((one["ref"] for one in runs if is_in_the_way(sight.protocol, pathway, [one["pathway"]])), ""),
            bool(runs),
        )


def _whose_children(children: Collection[CanBegin], sight: Sighted, asked: str) -> str:
    """The reference of the worker whose children are on offer; empty where there is none."""
    able = [one.responsible_ref for one in children if not one.on_the_way]
    wanted = [one for one in (asked, sight.by.ref) if one in able]
    return next(iter([*wanted, *able]), "")


def _assessment_line(one: Assessment) -> AssessmentLine:
    started = f"{one.started_date.day} {one.started_date:%B %Y}"
    return AssessmentLine(one.ref, started, one.recommendation.replace("-", " "), one.authorised_at is not None)
