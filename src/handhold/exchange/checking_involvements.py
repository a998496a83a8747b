"""Nobody is let go by an import: each open involvement has its responsible person, each open child one main contact."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from handhold.exchange.checking_families import find_children
from handhold.exchange.faults import Fault
from handhold.exchange.folder import Folder, Row
from handhold.exchange.periods import Days, find_gap, find_overlaps
from handhold.exchange.tables_of_families import FAMILY_MEMBERS, INVOLVEMENTS, PEOPLE
from handhold.exchange.tables_of_services import PRACTITIONERS


def find_involvement_faults(folder: Folder, *, today: date) -> Iterator[Fault]:
    """Find every fault of the involvements."""
    practitioners, people = folder.by_key(PRACTITIONERS), folder.by_key(PEOPLE)
    children = set().union(*find_children(folder).values())
    for row in folder.of(INVOLVEMENTS):
        yield from _find_row_faults(row)
        yield from _find_responsible_faults(row, practitioners, today)
        yield from _find_child_faults(row, people.get(row["child"]))
        if folder.has(FAMILY_MEMBERS) and row["child"] in people and row["child"] not in children:
            what = f"{row['child']} is a child of no family."
            yield _fault(row, "child", what, f"Correct it, or see {FAMILY_MEMBERS.file}.")
    yield from _find_main_contact_faults(folder)


def _find_row_faults(row: Row) -> Iterator[Fault]:
    if row.unread.isdisjoint(("to", "closing_reason")):
        if row["to"] and not row["closing_reason"]:
            yield _fault(row, "closing_reason", "It ended, and nobody says why.", "Fill in a code.")
        if row["closing_reason"] and not row["to"]:
            yield _fault(
                row, "to", "There is a reason for its end, but no end.", "Fill in to, or empty closing_reason."
            )
    if row["main_contact"] is False and (row["main_contact_from"] or row["main_contact_to"]):
        mend = "Write yes under main_contact, or empty the dates."
        yield _fault(row, "main_contact", "There are dates of a main contact who is none.", mend)
    within = main_contact_of(row)
    if within and row["from"] and (within.start < row["from"] or within.end > (row["to"] or date.max)):
        what = "They are the main contact outside the time of the involvement."
        yield _fault(row, "main_contact_from", what, "Keep main_contact_from and main_contact_to within from and to.")


def _find_responsible_faults(row: Row, practitioners: Mapping[str, Row], today: date) -> Iterator[Fault]:
    responsible = practitioners.get(row["responsible"])
    if responsible and not row["to"] and responsible["left_date"] and responsible["left_date"] <= today:
        what = f"{row['responsible']} left on {responsible['left_date']} and is still responsible."
        yield _fault(row, "responsible", what, "Name who is responsible now, or end the involvement.")


def _find_child_faults(row: Row, child: Row | None) -> Iterator[Fault]:
    if child and child["died_date"] and not row["to"] and "to" not in row.unread:
        what = f"{row['child']} died on {child['died_date']}, and the involvement is open."
        yield _fault(row, "to", what, "End it, with the reason.")


def _find_main_contact_faults(folder: Folder) -> Iterator[Fault]:
    involved: dict[str, list[Days]] = defaultdict(list)
    contacts: dict[str, list[Days]] = defaultdict(list)
    unclear = set()
    for row in folder.of(INVOLVEMENTS):
        if row["from"] is None or not row.unread.isdisjoint(("to", "main_contact", *CONTACT_DATES)):
            unclear.add(row["child"])
            continue
        involved[row["child"]].append(Days(row["from"], row["to"], row))
        within = main_contact_of(row)
        if within:
            contacts[row["child"]].append(within)
    for child in involved.keys() - unclear - {None}:
        yield from _find_faults_of_child(child, involved[child], contacts[child])


CONTACT_DATES = ("main_contact_from", "main_contact_to")


def main_contact_of(row: Row) -> Days | None:
    """Return the period for which a row of involvements names the family's main contact, if it does."""
    start = row["main_contact_from"] or row["from"]
    return Days(start, row["main_contact_to"] or row["to"], row) if row["main_contact"] and start else None


def _find_faults_of_child(child: str, involved: list[Days], contacts: list[Days]) -> Iterator[Fault]:
    for earlier, later in find_overlaps(contacts):
        what = f"{child} has two main contacts from {later.start} on: here and in row {earlier.row.number}."
        yield _fault(later.row, "main_contact", what, "Leave yes in one of them, or part their times.")
    for period in involved:
        day = find_gap(period, contacts)
        if day:
            what = f"{child} has no main contact from {day} on."
            mend = "Write yes under main_contact for one of the child's involvements of that time."
            yield _fault(period.row, "main_contact", what, mend)


def _fault(row: Row, column: str, what: str, mend: str) -> Fault:
    return Fault(INVOLVEMENTS.file, row.number, column, what, mend)
