"""Reads the files of a folder, cell by cell, and tells every cell, header or file that cannot be read.

Files from Excel are understood: a byte order mark, semicolons between cells, British dates. What rows mean to each
other is `checking`.
"""

import csv
import difflib
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from handhold.exchange.columns import Column, Table, Unreadable, empty_value, reader_of
from handhold.exchange.faults import Fault
from handhold.exchange.folder import Folder, Row
from handhold.exchange.tables import TABLES

BYTE_ORDER_16 = (b"\xff\xfe", b"\xfe\xff")
SAVE_AS = "Save it again as CSV UTF-8."
Tell = Callable[[str], None]


def read_folder(path: Path, *, tell: Tell = lambda _file: None) -> tuple[Folder, list[Fault]]:
    """Return the rows of all files of a folder, and every fault of reading them. `tell` hears each file's name."""
    folder, faults = Folder(), list(_find_strangers(path))
    for table in TABLES:
        tell(table.file)
        rows, found = _read_table(path / table.file, table)
        faults += found
        if rows is None:
            folder.unread.add(table.file)
        else:
            folder.rows[table.file] = rows
    return folder, faults


def _find_strangers(path: Path) -> Iterator[Fault]:
    known = [table.file for table in TABLES]
    for file in sorted(path.glob("*.csv")):
        if file.name not in known:
            mend = f"{_meant(file.name, known)}Rename it or move it away; otherwise it would be silently left out."
            yield Fault(file.name, 0, "", "This is none of the files of an import.", mend)


def _meant(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"Is {near[0]} meant? " if near else ""


def _read_table(path: Path, table: Table) -> tuple[list[Row] | None, list[Fault]]:
    if not path.is_file():
        missing = Fault(table.file, 0, "", "The file is missing.", "Add it; with only its header row if it is empty.")
        return (None, [missing]) if table.required else ([], [])
    try:
        text = _decode(path.read_bytes())
    except Unreadable as why:
        return None, [Fault(table.file, 0, "", why.what, why.mend)]
    return _read_rows(text, table)


def _decode(content: bytes) -> str:
    if content.startswith(BYTE_ORDER_16):
        raise Unreadable("The file is in UTF-16 (“Unicode text”).", SAVE_AS)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        likely = content[error.start : error.start + 1].decode("cp1252", errors="replace")
        raise Unreadable(f"The file is not in UTF-8: a letter (perhaps “{likely}”) in line {line}.", SAVE_AS) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable(f"Line {line} holds a character that is no text (a zero byte).", SAVE_AS)
    return text


def _read_rows(text: str, table: Table) -> tuple[list[Row] | None, list[Fault]]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    try:
        header = [name.strip().lower() for name in next(lines, [])]
        number = 1
        faults = list(_find_header_faults(header, table))
        if faults:
            return None, faults
        reader, rows = _RowReader(table, header), []
        for number, cells in enumerate(lines, 2):
            row = reader.read(number, cells)
            if row:
                rows.append(row)
    except csv.Error:
        what = "The quotation marks do not match from here on, or a cell is far too long."
        mend = "Put a text that holds a quotation mark in quotation marks, and double those inside it."
        return None, [Fault(table.file, number + 1, "", what, mend)]
    return rows, reader.faults


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return ";" if header.count(";") > header.count(",") else ","


def _find_header_faults(header: list[str], table: Table) -> Iterator[Fault]:
    if not any(header):
        yield Fault(table.file, 1, "", "The file is empty.", "Its first row must name the columns.")
        return
    known = [column.name for column in table.columns]
    for name in dict.fromkeys(header):
        if name not in known:
            mend = f"{_meant(name, known)}The columns are: {', '.join(known)}."
            yield Fault(table.file, 1, name, "There is no such column.", mend)
        elif header.count(name) > 1:
            yield Fault(table.file, 1, name, "The column is there twice.", "Leave one of them out.")
    for column in table.columns:
        if column.required and column.name not in header:
            yield Fault(table.file, 1, column.name, "The column is missing.", f"Add it: {column.means}")


class _RowReader:
    """Reads the rows of one file; `faults` grows as it goes."""

    def __init__(self, table: Table, header: list[str]) -> None:
        self.file = table.file
        self.width = len(header)
        self.faults: list[Fault] = []
        of_name = {column.name: column for column in table.columns}
        self.columns: list[tuple[Column, Callable[[str], Any], Any]] = [
            (of_name[name], reader_of(of_name[name]), empty_value(of_name[name])) for name in header
        ]
        self.absent = {name: empty_value(column) for name, column in of_name.items() if name not in header}

    def read(self, number: int, cells: list[str]) -> Row | None:
        """Return the row, or None where it is blank."""
        if not any(cell.strip() for cell in cells):
            return None
        if len(cells) != self.width:
            what = f"The row has {len(cells)} cells, the header {self.width}."
            self._tell(number, "", what, "Put a text that holds the separator in quotation marks.")
            return self._name_only(number, cells)
        values, unread = dict(self.absent), []
        for (column, read, empty), raw in zip(self.columns, cells, strict=True):
            cell = raw.strip()
            try:
                values[column.name] = read(cell) if cell else self._read_empty(column, empty)
            except Unreadable as why:
                values[column.name] = None
                unread.append(column.name)
                self._tell(number, column.name, why.what, why.mend)
        return Row(number, values, frozenset(unread))

    def _name_only(self, number: int, cells: list[str]) -> Row:
        """Keep the row's first cell, which mostly names it, so that what refers to it is no fault as well."""
        values: dict[str, Any] = {column.name: None for column, _read, _empty in self.columns}
        values |= self.absent | {self.columns[0][0].name: cells[0].strip()}
        return Row(number, values, frozenset(values))

    @staticmethod
    def _read_empty(column: Column, empty: Any) -> Any:
        if column.required:
            raise Unreadable("The cell is empty.", f"Fill it in: {column.means}")
        return empty

    def _tell(self, number: int, column: str, what: str, mend: str) -> None:
        self.faults.append(Fault(self.file, number, column, what, mend))
