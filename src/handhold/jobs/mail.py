"""Sending what waits in the outbox: once, until stopped, or beside the pages of the demo."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from django.db import DatabaseError, connection
from django.utils import timezone

from handhold.jobs.database import database_running
from handhold.jobs.serving import end_on_signals
from handhold.notifications.outbox import send_waiting

PAUSE_SECONDS = 5.0
STOP_SECONDS = 10.0


def send_mail(
    once: Annotated[bool, typer.Option("--once", help="send what waits now, then end")] = False,
    every: Annotated[float, typer.Option(help="seconds between two looks at the outbox", min=0.1)] = PAUSE_SECONDS,
) -> None:
    """Send the messages that wait, until SIGINT or SIGTERM; several of these can run beside each other."""
    end_on_signals()
    with database_running():
        if once:
            typer.echo(f"Sent {send_waiting(timezone.now())}.")
            return
        while True:
            send_waiting(timezone.now())
            time.sleep(every)


@contextmanager
def mail_sent_beside(every: float = PAUSE_SECONDS) -> Iterator[None]:
    """Sends what waits from a thread of its own while the body runs. The database must be there for longer."""
    stopped = threading.Event()
    sender = threading.Thread(target=_send_until, args=(stopped, every), name="mail", daemon=True)
    sender.start()
    try:
        yield
    finally:
        stopped.set()
        sender.join(STOP_SECONDS)


def _send_until(stopped: threading.Event, every: float) -> None:
    try:
        while not stopped.wait(every):
            _send_or_wait()
    finally:
        connection.close()


def _send_or_wait() -> None:
    """A database that is away for a moment is no reason never to send again."""
    try:
        send_waiting(timezone.now())
    except DatabaseError:
        connection.close()
