"""Each doubt of a source stands with its reading and its numbers; a doubt that nobody reads is a fault."""

from __future__ import annotations

import pytest
from pytest_django import Settings
from typer.testing import CliRunner

from handhold.jobs.command_line import app
from handhold.protocol.checking import find_faults
from handhold.protocol.doubts import find_doubts
from handhold.protocol.pathways import Protocol
from tests.protocol.small_protocol import VERSION, SmallProtocol

PATHWAY = "pathways/step-down.yaml"
GOODBYE = "means: A visit and a letter come before the closure."


def put_in_doubt(small: SmallProtocol) -> None:
    """S3, which steps cite and one setting, may be read in two ways."""
    clauses = small.root / "small" / "clauses.yaml"
    text = clauses.read_text(encoding="utf-8")
    assert text.count(GOODBYE) == 1
    clauses.write_text(text.replace(GOODBYE, f"{GOODBYE} , doubt: To whom is not said.".replace(" ,", ",")))


def let_no_setting_cite_it(small: SmallProtocol) -> None:
    path = small.root / VERSION / "protocol.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("clauses: [S3]", "clauses: [S2]"), encoding="utf-8")


def test_every_doubt_of_york_that_is_carried_out_has_a_reading_or_a_number(york: Protocol) -> None:
    doubts = find_doubts(york)
    assert {doubt.clause.id for doubt in doubts} == {one.id for one in york.clauses.values() if one.doubt}
    assert [
        doubt.clause.id for doubt in doubts if doubt.is_carried_out and not (doubt.readings or doubt.settings)
    ] == []


def test_a_doubt_stands_with_its_number_as_it_is_set(york: Protocol) -> None:
    (doubt,) = (one for one in find_doubts(york) if one.clause.id == "Y23")
    assert [(one.code, one.length) for one in doubt.settings] == [("handover", "5 working days")]


def test_a_reading_that_holds_in_several_pathways_is_told_once(york: Protocol) -> None:
    (doubt,) = (one for one in find_doubts(york) if one.clause.id == "Y26")
    assert len(doubt.readings) == 1
    assert len(doubt.readings[0].pathways) == 3


def test_a_doubt_that_nobody_reads_is_a_fault_at_its_line(small: SmallProtocol) -> None:
    put_in_doubt(small)
    let_no_setting_cite_it(small)
    (fault,) = find_faults(small.load())
    assert (fault.file, fault.line) == ("small/clauses.yaml", 6)
    assert "S3 leaves a doubt, and no step that carries it out says how it is read." in str(fault)
    assert "Add `reading:` to a step that cites S3" in str(fault)


def test_a_reading_beside_a_step_takes_the_fault_away(small: SmallProtocol) -> None:
    put_in_doubt(small)
    let_no_setting_cite_it(small)
    small.replace(PATHWAY, "letter: goodbye\n", "letter: goodbye\n        reading: To each child.\n")
    loaded = small.load()
    assert find_faults(loaded) == []
    (doubt,) = find_doubts(loaded)
    assert [(one.words, one.pathways) for one in doubt.readings] == [("To each child.", ("Step down in miniature",))]


def test_a_number_that_cites_it_is_a_reading_too(small: SmallProtocol) -> None:
    put_in_doubt(small)
    assert find_faults(small.load()) == []


def test_a_doubt_that_nothing_carries_out_yet_waits_to_be_covered(small: SmallProtocol) -> None:
    clauses = small.root / "small" / "clauses.yaml"
    text = clauses.read_text(encoding="utf-8")
    clauses.write_text(text.replace("Not carried out by anything here.", "Not carried out, doubt: By whom."))
    loaded = small.load()
    assert find_faults(loaded) == []
    assert not find_doubts(loaded)[0].is_carried_out


@pytest.fixture
def shop(small: SmallProtocol, settings: Settings) -> SmallProtocol:
    """The miniature as the only council's protocol."""
    settings.HANDHOLD_PROTOCOLS = small.root
    return small


def test_the_command_lists_clause_doubt_reading_and_number(shop: SmallProtocol) -> None:
    put_in_doubt(shop)
    shop.replace(PATHWAY, "letter: goodbye\n", "letter: goodbye\n        reading: To each child.\n")
    told = CliRunner().invoke(app, ["protocol", "doubts"])
    assert told.exit_code == 0
    assert "1 doubts" not in told.output
    assert "S3  Ending" in told.output
    assert "The source: “social work says goodbye”" in told.output
    assert "The doubt, and what is built: To whom is not said." in told.output
    assert "(Step down in miniature): To each child." in told.output
    assert "Setting: From beginning to end: 30 working days (whole)" in told.output


def test_the_command_names_the_protocols_that_there_are(shop: SmallProtocol) -> None:
    told = CliRunner().invoke(app, ["protocol", "doubts", "smalll"])
    assert told.exit_code == 1
    assert f"There is no protocol called smalll. {shop.root} has: small." in told.output
