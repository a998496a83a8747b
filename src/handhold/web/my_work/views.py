"""My work: every role's first page, in three tabs."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from handhold.access.families import sight_of
from handhold.access.intake import intake_of
from handhold.access.transfers import is_there
from handhold.queries.my_work import MyWork, find_my_work
from handhold.queries.paper_work import find_paper_work
from handhold.queries.waiting import Waiting
from handhold.web.addresses import (
    exception_decision_address,
    meeting_address,
    new_transfer_address,
    proposal_address,
    queue_address,
    step_address,
    transfer_address,
)
from handhold.web.british_dates import day_and_clock
from handhold.web.components import Tab
from handhold.web.paging import sheet_of
from handhold.web.requests import account_of, practitioner_of
from handhold.working_days import DueWords


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row as it stands on the page: `address` leads to the page that does it."""

    due: DueWords
    what: str
    address: str
    family: str
    children: str
    pathway: str
    limit: str
    whose: str
    gone_to: str
    while_away: str


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
    sight = sight_of(practitioner, timezone.now())
    work = find_my_work(sight)
    tasks = sheet_of(request, [_row(one) for one in work.tasks])
    page = {"work": work, "sheet": tasks, "queues": _queues(work), "meetings": _meetings(work)}
    page["papers"] = find_paper_work(sight, some_undelivered=getattr(request.user, "some_undelivered", True))
    page["transfer_address"] = transfer_address
    page["takes_in"] = intake_of(sight) is not None
    page["ready"] = [(one, new_transfer_address(one.family_ref, one.pathway)) for one in work.ready_to_begin]
    page["falling_due"] = [(one, new_transfer_address(one.family_ref, one.pathway)) for one in work.falling_due]
    return render(request, "my_work/my_work.html", {**page, "tabs": _tabs(work, "my-work")})


@require_safe
def team_work(request: HttpRequest) -> HttpResponse:
    """What waits for those whom the person manages."""
    work = _work_of(request)
    sheet = sheet_of(request, [_row(one) for one in work.team])
    return render(request, "my_work/team.html", {"work": work, "sheet": sheet, "tabs": _tabs(work, "team-work")})


@require_safe
def my_families(request: HttpRequest) -> HttpResponse:
    """The families for whose children the person, or somebody whom they manage, is responsible."""
    work = _work_of(request)
    page = {"own": [one for one in work.families if one.is_own], "tabs": _tabs(work, "my-families")}
    managed = sheet_of(request, [one for one in work.families if not one.is_own])
    return render(request, "my_work/families.html", {**page, "work": work, "sheet": managed})


def _work_of(request: HttpRequest) -> MyWork:
    return find_my_work(sight_of(practitioner_of(request), timezone.now()))


def _tabs(work: MyWork, here: str) -> list[Tab]:
    tabs = [("My tasks", "my-work", len(work.tasks))]
    if work.manages_others or work.team:
        tabs.append(("Team", "team-work", len(work.team)))
    tabs.append(("My families", "my-families", len(work.families)))
    return [Tab(words, reverse(page), is_here=page == here, count=count) for words, page, count in tabs]


def _row(waiting: Waiting) -> TaskRow:
    return TaskRow(
        due=waiting.due,
        what=waiting.what,
        address=_address_of(waiting),
        family=waiting.family,
        children=waiting.children,
        pathway=waiting.pathway,
        limit=waiting.limit,
        whose=waiting.whose,
        gone_to=waiting.gone_to,
        while_away=waiting.while_away,
    )


def _address_of(waiting: Waiting) -> str:
    """The page that does it."""
    if waiting.is_proposal:
        return proposal_address(waiting.run_ref)
    find_address = exception_decision_address if waiting.is_exception else step_address
    return find_address(waiting.run_ref, waiting.step, waiting.child_ref)


def _queues(work: MyWork) -> list[Pile]:
    return [Pile(f"{one.called}: {one.count} waiting", queue_address(one.code)) for one in work.queues if one.count]


def _meetings(work: MyWork) -> list[Pile]:
    return [
        Pile(
            f"{one.called}, {day_and_clock(one.planned_at)}: {one.count} {'family' if one.count == 1 else 'families'}",
            meeting_address(one.ref),
        )
        for one in work.meetings
    ]
