"""The contact with the front door of the second council, from My work to its end: four answers, three ways on."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.journeys.acts import run_of
from tests.journeys.holding import everything_holds, everything_is_closed, holders
from tests.journeys.persons import Inspector, Person
from tests.journeys.second_council import concerns
from tests.journeys.second_council import going_down as down
from tests.journeys.second_council import going_up as up
from tests.records.factories import MadeCouncil

from handhold.actions.reminders import remind_of_limits
from handhold.records.models import Concern, FormAnswer

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]
HIGHER, HIGHEST = "Not settled. It goes to a service manager", "Not settled. It goes to the partnership"
ANEW = "Settled. It is decided anew, at once"


def named(council: MadeCouncil, role: str) -> str:
    """As pages name who holds it."""
    who = council.practitioners[role]
    return f"{who.given_name} {who.family_name}"


def test_a_teacher_asks_and_what_she_wrote_fills_in_the_assessment_that_begins(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = up.family_helped(council, "early-help", "lead-practitioner")
    teacher = people("lead-practitioner", **up.ON_A_PHONE, inspector=inspector)
    door, duty = people("front-door", inspector=inspector), people("duty-manager", inspector=inspector)
    up.send_assessment(teacher)
    up.register_assessment(people("integrated-processes-team", inspector=inspector))
    up.begin(teacher, family, up.FROM_PLAN)
    up.ask(teacher)
    up.answer(door, "A child and family single assessment is considered", "assessment")
    up.decide(duty, "Decide whether a single assessment is started", "Yes, it is started", "started", "Neglect.")
    step = "Allocate a social worker for the assessment"
    up.allocate(duty, step, "allocated", named(council, "social-worker"), "Allocate")
    up.end_contact(door, "The single assessment has begun")
    worker, manager = people("social-worker", inspector=inspector), people("team-manager", inspector=inspector)
    both = {(teacher.practitioner.pk, "early-help"), (worker.practitioner.pk, "assessment")}
    assert holders() == both, "early help goes on beside it"

    up.fill_in_assessment(worker)
    carried = FormAnswer.objects.filter(field="needs").exclude(origin=FormAnswer.Origin.TYPED)
    assert carried.exists(), "nobody is asked again"
    up.authorise(manager)
    plan = ("A social worker and a child in need plan", "child-in-need")
    up.decide(manager, "Decide what follows the assessment", *plan, "They need more than early help.")
    step, begins = "Allocate the social worker, and begin the plan", "Allocate; the child in need plan begins"
    up.allocate(manager, step, "child-in-need-begins", worker.name, begins)
    assert holders() == {(teacher.practitioner.pk, "early-help"), (worker.practitioner.pk, "child-in-need")}
    everything_is_closed(family)


def test_a_nurse_asks_her_own_manager_first_and_begins_an_early_help_plan(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = up.family_helped(council, "single-agency", "single-agency-practitioner")
    nurse = people("single-agency-practitioner", **up.ON_A_PHONE, inspector=inspector)
    door, team = people("front-door"), people("integrated-processes-team", inspector=inspector)
    up.begin(nurse, family, up.FROM_ONE_AGENCY)
    head = council.second_lead
    up.ask_own_manager(nurse, f"{head.given_name} {head.family_name}")
    up.ask(nurse)
    up.answer(door, "An early help assessment and plan is needed", "early-help")
    advice = "Begin with the mornings; the school can help."
    team.take("Advise on the early help assessment and plan")
    team.hands.write("#reason-advised", advice)
    team.record("Advice was given")
    up.ask_consent(nurse, family)
    up.end_contact(nurse, "The early help plan begins, and I lead it")
    assert holders() == {(nurse.practitioner.pk, "early-help")}
    everything_is_closed(family)


def test_whoever_does_not_agree_with_the_advice_is_heard_at_three_levels_and_it_is_decided_anew(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = up.family_helped(council, "early-help", "lead-practitioner")
    teacher, door = people("lead-practitioner", **up.ON_A_PHONE, inspector=inspector), people("front-door")
    up.begin(teacher, family, up.FROM_PLAN)
    up.ask(teacher)
    up.answer(door, "Advice, and no referral is accepted", "advice")
    teacher.find(family.family.name, up.FROM_PLAN)
    teacher.go_to("Say that you do not agree (the partnership's escalation)", "If something changes")
    teacher.hands.write("#reason-raised", "We have tried for a month.")
    teacher.record("I do not agree")
    for role, step, level in (
        ("targeted-services-leader", "Settle the disagreement between the managers (first level)", HIGHER),
        ("service-manager", "Settle the disagreement as service manager (second level)", HIGHEST),
        ("partnership-lead", "Settle the disagreement for the partnership (last level)", ANEW),
    ):
        remind_of_limits(run_of(family).pk, now=timezone.now())  # runs beside the pages, and sees whose office it is
        settle(people(role, inspector=inspector), step, level)
    up.answer(door, "Advice, and no referral is accepted", "advice", "We looked again, with the partnership.")
    teacher.find(family.family.name, up.FROM_PLAN)
    teacher.go_to("Answer the practitioner", "Done: answer")
    teacher.reads("We looked again, with the partnership.")
    up.end_contact(door, "Advice was given; early help goes on")
    assert holders() == {(teacher.practitioner.pk, "early-help")}
    everything_is_closed(family)


def settle(person: Person, step: str, level: str) -> None:
    """What is against it stands before them."""
    person.take(step)
    person.reads("We have tried for a month.")
    person.hands.choose(level)
    person.page.locator("textarea:visible").first.fill("Both sides have a point.")
    person.record("Record it")


def test_an_emergency_is_responded_to_and_ends_with_care_and_a_protection_plan(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = up.family_helped(council, "early-help", "lead-practitioner")
    teacher, door = people("lead-practitioner", **up.ON_A_PHONE), people("front-door", inspector=inspector)
    up.begin(teacher, family, up.FROM_PLAN)
    up.ask(teacher)
    up.answer(door, "An immediate emergency response", "emergency")
    door.take("Say who responds, and when")
    door.hands.pick("#practitioner-responds", named(council, "social-worker"))
    door.write_day("agreed-responds", up.RESPONDS)
    door.record("A social worker responds")
    up.end_contact(door, "The emergency response has begun")
    worker, manager = people("social-worker", inspector=inspector), people("team-manager", inspector=inspector)
    manager.find(family.family.name, up.ASSESSMENT)
    manager.go_to("Take emergency protective action: Ada", "If something changes")
    manager.hands.choose("The child becomes looked after, in the short term")
    manager.hands.write("#reason-short-term", "Her mother is in hospital.")
    manager.record("Record it")
    worker.take("Check what the early help assessment says already")
    for field in ("needs", "child-views", "family-views", "support-so-far"):
        worker.hands.write(f"#field-{field}", "As we saw it on the day.")
    worker.record("It is complete")
    up.authorise(manager)
    conference = ("A child protection conference", "child-protection")
    up.decide(manager, "Decide what follows the assessment", *conference, "Significant harm is likely.")
    up.hold_conference(worker, family)
    step, begins = "Allocate the social worker, and begin the plan", "Allocate; the child protection plan begins"
    up.allocate(manager, step, "child-protection-begins", worker.name, begins)
    social_work = {(worker.practitioner.pk, "child-protection"), (worker.practitioner.pk, "care")}
    assert holders() == {*social_work, (teacher.practitioner.pk, "early-help")}
    everything_is_closed(family)


def test_an_assessment_ends_with_advice_to_whoever_helps(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = up.family_helped(council, "early-help", "lead-practitioner")
    up.assess_too(council, family)
    worker, manager = people("social-worker", inspector=inspector), people("team-manager", inspector=inspector)
    up.begin(worker, family, up.ASSESSMENT)
    worker.go_to("Check what the early help assessment says already")
    for field in ("needs", "child-views", "family-views", "support-so-far"):
        worker.hands.write(f"#field-{field}", "One need, and the school meets it.")
    worker.record("It is complete")
    up.authorise(manager)
    none = ("Social work is not required; advice to the early help practitioner", "no-social-work")
    up.decide(manager, "Decide what follows the assessment", *none, "The school meets it.")
    worker.take("Write the advice to the early help practitioner")
    worker.hands.choose("By e-mail", "How?")
    worker.hands.write("#reason-written", "The breakfast club, and the school nurse.")
    worker.record("The advice was written and sent")
    down.write_letters(worker, family, "that social work ends", ", and who goes on helping")
    manager.take("End with the advice, or begin the step down")
    manager.hands.choose("End; the early help practitioner of this child has the advice")
    manager.record("Record it")
    assert holders() == {(council.practitioners["lead-practitioner"].pk, "early-help")}, "help goes on"
    everything_is_closed(family)


def test_significant_harm_is_reported_at_once_and_nobody_is_asked_first(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = up.family_helped(council, "early-help", "lead-practitioner")
    teacher, duty = people("lead-practitioner", **up.ON_A_PHONE, inspector=inspector), people("duty-manager")
    up.begin(teacher, family, up.FROM_PLAN)
    concerns.report(teacher)
    concerns.decide(duty, "Social work is needed; what is on its way to it goes on, and a step down stops")
    teacher.page.reload()
    teacher.reads("Social work is needed")
    expect(teacher.page.get_by_role("main")).not_to_contain_text("Ask your line manager")
    assert Concern.objects.get().decided_by == duty.practitioner
    assert holders() == {(teacher.practitioner.pk, "early-help")}
    everything_holds()


def test_a_contact_that_is_left_open_for_a_child_is_answered(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = up.family_helped(council, "referral", "front-door")
    door = people("front-door", inspector=inspector)
    up.begin(door, family, "Answer a contact that is left open for a child")
    for _ in family.children:
        door.take("Decide what follows for this child")
        door.hands.write("#reason-nothing-more", "Early help ended well.")
        door.record("Nothing more is needed, and who asked knows it")
    door.take("Close the contact of this child")
    door.record("Close it; universal services, or the help that goes on")
    assert holders() == set()
    everything_is_closed(family)
