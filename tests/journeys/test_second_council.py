"""Step down in the second council, from the family's page to closure: to a multi-agency plan, to universal services."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from tests.journeys.acts import name_of, run_of, speak_with_mother
from tests.journeys.conftest import PHONE, called_apart
from tests.journeys.persons import Inspector, Person
from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_assessment, make_family
from tests.records.second_council import make_second_council, work_with
from tests.web.walked import at

from handhold.records.models import Allocation

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]
LAST_DAY, MEETS = date(2026, 12, 11), date(2026, 12, 14)


@pytest.fixture
def council(transactional_db: None) -> Iterator[MadeCouncil]:
    """The second council at work."""
    with at(NOW):
        yield make_second_council()


def family_with(council: MadeCouncil, kind: str) -> MadeFamily:
    """Two children, with a teacher who works with them and an assessment that is done."""
    made = called_apart(make_family(council, children=2, kind=kind))
    make_assessment(council, made)
    for child in made.children:
        work_with(child, council.practitioners["lead-practitioner"], "Assistant head teacher")
    return made


def begin(worker: Person, family: MadeFamily, pathway: str) -> None:
    """From the family's own page, for all of its children."""
    worker.hands.page.goto("/families")
    worker.follow(f"{family.family.name} family")
    worker.follow(re.compile(pathway), pathway)
    worker.send("Begin the transfer", "The transfer has begun.")


def decide(worker: Person, why: str, reason: str, response: str, chosen: str) -> None:
    """Why social work can end, and what follows."""
    worker.go_to("Say why social work can end")
    worker.hands.choose(why)
    worker.hands.write(f"#reason-{reason}", "What worried us has stopped.")
    worker.record("Record it")
    worker.go_to("Choose what follows")
    worker.hands.choose(response)
    worker.hands.write(f"#reason-{chosen}", "It is what they ask for.")
    worker.record("Record it")


def write_summary(worker: Person) -> None:
    """Reasons and three views; the child's could not be obtained."""
    worker.go_to("Write the summary of advice")
    worker.hands.write("#field-practitioners-views", "The school sees them every day.")
    worker.hands.choose("This could not be obtained", "The views, wishes and feelings of the child or young person")
    worker.hands.write("#field-child-views-why-not", "They are away with their father.")
    worker.hands.write("#field-child-views-tried", "Rang twice, and wrote.")
    worker.hands.write("#field-family-views", "We can do this ourselves now.")
    worker.record("The summary is complete")


def write_letters(worker: Person) -> None:
    """To each carer, and to each agency."""
    for step, button in (
        ("Write to the family what is happening", "A letter to each parent or carer"),
        ("Write to each relevant agency what is happening", "A letter to each agency"),
    ):
        worker.go_to(step)
        worker.write_day("ends_date", LAST_DAY)
        worker.hands.choose("I read a letter, and names and addresses are right")
        worker.record(button)


def consent_and_plan(worker: Person, family: MadeFamily) -> None:
    """The mother's yes, and a plan of two agencies."""
    worker.go_to("Ask the family for consent to what follows")
    worker.hands.choose("Consent given")
    worker.hands.choose("With nobody", "With whom may information be shared?")
    worker.hands.choose(name_of(family.mother), "Whose answer is it?")
    worker.hands.choose("Face to face", "How did they answer?")
    worker.record("Record it")
    worker.go_to("Write the early help plan")
    worker.hands.write("#need-1-text", "Mornings are hard")
    worker.hands.write("#need-1-action-1-what", "Breakfast club")
    worker.hands.write("#need-1-action-1-whom", "The school")
    worker.hands.press("Add another action to need 1")
    worker.hands.write("#need-1-action-2-what", "Sleep clinic")
    worker.hands.write("#need-1-action-2-whom", "Health visiting")
    worker.record("The plan is ready")


def find_lead(worker: Person, teacher: Person, family: MadeFamily) -> None:
    """A teacher who works with the children already; her answer by telephone is written down."""
    worker.go_to("Ask a practitioner to take over")
    worker.hands.choose("Somebody of an agency already involved was asked")
    worker.hands.choose(f"{teacher.name}, Assistant head teacher", "Whom did you ask?")
    worker.hands.choose("By telephone", "How did you speak with them?")
    worker.hands.choose("I shared the need, the other agencies and the plan")
    worker.record("Record it")
    teacher.open(f"/transfers/{run_of(family).ref}/steps/lead-answer")
    worker.open(f"/transfers/{run_of(family).ref}")
    worker.go_to("Answer whether you will take over")
    worker.hands.choose("Yes, I will")
    worker.write_day("agreed-accepted", LAST_DAY)
    worker.record("Record it")


