"""Who is signed in, as the frame of every page needs to know it: name, council, procedure, which lists are theirs."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from handhold.casefiles.protocols import current_protocol
from handhold.records.models import Account, Authority, MeetingSeries, Practitioner, Queue


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
    with_council = Practitioner.objects.select_related("agency__authority")
    practitioner = with_council.filter(still_there, account=account).first()
    if practitioner is None:
        return None
    agency, authority = practitioner.agency, practitioner.agency.authority
    is_council = agency.kind == agency.Kind.COUNCIL
    return SignedIn(
        name=f"{practitioner.given_name} {practitioner.family_name}",
        job_title=practitioner.job_title,
        agency=agency.name,
        is_council=is_council,
        has_queues=is_council and _has_queues(practitioner, now),
        has_meetings=is_council and MeetingSeries.objects.filter(authority=authority).exists(),
        procedure=find_running_procedure(authority),
    )


def find_running_procedure(authority: Authority) -> RunningProcedure:
    """The procedure that new transfers of this council begin under."""
    file = current_protocol(authority).file
    return RunningProcedure(
        council=file.council, title=file.title, status=file.source.status, remark=file.source.remark
    )


def _has_queues(practitioner: Practitioner, now: datetime) -> bool:
    """Whether a post that they hold, or their team, looks after a queue."""
    holds_post = Q(owner_post__holdings__practitioner=practitioner, owner_post__holdings__during__contains=now)
    in_team = Q(owner_post__team__isnull=False, owner_post__team=practitioner.team_id)
    return Queue.objects.filter(holds_post | in_team).exists()
