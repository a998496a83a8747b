"""From MASH: a family not on record is referred, a partner accepts, the form closes, the assessment is registered."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.actions.walking_from_mash import SAID
from tests.journeys import acts
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.persons import Inspector, Person
from tests.records.factories import MadeFamily

from handhold.records.models import Allocation, FamilyMember, FormAnswer, Run

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]
LED = "early-help-led-by-a-partner"
ROLES = ("front-door", "early-help-coordinator", "lead-practitioner", "service-manager", "supporting-families")


def take_in(door: Person) -> MadeFamily:
    """Nobody of the family is known, so it is put on record: a girl of 17 and her unborn child, with her mother."""
    door.hands.page.goto("/work")
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


def decide(door: Person, outcome: str) -> None:
    """Level 2, the decision, and the referrer told of it."""
    door.go_to("Screen the referral, and say the level of need")
    door.reads("Ines Hart, head of year", SAID)
    door.hands.choose("Level 2: extra help, from one or two services")
    door.hands.write("#reason-level-2", "Hunger and tiredness; the school and a health visitor can help.")
    door.record("Record it")
    door.go_to("Decide on the referral")
    door.hands.choose(outcome)
    door.hands.write("#reason-partner-led", "The school knows them, and they want its help.")
    door.record("Record it")
    door.go_to("Tell the referrer what was decided")
    door.hands.choose("By telephone", "How?")
    door.hands.write("#reason-told", "Early help, which the school may lead.")
    door.record("The referrer knows")


def agree(coordinator: Person, family: MadeFamily) -> None:
    """From the co-ordinator's own work: plan, consent, plan agreed, who should lead."""
    coordinator.hands.page.goto("/work")
    coordinator.follow(re.compile("^Write the plan of support"), "Write the plan of support")
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


def close_form(coordinator: Person, manager: Person, family: MadeFamily) -> None:
    """The lead on record, somebody else looks, the form is closed."""
    run = Run.objects.get(family=family.family, pathway="referral-to-early-help")
    coordinator.open(f"/transfers/{run.ref}")
    coordinator.follow(
        re.compile("^Add the lead practitioner to the professional relationships: Tilly"), "Add the lead"
    )
    coordinator.record("Added")
    manager.open(f"/transfers/{run.ref}")
    manager.go_to("Oversee the closing of the early help recording form")
    manager.hands.choose("The form can be closed")
    manager.record("Record it")
    coordinator.open(f"/transfers/{run.ref}")
    coordinator.go_to("Close the early help recording form")
    coordinator.record("Close the form")


def send_assessment(teacher: Person, team: Person) -> None:
    """It is filled in already; the lead sends it, and the supporting families team registers it."""
    teacher.hands.page.goto("/work")
    teacher.follow(re.compile("^Send in the early help assessment"), "Send in the early help assessment")
    expect(teacher.hands.box("#field-plan")).to_have_value(re.compile("Breakfast club"))
    expect(teacher.hands.box("#field-summary")).to_have_value(re.compile(re.escape(SAID)))
    teacher.record("Send it to the supporting families team")
    team.hands.page.goto("/work")
    team.follow(re.compile("^Register the early help assessment"), "Register the early help assessment")
    team.hands.choose("Registered")
    team.record("Record it")


def walk(people: People, inspector: Inspector | None, width: dict[str, Any], **plain: Any) -> None:
    """All of it, at windows of one width."""
    door, coordinator, teacher, manager, team = (
        people(role, width, inspector=inspector, **plain)
        for role in (
            "front-door",
            "early-help-coordinator",
            "lead-practitioner",
            "service-manager",
            "supporting-families",
        )
    )
    family = take_in(door)
    decide(door, "Early help led by a partner; the referral closes and the early help recording form opens")
    agree(coordinator, family)
    ask(coordinator, teacher)
    acts.accept_to_lead(teacher, family)
    held = set(Allocation.objects.filter(during__upper_inf=True).values_list("practitioner", "involvement__kind"))
    assert held == {(teacher.practitioner.pk, "early-help")}
    close_form(coordinator, manager, family)
    send_assessment(teacher, team)
    typed = FormAnswer.objects.filter(form__run__pathway=LED, origin=FormAnswer.Origin.TYPED).exclude(text="")
    assert not typed.exists(), "the lead typed nothing that was known"
    led = Run.objects.get(pathway=LED)
    assert list(led.step_records.order_by("pk").values_list("step", flat=True)) == [
        "assessment-sent",
        "assessment-registered",
    ]


def test_a_referral_comes_to_a_partner_who_leads_at_a_desk(people: People, inspector: Inspector) -> None:
    walk(people, inspector, DESKTOP)


def test_and_on_a_phone_without_javascript(people: People) -> None:
    walk(people, None, PHONE, java_script_enabled=False)
