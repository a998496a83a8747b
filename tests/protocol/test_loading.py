"""A protocol is read strictly: every mistake of shape comes back with file, line and how to mend it, all at once."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from handhold.protocol.loading import Fault, ProtocolRefused, digest_of, latest_version, load_protocol
from handhold.protocol.pathways import Protocol
from tests.protocol.small_protocol import PROTOCOLS, VERSION, SmallProtocol

PATHWAY = "pathways/step-down.yaml"


class Slip(NamedTuple):
    """One slip: where, what was there, what was written, what the fault says, and in which line."""

    file: str
    old: str
    new: str
    says: str
    mend: str
    at: str


SLIPS = {
    "an unknown key": Slip(
        PATHWAY,
        "repeats: true\n        outcomes:\n          given",
        "repeat: true\n        outcomes:\n          given",
        "'repeat' is not a word that can stand here",
        "slip of spelling",
        "repeat: true",
    ),
    "a doubled key": Slip(
        PATHWAY,
        "title: Ask for consent\n",
        "title: Ask for consent\n        title: Ask again\n",
        "The same key stands twice",
        "Keep one",
        "title: Ask again",
    ),
    "a missing key": Slip(
        PATHWAY,
        "        title: Visit to say goodbye\n",
        "",
        "'title' is missing",
        "`title: ...`",
        "- id: goodbye-visit",
    ),
    "a word of no vocabulary": Slip(
        PATHWAY,
        "kind: visit",
        "kind: trip",
        "'trip' is not one of the words",
        "'visit'",
        "kind: trip",
    ),
    "a name that is none": Slip(
        PATHWAY,
        "id: goodbye-visit",
        "id: Goodbye Visit",
        "'Goodbye Visit' is not a name",
        "lower case",
        "id: Goodbye Visit",
    ),
    "a text for a number": Slip(
        "protocol.yaml",
        "answer: {value: 3,",
        "answer: {value: three,",
        "a whole number should stand here",
        "",
        "value: three",
    ),
    "an empty list": Slip(PATHWAY, "who: [receiver]", "who: []", "at least 1 item", "", "who: []"),
    "no YAML": Slip(
        PATHWAY, "id: step-down\n", "id: step-down\n  title: [\n", "This is not YAML", "indent", "title: ["
    ),
    "a file without keys": Slip(
        "forms/summary.yaml", "*", "- a\n- b\n", "The file has no keys", "Begin it with", "- a"
    ),
    "a file called otherwise": Slip(
        "forms/summary.yaml",
        "id: summary\n",
        "id: sumary\n",
        "name and its id (sumary) differ",
        "sumary.yaml",
        "id: sumary",
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_the_slip_is_found_in_its_line(small: SmallProtocol, name: str) -> None:
    slip = SLIPS[name]
    if slip.old == "*":
        (small.root / VERSION / slip.file).write_text(slip.new, encoding="utf-8")
    else:
        small.replace(slip.file, slip.old, slip.new)
    faults = faults_of(small)
    found = [fault for fault in faults if slip.says in fault.what]
    assert found, faults
    assert slip.mend in found[0].mend
    near = range(small.line_of(slip.file, slip.at) - 1, small.line_of(slip.file, slip.at) + 3)
    assert found[0].file == f"{VERSION}/{slip.file}"
    assert found[0].line in near


def test_all_faults_of_all_files_come_at_once(small: SmallProtocol) -> None:
    small.replace(PATHWAY, "kind: visit", "kind: trip")
    small.replace(PATHWAY, "kind: letter", "kind: note")
    small.replace("protocol.yaml", "unit: minutes", "unit: seconds")
    faults = faults_of(small)
    assert len(faults) == 3
    assert faults == sorted(faults)
    assert {fault.file.rsplit("/", 1)[-1] for fault in faults} == {"protocol.yaml", "step-down.yaml"}


def test_a_missing_file_is_named(small: SmallProtocol) -> None:
    (small.root / "law" / "clauses.yaml").unlink()
    assert [(fault.file, fault.what) for fault in faults_of(small)] == [("law/clauses.yaml", "The file is missing.")]
    assert "Copy its folder" in faults_of(small)[0].mend


def test_what_a_council_writes_itself_is_not_to_be_copied(small: SmallProtocol) -> None:
    (small.root / "small" / "clauses.yaml").unlink()
    (fault,) = faults_of(small)
    assert (fault.file, "protocol new" in fault.mend) == ("small/clauses.yaml", True)


def test_a_protocol_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ProtocolRefused) as refused:
        latest_version(tmp_path, "nowhere")
    assert "There is no protocol called nowhere." in str(refused.value)
    assert f"{tmp_path} has: none." in str(refused.value)


def test_of_an_unknown_name_those_that_are_there_are_told(small: SmallProtocol) -> None:
    with pytest.raises(ProtocolRefused) as refused:
        latest_version(small.root, "smal")
    assert f"{small.root} has: small." in str(refused.value)
    assert "HANDHOLD_PROTOCOLS" in str(refused.value)


def test_the_newest_version_is_taken(small: SmallProtocol) -> None:
    newer = small.root / "small" / "2021-01-01"
    newer.mkdir()
    (newer / "protocol.yaml").write_text("", encoding="utf-8")
    assert latest_version(small.root, "small") == newer


def test_the_digest_changes_with_any_byte_and_with_any_name(small: SmallProtocol) -> None:
    version = small.root / VERSION
    first = digest_of(version)
    assert digest_of(version) == first
    small.replace(PATHWAY, "kind: visit", "kind: visit ")
    changed = digest_of(version)
    (version / "letters" / "goodbye-child.typ").rename(version / "letters" / "goodbye-young.typ")
    assert len({first, changed, digest_of(version)}) == 3


def test_york_is_read_whole(york: Protocol) -> None:
    assert york.id == "york"
    assert len(york.council_clauses) == 57
    assert {"H1", "LAW1", "Y57"} <= set(york.clauses)
    assert load_protocol(latest_version(PROTOCOLS, "york")).digest == york.digest


def faults_of(small: SmallProtocol) -> list[Fault]:
    with pytest.raises(ProtocolRefused) as refused:
        small.load()
    return refused.value.faults
