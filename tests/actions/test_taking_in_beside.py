"""A referral comes in whatever else is on its way for the child, and is one beside it."""

from datetime import timedelta

import pytest
from tests.actions.walking import begin
from tests.actions.walking_from_mash import ANSWERS
from tests.records.factories import make_council, make_family

from handhold.actions.referrals import receive_referral
from handhold.actions.transfers import CannotBegin, start_transfer
from handhold.queries.invariants import find_breaches
from handhold.records.models import Allocation

pytestmark = pytest.mark.django_db


def test_a_referral_is_taken_in_beside_a_step_down_and_no_second_step_down_is() -> None:
    council = make_council()
    walk = begin(council, make_family(council, children=1))
    now, door = walk.now + timedelta(hours=1), council.practitioners["front-door"]
    family = walk.family.family.ref
    receive_referral(family, walk.child_refs, ANSWERS, received_at=now, by=door, now=now)
    held = Allocation.objects.filter(involvement__child=walk.family.children[0], during__upper_inf=True)
    assert {one.involvement.kind for one in held} == {"assessment", "referral"}
    assert find_breaches(now) == []
    with pytest.raises(CannotBegin):
        start_transfer(
            family, "assessment-to-early-help", walk.child_refs, by=council.practitioners["social-worker"], now=now
        )
