"""A council's numbers: proposed with a reason, live after a check and by a second person; transfers keep theirs."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.actions.walking import begin
from tests.records.factories import NOW, MadeCouncil, make_council, make_family, make_practitioner

from handhold.access.transfers import NotHere
from handhold.actions.settings import (
    NotReadyToGoLive,
    ValueRefused,
    approve_revision,
    check_revision,
    find_waiting_revisions,
    propose_value,
)
from handhold.audit.models import AuditEvent
from handhold.casefiles.case import load_case
from handhold.casefiles.moving import live_version_of
from handhold.casefiles.protocols import current_protocol, protocol_of
from handhold.protocol.checking.limits import find_limit_faults
from handhold.protocol.pathways import Protocol
from handhold.protocol.proving import Report
from handhold.protocol.sharing_out import Progress
from handhold.records.models import Practitioner, ProtocolSettings, Run

pytestmark = pytest.mark.django_db
MEETING = "handover"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def other_manager(council: MadeCouncil) -> Practitioner:
    """A second service manager."""
    return make_practitioner(council.agencies["council"], None, role="service-manager")


def without_exploring(protocol: Protocol, siblings: int, progress: Progress | None) -> Report:
    """The part of the check that reads lengths of limits, without the walk through every state that takes a minute."""
    report = Report(protocol.id, protocol.version)
    report.faults = sorted(find_limit_faults(protocol))
    return report


def proposed(council: MadeCouncil, value: int = 7, setting: str = MEETING) -> ProtocolSettings:
    return propose_value(setting, value, "The weekly meeting", by=council.practitioners["service-manager"], now=NOW)


def checked(row: ProtocolSettings) -> ProtocolSettings:
    return check_revision(row, lambda: LATER, prover=without_exploring)


def approved(row: ProtocolSettings, by: Practitioner, now: datetime = LATER) -> ProtocolSettings:
    return approve_revision(row.protocol_folder, row.revision, by=by, now=now)


def length_of(council: MadeCouncil, setting: str = MEETING) -> int:
    return current_protocol(council.authority).file.settings[setting].value


def test_a_proposal_is_not_live(council: MadeCouncil) -> None:
    row = proposed(council)
    assert (row.revision, row.values, row.live_from) == (1, {MEETING: 7}, None)
    assert length_of(council) == 5
    assert find_waiting_revisions() == [row]
    assert AuditEvent.objects.filter(name="settings.proposed").count() == 1


def test_after_the_check_a_second_person_makes_it_live(council: MadeCouncil, other_manager: Practitioner) -> None:
    row = approved(checked(proposed(council)), other_manager)
    assert (row.live_from, row.approved_by, row.faults) == (LATER, other_manager, "")
    assert length_of(council) == 7
    assert AuditEvent.objects.filter(name="settings.made-live").count() == 1


def test_transfers_on_their_way_keep_their_number_and_new_ones_have_the_live_one(
    council: MadeCouncil, other_manager: Practitioner
) -> None:
    before = begin(council, make_family(council, children=1))
    approved(checked(proposed(council)), other_manager)
    after = begin(council, make_family(council, children=1))
    assert [protocol_of(walk.run).file.settings[MEETING].value for walk in (before, after)] == [5, 7]
    assert after.run.settings_revision == 1
    dues = [due_of_handover(walk.to_practitioner_allocated().run, walk.now) for walk in (before, after)]
    assert dues[1] - dues[0] >= timedelta(days=2)


def due_of_handover(run: Run, now: datetime) -> datetime:
    case = load_case(Run.objects.select_related("sender__agency", "receiver__agency", "family").get(pk=run.pk), now)
    return case.observed.deadlines["handover-meeting", None].due_at


def test_the_next_proposal_keeps_what_is_live(council: MadeCouncil, other_manager: Practitioner) -> None:
    approved(checked(proposed(council)), other_manager)
    second = proposed(council, 25, "not-seen")
    assert (second.revision, second.values) == (2, {MEETING: 7, "not-seen": 25})


def test_nobody_approves_their_own_proposal(council: MadeCouncil) -> None:
    row = checked(proposed(council))
    with pytest.raises(NotReadyToGoLive, match="nobody approves their own work"):
        approved(row, council.practitioners["service-manager"])
    assert length_of(council) == 5


def test_nothing_goes_live_before_its_check(council: MadeCouncil, other_manager: Practitioner) -> None:
    with pytest.raises(NotReadyToGoLive, match="waits for its check"):
        approved(proposed(council), other_manager)


def test_numbers_with_which_the_procedure_has_a_fault_do_not_go_live(
    council: MadeCouncil, other_manager: Practitioner
) -> None:
    row = checked(proposed(council, 40, "lead-search"))
    assert "is longer than that of the whole pathway (30 working days)" in row.faults
    with pytest.raises(NotReadyToGoLive, match="found faults"):
        approved(row, other_manager)


def test_the_database_too_lets_nothing_go_live_unchecked_or_by_who_proposed_it(
    council: MadeCouncil, other_manager: Practitioner
) -> None:
    row = proposed(council)
    with pytest.raises(IntegrityError, match="protocol_settings_live_after_check"), transaction.atomic():
        ProtocolSettings.objects.filter(pk=row.pk).update(live_from=LATER, approved_by=other_manager)
    checked(row)
    with pytest.raises(IntegrityError, match="protocol_settings_approved_by_another"), transaction.atomic():
        ProtocolSettings.objects.filter(pk=row.pk).update(live_from=LATER, approved_by=row.proposed_by)
    ProtocolSettings.objects.filter(pk=row.pk).update(live_from=LATER, approved_by=other_manager)


def test_a_proposal_older_than_what_is_live_does_not_go_live(council: MadeCouncil, other_manager: Practitioner) -> None:
    first, second = checked(proposed(council)), checked(proposed(council, 8))
    approved(second, other_manager)
    with pytest.raises(NotReadyToGoLive, match="later revision is live"):
        approved(first, other_manager)
    assert length_of(council) == 8


def test_a_check_is_kept_once(council: MadeCouncil) -> None:
    row = checked(proposed(council))
    assert check_revision(row, lambda: LATER + timedelta(days=1), prover=without_exploring).checked_at == LATER
    assert AuditEvent.objects.filter(name="settings.checked").count() == 1
    assert find_waiting_revisions() == []


@pytest.mark.parametrize(
    ("setting", "value", "says"),
    [
        (MEETING, 0, "Enter 1 or more"),
        (MEETING, 5, "this is the one in use"),
        (MEETING, 9999, "Enter 260 or fewer"),
        ("no-such-number", 5, "no such number"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_what_to_enter(
    council: MadeCouncil, setting: str, value: int, says: str
) -> None:
    with pytest.raises(ValueRefused, match=says):
        proposed(council, value, setting)
    assert not ProtocolSettings.objects.exists()


@pytest.mark.parametrize("role", ["social-worker", "team-manager", "front-door", "lead-practitioner"])
def test_who_does_not_oversee_transfers_finds_nothing_there(council: MadeCouncil, role: str) -> None:
    with pytest.raises(NotHere):
        propose_value(MEETING, 7, "So", by=council.practitioners[role], now=NOW)
    row = checked(proposed(council))
    with pytest.raises(NotHere):
        approved(row, council.practitioners[role])


def test_a_revision_is_never_edited_or_taken_away(council: MadeCouncil) -> None:
    row = proposed(council)
    with pytest.raises(IntegrityError, match="stands as it was written"), transaction.atomic():
        ProtocolSettings.objects.filter(pk=row.pk).update(values={MEETING: 9})
    with pytest.raises(IntegrityError, match="stands as it was written"), transaction.atomic():
        row.delete()


def test_numbers_of_another_version_are_not_those_of_this_one(council: MadeCouncil) -> None:
    ProtocolSettings.objects.create(
        authority=council.authority,
        protocol_folder="york/1999-01-01",
        revision=3,
        values={MEETING: 9},
        checked_at=NOW,
        live_from=NOW,
        approved_by=council.practitioners["service-manager"],
    )
    assert live_version_of(council.authority).revision == 0
    assert length_of(council) == 5
