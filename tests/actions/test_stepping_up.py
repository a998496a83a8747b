"""Stepping up through the real actions: who answers for each child after every act, and who is told."""

from datetime import timedelta

import pytest
from django.db import transaction
from tests.actions.stepping_up import ADVICE, ONE_SERVICE, ONE_TARGETED, PARTNER, TARGETED, WayUp, begin_up
from tests.actions.walking import begin
from tests.records.factories import NOW, MadeCouncil, make_council, make_family, open_involvement, since

from handhold.access.families import access_family_to_read
from handhold.access.transfers import NotHere, access_transfer_to_read
from handhold.actions.refusals import StepRefused
from handhold.actions.transfers import CannotBegin, start_transfer
from handhold.casefiles import contents
from handhold.casefiles.ending_runs import end_elsewhere
from handhold.notifications.models import OutboxMessage
from handhold.queries.invariants import find_breaches
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Allocation, Involvement, MainContact, Person, Run, RunChild

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


def problems(refused: StepRefused) -> list[str]:
    return [reason.problem for reason in refused.reasons]


def test_a_partner_steps_up_and_the_child_is_held_throughout(council: MadeCouncil) -> None:
    walk = begin_up(council, PARTNER)
    child = walk.family.children[0]
    walk.to_sent()
    assert walk.holders(child) == {"early-help": "lead-practitioner", "referral": "front-door"}
    walk.do("referral-decided", "social-work", by="front-door")
    walk.do(
        "social-worker-allocated", "assessment", walk.at(practitioner=walk.person("social-worker")), by="team-manager"
    )
    assert walk.holders(child) == {"early-help": "lead-practitioner", "assessment": "social-worker"}
    for ref in walk.child_refs:
        walk.do("early-help-closed", "closed", by="lead-practitioner", child=ref)
    assert walk.holders(child) == {"assessment": "social-worker"}
    assert Run.objects.get(pk=walk.run.pk).ending == "completed"
    assert walk.watched == 8


def test_whoever_referred_is_told_of_the_decision(council: MadeCouncil) -> None:
    walk = begin_up(council, PARTNER).to_sent()
    before = OutboxMessage.objects.filter(to_address=walk.person("lead-practitioner").email).count()
    walk.do("referral-decided", "early-help-goes-on", by="front-door")
    assert OutboxMessage.objects.filter(to_address=walk.person("lead-practitioner").email).count() == before + 1


def test_a_referral_that_is_not_taken_on_leaves_the_family_with_early_help(council: MadeCouncil) -> None:
    walk = begin_up(council, PARTNER).to_decided("early-help-goes-on")
    walk.do("decision-heard", "goes-on", by="lead-practitioner")
    assert walk.holders(walk.family.children[0]) == {"early-help": "lead-practitioner"}
    assert Run.objects.get(pk=walk.run.pk).ending == "early-help-goes-on"


def test_early_help_by_a_targeted_worker_stays_open_for_ten_working_days(council: MadeCouncil) -> None:
    walk = begin_up(council, TARGETED).to_allocated()
    seen = walk.at(contents.VisitContent, seen=tuple(walk.family.children))
    walk.do("joint-visit", "visited", seen, by="support-practitioner")
    with pytest.raises(StepRefused) as refused:
        walk.do_unwatched("early-help-closed", "closed", by="support-practitioner", child=walk.child_refs[0])
    assert problems(refused.value) == ["too-early"]
    walk.now += timedelta(days=16)
    for ref in walk.child_refs:
        walk.do("early-help-closed", "closed", by="support-practitioner", child=ref)
    assert [walk.holders(child) for child in walk.family.children] == [{"assessment": "social-worker"}] * 2


def test_refused_by_the_manager_on_duty_it_stays_with_early_help(council: MadeCouncil) -> None:
    walk = begin_up(council, TARGETED).to_duty_decision("refused")
    walk.do("decision-heard", "goes-on", by="support-practitioner")
    assert walk.holders(walk.family.children[0]) == {"early-help": "support-practitioner"}


def test_to_do_less_than_was_accepted_needs_both(council: MadeCouncil) -> None:
    walk = begin_up(council, TARGETED).to_decided("less")
    walk.do("lowering-decided", "not-agreed", by="duty-manager")
    walk.do(
        "social-worker-allocated", "assessment", walk.at(practitioner=walk.person("social-worker")), by="team-manager"
    )
    assert walk.holders(walk.family.children[0])["assessment"] == "social-worker"


