"""Who comes to two records that are one child, against a table written by hand: to join, to undo, to read."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from tests.records.factories import (
    NOW,
    MadeCouncil,
    MadeFamily,
    close_everything,
    make_council,
    make_family,
    make_joined,
    open_involvement,
)

from handhold.access.families import access_child_to_read
from handhold.access.joining import (
    access_joined_child_to_read,
    access_joining_to_read,
    access_record_to_join,
    joinings_of,
)
from handhold.access.transfers import NotHere
from handhold.records.models import Practitioner

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=2)
HOUR_LATER = NOW + timedelta(hours=1)

# who: may join, may undo, sees that the record was joined, sees the child who is kept
TABLE = {
    "front-door": (True, True, False, False),
    "duty-manager": (True, True, True, True),
    "service-manager": (True, True, True, True),
    "worker": (False, True, True, True),
    "team-manager": (False, True, True, True),
    "siblings-worker": (False, False, True, False),
    "support-practitioner": (False, False, False, False),
    "lead-practitioner": (False, False, False, False),
    "early-help-coordinator": (True, True, False, False),
}


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def families(council: MadeCouncil) -> tuple[MadeFamily, MadeFamily]:
    """The kept child's, and the family of the joined record, whose other child a stranger to the first works with."""
    kept, other = make_family(council, children=1), make_family(council, children=2, worker=council.stranger)
    close_everything(other, at=HOUR_LATER)
    other.main_contacts.clear()
    sibling = other.children[1]
    open_involvement(council, other, sibling, kind="care", start=HOUR_LATER, worker=council.stranger)
    return kept, other


def comes_to(door: Callable[[], object]) -> bool:
    with suppress(NotHere):
        door()
        return True
    return False


def person(council: MadeCouncil, who: str) -> Practitioner:
    named = {"worker": council.practitioners["social-worker"], "siblings-worker": council.stranger}
    return named.get(who) or council.practitioners[who]


@pytest.mark.parametrize("who", TABLE)
def test_who_comes_to_it(council: MadeCouncil, families: tuple[MadeFamily, MadeFamily], who: str) -> None:
    kept, other = (made.children[0] for made in families)
    joining, by = make_joined(council, kept, other, at=HOUR_LATER), person(council, who)
    found = (
        comes_to(lambda: access_record_to_join(kept.ref, by=by, now=LATER)),
        comes_to(lambda: access_joining_to_read(joining.ref, by=by, now=LATER)),
        comes_to(lambda: access_joined_child_to_read(joinings_of(other.ref)[0], by=by, now=LATER)),
        comes_to(lambda: access_child_to_read(kept.ref, by=by, now=LATER)),
    )
    assert found == TABLE[who]


def test_who_has_left_comes_to_nothing(council: MadeCouncil, families: tuple[MadeFamily, MadeFamily]) -> None:
    kept, other = (made.children[0] for made in families)
    joining, by = make_joined(council, kept, other, at=HOUR_LATER), council.practitioners["front-door"]
    by.left_date = NOW.date()
    assert not comes_to(lambda: access_record_to_join(kept.ref, by=by, now=LATER))
    assert not comes_to(lambda: access_joining_to_read(joining.ref, by=by, now=LATER))


def test_of_another_council_nobody_comes_to_it(council: MadeCouncil, families: tuple[MadeFamily, MadeFamily]) -> None:
    kept, other = (made.children[0] for made in families)
    joining = make_joined(council, kept, other, at=HOUR_LATER)
    by = make_council(code="other").practitioners["service-manager"]
    assert not comes_to(lambda: access_record_to_join(kept.ref, by=by, now=LATER))
    assert not comes_to(lambda: access_joining_to_read(joining.ref, by=by, now=LATER))
    assert not comes_to(lambda: access_joined_child_to_read(joinings_of(other.ref)[0], by=by, now=LATER))
