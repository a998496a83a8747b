"""Every role's first page: what waits for a person, for those whom they manage, and which families they answer for."""

from __future__ import annotations

from dataclasses import dataclass

from handhold.access.families import Sighted
from handhold.access.words import words_among
from handhold.access.worklists import transfers_with_moves
from handhold.casefiles.case import Case, load_cases
from handhold.casefiles.moves import Move, find_moves, is_move_of
from handhold.casefiles.protocols import calendar_of, part_readable
from handhold.protocol.deadlines import period_of
from handhold.queries.absences import Away, find_away_people, is_long
from handhold.queries.concerns import ConcernRow, concerns_for, handles_concerns
from handhold.queries.falling_due import FallingDue, find_falling_due
from handhold.queries.gone_up import find_gone_to, with_what_has_gone_up
from handhold.queries.held import (
    Held,
    NotSeen,
    ReadyToBegin,
    find_held,
    not_seen_for_too_long,
    ready_to_begin,
)
from handhold.queries.naming import listed, practitioner_name
from handhold.queries.narrowing import EVERYTHING, Narrowing, is_due_so, narrow_runs
from handhold.queries.unshown import Unshown, unshown_of
from handhold.queries.waiting import Waiting, as_waiting, in_order_of, whose_words


@dataclass(frozen=True)
class AwayForLong:
    """Somebody whom this person manages is away for long, and children are theirs: they may have to be reallocated."""

    ref: str
    name: str
    words: str
    children: int


@dataclass(frozen=True)
class MyWork:
    """All of the first page; `team` is the tab beside it."""

    concerns: list[ConcernRow]
    tasks: list[Waiting]
    team: list[Waiting]
    unshown: tuple[Unshown, ...]
    """Those of which nothing can be said now, because the files of their procedure were changed."""
    waiting_in_all: tuple[int, int]
    """How many tasks there are of their own and of the team, before anything was narrowed."""
    ready_to_begin: list[ReadyToBegin]
    falling_due: list[FallingDue]
    held: list[Held]
    """What they, and those whom they manage, answer for."""
    not_seen: list[NotSeen]
    not_seen_limit: str
    """`20 working days`, by the council's setting; empty where it sets none."""
    manages_others: bool
    receives_concerns: bool
    away_for_long: list[AwayForLong]


def find_my_work(sight: Sighted, asked: Narrowing = EVERYTHING) -> MyWork:
    """What stands on the first page of whoever is looking, and what they asked for of it.

    As many statements for forty transfers as for one. What was narrowed away by anything but its limit is not loaded.
    """
    readable, unreadable = part_readable(with_what_has_gone_up(narrow_runs(transfers_with_moves(sight), asked)))
    cases = load_cases(readable, sight.now, hidden_from=sight.by.pk)
    away = _away(cases, sight)
    tasks, team = _tasks(cases, away, sight)
    held = find_held(sight)
    setting = sight.protocol.file.not_seen_after
    concerns = concerns_for(sight)
    return MyWork(
        concerns=concerns,
        tasks=_asked_for(tasks, asked, sight),
        team=_asked_for(team, asked, sight),
        waiting_in_all=(len(tasks), len(team)),
        unshown=unshown_of(unreadable),
        ready_to_begin=ready_to_begin(held, sight),
        falling_due=find_falling_due(held, sight),
        held=held,
        not_seen=not_seen_for_too_long(held, sight),
        not_seen_limit=str(period_of(sight.protocol, setting)) if setting else "",
        manages_others=bool(sight.manages),
        receives_concerns=handles_concerns(sight, concerns),
        away_for_long=_away_for_long(held, away, sight),
    )


def _tasks(cases: list[Case], away: dict[int, Away], sight: Sighted) -> tuple[list[Waiting], list[Waiting]]:
    """What waits for the person, theirs or of who is away; and for those whom they manage, or gone up to them."""
    mine, team, now = [], [], sight.now
    for case in cases:
        words = words_among(sight.by, case, sight.roles, frozenset(away))
        for move in find_moves(case):
            others, gone_to = _whose_are_away(move, away, sight), find_gone_to(move)
            names = listed([one.name for one in gone_to])
            if is_move_of(move, sight.by, words) or others:
                mine.append(as_waiting(move, sight.by, now, while_away=others, gone_to=names))
            elif _is_of_team(move, sight) or any(one.practitioner_id == sight.by.pk for one in gone_to):
                team.append(as_waiting(move, sight.by, now, whose=whose_words(move), gone_to=names))
    return mine, team


def _asked_for(rows: list[Waiting], asked: Narrowing, sight: Sighted) -> list[Waiting]:
    calendar = calendar_of(sight.protocol)
    return in_order_of((one for one in rows if is_due_so(one.due_at, asked.due, calendar, sight.now)), asked.sort)


def _away(cases: list[Case], sight: Sighted) -> dict[int, Away]:
    """Those away now for whom this person stands in. No statement for somebody who manages nobody."""
    workers = {case.people.worker.pk for case in cases if case.people.manager.pk == sight.by.pk}
    found = find_away_people((workers | sight.manages) - {sight.by.pk}, sight.protocol, sight.now)
    return {pk: one for pk, one in found.items() if one.is_now}


def _whose_are_away(move: Move, away: dict[int, Away], sight: Sighted) -> str:
    """Whose move it is, where they are away and nobody else has it; empty for the person's own."""
    if any(one.pk == sight.by.pk for one in move.people):
        return ""
    names = [practitioner_name(one) for one in move.people if one.pk in away]
    return listed(names) if names and len(names) == len(move.people) else ""


def _away_for_long(held: list[Held], away: dict[int, Away], sight: Sighted) -> list[AwayForLong]:
    """Those of whose children their manager is asked to think, because they are away for long (H1)."""
    children: dict[int, set[str]] = {}
    for one in held:
        children.setdefault(one.practitioner.pk, set()).add(one.child_ref)
    people = {one.practitioner.pk: one.practitioner for one in held}
    return [
        AwayForLong(people[pk].ref, practitioner_name(people[pk]), time.words, len(children[pk]))
        for pk, time in away.items()
        if pk in people and is_long(time, sight.protocol)
    ]


def _is_of_team(move: Move, sight: Sighted) -> bool:
    return any(person.pk in sight.manages for person in move.people)
