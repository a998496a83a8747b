"""A new protocol passes the check as it stands, says which lines are to be replaced, and writes over nothing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings
from typer.testing import CliRunner, Result

from handhold.jobs.command_line import app
from handhold.protocol.examples.running import read_scenarios, run_scenario
from handhold.protocol.freezing import examples_of
from handhold.protocol.loading import latest_version, load_protocol
from handhold.protocol.proving import prove
from handhold.protocol.scaffolding import MARK, TEMPLATES, NewProtocol, NotScaffolded, marked_lines, write_scaffold
from tests.protocol.small_protocol import PROTOCOLS

NEW = NewProtocol("north-shore", "Step down to early help", "North Shore Council", date(2027, 4, 1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of protocols, with the rules that all councils share."""
    for shared in ("house", "law"):
        shutil.copytree(PROTOCOLS / shared, tmp_path / shared)
    return tmp_path


def run(folder: Path, settings: Settings, *words: str) -> Result:
    settings.HANDHOLD_PROTOCOLS = folder
    return CliRunner().invoke(app, ["protocol", "new", *words])


def test_a_new_protocol_passes_the_check(folder: Path) -> None:
    write_scaffold(folder, NEW)
    report = prove(load_protocol(latest_version(folder, "north-shore")), 1, processes=1)
    assert report.faults == []
    assert [(walked.found.violations, walked.found.traps) for walked in report.explored] == [([], [])]
    assert report.explored[0].found.states > 100
    assert report.coverage.missing == ()
    assert not report.falls_short


def test_its_example_passes(folder: Path) -> None:
    write_scaffold(folder, NEW)
    protocol = load_protocol(latest_version(folder, "north-shore"))
    results = [run_scenario(protocol, one) for file in examples_of(protocol.folder) for one in read_scenarios(file)]
    assert [str(result.failure) for result in results if not result.has_passed] == []
    assert results


def test_what_is_to_be_replaced_says_so_in_every_file_but_the_letters(folder: Path) -> None:
    written = [path for path in write_scaffold(folder, NEW) if path.suffix != ".typ"]
    assert [path.name for path in written if MARK not in path.read_text(encoding="utf-8")] == []
    assert not any("{{" in path.read_text(encoding="utf-8") for path in written)


def test_the_clauses_of_a_council_with_h_are_not_those_of_the_house(folder: Path) -> None:
    write_scaffold(folder, replace(NEW, name="harbour"))
    protocol = load_protocol(latest_version(folder, "harbour"))
    assert protocol.council_clauses == ("HH1",)
    assert protocol.clauses["H1"].section == "Accountability"


def test_nothing_is_written_over_a_folder_that_is_there(folder: Path) -> None:
    (folder / "north-shore").mkdir()
    with pytest.raises(NotScaffolded, match="already, and nothing was written"):
        write_scaffold(folder, NEW)
    assert list((folder / "north-shore").iterdir()) == []


def test_a_folder_without_the_shared_rules_is_told_how_to_become_one_of_protocols(tmp_path: Path) -> None:
    with pytest.raises(NotScaffolded, match="copy the folders house and law there"):
        write_scaffold(tmp_path, NEW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["North Shore", "north_shore", "1st", "", "../north", "north-", "house", "law"])
def test_a_bad_name_is_refused_with_a_sentence(folder: Path, name: str) -> None:
    with pytest.raises(NotScaffolded, match=r"cannot be the name|share") as refused:
        write_scaffold(folder, replace(NEW, name=name))
    assert str(refused.value).endswith(".")
    assert sorted(path.name for path in folder.iterdir()) == ["house", "law"]


@pytest.mark.parametrize("words", ["North: Shore", "North\nShore", "#1", '"Shore"', ""])
def test_a_council_whose_name_would_break_the_files_is_refused(folder: Path, words: str) -> None:
    with pytest.raises(NotScaffolded, match="cannot be the council"):
        write_scaffold(folder, replace(NEW, council=words))


def test_the_command_writes_it_and_says_what_to_do_next(folder: Path, settings: Settings) -> None:
    written = run(folder, settings, "north-shore", "--council", "Shire of St. Ann's", "--in-force", "2027-04-01")
    assert written.exit_code == 0
    assert "handhold protocol check north-shore" in written.output
    assert load_protocol(folder / "north-shore" / "2027-04-01").file.council == "Shire of St. Ann's"
    again = run(folder, settings, "north-shore")
    assert (again.exit_code, "already" in again.output) == (1, True)


def test_the_letters_of_a_new_protocol_are_all_that_transfers_are_printed_on() -> None:
    letters = {path.name for path in (TEMPLATES / "version" / "letters").iterdir()}
    assert {"layout.typ", "family-letter.typ", "transfer-pack.typ", "meeting-record.typ"} <= letters


def test_a_version_in_which_something_is_to_be_replaced_is_not_frozen(folder: Path, settings: Settings) -> None:
    write_scaffold(folder, NEW)
    settings.HANDHOLD_PROTOCOLS = folder
    frozen = CliRunner().invoke(app, ["protocol", "freeze", "north-shore", "2027-04-01"])
    assert frozen.exit_code == 1
    assert "north-shore/clauses.yaml, line" in frozen.stderr
    assert not (folder / "north-shore" / "frozen.yaml").exists()


def test_once_all_is_replaced_no_line_is_named(folder: Path) -> None:
    for path in write_scaffold(folder, NEW):
        path.write_text(path.read_text(encoding="utf-8").replace(MARK, "said"), encoding="utf-8")
    assert marked_lines(folder / "north-shore" / "2027-04-01") == []
