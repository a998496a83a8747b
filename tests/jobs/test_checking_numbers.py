"""A proposed number is checked without anybody at a console, in a process beside keeping time; killed, it goes on."""

import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from tests.actions.test_settings import proposed
from tests.jobs.keeping_time import environment
from tests.records.factories import make_council

from handhold.jobs.checking_numbers import NumbersChecker
from handhold.records.models import ProtocolSettings, SettingsCheck

pytestmark = pytest.mark.django_db(transaction=True)
A_LONG_TIME = 120.0


def sleeper(marks: Path) -> tuple[str, ...]:
    """A process that leaves a mark and stays."""
    code = f"import pathlib, time; p = pathlib.Path({str(marks)!r}); p.write_text(p.read_text() + 'x'); time.sleep(60)"
    return (sys.executable, "-c", code)


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    found = tmp_path / "marks"
    found.write_text("")
    return found


def until(holds: object) -> bool:
    deadline = time.monotonic() + A_LONG_TIME
    while not holds() and time.monotonic() < deadline:  # type: ignore[operator]
        time.sleep(0.1)
    return bool(holds())  # type: ignore[operator]


def test_nothing_is_started_where_nothing_waits(marks: Path) -> None:
    checker = NumbersChecker(sleeper(marks))
    checker.look(wait=True)
    assert marks.read_text() == ""


def test_one_check_at_a_time_and_looking_waits_for_none(marks: Path) -> None:
    proposed(make_council())
    checker = NumbersChecker(sleeper(marks))
    began = time.monotonic()
    try:
        for _ in range(3):
            checker.look()
        assert time.monotonic() - began < 10
        assert until(lambda: marks.read_text() == "x")
    finally:
        checker.stop()
    assert marks.read_text() == "x"


def test_one_that_ended_without_a_result_is_not_started_again_at_once(marks: Path) -> None:
    proposed(make_council())
    code = f"import pathlib; p = pathlib.Path({str(marks)!r}); p.write_text(p.read_text() + 'x')"
    checker = NumbersChecker((sys.executable, "-c", code))
    for _ in range(3):
        checker.look(wait=True)
    assert marks.read_text() == "x"


def test_a_check_that_is_stopped_midway_is_taken_up_and_comes_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATABASE_IS_EMBEDDED", False)
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    row = proposed(make_council())
    first = NumbersChecker()
    first.look()
    assert until(lambda: SettingsCheck.objects.filter(revision=row).exclude(walked={}).exists())
    first.stop()
    kept = set(SettingsCheck.objects.get(revision=row).walked)
    assert ProtocolSettings.objects.get(pk=row.pk).checked_at is None
    NumbersChecker().look(wait=True)
    row.refresh_from_db()
    assert (row.faults, row.live_from) == ("", None), "checked, and live only once a second person approves it"
    assert row.checked_at is not None
    assert kept < set(SettingsCheck.objects.get(revision=row).walked)
    assert connection.is_usable()
