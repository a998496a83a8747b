"""Each subset of the closure's conditions (missing, met, excepted, asked for), sent as a page sends it, is answered
with its own words: exactly what is missing is named, with who supplies it, the clause and the way there; nothing else
is; and only the complete set closes.

Of the two long closures every set of at most two that are not simply met is tried, and some hundred others by lot.
HANDHOLD_EVERY_SUBSET=1 tries every set of missing conditions, with the exceptions among the others by lot (an hour and
more of two cores). Every way of every condition together is tried without a database in tests/protocol.
"""

import logging
import os
import random
from collections.abc import Iterator

import pytest

from tests.web.closure_conditions import (
    CONDITIONS,
    EITHER,
    MET,
    MISSING,
    Condition,
    State,
    by_step,
    every_state,
    lines_of,
    states_with_at_most,
    ways_of,
)
from tests.web.states_of_closure import Closure, make_closure
from tests.web.walked import at

pytestmark = pytest.mark.django_db
EVERY_SUBSET = os.environ.get("HANDHOLD_EVERY_SUBSET") == "1"
BY_LOT = 150
LONG = ("partner-led", "targeted")


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """A refusal is logged as a conflict; thousands of them help nobody."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def drawn(destination: str, lot: random.Random) -> State:
    """A state by lot."""
    state: State = (lot.choice(EITHER),)
    for condition in CONDITIONS[destination]:
        state += (lot.choice(ways_of(condition, by_step(destination, state))),)
    return state


def every_set_of_missing(destination: str, lot: random.Random) -> Iterator[State]:
    """Every set of missing conditions once; what is not missing is met or excepted by lot, a concern open or not."""
    conditions = CONDITIONS[destination]
    for missing in range(2 ** len(conditions)):
        state: State = (lot.choice(EITHER),)
        for place, condition in enumerate(conditions):
            ways = ways_of(condition, by_step(destination, state))
            is_missing = missing >> place & 1 and MISSING in ways
            state += (MISSING if is_missing else lot.choice([way for way in ways if way != MISSING]),)
        yield state


def tried(closure: Closure, states: set[State]) -> None:
    """Tries them all, and tells the first that were answered wrongly."""
    with at(closure.walk.now):
        closure.try_all(states)
    assert closure.faults[:3] == [], f"{len(closure.faults)} of {closure.tried}"
    assert closure.tried == len(states)
    complete = [state for state in states if not lines_of(closure.destination, state)]
    assert closure.closed == len(complete) > 0, "only the complete ones close, and they do"


def test_every_way_to_close_to_universal_services() -> None:
    states = set(every_state("universal", with_asked=True))
    assert len(states) == 2 * 2 * 2 * 4 * 4 * 2 * 2
    tried(make_closure("universal"), states)


@pytest.mark.parametrize("destination", LONG)
def test_every_small_set_of_missing_conditions_and_many_others(destination: str) -> None:
    lot = random.Random(destination)
    states = set(states_with_at_most(2, destination)) | {drawn(destination, lot) for _ in range(BY_LOT)}
    tried(make_closure(destination), states)


@pytest.mark.slow
@pytest.mark.skipif(not EVERY_SUBSET, reason="an hour and more: set HANDHOLD_EVERY_SUBSET=1")
@pytest.mark.parametrize("destination", LONG)
def test_every_set_of_missing_conditions(destination: str) -> None:
    tried(make_closure(destination), set(every_set_of_missing(destination, random.Random(destination))))


class WithoutTheVisit(Closure):
    """A negative control: forgets to write down the visit."""

    def _write_condition(self, condition: Condition, way: str) -> None:
        if condition.step != "ending-visit":
            super()._write_condition(condition, way)


def test_a_page_that_refuses_what_is_complete_is_found() -> None:
    made = make_closure("universal")
    forgetful = WithoutTheVisit(made.destination, made.walk, made.client)
    complete: State = (MET,) * (len(CONDITIONS["universal"]) + 1)
    with at(made.walk.now):
        forgetful.try_all([complete])
    (fault,) = forgetful.faults
    assert (fault.status, fault.expected, [line.step for line in fault.found]) == (409, [], ["ending-visit"])
