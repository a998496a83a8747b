"""Every transfer that somebody may open, one row each: what waits in it first, and for whom. 25 are loaded, no more."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from handhold.access.families import Sighted
from handhold.access.words import words_among
from handhold.access.worklists import transfers_in_sight
from handhold.casefiles.case import Case, load_cases
from handhold.casefiles.moves import Move, find_moves, is_move_of
from handhold.casefiles.protocols import calendar_of, part_readable
from handhold.queries.gone_up import find_gone_to, with_what_has_gone_up
from handhold.queries.naming import listed
from handhold.queries.narrowing import Narrowing, by_clock, in_order, narrow_runs
from handhold.queries.waiting import Waiting, as_quiet, as_unreadable, as_waiting, in_order_of, whose_words
from handhold.records.models import Run


def find_transfers(sight: Sighted, asked: Narrowing) -> QuerySet[Run]:
    """What was asked for, in its order; nothing is loaded yet."""
    runs = narrow_runs(transfers_in_sight(sight), asked).filter(by_clock(asked, calendar_of(sight.protocol), sight.now))
    return in_order(with_what_has_gone_up(runs), asked)


def transfer_rows(runs: Iterable[Run], sight: Sighted) -> list[Waiting]:
    """A row for each, in their order: the most pressing of what waits. As many statements for 25 as for one."""
    found = list(runs)
    readable, _ = part_readable(found)
    cases = {case.run.pk: case for case in load_cases(readable, sight.now, hidden_from=sight.by.pk)} if readable else {}
    return [most_pressing(cases[run.pk], sight) if run.pk in cases else as_unreadable(run) for run in found]


def most_pressing(case: Case, sight: Sighted) -> Waiting:
    """What waits first in a transfer, whosever move it is, and how much else does."""
    words = words_among(sight.by, case, sight.roles, frozenset())
    moves = find_moves(case)
    rows = in_order_of(_row(move, sight, words) for move in moves)
    return rows[0].beside(len(rows) - 1) if rows else as_quiet(case)


def _row(move: Move, sight: Sighted, words: frozenset[str]) -> Waiting:
    own = is_move_of(move, sight.by, words)
    gone_to = listed([one.name for one in find_gone_to(move)])
    whose = "you" if own else whose_words(move)
    return as_waiting(move, sight.by, sight.now, whose=whose, gone_to=gone_to, is_own=own)
