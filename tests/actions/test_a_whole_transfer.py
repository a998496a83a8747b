"""The main job, whole, through the actions: each end of the step down from a single assessment."""

import pytest
from tests.actions.walking import begin
from tests.records.factories import make_council, make_family

from handhold.records.models import Allocation, Involvement, MainContact, Run

pytestmark = pytest.mark.django_db


def test_a_partner_led_step_down_ends_with_the_lead_accountable_for_every_child() -> None:
    council = make_council()
    walk = begin(council, make_family(council, children=2)).to_lead_accepted()
    held_before = Allocation.objects.filter(during__upper_inf=True).values_list("practitioner", flat=True)
    assert set(held_before) == {walk.person("social-worker").pk}, "acceptance moves nothing"
    walk.to_closed()
    run = Run.objects.get(pk=walk.run.pk)
    open_now = Involvement.objects.filter(open_during__upper_inf=True)
    assert {one.kind for one in open_now} == {"early-help"}
    assert set(Allocation.objects.filter(during__upper_inf=True).values_list("practitioner", flat=True)) == {
        walk.person("lead-practitioner").pk
    }
    assert MainContact.objects.filter(during__upper_inf=True).count() == 2
    assert run.ended_at is None, "the co-ordinator has still to take the form up"
    walk.do("form-taken-up", "taken-up", by="early-help-coordinator")
    assert Run.objects.get(pk=walk.run.pk).ending == "completed"


def test_a_targeted_step_down_ends_with_the_practitioner_accountable_for_every_child() -> None:
    council = make_council()
    walk = begin(council, make_family(council, children=3)).to_handed_over().to_closed()
    assert Run.objects.get(pk=walk.run.pk).ending == "completed"
    holders = Allocation.objects.filter(during__upper_inf=True).values_list("practitioner", "involvement__kind")
    assert set(holders) == {(walk.person("support-practitioner").pk, "early-help")}
