"""Whatever is done, in whatever order and by whomever: what was foretold is observed, and no promise is broken.

Few tries where CI runs, the same each time; many, and others each time, with HYPOTHESIS_PROFILE=long.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from tests.actions.machine_of_transfers import TransfersBesideEachOther
from tests.actions.world_of_acts import make_world

from handhold.actions import steps
from handhold.casefiles.case import Case
from handhold.casefiles.writing import carry_out
from handhold.protocol import effects as e
from handhold.records.models import Practitioner

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
TRIES = settings(
    max_examples=300 if LONG else 20,
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


def tried(tries: settings = TRIES) -> Counter[str]:
    """What was tried, and how often it came to what."""
    world, tally = make_world(), Counter[str]()

    def machine() -> RuleBasedStateMachine:
        return TransfersBesideEachOther(world, tally)

    run_state_machine_as_test(machine, settings=tries)  # type: ignore[arg-type]
    return tally


def test_whatever_is_done_what_was_foretold_is_observed_and_no_promise_is_broken() -> None:
    tally = tried()
    assert [what for what in COMES_TO if not tally[what]] == []


def leave_out(kind: type[e.Effect]) -> Callable[..., None]:
    """An actions' `carry_out` that forgets one kind of effect."""

    def carried_out(case: Case, effects: Iterable[e.Effect], *, by: Practitioner) -> None:
        carry_out(case, [effect for effect in effects if not isinstance(effect, kind)], by=by)

    return carried_out


@pytest.mark.parametrize("forgotten", [e.ChildEnded, e.ReceiverStands])
def test_actions_that_forget_an_effect_are_found_out(
    forgotten: type[e.Effect], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "carry_out", leave_out(forgotten))
    with pytest.raises(AssertionError):
        tried(settings(TRIES, phases=[Phase.generate], report_multiple_bugs=False))
