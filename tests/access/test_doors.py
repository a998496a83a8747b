"""Who may open what, at each stage of a transfer: a table written by hand beside the code's own."""

from collections.abc import Callable

import pytest
from tests.actions.walking import Walk, begin
from tests.records.factories import make_council, make_family

from handhold.access.families import (
    access_child_to_read,
    access_family_to_read,
    families_in_sight,
    sight_of,
)
from handhold.access.papers import access_document_to_read
from handhold.access.transfers import NotHere, access_proposal_to_read, access_transfer_to_read
from handhold.records.models import Document, Practitioner

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "social-worker",
    "team-manager",
    "service-manager",
    "duty-manager",
    "practice-manager",
    "transfer-meeting-chair",
    "early-help-coordinator",
    "front-door",
    "support-practitioner",
    "lead-practitioner",
    "second-lead",
    "stranger",
)
COUNCIL_SIDE = {"social-worker", "team-manager", "service-manager", "duty-manager"}

# The co-ordinator stands behind a partner lead from the moment that they are asked.
WITH_LEAD = COUNCIL_SIDE | {"lead-practitioner", "early-help-coordinator"}
ON_MEETING = COUNCIL_SIDE | {"practice-manager", "transfer-meeting-chair"}

# stage: who opens the whole transfer, the family and its children; who only sees the proposal
STAGES: dict[str, tuple[set[str], set[str]]] = {
    "begun": (COUNCIL_SIDE, set()),
    "lead asked": (COUNCIL_SIDE | {"early-help-coordinator"}, {"lead-practitioner"}),
    "lead declined": (COUNCIL_SIDE, set()),
    "another lead asked": (COUNCIL_SIDE | {"early-help-coordinator"}, {"second-lead"}),
    "lead accepted": (WITH_LEAD, set()),
    "form in the queue": (WITH_LEAD, set()),
    "on the meeting": (ON_MEETING, set()),
    "practitioner allocated": (ON_MEETING | {"support-practitioner"}, set()),
    "closed": (WITH_LEAD, set()),
    # Who was to take on, and handed nobody over to them, has no more to do with the family.
    "stopped while a lead was asked": (COUNCIL_SIDE, set()),
    "stopped after the lead accepted": (COUNCIL_SIDE, set()),
    "stopped after the first child was closed": (WITH_LEAD, set()),
}


WAYS: dict[str, Callable[[Walk], object]] = {
    "begun": lambda walk: walk,
    "lead asked": lambda walk: walk.to_lead_asked(),
    "lead declined": lambda walk: walk.to_lead_asked().do("lead-answer", "declined", by="lead-practitioner"),
    "another lead asked": lambda walk: (
        walk.to_lead_asked().do("lead-answer", "declined", by="lead-practitioner"),
        walk.to_lead_asked(walk.council.second_lead),
    ),
    "lead accepted": lambda walk: walk.to_lead_accepted(),
    "form in the queue": lambda walk: walk.to_lead_accepted().to_ready_for_oversight(),
    "on the meeting": lambda walk: walk.to_family_agreed("targeted").do("support-requested", "requested"),
    "practitioner allocated": lambda walk: walk.to_practitioner_allocated(),
    "closed": lambda walk: walk.to_lead_accepted().to_closed(),
    "stopped while a lead was asked": lambda walk: walk.to_lead_asked().do("transfer-cancelled", "cancelled"),
    "stopped after the lead accepted": lambda walk: walk.to_lead_accepted().do("transfer-cancelled", "cancelled"),
    "stopped after the first child was closed": lambda walk: (
        walk.to_lead_accepted().to_ready_to_close().close(walk.child_refs[0]),
        walk.do("transfer-cancelled", "cancelled"),
    ),
}


def come_to(stage: str) -> Walk:
    """A transfer of two children at this stage."""
    council = make_council()
    walk = begin(council, make_family(council, children=2))
    WAYS[stage](walk)
    return walk


def somebody(walk: Walk, name: str) -> Practitioner:
    """A person of the table."""
    others = {"stranger": walk.council.stranger, "second-lead": walk.council.second_lead}
    return others.get(name) or walk.person(name)


def opens(door: object, *arguments: object, **named: object) -> bool:
    """Whether a door lets somebody in."""
    try:
        door(*arguments, **named)  # type: ignore[operator]
    except NotHere:
        return False
    return True


@pytest.mark.parametrize("stage", STAGES)
def test_the_doors_of_a_transfer(stage: str) -> None:
    walk = come_to(stage)
    whole, proposal = STAGES[stage]
    for name in EVERYBODY:
        by = {"by": somebody(walk, name), "now": walk.now}
        assert opens(access_transfer_to_read, walk.run.ref, **by) == (name in whole), (stage, name)
        assert opens(access_proposal_to_read, walk.run.ref, **by) == (name in whole | proposal), (stage, name)


@pytest.mark.parametrize("stage", STAGES)
def test_the_doors_of_a_family_and_its_children_open_to_who_sees_the_whole_transfer(stage: str) -> None:
    walk = come_to(stage)
    whole, _ = STAGES[stage]
    for name in EVERYBODY:
        by = {"by": somebody(walk, name), "now": walk.now}
        may = name in whole
        assert opens(access_family_to_read, walk.family.family.ref, **by) == may, (stage, name)
        assert opens(access_child_to_read, walk.child_refs[0], **by) == may, (stage, name)
        listed = families_in_sight(sight_of(**by))  # type: ignore[arg-type]
        assert listed.filter(pk=walk.family.family.pk).exists() == may, (stage, name)


def test_who_only_hears_a_request_at_a_meeting_opens_no_paper_of_the_family() -> None:
    walk = come_to("practitioner allocated").to_endings()
    letter = Document.objects.filter(family=walk.family.family).first()
    assert letter is not None
    opening = {
        name: opens(access_document_to_read, letter.ref, by=somebody(walk, name), now=walk.now) for name in EVERYBODY
    }
    assert {name for name, may in opening.items() if may} == COUNCIL_SIDE | {"practice-manager", "support-practitioner"}
    assert not opening["transfer-meeting-chair"]


def test_another_council_sees_nothing() -> None:
    walk = come_to("lead accepted")
    other = make_council(code="elsewhere", protocol="york")
    for role in ("service-manager", "social-worker", "early-help-coordinator"):
        by = {"by": other.practitioners[role], "now": walk.now}
        assert not opens(access_transfer_to_read, walk.run.ref, **by)
        assert not opens(access_family_to_read, walk.family.family.ref, **by)


def test_somebody_who_has_left_sees_nothing() -> None:
    walk = come_to("begun")
    worker = walk.person("social-worker")
    worker.left_date = walk.now.date()
    worker.save()
    assert not opens(access_transfer_to_read, walk.run.ref, by=worker, now=walk.now)


def test_a_reference_that_does_not_exist_is_answered_like_one_out_of_sight() -> None:
    walk = come_to("begun")
    with pytest.raises(NotHere) as missing:
        access_transfer_to_read("ZZZZZZZZ", by=walk.person("social-worker"), now=walk.now)
    with pytest.raises(NotHere) as hidden:
        access_transfer_to_read(walk.run.ref, by=walk.council.stranger, now=walk.now)
    assert (missing.value.args, hidden.value.args) == ((), ())
