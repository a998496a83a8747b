"""The guide to writing a protocol has every word of the language as the language has it, and what it shows works."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from handhold.jobs.command_line import app
from handhold.protocol import definition, words_for_authors
from handhold.protocol.definition import Step
from handhold.protocol.papers import Clause
from handhold.protocol.scaffolding import NewProtocol, write_scaffold
from tests.protocol.small_protocol import PROTOCOLS

GUIDE = (Path(__file__).parents[2] / "docs/guide/write-a-protocol.md").read_text(encoding="utf-8")
VOCABULARIES = {
    "Kinds of step": definition.Kind,
    "Words of completeness": definition.Word,
    "Why a gate can be excepted": definition.ExceptionKind,
    "What can be open about a household": definition.Matter,
    "Involvements": definition.InvolvementKind,
    "Relations": definition.Relation,
    "Directions": definition.Direction,
    "How the receiver stands": definition.ReceiverState,
    "How consent stands": definition.ConsentState,
    "What the records can say": definition.Situation,
    "Units": definition.Unit,
}
SHOWN = re.findall(r"```yaml\n(.+?)```", GUIDE, flags=re.DOTALL)


@pytest.mark.parametrize("heading", words_for_authors.tables())
def test_the_guide_has_the_table_as_the_language_has_it(heading: str) -> None:
    table = words_for_authors.tables()[heading]
    assert table in GUIDE, f"Put in what `handhold protocol words` prints under {heading}."


def test_the_guide_has_no_other_table_of_words() -> None:
    written = re.findall(r"^### (.+)$", GUIDE.partition("## Every word")[2], flags=re.MULTILINE)
    assert written == list(words_for_authors.tables())


@pytest.mark.parametrize("heading", VOCABULARIES)
def test_each_word_of_a_closed_vocabulary_stands_in_its_table(heading: str) -> None:
    rows = re.findall(r"^\| `([a-z0-9-]+)` \|", words_for_authors.tables()[heading], flags=re.MULTILINE)
    assert sorted(rows) == sorted(get_args(VOCABULARIES[heading]))


def test_each_key_of_a_step_stands_in_its_table() -> None:
    table = words_for_authors.tables()["Parts of a step"]
    assert [key for key in Step.model_fields if f"| a step | `{key}` |" not in table] == []


def test_the_words_are_printed_by_the_command() -> None:
    printed = CliRunner().invoke(app, ["protocol", "words"])
    assert printed.exit_code == 0
    assert printed.output in GUIDE


def test_the_clause_and_the_step_that_the_guide_shows_can_be_read() -> None:
    yaml = YAML(typ="safe")
    (clause,) = yaml.load(SHOWN[0])["clauses"]
    assert Clause.model_validate(clause).id == "N1"
    (step,) = yaml.load(SHOWN[2])
    assert Step.model_validate(step).kind == "visit"


def test_each_file_that_the_guide_names_is_in_a_new_protocol(tmp_path: Path) -> None:
    for shared in ("house", "law"):
        shutil.copytree(PROTOCOLS / shared, tmp_path / shared)
    write_scaffold(tmp_path, NewProtocol("north-shore", "Step down", "North Shore Council", date(2027, 4, 1)))
    named = re.findall(r"^\| `([^`]+\.\w+|[^`]+/)` \|", GUIDE.partition("## 2.")[0], flags=re.MULTILINE)
    assert len(named) > 5
    missing = [name for name in named if not (tmp_path / "north-shore" / name).exists()]
    assert missing == ["2027-04-01/forms/"]  # the guide says: where you have any
