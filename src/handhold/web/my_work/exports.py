"""A list of work as a file: all that matches, not the page alone, within the same sight; kept in the audit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from handhold.access.families import Sighted, sight_of
from handhold.access.transfers import NotHere
from handhold.actions.exporting import note_export
from handhold.casefiles.protocols import calendar_of
from handhold.exchange.sheets import Value, as_csv, as_xlsx
from handhold.queries.all_work import find_transfers, transfer_rows
from handhold.queries.my_families import FamilyRow, family_rows, find_families
from handhold.queries.my_work import find_my_work
from handhold.queries.narrowing import Narrowing
from handhold.queries.to_take import find_to_take, rows_to_take
from handhold.queries.waiting import Waiting
from handhold.web.my_work.lists import ALL, FAMILIES, PAGES, TASKS, TEAM, TITLES, TO_TAKE, asked_of
from handhold.web.requests import practitioner_of

AT_ONCE = 100
"""So many rows are loaded at a time, however many there are."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TRANSFER = ("What to do", "And more", "Family", "Children", "Pathway", "Limit", "Whose move", "Responsible")
FAMILY = ("Family", "Children", "Involvement", "Responsible", "What waits first", "Pathway")
OF_WORK, OF_FAMILIES = (("Due", "Due date", *columns, "Reference") for columns in (TRANSFER, FAMILY))
Table = tuple[tuple[str, ...], list[tuple[Value, ...]]]


@require_safe
def export_work(request: HttpRequest, worklist: str) -> HttpResponse:
    """The rows that the same address shows, as CSV or Excel (`?as=`)."""
    sight, asked = sight_of(practitioner_of(request), timezone.now()), asked_of(request)
    if worklist not in PAGES:
        raise NotHere
    head, rows = _families(sight, asked) if worklist == FAMILIES else _work(worklist, sight, asked)
    note_export(worklist, urlencode(asked.asked), (str(row[-1]) for row in rows), by=sight.by, now=sight.now)
    today = calendar_of(sight.protocol).local_date(sight.now)
    return _answer(request.GET.get("as", "csv"), TITLES[worklist], today, head, rows)


def _work(worklist: str, sight: Sighted, asked: Narrowing) -> Table:
    find: dict[str, Callable[[], Iterable[Waiting]]] = {
        TASKS: lambda: find_my_work(sight, asked).tasks,
        TEAM: lambda: find_my_work(sight, asked).team,
        TO_TAKE: lambda: (one.row for some in _parts(find_to_take(sight, asked)) for one in rows_to_take(some, sight)),
        ALL: lambda: (row for some in _parts(find_transfers(sight, asked)) for row in transfer_rows(some, sight)),
    }
    return OF_WORK, [_row_of_work(one, sight) for one in find[worklist]()]


def _families(sight: Sighted, asked: Narrowing) -> Table:
    parts = _parts(find_families(sight, asked))
    return OF_FAMILIES, [_row_of_family(one, sight) for some in parts for one in family_rows(some, sight)]


def _parts(found: QuerySet[Any]) -> Iterator[list[Any]]:
    """The records in parts, so that as much is loaded at once for a thousand as for a hundred."""
    rows = found.iterator(chunk_size=AT_ONCE)
    while part := list(islice(rows, AT_ONCE)):
        yield part


def _row_of_work(one: Waiting, sight: Sighted) -> tuple[Value, ...]:
    return (
        one.due.text,
        _day(one, sight),
        one.what,
        one.more,
        one.family,
        one.children,
        one.pathway,
        one.limit,
        one.whose or "you",
        one.responsible,
        one.run_ref,
    )


def _row_of_family(row: FamilyRow, sight: Sighted) -> tuple[Value, ...]:
    first, held = row.first, row.held
    what, pathway = (first.what, first.pathway) if first else ("", "")
    due = _day(first, sight) if first else None
    return row.due.text, due, held.name, held.children, held.involvements, held.responsible, what, pathway, held.ref


def _day(one: Waiting, sight: Sighted) -> date | None:
    return calendar_of(sight.protocol).local_date(one.due_at) if one.due_at else None


def _answer(kind: str, title: str, today: date, head: tuple[str, ...], rows: list[tuple[Value, ...]]) -> HttpResponse:
    if kind not in ("csv", "xlsx"):
        raise NotHere
    content = as_csv(head, rows) if kind == "csv" else as_xlsx(title, head, rows)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8" if kind == "csv" else XLSX)
    name = f"{title.lower().replace(' ', '-')}-{today:%Y-%m-%d}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
