"""Two records that may be one person: found by what agrees, for those who see the index and for nobody else."""

from datetime import date, timedelta

import pytest
from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_council, make_family

from handhold.access.families import Sighted, sight_of
from handhold.access.transfers import NotHere
from handhold.queries.likely_duplicates import Described, likely_duplicates, likely_duplicates_of
from handhold.records.models import Person

pytestmark = pytest.mark.django_db
BORN = date(2015, 9, 1)


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


@pytest.mark.parametrize(
    "who",
    [
        Described("Stephen", "Okafor", birth_date=BORN),
        Described("Steven", "Okofor", birth_date=BORN),
        Described("Steven", "Adeyemi", birth_date=BORN),
        Described("Okafor", "Steven", birth_date=BORN),
        Described("Joe", "Okafor", known_as="Steven", birth_date=BORN),
        Described("Steven", "Okafor", birth_date=date(2015, 1, 9)),
        Described("Steven", "Okafor", birth_date=date(2016, 9, 1)),
        Described("Steven", "Okafor"),
    ],
)
def test_a_slip_or_another_spelling_hides_nobody(council: MadeCouncil, family: MadeFamily, who: Described) -> None:
    (found,) = likely_duplicates(who, seen_by(council))
    assert found.ref == family.children[0].ref
    assert found.because


@pytest.mark.parametrize(
    "who",
    [
        Described("Ada", "Marsh", birth_date=BORN),
        Described("Rosalind", "Okafor", birth_date=BORN),
        Described("Steven", "Okafor", birth_date=date(2004, 3, 17)),
        Described("Steven", "Marsh"),
        Described("", "Okafor", expected_birth_date=date(2027, 3, 1)),
    ],
)
def test_a_twin_and_whoever_shares_a_name_or_a_date_alone_is_somebody_else(
    council: MadeCouncil, family: MadeFamily, who: Described
) -> None:
    assert likely_duplicates(who, seen_by(council)) == []


def test_a_baby_who_was_expected_is_found_after_the_birth_and_the_other_way_round(
    council: MadeCouncil, family: MadeFamily
) -> None:
    (child,) = family.children
    before = Described("", "Okafor", expected_birth_date=BORN + timedelta(days=9))
    assert [one.ref for one in likely_duplicates(before, seen_by(council))] == [child.ref]
    Person.objects.filter(pk=child.pk).update(given_name="", birth_date=None, expected_birth_date=BORN)
    after = Described("Ines", "Okafor", birth_date=BORN - timedelta(days=9))
    assert [one.ref for one in likely_duplicates(after, seen_by(council))] == [child.ref]


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
