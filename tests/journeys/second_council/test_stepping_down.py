"""Step down in the second council, from My work to closure: to one agency, to a plan of several, to none."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.journeys.conftest import called_apart
from tests.journeys.holding import everything_is_closed, holders
from tests.journeys.persons import Inspector, Person
from tests.journeys.screens import PHONE
from tests.journeys.second_council import going_down as down
from tests.records.factories import MadeCouncil, MadeFamily, make_assessment, make_family
from tests.records.second_council import work_with

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]
ON_A_PHONE: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
FROM_ASSESSMENT = "Step down from the child and family assessment"
CONVERSATION = "Talk between managers about the right response"


def family_with(council: MadeCouncil, kind: str, **assessment: Any) -> MadeFamily:
    """Two children, with a teacher who works with them and an assessment that is done."""
    made = called_apart(make_family(council, children=2, kind=kind))
    make_assessment(council, made, **assessment)
    for child in made.children:
        work_with(child, council.practitioners["lead-practitioner"], "Assistant head teacher")
    return made


def test_the_managers_talk_while_nobody_is_found_and_one_agency_takes_over(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = family_with(council, "assessment", authorised_at=None)
    worker, manager = people("social-worker", inspector=inspector), people("team-manager", inspector=inspector)
    nurse = people("single-agency-practitioner", **ON_A_PHONE, inspector=inspector)
    teacher = people("lead-practitioner", **ON_A_PHONE, inspector=inspector)
    worker.follow(re.compile(f"^Begin.*{FROM_ASSESSMENT}"), FROM_ASSESSMENT)
    worker.send("Begin the transfer", "The transfer has begun.")
    down.choose(worker, "The needs have been met", "needs-met", down.SINGLE_AGENCY)
    down.ask_consent(worker, family)
    down.ask_somebody_else(worker, nurse)
    down.decline(nurse)

    manager.take("Authorise the child and family assessment")
    manager.hands.choose("Authorise")
    manager.record("Record it")
    manager.take(CONVERSATION)
    manager.hands.choose("There is somebody to ask")
    manager.hands.write("#reason-somebody-to-ask", "The school would, if it is asked.")
    leader = council.practitioners["targeted-services-leader"]
    manager.hands.pick("#spoken_with", f"{leader.given_name} {leader.family_name}")
    manager.hands.choose("By telephone", "How?")
    manager.record("Record it")

    down.ask_somebody_known(worker, f"{teacher.name}, Assistant head teacher")
    down.accept(teacher, family, "the practitioner who helps them")
    worker.find(family.family.name, FROM_ASSESSMENT)
    assert not worker.hands.link(CONVERSATION).is_visible(), "somebody is found, and it is not asked any more"
    down.agree_with_family(worker, family)
    down.write_summary(worker)
    down.pass_papers_on(worker)
    down.receive_papers(teacher, down.SUMMARY, down.ASSESSMENT)
    down.write_letters(worker, family)
    assert holders() == {(worker.practitioner.pk, "assessment")}, "nothing moves before the closure"
    down.close(worker, "Close; the single agency response begins")
    assert holders() == {(teacher.practitioner.pk, "single-agency")}
    everything_is_closed(family)


def test_a_child_in_need_plan_becomes_a_multi_agency_plan(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = family_with(council, "child-in-need")
    worker = people("social-worker", inspector=inspector)
    teacher = people("lead-practitioner", **ON_A_PHONE, inspector=inspector)
    down.begin(worker, family, "Step down from a child in need plan")
    down.choose(worker, "The needs have been met", "needs-met", down.MULTI_AGENCY)
    down.ask_consent(worker, family)
    down.write_plan(worker)
    down.ask_somebody_known(worker, f"{teacher.name}, Assistant head teacher")
    down.accept(teacher, family, "their lead practitioner")
    worker.find(family.family.name, "Step down from a child in need plan")
    down.hold_review(worker, family, teacher.name)
    down.write_summary(worker)
    down.pass_papers_on(worker, "Support with mornings, until the school can.")
    down.receive_papers(teacher, down.SUMMARY, down.PLAN, down.ASSESSMENT)
    down.write_letters(worker, family)
    assert holders() == {(worker.practitioner.pk, "child-in-need")}, "nothing moves before the closure"
    down.close(worker, "Close; the multi-agency early help plan begins")
    assert holders() == {(teacher.practitioner.pk, "early-help")}
    set_first_meeting(teacher)
    everything_is_closed(family)


def set_first_meeting(teacher: Person) -> None:
    """Not at once, and with no new assessment."""
    teacher.take("Set the day of the first meeting of the team around the family")
    teacher.reads("“Assess the family anew first” cannot be chosen")
    teacher.hands.choose("Set")
    teacher.write_day("agreed-set", down.TOO_SOON)
    teacher.send("Record it", "The day lies within the time that the family is to have")
    teacher.write_day("agreed-set", down.MEETS)
    teacher.record("Record it")


def test_a_child_protection_plan_ends_at_its_conference_and_a_family_that_says_no_is_told_how_to_come_back(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = family_with(council, "child-protection")
    worker, manager = people("social-worker", **ON_A_PHONE, inspector=inspector), people("team-manager")
    down.begin(worker, family, "Step down from a child protection plan")
    down.choose(worker, "The risks to the child have decreased", "risks-decreased", down.SINGLE_AGENCY)
    down.ask_consent(worker, family, "Consent refused")
    manager.take("Decide what it means for the child that there is no consent")
    manager.hands.choose("Universal services only, and tell the family how to come back")
    manager.hands.write("#reason-end-here", "The risks are gone, and the school sees them.")
    manager.record("Record it")
    worker.find(family.family.name, "Step down from a child protection plan")
    teacher = council.practitioners["lead-practitioner"]
    down.hold_review(worker, family, f"{teacher.given_name} {teacher.family_name}")
    down.write_summary(worker)
    down.tell_agencies(worker)
    down.write_letters(worker, family)
    down.close(worker, "Close; universal services only")
    assert holders() == set()
    everything_is_closed(family)
