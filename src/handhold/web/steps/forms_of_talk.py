"""Forms of the steps in which people speak, meet, visit and are told: consent, conversation, meeting, notice, visit."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from handhold.casefiles import contents
from handhold.queries.step_options import pick, pick_all
from handhold.queries.step_pages import OutcomeLine
from handhold.web.british_dates import long_date
from handhold.web.forms.fields import CheckboxesField, Choice, LongTextField, RadiosField, SelectField, TextField
from handhold.web.steps.step_form import StepForm, practitioner_choices

HOW = (
    Choice("face to face", "Face to face"),
    Choice("telephone", "By telephone"),
    Choice("video call", "By video call"),
    Choice("in writing", "In writing"),
    Choice("through an interpreter", "Through an interpreter"),
)
NOTICE_WAYS = (
    Choice("telephone", "By telephone"),
    Choice("e-mail", "By e-mail"),
    Choice("meeting", "At a meeting"),
    Choice("letter", "By letter"),
)
NOBODY = "nobody"


class ConsentForm(StepForm):
    """Whose answer, to what, how it was given; where they said yes, with whom information may be shared."""

    content_class = contents.ConsentContent
    when_words = "When did they answer?"
    note_words = "Anything else about the answer"
    fields_of_words = {"whose-consent": "given_by"}

    def own_fields(self) -> dict[str, forms.Field]:
        """Whose, to what, how."""
        to_what, earlier = self.page.destination or "early help", self.options.earlier_yes
        if earlier:
            self.words_before = (
                f"On record from before: yes to {earlier.to_what}, by {earlier.name} on {long_date(earlier.on_date)}. "
                "It is filled in below. Ask whether it holds for this too."
            )
        return {
            "given_by": RadiosField(
                "Whose answer is it?",
                [Choice(one.ref, one.words, one.hint) for one in self.options.family],
                missing="Choose whose answer it is",
                hint="A parent with responsibility, or a young person who understands what is asked.",
                initial=earlier.ref if earlier else None,
            ),
            "to_what": TextField(
                "To what?",
                missing="Write what they were asked",
                initial=to_what,
                called="What they were asked",
                max_length=100,
            ),
            "how": RadiosField("How did they answer?", HOW, missing="Choose how they answered"),
        }

    def fields_of_outcome(self, outcome: OutcomeLine) -> dict[str, forms.Field]:
        """A yes says with whom information may be shared."""
        found = super().fields_of_outcome(outcome)
        if "sharing-agreed" in outcome.asks:
            agencies, earlier = self.options.agencies_near, self.options.earlier_yes
            shared = list(earlier.shared_with) if earlier else []
            near = [Choice(one.ref, one.words) for one in agencies]
            nobody = Choice(NOBODY, "With nobody", exclusive=True)
            found[f"sharing-{outcome.id}"] = CheckboxesField(
                "With whom may information be shared?",
                [*near, nobody],
                hint="Only what they agreed to.",
                initial=[one.ref for one in agencies if one.ref in shared],
            )
            others = [Choice(one.ref, one.words) for one in self.options.agencies_other]
            found[f"others-{outcome.id}"] = CheckboxesField(
                "And with any of these?",
                others,
                initial=[one.ref for one in self.options.agencies_other if one.ref in shared],
            )
        return found

    def field_for(self, word: str, outcome: str) -> str:
        """The sharing belongs to the outcome."""
        return f"sharing-{outcome}" if word == "sharing-agreed" else super().field_for(word, outcome)

    def own_words(self) -> dict[str, Any]:
        """The answer, whole."""
        cleaned = self.cleaned_data
        shared = [*(cleaned.get(f"sharing-{self.outcome}") or ()), *(cleaned.get(f"others-{self.outcome}") or ())]
        agencies = (*self.options.agencies_near, *self.options.agencies_other)
        return {
            "given_by": pick(self.options.family, cleaned["given_by"]),
            "to_what": cleaned["to_what"],
            "how": cleaned["how"],
            "shared_with": pick_all(agencies, shared),
            "shares_with_nobody": NOBODY in shared,
        }


class ConversationForm(StepForm):
    """With whom, how, and what they said."""

    content_class = contents.ConversationContent
    when_words = "When did you speak?"
    fields_of_words = {"wish-recorded": "note"}

    def own_fields(self) -> dict[str, forms.Field]:
        """With whom and how; where a wish is asked for, in their own words."""
        asks_wish = "wish-recorded" in self.page.step.asks
        label = "What they would like, in their own words" if asks_wish else "What they said"
        return {
            "with_person": RadiosField(
                "With whom did you speak?",
                [Choice(one.ref, one.words) for one in self.options.family],
                missing="Choose with whom you spoke",
            ),
            "how": RadiosField("How?", HOW, missing="Choose how you spoke"),
            "note": LongTextField(label, called="What they said"),
        }

    def own_words(self) -> dict[str, Any]:
        """The conversation, whole."""
        cleaned = self.cleaned_data
        return {"with_person": pick(self.options.family, cleaned["with_person"]), "how": cleaned["how"]}


class ColleaguesForm(StepForm):
    """A conversation between practitioners: with whom, how, what was said."""

    content_class = contents.ConversationContent
    when_words = "When did you speak?"
    note_words = "What was said"
    fields_of_words = {"conversation-partner": "spoken_with"}

    def own_fields(self) -> dict[str, forms.Field]:
        """With whom and how."""
        people = practitioner_choices(self.options)
        return {
            "spoken_with": SelectField("With whom did you speak?", people, hint="Begin to type an agency or a name."),
            "how": RadiosField("How?", HOW, missing="Choose how you spoke"),
        }

    def own_words(self) -> dict[str, Any]:
        """The conversation, whole."""
        cleaned = self.cleaned_data
        return {"spoken_with": pick(self.options.practitioners, cleaned["spoken_with"]), "how": cleaned["how"]}


class MeetingForm(StepForm):
    """Who was invited, and who came."""

    content_class = contents.MeetingContent
    when_words = "When was it held?"
    note_words = "What was said and agreed"
    words_before = "Whoever was not invited stays unanswered."
    words_before_of_all = (
        "Say of everybody who works with the children whether they came. "
        "Of the family, whoever was not invited stays unanswered."
    )
    confirmations: ClassVar[dict[str, str]] = {
        "plan-agreed-there": "The plan was shared with them, and they agree to it",
        "consent-confirmed": "They confirm their consent to the early help",
    }
    answers = (Choice("present", "Came"), Choice("apologies", "Sent apologies"), Choice("absent", "Did not come"))

    def own_fields(self) -> dict[str, forms.Field]:
        """One question for each person who may have been invited; whoever was not invited stays unanswered."""
        options = self.options
        if "everyone-answered" in self.page.step.asks:
            self.words_before = self.words_before_of_all
        people = [(one.ref, one.words, one.hint) for one in options.ends]
        people += [(one.ref, one.words, one.hint) for one in options.family]
        people += [(one.ref, one.words, one.hint) for one in options.around]
        came: dict[str, forms.Field] = {
            f"came-{ref}": RadiosField(words, self.answers, inline=True, hint=hint) for ref, words, hint in people
        }
        return came | self._confirmed_there()

    def _confirmed_there(self) -> dict[str, forms.Field]:
        """What the family said at the meeting, where the step asks for it (Y18, Y20)."""
        step = self.page.step
        asked = {word for outcome in step.outcomes.values() for word in outcome.asks}
        offered = [Choice(word, words) for word, words in self.confirmations.items() if word in asked]
        return {"confirmed": CheckboxesField("What did the family say there?", offered)} if offered else {}

    def asked_for(self) -> set[str]:
        """Of everybody it is said whether they came."""
        return {name for name in self.fields if name.startswith("came-")}

    def field_for(self, word: str, outcome: str) -> str:  # noqa: ARG002 - as every form
        """The person who is missing."""
        if word in self.confirmations:
            return "confirmed"
        ends, family = [one.ref for one in self.options.ends], [one.ref for one in self.options.family]
        people = {
            "worker-attended": ends[:1],
            "receiver-attended": ends[1:2],
            "family-attended": family[:1],
            "everyone-answered": [one.ref for one in self.options.around if not self._answer_for(one.ref)][:1],
        }.get(word)
        return f"came-{people[0]}" if people else ""

    def _answer_for(self, ref: str) -> str:
        return str(getattr(self, "cleaned_data", {}).get(f"came-{ref}") or "")

    def own_words(self) -> dict[str, Any]:
        """Everybody who was invited, with how they answered."""
        practitioners = (*self.options.ends, *self.options.around)
        found = [
            contents.Attendance(answer, practitioner=one.record)
            for one in practitioners
            if (answer := self.cleaned_data[f"came-{one.ref}"])
        ]
        found += [
            contents.Attendance(answer, person=one.record)
            for one in self.options.family
            if (answer := self.cleaned_data[f"came-{one.ref}"])
        ]
        confirmed = self.cleaned_data.get("confirmed", ())
        return {
            "attendances": tuple(found),
            "plan_agreed": "plan-agreed-there" in confirmed,
            "consent_confirmed": "consent-confirmed" in confirmed,
        }


class NoticeForm(StepForm):
    """Who of the team around the child was told, and how."""

    content_class = contents.NoticeContent
    when_words = "When were they told?"
    fields_of_words = {"everyone-told": "told"}

    def own_fields(self) -> dict[str, forms.Field]:
        """Everybody of the team, and the way."""
        team = [Choice(one.ref, one.words, one.hint) for one in self.options.around]
        return {
            "told": CheckboxesField("Who was told?", team, hint="Everybody who works with the children."),
            "how": RadiosField(
                "How?",
                NOTICE_WAYS,
                missing="Choose how they were told",
            ),
        }

    def own_words(self) -> dict[str, Any]:
        """Who was told, and how."""
        told = pick_all(self.options.around, self.cleaned_data["told"])
        return {"told": told, "how": self.cleaned_data["how"]}


class OutsiderToldForm(StepForm):
    """Somebody who does not work with the children was told something: how, and what."""

    content_class = contents.NoticeContent
    when_words = "When were they told?"
    reason_words = ("What did you tell them?", "Write what you told them", "The words")

    def own_fields(self) -> dict[str, forms.Field]:
        """The way."""
        return {"how": RadiosField("How?", NOTICE_WAYS, missing="Choose how they were told")}

    def own_words(self) -> dict[str, Any]:
        """How they were told."""
        return {"how": self.cleaned_data["how"]}


class VisitForm(StepForm):
    """Which children were seen, and which of them alone."""

    content_class = contents.VisitContent
    when_words = "When was the visit?"
    note_words = "What was said and seen"
    answers = (Choice("alone", "Seen alone"), Choice("seen", "Seen with others"), Choice("not-seen", "Not seen"))

    def own_fields(self) -> dict[str, forms.Field]:
        """One question for each child."""
        return {
            f"seen-{one.ref}": RadiosField(
                one.words, self.answers, inline=True, missing=f"Say whether {one.words} was seen"
            )
            for one in self.options.children
        }

    def own_words(self) -> dict[str, Any]:
        """The children seen, and those seen alone."""
        answers = {one.ref: self.cleaned_data[f"seen-{one.ref}"] for one in self.options.children}
        alone = [ref for ref, answer in answers.items() if answer == "alone"]
        seen = [ref for ref, answer in answers.items() if answer != "not-seen"]
        children = self.options.children
        return {"seen": pick_all(children, seen), "seen_alone": pick_all(children, alone)}
