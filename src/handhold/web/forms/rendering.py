"""Forms as HTML: each field as its GOV.UK component, errors at their place and in the summary."""

from functools import singledispatch
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from markupsafe import Markup, escape

from handhold.web.forms.date_field import PARTS, DateField, TimeField
from handhold.web.forms.fields import (
    CheckboxesField,
    Choice,
    FileField,
    FilesField,
    LongTextField,
    PasswordField,
    RadiosField,
    SelectField,
    TextField,
)
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.govuk_macros import GOVUK_MACROS

Params = dict[str, Any]


class Shown:
    """A field on the point of being drawn: its form, its answer, its faults."""

    def __init__(self, form: GovukForm, name: str, *, heading: bool) -> None:
        self.form, self.heading = form, heading
        self.bound: BoundField = form[name]

    @property
    def label(self) -> str:
        """The question, marked where it may stay unanswered; boxes to tick may always stay so."""
        field = self.bound.field
        needed = field.required or self.bound.name in (self.form.needed_when_revealed | self.form.asked_elsewhere)
        return str(self.bound.label) + ("" if needed or isinstance(field, CheckboxesField) else " (optional)")

    @property
    def size(self) -> str:
        """GOV.UK's size of the question: large as the page's heading, small, and plain beneath a choice."""
        if self.heading:
            return "l"
        return "" if self.bound.name in self.form.revealed else "s"

    def params(self) -> Params:
        """What every component takes."""
        made: Params = {"id": self.bound.html_name, "name": self.bound.html_name}
        if self.bound.help_text:
            made["hint"] = {"text": self.bound.help_text}
        if self.bound.errors:
            made["errorMessage"] = {"text": self.bound.errors[0]}
        return made

    def labelled(self) -> Params:
        """`params`, with the question as a label."""
        classes = f"govuk-label--{self.size}" if self.size else ""
        label = {"text": self.label, "classes": classes, "isPageHeading": self.heading}
        return {**self.params(), "label": label, "value": self.bound.value() or ""}

    def grouped(self) -> Params:
        """`params`, with the question as the legend of a group."""
        classes = f"govuk-fieldset__legend--{self.size}" if self.size else ""
        legend = {"text": self.label, "classes": classes, "isPageHeading": self.heading}
        return {**self.params(), "fieldset": {"legend": legend}, "idPrefix": self.bound.html_name}

    def wrong_parts(self) -> tuple[str, ...]:
        """Which boxes of a date are marked."""
        first = self.bound.errors.as_data()[:1]
        return tuple((first[0].params or {}).get("parts", PARTS)) if first else ()


def render_form(form: GovukForm, *, heading: bool = False) -> Markup:
    """All fields in their order, hidden ones first. With `heading` the first question is the page's heading."""
    names = [bound.name for bound in form.visible_fields() if bound.name not in form.revealed]
    drawn = [render_field(form, name, heading=heading and name == names[0]) for name in names]
    return Markup("\n").join([render_hidden(form), *drawn])


def render_hidden(form: GovukForm) -> Markup:
    """The hidden fields. `render_form` has them; a page that places its fields one by one needs them once."""
    line = Markup('<input type="hidden" name="{}" value="{}">')
    return Markup("").join(line.format(name, value) for name, value in form.hidden_values())


def render_field(form: GovukForm, name: str, *, heading: bool = False) -> Markup:
    """One field as its component, with those that its choices reveal."""
    shown = Shown(form, name, heading=heading)
    return _draw(shown.bound.field, shown)


def find_errors(form: GovukForm) -> list[dict[str, str]]:
    """The entries of the error summary, in the order of the page, each leading to the box that it is about."""
    found = [{"text": str(text)} for text in form.non_field_errors()]
    wrong = [bound for bound in form.visible_fields() if bound.errors]
    return found + [{"text": str(bound.errors[0]), "href": f"#{_anchor(form, bound)}"} for bound in wrong]


