"""Hypothesis draws acts and corrections of two transfers: what was foretold is observed, and no promise is broken."""

from collections import Counter

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from tests.actions.machine_of_corrections import TransfersWithCorrections
from tests.actions.test_stateful import LONG, TRIES
from tests.actions.world_of_acts import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OFTEN = ("record: done", "correct: done", "correct: not here")
SELDOM = ("correct: others rest on it", "correct: refused")
"""What a few tries may not come to; the engine's own test of corrections tries these by the hundred."""


def test_whatever_is_corrected_what_was_foretold_is_observed_and_no_promise_is_broken() -> None:
    world, tally = make_world(), Counter[str]()

    def machine() -> RuleBasedStateMachine:
        return TransfersWithCorrections(world, tally)

    phases = [Phase.generate, *([Phase.shrink] if LONG else [])]
    few = settings(TRIES, max_examples=300 if LONG else 5, phases=phases)
    run_state_machine_as_test(machine, settings=few)  # type: ignore[arg-type]
    assert [what for what in (*OFTEN, *(SELDOM if LONG else ())) if not tally[what]] == [], tally
