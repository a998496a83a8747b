"""`handhold examples run`: what it prints, and how it exits."""

from pathlib import Path

from tests.examples.procedures import BEGUN, feature_files
from typer.testing import CliRunner

from handhold.jobs.examples_commands import examples

STEPS = "\n".join(f"    * {line}" for line in BEGUN)


def written(folder: Path, *last: str) -> Path:
    file = folder / "one.feature"
    lines = "\n".join(f"    * {line}" for line in last)
    file.write_text(f"Feature: one\n  Scenario: it is told\n{STEPS}\n{lines}\n", encoding="utf-8")
    return file


def test_a_passing_file_is_listed_and_exits_with_0(tmp_path: Path) -> None:
    file = written(tmp_path, "Samira Khan is responsible for Ada and Bo")
    run = CliRunner().invoke(examples, ["run", "york", str(file)])
    assert f"passed  {file}:2  it is told" in run.output
    assert "1 passed, 0 failed" in run.output
    assert run.exit_code == 0


def test_a_failing_file_says_where_and_why_and_exits_with_1(tmp_path: Path) -> None:
    file = written(tmp_path, "Jo Reid is responsible for Ada")
    run = CliRunner().invoke(examples, ["run", "york", str(file)])
    assert f"FAILED  {file}:{3 + len(BEGUN)}  it is told" in run.output
    assert "Jo Reid is responsible for Ada" in run.output
    assert "Who is responsible for Ada: it is Samira Khan, not Jo Reid." in run.output
    assert run.exit_code == 1


def test_without_files_all_examples_of_the_protocol_are_run() -> None:
    run = CliRunner().invoke(examples, ["run", "york"])
    assert all(str(file) in run.output for file in feature_files("york"))
    assert run.exit_code == 0


def test_a_protocol_that_is_not_there_is_told(tmp_path: Path) -> None:
    run = CliRunner().invoke(examples, ["run", "atlantis", str(written(tmp_path))])
    assert "There is no protocol called atlantis." in run.output
    assert run.exit_code == 1


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    run = CliRunner().invoke(examples, ["run", "york", str(tmp_path / "none.feature")])
    assert "none.feature" in run.output
    assert run.exit_code == 1
