"""The outbox: put a message in with what it tells, send what waits. Each is sent at least once, under one id."""

import smtplib
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from handhold.notifications.models import OutboxMessage
from handhold.notifications.wording import check_context, read_text, word_message
from handhold.records.models import Run

# 1, 2, 4 ... minutes between tries; after the last, somebody must ring: about a day and a half later.
MOST_ATTEMPTS = 12


def put_in_outbox(
    template: str, *, to_address: str, now: datetime, context: Mapping[str, str] | None = None, run: Run | None = None
) -> OutboxMessage:
    """Put a message to one e-mail address in the outbox, in this transaction: no change, no message. One round trip.

    `context` may hold `ref`, `path`, `date`, `time`, `phones`, and nothing else. Raises WordsInMessage, UnknownMessage.
    """
    words = dict(context or {})
    check_context(words)
    read_text(template)
    return OutboxMessage.objects.create(
        to_address=to_address, template=template, context=words, run=run, created_at=now, next_try_at=now
    )


def is_waiting(template: str, to_address: str, run: Run) -> bool:
    """Whether the same message about a run still waits to be sent to this address. One round trip."""
    waiting = OutboxMessage.objects.filter(sent_at__isnull=True, given_up_at__isnull=True, run=run)
    return waiting.filter(template=template, to_address=to_address).exists()


def send_waiting(now: datetime, *, at_most: int = 100) -> int:
    """Send what waits, oldest first, each in a transaction of its own; return how many were sent.

    Senders beside each other share the work (SKIP LOCKED). A crash between sending and noting it sends that message
    again, under the same Message-ID.
    """
    sent = 0
    for _ in range(at_most):
        with transaction.atomic():
            message = _next_waiting(now)
            if message is None:
                break
            sent += _try_to_send(message, now)
    return sent


def _next_waiting(now: datetime) -> OutboxMessage | None:
    waiting = OutboxMessage.objects.filter(sent_at__isnull=True, given_up_at__isnull=True, next_try_at__lte=now)
    return waiting.order_by("next_try_at").select_for_update(skip_locked=True).first()


def _try_to_send(message: OutboxMessage, now: datetime) -> bool:
    message.attempts += 1
    try:
        _build_email(message).send()
    except (smtplib.SMTPException, OSError) as error:
        # Only the kind of error: its words can hold the address.
        message.last_error = type(error).__name__
        message.next_try_at = now + timedelta(minutes=2 ** (message.attempts - 1))
        message.given_up_at = now if message.attempts >= MOST_ATTEMPTS else None
    else:
        message.sent_at = now
        message.last_error = ""
    message.save(update_fields=["attempts", "last_error", "next_try_at", "given_up_at", "sent_at"])
    return message.sent_at is not None


def _build_email(message: OutboxMessage) -> EmailMessage:
    wording = word_message(message.template, message.context, site=settings.HANDHOLD_SITE)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    headers = {"Message-ID": f"<{message.ref}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(wording.subject, wording.body, to=[message.to_address], headers=headers)