def hold_review(worker: Person, teacher: Person, family: MadeFamily) -> None:
    """With the mother and the teacher."""
    worker.go_to("Discuss and agree it at the child in need review meeting or the review child protection conference")
    worker.hands.choose("Discussed and agreed")
    for name in (worker.name, teacher.name, name_of(family.mother)):
        worker.hands.choose("Came", name)
    worker.hands.choose("The plan was shared with them, and they agree to it")
    worker.record("Record it")


def pass_papers_on(worker: Person, teacher: Person) -> None:
    """Into the pack, and acknowledged one by one on a phone."""
    worker.go_to("Send the summary of advice, the final plan and the assessment")
    worker.hands.write("#final_plan", "Support with mornings, until the school can.")
    worker.hands.choose("I read them, and they hold nothing that this practitioner must not see")
    worker.record("They are in the pack")
    teacher.open("/work")
    teacher.follow(re.compile("^Say that you have the summary"), "Say that you have the summary")
    assert "Not obtained. They are away with their father." in teacher.opens_pdf("Summary of advice (PDF)")
    for paper in ("Summary of advice", "Final social work plan", "Child and family single assessment"):
        teacher.hands.choose(paper, "Which of them do you have?")
    teacher.hands.choose("I have the summary, the final plan and the assessment, and I take over")
    teacher.record("Record it")


def holders() -> set[tuple[int, str]]:
    return set(Allocation.objects.filter(during__upper_inf=True).values_list("practitioner", "involvement__kind"))


def test_a_child_in_need_plan_becomes_a_multi_agency_plan(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = family_with(council, "child-in-need")
    worker = people("social-worker", inspector=inspector)
    teacher = people("lead-practitioner", PHONE, has_touch=True, is_mobile=True, inspector=inspector)
    begin(worker, family, "Step down from a child in need plan")
    decide(
        worker,
        "The needs have been met",
        "needs-met",
        "A multi-agency early help plan, by a team around the child or family with a lead practitioner",
        "multi-agency",
    )
    consent_and_plan(worker, family)
    find_lead(worker, teacher, family)
    hold_review(worker, teacher, family)
    write_summary(worker)
    pass_papers_on(worker, teacher)
    worker.open(f"/transfers/{run_of(family).ref}")
    write_letters(worker)
    assert holders() == {(worker.practitioner.pk, "child-in-need")}, "nothing moves before the closure"
    worker.go_to(f"Close to social work: {family.children[0].given_name}")
    worker.record("Close; the multi-agency early help plan begins")
    assert holders() == {(teacher.practitioner.pk, "early-help")}
    teacher.open(f"/transfers/{run_of(family).ref}")
    teacher.go_to("Set the day of the first meeting of the team around the family")
    teacher.reads("“Assess the family anew first” cannot be chosen")
    teacher.hands.choose("Set")
    teacher.write_day("agreed-set", MEETS)
    teacher.record("Record it")
    assert run_of(family).ending == "completed"


def test_universal_services_only_with_every_agency_told(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = family_with(council, "assessment")
    worker = people("social-worker", PHONE, inspector=inspector)
    begin(worker, family, "Step down from the child and family assessment")
    decide(
        worker,
        "The threshold for social work is not met",
        "threshold-not-met",
        "Universal services only",
        "universal",
    )
    worker.go_to("Agree with the family to what follows")
    worker.hands.choose("The family agrees to it")
    speak_with_mother(worker, family, "They are glad.")
    worker.record("Record it")
    write_summary(worker)
    worker.go_to("Tell every agency involved that universal services meet the need")
    worker.hands.choose("Oak Lane School", "Which agencies were told?")
    worker.hands.choose("By telephone", "How?")
    worker.record("Every agency was told")
    write_letters(worker)
    worker.go_to(f"Close to social work: {family.children[0].given_name}")
    worker.record("Close; universal services only")
    assert holders() == set()
    assert run_of(family).ending == "completed"
