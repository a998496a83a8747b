"""Papers of partners: sent in on the web, filed with a family, registered, given out (Y29, Y30).

Whoever sends one is told that it arrived, in the transaction that keeps it. Nothing that came is thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from handhold.access.partner_papers import (
    OpenedPaper,
    access_family_to_send,
    access_paper_to_handle,
    access_paper_to_read,
    families_to_file_with,
)
from handhold.access.transfers import NotHere
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.paper_keeping import acknowledge, file_with, flags_of, keep_files, subjects_of, tell_sender
from handhold.actions.paper_matching import children_of
from handhold.actions.paper_steps import record_in_runs
from handhold.actions.refusals import HappenedLater, NoSuchChoice
from handhold.audit.recording import record_event
from handhold.casefiles.protocols import calendar_of
from handhold.exchange.attachments import Attachment
from handhold.records.constraints import check_constraints_now
from handhold.records.models import (
    Family,
    PaperAttachment,
    PaperFiling,
    PaperRegistration,
    PartnerPaper,
    Person,
    Practitioner,
)


class PaperNotFiled(Exception):
    """A paper is registered only with a family: match it first."""


@dataclass(frozen=True)
class FileGiven:
    """A file that came with a paper, and the name under which a browser keeps it: a reference, never a person's."""

    content: bytes
    media_type: str
    file_name: str


@transaction.atomic
def submit_paper(
    family_ref: str,
    kind: str,
    child_refs: Sequence[str],
    *,
    paper_date: date,
    text: str = "",
    files: Iterable[Attachment] = (),
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> PartnerPaper:
    """Sends a paper in about some children of a family that the sender works with (Y30).

    Raises NotHere, NoSuchChoice for a sort that the procedure does not name, HappenedLater, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    family, sight, rules = access_family_to_send(family_ref, by=by, now=now)
    if kind not in rules.kinds:
        raise NoSuchChoice
    _check_past(paper_date, calendar_of(sight.protocol).local_date(now))
    children = _children_named(family, child_refs, now)
    attachments = tuple(files)
    paper = PartnerPaper.objects.create(
        authority=family.authority,
        kind=kind,
        sender=by,
        from_address=by.email,
        subject=rules.kinds[kind].called,
        text=text,
        paper_date=paper_date,
        received_at=now,
        flags=flags_of(attachments),
    )
    keep_files(paper, attachments)
    file_with(paper, family, children, by=by, now=now)
    record_event("partner-paper.received", by=by, now=now, subjects=subjects_of(paper, family, children))
    acknowledge(paper, now)
    check_constraints_now()
    return paper


@transaction.atomic
def file_paper(
    ref: str,
    family_ref: str,
    child_refs: Sequence[str],
    *,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> PaperFiling:
    """Files a paper with a family and some of its children, for who receives papers; the last filing stands.

    Filed otherwise after it was registered, it waits to be registered again. Raises NotHere, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    opened = access_paper_to_handle(ref, by=by, now=now)
    family = families_to_file_with(opened.sight).filter(ref=family_ref).first()
    if family is None:
        raise NotHere
    children = _children_named(family, child_refs, now)
    filing = file_with(opened.paper, family, children, by=by, now=now)
    subjects = subjects_of(opened.paper, family, children)
    record_event("partner-paper.filed", by=by, now=now, subjects=subjects)
    check_constraints_now()
    return filing


@transaction.atomic
def set_aside_paper(
    ref: str, reason: str, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> PaperFiling:
    """Sets a paper aside that is nobody's here, with a reason. It is kept, and can be filed later.

    Raises NotHere, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    opened = access_paper_to_handle(ref, by=by, now=now)
    filing = PaperFiling.objects.create(paper=opened.paper, filed_by=by, filed_at=now, reason=reason)
    record_event("partner-paper.set-aside", by=by, now=now, subjects=[opened.paper.ref])
    check_constraints_now()
    return filing


@transaction.atomic
def register_paper(
    ref: str,
    kind: str,
    *,
    paper_date: date,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> PaperRegistration:
    """Registers a filed paper as what it is: the one act that follows from having read it (Y29, L11).

    `paper_date` is the day of the assessment or of the meeting. A second registration finds the first. The sender is
    told. Raises NotHere, PaperNotFiled, NoSuchChoice, HappenedLater, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    opened = access_paper_to_handle(ref, by=by, now=now)
    filing = opened.filing
    if filing is None or filing.family is None:
        raise PaperNotFiled
    standing = PaperRegistration.objects.filter(filing=filing).first()
    if standing is not None:
        return standing
    rule = next((rule for name, rule in opened.rules.kinds.items() if name == kind), None)
    if rule is None:
        raise NoSuchChoice
    _check_past(paper_date, calendar_of(opened.sight.protocol).local_date(now))
    registered = PaperRegistration.objects.create(
        filing=filing, kind=kind, paper_date=paper_date, registered_by=by, registered_at=now
    )
    subjects = subjects_of(opened.paper, filing.family, filing.children.all())
    after = {"kind": kind, "paper_date": paper_date}
    record_event("partner-paper.registered", by=by, now=now, subjects=subjects, after=after)
    record_in_runs(registered, rule, by=by, now=now)
    if opened.paper.sender and opened.paper.sender_id != by.pk:
        tell_sender(opened.paper, "paper-registered", opened.paper.sender.email, now)
    check_constraints_now()
    return registered


@transaction.atomic
def give_out_attachment(ref: str, position: int, *, by: Practitioner, now: datetime) -> FileGiven:
    """A file of a paper as it came, and an entry that somebody took it. Raises NotHere."""
    opened = access_paper_to_read(ref, by=by, now=now)
    found = PaperAttachment.objects.filter(paper=opened.paper, position=position).first()
    if found is None:
        raise NotHere
    record_event("partner-paper.read", by=by, now=now, subjects=_subjects(opened), after={"sha256": found.sha256})
    check_constraints_now()
    ending = found.file_name.rpartition(".")[2].lower()
    ending = f".{ending}" if ending.isalnum() and len(ending) <= 5 and "." in found.file_name else ""
    return FileGiven(bytes(found.content), found.media_type, f"paper-{opened.paper.ref}-{position}{ending}")


def _children_named(family: Family, refs: Sequence[str], now: datetime) -> list[Person]:
    """The children named, of this family now. Raises NotHere for any other, and for none."""
    found = [child for child in children_of(family, now) if child.ref in refs]
    if not refs or len(found) != len(set(refs)):
        raise NotHere
    return found


def _check_past(day: date, today: date) -> None:
    """Raises HappenedLater for a paper of a day that has not come."""
    if day > today:
        raise HappenedLater


def _subjects(opened: OpenedPaper) -> list[str]:
    filing = opened.filing
    if filing is None or filing.family is None:
        return [opened.paper.ref]
    return subjects_of(opened.paper, filing.family, filing.children.all())
