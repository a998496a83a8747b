"""Who may open what, at each stage of a transfer: a table written by hand beside the code's own."""

import pytest
from tests.actions.walking import Walk, begin
from tests.records.factories import make_council, make_family

from handhold.access.families import access_child_to_read, access_family_to_read, families_in_sight, sight_of
from handhold.access.transfers import NotHere, access_proposal_to_read, access_transfer_to_read
from handhold.records.models import Practitioner

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
}


def come_to(stage: str) -> Walk:
    """A transfer of two children at this stage."""
    council = make_council()
    walk = begin(council, make_family(council, children=2))
    match stage:
        case "lead asked":
            walk.to_lead_asked()
        case "lead declined":
            walk.to_lead_asked().do("lead-answer", "declined", by="lead-practitioner")
        case "another lead asked":
            walk.to_lead_asked().do("lead-answer", "declined", by="lead-practitioner")
            walk.to_lead_asked(council.second_lead)
        case "lead accepted":
            walk.to_lead_accepted()
        case "form in the queue":
            walk.to_lead_accepted().to_ready_for_oversight()
        case "on the meeting":
            walk.to_family_agreed("targeted").do("support-requested", "requested")
        case "practitioner allocated":
            walk.to_practitioner_allocated()
        case "closed":
            walk.to_lead_accepted().to_closed()
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
