"""Which runs are to be looked at again: by time alone, because of what was done since, or because it is long ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, F, Func, OuterRef, Q

from handhold.audit.models import AuditEvent
from handhold.records.models import Run

LOOKED_AT_AT_LEAST_EVERY = timedelta(days=1)
"""A birthday, a leave that began, a reference that nobody audited: nothing goes unseen for longer than this."""


def find_runs_to_look_at(now: datetime) -> list[int]:
    """The ids of the open runs whose clock is not there, has come to its instant, or is older than what it was made of.

    One statement, and none of the runs is loaded.
    """
    since = AuditEvent.objects.filter(
        subjects__overlap=_references(OuterRef("ref"), OuterRef("family__ref")),
        link__position__gt=OuterRef("clock__read_to"),
    )
    by_time = Q(clock__next_change_at__lt=now) | Q(clock__read_at__lte=now - LOOKED_AT_AT_LEAST_EVERY)
    rows = Run.objects.filter(ended_at__isnull=True).filter(Q(clock__isnull=True) | by_time | Exists(since))
    return list(rows.order_by(F("clock__next_change_at").asc(nulls_first=True), "pk").values_list("pk", flat=True))


def _references(*of: OuterRef) -> Func:
    """An array of references, as the audit keeps its subjects."""
    template = "ARRAY[%(expressions)s]::varchar(16)[]"
    return Func(*of, template=template, output_field=ArrayField(CharField(max_length=16)))
