"""Pathways: reassessed before 21, offered a duty service, taken on again, ended at 25; each from My work to closure."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from playwright.sync_api import expect
from tests.actions.test_pathways_service import begun as begun_by_action
from tests.actions.test_pathways_service import stepped_down
from tests.journeys.conftest import called_apart
from tests.journeys.holding import everything_is_closed, holders
from tests.journeys.persons import Inspector, Person
from tests.journeys.screens import PHONE
from tests.records.factories import MadeCouncil, MadeFamily, make_family
from tests.web.walked import at

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]
TURNS_21 = date(2027, 2, 10)
A_YEAR_ON = datetime(2027, 11, 30, 10, 0, tzinfo=UTC)
BEFORE_25, AT_25 = datetime(2030, 9, 2, 10, 0, tzinfo=UTC), datetime(2031, 2, 10, 10, 0, tzinfo=UTC)
REASSESS = "Reassess what a young person needs before they turn 21"
PREPARE = "Prepare the end of Pathways' support at 25"


@pytest.fixture
def young(council: MadeCouncil) -> MadeFamily:
    """A young person with whom Pathways works, 21 in eleven weeks."""
    worker = council.practitioners["pathways-worker"]
    made = called_apart(make_family(council, children=1, kind="pathways", worker=worker))
    (young,) = made.children
    young.birth_date = TURNS_21.replace(year=TURNS_21.year - 21)
    young.save(update_fields=["birth_date"])
    return made


def begin(worker: Person, pathway: str) -> None:
    """From what falls due on My work."""
    worker.go_by_frame("My work")
    worker.follow(re.compile(f"^{re.escape(pathway)}"), pathway)
    worker.send("Begin the transfer", "The transfer has begun.")


def hear(worker: Person, step: str, button: str, words: str, age: int) -> None:
    """What the young person says, in their own words."""
    worker.take(step)
    worker.hands.choose(f"Ada ({age})", "With whom did you speak?")
    worker.hands.choose("Face to face", "How?")
    worker.hands.write("#note", words)
    worker.record(button)


def reassess(worker: Person, manager: Person, answer: str, code: str) -> None:
    """Their own view, the outcome, somebody else's look at it."""
    begin(worker, REASSESS)
    hear(worker, "Hear what the young person thinks they need", "Their view is written down", "I manage by myself.", 20)
    worker.take("Reassess whether they need continued support")
    worker.hands.choose(answer)
    worker.hands.write(f"#reason-{code}", "A flat, a job, two friends.")
    worker.record("Record it")
    manager.take("Oversee the outcome")
    manager.hands.choose("The outcome is right")
    manager.record("Record it")


def write_to_them(person: Person, step: str, last_day: date | None = None) -> None:
    """A letter to the young person, read before it goes; a day only where the letter speaks of one."""
    person.take(step)
    person.hands.write("#own_words", "You know where we are.")
    if last_day:
        person.write_day("ends_date", last_day)
    else:
        expect(person.hands.box("#ends_date-day")).to_have_count(0)
    person.hands.choose("I read the letter, and name and address are right")
    person.record("They have the letter")


def visit(worker: Person) -> None:
    """To say goodbye."""
    worker.take("Make the ending visit")
    worker.hands.choose("Seen alone", "Ada")
    worker.record("The visit was made")


def test_from_21_by_the_offer_of_a_duty_service_and_back_to_the_end_at_25(
    people: People, council: MadeCouncil, young: MadeFamily, inspector: Inspector
) -> None:
    worker, manager = people("pathways-worker", inspector=inspector), people("pathways-manager", inspector=inspector)
    reassess(worker, manager, "They need no continued support; offer them the duty service", "no-more-support")
    write_to_them(worker, "Write to them what the duty service offers")
    visit(worker)
    worker.take("Step down to the offer of a duty service")
    duty = council.practitioners["pathways-duty"]
    worker.reads(f"From this act on: {duty.given_name} {duty.family_name}")
    worker.record("Step down; the duty service is offered")
    assert holders() == {(duty.pk, "duty-offer")}

    with at(A_YEAR_ON):
        keeper = people("pathways-duty", inspector=inspector)
        write_to_them(keeper, "Write to them again that the offer stands")
        keeper.find(young.family.name, "Offer a duty service until 25")
        keeper.go_to("Take them on again, because they ask for support: Ada", "If something changes")
        keeper.hands.pick("#practitioner-taken-on", worker.name)
        keeper.hands.write("#reason-taken-on", "The job has ended, and the rent is owed.")
        keeper.record("They are taken on again")
        assert holders() == {(worker.practitioner.pk, "pathways")}

    with at(BEFORE_25):
        worker, manager = people("pathways-worker", inspector=inspector), people("pathways-manager")
        begin(worker, PREPARE)
        hear(worker, "Talk with the young person about what comes after", "It was talked about", "My aunt helps.", 24)
        visit(worker)
        write_to_them(worker, "Write the letter that says goodbye", AT_25.date())
        manager.take("Oversee the ending")
        manager.hands.choose("The ending is right")
        manager.record("Record it")
    with at(AT_25):
        worker = people("pathways-worker", inspector=inspector)
        worker.take("End Pathways' support")
        worker.record("Pathways' support ends")
        assert holders() == set()
        everything_is_closed(young)


def test_pathways_stays_involved_with_who_needs_it(people: People, young: MadeFamily, inspector: Inspector) -> None:
    worker, manager = people("pathways-worker", PHONE, inspector=inspector), people("pathways-manager")
    reassess(worker, manager, "They need continued support; Pathways stays", "continued-support")
    worker.take("Stay involved until they are 25")
    worker.record("Pathways stays involved")
    assert holders() == {(worker.practitioner.pk, "pathways")}
    everything_is_closed(young)


def test_the_offer_of_a_duty_service_ends_with_a_letter_at_25(
    people: People, council: MadeCouncil, young: MadeFamily, inspector: Inspector
) -> None:
    with transaction.atomic():
        stepped_down(begun_by_action(council, young))
    with at(AT_25):
        keeper = people("pathways-duty", inspector=inspector)
        write_to_them(keeper, "Write to them that the offer ends", AT_25.date())
        keeper.take("End the offer, because they are 25")
        keeper.record("The offer ends")
        assert holders() == set()
        everything_is_closed(young)
