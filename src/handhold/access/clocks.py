"""Whether what was noted of a run when it was last looked at can still be trusted."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, Func, OuterRef, Q

from handhold.audit.models import AuditEvent

LOOKED_AT_AT_LEAST_EVERY = timedelta(days=1)
"""A birthday, a leave that began, a reference that nobody audited: nothing goes unseen for longer than this."""


def is_out_of_date(now: datetime) -> Q:
    """Runs whose clock is not there, has come to its instant, or is older than what it was made of."""
    since = AuditEvent.objects.filter(
        subjects__overlap=_references(OuterRef("ref"), OuterRef("family__ref")),
        link__position__gt=OuterRef("clock__read_to"),
    )
    by_time = Q(clock__next_change_at__lt=now) | Q(clock__read_at__lte=now - LOOKED_AT_AT_LEAST_EVERY)
    return Q(clock__isnull=True) | by_time | Q(Exists(since))


def _references(*of: OuterRef) -> Func:
    """An array of references, as the audit keeps its subjects."""
    template = "ARRAY[%(expressions)s]::varchar(16)[]"
    return Func(*of, template=template, output_field=ArrayField(CharField(max_length=16)))
