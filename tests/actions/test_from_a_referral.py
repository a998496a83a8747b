"""A referral through the real actions: who holds the family at every moment; what is foretold is what is observed."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.actions.test_foretold_is_observed import WatchedWalk
from tests.actions.walking_from_mash import A_FAMILY, ANSWERS, LED, SAID, MashWalk, refer
from tests.records.factories import NOW, MadeCouncil, make_council

from handhold.access.transfers import NotHere, access_transfer_to_read
from handhold.actions.partner_papers import register_paper, submit_paper
from handhold.actions.referrals import NewFamily, receive_referral
from handhold.actions.refusals import HappenedLater, StepRefused
from handhold.actions.transfers import CannotBegin
from handhold.audit.models import AuditEvent
from handhold.casefiles import contents
from handhold.queries.form_sections import find_section
from handhold.records.models import Allocation, Form, FormAnswer, Involvement, MainContact, QueueItem, Run, StepRecord

pytestmark = pytest.mark.django_db


class WatchedMashWalk(MashWalk, WatchedWalk):
    """A referral on its way that holds what was foretold against what is observed, after every step."""


@pytest.fixture
def council() -> MadeCouncil:
    """A council at work."""
    return make_council()


@pytest.fixture
def walk(council: MadeCouncil) -> WatchedMashWalk:
    """A referral just written down, watched."""
    found = refer(council, WatchedMashWalk)
    assert isinstance(found, WatchedMashWalk)
    return found


def held(walk: MashWalk) -> set[tuple[str, str]]:
    """Kind and role of everybody who answers for a child of the walk now."""
    roles = {one.pk: role for role, one in walk.council.practitioners.items()}
    rows = Allocation.objects.filter(involvement__child__in=walk.family.children, during__upper_inf=True)
    return {(kind, roles[who]) for kind, who in rows.values_list("involvement__kind", "practitioner")}


def due(walk: MashWalk, step: str) -> Any:
    """When a step of the walk is due."""
    opened = access_transfer_to_read(walk.run.ref, by=walk.person("service-manager"), now=walk.now)
    return opened.case.observed.deadlines[step, None].due_at


def refused(walk: MashWalk, step: str, outcome: str, **words: Any) -> set[str]:
    """The problems for which an act is refused."""
    with pytest.raises(StepRefused) as answer:
        MashWalk.do(walk, step, outcome, **words)
    return {reason.problem for reason in answer.value.reasons}


def test_a_family_that_is_not_on_record_is_put_there_and_held_from_the_first_moment(walk: WatchedMashWalk) -> None:
    assert [one.birth_date or one.expected_birth_date for one in walk.family.children] == [
        date(2009, 6, 2),
        date(2027, 3, 1),
    ]
    assert held(walk) == {("referral", "front-door")}
    assert MainContact.objects.filter(child__in=walk.family.children, during__upper_inf=True).count() == 2
    assert FormAnswer.objects.get(field="said").text == SAID
    assert QueueItem.objects.get(run=walk.run).queue.code == "mash"
    events = AuditEvent.objects.values_list("name", flat=True)
    assert {"family.put-on-record", "transfer.started", "step.recorded"} <= set(events)


def test_the_clock_of_the_decision_runs_from_receipt(walk: WatchedMashWalk) -> None:
    assert due(walk, "referral-decided") == NOW.replace(hour=17) + timedelta(days=1)


def test_partner_led_closes_the_referral_and_opens_the_form_in_one_act(walk: WatchedMashWalk) -> None:
    walk.to_decided()
    assert held(walk) == {("early-help-offer", "early-help-coordinator")}
    assert Form.objects.filter(run=walk.run, code="early-help-recording-form-after-a-referral").exists()
    closed = Involvement.objects.get(child=walk.family.children[0], kind="referral")
    opened = Involvement.objects.get(child=walk.family.children[0], kind="early-help-offer")
    assert closed.open_during.upper == opened.open_during.lower
    coordinator = walk.person("early-help-coordinator")
    assert access_transfer_to_read(walk.run.ref, by=coordinator, now=walk.now).case.worker_now == coordinator


@pytest.mark.parametrize("level", ["level-1", "level-4"])
def test_levels_1_and_4_cannot_be_led_by_a_partner(walk: WatchedMashWalk, level: str) -> None:
    walk.to_screened(level)
    assert refused(walk, "referral-decided", "partner-led", by="front-door") == {"not-offered"}


def test_the_lead_hears_the_familys_name_only_with_consent_and_acceptance_is_the_handover(
    walk: WatchedMashWalk,
) -> None:
    walk.to_decided()
    asked = walk.at(contents.ConversationContent, practitioner=walk.person("lead-practitioner"), confirmed=True)
    assert "step-missing" in refused(walk, "lead-asked", "asked", content=asked, by="early-help-coordinator")
    walk.to_agreed().ask()
    assert held(walk) == {("early-help-offer", "early-help-coordinator")}
    walk.do("lead-answer", "accepted", walk.at(agreed_date=date(2026, 12, 1)), by="lead-practitioner")
    assert held(walk) == {("early-help", "lead-practitioner")}
    contacts = MainContact.objects.filter(child__in=walk.family.children, during__upper_inf=True)
    assert {one.practitioner_id for one in contacts} == {walk.person("lead-practitioner").pk}
    assert walk.watched > 8


def test_the_form_is_closed_after_oversight_by_somebody_else_and_the_run_ends(walk: WatchedMashWalk) -> None:
    walk.to_lead_accepted()
    assert refused(walk, "form-closed", "closed", by="early-help-coordinator") == {"step-missing"}
    walk.to_closed()
    assert Run.objects.get(pk=walk.run.pk).ending == "completed"
    assert held(walk) == {("early-help", "lead-practitioner")}


def test_nobody_oversees_a_form_that_they_wrote(walk: WatchedMashWalk) -> None:
    walk.to_lead_accepted()
    for child in walk.child_refs:
        words = walk.at(contents.RelationshipContent, role="Lead practitioner", contact="01632 960 003")
        walk.do("lead-on-record", "added", words, child=child, by="duty-manager")
    assert "own-work" in refused(walk, "form-overseen", "agreed", by="duty-manager")
    walk.do("form-overseen", "agreed", by="service-manager")


def test_two_declines_and_a_service_manager_chooses_a_council_worker(walk: WatchedMashWalk) -> None:
    walk.to_decided().to_agreed()
    for lead in (walk.person("lead-practitioner"), walk.council.second_lead):
        walk.ask(lead)
        walk.do("lead-answer", "declined", by=lead)
    chosen = walk.at(practitioner=walk.person("support-practitioner"))
    walk.do("no-lead-found", "council-worker-leads", chosen, by="service-manager")
    assert held(walk) == {("early-help", "support-practitioner")}
    walk.to_closed()


def declined_twice(walk: WatchedMashWalk) -> WatchedMashWalk:
    walk.to_decided().to_agreed()
    for lead in (walk.person("lead-practitioner"), walk.council.second_lead):
        walk.ask(lead)
        walk.do("lead-answer", "declined", by=lead)
    return walk


def test_or_ends_it(walk: WatchedMashWalk) -> None:
    declined_twice(walk).do("no-lead-found", "no-early-help", by="service-manager")
    assert held(walk) == set()
    assert {one.outcome for one in walk.run.run_children.all()} == {"universal-services"}


def test_or_one_service_helps_and_somebody_of_it_answers_for_each_child(walk: WatchedMashWalk) -> None:
    declined_twice(walk)
    chosen = walk.at(practitioner=walk.person("support-practitioner"))
    walk.do("no-lead-found", "single-service", chosen, by="service-manager")
    assert held(walk) == {("single-agency", "support-practitioner")}
    assert walk.observed().ended is None, "the service is on record, and the form looked at, before it is closed"
    walk.to_closed(outcome="closed-as-one-service")
    assert {one.outcome for one in walk.run.run_children.all()} == {"single-service"}
    assert held(walk) == {("single-agency", "support-practitioner")}
    contacts = MainContact.objects.filter(child__in=walk.family.children, during__upper_inf=True)
    assert {one.practitioner for one in contacts} == {walk.person("support-practitioner")}


def test_from_mash_one_service_says_yes_and_answers_for_each_child(walk: WatchedMashWalk) -> None:
    walk.to_decided("single-service").to_agreed().ask()
    assert held(walk) == {("early-help-offer", "early-help-coordinator")}
    accepted = walk.at(agreed_date=date(2026, 12, 1))
    walk.do("lead-answer", "accepted-as-one-service", accepted, by="lead-practitioner")
    assert held(walk) == {("single-agency", "lead-practitioner")}
    assert not Run.objects.filter(pathway=LED).exists(), "nobody is asked for team meetings"
    walk.to_closed(outcome="closed-as-one-service")
    assert {one.outcome for one in walk.run.run_children.all()} == {"single-service"}


def test_while_a_partner_leads_a_no_begins_a_path_of_its_own_and_both_end_with_the_help(walk: WatchedMashWalk) -> None:
    led = walk.to_lead_accepted().led()
    walk.to_closed()
    lead = walk.person("lead-practitioner")
    led.do("plan-done", "family-ends", by=lead)
    assert held(led) == {("early-help", "lead-practitioner")}
    ending = Run.objects.get(pathway="end-of-early-help")
    no = WatchedMashWalk(walk.council, walk.family, ending, led.now, None, [*led.child_refs])
    no.do("consent", "withdrawn", no.consent(), by=lead)
    no.do("what-no-consent-means", "end-here", by="early-help-coordinator")
    told = no.at(contents.ConversationContent, with_person=walk.family.mother, how="telephone")
    no.do("family-told", "told", told, by=lead)
    for child in no.child_refs:
        no.do("help-closed", "without-consent", child=child, by=lead)
    assert held(no) == set()
    assert not Run.objects.filter(family=walk.family.family, ended_at=None).exists()


def test_a_refusal_is_decided_by_a_manager_and_ends_with_nobody_let_go_unnamed(walk: WatchedMashWalk) -> None:
    walk.to_decided()
    said_no = contents.ConsentContent(walk.now, given_by=walk.family.mother, to_what="early help", how="telephone")
    walk.do("consent", "refused", said_no, by="early-help-coordinator")
    assert due(walk, "what-no-consent-means") > walk.now
    walk.do("what-no-consent-means", "end-here", by="duty-manager")
    assert held(walk) == set()
    assert {one.outcome for one in walk.run.run_children.all()} == {"no-consent"}


def test_targeted_skips_the_weekly_meeting_and_a_practice_manager_allocates(walk: WatchedMashWalk) -> None:
    walk.to_decided("targeted").to_agreed(by="front-door")
    answers = (contents.WrittenAnswer("plan", "A breakfast club"),)
    walk.do("section-2-written", "written", walk.at(contents.FormContent, answers=answers), by="front-door")
    walk.do("assigned-to-advice-team-duty-worker", "assigned", by="front-door")
    assert held(walk) == {("referral", "front-door")}
    chosen = walk.at(practitioner=walk.person("support-practitioner"))
    walk.do("support-practitioner-allocated", "allocated", chosen, by="practice-manager")
    assert held(walk) == {("early-help", "support-practitioner")}
    walk.to_closed(by="practice-manager")
    assert not Run.objects.filter(pathway=LED).exists()


def test_social_work_begins_with_the_team_manager_in_the_same_act(walk: WatchedMashWalk) -> None:
    walk.to_screened("level-4")
    walk.do("referral-decided", "social-work", by="front-door")
    assert held(walk) == {("assessment", "team-manager")}
    chosen = walk.at(practitioner=walk.council.stranger)
    walk.do("social-worker-allocated", "allocated", chosen, by="team-manager")
    walk.do("referrer-told", "told", walk.at(contents.NoticeContent, how="telephone"), by="front-door")
    walk.do("referral-closed", "social-work-begins", by="front-door")
    assert {one.outcome for one in walk.run.run_children.all()} == {"social-work"}
    assert Allocation.objects.filter(practitioner=walk.council.stranger, during__upper_inf=True).count() == 2


def test_advice_closes_once_the_referrer_knows_and_the_family_can_be_referred_again(
    walk: WatchedMashWalk, council: MadeCouncil
) -> None:
    walk.to_screened("level-1")
    walk.do("referral-decided", "advice", by="front-door")
    assert refused(walk, "referral-closed", "advice-given", by="front-door") == {"step-missing"}
    walk.do("referrer-told", "told", walk.at(contents.NoticeContent, how="telephone"), by="front-door")
    walk.do("referral-closed", "advice-given", by="front-door")
    assert held(walk) == set()
    door, now = council.practitioners["front-door"], walk.now + timedelta(days=1)
    again = receive_referral(walk.family.family.ref, walk.child_refs[:1], ANSWERS, received_at=now, by=door, now=now)
    assert again.family_id == walk.run.family_id
    with pytest.raises(CannotBegin):
        receive_referral(walk.family.family.ref, walk.child_refs[:1], ANSWERS, received_at=now, by=door, now=now)


def test_a_referral_is_for_mash_lacks_nothing_and_was_received_before_now(council: MadeCouncil) -> None:
    door = council.practitioners["front-door"]
    with pytest.raises(NotHere):
        receive_referral(A_FAMILY, [], ANSWERS, received_at=NOW, by=council.practitioners["lead-practitioner"], now=NOW)
    with pytest.raises(StepRefused):
        receive_referral(A_FAMILY, [], ANSWERS[:1], received_at=NOW, by=door, now=NOW)
    with pytest.raises(HappenedLater):
        receive_referral(A_FAMILY, [], ANSWERS, received_at=NOW + timedelta(hours=1), by=door, now=NOW)
    with pytest.raises(CannotBegin):
        receive_referral(NewFamily("Nobody", ()), [], ANSWERS, received_at=NOW, by=door, now=NOW)


def test_while_the_partner_leads_the_assessment_is_filled_in_registered_and_early_help_ends(
    walk: WatchedMashWalk,
) -> None:
    walk.to_lead_accepted().to_closed()
    led = walk.led()
    lead = walk.person("lead-practitioner")
    case = access_transfer_to_read(led.run.ref, by=lead, now=led.now).case
    known = {one.id: one.text for one in find_section(case, case.pathway.steps["assessment-sent"]).fields}
    assert "Breakfast club" in known["plan"]
    assert SAID in known["summary"]
    assert known["family-view"] == "The mother asked for it herself."
    written = tuple(contents.WrittenAnswer(name, text, text, "known") for name, text in known.items())
    led.do("assessment-sent", "sent", led.at(contents.FormContent, answers=written), by=lead)
    led.do("assessment-registered", "registered", by="supporting-families")
    came = (contents.Attendance("present", person=walk.family.mother),)
    led.do("first-team-meeting", "held", led.at(contents.MeetingContent, attendances=came), by=lead)
    led.do("record-registered", "registered", by="supporting-families")
    first = due(led, "team-meeting")
    led.now += timedelta(days=20)
    led.do("team-meeting", "held", led.at(contents.MeetingContent, attendances=came), by=lead)
    led.do("record-registered", "registered", by="supporting-families")
    assert due(led, "team-meeting") > first
    led.do("plan-done", "needs-met", by=lead)
    led.do("family-told", "told", led.at(contents.ConversationContent, with_person=walk.family.mother), by=lead)
    for child in led.child_refs:
        led.do("early-help-closed", "universal-services", child=child, by=lead)
    assert held(led) == set()
    assert Run.objects.get(pk=led.run.pk).ending == "completed"


def test_a_registered_paper_counts_as_what_the_run_waits_for(walk: WatchedMashWalk) -> None:
    led = walk.to_lead_accepted().led()
    lead, team = walk.person("lead-practitioner"), walk.person("supporting-families")
    for kind in ("early-help-assessment", "team-meeting-record", "team-meeting-record"):
        led.now += timedelta(days=1)
        family = walk.family.family.ref
        paper = submit_paper(family, kind, led.child_refs, paper_date=led.now.date(), text="All.", by=lead, now=led.now)
        register_paper(paper.ref, kind, paper_date=led.now.date(), by=team, now=led.now)
    written = StepRecord.objects.filter(run=led.run).order_by("pk").values_list("step", "outcome")
    assert list(written) == [
        ("assessment-sent", "sent-as-a-paper"),
        ("assessment-registered", "registered"),
        ("first-team-meeting", "sent-as-a-paper"),
        ("record-registered", "registered"),
        ("team-meeting", "sent-as-a-paper"),
        ("record-registered", "registered"),
    ]


def test_what_was_sent_through_the_run_is_not_recorded_twice(walk: WatchedMashWalk) -> None:
    led = walk.to_lead_accepted().led()
    lead, team = walk.person("lead-practitioner"), walk.person("supporting-families")
    written = (contents.WrittenAnswer("plan", "A breakfast club"),)
    led.do("assessment-sent", "sent", led.at(contents.FormContent, answers=written), by=lead)
    family, kind = walk.family.family.ref, "early-help-assessment"
    paper = submit_paper(family, kind, led.child_refs, paper_date=led.now.date(), text="All.", by=lead, now=led.now)
    register_paper(paper.ref, kind, paper_date=led.now.date(), by=team, now=led.now)
    steps = StepRecord.objects.filter(run=led.run).values_list("step", flat=True)
    assert sorted(steps) == ["assessment-registered", "assessment-sent"]
