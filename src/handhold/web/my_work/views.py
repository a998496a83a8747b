"""My work: every role's first page, and the lists beside it. What was asked of a list stands in its address."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from handhold.access.families import Sighted, sight_of
from handhold.access.intake import intake_of
from handhold.access.transfers import is_there
from handhold.queries.all_work import find_transfers, transfer_rows
from handhold.queries.desk import Desk, find_desk
from handhold.queries.my_families import family_rows, find_families
from handhold.queries.my_work import MyWork, find_my_work
from handhold.queries.paper_work import find_paper_work
from handhold.queries.to_take import find_to_take, queues_of, rows_to_take
from handhold.web.addresses import meeting_address, new_transfer_address, queue_address, transfer_address
from handhold.web.british_dates import day_and_clock
from handhold.web.my_work.lists import ALL, FAMILIES, TASKS, TEAM, TO_TAKE, asked_of, narrowing_box, tabs
from handhold.web.my_work.rows import address_of, task_row
from handhold.web.paging import sheet_of, sheet_of_records
from handhold.web.requests import account_of, practitioner_of


@dataclass(frozen=True, slots=True)
class Pile:
    """A queue or a sitting that waits for one's role."""

    words: str
    address: str


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """What waits for the person who is signed in. An account of nobody who is there has no work."""
    practitioner = account_of(request).practitioner
    if practitioner is None or not is_there(practitioner, timezone.now()):
        return render(request, "my_work/nobody.html")
    sight, asked = sight_of(practitioner, timezone.now()), asked_of(request)
    work, desk = find_my_work(sight, asked), find_desk(sight)
    page = {"work": work, "sheet": sheet_of(request, [task_row(one) for one in work.tasks])}
    page |= {"queues": _queues(desk), "meetings": _meetings(desk), "transfer_address": transfer_address}
    page["papers"] = find_paper_work(sight, work.held, some_undelivered=getattr(request.user, "some_undelivered", True))
    page["takes_in"] = intake_of(sight) is not None
    page["ready"] = [(one, new_transfer_address(one.family_ref, one.pathway)) for one in work.ready_to_begin]
    page["falling_due"] = [(one, new_transfer_address(one.family_ref, one.pathway)) for one in work.falling_due]
    page["box"] = narrowing_box(TASKS, asked, desk)
    return render(request, "my_work/my_work.html", {**page, "tabs": tabs(sight, desk, TASKS, _counts(work))})


@require_safe
def team_work(request: HttpRequest) -> HttpResponse:
    """What waits for those whom the person manages."""
    sight, asked = _sight_of(request), asked_of(request)
    work, desk = find_my_work(sight, asked), find_desk(sight)
    page = {"work": work, "sheet": sheet_of(request, [task_row(one) for one in work.team])}
    page["box"] = narrowing_box(TEAM, asked, desk)
    return render(request, "my_work/team.html", {**page, "tabs": tabs(sight, desk, TEAM, _counts(work))})


@require_safe
def work_to_take(request: HttpRequest) -> HttpResponse:
    """What waits in the queues that the person's roles look after."""
    sight, asked = _sight_of(request), asked_of(request)
    desk = find_desk(sight)
    sheet = sheet_of_records(request, find_to_take(sight, asked), lambda items: rows_to_take(items, sight))
    page = {"sheet": sheet, "looks_after": queues_of(sight), "address_of": address_of, "queue_address": queue_address}
    page["box"] = narrowing_box(TO_TAKE, asked, desk)
    return render(request, "my_work/to_take.html", {**page, "tabs": tabs(sight, desk, TO_TAKE)})


@require_safe
def my_families(request: HttpRequest) -> HttpResponse:
    """The families for whose children the person, or somebody whom they manage, is responsible."""
    sight, asked = _sight_of(request), asked_of(request)
    desk = find_desk(sight)
    sheet = sheet_of_records(request, find_families(sight, asked), lambda some: family_rows(some, sight))
    page = {"sheet": sheet, "manages_others": bool(sight.manages), "asked": asked, "address_of": address_of}
    page["box"] = narrowing_box(FAMILIES, asked, desk)
    return render(request, "my_work/families.html", {**page, "tabs": tabs(sight, desk, FAMILIES)})


@require_safe
def all_work(request: HttpRequest) -> HttpResponse:
    """Every transfer that the person may open."""
    sight, asked = _sight_of(request), asked_of(request)
    desk = find_desk(sight)
    rows = sheet_of_records(
        request, find_transfers(sight, asked), lambda runs: [task_row(one) for one in transfer_rows(runs, sight)]
    )
    page: dict[str, Any] = {"sheet": rows, "box": narrowing_box(ALL, asked, desk)}
    return render(request, "my_work/all_work.html", {**page, "tabs": tabs(sight, desk, ALL)})


def _sight_of(request: HttpRequest) -> Sighted:
    return sight_of(practitioner_of(request), timezone.now())


def _counts(work: MyWork) -> dict[str, int]:
    return dict(zip((TASKS, TEAM), work.waiting_in_all, strict=True))


def _queues(desk: Desk) -> list[Pile]:
    return [Pile(f"{one.called}: {one.count} waiting", queue_address(one.code)) for one in desk.queues if one.count]


def _meetings(desk: Desk) -> list[Pile]:
    return [
        Pile(
            f"{one.called}, {day_and_clock(one.planned_at)}: {one.count} {'family' if one.count == 1 else 'families'}",
            meeting_address(one.ref),
        )
        for one in desk.meetings
    ]
