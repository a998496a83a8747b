"""Imported rows about what happened with families: visits and consents. What happened stays as it was imported."""

from typing import Any

from handhold.actions.imported.standing import Standing
from handhold.exchange.columns import Table, instant_of
from handhold.exchange.folder import Row
from handhold.exchange.tables import AGENCIES, CONSENTS, FAMILIES, PEOPLE, PRACTITIONERS, VISITS
from handhold.records.models import Consent, ConsentSharing, Family, Visit, VisitChild

STAYS = "Put it back. Where it was wrong, add a row that says what is right."


def store_visits(standing: Standing) -> None:
    """Store visits, each with the children who were seen. A row that says another thing of the past is refused."""
    found = standing.sort(VISITS)
    new = [
        Visit(
            family_id=standing.number_of(FAMILIES, row["family"]),
            visited_at=row["visited_at"],
            by_id=standing.number_of(PRACTITIONERS, row["by"]),
            **_said_of_visit(row),
        )
        for row in found.new
    ]
    standing.store_all(new)
    standing.remember(VISITS, ((row, made.pk) for row, made in zip(found.new, new, strict=True)))
    standing.store_all(
        [
            VisitChild(visit=made, child_id=child, seen=True, seen_alone=alone)
            for row, made in zip(found.new, new, strict=True)
            for child, alone in _seen(standing, row).items()
        ]
    )
    _touch_families(standing, VISITS, found.new)
    stored = Visit.objects.in_bulk([number for _row, number in found.changed])
    for row, number in found.changed:
        _refuse_differences(standing, VISITS, row, stored[number], _said_of_visit(row))
        if dict(stored[number].visit_children.values_list("child_id", "seen_alone")) != _seen(standing, row):
            _refuse(standing, VISITS, row, "seen")
    standing.remember_changes(VISITS, found.changed)


def _said_of_visit(row: Row) -> dict[str, Any]:
    return {"kind": row["kind"], "note": row["note"]}


def _seen(standing: Standing, row: Row) -> dict[int, bool]:
    """The children who were seen, and of each whether alone."""
    seen = {standing.number_of(PEOPLE, child): False for child in row["seen"]}
    return seen | {standing.number_of(PEOPLE, child): True for child in row["seen_alone"]}


def store_consents(standing: Standing) -> None:
    """Store answers to offers of support. A row that says another thing of the past is refused."""
    found = standing.sort(CONSENTS)
    new = [
        Consent(
            family_id=standing.number_of(FAMILIES, row["family"]),
            given_by_id=standing.number_of(PEOPLE, row["given_by"]),
            outcome=row["outcome"],
            to_what=row["to_what"],
            happened_at=instant_of(row["answered_date"]),
            recorded_at=instant_of(row["answered_date"]),
            **_said_of_consent(standing, row),
        )
        for row in found.new
    ]
    standing.store_all(new)
    standing.remember(CONSENTS, ((row, made.pk) for row, made in zip(found.new, new, strict=True)))
    standing.store_all(
        [
            ConsentSharing(consent=made, agency_id=agency)
            for row, made in zip(found.new, new, strict=True)
            for agency in sorted(_shared_with(standing, row))
        ]
    )
    _touch_families(standing, CONSENTS, found.new)
    stored = Consent.objects.in_bulk([number for _row, number in found.changed])
    for row, number in found.changed:
        _refuse_differences(standing, CONSENTS, row, stored[number], _said_of_consent(standing, row))
        if set(stored[number].sharings.values_list("agency_id", flat=True)) != _shared_with(standing, row):
            _refuse(standing, CONSENTS, row, "shared_with")
    standing.remember_changes(CONSENTS, found.changed)


def _said_of_consent(standing: Standing, row: Row) -> dict[str, Any]:
    recorded_by = standing.number_of(PRACTITIONERS, row["recorded_by"])
    return {"how": row["how"], "note": row["note"], "recorded_by_id": recorded_by}


def _shared_with(standing: Standing, row: Row) -> set[int]:
    return {standing.number_of(AGENCIES, agency) for agency in row["shared_with"]}


def _touch_families(standing: Standing, table: Table, rows: list[Row]) -> None:
    """Visits and consents have no reference of their own: the audit names their families."""
    standing.file = table.file
    families = {standing.number_of(FAMILIES, row["family"]) for row in rows}
    standing.touch(Family.objects.filter(pk__in=families))


def _refuse_differences(
    standing: Standing, table: Table, row: Row, stored: Visit | Consent, said: dict[str, Any]
) -> None:
    for name, value in said.items():
        if getattr(stored, name) != value:
            _refuse(standing, table, row, name.removesuffix("_id"))


def _refuse(standing: Standing, table: Table, row: Row, column: str) -> None:
    what = f"The row was imported before with another {column}, and what happened stays on record."
    standing.refuse(table, row, column, what, STAYS)
