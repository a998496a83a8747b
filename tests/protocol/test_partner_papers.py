"""What partners send in, as the procedure says it: read strictly, and every name in it borne by something."""

import shutil
from pathlib import Path

import pytest

from handhold.protocol.checking import find_faults
from handhold.protocol.loading import ProtocolRefused, load_protocol, papers_of
from tests.protocol.small_protocol import PROTOCOLS

PAPERS = "partner-papers.yaml"


@pytest.fixture
def york(tmp_path: Path) -> Path:
    """A copy of a version that has such a file."""
    for name in ("york", "house", "law"):
        shutil.copytree(PROTOCOLS / name, tmp_path / name)
    return max((tmp_path / "york").glob("*/protocol.yaml")).parent


def change(york: Path, old: str, new: str) -> None:
    file = york / PAPERS
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_it_says_who_receives_what_and_by_when(york: Path) -> None:
    papers = papers_of(load_protocol(york))
    assert papers is not None
    assert papers.queue in load_protocol(york).file.queues
    assert set(papers.kinds) == {"early-help-assessment", "team-meeting-record"}


def test_a_council_that_receives_none_has_no_such_file(york: Path) -> None:
    (york / PAPERS).unlink()
    assert papers_of(load_protocol(york)) is None


def test_a_slip_of_shape_refuses_the_protocol_with_file_and_line(york: Path) -> None:
    change(york, "received_by:", "recieved_by:")
    with pytest.raises(ProtocolRefused) as refused:
        load_protocol(york)
    assert {(fault.file.rsplit("/", 1)[-1], fault.line > 0) for fault in refused.value.faults} == {(PAPERS, True)}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("received_by: [supporting-families]", "received_by: [nobody]"),
        ("queue: supporting-families", "queue: nowhere"),
        ("chased_by: [early-help-coordinator]", "chased_by: [nobody]"),
        ("due: partner-assessment", "due: never"),
    ],
)
def test_a_name_that_nothing_bears_is_a_fault(york: Path, old: str, new: str) -> None:
    before = {fault.what for fault in find_faults(load_protocol(york))}
    change(york, old, new)
    found = [fault for fault in find_faults(load_protocol(york)) if fault.what not in before]
    assert any(fault.file.endswith(PAPERS) for fault in found)
