"""Tables as files: what is in them comes out again, and nothing in them is a formula."""

import csv
from datetime import date
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from handhold.exchange.sheets import as_csv, as_xlsx

HEAD = ("Family", "Due", "More")
DAY = date(2026, 11, 24)
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def lines_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def cells_of(content: bytes) -> tuple[list[str], list[str]]:
    """The texts of a workbook, and its formulas."""
    book = ZipFile(BytesIO(content))
    texts = ET.fromstring(book.read("xl/sharedStrings.xml"))
    sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
    return [one.text or "" for one in texts.iter(f"{SPACE}t")], [one.text or "" for one in sheet.iter(f"{SPACE}f")]


def test_a_row_comes_out_of_csv_as_it_went_in() -> None:
    content = as_csv(HEAD, [("Çelik, of “York”", DAY, 3), ("Lewis", None, 0)])
    assert lines_of(content) == [list(HEAD), ["Çelik, of “York”", "2026-11-24", "3"], ["Lewis", "", "0"]]
    assert content.startswith(b"\xef\xbb\xbf"), "so that Excel reads it as UTF-8"


@pytest.mark.parametrize("typed", ["=1+1", "+441632", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")'])
def test_nothing_that_was_typed_is_a_formula(typed: str) -> None:
    (_, (cell, *_)) = lines_of(as_csv(HEAD, [(typed, None, 0)]))
    assert cell == f"'{typed}"
    texts, formulas = cells_of(as_xlsx("A list", HEAD, [(typed, None, 0)]))
    assert formulas == []
    assert texts[3].startswith("'")


@pytest.mark.parametrize("typed", ["O'Brien", "a=b", "Anne-Marie", "1 + 1"])
def test_other_words_stay_as_they_are(typed: str) -> None:
    assert lines_of(as_csv(HEAD, [(typed, None, 0)]))[1][0] == typed
    assert cells_of(as_xlsx("A list", HEAD, [(typed, None, 0)]))[0][3] == typed


def test_a_workbook_keeps_dates_and_numbers_as_such() -> None:
    content = as_xlsx("A list with a title that is longer than thirty-one signs", HEAD, [("Lewis", DAY, 7)])
    sheet = ET.fromstring(ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml"))
    numbers = [one.text for cell in sheet.iter(f"{SPACE}c") if cell.get("t") != "s" for one in cell.iter(f"{SPACE}v")]
    assert numbers == [str((DAY - date(1899, 12, 30)).days), "7"]
