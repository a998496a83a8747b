"""Moving a transfer to another version: told before, refused where a record has no place, named and kept."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, transaction
from pytest_django import Settings
from tests.actions.walking import Walk, begin
from tests.records.factories import MadeCouncil, make_council, make_family
from typer.testing import CliRunner, Result

from handhold.access.procedures import access_run_to_move
from handhold.access.transfers import NotHere
from handhold.actions.moving import CannotMove, move_run
from handhold.audit.models import AuditEvent
from handhold.casefiles.contents import ConversationContent
from handhold.casefiles.moving import Version, live_version_of, version_of
from handhold.casefiles.protocols import protocol_of
from handhold.jobs.command_line import app
from handhold.protocol.freezing import freeze
from handhold.queries.moving import Preview, preview_move
from handhold.records.models import ProtocolSettings, Run, VersionMove

pytestmark = pytest.mark.django_db
OLD, NEW = "2018-09-01", "2027-01-01"
PATHWAY = "pathways/assessment-to-early-help.yaml"
CONSENT_ASKED = "title: Ask the family for consent to early help"


@pytest.fixture
def protocols(tmp_path: Path, settings: Settings) -> Path:
    """York's procedure in a folder of its own, frozen as it is, with a newer version that says the same."""
    shutil.copytree(django_settings.HANDHOLD_PROTOCOLS, tmp_path / "protocols")
    settings.HANDHOLD_PROTOCOLS = tmp_path / "protocols"
    york = tmp_path / "protocols" / "york"
    freeze(york / OLD)
    shutil.copytree(york / OLD, york / NEW)
    return york


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def walk(protocols: Path, council: MadeCouncil) -> Walk:
    """A transfer under the older version, agreed with the family."""
    return begin(council, make_family(council, children=2)).to_family_agreed("partner-led")


def change(protocols: Path, file: str, old: str, new: str) -> None:
    """Puts `new` for `old`, which must stand just once, into the newer version."""
    path = protocols / NEW / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def newer(revision: int = 0) -> Version:
    return Version(f"york/{NEW}", revision)


def previewed(walk: Walk, to: Version | None = None) -> Preview:
    by = walk.person("service-manager")
    run = access_run_to_move(walk.run.ref, by=by, now=walk.now)
    return preview_move(run, to or newer(), walk.now)


def moved(walk: Walk, to: Version | None = None, role: str = "service-manager") -> VersionMove:
    return move_run(walk.run.ref, to or newer(), "The law says so", by=walk.person(role), now=walk.now)


def test_new_transfers_begin_under_the_frozen_version_until_the_newer_one_is_frozen(
    walk: Walk, protocols: Path, council: MadeCouncil
) -> None:
    assert version_of(walk.run) == Version(f"york/{OLD}", 0)
    freeze(protocols / NEW)
    assert live_version_of(council.authority) == newer()


def test_a_version_that_says_the_same_changes_nothing(walk: Walk) -> None:
    assert (previewed(walk).changes, previewed(walk).obstacles) == ((), ())


def test_it_is_told_that_a_step_is_new_and_one_no_longer_asked(walk: Walk, protocols: Path) -> None:
    path = protocols / NEW / PATHWAY
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("preferred-lead", "lead-they-would-like"), encoding="utf-8")
    before = previewed(walk).changes
    assert any(line.endswith("is new, and would be to do.") for line in before)
    assert any(line.endswith("would no longer be asked. It is to do now.") for line in before)


def test_it_is_told_which_limits_end_otherwise(walk: Walk, protocols: Path) -> None:
    change(protocols, "protocol.yaml", "whole-transfer: {value: 30,", "whole-transfer: {value: 20,")
    (told,) = previewed(walk).changes  # many steps have the limit of the whole
    assert told.startswith("The whole transfer is due ")
    assert " now, and would be due " in told


def test_it_is_told_which_limits_would_have_passed(walk: Walk, protocols: Path) -> None:
    change(protocols, "protocol.yaml", "whole-transfer: {value: 30,", "whole-transfer: {value: 20,")
    walk.now += timedelta(days=31)
    assert any("and would be late already" in line for line in previewed(walk).changes)


def test_it_is_told_how_steps_stand_otherwise(walk: Walk, protocols: Path) -> None:
    wish = "        asks: [wish-recorded]\n"
    change(protocols, PATHWAY, wish, f"        after: [ending-visit]\n{wish}")
    wanted = "“Ask who the family would most like to lead” is to do now, and would be not to start yet."
    assert wanted in previewed(walk).changes


