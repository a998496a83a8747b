"""What the pages of a transfer ask: which children it is for, and a message to its other end."""

from handhold.web.forms.fields import CheckboxesField, LongTextField, RadiosField
from handhold.web.forms.govuk_form import GovukForm


class StartForm(GovukForm):
    """A transfer about to begin. The choices come from the records."""

    children = CheckboxesField(
        "Which children is this transfer for?",
        missing="Choose at least one child",
        hint="Each child ends with an outcome of their own. A child who is left out stays with social work.",
    )
    assessment = RadiosField("Which assessment does it come from?", missing="Choose the assessment")


class StartOtherwiseForm(StartForm):
    """What leads to social work, or beside what is open, about to begin: it comes from no assessment."""

    children = CheckboxesField(
        "Which children is it for?",
        missing="Choose at least one child",
        hint="Each child ends with an outcome of their own. For a child who is left out nothing changes.",
    )


class MessageForm(GovukForm):
    """A message to the other end of a transfer."""

    text = LongTextField("Write a message", missing="Write the message", called="The message", max_length=2000, rows=3)
