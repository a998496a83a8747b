"""Names are found misspelt, heard, cut off, in any order, with or without accents; and others are not."""

import pytest

from handhold.queries.alike_names import find_alike
from handhold.records.models import Person

pytestmark = pytest.mark.django_db


def on_record(*names: str) -> None:
    for name in names:
        given, _, family = name.partition(" ")
        Person.objects.create(given_name=given, family_name=family, birth_date="2015-09-01")


def found(typed: str) -> list[str]:
    alike = find_alike(typed)
    rows = Person.objects.filter(alike.condition()).alias(near=alike.nearness()).order_by("-near", "pk")
    return [f"{one.given_name} {one.family_name}" for one in rows]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Steven Clarke", "stephen clark"),
        ("Mohammed Hussain", "Muhammad Hussein"),
        ("Ada Okafor", "okafor ada"),
        ("Ada Okafor", "Ada Okfor"),
        ("Ada Okafor", "Adda Okaofr"),
        ("Ada Okafor", "oka"),
        ("Zoë Łuczak", "zoe luczak"),
        ("Zoe Luczak", "Zoë Łuczak"),
        ("Liam O'Brien", "obrien"),
        ("Liam OBrien", "Liam O’Brien"),
        ("Liam O'Brien", "o brien liam"),
        ("Mia Smith-Jones", "mia jones"),
        ("Mia Smith-Jones", "smith jones"),
        ("Mia Smith-Jones", "smithjones mia"),
        ("Mia Jones", "mia ann jones"),
        ("Ewan MacDonald", "ewan mac donald"),
        ("Ewan Mac Donald", "macdonald"),
    ],
)
def test_a_person_is_found_however_the_name_is_written(name: str, typed: str) -> None:
    on_record(name, "Bruno Vandenberg", "Fern Whitlock")
    assert found(typed) == [name]


@pytest.mark.parametrize("typed", ["Vandenberg Ada", "xyzzy", "q", "'", "", "%", "Ada Bruno"])
def test_others_are_not(typed: str) -> None:
    on_record("Ada Okafor", "Bruno Vandenberg")
    assert found(typed) == []


def test_the_nearest_comes_first() -> None:
    on_record("Stephen Clark", "Steven Clarke", "Stefan Clarkson", "Steven Clark")
    assert found("steven clark")[0] == "Steven Clark"
    assert found("steven clark")[-1] == "Stefan Clarkson"


def test_a_very_long_name_breaks_nothing() -> None:
    long = "Wolfeschlegelsteinhausenbergerdorff" * 2
    on_record(f"Ada {long}")
    assert found(long.lower()) == [f"Ada {long}"]


def test_only_the_first_words_count() -> None:
    on_record("Ada Okafor")
    assert len(find_alike("ada okafor and all the others of her street").words) == 6


def test_how_near_one_name_is_can_be_said_without_asking_again() -> None:
    on_record("Ada Okafor")
    assert find_alike("ada okofor").nearness_of(["ada", "okafor"]) == (10, 8)
    assert find_alike("ada okofor").nearness_of(["bruno"]) == (0, 0)
