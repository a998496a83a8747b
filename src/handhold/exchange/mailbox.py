"""A mailbox read over IMAP: what is new in it, and the mark that something was kept. Nothing is ever deleted in it.

A mail is marked by moving it to the folder of what was kept, where the server can move; by a keyword where it cannot.
One that is too large stays where it is.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

KEYWORD = "HandholdKept"
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
HEAD_BYTES = 200_000
SECONDS = 60
Security = Literal["tls", "starttls", "plain"]
MailboxGone = (OSError, imaplib.IMAP4.abort)
"""The connection broke: whatever was not marked is fetched again."""


class MailboxRefused(Exception):
    """The mailbox cannot be used as it is set up; the words say why, and name no person."""


@dataclass(frozen=True)
class MailboxAddress:
    """Where a mailbox is and how it is opened. `token_file` holds an access token (XOAUTH2) instead of a password."""

    host: str
    user: str
    password: str = ""
    port: int = 993
    security: Security = "tls"
    folder: str = "INBOX"
    kept_folder: str = "Handhold"
    token_file: Path | None = None
    most_bytes: int = 25_000_000
    certificates: Path | None = None
    """The authority that signed the server's certificate, where the system's own are not enough."""


@dataclass(frozen=True)
class FetchedMail:
    """A mail of the mailbox: all its bytes, or of one that is too large the head."""

    uid: str
    content: bytes
    size: int
    is_whole: bool


class Mailbox:
    """An open mailbox. Made by `open_mailbox`."""

    def __init__(self, connection: imaplib.IMAP4, address: MailboxAddress) -> None:
        self.connection, self.address = connection, address
        self.moves = "MOVE" in connection.capabilities
        self._select()

    def new_mails(self) -> Iterator[FetchedMail]:
        """Each mail that is not marked, oldest first, fetched when it is its turn. Fetching leaves it unread."""
        wanted = "ALL" if self.moves else f"UNKEYWORD {KEYWORD}"
        found = self._ask("SEARCH", wanted)[0]
        for uid in found.decode().split() if isinstance(found, bytes) else ():
            fetched = self._fetch(uid)
            if fetched is not None:
                yield fetched

    def mark_kept(self, mail: FetchedMail) -> None:
        """Marks a mail of which the bytes are kept; one that is not whole stays, with a flag for people."""
        if not mail.is_whole:
            self._ask("STORE", mail.uid, "+FLAGS", f"(\\Flagged{'' if self.moves else ' ' + KEYWORD})")
        elif self.moves:
            self._ask("MOVE", mail.uid, _quoted(self.address.kept_folder))
        else:
            self._ask("STORE", mail.uid, "+FLAGS", f"({KEYWORD})")

    def _select(self) -> None:
        status, _ = self.connection.select(_quoted(self.address.folder))
        if status != "OK":
            raise MailboxRefused(f"The folder {self.address.folder!r} cannot be opened.")
        if self.moves:
            # It answers NO where the folder is there already.
            self.connection.create(_quoted(self.address.kept_folder))
        elif b"\\*" not in b" ".join(one or b"" for one in self.connection.response("PERMANENTFLAGS")[1]):
            raise MailboxRefused("The server can neither move mails nor keep a keyword, so nothing can be marked.")

    def _fetch(self, uid: str) -> FetchedMail | None:
        """A mail by its number; None where somebody has moved it meanwhile."""
        answer = self._ask("FETCH", uid, "(RFC822.SIZE)")[0]
        found = SIZE.search(answer if isinstance(answer, bytes) else b"")
        if found is None:
            return None
        size = int(found.group(1))
        is_whole = size <= self.address.most_bytes
        part = "BODY.PEEK[]" if is_whole else f"BODY.PEEK[HEADER]<0.{HEAD_BYTES}>"
        parts = self._ask("FETCH", uid, f"({part})")
        content = next((one[1] for one in parts if isinstance(one, tuple)), None)
        return None if content is None else FetchedMail(uid, content, size, is_whole)

    def _ask(self, command: str, *words: str) -> list[bytes | tuple[bytes, bytes]]:
        """One command on mails by their lasting numbers. Raises MailboxRefused where the server says no."""
        status, answer = self.connection.uid(command, *words)
        if status != "OK":
            raise MailboxRefused(f"The server refuses {command}.")
        return [one for one in answer if one is not None] or [b""]


@contextmanager
def open_mailbox(address: MailboxAddress) -> Iterator[Mailbox]:
    """An open mailbox while the body runs. Raises MailboxRefused, and any of `MailboxGone`."""
    connection = _connect(address)
    try:
        if address.security == "starttls":
            connection.starttls(_trusted(address))
        _log_in(connection, address)
        yield Mailbox(connection, address)
        connection.logout()
    finally:
        with suppress(OSError):
            connection.shutdown()


def _connect(address: MailboxAddress) -> imaplib.IMAP4:
    """A connection, sealed from its first byte unless the setting says otherwise."""
    if address.security == "tls":
        return imaplib.IMAP4_SSL(address.host, address.port, ssl_context=_trusted(address), timeout=SECONDS)
    return imaplib.IMAP4(address.host, address.port, timeout=SECONDS)


def _trusted(address: MailboxAddress) -> ssl.SSLContext:
    """Whose certificates are believed."""
    return ssl.create_default_context(cafile=str(address.certificates) if address.certificates else None)


def _log_in(connection: imaplib.IMAP4, address: MailboxAddress) -> None:
    try:
        if address.token_file:
            token = address.token_file.read_text(encoding="utf-8").strip()
            words = f"user={address.user}\x01auth=Bearer {token}\x01\x01".encode()
            connection.authenticate("XOAUTH2", lambda _: words)
        else:
            connection.login(address.user, address.password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as refused:
        raise MailboxRefused("The server does not let this account in.") from refused


def _quoted(folder: str) -> str:
    """A folder's name as the protocol writes it."""
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
