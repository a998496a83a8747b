"""The early help assessments that partners sent in about a family, registered or not yet (L11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from handhold.access.partner_papers import with_filing
from handhold.casefiles.case import Case
from handhold.queries.naming import practitioner_name
from handhold.records.models import PartnerPaper

REGISTERED = "registered-early-help-assessment"
"""The source of a form's field that is filled in from them."""
KIND = "early-help-assessment"


@dataclass(frozen=True, slots=True)
class EarlyHelpPaper:
    """One of them: from whom, when, its words, and whether somebody has registered it."""

    ref: str
    sender: str
    received_at: datetime
    text: str
    is_registered: bool


def find_early_help_papers(case: Case) -> list[EarlyHelpPaper]:
    """All that are filed with the run's family, newest first. One statement."""
    counts_as = Q(kind=KIND) | Q(filings__registration__kind=KIND)
    sent_in = PartnerPaper.objects.filter(counts_as, authority=case.run.authority_id).distinct()
    filed = with_filing(sent_in).filter(filed_family=case.run.family_id)
    rows = filed.select_related("sender").order_by("-received_at", "-id")
    return [
        EarlyHelpPaper(
            ref=row.ref,
            sender=practitioner_name(row.sender) if row.sender else row.from_address,
            received_at=row.received_at,
            text=row.text,
            is_registered=row.is_registered,
        )
        for row in rows
    ]
