"""Beginning a transfer, and the messages of its two ends."""

from datetime import timedelta

import pytest
from tests.actions.walking import PATHWAY, begin
from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_assessment, make_council, make_family

from handhold.access.transfers import NotHere
from handhold.actions.transfers import CannotBegin, start_transfer, write_message
from handhold.audit.models import AuditEvent
from handhold.notifications.models import OutboxMessage
from handhold.records.models import Practitioner, Run, StepRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> MadeCouncil:
    """A council at work."""
    return make_council()


@pytest.fixture
def family(council: MadeCouncil) -> MadeFamily:
    """A family of two children under assessment."""
    return make_family(council, children=2)


def start(
    council: MadeCouncil, family: MadeFamily, refs: list[str] | None = None, by: Practitioner | None = None
) -> Run:
    """Begins a transfer of the children named, or of all."""
    chosen = [child.ref for child in family.children] if refs is None else refs
    return start_transfer(family.family.ref, PATHWAY, chosen, by=by or council.practitioners["social-worker"], now=NOW)


def test_it_keeps_the_version_of_the_procedure_that_it_began_under(council: MadeCouncil, family: MadeFamily) -> None:
    run = start(council, family)
    assert run.protocol_folder.startswith("york/")
    assert len(run.protocol_digest) == 64
    assert AuditEvent.objects.filter(name="transfer.started", subjects__contains=[run.ref]).exists()


def test_an_assessment_that_is_complete_counts_as_authorised_when_it_was(
    council: MadeCouncil, family: MadeFamily
) -> None:
    authorised_at = NOW - timedelta(days=2)
    assessment = make_assessment(council, family, authorised_at=authorised_at)
    worker, refs = council.practitioners["social-worker"], [child.ref for child in family.children]
    start_transfer(family.family.ref, PATHWAY, refs, assessment_ref=assessment.ref, by=worker, now=NOW)
    record = StepRecord.objects.get()
    assert (record.step, record.happened_at) == ("assessment-authorised", authorised_at)


def test_some_of_the_children_can_move_while_the_others_stay(council: MadeCouncil, family: MadeFamily) -> None:
    run = start(council, family, [family.children[0].ref])
    assert [row.child for row in run.run_children.all()] == [family.children[0]]


def test_their_manager_can_begin_it_for_the_worker(council: MadeCouncil, family: MadeFamily) -> None:
    run = start(council, family, by=council.practitioners["team-manager"])
    assert run.sender == council.practitioners["social-worker"]


def test_a_stranger_and_a_partner_cannot(council: MadeCouncil, family: MadeFamily) -> None:
    for somebody in (council.stranger, council.practitioners["lead-practitioner"]):
        with pytest.raises(NotHere):
            start(council, family, by=somebody)


def test_a_child_moves_in_one_transfer_at_a_time(council: MadeCouncil, family: MadeFamily) -> None:
    start(council, family, [family.children[0].ref])
    with pytest.raises(CannotBegin, match="already on its way"):
        start(council, family)


def test_it_needs_a_child_of_this_family(council: MadeCouncil, family: MadeFamily) -> None:
    with pytest.raises(CannotBegin, match="at least one child"):
        start(council, family, [])
    with pytest.raises(NotHere):
        start(council, family, [make_family(council).children[0].ref])


def test_a_child_without_that_involvement_cannot_move_by_this_pathway(council: MadeCouncil) -> None:
    other = make_family(council, children=1, kind="child-in-need")
    with pytest.raises(CannotBegin, match="involvement open"):
        start(council, other)


def test_a_message_reaches_the_other_end_without_its_words(council: MadeCouncil, family: MadeFamily) -> None:
    walk = begin(council, family).to_lead_accepted()
    write_message(walk.run.ref, "Could we meet on Tuesday?", by=walk.person("social-worker"), now=walk.now)
    message = OutboxMessage.objects.get(template="message-received")
    assert message.to_address == walk.person("lead-practitioner").email
    assert "Tuesday" not in str(message.context)
    with pytest.raises(NotHere):
        write_message(walk.run.ref, "Hello", by=council.stranger, now=walk.now)
