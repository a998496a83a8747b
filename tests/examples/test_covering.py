"""What examples show is what comes of running them: a tag alone shows nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.examples.procedures import BEGUN, PROTOCOLS

from handhold.protocol.examples.covering import coverage_of, gates_of, limits_of, shown_by_examples
from handhold.protocol.loading import load_protocol
from handhold.protocol.pathways import Protocol

SCENE = "\n".join(f"    Given {sentence}" for sentence in BEGUN[:-2])
STARTED = f"""{SCENE}
    When on Tuesday 1 December 2026 at 10:00
    And "Step down from a single assessment" begins
"""


@pytest.fixture
def york(tmp_path: Path) -> Protocol:
    """York with no example but those that a test writes."""
    for name in ("york", "house", "law"):
        shutil.copytree(PROTOCOLS / name, tmp_path / name)
    shutil.rmtree(tmp_path / "york" / "examples")
    (tmp_path / "york" / "examples").mkdir()
    return load_protocol(tmp_path / "york" / "2018-09-01")


def write(york: Protocol, tags: str, *lines: str, name: str = "Tried") -> None:
    text = f"Feature: Tried\n\n  {tags}\n  Scenario: {name}\n{STARTED}" + "".join(f"    {line}\n" for line in lines)
    (york.folder.parent / "examples" / "tried.feature").write_text(text, encoding="utf-8")


def test_a_clause_is_shown_by_an_example_that_does_a_step_of_it(york: Protocol) -> None:
    write(york, "@Y10 @Y23", 'And Samira Khan records "Targeted early help", because "visits at home"')
    shown = shown_by_examples(york)
    assert shown.faults == ()
    assert "Y10" in shown.through
    assert "Y23" not in shown.exemplified, "its tag stands there, and nothing of it is done"
    assert "Y10" not in coverage_of(york, shown).missing
    assert "Y23" in coverage_of(york, shown).missing


def test_an_example_that_fails_is_a_fault_at_its_line_and_shows_nothing(york: Protocol) -> None:
    write(york, "@Y10", 'And Samira Khan records "A thing that nobody knows"', name="Nonsense")
    shown = shown_by_examples(york)
    (fault,) = shown.faults
    assert (fault.file, "“Nonsense” fails" in fault.what) == ("tried.feature", True)
    assert fault.line > len(BEGUN)
    assert shown.exemplified == frozenset()


def test_a_file_that_is_no_gherkin_is_a_fault(york: Protocol) -> None:
    (york.folder.parent / "examples" / "tried.feature").write_text("Nothing of the kind", encoding="utf-8")
    (fault,) = shown_by_examples(york).faults
    assert "cannot be read" in fault.what


def test_a_gate_without_a_refusal_and_a_limit_that_is_never_missed_are_named(york: Protocol) -> None:
    write(york, "@Y10", 'And Samira Khan records "Targeted early help", because "visits at home"')
    found = coverage_of(york, shown_by_examples(york))
    assert "Y26" in found.not_refused
    assert "handover" in found.limits_not_shown
    assert {"Y26", "Y57"} <= gates_of(york)
    assert {"handover", "whole-transfer"} <= limits_of(york)
