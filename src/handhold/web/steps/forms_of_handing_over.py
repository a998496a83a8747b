"""Forms of the steps that pass a family on: request, acceptance, letter, form section, professional relationship."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from handhold.casefiles import contents
from handhold.queries.endings_letters import LetterWords
from handhold.queries.form_sections import FieldLine, SectionText
from handhold.queries.step_options import pick
from handhold.queries.step_pages import StepPage
from handhold.web.british_dates import long_date
from handhold.web.forms.date_field import DateField
from handhold.web.forms.fields import CheckboxesField, Choice, LongTextField, RadiosField, SelectField, TextField
from handhold.web.steps.forms_of_talk import HOW
from handhold.web.steps.step_form import StepForm, practitioner_choices

SOMEBODY_ELSE = "somebody-else"
CHECKED = "checked"


class RequestForm(StepForm):
    """Whom the step asks, where it asks a person; and that the need, the agencies and the plan were talked about."""

    content_class = contents.ConversationContent
    when_words = "When did you ask?"
    fields_of_words = {"practitioner-chosen": "asked", "need-and-plan-shared": "shared"}

    def __init__(self, data: Mapping[str, Any] | None = None, *, page: StepPage, **rest: Any) -> None:
        if "practitioner-chosen" not in page.step.asks:
            self.reason_words = ("What do you ask?", "Write what you ask", "The question")
        super().__init__(data, page=page, **rest)

    def own_fields(self) -> dict[str, forms.Field]:
        """Those who work with the children first; somebody else from everybody who is there."""
        found: dict[str, forms.Field] = {}
        if "practitioner-chosen" in self.page.step.asks:
            known = [Choice(one.ref, one.words, one.hint) for one in self.options.known]
            other = Choice(SOMEBODY_ELSE, "Somebody else", reveals=("other",))
            found["asked"] = RadiosField("Whom did you ask?", [*known, other])
            found["other"] = SelectField(
                "Who?",
                practitioner_choices(self.options),
                missing="Choose whom you asked",
                hint="Sorted by agency. Begin to type an agency or a name.",
            )
            found["how"] = RadiosField("How did you speak with them?", HOW, missing="Choose how you spoke")
        if "need-and-plan-shared" in self.page.step.asks:
            words = "I shared the need, the other agencies and the plan"
            found["shared"] = CheckboxesField("What did they hear?", [Choice(CHECKED, words)])
        if awaited := self.options.awaited:
            found["note"] = LongTextField(
                f"Why do you not wait for the answer of {awaited.name}?",
                hint=f"They have until {long_date(awaited.until)} to answer.",
                missing="Write why you do not wait for their answer",
                rows=3,
            )
        return found

    def own_words(self) -> dict[str, Any]:
        """Who was asked, and what was shared. Where an outcome asks for the person, its own field holds them."""
        cleaned = self.cleaned_data
        said = {"how": cleaned.get("how") or "", "confirmed": CHECKED in (cleaned.get("shared") or ())}
        if "asked" not in self.fields:
            return said
        chosen = cleaned.get("other") if cleaned.get("asked") == SOMEBODY_ELSE else cleaned.get("asked")
        return {**said, "practitioner": pick((*self.options.known, *self.options.practitioners), chosen)}


class AcceptanceForm(StepForm):
    """The answer of who was asked to lead, written by themselves or for them."""

    when_words = "When did they answer?"
    agreed_words = "From when?"
    note_words = "How the answer came, and anything agreed for the first meeting"

    def own_words(self) -> dict[str, Any]:
        """An answer that somebody else writes down is recorded on behalf of whoever was asked."""
        return {"on_behalf_of": None if self.page.is_receiver else self.options.receiver}


class LetterForm(StepForm):
    """A letter to one child: the words that the worker adds; name and address, checked."""

    asks_when = False
    content_class = contents.LetterContent
    buttons = (("preview", "1", "See the letter first"),)
    fields_of_words = {"letter-for-this-age": "own_words"}

    def __init__(self, data: Mapping[str, Any] | None = None, *, parts: frozenset[str], **rest: Any) -> None:
        self.parts = parts
        super().__init__(data, **rest)

    def own_fields(self) -> dict[str, forms.Field]:
        """What goes into the letter: of what the letter does not speak, nothing is asked."""
        return {**self._words_of_the_letter(), **self._where_it_goes()}

    def _words_of_the_letter(self) -> dict[str, forms.Field]:
        name = self.page.child_name
        fields: dict[str, forms.Field] = {
            "own_words": LongTextField(f"Your own words to {name}", called="Your words", max_length=1500),
            "went_well": LongTextField(
                "What went well", hint="One thing on each line.", called="What went well", max_length=800, rows=3
            ),
            "child_words": LongTextField(
                f"Something {name} told you, in their words", called="Their words", max_length=500, rows=2
            ),
            "ends_date": DateField(
                "What is the last day of your work with them?", called="The last day", missing="Enter the last day"
            ),
            "goodbye_visit_date": DateField("Which day is, or was, the goodbye visit?", called="The day of the visit"),
        }
        return {part: field for part, field in fields.items() if part in self.parts}

    def _where_it_goes(self) -> dict[str, forms.Field]:
        return {
            "recipient": TextField("Whose name is on the letter?", missing="Write the name"),
            "address": LongTextField(
                "Where does it go?",
                hint="Leave it empty if you hand it over.",
                called="The address",
                max_length=400,
                rows=4,
            ),
            "checked": CheckboxesField(
                "Before it goes",
                [Choice(CHECKED, "I read the letter, and name and address are right")],
                missing="Confirm that the letter, the name and the address are right",
            ),
        }

    def letter_words(self) -> LetterWords:
        """What the letter is printed with; for a form whose letter fields are valid."""
        cleaned = self.cleaned_data
        lines = tuple(line.strip() for line in (cleaned.get("went_well") or "").splitlines() if line.strip())
        return LetterWords(
            recipient=cleaned["recipient"],
            address=cleaned.get("address") or "",
            ends_date=cleaned.get("ends_date"),
            goodbye_date=cleaned.get("goodbye_visit_date"),
            own_words=cleaned.get("own_words") or "",
            child_words=cleaned.get("child_words") or "",
            went_well=lines,
        )


class SectionForm(StepForm):
    """The section of a form, each field with the words carried into it and where they come from."""

    keeps_version = True
    asks_when = False
    content_class = contents.FormContent

    def __init__(self, data: Mapping[str, Any] | None = None, *, section: SectionText, **rest: Any) -> None:
        self.section = section
        super().__init__(data, **rest)

    def own_fields(self) -> dict[str, forms.Field]:
        """One long text for each field of the section."""
        found: dict[str, forms.Field] = {}
        for one in self.section.fields:
            found[f"field-{one.id}"] = self._field(one)
            if one.or_not_obtained:
                found |= self._instead(one)
        return found

    def asked_for(self) -> set[str]:
        """Where no part may be left empty, every required one."""
        required = {f"field-{one.id}" for one in self.section.fields if one.is_required}
        return required if "section-complete" in self.page.step.asks else super().asked_for()

    def field_for(self, word: str, outcome: str) -> str:
        """The required field that has been left empty."""
        if word == "section-complete":
            empty = (f"field-{one.id}" for one in self.section.fields if one.is_required and not self._is_told(one))
            return next(empty, "")
        ids = {"plan-or-where-it-is": "plan", "lead-named": "lead", "work-summarised": "summary"}
        return f"field-{ids[word]}" if word in ids else super().field_for(word, outcome)

    def own_words(self) -> dict[str, Any]:
        """The answers, each with what was carried into it."""
        fields = self.section.fields
        told = (self._answer(one) for one in fields)
        instead = (answer for one in fields if one.or_not_obtained for answer in self._answers_instead(one))
        return {
            "answers": (*told, *instead),
            "form": (self.page.step.form or "") if "section-complete" in self.page.step.asks else "",
            "edited_version": int(self.version) if self.version.isdigit() else 0,
        }

    def _field(self, line: FieldLine) -> LongTextField:
        hint = line.hint
        if line.carried:
            day = f" on {long_date(line.carried.at)}" if line.carried.at else ""
            hint = f"{hint} From {line.carried.origin}{day}.".strip()
        return LongTextField(line.label, hint=hint, called=line.label, initial=line.text, max_length=20000, rows=6)

    def _instead(self, line: FieldLine) -> dict[str, forms.Field]:
        """Why a view was not obtained, and what was tried: both, in its place."""
        why, tried = f"field-{contents.why_not_field(line.id)}", f"field-{contents.tried_field(line.id)}"
        not_obtained = Choice(CHECKED, "This could not be obtained", reveals=(why, tried))
        is_ticked = [CHECKED] if line.why_not or line.tried else None
        return {
            f"no-{line.id}": CheckboxesField(
                f"{line.label}: where there is nothing", [not_obtained], initial=is_ticked
            ),
            why: LongTextField("Why not?", missing="Write why", called="The reason", initial=line.why_not, rows=2),
            tried: LongTextField(
                "What was tried?", missing="Write what was tried", called="What was tried", initial=line.tried, rows=2
            ),
        }

    def _is_told(self, line: FieldLine) -> bool:
        cleaned = getattr(self, "cleaned_data", {})
        return bool(cleaned.get(f"field-{line.id}") or (line.or_not_obtained and cleaned.get(f"no-{line.id}")))

    def _answers_instead(self, line: FieldLine) -> Iterator[contents.WrittenAnswer]:
        for field in (contents.why_not_field(line.id), contents.tried_field(line.id)):
            yield contents.WrittenAnswer(field, self.cleaned_data.get(f"field-{field}") or "")

    def _answer(self, line: FieldLine) -> contents.WrittenAnswer:
        carried = line.carried
        return contents.WrittenAnswer(
            line.id,
            self.cleaned_data[f"field-{line.id}"],
            carried.text.replace("\r\n", "\n") if carried else "",
            carried.origin if carried else "",
            carried.at if carried else None,
        )


class RelationshipForm(StepForm):
    """The lead among the child's professional relationships: in which role, and how to reach them."""

    asks_when = False
    same_for_others = True
    content_class = contents.RelationshipContent
    fields_of_words = {"lead-named": "role"}

    def own_fields(self) -> dict[str, forms.Field]:
        """Filled in from what is known of the practitioner."""
        receiver = self.options.receiver
        contact = ", ".join(part for part in (receiver.phone, receiver.email) if part) if receiver else ""
        role = receiver.job_title if receiver else ""
        return {
            "role": TextField("In which role?", called="The role", initial=role, max_length=60),
            "contact": TextField("How can they be reached?", called="How to reach them", initial=contact),
        }

    def asked_for(self) -> set[str]:
        """A lead is on record with both."""
        return super().asked_for() | {"role", "contact"}

    def own_words(self) -> dict[str, Any]:
        """The role and the contact."""
        return {"role": self.cleaned_data["role"], "contact": self.cleaned_data["contact"]}
