"""The database keeps the words of every name: plain, without accents; and a dictionary of them with keys."""

import pytest
from django.db import connection

from handhold.records.models import NameWord, Person
from tests.records.factories import make_council, make_family, make_person

pytestmark = pytest.mark.django_db


def computed(function: str, *given: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({', '.join(['%s'] * len(given))})", given)
        (words,) = cursor.fetchone()
    return list(words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Zoë O'Brien-Łuczak", ["obrien", "obrienluczak", "luczak", "zoe", "zoeobrien"]),
        ("Mac Donald", ["mac", "macdonald", "donald"]),
        ("SØREN  Weiß", ["soren", "sorenweiss", "weiss"]),
        ("D’Souza", ["dsouza"]),
        ("Ибрагим", ["ибрагим"]),
        ("", []),
        (" - ' ", []),
    ],
)
def test_a_name_is_its_plain_words_and_each_two_as_one(name: str, words: list[str]) -> None:
    assert computed("records_name_words", name) == sorted(words)


def test_a_persons_words_are_those_of_every_name_they_have() -> None:
    person = Person.objects.create(
        given_name="Elżbieta", family_name="Nowak", known_as="Ela", birth_date="2015-09-01", other_names=["Betty Smith"]
    )
    person.refresh_from_db()
    assert person.name_words == ["betty", "bettysmith", "ela", "elzbieta", "nowak", "smith"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("steven", "stephen"),
        ("mohammed", "muhammad"),
        ("catherine", "kathryn"),
        ("philip", "filip"),
        ("aisha", "ayesha"),
        ("hussain", "hussein"),
        ("okafor", "okofor"),
        ("okafor", "okaofr"),
        ("okafor", "okafo"),
        ("okafor", "okkafor"),
        ("ian", "iain"),
    ],
)
def test_words_that_sound_alike_or_differ_in_one_letter_share_a_key(one: str, other: str) -> None:
    assert set(computed("records_word_keys", one)) & set(computed("records_word_keys", other))


@pytest.mark.parametrize(("one", "other"), [("okafor", "marsh"), ("ann", "ben"), ("smith", "jones")])
def test_other_words_share_none(one: str, other: str) -> None:
    assert not set(computed("records_word_keys", one)) & set(computed("records_word_keys", other))


def test_the_dictionary_has_each_word_once_and_learns_of_a_new_name() -> None:
    person = make_person(family_name="Quillfeather")
    make_person(family_name="Quillfeather")
    assert NameWord.objects.filter(word="quillfeather").count() == 1
    assert not NameWord.objects.filter(word="xanthopoulos").exists()
    person.known_as = "Xanthopoulos"
    person.save()
    assert NameWord.objects.filter(word="xanthopoulos").count() == 1


def test_families_and_agencies_have_words_too() -> None:
    council = make_council()
    made = make_family(council, children=1)
    made.family.refresh_from_db()
    school = council.agencies["school"]
    school.refresh_from_db()
    assert school.name_words == ["lane", "laneschool", "oak", "oaklane", "school"]
    assert NameWord.objects.filter(word__in=[*made.family.name_words, "oaklane"]).count() >= 2
