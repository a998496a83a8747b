"""For which time figures are shown. It stands in the address, so that a number can be shown to somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from handhold.web.forms.date_field import DateField
from handhold.web.forms.govuk_form import GovukForm


class TimeForm(GovukForm):
    """From one day to another, both included."""

    since = DateField("From", called="The first day")
    until = DateField("To", called="The last day")

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        del self.fields["once"]
        self.asked_elsewhere.update(self.fields)

    def clean(self) -> dict[str, Any]:
        """The last day cannot come before the first."""
        said = super().clean() or {}
        first, last = said.get("since"), said.get("until")
        if first and last and last < first:
            self.add_error("until", "The last day must be the same as the first or later")
        return said


def in_address(name: str, day: date) -> dict[str, int]:
    """A day as its three boxes stand in an address."""
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
