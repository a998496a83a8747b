"""From MASH: a family not on record is referred, a partner accepts, the form closes, the assessment is registered."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import ViewportSize, expect
from tests.actions.walking_from_mash import SAID, refer
from tests.journeys import acts
from tests.journeys.holding import everything_holds, everything_is_closed, holders
from tests.journeys.persons import Inspector, Person
from tests.journeys.screens import DESKTOP, PHONE
from tests.records.factories import MadeCouncil, MadeFamily
from tests.web.walked import at

from handhold.records.models import FamilyMember, FormAnswer, Run

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]
LED = "early-help-led-by-a-partner"
LATER = timedelta(days=21)


def take_in(door: Person) -> MadeFamily:
    """Nobody of the family is known, so it is put on record: a girl of 17 and her unborn child, with her mother."""
    door.go_by_frame("My work")
    door.follow("Take a referral in")
    door.hands.write("#q", "Marsh")
    door.hands.press("Search")
    door.reads("No child is known by that name")
    door.look()
    door.follow(re.compile("The family is not on record"), "A referral of a family that is not on record")
    expect(door.hands.box("#family_name")).to_have_value("Marsh")
    door.hands.write("#child-1-given", "Tilly")
    door.write_day("child-1-born", date(2009, 6, 2))
    door.hands.press("Add another child")
    door.write_day("child-2-expected", date(2027, 3, 1))
    door.hands.write("#adult-1-given", "Dawn")
    door.write_day("adult-1-born", date(1988, 2, 3))
    door.hands.choose("Mother")
    door.hands.choose("They have parental responsibility")
    door.hands.write("#field-referrer", "Ines Hart, head of year")
    door.hands.write("#field-said", SAID)
    door.hands.write("#field-family-knows", "The mother asked for it herself.")
    door.send("Write the referral down", "Write: how they can be reached")
    door.hands.write("#field-reach", "01632 960 044")
    door.send("Write the referral down", "The referral is written down")
    run = Run.objects.get()
    members = FamilyMember.objects.filter(family=run.family).order_by("person_id").select_related("person")
    (mother,) = [one.person for one in members if one.role == "adult"]
    children = [one.person for one in members if one.role == "child"]
    return MadeFamily(family=run.family, children=children, mother=mother, father=mother)


def decide(door: Person, outcome: str, code: str = "partner-led") -> None:
    """Level 2, the decision, and the referrer told of it."""
    door.go_to("Screen the referral, and say the level of need")
    door.reads("Ines Hart, head of year", SAID)
    door.hands.choose("Level 2: extra help, from one or two services")
    door.hands.write("#reason-level-2", "Hunger and tiredness; the school and a health visitor can help.")
    door.record("Record it")
    door.go_to("Decide on the referral")
    door.hands.choose(outcome)
    door.hands.write(f"#reason-{code}", "The school knows them, and they want its help.")
    door.record("Record it")
    door.go_to("Tell the referrer what was decided")
    door.hands.choose("By telephone", "How?")
    door.hands.write("#reason-told", "Early help, which the school may lead.")
    door.record("The referrer knows")


def agree(coordinator: Person, family: MadeFamily) -> None:
    """From one's own work: plan, consent, plan agreed."""
    coordinator.take("Write the plan of support that is recommended")
    coordinator.hands.write("#need-1-text", "Mornings are hard, and school starts late")
    coordinator.hands.write("#need-1-action-1-what", "Breakfast club on every school day")
    coordinator.record("The plan is ready to show to the family")
    coordinator.go_to("Ask the family for consent to early help")
    coordinator.hands.choose("Consent given")
    coordinator.hands.choose("Oak Lane School", "And with any of these?")
    coordinator.hands.choose(acts.name_of(family.mother), "Whose answer is it?")
    coordinator.hands.choose("Face to face", "How did they answer?")
    coordinator.record("Record it")
    coordinator.go_to("Agree the plan of support with the family")
    coordinator.hands.choose("The family agrees to the plan")
    acts.speak_with_mother(coordinator, family, "They would like to begin soon.")
    coordinator.record("Record it")


def name_lead(coordinator: Person, family: MadeFamily) -> None:
    """Whom the family would like."""
    coordinator.go_to("Say with the family who should lead")
    acts.speak_with_mother(coordinator, family, "Her form teacher.")
    coordinator.record("The proposed lead is written down")


def ask(coordinator: Person, teacher: Person) -> None:
    """The proposed lead is contacted."""
    coordinator.go_to("Contact the proposed lead")
    coordinator.hands.choose("Somebody else", "Whom did you ask?")
    coordinator.hands.pick("#other", teacher.name)
    coordinator.hands.choose("By telephone", "How did you speak with them?")
    coordinator.hands.choose("I shared the need, the other agencies and the plan")
    coordinator.record("They were asked")


def close_form(closing: Person, manager: Person) -> None:
    """The lead on record, somebody else looks, the form is closed."""
    closing.take("Add the lead practitioner to the professional relationships")
    closing.record("Added")
    manager.take("Oversee the closing of the early help recording form")
    manager.hands.choose("The form can be closed")
    manager.record("Record it")
    closing.take("Close the early help recording form")
    closing.record("Close the form")