def test_from_then_on_it_is_decided_by_the_other_version(walk: Walk, protocols: Path) -> None:
    change(protocols, PATHWAY, CONSENT_ASKED, "title: Ask the family")
    move = moved(walk)
    walk.run.refresh_from_db()
    protocol = protocol_of(walk.run)
    assert protocol.version == NEW
    assert protocol.pathways[walk.run.pathway].steps["consent"].title == "Ask the family"
    assert (move.from_folder, move.to_folder, move.reason) == (f"york/{OLD}", f"york/{NEW}", "The law says so")
    assert move.decided_by == walk.person("service-manager")
    assert AuditEvent.objects.filter(name="transfer.moved-to-version", subjects__contains=[walk.run.ref]).count() == 1
    walk.do("preferred-lead", "recorded", walk.at(ConversationContent, note="Her", with_person=walk.family.mother))


def test_it_is_refused_where_a_record_has_no_place(walk: Walk, protocols: Path) -> None:
    text = (protocols / NEW / PATHWAY).read_text(encoding="utf-8")
    (protocols / NEW / PATHWAY).write_text(text.replace("assessment-shown", "assessment-told"), encoding="utf-8")
    wanted = "The step “assessment shown” is on record, and this version does not have it."
    assert previewed(walk).obstacles == (wanted,)
    with pytest.raises(CannotMove) as refused:
        moved(walk)
    assert refused.value.reasons == (wanted,)
    walk.run.refresh_from_db()
    assert walk.run.protocol_folder == f"york/{OLD}"
    assert not VersionMove.objects.exists()


def test_it_is_refused_where_an_outcome_is_not_known_there(walk: Walk, protocols: Path) -> None:
    text = (protocols / NEW / PATHWAY).read_text(encoding="utf-8")
    at = text.index("id: assessment-shown")
    changed = text[:at] + text[at:].replace("          shown: ", "          told: ", 1)
    assert changed != text
    (protocols / NEW / PATHWAY).write_text(changed, encoding="utf-8")
    assert any("came out as “shown”" in one for one in previewed(walk).obstacles)


def test_it_is_refused_where_the_queue_in_which_it_waits_is_not_known_there(
    protocols: Path, council: MadeCouncil
) -> None:
    walk = begin(council, make_family(council, children=1)).to_lead_accepted().to_ready_for_oversight()
    for path in (protocols / NEW).rglob("*.yaml"):
        path.write_text(
            path.read_text(encoding="utf-8")
            .replace("partner-led-eha:", "other-queue:")
            .replace("put_in_queue: partner-led-eha", "put_in_queue: other-queue")
            .replace("take_from_queue: partner-led-eha", "take_from_queue: other-queue"),
            encoding="utf-8",
        )
    assert any("It is in the queue" in one for one in previewed(walk).obstacles)


def test_it_is_refused_where_nothing_would_be_moved(walk: Walk) -> None:
    here = Version(f"york/{OLD}", 0)
    assert previewed(walk, here).is_there_already
    with pytest.raises(CannotMove, match="already"):
        moved(walk, here)


def test_it_is_refused_to_numbers_that_were_never_live_and_to_another_councils_procedure(walk: Walk) -> None:
    row = ProtocolSettings.objects.create(authority=walk.council.authority, protocol_folder=f"york/{OLD}", revision=1)
    with pytest.raises(CannotMove, match="never been live"):
        moved(walk, Version(f"york/{OLD}", 1))
    ProtocolSettings.objects.filter(pk=row.pk).update(
        checked_at=walk.now, live_from=walk.now, approved_by=walk.person("duty-manager")
    )
    moved(walk, Version(f"york/{OLD}", 1))
    with pytest.raises(CannotMove, match="another council"):
        moved(walk, Version("leeds/2022-07-28", 0))


def test_a_transfer_whose_files_were_changed_can_be_moved_on(walk: Walk) -> None:
    Run.objects.filter(pk=walk.run.pk).update(protocol_digest="0" * 64)
    preview = previewed(walk)
    assert not preview.is_readable
    assert preview.changes[0].startswith("It cannot be shown under the version that it has now")
    moved(walk)
    walk.run.refresh_from_db()
    assert protocol_of(walk.run).version == NEW


@pytest.mark.parametrize("role", ["social-worker", "team-manager", "front-door", "lead-practitioner"])
def test_who_does_not_oversee_transfers_finds_nothing_there(walk: Walk, role: str) -> None:
    with pytest.raises(NotHere):
        moved(walk, role=role)


