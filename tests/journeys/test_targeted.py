"""A step down to the council's own early help, whole: the weekly meeting, the handover, the queue, the closure."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.journeys import acts
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.hands import Keyboard
from tests.journeys.persons import Inspector, Person
from tests.records.factories import MadeCouncil, MadeFamily

from handhold.records.models import Allocation

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
    worker.open(f"/transfers/{run.ref}")
    worker.reads(practitioner.name)
    acts.hand_over(worker, family, practitioner)
    acts.tell_team(worker, council.second_lead)
    acts.say_goodbye(worker, family)
    acts.put_lead_on_record(worker, family)
    acts.fill_in_form(worker, "advice team duty worker")
    acts.confirm(practice, family)
    worker.open(f"/transfers/{run.ref}")
    acts.begin_closure(worker)
    acts.oversee_closure(manager)
    acts.close(worker, family)
    run.refresh_from_db()
    assert run.ending == "completed"
    holders = Allocation.objects.filter(during__upper_inf=True).values_list("practitioner", "involvement__kind")
    assert set(holders) == {(practitioner.practitioner.pk, "early-help")}
    practitioner.open(f"/transfers/{run.ref}")
    practitioner.reads(f"{practitioner.name} is responsible")
