"""Papers of partners in every state, and a message that came back: for tests that look at every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tests.actions.walking import Walk
from tests.exchange.mails import LOCKED_PDF, PDF, mail

from handhold.actions.partner_papers import register_paper, set_aside_paper, submit_paper
from handhold.actions.received_mails import keep_mail
from handhold.exchange.attachments import examine_attachment
from handhold.notifications.models import OutboxMessage
from handhold.records.models import PartnerPaper

RECORD = "team-meeting-record"


@dataclass
class BusyPapers:
    """What was made, by what can be seen in it."""

    to_register: PartnerPaper
    registered: PartnerPaper
    mailed: PartnerPaper
    set_aside: PartnerPaper
    undelivered: OutboxMessage


def make_papers(walk: Walk, now: datetime) -> BusyPapers:
    """Papers about the family of a transfer that is closed and led by a partner, and beside it."""
    team = walk.person("supporting-families")
    to_register, registered = _send(walk, now), _send(walk, now)
    register_paper(registered.ref, RECORD, paper_date=walk.now.date(), by=team, now=now)
    undelivered = _fail_a_message(walk, now)
    files = {"locked.pdf": LOCKED_PDF, "program.exe": b"MZ"}
    mailed = _mail(walk, now, f"Assessment, {walk.run.ref}", message_id="<1@x>", files=files)
    set_aside = _mail(walk, now, "Cheap printers", message_id="<2@x>")
    set_aside_paper(set_aside.ref, "An advertisement.", by=team, now=now)
    absent = mail("Out of office", In_Reply_To=f"<{undelivered.ref}@example.org>", Auto_Submitted="auto-replied")
    keep_mail(absent.as_bytes(), authority=walk.council.authority, now=now)
    return BusyPapers(to_register, registered, mailed, set_aside, undelivered)


def _send(walk: Walk, now: datetime) -> PartnerPaper:
    lead, family = walk.person("lead-practitioner"), walk.family.family
    files = [examine_attachment("record.pdf", "application/pdf", PDF)]
    day = walk.now.date()
    return submit_paper(
        family.ref, RECORD, walk.child_refs, paper_date=day, text="We met.", files=files, by=lead, now=now
    )


def _mail(walk: Walk, now: datetime, subject: str, **words: object) -> PartnerPaper:
    kept = keep_mail(mail(subject, **words).as_bytes(), authority=walk.council.authority, now=now)  # type: ignore[arg-type]
    assert kept is not None
    return kept.paper


def _fail_a_message(walk: Walk, now: datetime) -> OutboxMessage:
    """A message to the lead that came back."""
    lead = walk.person("lead-practitioner")
    message = OutboxMessage.objects.filter(run=walk.run, to_address=lead.email).order_by("pk").first()
    assert message is not None
    message.sent_at = message.bounced_at = now
    message.save(update_fields=["sent_at", "bounced_at"])
    return message
