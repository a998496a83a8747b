"""Rows that each became one record, of which some details are settled when it is made and the others may change."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from handhold.actions.imported.standing import BATCH, Standing
from handhold.exchange.columns import Table
from handhold.exchange.folder import Row

AnyModel = TypeVar("AnyModel", bound=Model)
Values = Callable[[Row], dict[str, Any]]


def store_details(standing: Standing, table: Table, model: type[AnyModel], settled: Values, details: Values) -> None:
    """Store the rows of a file. A row whose `settled` values changed is refused; changed `details` are written."""
    found = standing.sort(table)
    new = [model(**settled(row), **details(row)) for row in found.new]
    standing.store_all(new)
    standing.remember(table, ((row, made.pk) for row, made in zip(found.new, new, strict=True)))
    everything: QuerySet[AnyModel] = QuerySet(model)
    stored = everything.in_bulk([number for _row, number in found.changed])
    for row, number in found.changed:
        for name, value in settled(row).items():
            if getattr(stored[number], name) != value:
                what = f"The {name.removesuffix('_id')} of a row that was imported before cannot change."
                standing.refuse(table, row, name.removesuffix("_id"), what, "Put it back, and add another row.")
    records = [stored[number] for _row, number in found.changed]
    update_details(standing, table, records, [details(row) for row, _number in found.changed])
    standing.remember_changes(table, found.changed)


def update_details(
    standing: Standing, table: Table, records: Sequence[AnyModel], values: Sequence[dict[str, Any]]
) -> None:
    """Write the details that differ, in one statement a batch. `values` belong to `records`, one each."""
    if not records:
        return
    differing = [
        record
        for record, wanted in zip(records, values, strict=True)
        if any(getattr(record, name) != value for name, value in wanted.items())
    ]
    for record, wanted in zip(records, values, strict=True):
        for name, value in wanted.items():
            setattr(record, name, value)
    names = list(values[0])
    everything: QuerySet[AnyModel] = QuerySet(type(records[0]))
    everything.bulk_update(differing, names, batch_size=BATCH)
    standing.touch(differing)
    standing.file = table.file