def send_assessment(teacher: Person, team: Person) -> None:
    """It is filled in already; the lead sends it, and the supporting families team registers it."""
    teacher.take("Send in the early help assessment")
    expect(teacher.hands.box("#field-plan")).to_have_value(re.compile("Breakfast club"))
    expect(teacher.hands.box("#field-summary")).to_have_value(re.compile(re.escape(SAID)))
    teacher.record("Send it to the supporting families team")
    team.take("Register the early help assessment")
    team.hands.choose("Registered")
    team.record("Record it")


def walk(people: People, inspector: Inspector | None, width: ViewportSize, **plain: Any) -> None:
    """All of it, at windows of one width."""
    door, coordinator, teacher, duty, team = (
        people(role, width, inspector=inspector, **plain)
        for role in (
            "front-door",
            "early-help-coordinator",
            "lead-practitioner",
            "duty-manager",
            "supporting-families",
        )
    )
    family = take_in(door)
    decide(door, "Early help led by a partner; the referral closes and the early help recording form opens")
    agree(coordinator, family)
    name_lead(coordinator, family)
    ask(coordinator, teacher)
    acts.accept_to_lead(teacher, family)
    assert holders() == {(teacher.practitioner.pk, "early-help")}
    close_form(coordinator, duty)
    send_assessment(teacher, team)
    typed = FormAnswer.objects.filter(form__run__pathway=LED, origin=FormAnswer.Origin.TYPED).exclude(text="")
    assert not typed.exists(), "the lead typed nothing that was known"
    led = Run.objects.get(pathway=LED)
    assert list(led.step_records.order_by("pk").values_list("step", flat=True)) == [
        "assessment-sent",
        "assessment-registered",
    ]
    assert Run.objects.get(family=family.family, pathway="referral-to-early-help").ending == "completed"
    everything_holds()


def test_a_referral_comes_to_a_partner_who_leads_at_a_desk(people: People, inspector: Inspector) -> None:
    walk(people, inspector, DESKTOP)


def test_and_on_a_phone_without_javascript(people: People) -> None:
    walk(people, None, PHONE, java_script_enabled=False)


def test_a_referral_comes_to_targeted_help_without_a_weekly_meeting(people: People, inspector: Inspector) -> None:
    door, practice = people("front-door", inspector=inspector), people("practice-manager", inspector=inspector)
    family = take_in(door)
    decide(door, "Targeted early help (the council's own)", "targeted")
    agree(door, family)
    door.take("Complete section 2 of the early help recording form")
    expect(door.hands.box("#field-plan")).to_have_value(re.compile("Breakfast club"))
    door.record("Section 2 is complete")
    door.take("Assign the form to 'advice team duty worker'")
    door.record("Assign")
    practice.go_by_frame("My work")
    practice.follow("advice team duty worker: 1 waiting", "advice team duty worker")
    practice.follow(re.compile("^Allocate a support practitioner"), "Allocate a support practitioner")
    worker = people("support-practitioner")
    practice.hands.choose("Allocate")
    practice.hands.pick("#practitioner-allocated", worker.name)
    practice.record("Record it")
    assert holders() == {(worker.practitioner.pk, "early-help")}
    close_form(practice, people("duty-manager", inspector=inspector))
    everything_is_closed(family)
    worker.find(family.family.name)
    worker.reads(worker.name)


def test_a_referral_becomes_an_assessment_and_a_social_worker_has_it(people: People, inspector: Inspector) -> None:
    door, manager = people("front-door", inspector=inspector), people("team-manager", inspector=inspector)
    family, worker = take_in(door), people("social-worker")
    decide(door, "Social work; a single assessment begins", "social-work")
    manager.take("Allocate a social worker for the assessment")
    manager.hands.pick("#practitioner-allocated", worker.name)
    manager.record("Allocate")
    door.take("Close the referral")
    door.record("Close; the assessment has begun")
    assert holders() == {(worker.practitioner.pk, "assessment")}
    everything_is_closed(family)


def test_where_nobody_would_lead_a_service_manager_names_the_one_service_that_helps(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    with transaction.atomic():
        walk = refer(council).to_decided().to_agreed()
        walk.ask()
    with at(walk.now + LATER):
        manager, visitor = people("service-manager", inspector=inspector), council.second_lead
        manager.take("Choose who leads, because no partner has agreed")
        manager.hands.choose("A single service helps, and somebody of it has said yes")
        manager.hands.pick("#practitioner-single-service", f"{visitor.given_name} {visitor.family_name}")
        manager.hands.write("#reason-single-service", "The health visitor, at home and in her own right.")
        manager.record("Record it")
        assert holders() == {(visitor.pk, "single-agency")}
    with transaction.atomic():
        walk.now += LATER + timedelta(hours=1)
        walk.to_closed(outcome="closed-as-one-service")
    assert holders() == {(visitor.pk, "single-agency")}
    everything_is_closed(walk.family)
