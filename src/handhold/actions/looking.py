"""Keeping what was found when somebody looked whether the promises hold on the records."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from handhold.audit.models import PromisesLook
from handhold.queries.invariants import CHECKS, Breach

LOOK_EVERY = timedelta(days=1)


def is_time_to_look(now: datetime) -> bool:
    """Whether the last look is a day old, or there was none."""
    return not PromisesLook.objects.filter(looked_at__gt=now - LOOK_EVERY).exists()


@transaction.atomic
def keep_look(breaches: Iterable[Breach], now: datetime) -> PromisesLook:
    """Keeps one look with each breach by its references. Two that look at once keep two, which say the same."""
    found = [[one.promise, one.about, one.words] for one in breaches]
    return PromisesLook.objects.create(looked_at=now, checks=len(CHECKS), breaches=found)
