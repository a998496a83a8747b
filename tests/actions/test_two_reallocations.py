"""Two managers move the same children at once: one does, the other is told who has them, and nobody is let go.

Without the lock both have read the same, and the database has the last word: it refuses one of them.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection
from tests.actions.walking import Walk, begin
from tests.records.factories import make_council, make_family, make_practitioner

from handhold.access import caseloads
from handhold.access.caseloads import access_caseload_to_change
from handhold.actions import reallocating
from handhold.actions.reallocating import Reallocated, reallocate
from handhold.actions.refusals import NotAllowed
from handhold.queries.invariants import find_breaches
from handhold.records.constraints import constraint_of
from handhold.records.models import Allocation, Practitioner

pytestmark = pytest.mark.django_db(transaction=True)
A_LONG_TIME = 20.0


@pytest.fixture
def walk() -> Walk:
    council = make_council()
    return begin(council, make_family(council, children=2))


def colleague(walk: Walk) -> Practitioner:
    council = walk.council
    return make_practitioner(council.agencies["council"], council.teams["assessment-2"], role="social-worker")


def moving(walk: Walk, to: Practitioner, by: str, seconds: int) -> Callable[[], Any]:
    """The whole caseload to one colleague; ends in what it returned or raised, on a connection of its own."""
    holder, refs = walk.person("social-worker"), [one.ref for one in walk.family.involvements]
    now = walk.now + timedelta(seconds=seconds)

    def act() -> Any:
        connection.ensure_connection()
        try:
            return reallocate(holder.ref, refs, to.ref, "Her caseload", by=walk.person(by), now=now)
        except (NotAllowed, IntegrityError) as refused:
            return refused
        finally:
            connection.close()

    return act


def both(walk: Walk) -> list[Any]:
    """Each to somebody else, begun at once."""
    first = moving(walk, colleague(walk), "team-manager", 1)
    second = moving(walk, colleague(walk), "service-manager", 2)
    with ThreadPoolExecutor() as threads:
        return [done.result(A_LONG_TIME) for done in [threads.submit(act) for act in (first, second)]]


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """They meet before they lock; where nothing is locked, once both have read what is there."""
    barrier, reads_first = Barrier(2), "without_lock" in request.fixturenames
    access = access_caseload_to_change

    def meet(*args: Any, **how: Any) -> Any:
        found = access(*args, **how) if reads_first else None
        barrier.wait(A_LONG_TIME)
        return found or access(*args, **how)

    monkeypatch.setattr(reallocating, "access_caseload_to_change", meet)


@pytest.fixture
def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No children are locked."""
    monkeypatch.setattr(caseloads, "lock_children_and_those_beside", lambda _: None)


def holders(walk: Walk) -> set[int]:
    held = Allocation.objects.filter(involvement__in=walk.family.involvements, during__upper_inf=True)
    return set(held.values_list("practitioner", flat=True))


@pytest.mark.usefixtures("together")
def test_one_moves_them_and_the_other_is_told_who_has_them(walk: Walk) -> None:
    answers = both(walk)
    (done,) = [one for one in answers if isinstance(one, Reallocated)]
    (refused,) = [one for one in answers if isinstance(one, NotAllowed)]
    assert holders(walk) == {done.to.pk}
    assert done.to.family_name in refused.what
    assert find_breaches(walk.now + timedelta(minutes=1)) == []


@pytest.mark.usefixtures("without_lock", "together")
def test_without_the_lock_the_database_refuses_one_of_them(walk: Walk) -> None:
    answers = both(walk)
    (done,) = [one for one in answers if isinstance(one, Reallocated)]
    (refused,) = [one for one in answers if isinstance(one, IntegrityError)]
    assert constraint_of(refused) in {"allocation_one_at_a_time", "period_is_only_closed"}
    assert holders(walk) == {done.to.pk}, "even then nobody is let go"
