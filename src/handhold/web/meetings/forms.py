"""What is decided on one request of an agenda, and who was at the meeting."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from handhold.queries.agendas import AgendaLine
from handhold.queries.meetings import SeatAtMeeting
from handhold.queries.practitioners import Candidate
from handhold.web.forms.date_field import DateField
from handhold.web.forms.fields import CheckboxesField, Choice, LongTextField, RadiosField, SelectField
from handhold.web.forms.govuk_form import GovukForm

REVEALS = {"allocates": ("practitioner", "by_date"), "defers": ("why_later",), "declines": ("why_not", "instead")}


class DecisionForm(GovukForm):
    """One request: to whom and by when; or moved on, or not right, each with the reason."""

    outcome = RadiosField("What does the meeting decide?", missing="Choose what the meeting decides")
    practitioner = SelectField("Who takes the family on?", missing="Choose who takes the family on")
    by_date = DateField(
        "By when is the transfer done?",
        called="The date by which the transfer is done",
        missing="Enter the date by which the transfer is done",
        must_be="future",
    )
    why_later = LongTextField("Why does it have to wait?", missing="Say why it has to wait", rows=2, max_length=1000)
    why_not = LongTextField(
        "Why is it not right for this service?", missing="Say why it is not right", rows=2, max_length=1000
    )
    instead = LongTextField(
        "What should happen instead?", missing="Say what should happen instead", rows=2, max_length=1000
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, line: AgendaLine, candidates: Sequence[Candidate], today: date
    ) -> None:
        due = line.next_limit.due_date if line.next_limit and line.next_limit.due_date >= today else None
        super().__init__(data, today=today, prefix=line.run_ref, initial={"by_date": due} if due else {})
        outcomes, practitioners = self.fields["outcome"], self.fields["practitioner"]
        if isinstance(outcomes, RadiosField) and isinstance(practitioners, SelectField):
            own = [offer for offer in line.offers if offer.is_own]
            self._leave_out({name for offer in own for name in REVEALS[offer.sort]})
            outcomes.offer(Choice(offer.code, offer.words, reveals=REVEALS[offer.sort]) for offer in own)
            practitioners.offer(Choice(one.ref, one.words) for one in candidates)
        self.settle_reveals()

    def _leave_out(self, asked: set[str]) -> None:
        """What no decision of this person asks for does not stand on the form."""
        for name in {name for names in REVEALS.values() for name in names} - asked:
            del self.fields[name]

    @property
    def reason(self) -> str:
        """Why it waits, or why it is not right and what should happen instead."""
        typed = self.cleaned_data
        way_on = f"\n\nInstead: {typed['instead']}" if typed.get("instead") else ""
        return str(typed.get("why_later") or typed.get("why_not") or "") + way_on


class FinishForm(GovukForm):
    """Who was there, who chaired, and what else is to be remembered."""

    present = CheckboxesField("Who was there?", missing="Choose who was there")
    apologies = CheckboxesField("Who sent apologies?")
    chair = SelectField("Who chaired?", missing="Choose who chaired")
    note = LongTextField("Anything else for the record?", rows=3, max_length=2000, hint="Nothing about one family.")

    def __init__(
        self, data: Mapping[str, Any] | None, *, seats: Sequence[SeatAtMeeting], draft: Mapping[str, Any] | None = None
    ) -> None:
        chair = next((seat.ref for seat in seats if seat.chairs), None)
        super().__init__(data, initial=draft or ({"chair": chair} if chair else {}))
        everybody = [Choice(seat.ref, seat.name, hint=seat.role) for seat in seats]
        for name in ("present", "apologies", "chair"):
            asked = self.fields[name]
            if isinstance(asked, CheckboxesField | SelectField):
                asked.offer(everybody if name == "present" else [Choice(one.value, one.text) for one in everybody])

    def clean(self) -> dict[str, Any]:
        """Nobody is both there and away."""
        typed = super().clean() or self.cleaned_data
        if set(typed.get("present") or ()) & set(typed.get("apologies") or ()):
            self.add_error("apologies", "Somebody who was there cannot have sent apologies")
        if typed.get("chair") and typed["chair"] in (typed.get("apologies") or ()):
            self.add_error("chair", "Somebody who sent apologies cannot have chaired")
        return typed
