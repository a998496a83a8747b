"""Help ends in the second council, by name: the needs are met, the family says no, a child comes home from care."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.journeys import acts
from tests.journeys.conftest import called_apart
from tests.journeys.holding import everything_is_closed, holders
from tests.journeys.persons import Inspector, Person
from tests.journeys.screens import PHONE
from tests.journeys.second_council import going_down as down
from tests.journeys.second_council import going_up as up
from tests.records.factories import MadeCouncil, MadeFamily, make_family
from tests.records.second_council import work_with

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]
ON_A_PHONE: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
TELL_FAMILY = "Tell the family that the help ends, and how to come back"
TELL_AGENCIES = "Tell every agency involved that the help ends"


def helped(council: MadeCouncil, helper: Person, kind: str) -> MadeFamily:
    """One child whom this person helps, and with whom the school works."""
    made = called_apart(make_family(council, children=1, kind=kind, worker=helper.practitioner))
    work_with(made.children[0], council.practitioners["lead-practitioner"], "Assistant head teacher")
    return made


def tell_everybody(helper: Person, family: MadeFamily) -> None:
    """The family, and each agency that works with the child."""
    helper.take(TELL_FAMILY)
    acts.speak_with_mother(helper, family, "They know whom to ring.")
    helper.record("The family knows")
    helper.take(TELL_AGENCIES)
    down.name_agencies(helper)
    helper.record("Every agency was told")


def test_a_nurse_ends_her_help_because_the_needs_are_met(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    nurse = people("single-agency-practitioner", **ON_A_PHONE, inspector=inspector)
    family = helped(council, nurse, "single-agency")
    up.begin(nurse, family, "End a single agency response, because the needs are met")
    up.decide(nurse, "Say how the needs are met", "The needs are met", "met", "He sleeps, and so does she.")
    tell_everybody(nurse, family)
    nurse.take("Close the help")
    nurse.record("Close; the needs are met")
    assert holders() == set()
    everything_is_closed(family)


def test_a_family_says_no_to_its_plan_and_a_manager_decides(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    teacher, leader = people("lead-practitioner", inspector=inspector), people("targeted-services-leader")
    family = helped(council, teacher, "early-help")
    up.begin(teacher, family, "Record that a family says no to its multi-agency early help plan")
    teacher.take("Record what the family says")
    teacher.hands.choose("Consent withdrawn")
    teacher.hands.choose(acts.name_of(family.mother), "Whose answer is it?")
    teacher.hands.choose("Face to face", "How did they answer?")
    teacher.record("Record it")
    assert holders() == {(teacher.practitioner.pk, "early-help")}, "and stays responsible until it is decided"
    meaning = "Decide what it means for the child that the family says no"
    up.decide(leader, meaning, "End the help, and tell the family how to come back", "end-help", "No harm is seen.")
    tell_everybody(teacher, family)
    teacher.take("Close the help")
    teacher.record("Close; the family does not want the help")
    assert holders() == set()
    everything_is_closed(family)


def test_a_child_comes_home_and_a_plan_begins_in_the_same_act(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    worker, above = people("social-worker", inspector=inspector), people("service-manager")
    family = called_apart(make_family(council, children=1, kind="care"))
    up.begin(worker, family, "End being looked after, because the child comes home")
    up.decide(above, "Decide whether the child comes home", "The child comes home", "home", "The review says so.")
    worker.take("End the care, and begin the child in need plan")
    worker.record("End the care; the child in need plan begins")
    assert holders() == {(worker.practitioner.pk, "child-in-need")}
    everything_is_closed(family)
