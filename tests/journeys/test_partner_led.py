"""A step down to early help led by a partner, whole: from the family's page to the closed transfer with its letters."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.journeys import acts
from tests.journeys.holding import everything_holds, holders
from tests.journeys.persons import Inspector, Person
from tests.journeys.screens import DESKTOP, PHONE
from tests.records.factories import MadeFamily

from handhold.records.models import Run

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]
STEP_DOWN = "Step down from a single assessment"


def walk_to_the_closure(worker: Person, teacher: Person, manager: Person, family: MadeFamily) -> Run:
    """From the family's page to the moment before the closure."""
    run = acts.begin(worker, family)
    acts.agree_with_family(worker, family, "partner-led")
    acts.ask_preferred_lead(worker, family)
    acts.ask_to_lead(worker, teacher)
    acts.accept_to_lead(teacher, family)
    worker.find(family.family.name, STEP_DOWN)
    worker.reads(teacher.name, "has accepted, from 8 December")
    acts.say_goodbye(worker, family)
    acts.put_lead_on_record(worker, family)
    acts.fill_in_form(worker, "Partner led EHA")
    acts.begin_closure(worker)
    acts.oversee_closure(manager)
    return run


def test_a_teacher_takes_a_family_on_from_her_phone_and_social_work_says_goodbye(
    people: People, family: MadeFamily, inspector: Inspector
) -> None:
    worker = people("social-worker", inspector=inspector)
    teacher = people("lead-practitioner", PHONE, has_touch=True, is_mobile=True, inspector=inspector)
    manager = people("team-manager", inspector=inspector)
    run = walk_to_the_closure(worker, teacher, manager, family)
    teacher.follow("what is in it", "Transfer pack")
    assert "Mornings are hard" in teacher.opens_pdf("Open the pack (PDF)")

    assert holders() == {(worker.practitioner.pk, "assessment")}, "nothing moves before the closure"
    acts.close(worker, family)
    assert holders() == {(teacher.practitioner.pk, "early-help")}
    acts.take_up(people("early-help-coordinator", inspector=inspector))
    run.refresh_from_db()
    assert run.ending == "completed"

    worker.find(family.family.name, STEP_DOWN)
    for child in family.children:
        letter = worker.opens_pdf(f"Endings letter for {child.given_name} (PDF)")
        assert f"I liked your drums, {child.given_name}." in letter
        assert teacher.name in letter
    to_the_family = worker.opens_pdf("The letter to the family: who helps you now (PDF)")
    assert f"From Tuesday 8 December {teacher.name} will be the person who helps you" in to_the_family
    worker.follow("Everything that happened")
    teacher.go_by_frame("My work")
    teacher.follow(re.compile("^My families"), "My work")
    teacher.follow(f"{family.family.name} family")
    teacher.reads(teacher.name)
    teacher.follow(family.children[0].given_name + " " + family.children[0].family_name)
    everything_holds()


def test_all_of_it_without_javascript(people: People, family: MadeFamily) -> None:
    plain: dict[str, Any] = {"java_script_enabled": False}
    worker, manager = people("social-worker", **plain), people("team-manager", **plain)
    teacher = people("lead-practitioner", PHONE, **plain)
    walk_to_the_closure(worker, teacher, manager, family)
    acts.close(worker, family)
    assert holders() == {(teacher.practitioner.pk, "early-help")}
    acts.take_up(people("early-help-coordinator", DESKTOP, **plain))
    worker.reads(f"{teacher.name} is responsible")
    everything_holds()
