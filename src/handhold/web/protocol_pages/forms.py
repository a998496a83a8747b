"""What the procedure's pages ask: another number, or the other choice, with the reason."""

from handhold.web.forms.fields import Choice, LongTextField, RadiosField, TextField
from handhold.web.forms.govuk_form import GovukForm


def _why() -> LongTextField:
    return LongTextField(
        "Why is it changed?",
        missing="Write why it is changed",
        hint="It stands beside the change for whoever asks later.",
        called="The reason",
        max_length=1000,
        rows=3,
    )


class ChoiceForm(GovukForm):
    """Yes or no for one choice."""

    value = RadiosField("How is it to be?", missing="Choose yes or no", choices=[Choice("1", "Yes"), Choice("0", "No")])
    reason = _why()

    def clean_value(self) -> int:
        """1 for yes, 0 for no."""
        return int(self.cleaned_data["value"])


class NumberForm(GovukForm):
    """Another number for one setting."""

    value = TextField("How many?", missing="Enter a number", max_length=6, width=4)
    reason = _why()

    def clean_value(self) -> int:
        """A whole number; what it may be is the action's to say."""
        typed = str(self.cleaned_data["value"]).strip()
        if not typed.isdecimal():
            self.add_error("value", "Enter a whole number, such as 5")
            return 0
        return int(typed)


class ApprovalForm(GovukForm):
    """A button: these numbers go live."""
