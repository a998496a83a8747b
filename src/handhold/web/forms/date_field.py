"""Dates in three boxes and times in one, as people write them, with GOV.UK's error words."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError

from handhold.web.british_dates import LONG_MONTHS

PARTS = ("day", "month", "year")
Typed = tuple[str, str, str]
When = Literal["any", "past", "future"]
TIME = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?(am|pm)?")


class DayMonthYear(forms.Widget):
    """Reads the three boxes `<name>-day`, `<name>-month` and `<name>-year`."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:  # noqa: ARG002
        """What was typed, trimmed, never None."""
        day, month, year = (str(data.get(f"{name}-{part}", "")).strip() for part in PARTS)
        return day, month, year

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:  # noqa: ARG002
        """Whether none of the boxes came with the form."""
        return not any(f"{name}-{part}" in data for part in PARTS)


class DateField(forms.Field):
    """A date. `must_be` past or future (today belongs to both) is held against `today`, which the form sets.

    `called` begins the error words: "Date of the visit must be a real date". An error knows which boxes are wrong.
    """

    widget = DayMonthYear
    today: date | None = None

    def __init__(
        self,
        label: str,
        *,
        called: str = "",
        missing: str = "",
        hint: str = "",
        must_be: When = "any",
        initial: date | None = None,
    ) -> None:
        super().__init__(label=label, help_text=hint, required=bool(missing), initial=initial)
        self.called, self.missing, self.must_be = called or label, missing, must_be

    def prepare_value(self, value: Any) -> Typed:
        """The words of the three boxes, for a date known before as for what was typed."""
        if isinstance(value, date):
            return str(value.day), str(value.month), str(value.year)
        return value or ("", "", "")

    def clean(self, value: Any) -> date | None:
        """The date, or None for empty boxes that may be empty. Raises ValidationError."""
        typed: Typed = self.prepare_value(value)
        if not any(typed):
            if self.required:
                raise ValidationError(self.missing, code="required", params={"parts": PARTS})
            return None
        found = self._real_date(typed)
        self._check_side_of_today(found)
        return found

    def _real_date(self, typed: Typed) -> date:
        empty = tuple(part for part, text in zip(PARTS, typed, strict=True) if not text)
        if empty:
            lacking = " and ".join(empty)
            raise ValidationError(f"{self.called} must include a {lacking}", code="incomplete", params={"parts": empty})
        day, month, year = typed[0], month_number(typed[1]), typed[2]
        if not re.fullmatch(r"\d{4}", year):
            raise ValidationError("Year must include 4 numbers", code="year", params={"parts": ("year",)})
        try:
            return date(int(year), int(month), int(day))
        except ValueError as fault:
            wrong = f"{self.called} must be a real date"
            raise ValidationError(wrong, code="unreal", params={"parts": PARTS}) from fault

    def _check_side_of_today(self, found: date) -> None:
        if self.must_be == "any":
            return
        if self.today is None:
            raise TypeError(f"{self.called}: a form with a date in the past or future must be given today's date")
        if (self.must_be == "past" and found > self.today) or (self.must_be == "future" and found < self.today):
            wrong = f"{self.called} must be today or in the {self.must_be}"
            raise ValidationError(wrong, code=self.must_be, params={"parts": PARTS})


def month_number(text: str) -> str:
    """`3` for March, Mar or 3; what is no month comes back as it is."""
    if len(text) >= 3:
        for number, month in enumerate(LONG_MONTHS, start=1):
            if month.lower().startswith(text.lower()):
                return str(number)
    return text


class TimeField(forms.CharField):
    """A time of day by the clock on the wall: 2.30pm, 14:30, 9am, midday, midnight. Cleaned to a time."""

    widget = forms.TextInput

    def __init__(
        self,
        label: str,
        *,
        called: str = "",
        missing: str = "",
        hint: str = "For example, 9.30am or 14:30",
        initial: str | None = None,
    ) -> None:
        super().__init__(label=label, help_text=hint, required=bool(missing), max_length=20, initial=initial)
        self.called = called or label
        self.error_messages |= {"required": missing, "max_length": self._wrong()}

    def clean(self, value: Any) -> Any:
        """The time, or None for an empty box that may be empty. Raises ValidationError."""
        text = super().clean(value)
        if not text:
            return None
        found = read_time(text)
        if found is None:
            raise ValidationError(self._wrong(), code="unreal")
        return found

    def _wrong(self) -> str:
        return f"{self.called} must be a time, like 9.30am or 14:30"


def read_time(text: str) -> time | None:
    """The time of day that somebody wrote, or None."""
    words = re.sub(r"[\s]|\.(?=m)|(?<=m)\.", "", text.lower())
    if words in ("midday", "noon", "midnight"):
        return time(0) if words == "midnight" else time(12)
    found = TIME.fullmatch(words)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    # A bare number could be meant as either half of the day.
    elif found[2] is None:
        return None
    return time(hour, minute) if hour < 24 and minute < 60 else None
