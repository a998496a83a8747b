"""NHS numbers and unique pupil numbers: the form and the database refuse the same slips."""

import random

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from stdnum.gb import nhs, upn

from handhold.records.checks_of_numbers import is_nhs_number, is_upn
from handhold.records.models import Person
from tests.records.factories import make_nhs_number, make_person
from tests.records.refusals import refused_by, take_away

RIGHT_NHS_NUMBER = "9434765919"
RIGHT_UPN = "H801200001001"


def is_right_to_the_database(function: str, number: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [number])
        answer: bool = cursor.fetchone()[0]
        return answer


@pytest.mark.django_db
@pytest.mark.parametrize(
    "number", ["9434765918", "943476591", "94347659190", "943476591X", "943 476 5919", "٩٤٣٤٧٦٥٩١٩"]
)
def test_a_wrong_nhs_number_is_refused_by_the_form_and_by_the_database(number: str) -> None:
    assert not is_nhs_number(number)
    assert not is_right_to_the_database("records_is_nhs_number", number)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "number", ["A801200001001", "H80120000100", "h801200001001", "H8012000010010", "H80120000100I"]
)
def test_a_wrong_pupil_number_is_refused_by_the_form_and_by_the_database(number: str) -> None:
    assert not is_upn(number)
    assert not is_right_to_the_database("records_is_upn", number)


@pytest.mark.django_db
def test_form_database_and_a_second_opinion_agree_on_any_ten_digits() -> None:
    chosen = random.Random(7)
    numbers = [f"{chosen.randrange(10**10):010d}" for _ in range(300)] + [make_nhs_number() for _ in range(50)]
    answers = [
        (is_nhs_number(number), is_right_to_the_database("records_is_nhs_number", number), nhs.is_valid(number))
        for number in numbers
    ]
    assert all(form == database == other for form, database, other in answers)
    assert {form for form, _, _ in answers} == {True, False}


@pytest.mark.django_db
def test_form_database_and_a_second_opinion_agree_on_pupil_numbers() -> None:
    chosen = random.Random(7)
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    numbers = [
        f"{letter}801{chosen.randrange(10**8):08d}{last}"
        for letter, last in zip(letters * 10, (chosen.choice("0123456789" + letters) for _ in range(230)), strict=True)
    ]
    answers = [
        (is_upn(number), is_right_to_the_database("records_is_upn", number), upn.is_valid(number)) for number in numbers
    ]
    assert all(form == database == other for form, database, other in answers)
    assert {form for form, _, _ in answers} == {True, False}


@pytest.mark.django_db
def test_a_person_with_a_wrong_number_is_refused() -> None:
    person = make_person()
    with refused_by("person_nhs_number_is_right"):
        Person.objects.filter(pk=person.pk).update(nhs_number="9434765918")
    with refused_by("person_upn_is_right"):
        Person.objects.filter(pk=person.pk).update(upn="A801200001001")


@pytest.mark.django_db
def test_without_the_check_a_wrong_number_goes_through() -> None:
    person = make_person()
    take_away("records_person", "person_nhs_number_is_right")
    assert Person.objects.filter(pk=person.pk).update(nhs_number="9434765918") == 1


@pytest.mark.django_db
def test_two_people_with_one_number_are_refused() -> None:
    first, second = make_person(), make_person()
    with refused_by("person_nhs_number_is_one_person"):
        Person.objects.filter(pk=second.pk).update(nhs_number=first.nhs_number)
    Person.objects.filter(pk=first.pk).update(upn=RIGHT_UPN)
    with refused_by("person_upn_is_one_person"):
        Person.objects.filter(pk=second.pk).update(upn=RIGHT_UPN)


def test_the_form_says_what_is_wrong() -> None:
    person = Person(given_name="A", family_name="B", nhs_number="9434765918", upn="A801200001001")
    with pytest.raises(ValidationError) as refusal:
        person.clean_fields()
    assert set(refusal.value.message_dict) == {"nhs_number", "upn"}


def test_right_numbers_are_right() -> None:
    assert is_nhs_number(RIGHT_NHS_NUMBER)
    assert is_upn(RIGHT_UPN)
