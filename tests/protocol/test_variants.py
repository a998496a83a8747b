"""A file for several involvements: one pathway for each, with the steps that stand in it."""

import shutil
from pathlib import Path

import pytest

from handhold.protocol.checking import find_faults
from handhold.protocol.loading import latest_version, load_protocol

PROTOCOLS = Path(__file__).resolve().parent.parent.parent / "protocols"
WRITTEN = "pathways/plan-to-early-help.yaml"
WRITTEN_ID = "plan-to-early-help"


@pytest.fixture
def york_copy(tmp_path: Path) -> Path:
    """The version's folder, to be changed."""
    copied = shutil.copytree(PROTOCOLS, tmp_path / "protocols")
    return latest_version(copied, "york")


def test_one_file_gives_a_pathway_for_each_involvement() -> None:
    protocol = load_protocol(latest_version(PROTOCOLS, "york"))
    of_file = {name: one for name, one in protocol.pathways.items() if one.written}
    origins = {name: one.origin for name, one in of_file.items() if one.written and one.written.id == WRITTEN_ID}
    assert origins == {
        "child-in-need-to-early-help": "child-in-need",
        "child-protection-to-early-help": "child-protection",
    }


def test_a_step_of_one_variant_is_left_out_of_the_other_and_nothing_waits_for_it(york_copy: Path) -> None:
    change(york_copy, "      - id: ending-visit\n", "      - id: ending-visit\n        only_from: [child-protection]\n")
    pathways = load_protocol(york_copy).pathways
    assert "ending-visit" not in pathways["child-in-need-to-early-help"].steps
    assert "ending-visit" not in pathways["child-in-need-to-early-help"].steps["case-closed"].after
    assert "ending-visit" in pathways["child-protection-to-early-help"].steps["case-closed"].after


def test_a_file_that_says_twice_from_where_it_comes_is_at_fault(york_copy: Path) -> None:
    change(york_copy, "begins:\n  who:", "begins:\n  from_involvement: child-in-need\n  who:")
    faults = [fault for fault in find_faults(load_protocol(york_copy)) if fault.file.endswith(WRITTEN)]
    assert ["not clear from which involvement" in fault.what for fault in faults] == [True]


def change(version: Path, old: str, new: str) -> None:
    """Changes one place of the file."""
    path = version / WRITTEN
    text = path.read_text()
    assert text.count(old) == 1, text.count(old)
    path.write_text(text.replace(old, new))
