"""What is asked on the pages of a family: an alert, its end, how to speak with somebody, what of the chronology."""

from __future__ import annotations

from collections.abc import Iterable

from handhold.queries.before_the_door import FORMATS, Speaking
from handhold.records.alert_kinds import ALERT_KINDS
from handhold.web.forms.fields import CheckboxesField, Choice, LongTextField, RadiosField, TextField
from handhold.web.forms.govuk_form import GovukForm

FAMILY = "family"
YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))
NOT_KNOWN = Choice("", "Nobody knows yet")
AS_BOOL = {"yes": True, "no": False}


class AlertForm(GovukForm):
    """An alert: what, why, of whom, who else sees it."""

    kind = RadiosField("What is it about?", missing="Choose what it is about")
    reason = LongTextField(
        "What must somebody know, and what should they do?",
        missing="Write what somebody must know",
        hint="What happened and when, not what somebody is. The family can ask to see it.",
        max_length=1000,
    )
    whom = RadiosField("Whom does it concern?", missing="Choose whom it concerns")
    shared = RadiosField(
        "Do partners who work with the family see it too?",
        (Choice("yes", "Yes", hint="Schools, health services and others who visit or meet them"), Choice("no", "No")),
        missing="Choose whether partners see it",
    )

    def offer_people(self, people: Iterable[tuple[str, str]]) -> None:
        """Put the members of the family on offer: reference and name."""
        self.fields["kind"].offer(Choice(kind.code, kind.called) for kind in ALERT_KINDS.values())  # type: ignore[attr-defined]
        whom = [Choice(FAMILY, "The family, or the home"), *(Choice(ref, name) for ref, name in people)]
        self.fields["whom"].offer(whom)  # type: ignore[attr-defined]


class EndAlertForm(GovukForm):
    """Why it is over."""

    why = LongTextField("Why is it over?", missing="Write why it is over", rows=3, max_length=1000)


class CommunicationForm(GovukForm):
    """How to speak with somebody; of an adult also whether it is safe to contact them."""

    language = TextField("First language", hint="The language they speak best.", max_length=60, width=20)
    interpreter = RadiosField("Do they need an interpreter?", (*YES_NO, NOT_KNOWN), inline=True)
    formats = CheckboxesField(
        "In which form do they want what is written or said?",
        [Choice(code, words) for code, words in FORMATS.items()],
    )
    needs = LongTextField(
        "What else helps them to understand and be understood?",
        hint="For example, explain things twice, or face them when you speak.",
        rows=3,
        max_length=1000,
    )
    safe = RadiosField(
        "Is it safe to contact them?",
        (
            Choice("yes", "Yes, in any of the ways on record"),
            Choice("no", "No, or only in some ways", hint="Somebody else reads their messages, or listens."),
            NOT_KNOWN,
        ),
    )
    contact = LongTextField("How, and when, should they be contacted?", rows=3, max_length=1000)

    def ask_for_child(self) -> None:
        """A child is not contacted on their own: nothing of that is asked."""
        del self.fields["safe"], self.fields["contact"]


def typed_before(speaking: Speaking, language: str) -> dict[str, object]:
    """What stands in the form about communication to begin with."""
    said = {True: "yes", False: "no", None: ""}
    return {
        "language": language,
        "interpreter": said[speaking.interpreter_needed],
        "formats": list(speaking.codes),
        "needs": speaking.needs,
        "safe": said[speaking.safe_to_contact],
        "contact": speaking.how_to_contact,
    }
