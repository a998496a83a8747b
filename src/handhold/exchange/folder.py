"""What was read from a folder: rows of typed cells, file by file. Says nothing about whether they make sense."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from handhold.exchange.columns import Table


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet counts it, and its cells by column.

    A cell that could not be read, or that is needed and empty, is None, and its column stands in `unread`.
    """

    number: int
    cells: dict[str, Any]
    unread: frozenset[str] = frozenset()

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]

    def key(self, table: Table) -> str:
        """Return what names the row within its file."""
        return "|".join(str(self.cells[column]) for column in table.keys)


@dataclass
class Folder:
    """The rows of each file. `unread` names the files that could not be read at all."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def of(self, table: Table) -> list[Row]:
        """Return the rows of one file; none where there is no such file."""
        return self.rows.get(table.file, [])

    def by_key(self, table: Table) -> dict[str, Row]:
        """Return the rows of one file by what names them; of two with one name, the first."""
        found: dict[str, Row] = {}
        for row in self.of(table):
            found.setdefault(row.key(table), row)
        return found

    def has(self, table: Table) -> bool:
        """Say whether the file's rows are known, so that other files can be checked against it."""
        return table.file in self.rows and table.file not in self.unread

    def __iter__(self) -> Iterator[tuple[str, list[Row]]]:
        return iter(self.rows.items())

    def __len__(self) -> int:
        return sum(len(rows) for rows in self.rows.values())
