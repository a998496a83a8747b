"""Fetching what partners sent to the mailbox: once, or until stopped."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from handhold.actions.received_mails import keep_mail
from handhold.exchange.mailbox import MailboxAddress, MailboxGone, MailboxRefused, open_mailbox
from handhold.jobs.database import database_running
from handhold.jobs.serving import end_on_signals
from handhold.records.models import Authority

PAUSE_SECONDS = 60.0
PORTS = {"tls": 993, "starttls": 143, "plain": 143}


def fetch_papers(
    once: Annotated[bool, typer.Option("--once", help="fetch what is there now, then end")] = False,
    every: Annotated[float, typer.Option(help="seconds between two looks at the mailbox", min=0.1)] = PAUSE_SECONDS,
) -> None:
    """Keep what partners sent to the mailbox, until SIGINT or SIGTERM.

    Nothing is deleted in the mailbox. While the mailbox or the database is away, it is tried again later.
    """
    end_on_signals()
    with database_running():
        authority = _find_authority(settings.IMAP["authority"])
        address = mailbox_address(settings.IMAP)
        if once:
            typer.echo(f"Kept {_fetch_or_stop(address, authority)}.")
            return
        while True:
            look_or_wait(address, authority)
            time.sleep(every)


def mailbox_address(chosen: dict[str, str]) -> MailboxAddress:
    """The mailbox of the settings. Ends the command with words about what is missing."""
    security = chosen["security"]
    if not chosen["host"] or not chosen["user"] or security not in PORTS:
        _stop("Set IMAP_HOST and IMAP_USER, and IMAP_SECURITY to tls, starttls or plain. See docs/guide/mail.md.")
    return MailboxAddress(
        host=chosen["host"],
        user=chosen["user"],
        password=chosen["password"],
        port=int(chosen["port"] or PORTS[security]),
        security=security,  # type: ignore[arg-type]
        folder=chosen["folder"],
        kept_folder=chosen["kept_folder"],
        token_file=Path(chosen["token_file"]) if chosen["token_file"] else None,
        most_bytes=settings.PAPER_MOST_BYTES,
        certificates=Path(chosen["certificates"]) if chosen["certificates"] else None,
    )


def fetch_once(address: MailboxAddress, authority: Authority) -> int:
    """Keeps each new mail in a transaction of its own, then marks it; returns how many were new.

    A crash between the two has that mail fetched again and found to be kept. Raises MailboxRefused, MailboxGone.
    """
    kept = 0
    with open_mailbox(address) as mailbox:
        for mail in mailbox.new_mails():
            found = keep_mail(
                mail.content, authority=authority, now=timezone.now(), size=mail.size, is_whole=mail.is_whole
            )
            mailbox.mark_kept(mail)
            kept += found is not None
    return kept


def _fetch_or_stop(address: MailboxAddress, authority: Authority) -> int:
    try:
        return fetch_once(address, authority)
    except MailboxRefused as refused:
        _stop(str(refused))
    except MailboxGone as gone:
        _stop(_away(gone))


def look_or_wait(address: MailboxAddress, authority: Authority) -> None:
    """A mailbox or a database that is away for a moment is no reason never to look again."""
    try:
        fetch_once(address, authority)
    except DatabaseError:
        connection.close()
    except MailboxRefused as refused:
        typer.echo(str(refused), err=True)
    except MailboxGone as gone:
        typer.echo(_away(gone), err=True)


def _away(gone: BaseException) -> str:
    """Only the kind of error: its words can hold an address."""
    return f"The mailbox cannot be reached ({type(gone).__name__})."


def _find_authority(code: str) -> Authority:
    """The council whose mailbox it is: the one that there is, or the one that is named."""
    found = list(Authority.objects.filter(code=code) if code else Authority.objects.all()[:2])
    if len(found) != 1:
        _stop("Name the council whose mailbox it is: IMAP_AUTHORITY=<its code>.")
    return found[0]


def _stop(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(1)
