"""Reading files: what Excel does to them is understood, and what cannot be read is told with its place."""

from pathlib import Path

import pytest

from handhold.exchange.columns import Column, Kind, Unreadable, reader_of
from handhold.exchange.reading import read_folder
from handhold.exchange.tables import PEOPLE, ROTAS, TABLES, TEAMS
from tests.exchange.folders import faults_of, small_rows, write_rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_rows(tmp_path / "folder", small_rows())


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def the_fault(folder: Path, file: str, row: int, column: str) -> str:
    """What is wrong at one place, which must be the only fault, and must say how to mend it."""
    faults = faults_of(folder)
    assert [(fault.file, fault.row, fault.column) for fault in faults] == [(file, row, column)], faults
    assert faults[0].mend
    return f"{faults[0].what} {faults[0].mend}"


def test_a_folder_without_fault_has_none(folder: Path) -> None:
    assert faults_of(folder) == []


def test_a_missing_file_is_told(folder: Path) -> None:
    (folder / "queues.csv").unlink()
    assert "missing" in the_fault(folder, "queues.csv", 0, "")


def test_a_file_that_is_not_needed_may_be_missing(folder: Path) -> None:
    (folder / ROTAS.file).unlink()
    assert faults_of(folder) == []


def test_a_file_that_is_none_of_an_import_is_told_with_the_likely_name(folder: Path) -> None:
    (folder / "peoples.csv").write_text("reference\n", encoding="utf-8")
    assert "people.csv" in the_fault(folder, "peoples.csv", 0, "")


