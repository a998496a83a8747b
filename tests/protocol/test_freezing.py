"""A version that is live is frozen: its digest is kept, its examples go with it, and no file of it changes unseen."""

from __future__ import annotations

import shutil

import pytest
from pytest_django import Settings
from typer.testing import CliRunner, Result

from handhold.jobs.command_line import app
from handhold.jobs.examples_commands import examples
from handhold.protocol.checking import find_faults
from handhold.protocol.freezing import FROZEN, AlreadyFrozen, examples_of, freeze
from handhold.protocol.going_live import live_version
from handhold.protocol.loading import digest_of, load_protocol
from tests.protocol.small_protocol import VERSION, SmallProtocol

PATHWAY = "pathways/step-down.yaml"
FEATURE = "Feature: a family\n\n  @S1\n  Scenario: there is one\n    * {}\n"
WALKED = """    * Priya Nair is a team manager
    * Jo Reid is a helper
    * a family with the children Ada (9)
    * Ada Lee is responsible for them, under Priya Nair
    * on Tuesday 1 December 2026 at 10:00
    * "Step down in miniature" begins
    * Ada Lee records "A helper"
    * Ada Lee records "Consent given"
    * Ada Lee records "They were asked", choosing Jo Reid
    * Ada Lee records "The visit was made"
"""
HOLDS, DOES_NOT_HOLD = "Ada Lee is a social worker", "Ada Lee dances"


def write_example(small: SmallProtocol, sentence: str) -> None:
    folder = small.root / "small" / "examples"
    folder.mkdir(exist_ok=True)
    (folder / "one.feature").write_text(FEATURE.format(sentence), encoding="utf-8")


def add_newer(small: SmallProtocol) -> None:
    shutil.copytree(small.root / VERSION, small.root / "small" / "2021-01-01")


def test_what_was_frozen_and_is_as_it_was_has_no_fault(small: SmallProtocol) -> None:
    freeze(small.root / VERSION)
    assert find_faults(small.load()) == []


def test_a_frozen_version_that_was_changed_is_a_fault_with_its_folder(small: SmallProtocol) -> None:
    freeze(small.root / VERSION)
    small.replace(PATHWAY, "title: Ask for consent", "title: Ask the family for consent")
    (fault,) = find_faults(small.load())
    assert fault.file == "small/2020-01-01/"
    assert "This version is frozen, and its files have been changed since." in str(fault)
    assert "write what is to change into the folder of a new version" in str(fault)


def test_one_that_is_not_frozen_may_be_changed(small: SmallProtocol) -> None:
    small.replace(PATHWAY, "title: Ask for consent", "title: Ask the family for consent")
    assert find_faults(small.load()) == []


def test_a_frozen_version_is_looked_at_while_a_newer_one_is_checked(small: SmallProtocol) -> None:
    add_newer(small)
    freeze(small.root / VERSION)
    small.replace(PATHWAY, "title: Ask for consent", "title: Ask the family for consent")
    assert [fault.file for fault in find_faults(load_protocol(small.root / "small" / "2021-01-01"))] == [
        "small/2020-01-01/"
    ]


def test_a_frozen_version_that_is_gone_is_a_fault(small: SmallProtocol) -> None:
    add_newer(small)
    freeze(small.root / VERSION)
    shutil.rmtree(small.root / VERSION)
    (fault,) = find_faults(small.load())
    assert "its folder is gone" in fault.what


@pytest.mark.parametrize("written", ["nonsense", "frozen: [2020-01-01]", 'frozen: {"2020-01-01": "abc"}'])
def test_a_list_of_frozen_versions_that_cannot_be_read_is_a_fault(small: SmallProtocol, written: str) -> None:
    (small.root / "small" / FROZEN).write_text(written, encoding="utf-8")
    (fault,) = find_faults(small.load())
    assert fault.file == f"small/{FROZEN}"
    assert "cannot be read" in fault.what


def test_nothing_is_frozen_twice(small: SmallProtocol) -> None:
    freeze(small.root / VERSION)
    with pytest.raises(AlreadyFrozen):
        freeze(small.root / VERSION)


def test_the_examples_of_that_day_are_kept_in_it(small: SmallProtocol) -> None:
    write_example(small, HOLDS)
    digest = freeze(small.root / VERSION)
    assert digest == digest_of(small.root / VERSION)
    write_example(small, DOES_NOT_HOLD)
    assert HOLDS in examples_of(small.root / VERSION)[0].read_text(encoding="utf-8")


