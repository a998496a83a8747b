"""The answer of a family to an offer of support that stands now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handhold.queries.naming import person_name
from handhold.records.models import Consent, Person


@dataclass(frozen=True)
class ConsentLine:
    """The family's last answer to an offer of support. Only `given` is live."""

    outcome: str
    to_what: str
    given_by: str
    happened_at: datetime
    is_live: bool


def consent_of(row: Mapping[str, Any]) -> ConsentLine:
    """The answer that stands, from its JSON: outcome, to what, when, and the name of who gave it."""
    outcome = Consent.Outcome(row["outcome"])
    giver = row["given_by"]
    return ConsentLine(
        outcome=outcome.label.lower(),
        to_what=row["to_what"],
        given_by=person_name(Person(**giver)) if giver["family_name"] else "",
        happened_at=datetime.fromisoformat(row["happened_at"]),
        is_live=outcome == Consent.Outcome.GIVEN,
    )
