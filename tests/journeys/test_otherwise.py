"""What goes otherwise on the way, each as the people themselves: nobody is let go, and everybody finds the way on."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect
from tests.actions.walking import Walk, begin
from tests.journeys import acts
from tests.journeys.conftest import called_apart
from tests.journeys.holding import everything_holds, holders
from tests.journeys.persons import Inspector, Person
from tests.journeys.screens import PHONE
from tests.records.factories import MadeCouncil, make_family, make_practitioner
from tests.web.walked import at

from handhold.records.models import Concern, Run, StepRecord

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]
STEP_DOWN = "Step down from a single assessment"
LEAVES = "Hand the family to the team manager, because the social worker leaves"


@pytest.fixture
def walk(council: MadeCouncil) -> Walk:
    """A transfer of two children that has just begun."""
    return begin(council, called_apart(make_family(council, children=2)))


@contextmanager
def as_the_clock_stands(walk: Walk) -> Iterator[None]:
    """The pages' clock stands where the walk has come to; at the end the promises hold."""
    with at(walk.now):
        yield
        everything_holds()


def test_who_was_asked_declines_and_somebody_else_is_asked(people: People, walk: Walk, inspector: Inspector) -> None:
    walk.to_family_agreed("partner-led")
    with as_the_clock_stands(walk):
        worker = people("social-worker", inspector=inspector)
        teacher = people("lead-practitioner", PHONE, inspector=inspector)
        visitor = people(walk.council.second_lead, PHONE, inspector=inspector)
        worker.find(walk.family.family.name, STEP_DOWN)
        acts.ask_preferred_lead(worker, walk.family)
        acts.ask_to_lead(worker, teacher)
        acts.decline_to_lead(teacher)
        teacher.hands.page.goto(f"/transfers/{walk.run.ref}")
        expect(teacher.page.get_by_role("heading", level=1)).to_have_text("Page not found")
        worker.take("Ask a practitioner to lead")
        worker.reads("Her form teacher; she knows all three.")
        worker.hands.choose(f"{visitor.name}, Health visitor", "Whom did you ask?")
        worker.hands.choose("By telephone", "How did you speak with them?")
        worker.hands.choose("I shared the need, the other agencies and the plan")
        worker.record("They were asked")
        acts.accept_to_lead(visitor, walk.family)
        worker.find(walk.family.family.name, STEP_DOWN)
        worker.reads(visitor.name, "has accepted")
    assert {who for who, _ in holders()} == {worker.practitioner.pk}, "an answer moves nobody"
    answers = StepRecord.objects.filter(step="lead-answer").order_by("pk")
    assert list(answers.values_list("outcome", flat=True)) == ["declined", "accepted"]


def test_a_concern_in_mid_transfer_stops_the_closing_until_it_is_decided(
    people: People, walk: Walk, inspector: Inspector
) -> None:
    walk.to_lead_accepted().to_ready_to_close()
    child = walk.family.children[0]
    with as_the_clock_stands(walk):
        worker = people("social-worker", inspector=inspector)
        worker.find(walk.family.family.name, STEP_DOWN)
        worker.go_to(f"Close to social work: {child.given_name}")

        teacher = people("lead-practitioner", PHONE, inspector=inspector)
        teacher.find(walk.family.family.name)
        teacher.follow(f"{child.given_name} {child.family_name}")
        teacher.hands.main.get_by_role("button", name="Report a safeguarding concern").click()
        teacher.look()
        teacher.hands.press("Send")
        teacher.reads("Not received yet.", "If nobody confirms by")
        teacher.look()

        worker.hands.press("Close; early help begins")
        refusal = worker.page.get_by_role("region", name="This is not recorded")
        worker.reads("has not been decided yet", "What Handhold promises", inside=refusal)
        worker.look()

        duty = people("duty-manager", PHONE, inspector=inspector)
        duty.follow(re.compile(f"^Concern: .*{child.given_name}"), "Safeguarding concern")
        duty.send("I have received this", "It is not decided yet.")
        duty.hands.choose("The support planned is still right")
        duty.hands.write("#reason", "A fall in the yard; seen by the doctor the same day.")
        duty.send("Decide", "The concern is decided.")

        acts.close(worker, walk.family)
    concern = Concern.objects.get()
    assert concern.acknowledged_by == duty.practitioner
    assert holders() == {(teacher.practitioner.pk, "early-help")}