def test_new_transfers_begin_under_the_newest_frozen_version(small: SmallProtocol) -> None:
    add_newer(small)
    assert live_version(small.root, "small").name == "2021-01-01"
    freeze(small.root / VERSION)
    assert live_version(small.root, "small").name == "2020-01-01"
    freeze(small.root / "small" / "2021-01-01")
    assert live_version(small.root, "small").name == "2021-01-01"


def test_a_newer_version_with_a_fault_leaves_the_running_one(small: SmallProtocol) -> None:
    add_newer(small)
    broken = small.root / "small" / "2021-01-01" / PATHWAY
    broken.write_text(
        broken.read_text(encoding="utf-8").replace("letter: goodbye\n", "letter: farewell\n"), encoding="utf-8"
    )
    assert live_version(small.root, "small").name == "2020-01-01"


def test_where_every_version_has_a_fault_the_newest_is_the_one_that_is_refused(small: SmallProtocol) -> None:
    small.replace(PATHWAY, "kind: visit", "kind: trip")
    add_newer(small)
    assert live_version(small.root, "small").name == "2021-01-01"


@pytest.fixture
def shop(small: SmallProtocol, settings: Settings) -> SmallProtocol:
    """The miniature as the only council's protocol."""
    settings.HANDHOLD_PROTOCOLS = small.root
    return small


def freeze_by_command(version: str = "2020-01-01") -> Result:
    return CliRunner().invoke(app, ["protocol", "freeze", "small", version])


def cover_every_clause(small: SmallProtocol) -> None:
    """Has an example for each clause of the miniature, and no clause that nothing carries out."""
    clauses = small.root / "small" / "clauses.yaml"
    lines = clauses.read_text(encoding="utf-8").splitlines(keepends=True)
    clauses.write_text("".join(line for line in lines if "id: S4" not in line), encoding="utf-8")
    write_example(small, HOLDS)
    example = small.root / "small" / "examples" / "one.feature"
    walked = example.read_text(encoding="utf-8").replace("@S1", "@S1 @S2 @S3") + WALKED
    example.write_text(walked, encoding="utf-8")


def test_the_command_freezes_what_passes_its_check(shop: SmallProtocol) -> None:
    cover_every_clause(shop)
    told = freeze_by_command()
    assert told.exit_code == 0
    assert digest_of(shop.root / VERSION) in (shop.root / "small" / FROZEN).read_text(encoding="utf-8")
    assert freeze_by_command().exit_code == 1


def test_the_command_freezes_nothing_that_does_not_pass(shop: SmallProtocol) -> None:
    shop.replace(PATHWAY, "letter: goodbye\n", "letter: farewell\n")
    told = freeze_by_command()
    assert told.exit_code == 1
    assert "There is no letter called 'farewell'" in told.output
    assert not (shop.root / "small" / FROZEN).exists()


def test_the_command_freezes_nothing_whose_examples_do_not_pass(shop: SmallProtocol) -> None:
    cover_every_clause(shop)
    example = shop.root / "small" / "examples" / "one.feature"
    right = example.read_text(encoding="utf-8")
    example.write_text(right.replace(HOLDS, DOES_NOT_HOLD), encoding="utf-8")
    told = freeze_by_command()
    assert told.exit_code == 1
    assert "small 2020-01-01 is not frozen" in told.output
    assert "one.feature, line 5: The example “there is one” fails" in told.output
    example.write_text("Feature: x\n  Scenario: y\n    Perhaps something\n", encoding="utf-8")
    assert freeze_by_command().exit_code == 1
    assert not (shop.root / "small" / FROZEN).exists()
    example.write_text(right, encoding="utf-8")
    assert freeze_by_command().exit_code == 0


def test_the_command_says_that_a_version_is_not_there(shop: SmallProtocol) -> None:
    told = freeze_by_command("1999-01-01")
    assert told.exit_code == 1
    assert "The file is missing" in told.output


def test_the_examples_of_every_frozen_version_are_run_by_it(shop: SmallProtocol) -> None:
    write_example(shop, HOLDS)
    freeze(shop.root / VERSION)
    add_newer(shop)
    shutil.rmtree(shop.root / "small" / "2021-01-01" / "examples")
    told = CliRunner().invoke(examples, ["run", "small"])
    assert "2 passed, 0 failed" in told.output
    kept = shop.root / VERSION / "examples" / "one.feature"
    kept.write_text(FEATURE.format(DOES_NOT_HOLD), encoding="utf-8")
    told = CliRunner().invoke(examples, ["run", "small"])
    assert (told.exit_code, "1 passed, 1 failed" in told.output) == (1, True)
