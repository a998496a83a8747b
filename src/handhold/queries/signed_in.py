"""Who is signed in, as the frame of every page needs to know it: name, council, procedure, which lists are theirs."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from handhold.casefiles.protocols import current_version
from handhold.records.models import Account, Agency, Authority, MeetingSeries, Practitioner, Queue


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


def find_signed_in(account: Account, now: datetime) -> SignedIn | None:
    """What the frame says of an account at `now`; None for an account without a practitioner who is still there."""
    still_there = Q(left_date__isnull=True) | Q(left_date__gt=now.date())
    practitioners = Practitioner.objects.filter(still_there, account=account)
    lists = Exists(_queues_of_person(now)), Exists(_meetings_of_council())
    found = practitioners.values_list("agency__kind", *lists).first()
    practitioner = account.practitioner
    if found is None or practitioner is None:
        return None
    agency, (kind, has_queues, has_meetings) = practitioner.agency, found
    is_council = kind == Agency.Kind.COUNCIL
    return SignedIn(
        name=f"{practitioner.given_name} {practitioner.family_name}",
        job_title=practitioner.job_title,
        agency=agency.name,
        is_council=is_council,
        has_queues=is_council and has_queues,
        has_meetings=is_council and has_meetings,
        procedure=find_running_procedure(agency.authority),
    )


def find_running_procedure(authority: Authority) -> RunningProcedure:
    """The procedure that new transfers of this council begin under."""
    file = current_version(authority).file
    return RunningProcedure(
        council=file.council, title=file.title, status=file.source.status, remark=file.source.remark
    )


def _queues_of_person(now: datetime) -> QuerySet[Queue]:
    """The queues that a post of the outer practitioner, or of their team, looks after."""
    holds_post = Q(owner_post__holdings__practitioner=OuterRef("pk"), owner_post__holdings__during__contains=now)
    in_team = Q(owner_post__team__isnull=False, owner_post__team=OuterRef("team"))
    return Queue.objects.filter(holds_post | in_team)


def _meetings_of_council() -> QuerySet[MeetingSeries]:
    return MeetingSeries.objects.filter(authority=OuterRef("agency__authority"))
