"""Which runs are to be looked at again: by time alone, because of what was done since, or because it is long ago."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from handhold.access.clocks import is_out_of_date
from handhold.records.models import Run


def find_runs_to_look_at(now: datetime) -> list[int]:
    """The ids of the open runs whose clock is not there, has come to its instant, or is older than what it was made of.

    One statement, and none of the runs is loaded.
    """
    rows = Run.objects.filter(is_out_of_date(now), ended_at__isnull=True)
    return list(rows.order_by(F("clock__next_change_at").asc(nulls_first=True), "pk").values_list("pk", flat=True))
