"""Stepping up, asking for advice and ending what nobody chose: each person from their own work, to who takes on."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from tests.actions.stepping_up import PARTNER, begin_up
from tests.actions.test_stepping_up import left_behind
from tests.journeys.conftest import called_apart
from tests.journeys.holding import everything_holds, everything_is_closed, holders
from tests.journeys.persons import Inspector, Person
from tests.journeys.screens import PHONE
from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_family, since
from tests.web.walked import at

from handhold.records.models import Allocation, Involvement, MainContact, Run

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]
ON_A_PHONE: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
BY_A_PARTNER, BY_TARGETED_HELP = "Step up from early help led by a partner", "Step up from targeted early help"
TALK, TOLD = "Talk about it with the family and the key professionals", "Say whether the family knows of the referral"


ONE_SERVICE = "single-agency"


def with_early_help(council: MadeCouncil, worker: Person, children: int = 2, kind: str = "early-help") -> MadeFamily:
    """A family whose early help this person leads, or whom they help as the one service."""
    return called_apart(make_family(council, children=children, kind=kind, worker=worker.practitioner))


def begin(person: Person, family: MadeFamily, pathway: str) -> None:
    """From the family's own page, which they come to from their work."""
    person.find(family.family.name)
    person.follow(re.compile(f"^{re.escape(pathway)}"), pathway)
    person.send("Begin", "It has begun.")


def decide(person: Person, title: str, answer: str, reason: str) -> None:
    """A decision with its reason, from what waits for them."""
    person.take(title)
    person.hands.choose(answer)
    person.page.locator("textarea:visible").first.fill(reason)
    person.record("Record it")


def write_referral(person: Person) -> None:
    """Filled in from the record; only what is new is typed. Then it goes to MASH."""
    person.take("Check the referral to MASH")
    person.hands.write("#field-what-is-wrong", "They are alone in the evenings.")
    person.hands.write("#field-early-help-so-far", "Breakfast club since September.")
    person.record("The referral is complete")
    person.take("Send the referral to MASH")
    person.record("Send it")
    person.reads("1 working day")


def allocate(manager: Person, worker: Person, outcome: str = "assessment", button: str = "") -> None:
    """A social worker takes on."""
    manager.take("Allocate a social worker")
    if not button:
        manager.hands.choose("Allocate the previous social worker")
    manager.hands.pick(f"#practitioner-{outcome}", worker.name)
    manager.record(button or "Record it")


@pytest.mark.parametrize(
    ("kind", "pathway"),
    [("early-help", BY_A_PARTNER), (ONE_SERVICE, "Step up from the help of one service")],
    ids=["leads", "one-service"],
)
def test_a_teacher_steps_a_family_up_from_her_phone(
    people: People, council: MadeCouncil, inspector: Inspector, kind: str, pathway: str
) -> None:
    teacher = people("lead-practitioner", **ON_A_PHONE, inspector=inspector)
    family = with_early_help(council, teacher, kind=kind)
    begin(teacher, family, pathway)
    decide(teacher, TALK, "At a team around the child and family meeting", "Mother agrees that more is needed.")
    decide(teacher, TOLD, "Yes. I have talked with them, and write down what they say", "Mother is relieved.")
    teacher.go_to("Check the referral to MASH")
    teacher.reads("Mother is relieved")
    write_referral(teacher)
    mash = people("front-door", inspector=inspector)
    mash.go_by_frame("My work")
    mash.follow(re.compile("^MASH: referrals and advice: 1 waiting"), "MASH: referrals and advice")
    mash.follow(re.compile("^Decide on the referral"), "Decide on the referral")
    mash.reads("They are alone in the evenings.", "Mother is relieved.")
    decide(mash, "Decide on the referral", "Social work. An assessment is needed", "Neglect.")
    manager, worker = people("team-manager", inspector=inspector), people("social-worker")
    allocate(manager, worker, button="Allocate. The assessment begins")
    assert holders() == {(teacher.practitioner.pk, kind), (worker.practitioner.pk, "assessment")}
    teacher.take("End early help")
    teacher.reads(f"From this act on: {worker.name}")
    teacher.record("End early help; social work goes on")
    assert holders() == {(worker.practitioner.pk, "assessment")}
    everything_is_closed(family)


