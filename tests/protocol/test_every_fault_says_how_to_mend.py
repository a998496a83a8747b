"""What, where, how to mend: no fault of a protocol leaves its author alone with what is wrong."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from handhold.protocol import checking, loading
from handhold.protocol.checking import find_faults
from handhold.protocol.loading import Fault, ProtocolRefused
from tests.protocol import test_faults_of_a_protocol, test_loading
from tests.protocol.small_protocol import VERSION, SmallProtocol

FILES = [*Path(inspect.getfile(checking)).parent.glob("*.py"), Path(inspect.getfile(loading))]
FILES.append(Path(inspect.getfile(loading)).with_name("freezing.py"))
SLIPS: dict[str, test_loading.Slip | test_faults_of_a_protocol.Slip] = {
    **{f"shape: {name}": slip for name, slip in test_loading.SLIPS.items()},
    **{f"whole: {name}": slip for name, slip in test_faults_of_a_protocol.SLIPS.items()},
}
WRONG_SORTS = {
    "words for a number": ("protocol.yaml", "answer: {value: 3,", "answer: {value: three,", "whole number"),
    "a number for words": ("protocol.yaml", 'number: "999"', "number: 999", "quotes"),
    "no list": ("pathways/step-down.yaml", "who: [receiver]", "who: receiver", "square brackets"),
    "an empty list": ("pathways/step-down.yaml", "who: [receiver]", "who: []", "at least one"),
    "yes for true": ("pathways/step-down.yaml", "early_help: true", "early_help: maybe", "`true` or `false`"),
    "a number too small": ("protocol.yaml", "answer: {value: 3,", "answer: {value: -3,", "larger"),
    "no day": ("protocol.yaml", "in_force: 2020-01-01", "in_force: spring", "`2026-04-01`"),
    "no time of day": ("protocol.yaml", 'office_opens: "08:30"', "office_opens: early", "08:30"),
    "nothing under a key": (
        "protocol.yaml",
        "stand_ins:\n  helper: service-manager\n  social-worker: team-manager",
        "stand_ins: chief",
        "under it",
    ),
    "words for a part": ("pathways/step-down.yaml", "limit: {setting: whole, of: start}", "limit: whole", "under it"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_each_known_fault_says_what_where_and_how_to_mend(small: SmallProtocol, name: str) -> None:
    slip = SLIPS[name]
    if slip.old == "*":
        (small.root / VERSION / slip.file).write_text(slip.new, encoding="utf-8")
    else:
        small.replace(slip.file, slip.old, slip.new)
    faults = faults_of(small)
    assert faults
    assert [fault for fault in faults if not is_whole(fault)] == []


@pytest.mark.parametrize("name", WRONG_SORTS)
def test_a_value_of_the_wrong_sort_is_answered_with_the_right_one(small: SmallProtocol, name: str) -> None:
    file, old, new, mend = WRONG_SORTS[name]
    small.replace(file, old, new)
    assert any(mend in fault.mend for fault in faults_of(small)), faults_of(small)


def test_no_fault_is_written_without_a_mend() -> None:
    calls = [call for file in FILES for call in calls_of_fault(file.read_text(encoding="utf-8"))]
    assert len(calls) > 30
    assert [ast.unparse(call) for call in calls if has_no_mend(call)] == []


def test_one_without_a_mend_would_be_found() -> None:
    (call,) = calls_of_fault('spot.fault("This is wrong.", "")')
    assert has_no_mend(call)
    assert not is_whole(Fault("a.yaml", 1, "This is wrong.", ""))


def calls_of_fault(code: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"fault", "Fault"}:
            yield node


def has_no_mend(call: ast.Call) -> bool:
    last = call.args[-1]
    return isinstance(last, ast.Constant) and not str(last.value).strip()


def is_whole(fault: Fault) -> bool:
    """Whether it names a file and line, says what is wrong, and has a sentence on how to mend it."""
    sentences = (fault.what.strip(), fault.mend.strip())
    return bool(fault.file) and fault.line > 0 and all(len(one) > 8 and one[-1] in ".?" for one in sentences)


def faults_of(small: SmallProtocol) -> list[Fault]:
    try:
        return find_faults(small.load())
    except ProtocolRefused as refused:
        return refused.faults
