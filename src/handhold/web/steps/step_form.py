"""The form of a step: the outcomes in the protocol's words, what each reveals, and when it happened.

`StepForm` is enough for a plain decision; the other kinds derive from it and add their own fields. What must be there
for the step to count is the protocol's to say, so most fields may stay empty here: `decide` answers what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from handhold.access.refusals import HappenedTooEarly
from handhold.access.transfers import Opened
from handhold.casefiles import contents
from handhold.queries.step_options import StepOptions, pick
from handhold.queries.step_pages import OutcomeLine, StepPage
from handhold.web.british_dates import long_date
from handhold.web.forms.date_field import DateField, TimeField
from handhold.web.forms.fields import CheckboxesField, Choice, LongTextField, RadiosField, SelectField
from handhold.web.forms.govuk_form import GovukForm

MIDDAY = time(12)
LATER = "The time must be now or earlier: nothing is written down before it has happened"


def too_early(early: HappenedTooEarly) -> str:
    """What a date before everything else of the transfer is answered with, at its field."""
    return f"The date must be {long_date(early.earliest)} or later: nothing of this transfer happened before"


class StepForm(GovukForm):
    """The form of one step, for one person. Made by `forms_by_kind.build_form`."""

    content_class: ClassVar[type[contents.Content]] = contents.Content
    asks_when: ClassVar[bool] = True
    when_words: ClassVar[str] = "When did it happen?"
    agreed_words: ClassVar[str] = "By when is it to be done?"
    reason_words: tuple[str, str, str] = ("Why?", "Write the reason", "The reason")
    """What an outcome that needs a reason asks, its words while it is empty, and what it is called in a fault."""
    note_words: ClassVar[str] = ""
    same_for_others: ClassVar[bool] = False
    """Whether what is written for one child can be recorded for the others in the same act."""
    words_before: str = ""
    """Said above the fields."""
    fields_of_words: ClassVar[Mapping[str, str]] = {}
    """Which field is marked when a word of completeness is missing."""
    folded: ClassVar[Mapping[str, str]] = {}
    """Fields that open only when asked for, with the words that open them."""
    buttons: tuple[tuple[str, str, str], ...] = ()
    """Further buttons before the one that records: name, value, words."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        page: StepPage,
        options: StepOptions,
        today: date,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.page, self.options, self.today = page, options, today
        super().__init__(data, today=today, initial=initial)
        self.fields |= {
            **self._outcome_fields(),
            **self.own_fields(),
            **self._same_fields(),
            **self._closing_fields(),
        }
        for field in self.fields.values():
            if isinstance(field, DateField):
                field.today = today
        self.settle_reveals()
        self.asked_elsewhere = self.asked_for()

    # What a kind of step changes

    def own_fields(self) -> dict[str, forms.Field]:
        """The fields of this kind of step, between the outcome and the date."""
        return {}

    def fields_of_outcome(self, outcome: OutcomeLine) -> dict[str, forms.Field]:
        """The fields that one outcome asks for. Their names end with the outcome's."""
        found: dict[str, forms.Field] = {}
        if "practitioner-chosen" in outcome.asks:
            found[f"practitioner-{outcome.id}"] = SelectField("Who?", practitioner_choices(self.options))
        if "date-agreed" in outcome.asks:
            found[f"agreed-{outcome.id}"] = DateField(self.agreed_words, called="The date")
        if outcome.needs_reason:
            asks, missing, called = self.reason_words
            found[f"reason-{outcome.id}"] = LongTextField(asks, missing=missing, called=called)
        return found

    def asked_for(self) -> set[str]:
        """The fields that are not marked as optional, because the protocol asks what stands in them."""
        asked = {(word, one.id) for one in self.page.outcomes for word in (*self.page.step.asks, *one.asks)}
        return {self.field_for(word, outcome) for word, outcome in asked}

    def own_words(self) -> dict[str, Any]:
        """What this kind of step writes down beside what every step does; for a valid form."""
        return {}

    # What every step has

    @property
    def outcome(self) -> str:
        """How the step came out; for a valid form."""
        return str(self.cleaned_data["outcome"])

    @property
    def reason(self) -> str:
        """The reason for this outcome; for a valid form."""
        return str(self.cleaned_data.get(f"reason-{self.outcome}") or "")

    @property
    def child_refs(self) -> list[str]:
        """For whom it is recorded, the page's own child first; empty for a step of the whole transfer. A valid form."""
        return [one for one in (self.page.child_ref, *self.cleaned_data.get("same_for", ())) if one]

    def content(self, now: datetime) -> contents.Content:
        """What is written down; for a valid form."""
        cleaned = self.cleaned_data
        words = {
            "happened_at": self._happened_at(now),
            "note": cleaned.get("note") or "",
            "practitioner": pick(self.options.practitioners, cleaned.get(f"practitioner-{self.outcome}")),
            "agreed_date": cleaned.get(f"agreed-{self.outcome}"),
            **self.own_words(),
        }
        return self.content_class(**words)

    def printed(self, opened: Opened, content: contents.Content) -> contents.Content:  # noqa: ARG002 - of a kind
        """What is written down with the papers that this kind of step makes; for a valid form. Most make none."""
        return content

    def mark_missing(self, words: list[tuple[str, str]]) -> None:
        """Puts what the protocol found missing (word, sentence) at the fields that can supply it."""
        for word, sentence in words:
            field = self.field_for(word, self.outcome)
            if field in self.fields and field not in self.errors:
                self.add_error(field, sentence)

    def field_for(self, word: str, outcome: str) -> str:
        """The field of a word of completeness, under this outcome; empty where this form has none."""
        agreed = f"agreed-{outcome}"
        of_outcome = {
            "practitioner-chosen": f"practitioner-{outcome}",
            "date-agreed": agreed,
            "date-not-too-soon": agreed,
        }
        return self.fields_of_words.get(word) or of_outcome.get(word, "")

    def _outcome_fields(self) -> dict[str, forms.Field]:
        """Radios where there is a choice; where there is none, what the one outcome asks stands by itself."""
        outcomes = self.page.outcomes
        revealed = {outcome.id: self.fields_of_outcome(outcome) for outcome in outcomes}
        inner = {name: field for fields in revealed.values() for name, field in fields.items()}
        if len(outcomes) == 1:
            hidden = forms.CharField(widget=forms.HiddenInput, initial=outcomes[0].id)
            return {"outcome": hidden, **inner}
        radios = RadiosField(
            self.question,
            [Choice(one.id, one.called, _undoes(one), reveals=tuple(revealed[one.id])) for one in outcomes],
            missing="Choose one of the answers",
        )
        # An outcome that is not on offer to this person is refused with its reasons, not as a fault of the form.
        radios.choices = [(name, one.called) for name, one in self.page.step.outcomes.items()]
        return {"outcome": radios, **inner}

    @property
    def question(self) -> str:
        """What the outcomes answer."""
        return "What was decided?" if self.page.step.kind == "decision" else "How did it come out?"

    def _same_fields(self) -> dict[str, forms.Field]:
        """The other children for whom the same can be recorded now, all of them chosen."""
        here = {one.id for one in self.page.outcomes}
        able = [one for one in self.page.siblings if not one.is_done and here & {*one.outcomes}]
        if not (self.same_for_others and able):
            return {}
        choices = [Choice(one.ref, one.name) for one in able]
        words = "Untick a child for whom it is not the same."
        return {
            "same_for": CheckboxesField("Record the same for", choices, hint=words, initial=[one.ref for one in able])
        }

    def _closing_fields(self) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        if self.asks_when:
            found["happened"] = DateField(
                self.when_words,
                called="The date",
                missing="Enter the date",
                must_be="past",
                hint="Never later than now. An earlier day if you are writing it down afterwards.",
                initial=self.today,
            )
            found["happened_time"] = TimeField("At what time?", called="The time")
        if self.note_words:
            found["note"] = LongTextField(self.note_words, called="The note")
        return found

    def _happened_at(self, now: datetime) -> datetime:
        """The instant: now for today without a time, midday for an earlier day without one."""
        day, at = self.cleaned_data.get("happened"), self.cleaned_data.get("happened_time")
        if day is None or (at is None and day == timezone.localdate(now)):
            return now
        return timezone.make_aware(datetime.combine(day, at or MIDDAY))


WORKS_HERE = "works with the family"


def practitioner_choices(options: StepOptions) -> list[Choice]:
    """Those who work with the children first, then everybody else, each once, with where they work."""
    known = {one.ref for one in options.known}
    others = [one for one in options.practitioners if one.ref not in known]
    return [
        *(Choice(one.ref, f"{one.words}, {one.hint} ({one.why_first or WORKS_HERE})") for one in options.known),
        *(Choice(one.ref, f"{one.words}, {one.hint}") for one in others),
    ]


def _undoes(outcome: OutcomeLine) -> str:
    return f"Then this is done again: {'; '.join(outcome.undoes)}" if outcome.undoes else ""
