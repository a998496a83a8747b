"""Keeps papers shared and received, agencies told and letters sent, for `details`, which chooses by the class."""

from __future__ import annotations

import hashlib

from handhold.casefiles.case import Case
from handhold.casefiles.contents_of_papers import (
    AgenciesToldContent,
    LettersContent,
    ReceivedPapersContent,
    SharedPapersContent,
)
from handhold.casefiles.papers import find_papers_shared
from handhold.records.models import Document, Notice, PaperReceived, PaperShared, StepRecord


def keep_shared_papers(content: SharedPapersContent, case: Case, record: StepRecord) -> None:
    """Each paper as it was made, marked where something was taken out of it (L22)."""
    for paper in content.papers:
        document = _keep(case, record, paper.title, paper.pdf, kind=paper.code)
        PaperShared.objects.create(
            step_record=record,
            code=paper.code,
            document=document,
            is_redacted=paper.is_redacted,
            left_out=list(paper.left_out),
        )


def keep_received_papers(content: ReceivedPapersContent, case: Case, record: StepRecord) -> None:
    """The answer for each paper."""
    PaperReceived.objects.bulk_create(
        PaperReceived(step_record=record, paper=paper)
        for paper in find_papers_shared(case)
        if paper.code in content.received
    )


def keep_agencies_told(content: AgenciesToldContent, case: Case, record: StepRecord) -> None:  # noqa: ARG001 - as all
    """A notice to each agency (L24)."""
    Notice.objects.bulk_create(
        Notice(step_record=record, to_agency=one, how=content.how, told_at=record.happened_at) for one in content.told
    )


def keep_letters(content: LettersContent, case: Case, record: StepRecord) -> None:
    """Each letter as it was sent (L25)."""
    for letter in content.letters:
        _keep(case, record, letter.title, letter.pdf, kind=record.step, to=letter.recipient, address=letter.address)


def _keep(
    case: Case, record: StepRecord, title: str, pdf: bytes, *, kind: str, to: str = "", address: str = ""
) -> Document:
    return Document.objects.create(
        family_id=case.run.family_id,
        run=case.run,
        kind=kind,
        title=title,
        sha256=hashlib.sha256(pdf).hexdigest(),
        content=pdf,
        made_at=record.recorded_at,
        made_by=record.recorded_by,
        recipient=to,
        address=address,
    )
