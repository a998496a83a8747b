"""What only visits and consents know: children of the family who were born and alive, by somebody who worked there."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from handhold.exchange.checking_families import find_children
from handhold.exchange.columns import LOCAL, Table
from handhold.exchange.faults import Fault
from handhold.exchange.folder import Folder, Row
from handhold.exchange.tables_of_encounters import CONSENTS, VISITS
from handhold.exchange.tables_of_families import FAMILY_MEMBERS, PEOPLE
from handhold.exchange.tables_of_services import PRACTITIONERS

SEEN = ("seen", "seen_alone")


def find_encounter_faults(folder: Folder) -> Iterator[Fault]:
    """Find every fault of the files about visits and consents."""
    people, children_of = folder.by_key(PEOPLE), find_children(folder)
    practitioners = folder.by_key(PRACTITIONERS)
    knows_members = folder.has(FAMILY_MEMBERS)
    for row in folder.of(VISITS):
        day = row["visited_at"].astimezone(LOCAL).date() if row["visited_at"] else None
        yield from _find_leaver(VISITS, row, "by", practitioners, day)
        for column in SEEN:
            for child in row[column] or ():
                if knows_members and row["family"] and child in people and child not in children_of[row["family"]]:
                    what = f"{child} is no child of the family {row['family']}."
                    yield _fault(VISITS, row, column, what, f"Correct it, or see {FAMILY_MEMBERS.file}.")
                yield from _find_unseeable(row, column, people.get(child), day)
    yield from _find_strangers(folder, people)
    for row in folder.of(CONSENTS):
        yield from _find_leaver(CONSENTS, row, "recorded_by", practitioners, row["answered_date"])


def _find_unseeable(row: Row, column: str, child: Row | None, day: date | None) -> Iterator[Fault]:
    if child is None or day is None:
        return
    born, died = child["birth_date"], child["died_date"]
    mend = "Correct the day, or leave the child out."
    if (born and day < born) or (not born and child["expected_birth_date"]):
        yield _fault(VISITS, row, column, f"{child['reference']} was not born then, and cannot have been seen.", mend)
    elif died and day > died:
        yield _fault(VISITS, row, column, f"{child['reference']} died on {died}.", mend)


def _find_strangers(folder: Folder, people: Mapping[str, Row]) -> Iterator[Fault]:
    if not folder.has(FAMILY_MEMBERS):
        return
    members: dict[str, set[str]] = defaultdict(set)
    for row in folder.of(FAMILY_MEMBERS):
        members[row["family"]].add(row["person"])
    for row in folder.of(CONSENTS):
        if row["family"] and row["given_by"] in people and row["given_by"] not in members[row["family"]]:
            what = f"{row['given_by']} does not belong to the family {row['family']}."
            yield _fault(CONSENTS, row, "given_by", what, f"Correct it, or see {FAMILY_MEMBERS.file}.")


def _find_leaver(
    table: Table, row: Row, column: str, practitioners: Mapping[str, Row], day: date | None
) -> Iterator[Fault]:
    who = practitioners.get(row[column])
    if who and day and who["left_date"] and who["left_date"] <= day:
        what = f"{row[column]} left on {who['left_date']}, before that day."
        yield _fault(table, row, column, what, "Correct the day, or name who it was.")


def _fault(table: Table, row: Row, column: str, what: str, mend: str) -> Fault:
    return Fault(table.file, row.number, column, what, mend)
