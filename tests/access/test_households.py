"""Who may write down who belongs to a family, at each stage of a transfer: a table written by hand."""

import pytest
from tests.access.test_doors import COUNCIL_SIDE, EVERYBODY, STAGES, come_to, opens, somebody
from tests.records.factories import make_council, make_family

from handhold.access.families import sight_of
from handhold.access.households import (
    access_family_to_tell_of,
    access_household_to_read,
    access_person_of_household,
    access_person_to_add,
)
from handhold.access.transfers import NotHere

pytestmark = pytest.mark.django_db

SEE_THE_INDEX = {"front-door", "early-help-coordinator", "service-manager", "duty-manager"}
# Who handed the children over to a partner answers for none of them any more; the co-ordinator stands behind the lead.
WRITE = dict.fromkeys(STAGES, COUNCIL_SIDE | SEE_THE_INDEX) | {"closed": SEE_THE_INDEX}
TELL = {stage: {"lead-practitioner"} if "lead-practitioner" in whole else set() for stage, (whole, _) in STAGES.items()}


@pytest.mark.parametrize("stage", STAGES)
def test_who_answers_now_and_who_sees_the_index_write_and_a_partner_tells(stage: str) -> None:
    walk = come_to(stage)
    ref = walk.family.family.ref
    for name in EVERYBODY:
        by = {"by": somebody(walk, name), "now": walk.now}
        assert opens(access_household_to_read, ref, **by) == (name in WRITE[stage]), (stage, name)
        assert opens(access_family_to_tell_of, ref, **by) == (name in TELL[stage]), (stage, name)


def test_another_council_writes_nothing() -> None:
    walk = come_to("begun")
    elsewhere = make_council(code="elsewhere").practitioners["service-manager"]
    assert not opens(access_household_to_read, walk.family.family.ref, by=elsewhere, now=walk.now)


def test_nobody_is_changed_by_way_of_another_family() -> None:
    walk = come_to("begun")
    other = make_family(walk.council, children=1)
    with pytest.raises(NotHere):
        access_person_of_household(walk.family.family, other.children[0].ref, walk.now)
    assert access_person_of_household(other.family, other.children[0].ref, walk.now).person == other.children[0]


def test_who_is_added_from_the_records_is_in_ones_own_sight_or_one_sees_the_index() -> None:
    walk = come_to("begun")
    hidden = make_family(walk.council, children=1, worker=walk.council.stranger).children[0].ref
    elsewhere = make_family(make_council(code="elsewhere"), children=1).children[0].ref
    worker, door = (sight_of(walk.person(role), walk.now) for role in ("social-worker", "front-door"))
    assert opens(access_person_to_add, walk.child_refs[0], worker)
    assert not opens(access_person_to_add, hidden, worker)
    assert opens(access_person_to_add, hidden, door)
    assert not opens(access_person_to_add, elsewhere, door)
