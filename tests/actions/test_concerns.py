"""A safeguarding concern: nothing stands before it, a person receives it, it stops every closing until decided."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.actions.walking import Walk, begin
from tests.records.factories import make_council, make_family, since

from handhold.access.transfers import NotHere
from handhold.actions.concerns import acknowledge_concern, decide_concern, report_concern
from handhold.actions.refusals import NoSuchChoice, StepRefused
from handhold.audit.models import AuditEvent
from handhold.casefiles.case import load_case
from handhold.casefiles.contents import ConsentContent
from handhold.notifications.models import OutboxMessage
from handhold.records.models import Concern, Family, FamilyMember, Run

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    """A transfer that is ready to close."""
    council = make_council()
    return begin(council, make_family(council, children=2)).to_lead_accepted().to_ready_to_close()


def reported(walk: Walk, **about: Any) -> Concern:
    """A concern sent by a teacher who has nothing to do with the family."""
    return report_concern(who="A boy", what="A bruise", by=walk.council.second_lead, now=walk.now, **about)


def test_anybody_can_report_about_a_child_who_is_not_on_record(walk: Walk) -> None:
    concern = reported(walk, where_now="At school")
    assert (concern.family, concern.child, concern.acknowledged_at) == (None, None, None)
    receivers = {walk.person("duty-manager").email, walk.person("front-door").email}
    assert (
        set(OutboxMessage.objects.filter(template="concern-reported").values_list("to_address", flat=True)) == receivers
    )
    assert AuditEvent.objects.filter(name="concern.reported").count() == 1


def test_anybody_can_report_about_a_child_outside_their_sight(walk: Walk) -> None:
    concern = reported(walk, child_ref=walk.child_refs[0])
    assert (concern.child, concern.family) == (walk.family.children[0], walk.family.family)


def test_a_reference_that_nobody_has_does_not_stop_it(walk: Walk) -> None:
    assert reported(walk, child_ref="ZZZZZZZZ", family_ref="ZZZZZZZZ").family is None


def test_no_child_of_the_household_is_closed_while_it_is_undecided(walk: Walk) -> None:
    reported(walk, child_ref=walk.child_refs[0])
    with pytest.raises(StepRefused) as refused:
        walk.close(walk.child_refs[1])
    assert [(reason.problem, reason.what) for reason in refused.value.reasons] == [("matter-open", "concern-undecided")]


def test_it_is_received_once_by_the_first_who_says_so(walk: Walk) -> None:
    concern = reported(walk)
    duty, front_door = walk.person("duty-manager"), walk.person("front-door")
    acknowledge_concern(concern.ref, by=front_door, now=walk.now)
    acknowledge_concern(concern.ref, by=duty, now=walk.now + timedelta(minutes=1))
    concern.refresh_from_db()
    assert (concern.acknowledged_by, concern.acknowledged_at) == (front_door, walk.now)
    assert OutboxMessage.objects.filter(template="concern-received").count() == 1


@pytest.mark.parametrize("who", ["social-worker", "team-manager", "lead-practitioner"])
def test_nobody_else_handles_it(walk: Walk, who: str) -> None:
    concern = reported(walk, child_ref=walk.child_refs[0])
    with pytest.raises(NotHere):
        acknowledge_concern(concern.ref, by=walk.person(who), now=walk.now)
    with pytest.raises(NotHere):
        decide_concern(concern.ref, "support-goes-on", "Fine", by=walk.person(who), now=walk.now)


def test_the_front_door_decides_though_it_does_not_see_the_transfer(walk: Walk) -> None:
    concern = reported(walk, child_ref=walk.child_refs[0])
    decide_concern(concern.ref, "support-goes-on", "Explained", by=walk.person("front-door"), now=walk.now)
    walk.close(walk.child_refs[0])
    assert Concern.objects.get().outcome == "support-goes-on"


def test_two_concerns_are_both_decided_before_anything_closes(walk: Walk) -> None:
    first, second = reported(walk, child_ref=walk.child_refs[0]), reported(walk, child_ref=walk.child_refs[1])
    duty = walk.person("duty-manager")
    decide_concern(first.ref, "support-goes-on", "Explained", by=duty, now=walk.now)
    with pytest.raises(StepRefused):
        walk.close(walk.child_refs[0])
    decide_concern(second.ref, "support-goes-on", "Explained too", by=duty, now=walk.now)
    walk.close(walk.child_refs[0])


def decision_runs_from(walk: Walk) -> datetime:
    """Since when the decision on a concern is owed, as every page of the transfer counts it."""
    run = Run.objects.select_related("sender__agency", "receiver__agency", "family", "authority").get(pk=walk.run.pk)
    return load_case(run, walk.now).observed.deadlines["concern-decided", None].started_at


def test_the_decision_is_due_from_the_first_concern_that_is_undecided(walk: Walk) -> None:
    first = reported(walk, child_ref=walk.child_refs[0])
    walk.now += timedelta(days=1)
    second = reported(walk, child_ref=walk.child_refs[1])
    assert decision_runs_from(walk) == first.sent_at
    walk.now += timedelta(minutes=1)
    decide_concern(first.ref, "support-goes-on", "Explained", by=walk.person("duty-manager"), now=walk.now)
    assert decision_runs_from(walk) == second.sent_at


def test_a_decision_can_stop_the_transfer_and_the_social_worker_keeps_the_children(walk: Walk) -> None:
    concern = reported(walk, child_ref=walk.child_refs[0])
    decide_concern(concern.ref, "social-work-stays", "Not safe yet", by=walk.person("duty-manager"), now=walk.now)
    run = Run.objects.get(pk=walk.run.pk)
    assert run.ending == "stays-with-social-work"
    assert {row.outcome for row in run.run_children.all()} == {"stays-with-social-work"}
    held = {one.involvement.kind for one in walk.person("social-worker").allocations.filter(during__upper_inf=True)}
    assert held == {"assessment"}


def test_a_decision_stops_the_transfer_of_every_household_of_the_child(walk: Walk) -> None:
    other = Family.objects.create(name="The father's", authority=walk.council.authority)
    child = walk.family.children[0]
    FamilyMember.objects.create(family=other, person=child, role="child", in_household=False, during=since(walk.now))
    concern = reported(walk, child_ref=walk.child_refs[0], family_ref=other.ref)
    assert concern.family == other
    with pytest.raises(StepRefused):
        walk.close(walk.child_refs[1])
    decide_concern(concern.ref, "social-work-stays", "Not safe yet", by=walk.person("duty-manager"), now=walk.now)
    assert Run.objects.get(pk=walk.run.pk).ending == "stays-with-social-work"


def test_a_child_of_another_council_is_not_named_here(walk: Walk) -> None:
    elsewhere = make_family(make_council(code="elsewhere"))
    concern = reported(walk, child_ref=elsewhere.children[0].ref, family_ref=elsewhere.family.ref)
    assert (concern.child, concern.family) == (None, None)


def test_only_a_decision_that_the_protocol_names_is_one(walk: Walk) -> None:
    with_transfer, without = reported(walk, child_ref=walk.child_refs[0]), reported(walk)
    duty = walk.person("duty-manager")
    with pytest.raises(NoSuchChoice):
        decide_concern(with_transfer.ref, "advice-given", "No transfer", by=duty, now=walk.now)
    decide_concern(without.ref, "advice-given", "Rang the school", by=duty, now=walk.now)
    assert Concern.objects.get(pk=without.pk).outcome == "advice-given"


def test_one_that_a_decision_on_a_transfer_raises_is_sent_like_any_other() -> None:
    council = make_council()
    walk = begin(council, make_family(council, children=1)).to_lead_accepted()
    refused = ConsentContent(walk.now, given_by=walk.family.mother, to_what="early help", how="telephone")
    walk.do("consent", "refused", refused)
    walk.do("what-no-consent-means", "act-on-harm", by="team-manager")
    concern = Concern.objects.get()
    assert concern.family == walk.family.family
    told = OutboxMessage.objects.filter(template="concern-reported").values_list("to_address", flat=True)
    assert set(told) == {walk.person("duty-manager").email, walk.person("front-door").email}
    assert AuditEvent.objects.filter(name="concern.reported", subjects__contains=[concern.ref]).count() == 1


def test_it_is_not_sent_to_somebody_who_has_left(walk: Walk) -> None:
    gone = walk.person("front-door")
    gone.left_date = walk.now.date()
    gone.save()
    reported(walk)
    told = OutboxMessage.objects.filter(template="concern-reported").values_list("to_address", flat=True)
    assert list(told) == [walk.person("duty-manager").email]
