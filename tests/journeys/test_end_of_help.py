"""Help ends, once it has done what it was for or because the family says no: from My work to the closing of it."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.journeys import acts
from tests.journeys.holding import everything_is_closed, holders
from tests.journeys.persons import Inspector, Person
from tests.journeys.screens import PHONE
from tests.journeys.test_stepping_up import ONE_SERVICE, begin, decide, with_early_help
from tests.records.factories import MadeCouncil

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]
ON_A_PHONE: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
TELL = "Tell the family that the help ends, and how to come back"


def test_a_family_says_no_and_a_manager_decides_that_targeted_help_ends(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    helper, manager = people("support-practitioner", inspector=inspector), people("practice-manager")
    family = with_early_help(council, helper, children=1)
    begin(helper, family, "End early help with the family")
    helper.take("Write down that the family says no")
    helper.hands.choose("They take their consent back")
    helper.hands.choose(acts.name_of(family.mother), "Whose answer is it?")
    helper.hands.choose("Face to face", "How did they answer?")
    helper.record("Record it")
    helper.reads("Not live")
    assert holders() == {(helper.practitioner.pk, "early-help")}, "and stays responsible until it is decided"
    meaning = "Decide what it means for the children that there is no consent"
    decide(manager, meaning, "The help ends, and the family hears how to come back", "Nothing speaks of harm.")
    helper.take(TELL)
    acts.speak_with_mother(helper, family, "They know whom to ring.")
    helper.record("The family knows")
    helper.take("Close the help")
    helper.record("Close; the family does not want the help")
    assert holders() == set()
    everything_is_closed(family)


def test_a_teacher_ends_the_help_of_one_service_because_the_needs_are_met(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    teacher = people("lead-practitioner", **ON_A_PHONE, inspector=inspector)
    family = with_early_help(council, teacher, children=1, kind=ONE_SERVICE)
    begin(teacher, family, "End the help of one service with the family")
    decide(teacher, "Say that the needs are met", "The needs of the plan are met", "In school by nine since May.")
    teacher.take(TELL)
    acts.speak_with_mother(teacher, family, "They are glad, and know whom to ring.")
    teacher.record("The family knows")
    teacher.take("Close the help")
    teacher.record("Close; the needs are met")
    assert holders() == set()
    everything_is_closed(family)
