"""Whatever is done, in whatever order and by whomever: what was foretold is observed, and no promise is broken.

Few tries where CI runs, the same each time; many, and others each time, with HYPOTHESIS_PROFILE=long.
"""

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from tests.actions.machine_of_transfers import TransfersBesideEachOther
from tests.actions.world_of_acts import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
TRIES = settings(
    max_examples=300 if LONG else 16,
    stateful_step_count=60 if LONG else 30,
    derandomize=not LONG,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
# What the tries have to come to, or they would show nothing.
COMES_TO = (
    "record: done",
    "record: refused",
    "record: not here",
    "ask-exception: done",
    "decide-exception: refused",
    "concern reported",
    "concern decided",
    "concern not theirs",
    "InvolvementOpened",
    "InvolvementClosed",
    "Allocated",
    "StepVoided",
    "ended: stays-with-social-work",
)


def test_whatever_is_done_what_was_foretold_is_observed_and_no_promise_is_broken() -> None:
    world, tally = make_world(), Counter[str]()

    def machine() -> RuleBasedStateMachine:
        return TransfersBesideEachOther(world, tally)

    run_state_machine_as_test(machine, settings=TRIES)  # type: ignore[arg-type]
    assert [what for what in COMES_TO if not tally[what]] == []
