"""Step down from a child in need or child protection plan: from My work, by the review, to closure for each child."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import expect
from tests.actions.test_stepping_down_from_a_plan import to_lead_accepted, to_plan_written
from tests.actions.walking import Walk
from tests.journeys import acts
from tests.journeys.conftest import called_apart
from tests.journeys.holding import everything_holds, everything_is_closed, holders
from tests.journeys.persons import Inspector, Person
from tests.journeys.screens import PHONE
from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_family, since
from tests.web.walked import at

from handhold.actions.transfers import start_transfer
from handhold.records.models import ProfessionalRelationship, Run

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]
ON_A_PHONE: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
IN_NEED, PROTECTION = "Step down from a child in need plan", "Step down from a child protection plan"
REVIEW = "Hold the review meeting or conference"
CLOSE = "Close Case to Children's Social Work Services"


def with_a_plan(council: MadeCouncil, kind: str) -> MadeFamily:
    """Two children with such a plan, and a health visitor around them."""
    made = called_apart(make_family(council, children=2, kind=kind))
    for child in made.children:
        ProfessionalRelationship.objects.create(
            child=child, practitioner=council.second_lead, role="Health visitor", contact="", during=since(NOW)
        )
    return made


def write_plan(worker: Person) -> None:
    """One need, and two agencies that do something about it."""
    worker.go_to("Write the early help plan")
    worker.hands.write("#need-1-text", "Mornings are hard, and school starts late")
    worker.hands.press("Add another action to need 1")
    for number, what, whom in ((1, "Breakfast club", "Oak Lane School"), (2, "Sleep clinic", "Health visiting")):
        worker.hands.write(f"#need-1-action-{number}-what", what)
        worker.hands.write(f"#need-1-action-{number}-measured", "In school by nine, four days of five")
        worker.hands.write(f"#need-1-action-{number}-whom", whom)
        worker.write_day(f"need-1-action-{number}-by", date(2027, 1, 29))
    worker.record("The plan is ready to show to the family")


def agree(worker: Person, family: MadeFamily, pathway: str, destination: str) -> Run:
    """From the worker's own families: begun, considered, planned, consented to."""
    run = acts.begin(worker, family, pathway)
    acts.consider(worker, destination)
    write_plan(worker)
    acts.ask_consent(worker, family)
    return run


def hold_review(worker: Person, family: MadeFamily, outcome: str, taking_over: Person | None = None) -> None:
    """The mother came, and who takes over where they are chosen already; the health visitor could not."""
    worker.take(REVIEW, family.family.name)
    worker.hands.choose(outcome)
    for name in (worker.name, acts.name_of(family.mother), *([taking_over.name] if taking_over else [])):
        worker.hands.choose("Came", name)
    worker.hands.choose("Did not come", acts.name_of(family.father))
    worker.hands.choose("The plan was shared with them, and they agree to it")
    worker.hands.choose("They confirm their consent to the early help")
    worker.send("Record it", "whether they came")
    visitor = worker.page.get_by_role("group", name=re.compile("Health visitor")).first
    expect(visitor).to_contain_text("does not say of everybody")
    worker.hands.choose("Sent apologies", inside=visitor)
    worker.record("Record it")


def prepare_endings(worker: Person, family: MadeFamily, queue: str) -> None:
    """Goodbye, the next action that makes a closure record, the form, the lead on record, the queue."""
    acts.say_goodbye(worker, family)
    worker.go_to(f"Add the next action '{CLOSE}': {family.children[0].given_name}")
    worker.reads("“Signpost to Children's Advice Team” cannot be chosen", f"Choose '{CLOSE}' instead")
    worker.record(CLOSE)
    acts.put_lead_on_record(worker, family)
    worker.go_to("Check section 2 of the early help recording form")
    worker.hands.write("#field-summary", "A year of visits; home is safe now.")
    worker.record("Section 2 is complete")
    worker.go_to(f"Assign the form to '{queue}'")
    worker.record("Assign")


def oversee_and_close(worker: Person, manager: Person, family: MadeFamily, outcome: str) -> None:
    """The worker begins the closure, the manager looks at it, and the worker closes both children."""
    acts.begin_closure(worker)
    acts.oversee_closure(manager)
    acts.close(worker, family, outcome)


