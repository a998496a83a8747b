"""What can happen at any moment in the second council, each from the work of whoever does it: nobody is let go."""

from collections.abc import Callable

import pytest
from tests.journeys.conftest import called_apart
from tests.journeys.holding import everything_is_closed, holders
from tests.journeys.persons import Inspector, Person
from tests.journeys.second_council import concerns
from tests.journeys.second_council import going_down as down
from tests.journeys.second_council import going_up as up
from tests.records.factories import MadeCouncil, MadeFamily, make_assessment, make_family
from tests.records.second_council import work_with

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]
CHANGES = "If something changes"
FROM_ASSESSMENT = "Step down from the child and family assessment"


def family_assessed(council: MadeCouncil) -> MadeFamily:
    """Two children, with a teacher who works with them."""
    made = called_apart(make_family(council, children=2))
    make_assessment(council, made)
    for child in made.children:
        work_with(child, council.practitioners["lead-practitioner"], "Assistant head teacher")
    return made


def change(person: Person, step: str, outcome: str, button: str, answer: str = "") -> None:
    """Something that can happen at any moment, with its reason, from the page of the transfer at which they are."""
    person.go_to(step, CHANGES)
    if answer:
        person.hands.choose(answer)
    person.hands.write(f"#reason-{outcome}", "It has come so.")
    person.record(button)


def test_who_was_to_take_over_cannot_the_worker_leaves_and_the_children_stay(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = family_assessed(council)
    worker, teacher = people("social-worker"), people("lead-practitioner", **up.ON_A_PHONE)
    nurse = people("single-agency-practitioner", **up.ON_A_PHONE)
    down.begin(worker, family, FROM_ASSESSMENT)
    down.choose(worker, "The needs have been met", "needs-met", down.SINGLE_AGENCY)
    down.ask_consent(worker, family)
    down.ask_somebody_known(worker, f"{teacher.name}, Assistant head teacher")
    down.accept(teacher, family)
    worker.find(family.family.name, FROM_ASSESSMENT)
    cannot = "Record that the practitioner who was to take over cannot go on"
    change(worker, cannot, "left", "They leave, or cannot take over after all")
    down.ask_somebody_else(worker, nurse)
    down.decline(nurse)
    chooser = people("service-manager", inspector=inspector)
    chooser.take("Choose who takes over, because nobody has agreed")
    leader = council.practitioners["targeted-services-leader"]
    chooser.hands.choose("Somebody of the council takes over")
    chooser.hands.pick("#practitioner-council-worker-leads", f"{leader.given_name} {leader.family_name}")
    chooser.hands.write("#reason-council-worker-leads", "Two could not, and the family waits.")
    chooser.record("Record it")

    manager = people("team-manager", inspector=inspector)
    manager.find(family.family.name, FROM_ASSESSMENT)
    leaves = "Hand the family to the team manager, because the social worker leaves"
    change(manager, leaves, "left", "The social worker leaves or is away for long")
    assert holders() == {(manager.practitioner.pk, "assessment")}
    another = people(council.stranger, inspector=inspector)
    up.allocate(manager, "Allocate a social worker", "allocated", another.name, "Allocate")
    another.find(family.family.name, FROM_ASSESSMENT)
    change(another, "Leave one child with social work: Obi", "stays", "This child stays with social work")
    change(another, "Stop this transfer", "cancelled", "Stop the transfer")
    assert holders() == {(another.practitioner.pk, "assessment")}
    everything_is_closed(family)


def test_one_child_is_protected_at_once_and_the_other_moves_away(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = family_assessed(council)
    worker, manager = people("social-worker", inspector=inspector), people("team-manager", inspector=inspector)
    down.begin(worker, family, FROM_ASSESSMENT)
    concerns.report(worker)
    concerns.decide(people("duty-manager", inspector=inspector), "The support planned is still right")
    worker.find(family.family.name, FROM_ASSESSMENT)
    moved = "The family has moved away; the new authority has been told"
    change(worker, "Record that it ends, and nobody chose it: Obi", "moved", "Record it", moved)
    manager.take("Confirm the ending that nobody chose")
    manager.reads("It has come so.")
    manager.hands.choose(moved)
    manager.record("Record it")
    protect = "Take emergency protective action; the child becomes looked after: Ada"
    change(manager, protect, "short-term", "Record it", "The child becomes looked after, in the short term")
    assert holders() == {(worker.practitioner.pk, "assessment"), (worker.practitioner.pk, "care")}
    everything_is_closed(family)


def test_a_teacher_who_leaves_is_followed_and_a_child_is_protected_before_an_assessment(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = up.family_helped(council, "early-help", "lead-practitioner")
    teacher = people("lead-practitioner", **up.ON_A_PHONE, inspector=inspector)
    up.begin(teacher, family, up.FROM_PLAN)
    taken_back = "Stop this, because it is not needed after all"
    change(teacher, taken_back, "taken-back", "The help that there is goes on without it")
    up.begin(teacher, family, up.FROM_PLAN)
    stays = "The help that there is goes on for this child"
    change(teacher, "Leave one child with the help that there is: Obi", "stays", stays)
    leaves = "Hand the family to the manager, because the practitioner responsible leaves"
    change(teacher, leaves, "left", "They leave or are away for long")
    leader = people("targeted-services-leader", inspector=inspector)
    visitor = people(council.second_lead, **up.ON_A_PHONE, inspector=inspector)
    up.allocate(leader, "Allocate somebody in their place", "allocated", visitor.name, "Allocate")
    visitor.find(family.family.name, up.FROM_PLAN)
    up.ask(visitor)
    duty = people("duty-manager", inspector=inspector)
    duty.find(family.family.name, up.FROM_PLAN)
    duty.go_to("Take emergency protective action, and say who responds: Ada", CHANGES)
    duty.hands.choose("The child becomes looked after, in the short term")
    worker = council.practitioners["social-worker"]
    duty.hands.pick("#practitioner-short-term", f"{worker.given_name} {worker.family_name}")
    duty.hands.write("#reason-short-term", "She cannot go home tonight.")
    duty.record("Record it")
    assert (worker.pk, "care") in holders()
    everything_is_closed(family)


def test_an_ending_that_nobody_chose_is_recorded_by_one_and_confirmed_by_another(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = called_apart(make_family(council, children=2, kind="child-in-need"))
    worker, manager = people("social-worker", **up.ON_A_PHONE, inspector=inspector), people("team-manager")
    up.begin(worker, family, "A child in need plan ends, and nobody chose it")
    for child, what, outcome in (
        ("Ada", "The child has died", "died"),
        ("Obi", "The family has moved away", "moved"),
    ):
        worker.go_to(f"Record what happened: {child}")
        worker.hands.choose(what)
        worker.hands.write(f"#reason-{outcome}", "On Sunday; her mother rang.")
        worker.record("Record it")
    worker.take("Tell the authority to which the family moved")
    worker.hands.write("#reason-told", "York, by telephone, at eleven.")
    worker.record("They know, and have answered (say who, and when)")
    for words in ("The child has died", "The family has moved away; the new authority knows"):
        manager.take("Confirm it")
        manager.hands.choose(words)
        manager.record("Record it")
    assert holders() == set()
    everything_is_closed(family)
