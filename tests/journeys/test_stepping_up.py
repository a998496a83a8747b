"""Stepping up, asking for advice and ending what nobody chose, page by page: from the family's page to who takes on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from tests.actions.stepping_up import ADVICE, TARGETED, begin_up
from tests.journeys.conftest import PHONE, called_apart
from tests.journeys.persons import Inspector, Person
from tests.records.factories import MadeCouncil, make_family
from tests.web.walked import at

from handhold.records.models import Allocation, Run
from handhold.records.models import Person as PersonOnRecord

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


def test_a_targeted_worker_goes_together_with_the_social_worker_and_ends_after_ten_days(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    walk = begin_up(council, TARGETED, children=1)
    called_by_name(walk.family.children[0], "Ada")
    with transaction.atomic():  # the walk looks at the locked facts before each act
        walk.to_sent()
    with at(walk.now):
        mash = people("front-door", inspector=inspector)
        decide(
            mash,
            walk.run,
            "Decide on the referral",
            "As the duty manager decided. An assessment is needed",
            "Accepted and checked.",
        )
        manager = people("team-manager", inspector=inspector)
        manager.open(f"/transfers/{walk.run.ref}")
        manager.go_to("Allocate a social worker")
        social_worker = council.practitioners["social-worker"]
        manager.hands.pick("#practitioner-assessment", f"{social_worker.given_name} {social_worker.family_name}")
        manager.record("Allocate. The assessment begins")
        worker = people("support-practitioner", PHONE, inspector=inspector)
        worker.open(f"/transfers/{walk.run.ref}")
        worker.go_to("Make the joint visit, and introduce the social worker")
        worker.hands.choose("Seen alone", "Ada")
        worker.record("The visit was made")
        worker.open(f"/transfers/{walk.run.ref}/steps/early-help-closed?child={walk.child_refs[0]}")
        worker.reads("too early", "10 working days")
    with at(walk.now + timedelta(days=16)):
        worker = people("support-practitioner", PHONE)
        worker.open(f"/transfers/{walk.run.ref}")
        worker.follow("End early help: Ada")
        worker.record("End early help; social work goes on")
    assert holders() == {(social_worker.pk, "assessment")}


def called_by_name(child: PersonOnRecord, name: str) -> None:
    """A given name that nobody else has."""
    PersonOnRecord.objects.filter(pk=child.pk).update(given_name=name)


def test_advice_is_asked_and_an_ending_is_confirmed_on_pages_that_everybody_can_use(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    walk = begin_up(council, ADVICE, children=1)
    called_by_name(walk.family.children[0], "Obi")
    with at(walk.now):
        worker = people("support-practitioner", PHONE, inspector=inspector)
        decide(worker, walk.run, "Talk with your line manager first", "We agreed to ask MASH", "Is this neglect?")
        worker.go_to("Ask a social worker of MASH")
        worker.hands.write("#reason-asked", "He loses weight.")
        worker.record("Send the question")
        mash = people("front-door", inspector=inspector)
        mash.open(f"/transfers/{walk.run.ref}")
        mash.go_to("Answer the question")
        mash.reads("He loses weight.")
        decide(mash, walk.run, "Answer the question", "Advice; early help goes on", "Have him weighed on Monday.")
        worker.open(f"/transfers/{walk.run.ref}")
        worker.go_to("Say what follows from the advice")
        worker.reads("Have him weighed on Monday.")
        worker.open(f"/families/{walk.family.family.ref}/transfers/new")
        worker.follow("Early help ends, and nobody chose it")
        worker.send("Begin", "It has begun.")
        ending = Run.objects.get(pathway="early-help-ends-by-no-choice")
        decide(worker, ending, "Record what happened: Obi", "The family has moved away", "To Leeds, on Friday.")
        worker.go_to("Tell the authority to which the family moved: Obi")
        worker.page.locator("textarea:visible").first.fill("Leeds, by telephone, at eleven.")
        worker.record("They know, and have answered (say who, and when)")
        manager = people("practice-manager", inspector=inspector)
        manager.open(f"/transfers/{ending.ref}")
        manager.go_to("Confirm it: Obi")
        manager.reads("To Leeds, on Friday.", "Leeds, by telephone, at eleven.")
        manager.hands.choose("The family has moved away; the new authority knows")
        manager.record("Record it")
    assert holders() == set()
