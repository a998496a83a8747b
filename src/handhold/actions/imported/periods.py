"""Periods of imported rows: how days become instants, and the one thing that may happen to a stored period: its end."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Model, QuerySet

from handhold.actions.imported.standing import Sorted, Standing
from handhold.exchange.columns import Table, instant_of
from handhold.exchange.folder import Row

AnyModel = TypeVar("AnyModel", bound=Model)


def period_of(start: date, to: date | None = None) -> DateTimeTZRange:
    """Return the period from the beginning of one day to the beginning of another, half-open."""
    return DateTimeTZRange(instant_of(start), instant_of(to) if to else None)


def store_periods(
    standing: Standing, table: Table, model: type[AnyModel], build: Callable[[Row], dict[str, Any]]
) -> None:
    """Store rows that each became one record with a period `during`; `build` says with which other values.

    A row that changed can only end its period. Where anything else of it differs, it is refused.
    """
    found = standing.sort(table)
    _end_periods(standing, table, model, found, build)
    new = [model(**build(row), during=period_of(row["from"], row["to"])) for row in found.new]
    standing.store_all(new)
    standing.remember(table, ((row, made.pk) for row, made in zip(found.new, new, strict=True)))


def _end_periods(
    standing: Standing, table: Table, model: type[AnyModel], found: Sorted, build: Callable[[Row], dict[str, Any]]
) -> None:
    everything: QuerySet[AnyModel] = QuerySet(model)
    stored = everything.in_bulk([number for _row, number in found.changed])
    for row, number in found.changed:
        record = stored[number]
        for name, value in build(row).items():
            if getattr(record, name) != value:
                refuse_change(standing, table, row, name)
        end_period(standing, table, row, record)
    standing.remember_changes(table, found.changed)


def refuse_change(standing: Standing, table: Table, row: Row, name: str) -> None:
    """Note that a row now says of the past what the record does not say."""
    column = name.removesuffix("_id")
    what = f"The row was imported before with another {column}, and what was so stays on record."
    standing.refuse(table, row, column, what, "Put it back, end it under to, and add a row for what is so now.")


def end_period(standing: Standing, table: Table, row: Row, record: Any) -> None:
    """End the record's period where the row has a `to` and the record goes on. Refuse another end than the stored."""
    stored: datetime | None = record.during.upper
    wanted = instant_of(row["to"]) if row["to"] else None
    if wanted is None or stored == wanted:
        return  # what was ended in Handhold since the last import stays ended
    if stored is not None or wanted <= record.during.lower:
        refuse_change(standing, table, row, "to")
        return
    close_period(record, wanted)


def close_period(record: Any, at: datetime) -> None:
    """End one open period."""
    type(record).objects.filter(pk=record.pk).update(during=DateTimeTZRange(record.during.lower, at))