def test_a_child_in_need_plan_ends_with_a_teacher_who_leads_until_early_help_is_done(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = with_a_plan(council, "child-in-need")
    worker, manager = people("social-worker", inspector=inspector), people("team-manager", inspector=inspector)
    teacher = people("lead-practitioner", **ON_A_PHONE, inspector=inspector)
    agree(worker, family, IN_NEED, "partner-led")
    acts.ask_preferred_lead(worker, family)
    acts.ask_to_lead(worker, teacher, "Ask a practitioner to lead, with the family, before the meeting")
    acts.accept_to_lead(teacher, family)
    hold_review(worker, family, "Held with the lead there; plan and consent are confirmed", teacher)
    prepare_endings(worker, family, "Partner-led EH")
    assert holders() == {(worker.practitioner.pk, "child-in-need")}, "nothing moves before the closure"
    oversee_and_close(worker, manager, family, "Close; early help begins")
    assert holders() == {(teacher.practitioner.pk, "early-help")}
    coordinator = people("early-help-coordinator", inspector=inspector)
    coordinator.take("Take the form up from 'Partner-led EH'")
    coordinator.record("Taken up")
    lead_to_the_end(teacher, people("supporting-families", inspector=inspector), family)
    assert holders() == set(), "universal services only"
    everything_is_closed(family)


def lead_to_the_end(teacher: Person, team: Person, family: MadeFamily) -> None:
    """From her phone: the assessment, the first meeting, and the end; the team registers what she sends."""
    teacher.take("Send in the early help assessment")
    teacher.record("Send it to the supporting families team")
    team.take("Register the early help assessment")
    team.hands.choose("Registered")
    team.record("Record it")
    teacher.take("Hold the first team around the child and family meeting")
    for name in (teacher.name, acts.name_of(family.mother)):
        teacher.hands.choose("Came", name)
    teacher.record("The meeting was held; this is its record")
    team.take("Register the record of a team meeting")
    team.record("Registered")
    teacher.take("Say why early help ends")
    teacher.hands.choose("The needs of the plan are met")
    teacher.hands.write("#reason-needs-met", "Both are in school by nine, and glad.")
    teacher.record("Record it")
    teacher.take("Tell the family that early help ends, and how to come back")
    acts.speak_with_mother(teacher, family, "They know whom to ring.")
    teacher.record("The family knows")
    teacher.take("Close early help")
    teacher.record("Close; universal services only")


def test_a_child_protection_plan_ends_at_its_conference_and_targeted_help_is_handed_over_at_a_visit(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    family = with_a_plan(council, "child-protection")
    worker, manager = people("social-worker", inspector=inspector), people("team-manager", inspector=inspector)
    practitioner, practice = people("support-practitioner"), people("practice-manager", inspector=inspector)
    agree(worker, family, PROTECTION, "targeted")
    acts.ask_meeting(worker)
    hold_review(worker, family, "Held; plan and consent are confirmed, the handover visit follows")
    acts.allocate_at_meeting(practice, family, practitioner)
    worker.take("Make the handover visit together")
    for name in (worker.name, practitioner.name, acts.name_of(family.mother)):
        worker.hands.choose("Came", name)
    worker.record("The visit was made")
    acts.tell_team(worker, council.second_lead)
    prepare_endings(worker, family, "advice team duty worker")
    acts.confirm(practice, family)
    worker.find(family.family.name, PROTECTION)
    oversee_and_close(worker, manager, family, "Close; early help begins")
    assert holders() == {(practitioner.practitioner.pk, "early-help")}
    everything_is_closed(family)
    practitioner.find(family.family.name, PROTECTION)
    practitioner.reads("Ended", f"{practitioner.name} is responsible")


def under_way(council: MadeCouncil, kind: str) -> Walk:
    """A step down from such a plan that has begun; its first steps are walked in the browser above."""
    family = with_a_plan(council, kind)
    refs, worker = [child.ref for child in family.children], council.practitioners["social-worker"]
    run = start_transfer(family.family.ref, f"{kind}-to-early-help", refs, by=worker, now=NOW)
    return Walk(council, family, run, now=NOW + timedelta(minutes=1), child_refs=refs)


@pytest.mark.parametrize(
    ("kind", "destination", "written", "closes", "held"),
    [
        ("child-protection", "partner-led", "written", "Close; early help begins", "early-help"),
        ("child-in-need", "single-service", "written-for-one-service", "Close; one service helps", "single-agency"),
    ],
)
def test_the_lead_who_came_to_the_review_takes_over_at_the_closure(
    people: People, council: MadeCouncil, kind: str, destination: str, written: str, closes: str, held: str
) -> None:
    with transaction.atomic():
        walk = to_lead_accepted(under_way(council, kind), destination, written)
    with at(walk.now):
        worker, manager = people("social-worker"), people("team-manager")
        teacher = people("lead-practitioner", **ON_A_PHONE)
        hold_review(worker, walk.family, "Held with the lead there; plan and consent are confirmed", teacher)
        prepare_endings(worker, walk.family, "Partner-led EH")
        oversee_and_close(worker, manager, walk.family, closes)
        assert holders() == {(teacher.practitioner.pk, held)}
        everything_holds()
        teacher.find(walk.family.family.name)
        teacher.reads(teacher.name)


def test_a_practitioner_who_came_to_the_review_needs_no_visit_to_take_over(
    people: People, council: MadeCouncil
) -> None:
    with transaction.atomic():
        walk = to_plan_written(under_way(council, "child-in-need"), "targeted")
        walk.do("support-requested", "requested")
    family = walk.family
    with at(walk.now):
        worker, manager = people("social-worker"), people("team-manager")
        practitioner, practice = people("support-practitioner"), people("practice-manager")
        acts.allocate_at_meeting(practice, family, practitioner)
        held = "Held with the support practitioner there, who took over the plan with the family"
        hold_review(worker, family, held, practitioner)
        expect(worker.hands.main).not_to_contain_text("Make the handover visit together")
        acts.tell_team(worker, council.second_lead)
        prepare_endings(worker, family, "advice team duty worker")
        acts.confirm(practice, family)
        worker.find(family.family.name, IN_NEED)
        oversee_and_close(worker, manager, family, "Close; early help begins")
        assert holders() == {(practitioner.practitioner.pk, "early-help")}
        everything_is_closed(family)
