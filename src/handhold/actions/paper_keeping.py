"""How a paper of a partner is written down, whatever way it came: flags, files, filing, the word to its sender."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from handhold.exchange.attachments import Attachment
from handhold.notifications.outbox import put_in_outbox
from handhold.records.models import (
    Family,
    PaperAttachment,
    PaperFiling,
    PaperFilingChild,
    PartnerPaper,
    Person,
    Practitioner,
)


def flags_of(attachments: Iterable[Attachment], of_mail: Iterable[str] = ()) -> list[str]:
    """What stands beside a paper in lists, each once, in the order of their names."""
    faults = {fault for one in attachments for fault in one.faults}
    found = set(of_mail)
    if "encrypted" in faults:
        found.add("encrypted")
    if faults - {"encrypted"}:
        found.add("bad-attachment")
    return sorted(found)


def keep_files(paper: PartnerPaper, attachments: Iterable[Attachment]) -> None:
    """Its files, in the order in which they came."""
    PaperAttachment.objects.bulk_create(
        PaperAttachment(
            paper=paper,
            position=place,
            file_name=one.file_name,
            media_type=one.media_type,
            size=len(one.content),
            sha256=one.sha256,
            content=one.content,
            faults=list(one.faults),
        )
        for place, one in enumerate(attachments, 1)
    )


def file_with(
    paper: PartnerPaper, family: Family, children: Iterable[Person], *, by: Practitioner | None, now: datetime
) -> PaperFiling:
    """Files it with a family and children; by nobody, where a known sender had written the reference."""
    filing = PaperFiling.objects.create(paper=paper, family=family, filed_by=by, filed_at=now)
    PaperFilingChild.objects.bulk_create(PaperFilingChild(filing=filing, child=child) for child in children)
    return filing


def acknowledge(paper: PartnerPaper, now: datetime) -> None:
    """The sender is told that it arrived (Y30)."""
    tell_sender(paper, "paper-received", paper.sender.email if paper.sender else paper.from_address, now)


def tell_sender(paper: PartnerPaper, template: str, address: str, now: datetime) -> None:
    """A message that leads to the paper; nothing where nobody can be written to."""
    if address:
        put_in_outbox(template, to_address=address, now=now, context={"ref": paper.ref, "path": f"/papers/{paper.ref}"})


def subjects_of(paper: PartnerPaper, family: Family, children: Iterable[Person]) -> list[str]:
    """Whom an entry of the audit is about."""
    return [paper.ref, family.ref, *(child.ref for child in children)]
