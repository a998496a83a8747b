"""What people do on the way of a transfer, page by page, each from the page of the transfer and back to it."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import expect
from tests.journeys.persons import Person
from tests.records.factories import MadeFamily

from handhold.records.models import Person as PersonOnRecord
from handhold.records.models import Practitioner, Run

DESTINATIONS = {
    "partner-led": "Early help led by a partner (a school, a health service, a charity)",
    "targeted": "Targeted early help (the council's own)",
    "universal": "No early help is needed; universal services only",
}
YES = "Consent given"
LEADS_FROM, DONE_BY = date(2026, 12, 8), date(2026, 12, 11)


def name_of(person: PersonOnRecord) -> str:
    """As pages name a member of the family."""
    return f"{person.given_name} {person.family_name}"


def run_of(family: MadeFamily) -> Run:
    """The family's first transfer."""
    return Run.objects.filter(family=family.family).earliest("pk")


def begin(worker: Person, family: MadeFamily, pathway: str = "Step down from a single assessment") -> Run:
    """From the family's own page, for all of its children."""
    worker.find(family.family.name)
    worker.follow(re.compile(f"^{re.escape(pathway)}"), pathway)
    worker.send("Begin the transfer", "The transfer has begun.")
    return run_of(family)


def consider(worker: Person, destination: str) -> None:
    """Which early help, and why."""
    worker.go_to("Consider early help")
    worker.hands.choose(DESTINATIONS[destination])
    worker.hands.write(f"#reason-{destination}", "They want help with mornings, and not with more.")
    worker.record("Record it")


def write_plan(worker: Person) -> None:
    """One need with one action."""
    worker.go_to("Write the early help plan")
    worker.hands.write("#need-1-text", "Mornings are hard, and school starts late")
    worker.hands.write("#need-1-action-1-what", "Breakfast club on every school day")
    worker.hands.write("#need-1-action-1-measured", "In school by nine, four days of five")
    worker.hands.write("#need-1-action-1-whom", "Oak Lane School")
    worker.write_day("need-1-action-1-by", date(2027, 1, 29))
    worker.record("The plan is ready to show to the family")


def show_assessment(worker: Person) -> None:
    """The family has seen it."""
    worker.go_to("Show the family the assessment")
    worker.record("The family has seen the assessment")


def ask_consent(worker: Person, family: MadeFamily, answer: str = YES, under: str = "") -> None:
    """The mother's answer, and with whom information may be shared."""
    worker.go_to("Ask the family for consent to early help", under)
    worker.hands.choose(answer)
    if answer == YES:
        worker.hands.choose("Health visiting", "With whom may information be shared?")
    worker.hands.choose(name_of(family.mother), "Whose answer is it?")
    worker.hands.choose("Face to face", "How did they answer?")
    worker.record("Record it")


def agree_plan(worker: Person, family: MadeFamily) -> None:
    """With the mother."""
    worker.go_to("Agree the early help plan with the family")
    worker.hands.choose("The family agrees to the plan")
    speak_with_mother(worker, family, "They would like to begin after half term.")
    worker.record("Record it")


def speak_with_mother(worker: Person, family: MadeFamily, said: str) -> None:
    """With whom, how, and what was said."""
    worker.hands.choose(name_of(family.mother), "With whom did you speak?")
    worker.hands.choose("Face to face", "How?")
    worker.hands.write("#note", said)


def agree_with_family(worker: Person, family: MadeFamily, destination: str) -> None:
    """Everything that is done with the family before anybody else is asked."""
    consider(worker, destination)
    write_plan(worker)
    show_assessment(worker)
    ask_consent(worker, family)
    agree_plan(worker, family)


def ask_preferred_lead(worker: Person, family: MadeFamily) -> None:
    """The family's own first choice."""
    worker.go_to("Ask who the family would most like to lead")
    speak_with_mother(worker, family, "Her form teacher; she knows all three.")
    worker.record("Their wish is written down")


def ask_to_lead(worker: Person, lead: Person, step: str = "Ask a practitioner to lead") -> None:
    """Somebody who does not work with the family yet."""
    worker.go_to(step)
    worker.hands.choose("Somebody else", "Whom did you ask?")
    worker.hands.pick("#other", lead.name)
    worker.hands.choose("By telephone", "How did you speak with them?")
    worker.hands.choose("I shared the need, the other agencies and the plan")
    worker.record("They were asked")


def accept_to_lead(lead: Person, family: MadeFamily) -> None:
    """Three pages: what is asked, what is needed, the answer."""
    lead.go_by_frame("My work")
    lead.follow(re.compile("Answer whether you will lead"), "would like you to be their lead practitioner")
    expect(lead.page.get_by_role("main")).not_to_contain_text("Mornings are hard")
    lead.hands.press("See what is needed")
    lead.reads("Page 2 of 3", "Mornings are hard", "Breakfast club", "Other agencies")
    lead.look()
    lead.hands.press("Answer")
    lead.reads("Page 3 of 3")
    lead.look()
    lead.hands.choose("Yes, I will lead")
    lead.write_day("from_date", LEADS_FROM)
    lead.hands.write("#first_meeting", "Tuesday after school, in my room")
    lead.send("Send your answer", f"You lead for the {family.family.name} family")


