"""People whose birth date nobody knows: adults may come so, children not."""

from pathlib import Path

from handhold.exchange.tables import PEOPLE
from tests.exchange.folders import faults_after


def test_an_adult_whose_birth_date_nobody_knows_is_no_fault(tmp_path: Path) -> None:
    assert faults_after(tmp_path, lambda rows: rows[PEOPLE][3].update(birth_date=None)) == []


def test_an_adult_without_a_name_is_one(tmp_path: Path) -> None:
    (fault,) = faults_after(tmp_path, lambda rows: rows[PEOPLE][3].update(birth_date=None, given_name=""))
    assert (fault.row, fault.column) == (5, "given_name")


def test_a_child_without_any_date_is_one(tmp_path: Path) -> None:
    (fault,) = faults_after(tmp_path, lambda rows: rows[PEOPLE][2].update(expected_birth_date=None))
    assert (fault.row, fault.column) == (4, "birth_date")
