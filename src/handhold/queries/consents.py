"""The answer of a family to an offer of support that stands now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handhold.access.families import Sighted
from handhold.access.papers import answers_known
from handhold.queries.naming import person_name
from handhold.records.models import Consent, Family


@dataclass(frozen=True)
class ConsentLine:
    """The family's last answer to an offer of support. Only `given` is live."""

    outcome: str
    to_what: str
    given_by: str
    happened_at: datetime
    is_live: bool


def last_consent(family: Family, sight: Sighted) -> ConsentLine | None:
    """What the family answered last, as far as somebody knows of it; None where nobody has asked them."""
    last = answers_known(sight, family).select_related("given_by").order_by("-happened_at", "-id").first()
    if last is None:
        return None
    return ConsentLine(
        outcome=last.get_outcome_display().lower(),
        to_what=last.to_what,
        given_by=person_name(last.given_by) if last.given_by else "",
        happened_at=last.happened_at,
        is_live=last.outcome == Consent.Outcome.GIVEN,
    )
