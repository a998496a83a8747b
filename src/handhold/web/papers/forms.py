"""What is asked when a paper is sent in, matched, set aside and registered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings

from handhold.exchange.attachments import Attachment, examine_attachment
from handhold.protocol.partner_papers import PapersFile
from handhold.queries.partner_papers import ChildChoice
from handhold.web.forms.date_field import DateField
from handhold.web.forms.fields import CheckboxesField, Choice, FilesField, LongTextField, RadiosField
from handhold.web.forms.govuk_form import GovukForm

MOST_FILES = 10
MOST_TEXT = 20_000
REFUSED = {
    "empty": "{name} is empty. Choose it again, or write the paper below",
    "encrypted": "{name} asks for a password. Save it without one, and choose it again",
    "mismatch": "{name} is not what its name says. Open it yourself to see whether it is whole, and choose it again",
    "program": "{name} is a program or a page. Send a PDF, a picture or a text document",
    "winmail": "{name} can be opened by Outlook alone. Save the files in it, and choose those",
    "damaged": "{name} is damaged. Save it again, and choose it again",
}


class SendPaperForm(GovukForm):
    """A paper: of which sort and day, about which children, as files, as text, or both."""

    kind = RadiosField("What do you send?", missing="Choose what you send")
    paper_date = DateField(
        "When was it completed, or when did the meeting take place?",
        called="The date",
        missing="Enter the date of the assessment or of the meeting",
        hint="For example, 27 3 2026",
        must_be="past",
    )
    children = CheckboxesField("Which children is it about?", missing="Choose at least one child")
    enclosed = FilesField("Files", hint="PDF, Word or photographs. You can choose several.")
    text = LongTextField("Or write it here", hint="Instead of files, or beside them.", rows=8, max_length=MOST_TEXT)

    attachments: tuple[Attachment, ...] = ()

    def offer(self, rules: PapersFile, children: Iterable[ChildChoice]) -> SendPaperForm:
        """Puts the procedure's sorts of paper and the family's children on offer."""
        offer_kinds(self, rules)
        offer_children(self, children)
        return self

    def clean(self) -> dict[str, Any]:
        """Something must come, and every file must be one that can be opened: the sender can still mend it."""
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = cleaned.get("enclosed") or []
        if not chosen and not cleaned.get("text", "").strip() and "text" not in self.errors:
            self.add_error("enclosed", "Choose a file, or write the paper in the box below")
        if len(chosen) > MOST_FILES:
            self.add_error("enclosed", f"Choose {MOST_FILES} files or fewer")
            return cleaned
        if sum(one.size for one in chosen) > settings.PAPER_MOST_BYTES:
            limit = settings.PAPER_MOST_BYTES // 1_000_000
            self.add_error("enclosed", f"The files must be smaller than {limit} MB together")
            return cleaned
        self.attachments = tuple(
            examine_attachment(one.name or "", one.content_type or "", one.read()) for one in chosen
        )
        for one in self.attachments:
            for fault in one.faults[:1]:
                self.add_error("enclosed", REFUSED[fault].format(name=one.file_name or "The file"))
        return cleaned


class FilePaperForm(GovukForm):
    """The children of the family with which a paper is filed."""

    children = CheckboxesField("Which children is it about?", missing="Choose at least one child")


class SetAsideForm(GovukForm):
    """Why a paper is nobody's here."""

    reason = LongTextField(
        "Why does it belong to no family here?",
        missing="Write why it belongs to no family here",
        hint="For example: sent to us by mistake, and returned to the sender.",
        rows=3,
        max_length=1000,
    )


class RegisterForm(GovukForm):
    """What a paper is, and of which day."""

    kind = RadiosField("What is it?", missing="Choose what it is")
    paper_date = DateField(
        "When was it completed, or when did the meeting take place?",
        called="The date",
        missing="Enter the date of the assessment or of the meeting",
        must_be="past",
    )


class ToldForm(GovukForm):
    """A button: the addressee was told in another way."""


def offer_kinds(form: GovukForm, rules: PapersFile) -> None:
    """Puts the procedure's sorts of paper on offer."""
    form.fields["kind"].offer(Choice(kind, rule.called) for kind, rule in rules.kinds.items())  # type: ignore[attr-defined]


def offer_children(form: GovukForm, children: Iterable[ChildChoice]) -> None:
    """Puts the children of a family on offer."""
    form.fields["children"].offer(  # type: ignore[attr-defined]
        Choice(one.ref, f"{one.name} ({one.age})" if one.age else one.name) for one in children
    )


def first_day(*days: date | None) -> date | None:
    """The first of these days that is known."""
    return next((one for one in days if one), None)