def test_an_immediate_step_up_returns_to_the_previous_social_worker_without_a_new_assessment(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    teacher = people("lead-practitioner", **ON_A_PHONE, inspector=inspector)
    family, worker = with_early_help(council, teacher, children=1), people("social-worker")
    with transaction.atomic():
        had_a_plan(council, family, worker)
    begin(teacher, family, BY_A_PARTNER)
    decide(teacher, TALK, "Not first. The concern is immediate", "Bruises, seen this morning.")
    decide(teacher, TOLD, "No. Waiting would be dangerous", "They come for her at three.")
    write_referral(teacher)
    mash = people("front-door", inspector=inspector)
    answer = "Social work. It returns to the previous social worker, without a new assessment"
    decide(mash, "Decide on the referral", answer, "Seen at once.")
    manager = people("team-manager", inspector=inspector)
    manager.take("Allocate a social worker")
    manager.reads("The last plan ended so short a time ago", worker.name)
    allocate(manager, worker, "returned")
    assert holders() == {(teacher.practitioner.pk, "early-help"), (worker.practitioner.pk, "child-in-need")}
    teacher.take("End early help")
    teacher.record("End early help; social work goes on")
    everything_is_closed(family)
    worker.find(family.family.name, BY_A_PARTNER)
    worker.reads(f"{worker.name} is responsible")


def had_a_plan(council: MadeCouncil, family: MadeFamily, worker: Person) -> None:
    """Of this social worker's, which ended six weeks ago."""
    (child,), during = family.children, since(NOW - timedelta(days=300), NOW - timedelta(days=40))
    plan = Involvement.objects.create(
        child=child,
        kind="child-in-need",
        open_during=during,
        agency=council.agencies["council"],
        closing_reason="stepped-down",
    )
    Allocation.objects.create(involvement=plan, practitioner=worker.practitioner, during=during)
    MainContact.objects.create(child=child, involvement=plan, practitioner=worker.practitioner, during=during)


@pytest.mark.parametrize(
    ("kind", "pathway"),
    [("early-help", BY_TARGETED_HELP), (ONE_SERVICE, "Step up from the help of one targeted service")],
    ids=["targeted", "one-service"],
)
def test_a_targeted_worker_goes_together_with_the_social_worker_and_ends_after_ten_days(
    people: People, council: MadeCouncil, inspector: Inspector, kind: str, pathway: str
) -> None:
    helper, duty = people("support-practitioner", inspector=inspector), people("duty-manager", inspector=inspector)
    family = with_early_help(council, helper, children=1, kind=kind)
    begin(helper, family, pathway)
    decide(helper, TALK, "In another way", "By telephone with the school and with mother.")
    decide(helper, TOLD, "Yes. I have talked with them, and write down what they say", "Mother is afraid, and agrees.")
    helper.take("Discuss it with the assessment service manager on duty")
    helper.hands.pick("#spoken_with", duty.name)
    helper.hands.choose("By telephone", "How?")
    helper.record("It was discussed")
    decide(duty, "Decide on the step up, as manager on duty", "Accepted. Say how it is to be allocated", "Team 2.")
    write_referral(helper)
    mash, manager = people("front-door", inspector=inspector), people("team-manager", inspector=inspector)
    answer = "As the duty manager decided. An assessment is needed"
    decide(mash, "Decide on the referral", answer, "Accepted and checked.")
    worker = people("social-worker", inspector=inspector)
    allocate(manager, worker, button="Allocate. The assessment begins")
    helper.take("Make the joint visit, and introduce the social worker")
    helper.hands.choose("Seen alone", "Ada")
    helper.record("The visit was made")
    helper.go_to("End early help: Ada")
    helper.reads("too early", "10 working days")
    everything_holds()
    with at(NOW + timedelta(days=16)):
        helper = people("support-practitioner", PHONE)
        helper.take("End early help")
        helper.record("End early help; social work goes on")
        assert holders() == {(worker.practitioner.pk, "assessment")}
        everything_is_closed(family)


@pytest.mark.parametrize(
    ("kind", "pathway", "works_for", "then"),
    [
        ("early-help", "Ask MASH for advice", "targeted early help", "step-up-by-a-targeted-worker"),
        (
            ONE_SERVICE,
            "Ask MASH for advice about a family whom one service helps",
            "a targeted service",
            "step-up-from-one-targeted-service",
        ),
    ],
    ids=["targeted", "one-service"],
)
def test_advice_is_asked_for_and_becomes_a_step_up(
    people: People, council: MadeCouncil, inspector: Inspector, kind: str, pathway: str, works_for: str, then: str
) -> None:
    helper, mash = people("support-practitioner", PHONE, inspector=inspector), people("front-door", inspector=inspector)
    family = with_early_help(council, helper, children=1, kind=kind)
    begin(helper, family, pathway)
    decide(helper, "Talk with your line manager first", "We agreed to ask MASH", "Is this neglect?")
    helper.take("Ask a social worker of MASH")
    helper.hands.write("#reason-asked", "She loses weight.")
    helper.record("Send the question")
    mash.take("Answer the question")
    mash.reads("She loses weight.")
    decide(mash, "Answer the question", "A referral is needed", "Step up: she must be seen.")
    helper.take("Say what follows from the advice")
    helper.reads("Step up: she must be seen.")
    helper.hands.choose(f"I step up, as a worker of {works_for}")
    helper.record("Record it")
    advice, up = Run.objects.order_by("pk")
    assert (advice.ending, up.pathway) == ("referred", then)
    helper.take(TALK)
    everything_holds()


def test_an_ending_that_nobody_chose_is_recorded_by_one_and_confirmed_by_another(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    helper, manager = people("support-practitioner", PHONE, inspector=inspector), people("practice-manager")
    family = with_early_help(council, helper, children=1)
    begin(helper, family, "Early help ends, and nobody chose it")
    decide(helper, "Record what happened", "The family has moved away", "To Leeds, on Friday.")
    helper.take("Tell the authority to which the family moved")
    helper.page.locator("textarea:visible").first.fill("Leeds, by telephone, at eleven.")
    helper.record("They know, and have answered (say who, and when)")
    manager.take("Confirm it")
    manager.reads("To Leeds, on Friday.", "Leeds, by telephone, at eleven.")
    manager.hands.choose("The family has moved away; the new authority knows")
    manager.record("Record it")
    assert holders() == set()
    everything_is_closed(family)


def test_mash_decides_on_a_child_whose_early_help_ended_while_the_referral_lay_there(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    with transaction.atomic():
        walk = begin_up(council, PARTNER).to_sent()
        child = left_behind(walk)
    with at(walk.now):
        mash = people("front-door", inspector=inspector)
        begin(mash, walk.family, "Decide a referral that is left open for a child")
        answer = "Nothing more is needed of MASH, and who referred knows it"
        decide(mash, "Decide on the referral of this child", answer, "The school has it in hand.")
        mash.take("Close the referral of this child")
        mash.record("Close it; universal services, or the help that goes on")
        held = Allocation.objects.filter(involvement__child=child, during__upper_inf=True)
        assert list(held.values_list("involvement__kind", flat=True)) == []
        everything_holds()
