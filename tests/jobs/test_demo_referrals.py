"""The demo's referrals: on their way, each held by somebody, and taken in once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.jobs.demo_council import imported

from handhold.jobs.demo_referrals import REFERRALS, receive_referrals_once
from handhold.queries.invariants import find_breaches
from handhold.records.models import Allocation, Person, Run

pytestmark = pytest.mark.django_db


def test_each_is_on_its_way_once_and_held_by_somebody(tmp_path: Path) -> None:
    imported(tmp_path / "council", families=4, now=datetime.now(UTC))
    receive_referrals_once()
    receive_referrals_once()
    runs = Run.objects.filter(pathway="referral-to-early-help", ended_at=None)
    assert runs.count() == 2
    held = Allocation.objects.filter(run__in=runs, during__upper_inf=True)
    assert sorted(set(held.values_list("involvement__kind", flat=True))) == ["early-help-offer", "referral"]
    assert Person.objects.filter(runs__in=runs, birth_date=None).exists(), "an unborn child is among them"
    assert find_breaches(datetime.now(UTC)) == []


def test_they_are_told_for_a_council_that_is_invented() -> None:
    assert [path.stem for path in REFERRALS.glob("*.yaml")] == ["york"]
