"""What was typed is taken apart: a date however it is written, numbers with spaces, what is left are names."""

from datetime import date

import pytest

from handhold.queries.asked_words import as_date, read_asked

TODAY = date(2026, 11, 24)
FIRST = date(2015, 9, 1)


@pytest.mark.parametrize(
    "written",
    [
        "1/9/2015",
        "01/09/2015",
        "1.9.2015",
        "1-9-2015",
        "1 9 2015",
        "2015-09-01",
        "01092015",
        "1/9/15",
        "1 Sep 2015",
        "1 Sept 2015",
        "1st of September 2015",
        "September 1, 2015",
    ],
)
def test_a_birth_date_is_read_however_it_is_written(written: str) -> None:
    assert as_date(written, TODAY) == FIRST
    asked = read_asked(f"Ada Okafor {written}", TODAY)
    assert (asked.names, asked.born, asked.perhaps_born) == ("Ada Okafor", (FIRST, FIRST), date(2015, 1, 9))


@pytest.mark.parametrize(("written", "year"), [("1/9/26", 2026), ("1/9/27", 1927), ("1/9/86", 1986)])
def test_nobody_is_asked_for_who_will_be_born_later(written: str, year: int) -> None:
    assert as_date(written, TODAY) == date(year, 9, 1)


def test_a_year_or_a_month_alone_is_the_whole_of_it() -> None:
    assert read_asked("Okafor 2015", TODAY).born == (date(2015, 1, 1), date(2015, 12, 31))
    assert read_asked("February 2016", TODAY).born == (date(2016, 2, 1), date(2016, 2, 29))


@pytest.mark.parametrize("written", ["31/2/2015", "1/13/2015", "Maya 12", "May Okafor", "40 Elm Road"])
def test_what_is_no_date_stays_a_name(written: str) -> None:
    asked = read_asked(written, TODAY)
    assert (asked.born, as_date(written, TODAY)) == (None, None) or asked.born == (date(2015, 1, 1), date(2015, 12, 31))
    assert asked.names


def test_numbers_are_read_with_spaces_and_only_where_their_check_digit_is_right() -> None:
    assert read_asked("943 476 5919", TODAY).nhs_number == "9434765919"
    assert read_asked("Ada 943-476-5919", TODAY).names == "Ada"
    assert read_asked("943 476 5918", TODAY).nhs_number == ""
    assert read_asked("h801200001001", TODAY).upn == "H801200001001"


def test_a_reference_is_read_as_it_may_have_been_misread() -> None:
    assert read_asked("7k2mo1ab", TODAY).reference == "7K2M01AB"
    assert read_asked("7K2M01A", TODAY).reference == ""
    assert read_asked("7K2M01AB Okafor", TODAY).reference == ""


def test_nothing_typed_is_nothing_asked() -> None:
    asked = read_asked("   ", TODAY)
    assert (asked.text, asked.names, asked.born) == ("", "", None)
