"""The council and the family that other tests stand on are themselves as the records want them."""

import pytest

from handhold.records.constraints import check_constraints_now
from handhold.records.models import Allocation, MainContact, PostHolding
from tests.records.factories import OFFICES, ROLES, make_assessment, make_council, make_family, make_run

pytestmark = pytest.mark.django_db


def test_a_council_and_a_family_satisfy_every_constraint() -> None:
    council = make_council()
    family = make_family(council, children=3)
    make_run(council, family, assessment=make_assessment(council, family))
    check_constraints_now()
    worker = council.practitioners["social-worker"]
    assert set(council.practitioners) == set(ROLES)
    assert PostHolding.objects.filter(during__upper_inf=True).count() == len(OFFICES)
    assert Allocation.objects.filter(practitioner=worker, during__upper_inf=True).count() == 3
    assert {contact.child for contact in MainContact.objects.all()} == set(family.children)
