"""Forms of the steps that pass papers on: papers shared and received, agencies told, letters to carers and agencies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms

from handhold.access.transfers import Opened
from handhold.casefiles import contents
from handhold.casefiles.contents_of_papers import (
    AgenciesToldContent,
    LettersContent,
    ReceivedPapersContent,
    SharedPapersContent,
)
from handhold.casefiles.papers import ASSESSMENT, FINAL_PLAN
from handhold.protocol.definition import Step
from handhold.queries.correspondence import CorrespondenceKnown, CorrespondenceWords, print_letters
from handhold.queries.papers_to_share import PapersToShare, PaperWords, SharedLine, make_papers
from handhold.queries.step_options import pick_all
from handhold.web.british_dates import long_date
from handhold.web.forms.date_field import DateField
from handhold.web.forms.fields import CheckboxesField, Choice, LongTextField, RadiosField
from handhold.web.steps.forms_of_talk import NOTICE_WAYS
from handhold.web.steps.step_form import StepForm

CHECKED, WHOLE, REDACTED = "checked", "whole", "redacted"


class SharePapersForm(StepForm):
    """The papers that go into the pack: the final plan as it stands, and what of the assessment is left out."""

    asks_when = False
    content_class = SharedPapersContent

    def __init__(self, data: Mapping[str, Any] | None = None, *, papers: PapersToShare, **rest: Any) -> None:
        self.papers = papers
        super().__init__(data, **rest)

    def own_fields(self) -> dict[str, forms.Field]:
        """Only what the record does not hold yet."""
        found: dict[str, forms.Field] = {}
        if FINAL_PLAN in self.papers.codes:
            found |= self._plan_fields()
        if ASSESSMENT in self.papers.codes and self.papers.parts:
            found["left_out"] = CheckboxesField(
                "Is there a part of the assessment that they must not see?",
                [Choice(one.code, f"Leave out: {one.title}") for one in self.papers.parts],
                hint="Another person's safety, a safe address. The document is then marked as a redacted version.",
            )
        found["checked"] = CheckboxesField(
            "Before they go",
            [Choice(CHECKED, "I read them, and they hold nothing that this practitioner must not see")],
            missing="Confirm that you read them",
        )
        return found

    def field_for(self, word: str, outcome: str) -> str:
        """A paper that is missing is the one that is written here."""
        is_plan = word == "documents-in-pack" and "final_plan" in self.fields
        return "final_plan" if is_plan else super().field_for(word, outcome)

    def content(self, now: Any) -> contents.Content:
        """Without the papers; `printed` adds them."""
        return SharedPapersContent(happened_at=now)

    def printed(self, opened: Opened, content: contents.Content) -> contents.Content:
        """With each paper as it was made. Raises DocumentFault where one cannot be printed."""
        cleaned = self.cleaned_data
        words = PaperWords(
            final_plan=cleaned.get("final_plan") or "",
            plan_is_redacted=cleaned.get("plan_is") == REDACTED,
            left_out=tuple(cleaned.get("left_out") or ()),
        )
        return replace(SharedPapersContent(content.happened_at), papers=make_papers(opened.case, words))

    def _plan_fields(self) -> dict[str, forms.Field]:
        carried = self.papers.plan
        day = f" on {long_date(carried.at)}" if carried and carried.at else ""
        return {
            "final_plan": LongTextField(
                "The final social work plan",
                hint=f"From {carried.origin}{day}." if carried else "As it stands at the end.",
                called="The plan",
                initial=carried.text if carried else None,
                max_length=20000,
                rows=10,
            ),
            "plan_is": RadiosField(
                "Is this the whole plan?",
                (
                    Choice(WHOLE, "Yes"),
                    Choice(REDACTED, "No, a redacted version", "Something that they must not see was left out."),
                ),
                missing="Say whether it is the whole plan",
                initial=WHOLE,
            ),
        }


class ReceivePapersForm(StepForm):
    """The receiver's answer for each paper that is in the pack."""

    content_class = ReceivedPapersContent
    when_words = "When did you have them?"
    fields_of_words = {"documents-acknowledged": "received"}

    def __init__(self, data: Mapping[str, Any] | None = None, *, shared: tuple[SharedLine, ...], **rest: Any) -> None:
        self.shared = shared
        super().__init__(data, **rest)

    def own_fields(self) -> dict[str, forms.Field]:
        """One box for each paper."""
        choices = [Choice(one.code, one.title) for one in self.shared]
        return {"received": CheckboxesField("Which of them do you have?", choices, hint="Open each above.")}

    def own_words(self) -> dict[str, Any]:
        """An answer that somebody else writes down is recorded on behalf of whoever takes over."""
        return {
            "received": tuple(self.cleaned_data.get("received") or ()),
            "on_behalf_of": None if self.page.is_receiver else self.options.receiver,
        }


