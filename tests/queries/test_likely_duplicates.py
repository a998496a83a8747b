"""Two records that may be one person: found by what agrees, for those who see the index and for nobody else."""

from datetime import date

import pytest
from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_council, make_family

from handhold.access.families import Sighted, sight_of
from handhold.access.transfers import NotHere
from handhold.queries.likely_duplicates import Described, likely_duplicates, likely_duplicates_of
from handhold.records.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def family(council: MadeCouncil) -> MadeFamily:
    """A family with one child, Steven Okafor, born on 1 September 2015."""
    return called(make_family(council, children=1), "Steven", "Okafor")


def called(made: MadeFamily, given: str, name: str) -> MadeFamily:
    child = made.children[0]
    child.given_name, child.family_name = given, name
    child.save()
    return made


def seen_by(council: MadeCouncil, role: str = "front-door") -> Sighted:
    return sight_of(council.practitioners[role], NOW)


def test_a_child_of_the_same_name_and_birth_date_is_likely_the_same(council: MadeCouncil, family: MadeFamily) -> None:
    who = Described("Steven", "Okafor", birth_date=date(2015, 9, 1))
    (found,) = likely_duplicates(who, seen_by(council))
    assert found.ref == family.children[0].ref
    assert found.because == ("Same first name", "Same family name", "Same date of birth")


def test_a_name_alone_or_a_date_alone_is_nobody(council: MadeCouncil, family: MadeFamily) -> None:
    for who in (Described("Ada", "Marsh", birth_date=date(2015, 9, 1)), Described("Steven", "Okafor")):
        assert likely_duplicates(who, seen_by(council)) == []


def test_a_child_is_no_duplicate_of_themself_but_of_the_other_record(council: MadeCouncil, family: MadeFamily) -> None:
    (child,) = family.children
    assert likely_duplicates_of(child, seen_by(council)) == []
    other = called(make_family(council, children=1), "Steven", "Okafor")
    assert [one.ref for one in likely_duplicates_of(child, seen_by(council))] == [other.children[0].ref]


def test_another_councils_people_are_never_found(council: MadeCouncil, family: MadeFamily) -> None:
    called(make_family(make_council(code="other"), children=1), "Steven", "Okafor")
    assert Person.objects.filter(given_name="Steven").count() == 2
    assert likely_duplicates_of(family.children[0], seen_by(council)) == []


@pytest.mark.parametrize("role", ["lead-practitioner", "social-worker"])
def test_who_does_not_see_the_index_is_told_nothing(council: MadeCouncil, family: MadeFamily, role: str) -> None:
    with pytest.raises(NotHere):
        likely_duplicates_of(family.children[0], seen_by(council, role))