def _anchor(form: GovukForm, bound: BoundField) -> str:
    if isinstance(bound.field, DateField):
        return f"{bound.html_name}-{Shown(form, bound.name, heading=False).wrong_parts()[0]}"
    return bound.html_name


@singledispatch
def _draw(field: forms.Field, shown: Shown) -> Markup:
    raise TypeError(f"{shown.bound.name}: {type(field).__name__} has no component. Use a field of handhold.web.forms.")


@_draw.register
def _(field: TextField, shown: Shown) -> Markup:
    made = {**shown.labelled(), "type": field.input_type}
    if field.width:
        made["classes"] = f"govuk-input--width-{field.width}"
    if field.autocomplete:
        made["autocomplete"] = field.autocomplete
    if field.input_type == "email":
        made["spellcheck"] = False
    return GOVUK_MACROS["govukInput"](made)


@_draw.register
def _(field: TimeField, shown: Shown) -> Markup:  # noqa: ARG001
    return GOVUK_MACROS["govukInput"]({**shown.labelled(), "classes": "govuk-input--width-10"})


@_draw.register
def _(field: PasswordField, shown: Shown) -> Markup:
    made = {**shown.labelled(), "autocomplete": field.autocomplete, "value": ""}
    return GOVUK_MACROS["govukPasswordInput"](made)


@_draw.register
def _(field: LongTextField, shown: Shown) -> Markup:
    made = {**shown.labelled(), "rows": str(field.rows)}
    if field.max_length is None:
        return GOVUK_MACROS["govukTextarea"](made)
    made["maxlength"] = str(field.max_length)
    return GOVUK_MACROS["govukCharacterCount"](made)


@_draw.register
def _(field: RadiosField, shown: Shown) -> Markup:
    made = {**shown.grouped(), "items": _items(field.offered, shown), "value": shown.bound.value() or ""}
    if field.inline:
        made["classes"] = "govuk-radios--inline"
    return GOVUK_MACROS["govukRadios"](made)


@_draw.register
def _(field: SelectField, shown: Shown) -> Markup:
    items = [{"value": "", "text": field.empty}, *_items(field.offered, shown)]
    return GOVUK_MACROS["govukSelect"]({**shown.labelled(), "items": items})


@_draw.register
def _(field: CheckboxesField, shown: Shown) -> Markup:
    made = {**shown.grouped(), "items": _items(field.offered, shown), "values": shown.bound.value() or []}
    return GOVUK_MACROS["govukCheckboxes"](made)


@_draw.register
def _(field: FileField, shown: Shown) -> Markup:
    several = {"multiple": "multiple"} if isinstance(field, FilesField) else {}
    made = {
        **shown.labelled(),
        "value": "",
        "attributes": {**({"accept": field.accept} if field.accept else {}), **several},
    }
    return GOVUK_MACROS["govukFileUpload"](made)


@_draw.register
def _(field: DateField, shown: Shown) -> Markup:  # noqa: ARG001
    wrong, name = shown.wrong_parts(), shown.bound.html_name
    items = []
    for part, value in zip(PARTS, shown.bound.value(), strict=True):
        width = "govuk-input--width-4" if part == "year" else "govuk-input--width-2"
        classes = f"{width} govuk-input--error" if part in wrong else width
        items.append({"name": part, "value": value, "classes": classes})
    return GOVUK_MACROS["govukDateInput"]({**shown.grouped(), "namePrefix": name, "items": items})


def _items(choices: tuple[Choice, ...], shown: Shown) -> list[Params]:
    items: list[Params] = []
    for choice in choices:
        if choice.exclusive:
            items.append({"divider": "or"})
        items.append(_item(choice, shown))
    return items


def _item(choice: Choice, shown: Shown) -> Params:
    made: Params = {"value": choice.value, "text": choice.text}
    if choice.hint:
        made["hint"] = {"text": choice.hint}
    if choice.exclusive:
        made["behaviour"] = "exclusive"
    if choice.reveals:
        inner = [render_field(shown.form, name) for name in choice.reveals]
        made["conditional"] = {"html": escape(Markup("\n").join(inner))}
    return made