def test_files_with_a_byte_order_mark_and_semicolons_are_read(folder: Path) -> None:
    path = folder / TEAMS.file
    path.write_text("\ufeff" + path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    assert faults_of(folder) == []
    assert [row["code"] for row in read_folder(folder)[0].of(TEAMS)] == ["assessment-2"]


def test_british_dates_mean_the_same_day(folder: Path) -> None:
    before = read_folder(folder)[0].of(PEOPLE)[0]["birth_date"]
    spoil(folder, "people.csv", "2015-09-01", "01/09/2015")
    assert read_folder(folder)[0].of(PEOPLE)[0]["birth_date"] == before


def test_columns_may_stand_in_another_order_and_blank_rows_are_skipped(folder: Path) -> None:
    (folder / TEAMS.file).write_text("name,agency,code\n\nTeam 2,council,assessment-2\n,,\n", encoding="utf-8")
    assert faults_of(folder) == []
    assert [row.number for row in read_folder(folder)[0].of(TEAMS)] == [3]


def test_another_encoding_is_told_with_its_line_and_letter(folder: Path) -> None:
    path = folder / "families.csv"
    path.write_bytes("reference,name\nF1,Okafor\nF2,Müller\n".encode("cp1252"))
    told = the_fault(folder, "families.csv", 0, "")
    assert "line 3" in told
    assert "ü" in told


def test_utf_16_is_told_by_its_name(folder: Path) -> None:
    (folder / "families.csv").write_bytes("reference,name\n".encode("utf-16"))
    assert "UTF-16" in the_fault(folder, "families.csv", 0, "")


def test_a_zero_byte_is_told(folder: Path) -> None:
    (folder / "families.csv").write_bytes(b"reference,name\nF1,Oka\0for\n")
    assert "Line 2" in the_fault(folder, "families.csv", 0, "")


def test_an_empty_file_is_told(folder: Path) -> None:
    (folder / "families.csv").write_bytes(b"")
    assert "empty" in the_fault(folder, "families.csv", 1, "")


def test_an_unknown_column_is_told_with_the_likely_name(folder: Path) -> None:
    spoil(folder, "people.csv", "nhs_number", "nhs_no")
    assert "nhs_number" in the_fault(folder, "people.csv", 1, "nhs_no")


def test_a_missing_column_is_told(folder: Path) -> None:
    (folder / TEAMS.file).write_text("code,name\nassessment-2,Team 2\n", encoding="utf-8")
    assert "missing" in the_fault(folder, "teams.csv", 1, "agency")


def test_a_doubled_column_is_told(folder: Path) -> None:
    (folder / TEAMS.file).write_text("code,agency,name,name\nassessment-2,council,A,B\n", encoding="utf-8")
    assert "twice" in the_fault(folder, "teams.csv", 1, "name")


def test_a_row_with_too_many_cells_is_told_and_what_refers_to_it_is_not(folder: Path) -> None:
    spoil(folder, "families.csv", "F1,Okafor", "F1,Okafor,Hart")
    assert "3 cells" in the_fault(folder, "families.csv", 2, "")


def test_quotation_marks_that_do_not_match_are_told(folder: Path) -> None:
    (folder / "families.csv").write_text('reference,name\nF1,"Okafor\n', encoding="utf-8")
    assert "quotation marks" in the_fault(folder, "families.csv", 2, "")


def test_an_empty_cell_that_is_needed_is_told_with_its_meaning(folder: Path) -> None:
    spoil(folder, "people.csv", ",Ada,Okafor,", ",Ada,,")
    assert "Family name" in the_fault(folder, "people.csv", 2, "family_name")


@pytest.mark.parametrize(
    ("file", "old", "new", "row", "column"),
    [
        ("people.csv", "2015-09-01", "2015-02-29", 2, "birth_date"),
        ("people.csv", "2015-09-01", "1/9/15", 2, "birth_date"),
        ("people.csv", "9990000018", "9990000019", 2, "nhs_number"),
        ("people.csv", "U816400000000", "A816400000000", 2, "upn"),
        ("agencies.csv", ",school,", ",academy,", 3, "kind"),
        ("meetings.csv", "09:30", "25:30", 2, "start_time"),
        ("practitioners.csv", "samira.malik@example.org", "samira.malik", 2, "email"),
        ("practitioners.csv", ",yes,", ",perhaps,", 2, "sign_in"),
        (
            "teams.csv",
            "assessment-2,council,Assessment team 2,assessment",
            "assessment-2,council,A,To assess",
            2,
            "kind",
        ),
        ("assessments.csv", "2026-11-19 09:00", "Thursday", 2, "draft_read_at"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told(folder: Path, file: str, old: str, new: str, row: int, column: str) -> None:
    spoil(folder, file, old, new)
    assert the_fault(folder, file, row, column)


def test_a_text_that_is_too_long_is_told(folder: Path) -> None:
    spoil(folder, "families.csv", "Okafor", "O" * 101)
    assert "101 characters" in the_fault(folder, "families.csv", 2, "name")


def test_all_faults_of_all_files_are_told_at_once(folder: Path) -> None:
    spoil(folder, "people.csv", "2015-09-01", "soon")
    spoil(folder, "agencies.csv", ",school,", ",academy,")
    (folder / "queues.csv").unlink()
    assert {fault.file for fault in faults_of(folder)} == {"people.csv", "agencies.csv", "queues.csv"}


def test_an_instant_is_by_the_clock_on_the_wall_in_summer_and_winter() -> None:
    read = reader_of(Column("at", "When.", Kind.INSTANT))
    assert read("2026-07-01 14:30").isoformat() == "2026-07-01T13:30:00+00:00"
    assert read("2026-12-01 14:30") == read("01/12/2026 14:30:00") == read("2026-12-01T14:30Z")


@pytest.mark.parametrize("cell", ["2026-W47-6", "20261121", "2026-13-01", "0001-01-01", "11/21/2026", "2026-1-1"])
def test_what_only_looks_like_a_date_is_none(cell: str) -> None:
    with pytest.raises(Unreadable):
        reader_of(Column("day", "When.", Kind.DATE))(cell)


def test_every_file_has_a_name_and_every_column_a_meaning() -> None:
    assert len({table.file for table in TABLES}) == len(TABLES)
    assert all(column.means.endswith(".") for table in TABLES for column in table.columns)
    assert all(key in {c.name for c in table.columns if c.required} for table in TABLES for key in table.keys)


def test_a_name_among_several_that_is_too_long_is_told() -> None:
    read = reader_of(Column("other_names", "Names.", Kind.NAMES))
    assert read("Ada Obi; Ada Nwosu ;") == ("Ada Obi", "Ada Nwosu")
    with pytest.raises(Unreadable):
        read(f"Ada Obi; {'N' * 201}")
