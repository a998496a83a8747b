"""`handhold protocol`: check, explain, draw and schema, as somebody at a terminal or a script calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytest_django import Settings
from typer.testing import CliRunner, Result

from handhold.jobs.protocol_commands import protocol
from tests.protocol.small_protocol import SmallProtocol

PATHWAY = "pathways/step-down.yaml"


@pytest.fixture
def shop(small: SmallProtocol, settings: Settings) -> SmallProtocol:
    """The miniature as the only council's protocol."""
    settings.HANDHOLD_PROTOCOLS = small.root
    return small


def run(*words: str) -> Result:
    return CliRunner().invoke(protocol, words)


def test_a_protocol_whose_clauses_no_example_shows_falls_short_and_names_them(
    shop: SmallProtocol,
) -> None:
    result = run("check", "small")
    assert result.exit_code == 1
    assert "No fault." in result.output
    assert "step-down, 2 children:" in result.output
    assert "Not yet covered (4): S1, S2, S3, S4" in result.output


def test_without_a_name_every_protocol_of_the_folder_is_checked(shop: SmallProtocol) -> None:
    result = run("check", "--siblings", "1", "--json")
    assert [one["id"] for one in json.loads(result.output)["protocols"]] == ["small"]


def test_the_report_as_json_has_its_promised_shape(shop: SmallProtocol) -> None:
    (report,) = json.loads(run("check", "small", "--siblings", "1", "--json").output)["protocols"]
    assert report["id"] == "small"
    assert report["version"] == "2020-01-01"
    assert report["clauses"] == {"total": 4, "cited": 3, "exemplified": 0, "missing": ["S1", "S2", "S3", "S4"]}
    assert report["faults"] == []
    (walked,) = report["explored"]
    assert (walked["pathway"], walked["siblings"]) == ("step-down", 1)
    assert walked["states"] > 10
    assert (walked["violations"], walked["traps"]) == ([], [])
    assert {guard["id"]: guard["caught"] for guard in report["guards"]} == {
        "no-consent": False,  # a gate of the miniature asks for consent too
        "matter-open": True,
        "own-work": True,
        "step-missing": True,
    }


def test_faults_end_with_status_one_and_name_file_line_and_mend(shop: SmallProtocol) -> None:
    shop.replace(PATHWAY, "letter: goodbye\n", "letter: farewell\n")
    result = run("check", "small")
    assert result.exit_code == 1
    line = shop.line_of(PATHWAY, "letter: farewell")
    assert f"small/2020-01-01/{PATHWAY}, line {line}: There is no letter called 'farewell'." in result.output


def test_faults_of_shape_are_listed_the_same_way(shop: SmallProtocol) -> None:
    shop.replace(PATHWAY, "kind: visit", "kind: trip")
    result = run("check", "small", "--json")
    assert result.exit_code == 1
    (fault,) = json.loads(result.output)["protocols"][0]["faults"]
    assert "'trip'" in fault["what"]
    assert fault["line"] == shop.line_of(PATHWAY, "kind: trip")


def test_a_trap_ends_with_status_one_and_shows_the_way_into_it(shop: SmallProtocol) -> None:
    shop.replace(
        PATHWAY,
        "when: {destination: [help]}\n        repeats: true\n        outcomes:\n          none-needed:",
        "when: {destination: [help]}\n        outcomes:\n          none-needed:",
    )
    result = run("check", "small", "--siblings", "1")
    assert result.exit_code == 1
    assert "Trap: from here council staff alone cannot bring every child to an outcome." in result.output
    assert "1. Consider help: A helper" in result.output


@pytest.mark.parametrize("guard", ["matter-open", "own-work", "step-missing"])
def test_a_guard_taken_away_makes_the_check_fail(shop: SmallProtocol, guard: str) -> None:
    result = run("check", "small", "--siblings", "1", "--without", guard)
    assert result.exit_code == 1
    assert "Violation:" in result.output


def test_an_unknown_guard_is_said_so(shop: SmallProtocol) -> None:
    assert run("check", "small", "--without", "nothing").exit_code == 2


def test_a_protocol_that_is_not_there_is_a_fault(shop: SmallProtocol) -> None:
    result = run("check", "nowhere")
    assert result.exit_code == 1
    assert "There is no protocol called nowhere." in result.output


def test_a_pathway_is_explained_in_sentences(shop: SmallProtocol) -> None:
    result = run("explain", "small", "step-down")
    assert result.exit_code == 0
    assert result.output.startswith("# Step down in miniature\n")


def test_an_unknown_pathway_is_answered_with_those_that_there_are(shop: SmallProtocol) -> None:
    result = run("explain", "small", "step-up")
    assert result.exit_code == 2
    assert "step-down" in result.output


def test_explaining_a_protocol_with_faults_says_them(shop: SmallProtocol) -> None:
    shop.replace(PATHWAY, "kind: visit", "kind: trip")
    result = run("explain", "small", "step-down")
    assert result.exit_code == 1
    assert "'trip'" in result.stderr


def test_pictures_and_schemas_are_written_into_a_folder(shop: SmallProtocol, tmp_path: Path) -> None:
    to = tmp_path / "generated"
    assert run("draw", "small", "--to", str(to)).exit_code == 0
    assert run("schema", "--to", str(to)).exit_code == 0
    assert (to / "small" / "step-down.svg").read_text(encoding="utf-8").startswith("<svg")
    assert "(step-down.svg)" in (to / "small" / "step-down.md").read_text(encoding="utf-8")
    assert json.loads((to / "schema" / "pathway.json").read_text(encoding="utf-8"))["title"] == "PathwayFile"
