"""Checks that the rows of a folder agree: names once, references that lead somewhere, dates in order, no overlaps.

What holds for one file's columns stands in the definitions; what only people and services know is in
`checking_services`, `checking_families`, `checking_involvements` and `checking_encounters`. All faults at once, not
only the first.
"""

import difflib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from handhold.exchange.checking_encounters import find_encounter_faults
from handhold.exchange.checking_families import find_family_faults
from handhold.exchange.checking_involvements import find_involvement_faults
from handhold.exchange.checking_services import ProtocolNames, find_service_faults
from handhold.exchange.columns import LOCAL, Column, Kind, Table
from handhold.exchange.faults import Fault
from handhold.exchange.folder import Folder, Row
from handhold.exchange.periods import Days, find_overlaps
from handhold.exchange.tables import TABLE_OF, TABLES

GUESSES = 20  # likenesses are looked for in the first unknown references only: it takes time


def find_faults(folder: Folder, *, now: datetime, names: ProtocolNames | None = None) -> list[Fault]:
    """Return every fault of the folder as a whole. `names` are the protocol's, to check codes against."""
    today = now.astimezone(LOCAL).date()
    faults: list[Fault] = []
    for table in TABLES:
        faults += _Table(folder, table, today, now).find_faults()
    faults += find_service_faults(folder, today=today, names=names)
    faults += find_family_faults(folder, today=today)
    faults += find_involvement_faults(folder, today=today)
    faults += find_encounter_faults(folder)
    return sorted(set(faults))


@dataclass
class _Table:
    """The checks that follow from the definition of one file."""

    folder: Folder
    table: Table
    today: date
    now: datetime

    def find_faults(self) -> Iterator[Fault]:
        rows = self.folder.of(self.table)
        yield from self._find_doubles(rows)
        for column in self.table.columns:
            if column.kind in (Kind.REFERENCE, Kind.REFERENCES):
                yield from self._find_strays(rows, column)
            if column.unique:
                yield from self._find_repeats(rows, column)
            if column.past:
                yield from self._find_future(rows, column)
        yield from self._find_disorder(rows)
        yield from self._find_overlaps(rows)

    def _fault(self, row: Row, column: str, what: str, mend: str) -> Fault:
        return Fault(self.table.file, row.number, column, what, mend)

    def _find_doubles(self, rows: list[Row]) -> Iterator[Fault]:
        first: dict[str, int] = {}
        keys = self.table.keys
        for row in rows:
            if not row.unread.isdisjoint(keys):
                continue
            earlier = first.setdefault(row.key(self.table), row.number)
            if earlier != row.number:
                what = f"Row {earlier} has the same {' and '.join(keys)}."
                yield self._fault(row, keys[0], what, "Leave one of the two out, or give them different ones.")

    def _find_strays(self, rows: list[Row], column: Column) -> Iterator[Fault]:
        aim = TABLE_OF[column.to_file]
        if not self.folder.has(aim):
            return
        known = {row[aim.keys[0]] for row in self.folder.of(aim)}
        guesses = 0
        for row in rows:
            value = row[column.name]
            for reference in value if isinstance(value, tuple) else (value,):
                if reference and reference not in known:
                    guesses += 1
                    meant = (
                        difflib.get_close_matches(reference, [str(k) for k in known], 1) if guesses <= GUESSES else []
                    )
                    mend = f"Is {meant[0]} meant? " if meant else ""
                    what = f"There is no “{reference}” in {aim.file}."
                    yield self._fault(row, column.name, what, f"{mend}Correct it, or add the row there.")

    def _find_repeats(self, rows: list[Row], column: Column) -> Iterator[Fault]:
        first: dict[str, int] = {}
        for row in rows:
            value = row[column.name]
            earlier = first.setdefault(value, row.number) if value else row.number
            if earlier != row.number:
                what = f"Row {earlier} has the same {column.name}."
                yield self._fault(row, column.name, what, "Two rows cannot share it: correct one, or join the two.")

    def _find_future(self, rows: list[Row], column: Column) -> Iterator[Fault]:
        for row in rows:
            value = row[column.name]
            if value and value > (self.now if isinstance(value, datetime) else self.today):
                yield self._fault(row, column.name, "This lies in the future.", "Correct it, or leave the row out.")

    def _find_disorder(self, rows: list[Row]) -> Iterator[Fault]:
        for earlier, later in self.table.orders:
            # Somebody can die on the day of their birth; a period that ends on its first day was none.
            same_day = earlier == "birth_date"
            for row in rows:
                start, end = row[earlier], row[later]
                if start and end and (end < start or (end == start and not same_day)):
                    what = f"{later} ({end}) does not lie after {earlier} ({start})."
                    yield self._fault(row, later, what, "Correct one of the two.")

    def _find_overlaps(self, rows: list[Row]) -> Iterator[Fault]:
        if not self.table.one_at_a_time:
            return
        groups: dict[tuple[str, ...], list[Days]] = defaultdict(list)
        for row in rows:
            same = tuple(row[name] for name in self.table.one_at_a_time)
            if row["from"] and all(same) and "to" not in row.unread and (not row["to"] or row["to"] > row["from"]):
                groups[same].append(Days(row["from"], row["to"], row))
        for periods in groups.values():
            for earlier, later in find_overlaps(periods):
                what = f"The period overlaps that of row {earlier.row.number} ({_span(earlier)})."
                yield self._fault(later.row, "from", what, "End the earlier one on the day on which this one begins.")


def _span(period: Days) -> str:
    return f"{period.start} to {period.to}" if period.to else f"since {period.start}"
