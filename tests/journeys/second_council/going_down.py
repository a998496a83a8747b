"""What people of the second council do on the way down, page by page, each from their own work."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import expect
from tests.journeys.acts import name_of, speak_with_mother
from tests.journeys.persons import Person
from tests.records.factories import MadeFamily

MULTI_AGENCY = "A multi-agency early help plan, by a team around the child or family with a lead practitioner"
SINGLE_AGENCY, UNIVERSAL = "A single agency response", "Universal services only"
RESPONSES = {MULTI_AGENCY: "multi-agency", SINGLE_AGENCY: "single-agency", UNIVERSAL: "universal"}
LAST_DAY, TOO_SOON, MEETS = date(2026, 12, 11), date(2026, 12, 1), date(2026, 12, 14)
SUMMARY, PLAN, ASSESSMENT = "Summary of advice", "Final social work plan", "Child and family single assessment"


def begin(worker: Person, family: MadeFamily, pathway: str) -> None:
    """From the family's own page, for all of its children."""
    worker.find(family.family.name)
    worker.follow(re.compile(f"^{pathway}"), pathway)
    worker.send("Begin the transfer", "The transfer has begun.")


def decide(worker: Person, step: str, answer: str, outcome: str, why: str) -> None:
    """A decision with its reason, from the page of the transfer."""
    worker.go_to(step)
    worker.hands.choose(answer)
    worker.hands.write(f"#reason-{outcome}", why)
    worker.record("Record it")


def choose(worker: Person, why: str, outcome: str, response: str) -> None:
    """Why social work can end, and what follows."""
    decide(worker, "Say why social work can end", why, outcome, "What worried us has stopped.")
    decide(worker, "Choose what follows", response, RESPONSES[response], "It is what they ask for.")


def ask_consent(worker: Person, family: MadeFamily, answer: str = "Consent given") -> None:
    """The mother's answer."""
    worker.go_to("Ask the family for consent to what follows")
    worker.hands.choose(answer)
    if answer == "Consent given":
        worker.hands.choose("Oak Lane School", "With whom may information be shared?")
    worker.hands.choose(name_of(family.mother), "Whose answer is it?")
    worker.hands.choose("Face to face", "How did they answer?")
    worker.record("Record it")


def write_plan(worker: Person) -> None:
    """One need, for which two agencies do something."""
    worker.go_to("Write the early help plan")
    worker.hands.write("#need-1-text", "Mornings are hard")
    worker.hands.write("#need-1-action-1-what", "Breakfast club")
    worker.hands.write("#need-1-action-1-whom", "The school")
    worker.hands.press("Add another action to need 1")
    worker.hands.write("#need-1-action-2-what", "Sleep clinic")
    worker.hands.write("#need-1-action-2-whom", "Health visiting")
    worker.record("The plan is ready")


def ask_somebody_known(worker: Person, whom: str) -> None:
    """Somebody who works with the children already, by telephone."""
    worker.take("Ask a practitioner to take over")
    worker.hands.choose("Somebody of an agency already involved was asked")
    worker.hands.choose(whom, "Whom did you ask?")
    tell_of_need(worker)


def ask_somebody_else(worker: Person, whom: Person) -> None:
    """Somebody of an agency that does not know the children yet: with a reason."""
    worker.take("Ask a practitioner to take over")
    worker.hands.choose("Somebody of another agency was asked")
    worker.hands.write("#reason-asked-elsewhere", "They ask for her by name.")
    worker.hands.choose("Somebody else", "Whom did you ask?")
    worker.hands.pick("#other", whom.name)
    tell_of_need(worker)


def tell_of_need(worker: Person) -> None:
    worker.hands.choose("By telephone", "How did you speak with them?")
    worker.hands.choose("I shared the need, the other agencies and the plan")
    worker.record("Record it")


def accept(lead: Person, family: MadeFamily, *asked: str) -> None:
    """Three pages on a phone: what is asked, what is needed, the answer."""
    answer_call(lead)
    lead.reads(f"The {family.family.name} family would like you to be", *asked)
    lead.hands.press("See wh")
    lead.look()
    lead.hands.press("Answer")
    lead.look()
    lead.hands.choose("Yes, I will")
    lead.write_day("from_date", LAST_DAY)
    lead.send("Send your answer", "Thank you")


