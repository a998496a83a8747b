"""A step down to the council's own early help, whole: the weekly meeting, the handover, the queue, the closure."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.journeys import acts
from tests.journeys.hands import Keyboard
from tests.journeys.holding import everything_is_closed, holders
from tests.journeys.persons import Inspector, Person
from tests.journeys.screens import DESKTOP, PHONE
from tests.records.factories import MadeCouncil, MadeFamily

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]
ON_A_PHONE: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
BY_KEYBOARD: dict[str, Any] = {"viewport": DESKTOP, "hands": Keyboard}


def test_a_social_worker_hands_a_family_over_from_a_phone(
    people: People, council: MadeCouncil, family: MadeFamily, inspector: Inspector
) -> None:
    hand_over_and_close(people, council, family, ON_A_PHONE | {"inspector": inspector}, {"inspector": inspector})


def test_all_of_it_by_keyboard_alone(people: People, council: MadeCouncil, family: MadeFamily) -> None:
    hand_over_and_close(people, council, family, BY_KEYBOARD, BY_KEYBOARD)


def hand_over_and_close(
    people: People, council: MadeCouncil, family: MadeFamily, workers: dict[str, Any], others: dict[str, Any]
) -> None:
    """The whole way; `workers` and `others` are the windows at which they sit."""
    worker, practitioner = people("social-worker", **workers), people("support-practitioner", **others)
    practice, manager = people("practice-manager", **others), people("team-manager", **others)
    run = acts.begin(worker, family)
    acts.agree_with_family(worker, family, "targeted")
    acts.ask_meeting(worker)
    acts.allocate_at_meeting(practice, family, practitioner)
    worker.find(family.family.name, "Step down from a single assessment")
    worker.reads(practitioner.name)
    acts.hand_over(worker, family, practitioner)
    acts.tell_team(worker, council.second_lead)
    acts.say_goodbye(worker, family)
    acts.put_lead_on_record(worker, family)
    acts.fill_in_form(worker, "advice team duty worker")
    acts.confirm(practice, family)
    worker.find(family.family.name, "Step down from a single assessment")
    acts.begin_closure(worker)
    acts.oversee_closure(manager)
    acts.close(worker, family)
    run.refresh_from_db()
    assert run.ending == "completed"
    assert holders() == {(practitioner.practitioner.pk, "early-help")}
    everything_is_closed(family)
    practitioner.find(family.family.name, "Step down from a single assessment")
    practitioner.reads(f"{practitioner.name} is responsible")
