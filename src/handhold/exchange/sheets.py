"""Tables as files that a spreadsheet opens: CSV and Excel. Rows of plain values in, bytes out.

What a person once typed is never a formula in somebody else's spreadsheet: text that would begin one is quoted.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO

from xlsxwriter import Workbook

Value = str | int | date | None
BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
WIDEST = 60
"""Columns are as wide as what stands in them, up to so many signs."""


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A CSV file that Excel opens as UTF-8; dates as 2026-11-24."""
    written = StringIO()
    lines = csv.writer(written)
    lines.writerow(head)
    lines.writerows([_plain(value) for value in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A workbook of one sheet, whose first line stays in sight; dates are dates."""
    kept, table = BytesIO(), [list(row) for row in rows]
    with Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(title[:31])
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, list(head), bold)
        for line, row in enumerate(table, start=1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, column, value, day)
                elif isinstance(value, int):
                    sheet.write_number(line, column, value)
                else:
                    sheet.write_string(line, column, _plain(value))
        for column, words in enumerate(head):
            longest = max([len(words), *(len(_plain(row[column])) for row in table)])
            sheet.set_column(column, column, min(longest + 2, WIDEST))
        sheet.freeze_panes(1, 0)
    return kept.getvalue()


def _plain(value: Value) -> str:
    if value is None:
        return ""
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(BEGIN_FORMULAS) else text
