"""What is asked when a safeguarding concern is reported, received and decided, and what can be said of it later."""

from datetime import date
from typing import Any

from django import forms

from handhold.queries.concern_pages import DISCUSSED
from handhold.records.models import ConcernDiscussion
from handhold.web.forms.date_field import DateField
from handhold.web.forms.fields import CheckboxesField, Choice, LongTextField, RadiosField, TextField
from handhold.web.forms.govuk_form import GovukForm

NOTHING_WRITTEN = "Write something in one of these boxes, a few words are enough. If you cannot write now, ring"
WHO_IT_IS_ABOUT = "Who is it about?"
SPOKEN_WITH = ConcernDiscussion.Outcome.DISCUSSED


class WhoeverField(CheckboxesField):
    """Any of those shown, or of those who have come and gone since: what was sent is never sent back for it."""

    def valid_value(self, value: Any) -> bool:  # noqa: ARG002
        """Any value; who it is, is looked up when it is kept."""
        return True


class ConcernForm(GovukForm):
    """Who, what, where now. Any one of the three is enough, of any length: nothing stands before reporting (Y52)."""

    child = forms.CharField(widget=forms.HiddenInput, required=False)
    family = forms.CharField(widget=forms.HiddenInput, required=False)
    transfer = forms.CharField(widget=forms.HiddenInput, required=False)
    who = LongTextField(
        "Who are you worried about?", hint="Name, age, address: what you know.", rows=3, max_length=None
    )
    what = LongTextField(
        "What has happened, or what are you afraid of?",
        hint="In the child's own words, if they spoke.",
        max_length=None,
    )
    where_now = LongTextField("Where is the child now, and who is with them?", rows=3, max_length=None)
    about = WhoeverField(WHO_IT_IS_ABOUT)
    about_named = LongTextField("Somebody else, by name or by what they do", rows=2, max_length=None)

    def clean(self) -> dict[str, Any]:
        """Only a page on which nothing at all was written is given back."""
        cleaned: dict[str, Any] = super().clean() or {}
        written = any(cleaned.get(name, "").strip() for name in ("who", "what", "where_now", "about_named"))
        if not written and not self.errors:
            self.add_error("what", NOTHING_WRITTEN)
        return cleaned


class ReceivedForm(GovukForm):
    """A button: a person says that they have it."""


class DecisionForm(GovukForm):
    """What is decided, and why; and what may be said to who reported it."""

    outcome = RadiosField("What do you decide?", missing="Choose what you decide")
    reason = LongTextField(
        "Why?",
        missing="Write why you decide so",
        hint="For those who handle concerns. Who reported it does not see it.",
    )
    answer = LongTextField(
        "What do you want to tell the person who reported it?",
        hint="They see what you decide, and these words. Write only what they may know.",
        rows=3,
    )


class DiscussionForm(GovukForm):
    """Whether the family had been spoken with before it was sent (Y55)."""

    outcome = RadiosField(
        "Had anybody spoken with the family about it before you sent it?",
        [Choice(one, words, reveals=("on",) if one == SPOKEN_WITH else ()) for one, words in DISCUSSED.items()],
        missing="Choose what is so",
    )
    on = DateField("When?", must_be="past")
    view = LongTextField("How the family sees it, or more about why not", rows=3)

    @property
    def day(self) -> date | None:
        """The day, where one was given; for a valid form."""
        return self.cleaned_data.get("on") or None


class AboutForm(GovukForm):
    """Somebody who works with the child, and whom it is about."""

    about = WhoeverField(WHO_IT_IS_ABOUT)
    about_named = TextField("Somebody else, by name or by what they do", max_length=500)

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("about") and not cleaned.get("about_named", "").strip() and not self.errors:
            self.add_error("about_named", "Choose or write who it is about")
        return cleaned


class HandOnForm(GovukForm):
    """Which colleague answers for it from now on."""

    to = RadiosField("Who answers for it from now on?", missing="Choose a colleague")
    why = LongTextField("Why?", rows=3)


class LinkForm(GovukForm):
    """Which child on record it is about."""

    child = forms.CharField(widget=forms.HiddenInput, max_length=20)


class DisagreementForm(GovukForm):
    """Who sent it does not agree with the decision."""

    why = LongTextField("What do you not agree with, and why?", missing="Write what you do not agree with")


class ReleaseForm(GovukForm):
    """What the family's record may say of it from now on (Y55)."""

    words = LongTextField(
        "What may the family's record say?",
        missing="Write what the record may say",
        hint="Everybody who sees this family's record sees these words, and the family can ask for them. "
        "Do not write who reported it.",
    )
