"""`handhold send-mail` and `handhold audit verify`: what they do, say and end with."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.utils import timezone
from typer.testing import CliRunner, Result

from handhold.audit.models import AuditEvent
from handhold.audit.recording import record_event
from handhold.jobs.command_line import app
from handhold.jobs.mail import mail_sent_beside
from handhold.notifications.models import OutboxMessage
from handhold.notifications.outbox import put_in_outbox

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def database_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands are not to start a server again, nor to keep the signals of the tests."""
    monkeypatch.setattr(settings, "DATABASE_IS_EMBEDDED", False)
    monkeypatch.setattr("handhold.jobs.mail.end_on_signals", lambda: None)


def waiting_message() -> OutboxMessage:
    return put_in_outbox("something-waits", to_address="jo@example.org", now=timezone.now() - timedelta(minutes=1))


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def until(holds: Callable[[], bool]) -> bool:
    """Waits for what another thread does."""
    deadline = time.monotonic() + 20
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds()


def test_mail_that_waits_is_sent_once() -> None:
    waiting_message()
    first, second = run("send-mail", "--once"), run("send-mail", "--once")
    assert (first.exit_code, first.output) == (0, "Sent 1.\n")
    assert second.output == "Sent 0.\n"
    assert [message.to for message in mail.outbox] == [["jo@example.org"]]


def test_mail_is_sent_beside_the_pages_until_they_end() -> None:
    with mail_sent_beside(every=0.05):
        sent = waiting_message()
        assert until(lambda: OutboxMessage.objects.get(pk=sent.pk).sent_at is not None)
    late = waiting_message()
    time.sleep(0.3)
    assert OutboxMessage.objects.get(pk=late.pk).sent_at is None, "nobody sends any more"


def test_a_whole_chain_holds_and_says_where_it_ends() -> None:
    record_event("pack.read", by=None, now=timezone.now(), subjects=["ABCDEFGH"])
    told = run("audit", "verify")
    assert told.exit_code == 0
    assert "The chain holds. It ends at 1:" in told.output
    end = told.output.split("ends at ")[1].split()[0]
    assert run("audit", "verify", "--noted", end).exit_code == 0


def test_a_changed_event_is_found() -> None:
    record_event("pack.read", by=None, now=timezone.now(), subjects=["ABCDEFGH"])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_event SET name = 'pack.burnt'")
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")
    told = run("audit", "verify")
    assert AuditEvent.objects.get().name == "pack.burnt"
    assert told.exit_code == 1
    assert "At 1: The event was changed after it was written." in told.output


def test_an_end_that_was_cut_off_is_missed_by_who_noted_it() -> None:
    told = run("audit", "verify", "--noted", f"7:{'ab' * 32}")
    assert told.exit_code == 1
    assert "The end that was noted is gone" in told.output


def test_an_end_that_is_none_is_said_so() -> None:
    assert run("audit", "verify", "--noted", "seven").exit_code == 2
