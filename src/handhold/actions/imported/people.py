"""Imported rows about people and families: who they are, who lives with whom, and how they are related."""

from handhold.actions.imported.details import store_details
from handhold.actions.imported.periods import store_periods
from handhold.actions.imported.standing import Standing
from handhold.exchange.columns import Table
from handhold.exchange.folder import Row
from handhold.exchange.tables import ALERTS, FAMILIES, FAMILY_MEMBERS, PEOPLE, PRACTITIONERS, RELATIONSHIPS
from handhold.records.models import Alert, Family, FamilyMember, Person, Relationship

PLAIN = (
    "given_name",
    "family_name",
    "known_as",
    "birth_date",
    "expected_birth_date",
    "died_date",
    "sex",
    "ethnicity",
    "first_language",
    "interpreter_needed",
    "communication_needs",
    "phone",
    "email",
    "address",
    "nhs_number",
    "upn",
)


def store_families(standing: Standing) -> None:
    """Store families; their name may change."""
    store_details(
        standing,
        FAMILIES,
        Family,
        lambda _row: {"authority_id": standing.authority.pk},
        lambda row: {"name": row["name"]},
    )


def store_people(standing: Standing) -> None:
    """Store people; all their details may change. A number that another person on record has is a fault."""
    _refuse_taken_numbers(standing, "nhs_number")
    _refuse_taken_numbers(standing, "upn")
    store_details(standing, PEOPLE, Person, lambda _row: {}, _details)


def _details(row: Row) -> dict[str, object]:
    return {name: row[name] for name in PLAIN} | {"other_names": list(row["other_names"])}


def _refuse_taken_numbers(standing: Standing, column: str) -> None:
    rows = {row[column]: row for row in standing.folder.of(PEOPLE) if row[column]}
    holders = Person.objects.filter(**{f"{column}__in": list(rows)}).values_list(column, "pk")
    for number, person in holders:
        row = rows[number]
        known = standing.known.get((PEOPLE.file, row.key(PEOPLE)))
        if known is None or known.object_id != person:
            mend = "Use the reference under which they were imported; if they are two people, one number is wrong."
            standing.refuse(PEOPLE, row, column, f"Another person on record has this {column}.", mend)


def store_family_members(standing: Standing) -> None:
    """Store who belongs to which family. A changed row can only end."""
    store_periods(
        standing,
        FAMILY_MEMBERS,
        FamilyMember,
        lambda row: {
            "family_id": standing.number_of(FAMILIES, row["family"]),
            "person_id": standing.number_of(PEOPLE, row["person"]),
            "role": row["role"],
            "in_household": row["in_household"],
        },
    )


def store_relationships(standing: Standing) -> None:
    """Store relationships. A changed row can only end."""
    store_periods(
        standing,
        RELATIONSHIPS,
        Relationship,
        lambda row: {
            "from_person_id": _person(standing, row, "from_person"),
            "to_person_id": _person(standing, row, "to_person"),
            "kind": row["kind"],
            "parental_responsibility": row["parental_responsibility"],
        },
    )


def store_alerts(standing: Standing) -> None:
    """Store alerts. A changed row can only end."""
    store_periods(
        standing,
        ALERTS,
        Alert,
        lambda row: {
            "family_id": standing.number_of(FAMILIES, row["family"]),
            "person_id": standing.number_if_any(PEOPLE, row["person"]),
            "kind": row["kind"],
            "reason": row["reason"],
            "is_shared": row["shared"],
            "written_by_id": standing.number_of(PRACTITIONERS, row["written_by"]),
        },
    )


def _person(standing: Standing, row: Row, column: str, table: Table = PEOPLE) -> int:
    return standing.number_of(table, row[column])
