"""`handhold keep-time`: everything that is owed is said once, wherever a worker dies and however many there are."""

import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, connection
from django.utils import timezone
from tests.actions.walking import Walk, begin
from tests.jobs.keeping_time import die_keeping_time, keeping_time
from tests.records.factories import NOW, make_council, make_family
from typer.testing import CliRunner, Result

from handhold.actions import reminders
from handhold.actions.concerns import report_concern
from handhold.actions.reminders import remind_of_limits
from handhold.jobs.command_line import app
from handhold.jobs.keep_time import keep_time_once, time_kept_beside
from handhold.notifications.models import OutboxMessage, Reminder, RunClock
from handhold.notifications.outbox import send_waiting
from handhold.records.constraints import constraint_of
from handhold.records.models import Run

pytestmark = pytest.mark.django_db(transaction=True)

LATE = NOW + timedelta(days=90)
A_LONG_TIME = 20.0


@pytest.fixture(autouse=True)
def database_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command is not to start a server again, nor to keep the signals of the tests."""
    monkeypatch.setattr(settings, "DATABASE_IS_EMBEDDED", False)
    monkeypatch.setattr("handhold.jobs.keep_time.end_on_signals", lambda: None)


@pytest.fixture
def walks() -> list[Walk]:
    """Three transfers of one council, each on its way, all of them late in ninety days."""
    council = make_council()
    first = begin(council, make_family(council, children=2)).to_lead_asked()
    others = [begin(council, make_family(council, children=1)) for _ in range(2)]
    return [first, *others]


def said() -> Counter[tuple[object, ...]]:
    """How often each word was said."""
    rows = Reminder.objects.values_list("run", "concern", "step", "child", "round", "due_at", "occasion")
    return Counter(rows)


def mailed() -> Counter[tuple[str, str, str]]:
    """How often each message was put in: to whom, what, of which transfer."""
    rows = OutboxMessage.objects.filter(template__startswith="limit-")
    return Counter((one.to_address, one.template, one.context["ref"]) for one in rows)


def everything_owed(walks: list[Walk]) -> int:
    """How many words are owed by LATE, passed and gone up: of each whole run, and of the first one's search for a lead,
    of an answer, and of the choice that falls to somebody once the search is late.
    """
    return 2 * len(walks) + 6


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["keep-time", *words])


# The command


def test_once_it_says_what_is_owed_and_then_nothing_more(walks: list[Walk]) -> None:
    kept = keep_time_once(LATE)
    assert (kept.looked_at, kept.reminders, kept.concerns, kept.unreadable) == (3, everything_owed(walks), 0, {})
    again = keep_time_once(LATE + timedelta(minutes=1))
    assert (again.looked_at, again.reminders) == (3, 0), "what was said stands in the audit of each transfer"
    assert keep_time_once(LATE + timedelta(minutes=2)).looked_at == 0


def test_the_command_says_what_it_did(walks: list[Walk]) -> None:
    told = run("--once")
    assert told.exit_code == 0
    assert told.output.startswith("Looked at 3 transfers; ")
    assert run("--once", "--rebuild").output.startswith("Forgot the clocks of 3 transfers; each is looked at again.\n")


def test_a_rebuilt_clock_is_what_it_was_and_nothing_is_said_again(walks: list[Walk]) -> None:
    keep_time_once(NOW + timedelta(hours=1))
    before = dict(RunClock.objects.values_list("run", "next_change_at"))
    messages = OutboxMessage.objects.count()
    reminders.forget_clocks()
    keep_time_once(NOW + timedelta(hours=1))
    assert dict(RunClock.objects.values_list("run", "next_change_at")) == before
    assert OutboxMessage.objects.count() == messages


def test_one_that_cannot_be_read_holds_up_nobody_else(walks: list[Walk]) -> None:
    Run.objects.filter(pk=walks[0].run.pk).update(protocol_digest="another content")
    kept = keep_time_once(LATE)
    assert list(kept.unreadable) == [walks[0].run.pk]
    assert {row[0] for row in said()} == {walk.run.pk for walk in walks[1:]}
    assert walks[0].run.pk not in keep_time_once(LATE + timedelta(minutes=1)).unreadable, "it is left alone for an hour"
    assert walks[0].run.pk in keep_time_once(LATE + timedelta(hours=2)).unreadable
    told = run("--once", "--rebuild")
    assert f"Transfer {walks[0].run.pk} could not be looked at" in told.output


def test_time_is_kept_beside_the_pages_until_they_end() -> None:
    council = make_council()
    sent_at = timezone.now() - timedelta(minutes=20)
    with time_kept_beside(every=0.05):
        report_concern(who="A boy", what="A bruise", by=council.stranger, now=sent_at)
        assert until(lambda: Reminder.objects.count() == 1)
    report_concern(who="A girl", what="Alone", by=council.stranger, now=sent_at)
    time.sleep(0.3)
    assert Reminder.objects.count() == 1, "nobody looks at the clock any more"


def until(holds: Callable[[], bool]) -> bool:
    """Waits for what another thread or process does."""
    deadline = time.monotonic() + A_LONG_TIME
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds()


# A worker that dies


@pytest.mark.parametrize("dies", ["before-commit", "after-commit"])
@pytest.mark.parametrize("after_messages", [1, 2])
def test_a_worker_that_is_killed_leaves_nothing_out_and_nothing_twice(
    walks: list[Walk], dies: str, after_messages: int
) -> None:
    assert die_keeping_time(LATE, dies, after_messages) == signal.SIGKILL
    halfway = said().total()
    assert (halfway > 0) is (dies == "after-commit"), "a note without its messages, or messages without their note"
    keep_time_once(LATE)
    keep_time_once(LATE)
    assert set(said().values()) == {1}
    assert said().total() == everything_owed(walks)
    assert set(mailed().values()) == {1}
    assert send_waiting(LATE) > 0
    assert send_waiting(LATE + timedelta(hours=1)) == 0
    subjects = Counter((one.to[0], one.subject, one.body) for one in mail.outbox)
    assert set(subjects.values()) == {1}


@pytest.mark.parametrize("dies", ["before-commit", "after-commit"])
@pytest.mark.parametrize("after_messages", [1, 2])
def test_a_worker_that_is_killed_reminds_of_a_concern_to_decide_once_all_the_same(
    dies: str, after_messages: int
) -> None:
    report_concern(who="A boy", what="A bruise", by=make_council().stranger, now=NOW)
    keep_time_once(NOW + timedelta(minutes=16))
    before = said().total()
    assert die_keeping_time(LATE, dies, after_messages) == signal.SIGKILL
    assert (said().total() > before) is (dies == "after-commit")
    assert [keep_time_once(LATE).decisions for _ in range(2)][-1] == 0
    assert Counter(key[-1] for key in said()) == {"not-received": 1, "passed": 1, "escalated": 1}
    assert set(said().values()) == {1}
    about = OutboxMessage.objects.filter(template__startswith="limit-")
    assert set(Counter(about.values_list("to_address", "template")).values()) == {1}


def test_workers_beside_each_other_remind_of_a_concern_to_decide_once() -> None:
    report_concern(who="A boy", what="A bruise", by=make_council().stranger, now=NOW)
    beside_each_other(LATE)
    assert set(said().values()) == {1}
    about = OutboxMessage.objects.filter(template__startswith="limit-")
    assert set(Counter(about.values_list("to_address", "template")).values()) == {1}


def test_the_command_ends_cleanly_on_a_signal() -> None:
    report_concern(who="A boy", what="A bruise", by=make_council().stranger, now=timezone.now() - timedelta(hours=1))
    working = keeping_time("--every", "0.2")
    try:
        assert until(lambda: Reminder.objects.count() == 1)
        working.send_signal(signal.SIGTERM)
        words, _ = working.communicate(timeout=A_LONG_TIME)
    finally:
        working.kill()
        working.wait()
    assert (working.returncode, words) == (0, "")
    assert OutboxMessage.objects.filter(template="concern-not-received").count() == 1


# Several workers


def beside_each_other(now: datetime, workers: int = 3) -> list[object]:
    """So many workers, each by a connection of its own; what each came to."""

    def work(_: int) -> object:
        try:
            return keep_time_once(now).reminders
        except IntegrityError as refused:
            return constraint_of(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as threads:
        return list(threads.map(work, range(workers)))


def test_workers_beside_each_other_share_the_work_and_say_each_word_once(walks: list[Walk]) -> None:
    shared = beside_each_other(LATE)
    assert set(said().values()) == {1}
    assert said().total() == everything_owed(walks)
    assert set(mailed().values()) == {1}
    assert sum(one for one in shared if isinstance(one, int)) == everything_owed(walks)


def test_workers_beside_each_other_tell_of_a_concern_once() -> None:
    council = make_council()
    for who in (council.stranger, council.second_lead):
        report_concern(who="A boy", what="A bruise", by=who, now=NOW)
    beside_each_other(NOW + timedelta(minutes=16))
    assert set(said().values()) == {1}
    assert OutboxMessage.objects.filter(template="concern-not-received").count() == 2
    assert OutboxMessage.objects.filter(template="concern-waits").count() == 2


@pytest.fixture
def without_the_lock(walks: list[Walk], monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers look at the same transfer at the same time, and have both seen that nothing was said."""
    keep_time_once(NOW + timedelta(hours=1))  # so that each transfer has its clock
    together = Barrier(2)
    said_before = reminders._said_before

    def lock_nothing(run_id: int, now: datetime) -> RunClock:
        return RunClock.objects.get(pk=run_id, read_at__lte=now)

    def see_together(of: Run) -> object:
        found = said_before(of)
        with suppress(BrokenBarrierError):
            together.wait(timeout=A_LONG_TIME)
        return found

    monkeypatch.setattr(reminders, "_lock_clock", lock_nothing)
    monkeypatch.setattr(reminders, "_said_before", see_together)


