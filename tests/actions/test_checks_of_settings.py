"""The check of a proposed number: pathway by pathway, interrupted without loss, by one process at a time."""

from dataclasses import replace

import pytest
from django.db import connection
from tests.actions.test_settings import LATER, proposed
from tests.records.factories import MadeCouncil, make_council

from handhold.access.families import sight_of
from handhold.actions import checks_of_settings
from handhold.actions.checks_of_settings import CheckedElsewhere, take_up_check
from handhold.actions.settings import check_revision
from handhold.casefiles.protocols import protocol_at
from handhold.protocol.pathways import Protocol
from handhold.protocol.sharing_out import Walk, walk_one
from handhold.queries.numbers import find_numbers
from handhold.records.models import ProtocolSettings, SettingsCheck

pytestmark = pytest.mark.django_db
FEW = ("advice-from-mash", "step-up-by-a-partner-lead", "referral-of-one-child")


class Interrupted(Exception):
    """As a signal would."""


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def row(council: MadeCouncil) -> ProtocolSettings:
    return proposed(council)


@pytest.fixture
def few(row: ProtocolSettings, monkeypatch: pytest.MonkeyPatch) -> Protocol:
    """The procedure with a few short pathways, and nothing said of those that are left out."""
    monkeypatch.setattr(checks_of_settings, "find_faults", lambda _: [])
    monkeypatch.setattr(checks_of_settings, "find_faults_of_reach", lambda *_: set())
    whole = protocol_at(row.authority_id, row.protocol_folder, row.revision)
    return replace(whole, pathways={name: whole.pathways[name] for name in FEW})


def check(row: ProtocolSettings, protocol: Protocol, walked: list[str] | None = None, dies_at: str = "") -> object:
    def told(pathway: str, children: int, states: int) -> None:
        assert children == 1
        assert states >= 0
        if walked is not None and pathway not in walked:
            walked.append(pathway)
        if pathway == dies_at:
            raise Interrupted

    return take_up_check(row, lambda: LATER)(protocol, 1, told)


def progress_of(council: MadeCouncil) -> str:
    return find_numbers(sight_of(council.practitioners["service-manager"], LATER)).revisions[0].progress


def test_what_an_interrupted_check_has_found_is_not_walked_again(
    council: MadeCouncil, row: ProtocolSettings, few: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked: list[str] = []

    def walk(protocol: Protocol, walk: Walk, progress: object) -> object:
        walked.append(walk.pathway)
        if len(walked) == 2:
            raise Interrupted
        return walk_one(protocol, walk, None)

    monkeypatch.setattr(checks_of_settings, "walk_one", walk)
    assert progress_of(council) == ""
    with pytest.raises(Interrupted):
        check(row, few)
    assert progress_of(council) == "1 of 3 pathways are checked"
    check(row, few)
    assert walked == [FEW[0], FEW[1], FEW[1], FEW[2]]
    assert set(SettingsCheck.objects.get(revision=row).walked) == set(FEW)


def test_a_second_process_leaves_it_to_the_first(row: ProtocolSettings, few: Protocol) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [checks_of_settings.LOCKS_OF_CHECKS, row.pk])
        with pytest.raises(CheckedElsewhere):
            check(row, few)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        other.close()
    check(row, few)


def test_it_finds_what_the_whole_check_finds_and_stands_as_it_did(row: ProtocolSettings, few: Protocol) -> None:
    def prover(_: Protocol, siblings: int, __: object) -> object:
        return take_up_check(row, lambda: LATER)(few, siblings, None)

    checked = check_revision(row, lambda: LATER, prover=prover)  # type: ignore[arg-type]
    assert (checked.checked_at, checked.faults) == (LATER, "")


def test_a_number_that_cannot_be_is_found_before_anything_is_walked(council: MadeCouncil) -> None:
    row = proposed(council, 60, "duty-manager-decides")
    protocol = protocol_at(row.authority_id, row.protocol_folder, row.revision)
    report = take_up_check(row, lambda: LATER)(protocol, 1, None)
    assert report.faults
    assert not SettingsCheck.objects.exists()