def answer_call(lead: Person) -> None:
    """From her work to the page that asks."""
    lead.go_by_frame("My work")
    lead.follow(re.compile("^Answer whether you will take over"), "would like you to be")


def decline(lead: Person) -> None:
    """With the reason, and nothing more."""
    answer_call(lead)
    lead.follow("Answer now", "Your answer")
    lead.hands.choose("I cannot")
    lead.hands.write("#reason", "No room before Easter.")
    lead.send("Send your answer", "Thank you for answering.")


def agree_with_family(worker: Person, family: MadeFamily) -> None:
    """Where no review can agree to it."""
    worker.go_to("Agree with the family to what follows")
    worker.hands.choose("The family agrees to it")
    speak_with_mother(worker, family, "They are glad.")
    worker.record("Record it")


def hold_review(worker: Person, family: MadeFamily, *others: str) -> None:
    """With the mother, and everybody who works with the children."""
    worker.go_to("Discuss and agree it at the child in need review meeting or the review child protection conference")
    worker.hands.choose("Discussed and agreed")
    for name in (worker.name, *others, name_of(family.mother)):
        worker.hands.choose("Came", name)
    worker.hands.choose("The plan was shared with them, and they agree to it")
    worker.record("Record it")


def write_summary(worker: Person) -> None:
    """Reasons, which are known, and three views; the child's could not be obtained."""
    worker.go_to("Write the summary of advice")
    expect(worker.hands.box("#field-reasons")).to_have_value(re.compile("What worried us has stopped."))
    worker.hands.write("#field-practitioners-views", "The school sees them every day.")
    worker.hands.choose("This could not be obtained", "The views, wishes and feelings of the child or young person")
    worker.hands.write("#field-child-views-why-not", "They are away with their father.")
    worker.hands.write("#field-child-views-tried", "Rang twice, and wrote.")
    worker.hands.write("#field-family-views", "We can do this ourselves now.")
    worker.record("The summary is complete")


def pass_papers_on(worker: Person, final_plan: str = "") -> None:
    """The summary, the plan as it stands at the end where there is one, and the assessment go into the pack."""
    worker.go_to("Send the summary of advice, the final plan and the assessment")
    if final_plan:
        worker.hands.write("#final_plan", final_plan)
    worker.send("They are in the pack", "Confirm that you read them")
    worker.hands.choose("I read them, and they hold nothing that this practitioner must not see")
    worker.record("They are in the pack")


def receive_papers(lead: Person, *papers: str) -> None:
    """Read, and acknowledged one by one."""
    lead.take("Say that you have the summary")
    summary = lead.opens_pdf("Summary of advice (PDF)")
    for view in ("The school sees them every day.", "Not obtained. They are away with their father.", "We can do this"):
        assert view in summary
    lead.send("Record it", "Choose one of the answers")
    for paper in papers:
        lead.hands.choose(paper, "Which of them do you have?")
    lead.hands.choose("I have the summary, the final plan and the assessment, and I take over")
    lead.record("Record it")


def write_letters(worker: Person, family: MadeFamily, what: str = "what is happening", who: str = "") -> None:
    """To each carer, and to each agency; each is kept as it was sent."""
    for step, button in (
        (f"Write to the family {what}{who}", "A letter to each parent or carer"),
        (f"Write to each relevant agency {what}", "A letter to each agency"),
    ):
        worker.take(step)
        worker.write_day("ends_date", LAST_DAY)
        worker.send(button, "Confirm that letter, names and addresses are right")
        worker.hands.choose("I read a letter, and names and addresses are right")
        worker.record(button)
    worker.reads(f"for {name_of(family.mother)}", "for Oak Lane School")


def tell_agencies(worker: Person) -> None:
    """Each of those who work with the children, by name."""
    worker.take("Tell every agency involved that universal services meet the need")
    worker.send("Every agency was told", "Choose how they were told")
    name_agencies(worker)
    worker.record("Every agency was told")


def name_agencies(worker: Person) -> None:
    """Which were told, and how."""
    worker.hands.choose("Oak Lane School", "Which agencies were told?")
    worker.hands.choose("By telephone", "How?")


def close(worker: Person, outcome: str) -> None:
    """All children in one act; in that moment somebody else becomes responsible."""
    worker.take("Close to social work")
    worker.record(outcome)
