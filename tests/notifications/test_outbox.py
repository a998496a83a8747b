"""The outbox: with the change or not at all, once under one id, later while the relay is down, by several senders."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection, transaction
from pytest_django import Settings

from handhold.notifications.models import OutboxMessage
from handhold.notifications.outbox import MOST_ATTEMPTS, put_in_outbox, send_waiting
from handhold.notifications.wording import UnknownMessage, WordsInMessage
from tests.records.factories import NOW, make_council, make_family, make_run

RELAY_IS_DOWN = "tests.notifications.failing_mail.RelayIsDown"


@pytest.fixture(autouse=True)
def site(settings: Settings) -> None:
    settings.HANDHOLD_SITE = "https://handhold.example.org"
    settings.DEFAULT_FROM_EMAIL = "handhold@example.org"


def put(address: str = "jo@example.org", *, now: datetime = NOW) -> OutboxMessage:
    return put_in_outbox("allocated", to_address=address, now=now, context={"path": "/transfers/A2345678/"})


@pytest.mark.django_db
def test_what_waits_is_sent_once(mailoutbox: list[EmailMessage]) -> None:
    message = put()
    assert send_waiting(NOW) == 1
    assert send_waiting(NOW + timedelta(days=1)) == 0
    message.refresh_from_db()
    assert (message.sent_at, message.attempts, message.last_error) == (NOW, 1, "")
    assert [mail.to for mail in mailoutbox] == [["jo@example.org"]]
    assert mailoutbox[0].extra_headers["Message-ID"] == f"<{message.ref}@example.org>"


@pytest.mark.django_db
def test_a_message_names_nobody_of_the_run_that_it_belongs_to(mailoutbox: list[EmailMessage]) -> None:
    council = make_council()
    made = make_family(council)
    run = make_run(council, made)
    worker = council.practitioners["social-worker"]
    context = {"ref": run.ref, "path": f"/transfers/{run.ref}/"}
    put_in_outbox("allocated", to_address=worker.email, now=NOW, context=context, run=run)
    send_waiting(NOW)
    sent = mailoutbox[0].subject + str(mailoutbox[0].body)
    assert run.ref in sent
    assert made.family.name not in sent
    assert not [child for child in made.children if child.given_name in sent]


@pytest.mark.django_db
def test_a_message_goes_with_the_change_that_is_rolled_back() -> None:
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    assert send_waiting(NOW) == 0


@pytest.mark.django_db
def test_words_and_unknown_texts_never_reach_the_outbox() -> None:
    with pytest.raises(WordsInMessage):
        put_in_outbox("allocated", to_address="jo@example.org", now=NOW, context={"child": "Ada"})
    with pytest.raises(UnknownMessage):
        put_in_outbox("gossip", to_address="jo@example.org", now=NOW)
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db
def test_while_the_relay_is_down_it_is_tried_again_later(settings: Settings, mailoutbox: list[EmailMessage]) -> None:
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, RELAY_IS_DOWN
    message = put()
    assert send_waiting(NOW) == 0
    assert send_waiting(NOW) == 0  # not at once again
    message.refresh_from_db()
    assert (message.attempts, message.next_try_at) == (1, NOW + timedelta(minutes=1))
    assert message.last_error == "SMTPRecipientsRefused"  # and not the address in its words
    settings.EMAIL_BACKEND = working
    assert send_waiting(NOW + timedelta(minutes=1)) == 1
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_one_that_cannot_be_sent_does_not_hold_up_the_others_and_is_given_up(settings: Settings) -> None:
    settings.EMAIL_BACKEND = RELAY_IS_DOWN
    message = put()
    now = NOW
    for _ in range(MOST_ATTEMPTS):
        send_waiting(now)
        message.refresh_from_db()
        now = max(now, message.next_try_at)
    assert message.attempts == MOST_ATTEMPTS
    assert message.given_up_at is not None
    assert send_waiting(now + timedelta(days=30)) == 0


def send_in_a_thread(_: int) -> int:
    try:
        return send_waiting(NOW)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_senders_beside_each_other_send_each_message_once(mailoutbox: list[EmailMessage]) -> None:
    for place in range(40):
        put(f"person{place}@example.org")
    with ThreadPoolExecutor(3) as threads:
        assert sum(threads.map(send_in_a_thread, range(3))) == 40
    assert len({mail.to[0] for mail in mailoutbox}) == len(mailoutbox) == 40


@pytest.mark.django_db(transaction=True)
def test_a_message_that_another_sender_holds_is_passed_over(mailoutbox: list[EmailMessage]) -> None:
    held, free = put("held@example.org"), put("free@example.org", now=NOW + timedelta(seconds=-1))
    with transaction.atomic():
        OutboxMessage.objects.select_for_update().get(pk=held.pk)
        with ThreadPoolExecutor(1) as threads:
            assert threads.submit(send_in_a_thread, 0).result(timeout=10) == 1
    assert [mail.to for mail in mailoutbox] == [[free.to_address]]
    assert send_waiting(NOW) == 1
