"""Who is signed in, as the frame of every page needs to know it: name, council, procedure, which lists are theirs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from handhold.access.transfers import is_there
from handhold.casefiles.protocols import current_version
from handhold.queries.undelivered import all_undelivered
from handhold.records.models import Account, Agency, Authority, MeetingSeries, Queue


@dataclass(frozen=True, slots=True)
class RunningProcedure:
    """Which approved procedure the council works by, in its own words."""

    council: str
    title: str
    status: str
    remark: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person at a page. `is_council` is false for a partner, such as a school."""

    name: str
    job_title: str
    agency: str
    is_council: bool
    has_queues: bool
    has_meetings: bool
    procedure: RunningProcedure


def find_account(account_id: Any, now: datetime) -> Account | None:
    """An open account with everything that each page asks about it, in one statement; None where there is none."""
    accounts = Account.objects.select_related("practitioner__agency__authority", "practitioner__team")
    lists = {"has_queues": Exists(_queues_of_person(now)), "has_meetings": Exists(_meetings_of_council())}
    lists["some_undelivered"] = Exists(all_undelivered())
    return accounts.annotate(**lists).filter(pk=account_id, is_active=True).first()


def find_signed_in(account: Account, now: datetime) -> SignedIn | None:
    """What the frame says of an account at `now`; None for an account without a practitioner who is still there.

    Without a statement, for an account that `find_account` fetched.
    """
    practitioner = account.practitioner
    if practitioner is None or not is_there(practitioner, now):
        return None
    agency = practitioner.agency
    is_council = agency.kind == Agency.Kind.COUNCIL
    return SignedIn(
        name=f"{practitioner.given_name} {practitioner.family_name}",
        job_title=practitioner.job_title,
        agency=agency.name,
        is_council=is_council,
        has_queues=is_council and getattr(account, "has_queues", False),
        has_meetings=is_council and getattr(account, "has_meetings", False),
        procedure=find_running_procedure(agency.authority),
    )


def find_running_procedure(authority: Authority) -> RunningProcedure:
    """The procedure that new transfers of this council begin under."""
    file = current_version(authority).file
    return RunningProcedure(
        council=file.council, title=file.title, status=file.source.status, remark=file.source.remark
    )


def _queues_of_person(now: datetime) -> QuerySet[Queue]:
    """The queues that a post of the outer account's practitioner, or of their team, looks after."""
    holds_post = Q(
        owner_post__holdings__practitioner=OuterRef("practitioner"), owner_post__holdings__during__contains=now
    )
    in_team = Q(owner_post__team__isnull=False, owner_post__team=OuterRef("practitioner__team"))
    return Queue.objects.filter(holds_post | in_team)


def _meetings_of_council() -> QuerySet[MeetingSeries]:
    return MeetingSeries.objects.filter(authority=OuterRef("practitioner__agency__authority"))
