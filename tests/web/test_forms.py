"""The forms' glue: what was typed is kept, faults stand at their place, dates are read as people write them."""

import uuid
from datetime import date, time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from handhold.web.forms.date_field import DateField, read_time
from handhold.web.forms.fields import Choice, RadiosField, TextField
from handhold.web.forms.govuk_form import STALE, GovukForm
from handhold.web.forms.rendering import find_errors, render_field, render_form
from tests.web.pages_of_parts import TODAY, EveryField

KEY = "7c0f0d3a-1d5e-4b43-9d0c-0f3f1c1e8a11"
RIGHT = {
    "once": KEY,
    "version": "3",
    "name": "Ms Okafor",
    "phone": "",
    "reason": "Rang twice",
    "happened-day": "7",
    "happened-month": "December",
    "happened-year": "2026",
    "at": "2.30 pm",
    "outcome": "seen",
    "children": ["ada"],
    "queue": "lead",
    "password": "secret words",
}


def fill(**changes: Any) -> EveryField:
    """The form as a browser would send it, right but for the changes; a change to None leaves that box out."""
    data = QueryDict(mutable=True)
    for name, value in {**RIGHT, **{name.replace("__", "-"): value for name, value in changes.items()}}.items():
        if value is not None:
            data.setlist(name, value if isinstance(value, list) else [value])
    return EveryField(data, {}, today=TODAY, initial={"version": 3})


def errors_of(form: GovukForm) -> dict[str, str]:
    """Each summary entry by the box that it leads to."""
    assert not form.is_valid()
    return {error.get("href", ""): error["text"] for error in find_errors(form)}


def test_a_right_answer_is_cleaned_into_values() -> None:
    form = fill()
    assert form.is_valid(), form.errors
    assert form.cleaned_data["happened"] == date(2026, 12, 7)
    assert form.cleaned_data["begins"] is None
    assert form.cleaned_data["at"] == time(14, 30)
    assert form.cleaned_data["children"] == ["ada"]
    assert form.key == uuid.UUID(KEY)
    assert form.version == "3"


def test_each_empty_box_has_its_own_words_and_leads_to_its_own_place() -> None:
    empty = dict.fromkeys(RIGHT) | {"once": KEY, "version": "3"}
    assert errors_of(fill(**{name.replace("-", "__"): value for name, value in empty.items()})) == {
        "#name": "Enter the name",
        "#reason": "Enter what you have tried",
        "#happened-day": "Enter the date of the visit",
        "#at": "Enter the time of the visit",
        "#outcome": "Select whether the visit took place",
        "#children": "Select who was seen",
        "#queue": "Select a queue",
        "#password": "Enter your password",
    }


def test_every_place_that_the_summary_leads_to_is_on_the_page() -> None:
    form = fill(name="", reason="", happened__month="", at="noonish", outcome="", children=None, queue="", password="")
    targets = [error["href"].removeprefix("#") for error in find_errors(form)]
    html = render_form(form)
    assert len(targets) == 8
    assert [target for target in targets if f'id="{target}"' not in html] == []


def test_what_was_typed_is_kept_but_the_password() -> None:
    html = render_form(
        fill(name='Ms "O" <b>', happened__day="31", happened__month="Feb", at="noonish", outcome="unsafe")
    )
    assert 'value="Ms &#34;O&#34; &lt;b&gt;"' in html
    assert 'value="31"' in html
    assert 'value="Feb"' in html
    assert 'value="noonish"' in html
    assert 'value="unsafe" checked' in html
    assert 'value="ada" checked' in html
    assert 'value="lead" selected' in html
    assert "Rang twice</textarea>" in html
    assert "secret words" not in html


@pytest.mark.parametrize(
    ("day", "month", "year", "words", "place"),
    [
        ("", "12", "2026", "Date of the visit must include a day", "#happened-day"),
        ("7", "", "", "Date of the visit must include a month and year", "#happened-month"),
        ("31", "2", "2026", "Date of the visit must be a real date", "#happened-day"),
        ("29", "2", "2027", "Date of the visit must be a real date", "#happened-day"),
        ("seven", "2", "2026", "Date of the visit must be a real date", "#happened-day"),
        ("7", "Mai", "2026", "Date of the visit must be a real date", "#happened-day"),
        ("7", "12", "26", "Year must include 4 numbers", "#happened-year"),
        ("9", "12", "2026", "Date of the visit must be today or in the past", "#happened-day"),
    ],
)
def test_a_date_that_is_wrong_is_said_in_govuk_words(day: str, month: str, year: str, words: str, place: str) -> None:
    form = fill(happened__day=day, happened__month=month, happened__year=year)
    assert errors_of(form) == {place: words}


@pytest.mark.parametrize(("day", "month"), [("8", "12"), ("08", "Dec"), (" 8 ", "december"), ("1", "Sept")])
def test_a_date_is_read_as_people_write_it(day: str, month: str) -> None:
    form = fill(happened__day=day, happened__month=month)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["happened"] in (date(2026, 12, 8), date(2026, 9, 1))


def test_only_the_wrong_boxes_of_a_date_are_marked() -> None:
    html = render_field(fill(happened__month=""), "happened")
    assert html.count("govuk-input--error") == 1
    assert "govuk-form-group--error" in html


