"""Keeping what comes into the mailbox: each mail whole, once, with what follows from it in the same transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from handhold.actions.paper_keeping import acknowledge, file_with, flags_of, keep_files, subjects_of
from handhold.actions.paper_matching import find_sender, propose_family
from handhold.audit.recording import record_event
from handhold.exchange.received_mail import ReadMail, read_mail
from handhold.notifications.models import OutboxMessage
from handhold.records.constraints import check_constraints_now
from handhold.records.locks import wait_for_turn
from handhold.records.models import Authority, PartnerPaper, ReceivedMail


@transaction.atomic
def keep_mail(
    content: bytes, *, authority: Authority, now: datetime, size: int | None = None, is_whole: bool = True
) -> ReceivedMail | None:
    """Keeps a mail of the mailbox and what follows from it, all or nothing; None for one that is kept already.

    A paper is kept, proposed or filed, and acknowledged; a report that a message of ours was not delivered marks that
    message. `content` is the head alone where the mail was too large. Two at once wait for each other.
    """
    read = read_mail(content, is_whole=is_whole)
    wait_for_turn(f"received-mail {read.sha256}")
    if ReceivedMail.objects.filter(authority=authority, message_id=read.message_id, sha256=read.sha256).exists():
        return None
    ours = OutboxMessage.objects.filter(ref__in=read.answers)
    sort = read.sort if read.sort == "paper" or ours.exists() else "paper"
    mail = ReceivedMail.objects.create(
        authority=authority,
        sort=sort,
        message_id=read.message_id,
        sha256=read.sha256,
        size=len(content) if size is None else size,
        is_whole=is_whole,
        content=content,
        from_address=read.from_address,
        subject=read.subject,
        received_at=now,
    )
    if sort == "bounce":
        ours.filter(bounced_at__isnull=True, sent_at__isnull=False).update(bounced_at=now)
    if sort == "paper":
        _keep_paper_of(mail, read, now)
    check_constraints_now()
    return mail


def _keep_paper_of(mail: ReceivedMail, read: ReadMail, now: datetime) -> PartnerPaper:
    sender = find_sender(read.from_address, mail.authority, now)
    proposal = propose_family(read, sender, mail.authority, now)
    paper = PartnerPaper.objects.create(
        authority=mail.authority,
        mail=mail,
        sender=sender,
        from_address=read.from_address,
        subject=read.subject,
        text=read.text,
        received_at=now,
        flags=flags_of(read.attachments, {*read.flags, *(() if sender else ("stranger",))}),
        proposed_family=proposal.family if proposal else None,
        proposed_by=proposal.by if proposal else "",
    )
    keep_files(paper, read.attachments)
    sure = proposal if proposal and proposal.is_sure else None
    if sure:
        file_with(paper, sure.family, sure.children, by=None, now=now)
    subjects = subjects_of(paper, sure.family, sure.children) if sure else [paper.ref]
    record_event("partner-paper.received", by=None, now=now, subjects=subjects, after={"sha256": mail.sha256})
    if "automatic" not in read.flags:
        acknowledge(paper, now)
    return paper
