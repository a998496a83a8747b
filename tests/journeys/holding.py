"""What must be so at the end of every journey: who holds whom, and that the promises hold on the records."""

from __future__ import annotations

from django.utils import timezone
from tests.records.factories import MadeFamily

from handhold.queries.invariants import find_breaches
from handhold.records.models import Allocation, Run


def holders() -> set[tuple[int, str]]:
    """Who is responsible now, and for what."""
    return set(Allocation.objects.filter(during__upper_inf=True).values_list("practitioner", "involvement__kind"))


def everything_holds() -> None:
    """Nobody is let go, the past is whole: what `handhold invariants` asks, at the time that the pages have."""
    assert list(find_breaches(timezone.now())) == []


def everything_is_closed(family: MadeFamily) -> None:
    """Every run of the family has come to its end, each with a name."""
    runs = Run.objects.filter(family=family.family)
    assert runs, "no run was begun"
    assert [one.pathway for one in runs if one.ended_at is None or not one.ending] == []
    everything_holds()
