"""A child has a birth date, or an expected one; of an adult nobody may know it. The database itself asks."""

from datetime import date

import pytest
from django.db import connection

from handhold.records.constraints import check_constraints_now
from handhold.records.models import FamilyMember, Involvement, Person
from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_council, make_family, open_involvement, since
from tests.records.refusals import refused_by

pytestmark = pytest.mark.django_db
ASKED = "child_has_birth_or_expected_date"


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def made(council: MadeCouncil) -> MadeFamily:
    return make_family(council, children=1)


def ageless() -> Person:
    return Person.objects.create(given_name="Jude", family_name="Marsh")


def join(made: MadeFamily, person: Person, role: FamilyMember.Role) -> FamilyMember:
    return FamilyMember.objects.create(family=made.family, person=person, role=role, during=since(NOW))


def test_an_adult_of_unknown_age_is_a_member_of_a_family(made: MadeFamily) -> None:
    join(made, ageless(), FamilyMember.Role.ADULT)
    check_constraints_now()
    assert made.family.memberships.filter(person__birth_date=None).count() == 1


def test_a_child_of_unknown_age_is_not(made: MadeFamily) -> None:
    with refused_by(ASKED):
        join(made, ageless(), FamilyMember.Role.CHILD)


def test_an_expected_child_is(made: MadeFamily) -> None:
    expected = Person.objects.create(family_name="Marsh", expected_birth_date=date(2027, 3, 1))
    assert join(made, expected, FamilyMember.Role.CHILD).pk


def test_nothing_is_opened_for_somebody_of_unknown_age(council: MadeCouncil, made: MadeFamily) -> None:
    with refused_by(ASKED):
        open_involvement(council, made, ageless(), kind=Involvement.Kind.ASSESSMENT, start=NOW)


def test_the_birth_date_of_a_child_is_not_taken_away_again(made: MadeFamily) -> None:
    with refused_by(ASKED):
        Person.objects.filter(pk=made.children[0].pk).update(birth_date=None)
    Person.objects.filter(pk=made.mother.pk).update(birth_date=None)
    check_constraints_now()


def test_without_the_trigger_a_child_of_no_age_would_be_there(made: MadeFamily) -> None:
    check_constraints_now()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE records_familymember DISABLE TRIGGER records_familymember_dates")
    assert join(made, ageless(), FamilyMember.Role.CHILD).pk