def both_remind(of: Walk) -> list[object]:
    def work(_: int) -> object:
        try:
            return remind_of_limits(of.run.pk, now=LATE)
        except IntegrityError as refused:
            return constraint_of(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(work, range(2)))


@pytest.mark.usefixtures("without_the_lock")
def test_without_the_lock_the_constraint_still_lets_each_word_be_said_once(walks: list[Walk]) -> None:
    came_to = both_remind(walks[0])
    assert Counter(map(type, came_to)) == {int: 1, str: 1}
    assert "reminder_once" in came_to
    assert set(said().values()) == {1}
    assert set(mailed().values()) == {1}, "whose note was refused has put in no message either"


@contextmanager
def no_constraint() -> Iterator[None]:
    """Takes `reminder_once` away, and puts it back over an empty table."""
    (once,) = [one for one in Reminder._meta.constraints if one.name == "reminder_once"]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Reminder, once)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE notifications_reminder CASCADE")
        with connection.schema_editor() as editor:
            editor.add_constraint(Reminder, once)


@pytest.mark.usefixtures("without_the_lock")
def test_without_the_constraint_too_it_is_said_twice(walks: list[Walk]) -> None:
    with no_constraint():
        both_remind(walks[0])
        assert set(said().values()) == {2}
        assert set(mailed().values()) == {2}