def test_who_came_back_soon_returns_without_a_new_assessment(council: MadeCouncil) -> None:
    walk = begin_up(council, TARGETED)
    for child in walk.family.children:
        a_plan_that_ended(council, child, days_ago=60)
    walk.to_allocated("returned", "returned")
    assert walk.holders(walk.family.children[0]) == {
        "early-help": "support-practitioner",
        "child-in-need": "social-worker",
    }


def test_who_came_back_late_is_assessed(council: MadeCouncil) -> None:
    walk = begin_up(council, TARGETED)
    for child in walk.family.children:
        a_plan_that_ended(council, child, days_ago=120)
    walk.to_sent()
    with pytest.raises(StepRefused) as refused:
        walk.do_unwatched("referral-decided", "returned", by="front-door")
    assert problems(refused.value) == ["not-offered"]


@transaction.atomic
def a_plan_that_ended(council: MadeCouncil, child: Person, *, days_ago: int) -> None:
    """A child in need plan of the social worker's, closed so long before now."""
    worker, during = (
        council.practitioners["social-worker"],
        since(NOW - timedelta(days=300), NOW - timedelta(days=days_ago)),
    )
    plan = Involvement.objects.create(
        child=child,
        kind="child-in-need",
        open_during=during,
        agency=worker.agency,
        team=worker.team,
        closing_reason="stepped-down",
    )
    Allocation.objects.create(involvement=plan, practitioner=worker, during=during)
    MainContact.objects.create(child=child, involvement=plan, practitioner=worker, during=during)


def test_a_disagreement_that_is_settled_anew_keeps_the_first_clock(council: MadeCouncil) -> None:
    walk = begin_up(council, PARTNER).to_decided("early-help-goes-on")
    walk.now += timedelta(days=3)
    walk.do("disagreement-raised", "raised", by="lead-practitioner")
    walk.do("settled-by-managers", "higher", by="early-help-coordinator")
    walk.do("settled-by-service-manager", "higher", by="service-manager")
    walk.do("settled-by-partnership", "anew", by="service-manager")
    opened = access_transfer_to_read(walk.run.ref, by=walk.person("front-door"), now=walk.now)
    assert opened.case.observed.deadlines["referral-decided", None].has_passed


def test_a_step_up_crosses_the_step_down_of_a_sibling(council: MadeCouncil) -> None:
    down = begin(council, make_family(council, children=2)).to_lead_accepted()
    child, lead = down.family.children[0], council.practitioners["lead-practitioner"]
    open_involvement(council, down.family, child, kind="early-help", start=NOW - timedelta(days=5), worker=lead)
    run = start_transfer(down.family.family.ref, PARTNER, [child.ref], by=lead, now=down.now)
    assert RunChild.objects.filter(child=child, run__ended_at__isnull=True).count() == 2
    with pytest.raises(CannotBegin):
        start_transfer(down.family.family.ref, PARTNER, [child.ref], by=lead, now=down.now)
    assert run.sender == lead


def test_a_worker_of_the_council_does_not_step_up_as_a_partner(council: MadeCouncil) -> None:
    worker = council.practitioners["support-practitioner"]
    family = make_family(council, children=1, kind="early-help", worker=worker)
    with pytest.raises(NotHere):
        start_transfer(family.family.ref, PARTNER, [family.children[0].ref], by=worker, now=NOW)


def test_mash_sees_the_referral_once_it_is_sent_and_not_before(council: MadeCouncil) -> None:
    walk = begin_up(council, PARTNER).to_talked()
    with pytest.raises(NotHere):
        access_transfer_to_read(walk.run.ref, by=walk.person("front-door"), now=walk.now)
    walk = begin_up(council, PARTNER).to_sent()
    opened = access_transfer_to_read(walk.run.ref, by=walk.person("front-door"), now=walk.now)
    assert "queue-keeper" in opened.words


def test_after_a_step_up_the_partner_reads_what_they_sent_and_no_longer_the_family(council: MadeCouncil) -> None:
    walk = begin_up(council, PARTNER, children=1).to_allocated()
    lead = walk.person("lead-practitioner")
    assert access_family_to_read(walk.family.family.ref, by=lead, now=walk.now)
    walk.do("early-help-closed", "closed", by=lead, child=walk.child_refs[0])
    assert access_transfer_to_read(walk.run.ref, by=lead, now=walk.now).case.run.ended_at is not None
    with pytest.raises(NotHere):
        access_family_to_read(walk.family.family.ref, by=lead, now=walk.now)


def test_advice_leads_to_a_step_up_that_begins_by_itself(council: MadeCouncil) -> None:
    walk = begin_up(council, ADVICE)
    walk.do("manager-asked", "agreed", by="support-practitioner")
    walk.do("advice-asked", "asked", by="support-practitioner")
    walk.do("advice-given", "refer", by="front-door")
    walk.do("advice-followed", "refer-as-targeted-worker", by="support-practitioner")
    up = Run.objects.get(family=walk.family.family, ended_at__isnull=True)
    assert (up.pathway, up.sender) == (TARGETED, walk.person("support-practitioner"))
    assert up.run_children.count() == 2


