"""What is asked when a safeguarding concern is reported, received and decided."""

from typing import Any

from django import forms

from handhold.web.forms.fields import LongTextField, RadiosField
from handhold.web.forms.govuk_form import GovukForm

NOTHING_WRITTEN = "Write something in one of these boxes, a few words are enough. If you cannot write now, ring"


class ConcernForm(GovukForm):
    """Who, what, where now. Any one of the three is enough: nothing stands before reporting (Y52)."""

    child = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    family = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    who = LongTextField("Who are you worried about?", hint="Name, age, address: what you know.", rows=3)
    what = LongTextField(
        "What has happened, or what are you afraid of?", hint="In the child's own words, if they spoke."
    )
    where_now = LongTextField("Where is the child now, and who is with them?", rows=3)

    def clean(self) -> dict[str, Any]:
        """Only a page on which nothing at all was written is given back."""
        cleaned: dict[str, Any] = super().clean() or {}
        written = any(cleaned.get(name, "").strip() for name in ("who", "what", "where_now"))
        if not written and not self.errors:
            self.add_error("what", NOTHING_WRITTEN)
        return cleaned


class ReceivedForm(GovukForm):
    """A button: a person says that they have it."""


class DecisionForm(GovukForm):
    """What is decided, and why."""

    outcome = RadiosField("What do you decide?", missing="Choose what you decide")
    reason = LongTextField("Why?", missing="Write why you decide so")
