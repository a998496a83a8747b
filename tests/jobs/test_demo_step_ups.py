"""The demo's step up: on its way, held throughout, and begun once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.jobs.demo_council import imported

from handhold.jobs.demo_step_ups import STEP_UPS, step_up_once
from handhold.jobs.invent.council import find_councils
from handhold.queries.invariants import find_breaches
from handhold.records.models import Allocation, QueueItem, Run

pytestmark = pytest.mark.django_db


def test_it_lies_with_the_front_door_once_and_every_child_is_held(tmp_path: Path) -> None:
    imported(tmp_path / "council", families=30, now=datetime.now(UTC))
    step_up_once()
    step_up_once()
    run = Run.objects.get(pathway="step-up-by-a-targeted-worker", ended_at=None)
    assert QueueItem.objects.get(run=run, taken_at__isnull=True).queue.code == "mash"
    children = run.run_children.values("child")
    held = Allocation.objects.filter(involvement__child__in=children, during__upper_inf=True)
    assert {"early-help", "referral"} <= set(held.values_list("involvement__kind", flat=True))
    assert find_breaches(datetime.now(UTC)) == []


def test_they_are_told_for_a_council_that_is_invented() -> None:
    assert {path.stem for path in STEP_UPS.glob("*.yaml")} == {*find_councils()}
