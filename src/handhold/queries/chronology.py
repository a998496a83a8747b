"""What happened to a family, newest first: visits, meetings, conversations, consents, steps, involvements, allocations.

What was written down with a step stands once, in its richer form. A concern is not in it before a social worker
releases it: it has its own page, for who sent it and who receives it (Y55).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from handhold.access.concerns import concerns_released
from handhold.access.families import Sighted, works_with
from handhold.access.papers import Reading, find_unsafe
from handhold.casefiles.details import DECIDING
from handhold.casefiles.joined import is_doubled, with_joined
from handhold.casefiles.protocols import calendar_of, part_readable, pathway_for_concerns
from handhold.protocol.definition import Step
from handhold.queries.encounters import find_encounters
from handhold.queries.events import Event, Kind, joined
from handhold.queries.involved import involvement_name
from handhold.queries.joined_history import JoinedHistory, find_history
from handhold.queries.naming import person_name, practitioner_name
from handhold.queries.partner_papers import family_paper_lines
from handhold.queries.transfers import code_words
from handhold.records.models import Allocation, Concern, Family, FamilyMember, Involvement, RunChild, StepRecord


@dataclass(frozen=True)
class ChildOfFamily:
    """A child by whom a chronology can be asked for: with the ids of the family's transfers that were theirs."""

    id: int
    ref: str
    name: str
    runs: frozenset[int]


ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """What of a chronology is asked for: one kind of `KINDS`, one child, from one day to another."""

    kind: str = ""
    child: ChildOfFamily | None = None
    since: date | None = None
    until: date | None = None


EVERYTHING = Asked()


def chronology_read(family: Family, sight: Sighted, reading: Reading, asked: Asked = EVERYTHING) -> list[Event]:
    """Everything on record about the family that was asked for, newest first, as much as somebody reads of it."""
    history = find_history(_children(family, sight), family, reading)
    steps = {event.step_record_id: event for event in _steps(history.records(family), reading, history)}
    met = (*find_encounters(family, sight, reading), *history.visit_events())
    told = [_with_step(one, steps.pop(one.step_record_id, None)) for one in met]
    events = [*told, *steps.values(), *_papers(family, sight, reading), *_periods(family, sight)]
    wanted = _wanted([history.as_own(event) for event in events], asked, sight)
    return sorted(wanted, key=lambda event: event.happened_at, reverse=True)


def _wanted(events: list[Event], asked: Asked, sight: Sighted) -> list[Event]:
    """Those of the kind, in the time, about the child: also what is about the whole family, or a transfer of theirs."""
    calendar = calendar_of(sight.protocol)
    start = calendar.starts_at(asked.since) if asked.since else None
    end = calendar.starts_at(asked.until + ONE_DAY) if asked.until else None
    found = [
        one
        for one in events
        if (not asked.kind or one.kind == asked.kind)
        and (start is None or one.happened_at >= start)
        and (end is None or one.happened_at < end)
    ]
    child = asked.child
    return found if child is None else [one for one in found if _is_about(one, child)]


def _is_about(event: Event, child: ChildOfFamily) -> bool:
    if event.about:
        return child.id in event.about
    return event.run_id is None or event.run_id in child.runs


def find_children(family: Family, sight: Sighted) -> list[ChildOfFamily]:
    """The children by whom somebody can ask: those whose own matters they see, eldest first. One statement."""
    own = RunChild.objects.filter(run__family=family, child=OuterRef("person")).values_list("run_id", flat=True)
    rows = family.memberships.filter(works_with(sight), role="child", during__contains=sight.now)
    rows = rows.filter(~is_doubled(sight.now))
    rows = rows.select_related("person").annotate(runs=ArraySubquery(own)).order_by("person__birth_date", "person_id")
    return [ChildOfFamily(one.person_id, one.person.ref, person_name(one.person), frozenset(one.runs)) for one in rows]


def _with_step(event: Event, step: Event | None) -> Event:
    """What was written down, with what it was for and how that came out; a consent says so itself."""
    if step is None or event.kind == "consent":
        return event
    return replace(event, text=joined(f"{step.title}.", event.text))