def test_a_transfer_that_is_over_stays_as_it_was(walk: Walk) -> None:
    Run.objects.filter(pk=walk.run.pk).update(ended_at=walk.now, ending="completed")
    with pytest.raises(NotHere):
        moved(walk)


def test_a_move_needs_a_reason_and_is_never_edited(walk: Walk) -> None:
    with pytest.raises(IntegrityError, match="version_move_has_reason"), transaction.atomic():
        move_run(walk.run.ref, newer(), "", by=walk.person("service-manager"), now=walk.now)
    move = moved(walk)
    with pytest.raises(IntegrityError, match="what happened is kept"), transaction.atomic():
        VersionMove.objects.filter(pk=move.pk).update(reason="Another")


def test_clauses_of_law_and_house_are_the_current_ones_whatever_the_version(walk: Walk, protocols: Path) -> None:
    law = protocols.parent / "law" / "clauses.yaml"
    text = law.read_text(encoding="utf-8")
    law.write_text(text.replace("section: Children Act 1989, section 17", "section: Children Act 2031, section 17"))
    moved(walk)  # the version was read before by nobody
    walk.run.refresh_from_db()
    assert protocol_of(walk.run).clauses["LAW1"].section == "Children Act 2031, section 17"


@pytest.fixture
def at_the_terminal(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> Walk:
    """The command works on the database of the tests, which it is not to start again."""
    monkeypatch.setattr(django_settings, "DATABASE_IS_EMBEDDED", False)
    return walk


def by_command(walk: Walk, *more: str) -> Result:
    address = walk.person("service-manager").email
    words = ["protocol", "move", "york", "--decided-by", address, "--reason", "The law says so", "--to", NEW, *more]
    return CliRunner().invoke(app, words)


def test_the_command_tells_and_moves_nothing_without_a_yes(at_the_terminal: Walk, protocols: Path) -> None:
    change(protocols, "protocol.yaml", "whole-transfer: {value: 30,", "whole-transfer: {value: 20,")
    told = by_command(at_the_terminal)
    assert told.exit_code == 0, told.output
    assert "1 of 1 would be moved to 2027-01-01; 0 cannot be." in told.output
    assert "and would be due" in told.output
    assert not any(child.given_name in told.output for child in at_the_terminal.family.children)
    assert not VersionMove.objects.exists()


def test_the_command_moves_all_that_are_on_their_way_by_a_named_decision(at_the_terminal: Walk) -> None:
    other = begin(at_the_terminal.council, make_family(at_the_terminal.council, children=1))
    told = by_command(at_the_terminal, "--yes", "--from", OLD)
    assert told.exit_code == 0, told.output
    assert set(VersionMove.objects.values_list("run", "decided_by")) == {
        (walk.run.pk, at_the_terminal.person("service-manager").pk) for walk in (at_the_terminal, other)
    }


def test_the_command_says_which_cannot_be_moved_and_ends_with_1(at_the_terminal: Walk, protocols: Path) -> None:
    path = protocols / NEW / PATHWAY
    path.write_text(path.read_text(encoding="utf-8").replace("assessment-shown", "assessment-told"), encoding="utf-8")
    told = by_command(at_the_terminal, "--yes")
    assert told.exit_code == 1
    assert "It cannot be moved. The step “assessment shown” is on record" in told.output
    assert "0 of 1 moved to 2027-01-01; 1 cannot be." in told.output


def test_the_command_checks_numbers_and_makes_them_live_by_a_second_person(
    at_the_terminal: Walk,
) -> None:
    manager = at_the_terminal.person("service-manager")
    row = ProtocolSettings.objects.create(
        authority=at_the_terminal.council.authority,
        protocol_folder=f"york/{OLD}",
        revision=1,
        values={"handover": 7},
        proposed_by=manager,
        checked_at=at_the_terminal.now,
    )
    words = ["protocol", "settings", "york", "--revision", "1", "--approved-by"]
    own = CliRunner().invoke(app, [*words, manager.email])
    assert (own.exit_code, "nobody approves their own work" in own.output) == (1, True)
    told = CliRunner().invoke(app, [*words, at_the_terminal.person("duty-manager").email])
    row.refresh_from_db()
    assert (told.exit_code, row.live_from is not None) == (0, True)
    assert "It is live: transfers that begin from now on have these numbers." in told.output