class AgenciesToldForm(StepForm):
    """Which agencies were told, and how."""

    content_class = AgenciesToldContent
    when_words = "When were they told?"
    fields_of_words = {"agencies-told": "told"}

    def own_fields(self) -> dict[str, forms.Field]:
        """Every agency that works with the children now."""
        around = [Choice(one.ref, one.words) for one in self.options.agencies_near]
        return {
            "told": CheckboxesField(
                "Which agencies were told?", around, hint="Every agency that works with the children."
            ),
            "how": RadiosField("How?", NOTICE_WAYS, missing="Choose how they were told"),
        }

    def own_words(self) -> dict[str, Any]:
        """Who was told, and how."""
        return {
            "told": pick_all(self.options.agencies_near, self.cleaned_data["told"]),
            "how": self.cleaned_data["how"],
        }


class CorrespondenceForm(StepForm):
    """One letter to each recipient, with the same words of the worker's own; names and addresses checked."""

    asks_when = False
    content_class = LettersContent
    buttons = (("preview", "1", "See the first letter"),)
    fields_of_words = {
        "letter-kept": "recipients",
        "letter-to-each-carer": "recipients",
        "letter-to-each-agency": "recipients",
    }

    def __init__(self, data: Mapping[str, Any] | None = None, *, known: CorrespondenceKnown, **rest: Any) -> None:
        self.known = known
        super().__init__(data, **rest)

    def own_fields(self) -> dict[str, forms.Field]:
        """To whom, where it goes, the last day, own words."""
        lines = self.known.recipients
        choices = [Choice(one.ref, one.name, reveals=(f"address-{one.ref}",)) for one in lines]
        addresses: dict[str, forms.Field] = {
            f"address-{one.ref}": LongTextField(
                f"Where does the letter to {one.name} go?",
                hint="Leave it empty if you hand it over.",
                called="The address",
                initial=one.address,
                max_length=400,
                rows=3,
            )
            for one in lines
        }
        return {
            "recipients": CheckboxesField("To whom?", choices, initial=[one.ref for one in lines]),
            **addresses,
            "ends_date": DateField(
                "What is the last day of social work?",
                called="The last day",
                missing="Enter the last day",
                initial=self.known.ends_date,
            ),
            "own_words": LongTextField("Your own words", called="Your words", max_length=1500),
            "checked": CheckboxesField(
                "Before they go",
                [Choice(CHECKED, "I read a letter, and names and addresses are right")],
                missing="Confirm that letter, names and addresses are right",
            ),
        }

    def words(self) -> CorrespondenceWords:
        """What the letters are printed with; for a form whose letter fields are valid."""
        cleaned = self.cleaned_data
        chosen = tuple(cleaned.get("recipients") or ())
        return CorrespondenceWords(
            recipients=chosen,
            addresses={ref: cleaned.get(f"address-{ref}") or "" for ref in chosen},
            ends_date=cleaned["ends_date"],
            own_words=cleaned.get("own_words") or "",
        )

    def printed(self, opened: Opened, content: contents.Content) -> contents.Content:
        """With each letter as it goes. Raises DocumentFault where one cannot be printed."""
        step: Step = self.page.step
        letters = print_letters(opened.case, step, self.words())
        return replace(LettersContent(content.happened_at), letters=letters)