def test_a_child_who_has_died_gets_no_letter_and_is_confirmed_by_a_second_person(council: MadeCouncil) -> None:
    walk = begin_up(council, TARGETED).to_sent()
    child, ref = walk.family.children[0], walk.child_refs[0]
    walk.do("ending-reported", "died", by="support-practitioner", child=ref)
    walk.do("ending-confirmed", "died", by="practice-manager", child=ref)
    child.refresh_from_db()
    assert child.died_date == NOW.date()
    assert walk.holders(child) == {}
    assert walk.holders(walk.family.children[1])["referral"] == "front-door"


@pytest.mark.parametrize("pathway", [ONE_SERVICE, ONE_TARGETED])
def test_whoever_helps_as_the_one_service_steps_up_and_then_ends(council: MadeCouncil, pathway: str) -> None:
    walk = begin_up(council, pathway).to_allocated()
    child = walk.family.children[0]
    assert walk.holders(child) == {"single-agency": walk.leads, "assessment": "social-worker"}
    if pathway == ONE_SERVICE:
        for ref in walk.child_refs:
            walk.do("early-help-closed", "closed", by=walk.leads, child=ref)
    else:
        withdrawn = contents.ConsentContent(walk.now, given_by=walk.family.mother, to_what="help", how="telephone")
        for ref in walk.child_refs:
            walk.do("support-withdrawn", "withdrawn", withdrawn, by=walk.leads, child=ref)
    assert walk.holders(child) == {"assessment": "social-worker"}
    assert walk.observed().ended == "completed"


@pytest.mark.parametrize(("pathway", "role"), [(ONE_SERVICE, "support-practitioner"), (TARGETED, "lead-practitioner")])
def test_nobody_begins_the_other_way_up(council: MadeCouncil, pathway: str, role: str) -> None:
    holder = council.practitioners[role]
    kind = "single-agency" if pathway == ONE_SERVICE else "early-help"
    family = make_family(council, children=1, kind=kind, worker=holder)
    with pytest.raises((NotHere, CannotBegin)):
        start_transfer(family.family.ref, pathway, [family.children[0].ref], by=holder, now=NOW)


def left_behind(walk: WayUp) -> Person:
    """The second child's early help has ended by an act of another run, while the referral lies with MASH."""
    child, at = walk.family.children[1], walk.now + timedelta(minutes=1)
    with transaction.atomic():
        involvement = child.involvements.get(kind="early-help", open_during__upper_inf=True)
        referral = child.involvements.get(kind="referral", open_during__upper_inf=True)
        ended = since(involvement.open_during.lower, at)
        MainContact.objects.filter(child=child, during__upper_inf=True).update(during=ended)
        involvement.allocations.update(during=ended)
        Involvement.objects.filter(pk=involvement.pk).update(open_during=ended, closing_reason="plan-done")
        door = walk.person("front-door")
        MainContact.objects.create(child=child, involvement=referral, practitioner=door, during=since(at))
        end_elsewhere(child, "early-help", beside=Run(pk=0), by=door, now=at)
        check_constraints_now()
    walk.now = at
    return child


@pytest.mark.parametrize(("outcome", "then"), [("nothing-more", {}), ("social-work", {"assessment": "team-manager"})])
def test_a_sibling_whose_early_help_ended_elsewhere_leaves_the_referral_by_mash(
    council: MadeCouncil, outcome: str, then: dict[str, str]
) -> None:
    walk = begin_up(council, PARTNER).to_sent()
    child, door = left_behind(walk), walk.person("front-door")
    assert RunChild.objects.get(run=walk.run, child=child).outcome == "went-on-elsewhere"
    assert walk.holders(child) == {"referral": "front-door"}
    run = start_transfer(walk.family.family.ref, "referral-of-one-child", [child.ref], by=door, now=walk.now)
    own = WayUp(walk.council, walk.family, run, now=walk.now, child_refs=[child.ref])
    own.do("left-referral-decided", outcome, by="front-door", child=child.ref)
    if not then:
        own.do("left-referral-closed", "closed", by="front-door", child=child.ref)
    assert own.holders(child) == then
    assert own.observed().ended == "completed"
    assert list(find_breaches(own.now)) == []
    other = walk.family.children[0]
    assert walk.holders(other) == {"early-help": "lead-practitioner", "referral": "front-door"}, "and theirs goes on"
