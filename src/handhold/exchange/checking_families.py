"""What only families know: an age for everybody, a family for everybody, assessments of children of that family."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from handhold.exchange.faults import Fault
from handhold.exchange.folder import Folder, Row
from handhold.exchange.tables_of_families import ALERTS, ASSESSMENTS, FAMILY_MEMBERS, PEOPLE, RELATIONSHIPS
from handhold.working_days import council_date

LONGEST_PREGNANCY = timedelta(days=310)


def find_family_faults(folder: Folder, *, today: date) -> Iterator[Fault]:
    """Find every fault of the files about people, households, relationships and assessments."""
    yield from _find_person_faults(folder, today)
    for row in folder.of(RELATIONSHIPS):
        if row["from_person"] and row["from_person"] == row["to_person"]:
            what = f"{row['to_person']} is made out to be their own {row['kind']}."
            yield Fault(RELATIONSHIPS.file, row.number, "to_person", what, "Correct one of the two.")
    for row in folder.of(ASSESSMENTS):
        yield from _find_assessment_faults(row)
    yield from _find_strangers_in_assessments(folder)
    yield from _find_strangers_in_alerts(folder)


def find_children(folder: Folder) -> dict[str, set[str]]:
    """Return the children of each family, those who have left it too."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in folder.of(FAMILY_MEMBERS):
        if row["role"] == "child":
            found[row["family"]].add(row["person"])
    return found


def _find_person_faults(folder: Folder, today: date) -> Iterator[Fault]:
    members = {row["person"] for row in folder.of(FAMILY_MEMBERS)}
    children = {person for family in find_children(folder).values() for person in family}
    for row in folder.of(PEOPLE):
        expected, may_be_child = row["expected_birth_date"], row["reference"] in children or not members
        is_read = row.unread.isdisjoint(("birth_date", "expected_birth_date"))
        if may_be_child and is_read and not row["birth_date"] and not expected:
            mend = "Fill in birth_date, or expected_birth_date for an unborn child; an estimate is better than nothing."
            yield _of_person(row, "birth_date", "There is no date of birth of a child, nor an expected one.", mend)
        if expected and expected > today + LONGEST_PREGNANCY:
            yield _of_person(row, "expected_birth_date", "No birth can be expected so far ahead.", "Correct the date.")
        if row["given_name"] == "" and (row["birth_date"] or not (expected or may_be_child)):
            yield _of_person(row, "given_name", "Somebody who was born has a given name.", "Fill it in.")
        if folder.has(FAMILY_MEMBERS) and row["reference"] and row["reference"] not in members:
            what = f"{row['reference']} belongs to no family."
            yield _of_person(row, "reference", what, f"Add a row to {FAMILY_MEMBERS.file}.")


def _of_person(row: Row, column: str, what: str, mend: str) -> Fault:
    return Fault(PEOPLE.file, row.number, column, what, mend)


def _find_assessment_faults(row: Row) -> Iterator[Fault]:
    for at, by in (("authorised_at", "authorised_by"), ("draft_read_at", "draft_read_by")):
        if row.unread.isdisjoint((at, by)) and bool(row[at]) != bool(row[by]):
            missing, there = (by, at) if row[at] else (at, by)
            yield _of_assessment(row, missing, f"There is {there} without {missing}.", "Fill in both or neither.")
        if row[at] and row["started_date"] and council_date(row[at]) < row["started_date"]:
            what = f"{at} lies before started_date ({row['started_date']})."
            yield _of_assessment(row, at, what, "Correct one of the two.")
    if row["authorised_at"] and row["recommendation"] == "":
        mend = "Fill in the code of what it recommends."
        yield _of_assessment(row, "recommendation", "An authorised assessment recommends something.", mend)


def _find_strangers_in_assessments(folder: Folder) -> Iterator[Fault]:
    if not folder.has(FAMILY_MEMBERS):
        return
    people, children_of = folder.by_key(PEOPLE), find_children(folder)
    for row in folder.of(ASSESSMENTS):
        for child in row["children"] or ():
            if row["family"] and child in people and child not in children_of[row["family"]]:
                what = f"{child} is no child of the family {row['family']}."
                yield _of_assessment(row, "children", what, f"Correct it, or see {FAMILY_MEMBERS.file}.")


def _find_strangers_in_alerts(folder: Folder) -> Iterator[Fault]:
    """An alert about somebody who was never of that family would stand on the wrong door."""
    members = {(row["family"], row["person"]) for row in folder.of(FAMILY_MEMBERS)}
    people = folder.by_key(PEOPLE)
    for row in folder.of(ALERTS) if folder.has(FAMILY_MEMBERS) else ():
        if row["person"] in people and (row["family"], row["person"]) not in members:
            what = f"{row['person']} is nobody of the family {row['family']}."
            yield Fault(ALERTS.file, row.number, "person", what, f"Correct it, or see {FAMILY_MEMBERS.file}.")


def _of_assessment(row: Row, column: str, what: str, mend: str) -> Fault:
    return Fault(ASSESSMENTS.file, row.number, column, what, mend)
