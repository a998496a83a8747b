"""What people of the second council do on the way up, page by page, each from their own work."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from playwright.sync_api import expect
from tests.journeys.acts import name_of
from tests.journeys.conftest import called_apart
from tests.journeys.persons import Person
from tests.journeys.screens import PHONE
from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_family, open_involvement
from tests.records.second_council import work_with

ON_A_PHONE: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
FROM_PLAN = "Ask Duty and Advice about a family with an early help plan"
FROM_ONE_AGENCY = "Ask Duty and Advice about a family whom one agency helps"
ASSESSMENT = "Step up through the child and family single assessment"
ASKED = "They have not been at school for two weeks."
WRITTEN = "Mornings are hard since their father left."


def family_helped(council: MadeCouncil, kind: str, role: str) -> MadeFamily:
    """Two children whom somebody of a partner helps."""
    helper = council.practitioners[role]
    made = called_apart(make_family(council, children=2, kind=kind, worker=helper))
    for child in made.children:
        work_with(child, helper, helper.job_title)
    return made


def assess_too(council: MadeCouncil, family: MadeFamily) -> None:
    """A social worker assesses the children beside whoever helps them."""
    for child in family.children:
        open_involvement(council, family, child, kind="assessment", start=NOW)


def decide(person: Person, step: str, answer: str, outcome: str, why: str, whom: str = "") -> None:
    """A decision with its reason, from what waits for them."""
    person.take(step, whom)
    person.hands.choose(answer)
    person.hands.write(f"#reason-{outcome}", why)
    person.record("Record it")


def begin(helper: Person, family: MadeFamily, pathway: str) -> None:
    """From the family's own page."""
    helper.find(family.family.name)
    helper.follow(re.compile(f"^{pathway}"), pathway)
    helper.send("Begin", "It has begun.")


def ask_own_manager(helper: Person, whom: str) -> None:
    """Where there is somebody to ask: it is written down, and nothing waits for it."""
    helper.go_to("Ask your line manager or safeguarding lead")
    helper.hands.choose("I was advised")
    helper.hands.pick("#spoken_with", whom)
    helper.hands.choose("Face to face", "How?")
    helper.record("Record it")


def ask(helper: Person) -> None:
    """What they are worried about, and what they ask."""
    helper.go_to("Ask Duty and Advice")
    helper.hands.write("#reason-asked", ASKED)
    helper.record("Ask")
    helper.reads("1 working day")


def answer(door: Person, how: str, outcome: str, why: str = "A pattern of three contacts.") -> None:
    """In writing, with what was asked before them."""
    door.take("Answer the practitioner")
    door.reads(ASKED)
    door.hands.choose(how)
    door.hands.write(f"#reason-{outcome}", why)
    door.record("Record it")


def allocate(manager: Person, step: str, outcome: str, worker: str, button: str) -> None:
    """A social worker, who is responsible from this moment."""
    manager.take(step)
    manager.hands.pick(f"#practitioner-{outcome}", worker)
    manager.record(button)


def end_contact(person: Person, button: str) -> None:
    """Whoever helps goes on, and has the answer in writing."""
    person.take("End the contact")
    person.record(button)


def send_assessment(helper: Person) -> None:
    """The early help assessment, from the papers of their first page."""
    helper.go_by_frame("My work")
    helper.follow(re.compile("^Send: early help assessment"), "Send a paper in")
    helper.write_day("paper_date", NOW.date())
    helper.hands.write("Or write it here", WRITTEN)
    helper.send("Send", "Your paper has arrived.")


def register_assessment(team: Person) -> None:
    """From then on it fills in the single assessment."""
    team.go_by_frame("My work")
    team.follow("Papers to register: 1", "Papers received")
    team.hands.follow(re.compile("Early help assessment"))
    team.look()
    team.send("Register it", "The paper is registered.")


def fill_in_assessment(worker: Person) -> None:
    """What is registered stands there already, with who wrote it; only the views are new."""
    worker.take("Check what the early help assessment says already")
    expect(worker.hands.box("#field-needs")).to_have_value(re.compile(re.escape(WRITTEN)))
    worker.reads("From the registered early help assessment, written by")
    worker.hands.write("#field-child-views", "We want to go to school.")
    worker.hands.write("#field-family-views", "I cannot get them up alone.")
    worker.record("It is complete")


def authorise(manager: Person) -> None:
    """Nobody's own work."""
    manager.take("Authorise the child and family single assessment")
    manager.hands.choose("Authorise")
    manager.record("Record it")


def ask_consent(helper: Person, family: MadeFamily) -> None:
    """The mother's yes."""
    helper.take("Ask the family for consent to early help")
    helper.hands.choose("Consent given")
    helper.hands.choose("With nobody", "With whom may information be shared?")
    helper.hands.choose(name_of(family.mother), "Whose answer is it?")
    helper.hands.choose("Face to face", "How did they answer?")
    helper.record("Record it")


def hold_conference(worker: Person, family: MadeFamily) -> None:
    """The initial one, with the mother."""
    worker.take("Record what the initial child protection conference decided")
    worker.hands.choose("The conference decided on a child protection plan")
    for name in (worker.name, name_of(family.mother)):
        worker.hands.choose("Came", name)
    worker.record("Record it")


RESPONDS = date(2026, 11, 24)