def _steps(records: QuerySet[StepRecord], reading: Reading, history: JoinedHistory) -> Iterator[Event]:
    """A concern has its own page; why it would not be safe to do a step is for the council's side."""
    records = records if reading.whole else records.filter(run__in=reading.runs)
    written = list(records.select_related("run__authority", "recorded_by", "child"))
    corrected = {one.corrects_id for one in written}
    rows = [one for one in written if one.pk not in corrected and one.act != StepRecord.Act.TAKEN_BACK]
    unsafe = frozenset() if reading.whole else find_unsafe(written)
    runs = {record.run for record in rows}
    readable, pathways = part_readable(runs)[0], {run: pathway_for_concerns(run) for run in runs}
    for record in rows:
        if record.step in pathways[record.run].concern_steps():
            continue
        step = pathways[record.run].steps[record.step] if record.run in readable else None
        title = step.title if step else code_words(record.step)
        kind: Kind = "decision" if step and step.kind in DECIDING else "step"
        yield Event(
            kind,
            record.happened_at,
            f"{title}: {_outcome(record, step, is_withheld=record.pk in unsafe)}",
            practitioner_name(record.recorded_by),
            joined(
                f"About {person_name(record.child)}." if record.child else "",
                "" if record.pk in unsafe or history.says_it_of_others(record) else record.reason,
            ),
            record.run.ref,
            record.pk,
            about=frozenset([record.child_id] if record.child_id else []),
            run_id=record.run_id,
        )


def _outcome(record: StepRecord, step: Step | None, *, is_withheld: bool) -> str:
    """In the words of its procedure; in those of the record itself where that cannot be read any more."""
    if record.act == StepRecord.Act.EXCEPTION_ASKED:
        if is_withheld:
            return "an exception was asked for"
        return f"an exception was asked for ({code_words(record.exception_kind).lower()})"
    if record.act == StepRecord.Act.EXCEPTION_DECIDED:
        return f"the exception was {record.outcome}"
    called = step.outcomes[record.outcome].called if step else code_words(record.outcome)
    return f"{called[:1].lower()}{called[1:]}"


def _papers(family: Family, sight: Sighted, reading: Reading) -> Iterator[Event]:
    """What partners sent in and this person may open, at the hour at which it arrived."""
    for line in family_paper_lines(family, sight, reading):
        state = "Registered." if line.is_registered else "Not registered yet."
        of_day = f"Of {line.paper_date.day} {line.paper_date:%B %Y}. " if line.paper_date else ""
        title, by = f"{line.called}: received", line.sender
        yield Event("paper", line.received_at, title, by, f"{of_day}{state}", "", paper_ref=line.ref)


def _children(family: Family, sight: Sighted) -> QuerySet[FamilyMember, Any]:
    """The ids of those whose own matters this person sees, those who have left the family too."""
    return family.memberships.filter(works_with(sight), role="child").values("person")


def _released(family: Family, sight: Sighted) -> QuerySet[Concern]:
    children = _children(family, sight)
    of_family = Q(family=family) & (Q(child__isnull=True) | Q(child__in=children))
    return concerns_released(sight.by).filter(of_family | with_joined("child", children))


def _concerns(family: Family, sight: Sighted) -> Iterator[Event]:
    """Those that were released: what may be said of each, never who reported it (Y55)."""
    for one in _released(family, sight).select_related("decided_by"):
        by = practitioner_name(one.decided_by) if one.decided_by else ""
        about = frozenset([one.child_id] if one.child_id else [])
        yield Event("decision", one.sent_at, "A safeguarding concern", by, one.released_words, "", about=about)


def _periods(family: Family, sight: Sighted) -> Iterator[Event]:
    """Involvements that opened and closed, and who became responsible: all from the allocations, which each has.

    With them, in the same statement, whether a concern was released; few families have one.
    """
    children = _children(family, sight)
    rows = Allocation.objects.filter(with_joined("involvement__child", children)).select_related(
        "involvement__child", "involvement__agency", "practitioner", "run"
    )
    seen: set[int] = set()
    held = list(rows.annotate(has_concern=Exists(_released(family, sight))).order_by("id"))
    if not held or held[0].has_concern:
        yield from _concerns(family, sight)
    for row in held:
        if row.involvement_id not in seen:
            seen.add(row.involvement_id)
            yield from _of_involvement(row.involvement, sight)
        called = involvement_name(row.involvement.kind, sight.protocol).lower()
        yield Event(
            "responsible",
            row.during.lower,
            f"{practitioner_name(row.practitioner)} became responsible for {person_name(row.involvement.child)}",
            "",
            f"For {called}.",
            row.run.ref if row.run else "",
            about=frozenset([row.involvement.child_id]),
        )


def _of_involvement(involvement: Involvement, sight: Sighted) -> Iterable[Event]:
    called = involvement_name(involvement.kind, sight.protocol)
    about = f"{called} for {person_name(involvement.child)}"
    agency, whom = involvement.agency.name, frozenset([involvement.child_id])
    yield Event("involvement", involvement.open_during.lower, f"{about} began", "", f"{agency}.", "", about=whom)
    if involvement.open_during.upper is not None:
        reason = code_words(involvement.closing_reason)
        yield Event("involvement", involvement.open_during.upper, f"{about} ended", "", f"{reason}.", "", about=whom)
