"""The form that all pages derive from: its hidden key, the fields that a choice reveals, the day that it is."""

import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from handhold.web.forms.date_field import DateField
from handhold.web.forms.fields import reveals_of

STALE = "Some of this page was lost on its way. Check your answers and send them again."


class GovukForm(forms.Form):
    """A Django form that checks shape only. In a view:

        form = LetterForm(request.POST or None, today=today, initial={...})

    `today` is needed by a date that must lie in the past or the future. `key` is one uuid for each time that the form
    was shown, so that two clicks are one act. With `keeps_version = True` the form carries the version of the text that
    it edits, given as initial["version"] and read as `version`.
    A field that a choice reveals counts only when that choice was made; then its `missing` words hold.
    """

    keeps_version: ClassVar[bool] = False

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        today: date | None = None,
        initial: Mapping[str, Any] | None = None,
        prefix: str | None = None,
    ) -> None:
        super().__init__(
            data, files, initial=dict(initial or {}), prefix=prefix, auto_id="%s", use_required_attribute=False
        )
        self.fields["once"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
        if self.keeps_version:
            self.fields["version"] = forms.CharField(widget=forms.HiddenInput, max_length=100)
        self.needed_when_revealed: set[str] = set()
        self.asked_elsewhere: set[str] = set()
        """Fields that may stay empty for the form, but not for whoever reads it next: not marked as optional."""
        for field in self.fields.values():
            if isinstance(field, DateField):
                field.today = today
        self.settle_reveals()

    def settle_reveals(self) -> None:
        """Make what choices reveal optional by itself. Call it again after `offer` has brought other reveals."""
        for name in self.revealed:
            field = self.fields[name]
            if field.required:
                self.needed_when_revealed.add(name)
                field.required = False

    @property
    def revealed(self) -> dict[str, tuple[str, str]]:
        """For each field that a choice reveals: the field that offers the choice, and the choice's value."""
        return {
            inner: (outer, value) for outer, field in self.fields.items() for inner, value in reveals_of(field).items()
        }

    @property
    def key(self) -> uuid.UUID:
        """The key of this showing of the form; for a valid form."""
        found: uuid.UUID = self.cleaned_data["once"]
        return found

    @property
    def version(self) -> str:
        """The version of the text when it was shown; for a valid form with `keeps_version`."""
        return str(self.cleaned_data["version"])

    def hidden_values(self) -> Iterator[tuple[str, str]]:
        """Names and values of the hidden fields. A key that came back broken is replaced by a new one."""
        for bound in self.hidden_fields():
            broken = bound.name == "once" and self.is_bound and "once" not in getattr(self, "cleaned_data", {})
            yield bound.html_name, str((uuid.uuid4() if broken else bound.value()) or "")

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        lost = [bound.name for bound in self.hidden_fields() if bound.name in self.errors]
        for name in lost:
            del self.errors[name]
        if lost:
            self.add_error(None, STALE)
        for name, (outer, value) in self.revealed.items():
            self._settle_revealed(name, chosen=self._is_chosen(outer, value))

    def _is_chosen(self, outer: str, value: str) -> bool:
        answer = self.cleaned_data.get(outer)
        return value in answer if isinstance(answer, list) else answer == value

    def _settle_revealed(self, name: str, *, chosen: bool) -> None:
        field = self.fields[name]
        if not chosen:
            self.errors.pop(name, None)
            self.cleaned_data[name] = getattr(field, "empty_value", None)
        elif name in self.needed_when_revealed and name in self.cleaned_data and not self.cleaned_data[name]:
            self.add_error(name, getattr(field, "missing", "") or field.error_messages["required"])
