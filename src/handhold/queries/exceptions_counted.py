"""How often gates were excepted, by step and reason, by team, and by who decided (H7). Every number opens its rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from handhold.access.families import Sighted
from handhold.access.figures import runs_counted
from handhold.casefiles.protocols import calendar_of
from handhold.queries.naming import practitioner_name
from handhold.queries.transfers import code_words, exception_words
from handhold.records.models import StepRecord

NO_TEAM, NOBODY_YET = "No team", "Not decided yet"
UNSAFE, WITHHELD = "unsafe", "why is for the side that hands over to know"
"""Whoever takes a family on does not read why something would be unsafe, here as on the transfer."""
GRANTED, REFUSED, WAITING = "granted", "refused", "waiting"


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """One exception that was asked for: where, why, by whom of which team, and who decided what."""

    run_ref: str
    family: str
    step: str
    why: str
    reason: str
    asked_by: str
    asked_on: date
    team: str
    decided_by: str
    outcome: str
    """`granted`, `refused` or `waiting`."""


@dataclass(frozen=True, slots=True)
class CountLine:
    """What is counted, and how many were asked for, were granted, were refused, and wait."""

    name: str
    asked: int
    granted: int
    refused: int
    waiting: int


def find_exceptions(sight: Sighted, since: datetime, until: datetime) -> list[ExceptionLine]:
    """The exceptions that were asked for in a time, the newest first. Two statements.

    Of what was corrected the last word counts, and what was taken back does not.
    """
    standing = StepRecord.objects.filter(corrected_by__isnull=True, run__in=runs_counted(sight).values("pk"))
    asked = standing.filter(act=StepRecord.Act.EXCEPTION_ASKED, recorded_at__range=(since, until))
    rows = list(asked.select_related("run__family", "recorded_by__team").order_by("-recorded_at", "-pk"))
    answers = defaultdict(list)
    decided = standing.filter(act=StepRecord.Act.EXCEPTION_DECIDED, recorded_at__gte=since)
    for one in decided.select_related("recorded_by").order_by("pk"):
        answers[one.run_id, one.step, one.child_id].append(one)
    titles = _titles(sight)
    return [_line(one, answers[one.run_id, one.step, one.child_id], titles, sight) for one in rows]


def _titles(sight: Sighted) -> dict[str, str]:
    """What each step is called in the procedure as it is now; a step that it has no more is told by its code."""
    return {name: step.title for pathway in sight.protocol.pathways.values() for name, step in pathway.steps.items()}


def _line(asked: StepRecord, answers: list[StepRecord], titles: dict[str, str], sight: Sighted) -> ExceptionLine:
    answer = next((one for one in answers if one.recorded_at >= asked.recorded_at), None)
    team = asked.recorded_by.team
    is_withheld = asked.exception_kind == UNSAFE and asked.run.receiver_id == sight.by.pk
    why = WITHHELD if is_withheld else exception_words(asked.exception_kind)
    return ExceptionLine(
        run_ref=asked.run.ref,
        family=f"{asked.run.family.name} family",
        step=titles.get(asked.step, code_words(asked.step)),
        why=f"{why[:1].upper()}{why[1:]}",
        reason="" if is_withheld else asked.reason,
        asked_by=practitioner_name(asked.recorded_by),
        asked_on=calendar_of(sight.protocol).local_date(asked.recorded_at),
        team=team.name if team else NO_TEAM,
        decided_by=practitioner_name(answer.recorded_by) if answer else NOBODY_YET,
        outcome=(GRANTED if answer.outcome == GRANTED else REFUSED) if answer else WAITING,
    )


COUNTED_BY = {"step": "Step", "why": "Reason", "team": "Team", "decided_by": "Who decided"}
"""By what exceptions are counted: a part of their line, and its words."""


def count_by(part: str, lines: Iterable[ExceptionLine]) -> list[CountLine]:
    """A line for each value of a part, those with the most first."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for one in lines:
        counted[getattr(one, part)][one.outcome] += 1
    found = [
        CountLine(name, found.total(), found[GRANTED], found[REFUSED], found[WAITING])
        for name, found in counted.items()
    ]
    return sorted(found, key=lambda one: (-one.asked, one.name))


def only(lines: Iterable[ExceptionLine], chosen: dict[str, str]) -> list[ExceptionLine]:
    """The lines that a number counts: those with these parts."""
    return [one for one in lines if all(getattr(one, part) == value for part, value in chosen.items())]
