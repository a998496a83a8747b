"""Writes the files of a folder, as `reading` reads them: UTF-8, commas, line feeds, every column."""

import csv
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any

from handhold.exchange.columns import LOCAL, SEPARATOR, Table


def write_table(folder: Path, table: Table, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write one file and return how many rows it has. A column that a row does not name stays empty."""
    names = [column.name for column in table.columns]
    written = 0
    with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        for row in rows:
            unknown = row.keys() - set(names)
            if unknown:
                raise KeyError(f"{table.file} has no column {', '.join(sorted(unknown))}")
            writer.writerow([words_of(row.get(name)) for name in names])
            written += 1
    return written


def words_of(value: Any) -> str:
    """Return a cell's text: dates as 2026-11-21, instants by the clock on the wall, yes and no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list | tuple):
        return SEPARATOR.join(str(part) for part in value)
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)
