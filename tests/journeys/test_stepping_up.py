"""A step up by a partner from her phone: from the family's page to the social worker who takes on, page by page."""

from collections.abc import Callable

import pytest
from tests.journeys.conftest import PHONE, called_apart
from tests.journeys.persons import Inspector, Person
from tests.records.factories import MadeCouncil, make_family

from handhold.records.models import Allocation, Run

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]


def holders() -> set[tuple[int, str]]:
    """Who is responsible now, and for what."""
    return set(Allocation.objects.filter(during__upper_inf=True).values_list("practitioner", "involvement__kind"))


def decide(person: Person, run: Run, title: str, answer: str, reason: str) -> None:
    """A decision with its reason, from the page of the transfer."""
    person.open(f"/transfers/{run.ref}")
    person.go_to(title)
    person.hands.choose(answer)
    person.page.locator("textarea:visible").first.fill(reason)
    person.record("Record it")


def test_a_teacher_steps_a_family_up_from_her_phone(people: People, council: MadeCouncil, inspector: Inspector) -> None:
    teacher = people("lead-practitioner", PHONE, has_touch=True, is_mobile=True, inspector=inspector)
    family = called_apart(make_family(council, children=2, kind="early-help", worker=teacher.practitioner))
    teacher.open(f"/families/{family.family.ref}")
    teacher.follow("Step up from early help led by a partner: Ada and Obi", "Step up from early help led by a partner")
    teacher.send("Begin", "It has begun.")
    run = Run.objects.get()
    talked = (
        "Talk about it with the family and the key professionals",
        "At a team around the child and family meeting",
    )
    decide(teacher, run, *talked, "Mother and the health visitor agree that more is needed.")
    told = (
        "Say whether the family knows of the referral",
        "Yes. I have talked with them, and write down what they say",
    )
    decide(teacher, run, *told, "Mother is relieved.")
    teacher.go_to("Check the referral to MASH")
    teacher.reads("Mother is relieved")
    teacher.hands.write("#field-what-is-wrong", "They are alone in the evenings.")
    teacher.hands.write("#field-early-help-so-far", "Breakfast club since September.")
    teacher.record("The referral is complete")
    teacher.go_to("Send the referral to MASH")
    teacher.record("Send it")
    teacher.reads("1 working day")

    mash = people("front-door", inspector=inspector)
    mash.open("/queues/mash")
    mash.reads(family.family.name)
    mash.open(f"/transfers/{run.ref}")
    mash.go_to("Decide on the referral")
    mash.reads("They are alone in the evenings.", "Mother is relieved.")
    decide(mash, run, "Decide on the referral", "Social work. An assessment is needed", "Neglect.")

    manager = people("team-manager", inspector=inspector)
    manager.open(f"/transfers/{run.ref}")
    manager.go_to("Allocate a social worker")
    worker = council.practitioners["social-worker"]
    manager.hands.pick("#practitioner-assessment", f"{worker.given_name} {worker.family_name}")
    manager.record("Allocate. The assessment begins")
    assert holders() == {(teacher.practitioner.pk, "early-help"), (worker.pk, "assessment")}

    teacher.open(f"/transfers/{run.ref}")
    teacher.reads("Before early help ends", "is responsible as social worker")
    teacher.follow("End early help: Ada")
    teacher.record("End early help; social work goes on")
    run.refresh_from_db()
    assert run.ending == "completed"
    assert holders() == {(worker.pk, "assessment")}
