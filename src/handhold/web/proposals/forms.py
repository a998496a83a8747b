"""The answer to a request to lead."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handhold.queries.proposals import Proposal
from handhold.web.forms.date_field import DateField
from handhold.web.forms.fields import Choice, LongTextField, RadiosField, TextField
from handhold.web.forms.govuk_form import GovukForm

REVEALS = {"accepts": ("from_date", "first_meeting"), "asks": ("question",), "declines": ("reason",)}


def begins_from(verb: str) -> DateField:
    """The date of whoever says yes, who leads or helps from then on."""
    return DateField(
        f"From when can you {verb}?",
        called=f"The date from which you {verb}",
        missing=f"Enter the date from which you {verb}",
        hint="For example, 8 12 2026",
        must_be="future",
    )


class AnswerForm(GovukForm):
    """Accept (from when, first meeting), ask, or decline (why). The answers come from the protocol."""

    answer = RadiosField("Will you be their lead practitioner?", missing="Choose your answer")
    from_date = begins_from("lead")
    first_meeting = TextField(
        "When and where would you first meet the family?",
        hint="For example, Tuesday after school, in my room. You can leave it open.",
    )
    question = LongTextField("What would you like to know?", missing="Write your question", rows=3, max_length=1000)
    reason = LongTextField(
        "What stands in the way?",
        missing="Say in a few words what stands in the way",
        hint="A few words are enough. Somebody else will be asked; the family loses nothing.",
        rows=3,
        max_length=1000,
    )

    def __init__(self, data: Mapping[str, Any] | None, *, proposal: Proposal, today: date) -> None:
        answers = proposal.answers
        super().__init__(data, today=today)
        self.sorts = {one.code: one.sort for one in answers}
        for name in {name for names in REVEALS.values() for name in names}:
            if not any(name in REVEALS[one.sort] for one in answers):
                del self.fields[name]
        if proposal.helps_alone:
            self.fields["answer"].label = "Will you be the practitioner who helps them?"
            self.fields["from_date"] = helping = begins_from("help")
            helping.today = today
        offered = self.fields["answer"]
        if isinstance(offered, RadiosField):
            offered.offer(Choice(one.code, one.words, reveals=REVEALS[one.sort]) for one in answers)
        self.settle_reveals()

    @property
    def words(self) -> str:
        """What was written beside the answer."""
        typed = self.cleaned_data
        meeting = typed.get("first_meeting")
        about_meeting = f"First meeting with the family: {meeting}" if meeting else ""
        return str(typed.get("question") or typed.get("reason") or about_meeting)
