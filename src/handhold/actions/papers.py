"""Giving papers out: the pack of a transfer, the letter that says who helps now, a paper on record. Each is audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from handhold.access.papers import (
    access_document_to_read,
    access_inspection_to_read,
    audience_of,
    may_have_family_letter,
    reads_papers,
)
from handhold.access.transfers import NotHere, Opened, access_proposal_to_read, access_transfer_to_read
from handhold.audit.recording import record_event
from handhold.documents import find_template, render_document
from handhold.queries.family_letters import compose_family_letter
from handhold.queries.inspection import compose_inspection
from handhold.queries.packs import compose_pack
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Document, Practitioner


@dataclass(frozen=True)
class PaperGiven:
    """The bytes of a PDF, and the name under which a browser keeps it: a reference, never a person's name."""

    pdf: bytes
    file_name: str


@transaction.atomic
def give_out_pack(ref: str, *, by: Practitioner, now: datetime) -> PaperGiven:
    """The pack of a transfer as this person may have it (Y4, Y16), and an entry that they took it.

    Raises NotHere, and DocumentFault where it cannot be printed.
    """
    opened = access_proposal_to_read(ref, by=by, now=now)
    audience = audience_of(opened)
    if audience is None:
        raise NotHere
    pack = compose_pack(opened, audience)
    pdf = render_document(find_template(_letters(opened), "transfer-pack", pack.language), pack)
    _note(opened, "pack.read", audience)
    return PaperGiven(pdf, f"transfer-pack-{opened.case.run.ref}.pdf")


@transaction.atomic
def give_out_inspection(ref: str, *, by: Practitioner, now: datetime) -> PaperGiven:
    """The whole of a transfer on paper, for the council's side, and an entry that they took it.

    Raises NotHere, and DocumentFault where it cannot be printed.
    """
    opened = access_inspection_to_read(ref, by=by, now=now)
    whole = compose_inspection(opened)
    pdf = render_document(find_template(_letters(opened), "inspection", whole.language), whole)
    _note(opened, "inspection.read", "council")
    return PaperGiven(pdf, f"transfer-{opened.case.run.ref}.pdf")


@transaction.atomic
def give_out_family_letter(ref: str, *, by: Practitioner, now: datetime) -> PaperGiven:
    """The letter `who helps you now`, for the council's side, once somebody has accepted (Y3).

    Raises NotHere, and DocumentFault where it cannot be printed.
    """
    opened = access_transfer_to_read(ref, by=by, now=now)
    letter = compose_family_letter(opened.case) if may_have_family_letter(opened) else None
    if letter is None:
        raise NotHere
    pdf = render_document(find_template(_letters(opened), "family-letter", letter.language), letter)
    _note(opened, "family-letter.made", "family")
    return PaperGiven(pdf, f"family-letter-{opened.case.run.ref}.pdf")


@transaction.atomic
def give_out_transfer_document(ref: str, document_ref: str, *, by: Practitioner, now: datetime) -> PaperGiven:
    """A paper of this transfer as it was made, for who may see its papers, and an entry that they took it.

    Raises NotHere.
    """
    opened = access_transfer_to_read(ref, by=by, now=now)
    found = Document.objects.select_related("family", "run", "child").filter(run=opened.case.run, ref=document_ref)
    document = found.first()
    if document is None or not reads_papers(opened):
        raise NotHere
    return _give_out(document, by, now)


@transaction.atomic
def give_out_family_document(document_ref: str, *, by: Practitioner, now: datetime) -> PaperGiven:
    """A paper of a family in sight as it was made, and an entry that they took it. Raises NotHere."""
    return _give_out(access_document_to_read(document_ref, by=by, now=now), by, now)


def _give_out(document: Document, by: Practitioner, now: datetime) -> PaperGiven:
    about = (document, document.family, document.run, document.child)
    subjects = [one.ref for one in about if one is not None]
    record_event("document.read", by=by, now=now, subjects=subjects, after={"sha256": document.sha256})
    check_constraints_now()
    return PaperGiven(bytes(document.content), f"{document.kind}-{document.ref}.pdf")


def _letters(opened: Opened) -> Path:
    return opened.case.protocol.folder / "letters"


def _note(opened: Opened, event: str, audience: str) -> None:
    run = opened.case.run
    children = [held.person.ref for held in opened.case.children]
    subjects = [run.ref, run.family.ref, *children]
    record_event(event, by=opened.by, now=opened.case.now, subjects=subjects, after={"audience": audience})
    check_constraints_now()