def test_a_date_to_come_may_be_today_but_not_yesterday() -> None:
    today = fill(begins__day="8", begins__month="12", begins__year="2026")
    assert today.is_valid()
    yesterday = fill(begins__day="7", begins__month="12", begins__year="2026")
    assert errors_of(yesterday) == {"#begins-day": "Beginning must be today or in the future"}


def test_a_form_that_looks_to_the_past_must_know_the_day() -> None:
    class Visit(GovukForm):
        happened = DateField("When?", must_be="past")

    with pytest.raises(TypeError, match="today"):
        Visit({"once": KEY, "happened-day": "1", "happened-month": "1", "happened-year": "2026"}).is_valid()


def test_a_date_that_is_known_is_shown_filled_in() -> None:
    form = EveryField(today=TODAY, initial={"version": 1, "happened": date(2026, 11, 24), "name": "Ms Okafor"})
    html = render_form(form)
    assert 'value="24"' in html
    assert 'value="2026"' in html
    assert 'value="Ms Okafor"' in html


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("14:30", time(14, 30)),
        ("14.30", time(14, 30)),
        ("2.30pm", time(14, 30)),
        ("2:30 p.m.", time(14, 30)),
        ("9am", time(9)),
        ("12am", time(0)),
        ("12.15pm", time(12, 15)),
        ("Midday", time(12)),
        ("midnight", time(0)),
        ("9", None),
        ("25:00", None),
        ("14.30pm", None),
        ("9.60am", None),
        ("soon", None),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, found: time | None) -> None:
    assert read_time(text) == found


def test_a_revealed_field_counts_only_under_its_choice() -> None:
    assert errors_of(fill(outcome="declined")) == {
        "#said": "Enter what they said",
        "#declined_on-day": "Enter the date when they said so",
    }
    other = fill(outcome="unsafe", said="typed before the choice was changed", declined_on__day="99")
    assert other.is_valid(), other.errors
    assert other.cleaned_data["said"] == ""
    assert other.cleaned_data["declined_on"] is None


def test_a_checkbox_reveals_too() -> None:
    assert errors_of(fill(children=["ada", "obi"])) == {"#alone": "Select whether alone"}
    assert fill(children=["ada", "obi"], alone="yes").is_valid()


def test_a_revealed_field_stands_inside_its_choice() -> None:
    html = render_form(fill())
    assert html.count('id="said"') == 1
    assert html.index('id="conditional-outcome-2"') < html.index('id="said"') < html.index('value="unsafe"')


def test_choices_from_records_are_put_on_offer_for_one_form_only() -> None:
    class Lead(GovukForm):
        lead = RadiosField("Who?", missing="Select who")

    form, other = Lead({"once": KEY, "lead": "jo"}), Lead({"once": KEY, "lead": "jo"})
    lead = form.fields["lead"]
    assert isinstance(lead, RadiosField)
    lead.offer([Choice("jo", "Jo Reid")])
    assert form.is_valid()
    assert errors_of(other) == {"#lead": "Select who"}


def test_lines_count_as_the_page_counted_them() -> None:
    assert fill(reason="a\r\n" * 19 + "ab").is_valid()
    assert fill(reason="a\n" * 19 + "abc").errors["reason"] == ["What you tried must be 40 characters or less"]


def test_each_showing_of_a_form_has_its_own_key_which_survives_a_fault() -> None:
    first, second = (dict(EveryField(today=TODAY, initial={"version": 3}).hidden_values()) for _ in range(2))
    assert first["once"] != second["once"]
    faulty = fill(name="")
    assert not faulty.is_valid()
    assert dict(faulty.hidden_values()) == {"once": KEY, "version": "3"}


@pytest.mark.parametrize("broken", [None, "", "not a key"])
def test_a_form_without_its_key_is_asked_for_again_with_a_new_one(broken: str | None) -> None:
    form = fill(once=broken)
    assert errors_of(form) == {"": STALE}
    assert uuid.UUID(dict(form.hidden_values())["once"]).version == 4


def test_a_form_that_edits_does_not_go_through_without_its_version() -> None:
    assert errors_of(fill(version=None)) == {"": STALE}


def test_an_optional_question_says_so() -> None:
    form = fill()
    assert "Phone number (optional)" in render_field(form, "phone")
    assert "optional" not in render_field(form, "name")
    assert "optional" not in render_field(form, "said")


def test_one_question_can_be_the_heading_of_its_page() -> None:
    html = render_field(fill(), "outcome", heading=True)
    assert '<h1 class="govuk-fieldset__heading">' in html
    assert "<h1" not in render_field(fill(), "outcome")


def test_two_forms_on_one_page_do_not_mix() -> None:
    class Note(GovukForm):
        note = TextField("Note", missing="Enter a note")

    form = Note({"b-once": KEY, "a-note": "for the other"}, prefix="b")
    assert errors_of(form) == {"#b-note": "Enter a note"}
    assert 'id="b-note"' in render_form(form)


def test_an_empty_file_is_no_file() -> None:
    form = EveryField(QueryDict(), {"paper": SimpleUploadedFile("consent.pdf", b"")}, today=TODAY)
    assert form.errors["paper"] == ["The selected file is empty"]
