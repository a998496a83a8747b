"""Imported rows about who answers for children: involvements, their responsible person and main contact, and others."""

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from handhold.actions.imported.periods import close_period, period_of, refuse_change, store_periods
from handhold.actions.imported.standing import Standing
from handhold.exchange.checking_involvements import main_contact_of
from handhold.exchange.columns import instant_of
from handhold.exchange.folder import Row
from handhold.exchange.tables import INVOLVEMENTS, PEOPLE, PRACTITIONERS, PROFESSIONAL_RELATIONSHIPS
from handhold.records.models import (
    Allocation,
    Involvement,
    MainContact,
    Person,
    Practitioner,
    ProfessionalRelationship,
)


def store_involvements(standing: Standing) -> None:
    """Store involvements, each with the allocation of its responsible person, and the main contacts.

    A changed row can end the involvement, or begin or end its being the main contact's. Ends are written before
    beginnings, because no two main contacts may overlap. Who is responsible changes in Handhold only, by a handover.
    """
    found = standing.sort(INVOLVEMENTS)
    _lock_children(standing, [row for row, _number in found.changed] + found.new)
    stored = Involvement.objects.in_bulk([number for _row, number in found.changed])
    beginnings = []
    for row, number in found.changed:
        contact = _change_involvement(standing, row, stored[number])
        beginnings += [contact] if contact else []
    standing.remember_changes(INVOLVEMENTS, found.changed)
    standing.store_all(beginnings)
    _store_new(standing, found.new)


def _lock_children(standing: Standing, rows: list[Row]) -> None:
    children = {standing.number_of(PEOPLE, row["child"]) for row in rows}
    list(Person.objects.select_for_update().filter(pk__in=children).order_by("pk").values_list("pk"))


def _store_new(standing: Standing, rows: list[Row]) -> None:
    people = Practitioner.objects.in_bulk({standing.number_of(PRACTITIONERS, row["responsible"]) for row in rows})
    responsible = [people[standing.number_of(PRACTITIONERS, row["responsible"])] for row in rows]
    new = [
        Involvement(
            child_id=standing.number_of(PEOPLE, row["child"]),
            kind=row["kind"],
            open_during=period_of(row["from"], row["to"]),
            agency_id=person.agency_id,
            team_id=person.team_id,
            closing_reason=row["closing_reason"],
        )
        for row, person in zip(rows, responsible, strict=True)
    ]
    standing.store_all(new)
    standing.remember(INVOLVEMENTS, ((row, made.pk) for row, made in zip(rows, new, strict=True)))
    made_for = list(zip(rows, new, responsible, strict=True))
    standing.store_all(
        [Allocation(involvement=made, practitioner=person, during=made.open_during) for _row, made, person in made_for]
    )
    contacts = [_main_contact(row, made, person.pk) for row, made, person in made_for]
    standing.store_all([contact for contact in contacts if contact])


def _main_contact(row: Row, involvement: Involvement, practitioner: int) -> MainContact | None:
    days = main_contact_of(row)
    if days is None:
        return None
    return MainContact(
        child_id=involvement.child_id,
        involvement=involvement,
        practitioner_id=practitioner,
        during=period_of(days.start, days.to),
    )


def _change_involvement(standing: Standing, row: Row, involvement: Involvement) -> MainContact | None:
    """End what the row ends, and return the main contact that it begins, if it begins one."""
    first = involvement.allocations.order_by("during").first()
    if first and first.practitioner_id != standing.number_of(PRACTITIONERS, row["responsible"]):
        what = "Another person is responsible than at the last import."
        mend = "Put it back, and hand the children over in Handhold, where both sides see it."
        standing.refuse(INVOLVEMENTS, row, "responsible", what, mend)
    contact = _change_main_contact(standing, row, involvement)
    if row["to"]:
        _end_involvement(standing, row, involvement)
    return contact


def _change_main_contact(standing: Standing, row: Row, involvement: Involvement) -> MainContact | None:
    wanted = main_contact_of(row)
    held = involvement.main_contacts.order_by("during").first()
    if held is None:
        responsible = standing.number_of(PRACTITIONERS, row["responsible"])
        return _main_contact(row, involvement, responsible) if wanted else None
    if wanted is None:
        # One from the first day was imported; a later one was made in Handhold, of which the row need not know.
        if held.during.lower == involvement.open_during.lower:
            refuse_change(standing, INVOLVEMENTS, row, "main_contact")
    elif instant_of(wanted.start) != held.during.lower:
        refuse_change(standing, INVOLVEMENTS, row, "main_contact_from")
    elif wanted.to and held.during.upper is None:
        if instant_of(wanted.to) > held.during.lower:
            close_period(held, instant_of(wanted.to))
    elif wanted.to and held.during.upper != instant_of(wanted.to) and not row["to"]:
        refuse_change(standing, INVOLVEMENTS, row, "main_contact_to")
    return None


def _end_involvement(standing: Standing, row: Row, involvement: Involvement) -> None:
    end = instant_of(row["to"])
    if involvement.open_during.upper is not None:
        if involvement.open_during.upper != end or involvement.closing_reason != row["closing_reason"]:
            refuse_change(standing, INVOLVEMENTS, row, "to")
        return
    periods: list[Allocation | MainContact] = [*involvement.allocations.all(), *involvement.main_contacts.all()]
    for period in periods:
        if period.during.upper is None and period.during.lower < end:
            close_period(period, end)
    during = DateTimeTZRange(involvement.open_during.lower, end)
    Involvement.objects.filter(pk=involvement.pk).update(open_during=during, closing_reason=row["closing_reason"])
    standing.touch([involvement])


def store_professional_relationships(standing: Standing) -> None:
    """Store who else works with a child. A changed row can only end."""
    store_periods(
        standing,
        PROFESSIONAL_RELATIONSHIPS,
        ProfessionalRelationship,
        lambda row: {
            "child_id": standing.number_of(PEOPLE, row["child"]),
            "practitioner_id": standing.number_of(PRACTITIONERS, row["practitioner"]),
            "role": row["role"],
            "contact": row["contact"],
            "is_lead": row["lead"],
        },
    )