def decline_to_lead(lead: Person) -> None:
    """With the reason, and nothing more."""
    lead.go_by_frame("My work")
    lead.follow(re.compile("Answer whether you will lead"), "would like you to be their lead practitioner")
    lead.follow("Answer now", "Your answer")
    lead.hands.choose("I cannot")
    lead.hands.write("#reason", "No time this term")
    lead.send("Send your answer", "Thank you for answering.")


def visit_to_say_goodbye(worker: Person, family: MadeFamily) -> None:
    """Every child was seen, the first alone."""
    worker.go_to("Make the ending visit")
    for place, child in enumerate(family.children):
        worker.hands.choose("Seen with others" if place else "Seen alone", child.given_name)
    worker.hands.write("#note", "They know who comes next.")
    worker.record("The visit was made")


def write_letter(worker: Person, child: PersonOnRecord) -> None:
    """The letter of one child, for that child's age."""
    worker.go_to(f"Write the endings letter: {child.given_name}")
    worker.hands.write("#own_words", f"I liked your drums, {child.given_name}.")
    worker.hands.write("#went_well", "You went to school.\nYou told Mum.")
    worker.write_day("ends_date", DONE_BY)
    worker.hands.choose("I read the letter, and name and address are right")
    worker.record("The child has the letter")


def fill_in_form(worker: Person, queue: str) -> None:
    """The next action, section 2 as it was filled in, and the queue."""
    worker.go_to("Add the next action 'Signpost to Children's Advice Team'")
    worker.record("Assign to me and finish")
    worker.go_to("Check section 2 of the early help recording form")
    expect(worker.hands.box("#field-plan")).to_have_value(
        re.compile("The family would like help with mornings and with school")
    )
    worker.reads("From the assessment, written by")
    worker.record("Section 2 is complete")
    worker.go_to(f"Assign the form to '{queue}'")
    worker.record("Assign")


def put_lead_on_record(worker: Person, family: MadeFamily) -> None:
    """For all children in one act."""
    worker.go_to(f"Add the lead practitioner to the professional relationships: {family.children[0].given_name}")
    worker.record("Added")


def begin_closure(worker: Person) -> None:
    """The worker's last step before the manager's."""
    worker.go_to("Begin the closure")
    worker.record("Begin the closure")


def oversee_closure(manager: Person) -> None:
    """From what waits for the manager."""
    manager.take("Oversee the closure")
    manager.hands.choose("The closure is right")
    manager.record("Record it")


def ask_meeting(worker: Person) -> None:
    """Puts the family on the next weekly meeting."""
    worker.go_to("Ask the weekly transfer meeting for a support practitioner")
    worker.record("Put it on the next meeting")


def allocate_at_meeting(manager: Person, family: MadeFamily, practitioner: Person) -> None:
    """The practice manager enters what the meeting chose."""
    manager.go_by_frame("Meetings")
    manager.follow(re.compile("^Tue 1 Dec 2026"), "Weekly transfer meeting")
    ref = run_of(family).ref
    request = manager.page.locator(f"#request-{ref}")
    manager.hands.choose("Allocate a practitioner, with a date", inside=request)
    manager.hands.pick(f"#{ref}-practitioner", practitioner.name, inside=request)
    manager.write_day(f"{ref}-by_date", DONE_BY)
    manager.hands.press("Record", inside=request)
    expect(request).to_contain_text(f": {practitioner.name}, done by")
    manager.look()


def hand_over(worker: Person, family: MadeFamily, practitioner: Person) -> None:
    """The joint meeting, and the team around the child told."""
    worker.go_to("Hold the joint handover meeting")
    for name in (worker.name, practitioner.name, name_of(family.mother)):
        worker.hands.choose("Came", name)
    worker.hands.choose("Sent apologies", name_of(family.father))
    worker.hands.write("#note", "All agreed.")
    worker.record("The meeting was held")


def tell_team(worker: Person, told: Practitioner) -> None:
    """Everybody who works with the children, who is one."""
    worker.go_to("Tell the team around the child")
    worker.hands.choose(f"{told.given_name} {told.family_name}, {told.job_title}", "Who was told?")
    worker.hands.choose("By e-mail", "How?")
    worker.record("Everybody was told")


def confirm(manager: Person, family: MadeFamily) -> None:
    """From the queue, in one act."""
    manager.go_by_frame("Queues")
    manager.follow(re.compile("advice team duty worker"), "duty worker")
    manager.follow(re.compile("^Confirm the support practitioner"), "Confirm the support practitioner")
    manager.hands.choose("Confirm the practitioner whom the meeting chose")
    manager.record("Record it")


def take_up(coordinator: Person) -> None:
    """The co-ordinator stands behind the lead from now on."""
    coordinator.go_by_frame("Queues")
    coordinator.follow("Partner led EHA")
    coordinator.follow(re.compile("^Take the form up"), "Take the form up")
    coordinator.record("Taken up")


def say_goodbye(worker: Person, family: MadeFamily) -> None:
    """The visit, and a letter to each child."""
    visit_to_say_goodbye(worker, family)
    for child in family.children:
        write_letter(worker, child)


def close(worker: Person, family: MadeFamily, outcome: str = "Close; early help begins") -> None:
    """All children in one act; in that moment somebody else becomes responsible."""
    worker.take("Close to social work", family.family.name)
    worker.record(outcome)
