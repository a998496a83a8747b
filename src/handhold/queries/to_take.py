"""What waits in the queues that somebody's roles look after, for whoever takes it up first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Lower

from handhold.access.families import Sighted
from handhold.access.worklists import RUN_FOR_CASE
from handhold.casefiles.case import Case, load_cases
from handhold.casefiles.moves import find_moves
from handhold.casefiles.protocols import calendar_of, part_readable
from handhold.casefiles.steps_by_meaning import find_plain_taking, find_taking_step
from handhold.queries.all_work import most_pressing
from handhold.queries.naming import practitioner_name
from handhold.queries.narrowing import Narrowing, by_clock, of_transfer
from handhold.queries.waiting import Waiting, as_unreadable, as_waiting
from handhold.records.models import QueueItem


@dataclass(frozen=True)
class ToTake:
    """A transfer in a queue: which, since when, what takes it up, and whether one press does."""

    queue: str
    queue_called: str
    put_at: datetime
    row: Waiting
    is_plain: bool
    """Whether nothing has to be written or chosen to take it up."""


@dataclass(frozen=True)
class Taken:
    """Who took something up, and when."""

    name: str
    at: datetime
    is_own: bool


def queues_of(sight: Sighted) -> dict[str, str]:
    """The queues that one of the person's roles looks after: what each is called, by its code."""
    rules = sight.protocol.file.queues.items()
    return {code: rule.called for code, rule in rules if rule.looked_after_by in sight.roles}


def find_to_take(sight: Sighted, asked: Narrowing, queue: str = "") -> QuerySet[QueueItem]:
    """What waits, longest first, or as it was asked for; in one of the queues where it is named. Not loaded yet."""
    items = QueueItem.objects.filter(
        of_transfer(asked, "run__") & by_clock(asked, calendar_of(sight.protocol), sight.now, "run__"),
        queue__authority=sight.by.agency.authority_id,
        queue__code__in=[code for code in queues_of(sight) if queue in ("", code)],
        taken_at__isnull=True,
        run__ended_at__isnull=True,
    )
    order: dict[str, tuple[Any, ...]] = {
        "due": (F("run__clock__next_due_at").asc(nulls_last=True),),
        "family": (Lower("run__family__name"),),
        "pathway": ("run__pathway",),
    }
    loaded = items.select_related("queue", *(f"run__{name}" for name in RUN_FOR_CASE))
    return loaded.order_by(*order.get(asked.sort, ()), "put_at", "pk")


def rows_to_take(items: Iterable[QueueItem], sight: Sighted) -> list[ToTake]:
    """A row for each, in their order. As many statements for 25 as for one."""
    found, called = list(items), queues_of(sight)
    readable, _ = part_readable([one.run for one in found])
    cases = {case.run.pk: case for case in load_cases(readable, sight.now, hidden_from=sight.by.pk)} if readable else {}
    return [_row(one, cases.get(one.run_id), called[one.queue.code], sight) for one in found]


def find_taken(run_ref: str, queue: str, sight: Sighted) -> Taken | None:
    """Who took a transfer out of one of the person's queues last; None where nobody has."""
    if queue not in queues_of(sight):
        return None
    items = QueueItem.objects.filter(
        run__ref=run_ref,
        run__authority=sight.by.agency.authority_id,
        queue__code=queue,
        queue__authority=sight.by.agency.authority_id,
        taken_at__isnull=False,
    )
    last = items.select_related("taken_by").order_by("-taken_at").first()
    if last is None or last.taken_by is None or last.taken_at is None:
        return None
    return Taken(practitioner_name(last.taken_by), last.taken_at, last.taken_by_id == sight.by.pk)


def _row(item: QueueItem, case: Case | None, called: str, sight: Sighted) -> ToTake:
    if case is None:
        return ToTake(item.queue.code, called, item.put_at, as_unreadable(item.run), is_plain=False)
    step = find_taking_step(case.pathway, item.queue.code)
    move = next((one for one in find_moves(case) if step and one.standing.step.id == step.id), None)
    row = as_waiting(move, sight.by, sight.now) if move else most_pressing(case, sight)
    plain = move is not None and find_plain_taking(case.pathway, item.queue.code) is not None
    return ToTake(item.queue.code, called, item.put_at, row, is_plain=plain)
