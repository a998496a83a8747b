"""A step up begins while the step down of the same family is under way: both come to their ends, nobody is let go."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from tests.actions.walking import begin as begin_down
from tests.journeys.conftest import called_apart
from tests.journeys.holding import everything_holds
from tests.journeys.persons import Inspector, Person
from tests.journeys.screens import PHONE
from tests.journeys.test_stepping_up import BY_A_PARTNER, TALK, TOLD, allocate, begin, decide, write_referral
from tests.records.factories import MadeCouncil, MadeFamily, make_family
from tests.web.walked import at

from handhold.records.models import Allocation, MainContact
from handhold.records.models import Person as Child

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]
ON_A_PHONE: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
DOWN = "Step down from a single assessment"


def who_holds(child: Child) -> dict[str, int]:
    """What is open for a child, and who answers for it; each child has one main contact among them."""
    rows = Allocation.objects.filter(involvement__child=child, during__upper_inf=True)
    found = dict(rows.values_list("involvement__kind", "practitioner"))
    contact = MainContact.objects.get(child=child, during__upper_inf=True)
    assert contact.practitioner_id in found.values()
    return found


def close_one(worker: Person, family: MadeFamily, child: Child, leave_out: str = "") -> None:
    """One child closes, in an act of its own."""
    worker.find(family.family.name, DOWN)
    worker.go_to(f"Close to social work: {child.given_name}")
    if leave_out:
        worker.hands.answer(leave_out, "Record the same for").uncheck()
    worker.record("Close; early help begins")


def test_the_first_child_goes_up_again_while_the_second_comes_down(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    with transaction.atomic():
        walk = begin_down(council, called_apart(make_family(council, children=2))).to_lead_accepted()
        walk.to_ready_to_close()
    family, (ada, obi) = walk.family, walk.family.children
    with at(walk.now):
        worker = people("social-worker", inspector=inspector)
        teacher = people("lead-practitioner", **ON_A_PHONE, inspector=inspector)
        close_one(worker, family, ada, leave_out="Obi")
        assert who_holds(ada) == {"early-help": teacher.practitioner.pk}
        assert who_holds(obi) == {"assessment": worker.practitioner.pk}

        begin(teacher, family, BY_A_PARTNER)
        decide(teacher, TALK, "Not first. The concern is immediate", "A bruise that she does not explain.")
        decide(teacher, TOLD, "No. It would raise the risk to a child", "She is afraid to go home.")
        write_referral(teacher)
        everything_holds()

        close_one(worker, family, obi)
        assert who_holds(obi) == {"early-help": teacher.practitioner.pk}
        mash, manager = people("front-door"), people("team-manager")
        decide(mash, "Decide on the referral", "Social work. An assessment is needed", "She must be seen today.")
        allocate(manager, worker, button="Allocate. The assessment begins")
        assert who_holds(ada) == {"early-help": teacher.practitioner.pk, "assessment": worker.practitioner.pk}
        teacher.take("End early help")
        teacher.record("End early help; social work goes on")
        assert who_holds(ada) == {"assessment": worker.practitioner.pk}
        assert who_holds(obi) == {"early-help": teacher.practitioner.pk}
        coordinator = people("early-help-coordinator")
        coordinator.take("Take the form up from 'Partner led EHA'")
        coordinator.record("Taken up")
        ended = {one.pathway for one in family.family.runs.all() if one.ended_at}
        assert {"assessment-to-early-help", "step-up-by-a-partner-lead"} <= ended
        everything_holds()