def test_consent_is_withdrawn_and_the_manager_decides_what_follows(
    people: People, walk: Walk, inspector: Inspector
) -> None:
    walk.to_lead_accepted().to_ready_to_close()
    with as_the_clock_stands(walk):
        worker = people("social-worker", PHONE, inspector=inspector)
        worker.find(walk.family.family.name, STEP_DOWN)
        acts.ask_consent(worker, walk.family, "Consent withdrawn", under="Done: agree with the family")
        worker.reads("Not live")
        teacher = people("lead-practitioner", PHONE, inspector=inspector)
        teacher.open(f"/transfers/{walk.run.ref}/pack")  # an address that she kept
        teacher.reads("The family does not agree to this help as things stand now.", worker.name)
        worker.go_to(f"Close to social work: {walk.family.children[0].given_name}")
        worker.reads("Ask the family for consent to early help", "Decide what it means for the child")

        manager = people("team-manager", inspector=inspector)
        manager.follow(re.compile("^Decide what it means for the child"), "Decide what it means")
        manager.hands.choose("Close without early help, and tell the family how to come back")
        manager.hands.write("#reason-end-here", "They know whom to ring, and nothing speaks of harm.")
        manager.record("Record it")

        worker.find(walk.family.family.name, STEP_DOWN)
        worker.reads("to universal services")
        for one in walk.family.children:
            acts.write_letter(worker, one)
        acts.oversee_closure(manager)
        acts.close(worker, walk.family, "Close; universal services only")
    assert holders() == set(), "both ended by name, and nobody else was made responsible"
    assert Run.objects.get().ending == "completed"


def test_the_social_worker_leaves_and_nobody_is_let_go(people: People, walk: Walk, inspector: Inspector) -> None:
    walk.to_lead_accepted().to_ready_to_close()
    council, manager_on_record = walk.council, walk.person("team-manager")
    another = make_practitioner(council.agencies["council"], manager_on_record.team, role="social-worker")
    with as_the_clock_stands(walk):
        manager = people("team-manager", inspector=inspector)
        manager.find(walk.family.family.name, STEP_DOWN)
        manager.go_to(LEAVES, under="If something changes")
        manager.hands.write("#reason-left", "She moves to another council.")
        manager.record("The social worker leaves or is away for long")
        assert holders() == {(manager.practitioner.pk, "assessment")}

        manager.go_to("Allocate a social worker")
        manager.hands.pick("#practitioner-allocated", f"{another.given_name} {another.family_name}")
        manager.record("Allocate")
        assert holders() == {(another.pk, "assessment")}
        acts.close(people(another, inspector=inspector), walk.family)
    assert holders() == {(walk.person("lead-practitioner").pk, "early-help")}


def test_a_transfer_is_stopped_and_the_children_stay_with_their_worker(
    people: People, walk: Walk, inspector: Inspector
) -> None:
    walk.to_lead_asked()
    with as_the_clock_stands(walk):
        worker = people("social-worker", PHONE, inspector=inspector)
        worker.find(walk.family.family.name, STEP_DOWN)
        worker.go_to("Stop this transfer", under="If something changes")
        worker.send("Stop the transfer", "Write the reason")
        worker.hands.write("#reason-cancelled", "The family moves to another town.")
        worker.record("Stop the transfer")
        worker.reads("Ended")
        assert holders() == {(worker.practitioner.pk, "assessment")}
        worker.find(walk.family.family.name)
        worker.reads("Earlier ones", "Step down from a single assessment")
        teacher = people("lead-practitioner", PHONE, inspector=inspector)
        teacher.reads("Nothing waits for you now.")


def test_a_gate_that_cannot_be_met_is_excepted_by_somebody_else(
    people: People, walk: Walk, inspector: Inspector
) -> None:
    walk.do("early-help-considered", "universal")
    with as_the_clock_stands(walk):
        worker = people("social-worker", inspector=inspector)
        worker.find(walk.family.family.name, STEP_DOWN)
        worker.go_to("Make the ending visit")
        worker.follow("ask for an exception", "Ask for an exception")
        worker.hands.choose("The family declined")
        worker.hands.write("#reason", "Asked twice; they would rather not.")
        worker.send("Ask for the exception", "You asked for an exception.")
        manager = people("team-manager", inspector=inspector)
        manager.follow(re.compile("^Decide on an exception"), "Decide on an exception")
        manager.reads("Asked twice; they would rather not.")
        manager.hands.choose("Grant the exception")
        manager.hands.write("#reason", "Their wish is clear.")
        manager.send("Record the decision", "The exception is granted.")
    acts_recorded = StepRecord.objects.filter(step="ending-visit").order_by("pk")
    assert list(acts_recorded.values_list("act", flat=True)) == ["exception-asked", "exception-decided"]
