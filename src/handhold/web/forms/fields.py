"""What a page can ask with, one class per GOV.UK component; dates and times are in `date_field`.

A field is required exactly when it brings `missing`, the words for an empty answer ("Enter the reason"). `called`
begins the other error words and is the label where that is not a question. `hint` stands below the label.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django import forms


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio, checkbox or option. `reveals` names the fields of the same form that open beneath it.

    `exclusive` is for a checkbox that empties all others ("None of these"); a divider ("or") goes above it.
    """

    value: str
    text: str
    hint: str = ""
    reveals: tuple[str, ...] = ()
    exclusive: bool = False


class TextField(forms.CharField):
    """One line. `width` is the number of characters that GOV.UK's classes know: 2, 3, 4, 5, 10, 20, 30."""

    widget = forms.TextInput

    def __init__(
        self,
        label: str,
        *,
        missing: str = "",
        hint: str = "",
        called: str = "",
        max_length: int = 200,
        width: int | None = None,
        input_type: Literal["text", "email", "tel"] = "text",
        autocomplete: str = "",
        initial: str | None = None,
    ) -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=bool(missing),
            max_length=max_length,
            initial=initial,
            error_messages={"required": missing, "max_length": too_long(called or label, max_length)},
        )
        self.width, self.input_type, self.autocomplete = width, input_type, autocomplete


class PasswordField(forms.CharField):
    """A password, with GOV.UK's button that shows it. It is never sent back to the page."""

    widget = forms.PasswordInput

    def __init__(self, label: str, *, missing: str, autocomplete: str = "current-password") -> None:
        super().__init__(label=label, max_length=4096, strip=False, error_messages={"required": missing})
        self.autocomplete = autocomplete


class LongTextField(forms.CharField):
    """Several lines, with a count of what is left up to `max_length` characters; a line's end counts as one.

    With None any length is taken: where nothing may send somebody back to shorten what they wrote.
    """

    widget = forms.Textarea

    def __init__(
        self,
        label: str,
        *,
        missing: str = "",
        hint: str = "",
        called: str = "",
        max_length: int | None = 4000,
        rows: int = 5,
        initial: str | None = None,
    ) -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=bool(missing),
            max_length=max_length,
            initial=initial,
            error_messages={"required": missing, "max_length": too_long(called or label, max_length or 0)},
        )
        self.rows = rows

    def to_python(self, value: str | None) -> str | None:
        """A browser sends two characters for each end of a line, though its counter shows one."""
        return super().to_python(value.replace("\r\n", "\n") if value else value)


class RadiosField(forms.ChoiceField):
    """One of a few. `offer` changes what is on offer in one form, for choices that come from records."""

    def __init__(
        self,
        label: str,
        choices: Iterable[Choice] = (),
        *,
        missing: str = "",
        hint: str = "",
        inline: bool = False,
        initial: str | None = None,
    ) -> None:
        super().__init__(label=label, help_text=hint, required=bool(missing), initial=initial)
        self.error_messages |= {"required": missing, "invalid_choice": missing or "Choose from the list"}
        self.inline = inline
        self.offer(choices)

    def offer(self, choices: Iterable[Choice]) -> None:
        """Put these on offer; anything else is refused."""
        self.offered: tuple[Choice, ...] = tuple(choices)
        self.choices = [(choice.value, choice.text) for choice in self.offered]


class SelectField(RadiosField):
    """One of many, in a list that opens. It begins with `empty`, which is no answer."""

    def __init__(
        self,
        label: str,
        choices: Iterable[Choice] = (),
        *,
        missing: str = "",
        hint: str = "",
        empty: str = "Choose one",
        initial: str | None = None,
    ) -> None:
        super().__init__(label, choices, missing=missing, hint=hint, initial=initial)
        self.empty = empty


class CheckboxesField(forms.MultipleChoiceField):
    """Any of a few; cleaned to a list of values."""

    def __init__(
        self,
        label: str,
        choices: Iterable[Choice] = (),
        *,
        missing: str = "",
        hint: str = "",
        initial: Sequence[str] | None = None,
    ) -> None:
        super().__init__(label=label, help_text=hint, required=bool(missing), initial=initial)
        self.error_messages |= {"required": missing, "invalid_choice": missing or "Choose from the list"}
        self.offer(choices)

    def offer(self, choices: Iterable[Choice]) -> None:
        """Put these on offer; anything else is refused."""
        self.offered: tuple[Choice, ...] = tuple(choices)
        self.choices = [(choice.value, choice.text) for choice in self.offered]


class FileField(forms.FileField):
    """One file. Its kind and size are checked by the form that takes it in."""

    def __init__(self, label: str, *, missing: str = "", hint: str = "", accept: str = "") -> None:
        super().__init__(label=label, help_text=hint, required=bool(missing))
        self.error_messages |= {
            "required": missing,
            "missing": missing,
            "empty": "The selected file is empty",
        }
        self.accept = accept


class SeveralFiles(forms.FileInput):
    """A file input with which several can be chosen at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002
        """All that were chosen, in their order."""
        return files.getlist(name) if hasattr(files, "getlist") else [found for found in [files.get(name)] if found]


class FilesField(FileField):
    """Several files; cleaned to a list. Their kind and size are checked by the form that takes them in."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ARG002
        """The files, an empty one among them: the form says which."""
        found = [one for one in data or () if one]
        if self.required and not found:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return found


def too_long(called: str, max_length: int) -> str:
    """GOV.UK's words for a text beyond its limit."""
    return f"{called} must be {max_length} characters or less"


OfferingField = RadiosField | CheckboxesField


def reveals_of(field: Any) -> dict[str, str]:
    """The names that a field's choices reveal, each with the value that reveals it."""
    if not isinstance(field, OfferingField):
        return {}
    return {name: choice.value for choice in field.offered for name in choice.reveals}
