"""A mail as it came, read into what is asked of it: who sent it, what it says, its files, what may be wrong with it.

Reading never fails: what cannot be read is said to be so, and the bytes are kept by whoever asked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from email.errors import MessageError
from email.message import MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr
from html.parser import HTMLParser
from typing import Literal

from handhold.exchange.attachments import Attachment, clean_text, examine_attachment

MailFlag = Literal["encrypted", "not-readable", "too-large", "automatic"]
MailSort = Literal["paper", "bounce", "automatic"]
# What the standard parser is known to raise on mails that no program should have written.
UNREADABLE = (MessageError, ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError)
DEEPEST = 5
MOST_PARTS = 100
MOST_TEXT = 200_000
OWN_MESSAGE_ID = re.compile(r"<([0-9A-HJKMNP-TV-Z]{8})@[^<>\s]+>")
SIGNATURE_TYPES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
# Parts of a mail that hold nothing which somebody sent: signatures, and what relays write about a mail.
PASSED_OVER = {*SIGNATURE_TYPES, "message/delivery-status", "text/rfc822-headers"}
ENCRYPTED_TYPES = {"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"}
POSTMASTERS = {"mailer-daemon", "postmaster"}


@dataclass(frozen=True)
class ReadMail:
    """What a mail says. `answers` are the references of our own messages that it answers or bounces."""

    sha256: str
    message_id: str
    from_address: str
    subject: str
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    flags: frozenset[MailFlag] = frozenset()
    sort: MailSort = "paper"
    answers: tuple[str, ...] = ()


@dataclass
class _Gathered:
    """What has been found in the parts so far."""

    texts: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: set[MailFlag] = field(default_factory=set)
    parts: int = 0


def read_mail(content: bytes, *, is_whole: bool = True) -> ReadMail:
    """What a mail says, by all its bytes; or by its head alone where it was too large to be fetched whole."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        message = BytesParser(policy=policy.default).parsebytes(content)
    except UNREADABLE:
        return ReadMail(digest, "", "", "", flags=frozenset({"not-readable"}))
    gathered = _Gathered() if is_whole else _Gathered(flags={"too-large"})
    try:
        if is_whole:
            _gather(message, gathered, 0)
    except UNREADABLE:
        gathered.flags.add("not-readable")
    text = clean_text("\n\n".join(one for one in gathered.texts if one.strip()))[:MOST_TEXT]
    if is_whole and not text and not gathered.attachments and not gathered.flags:
        gathered.flags.add("not-readable")
    return _as_read(message, digest, text, gathered)


def _as_read(message: MIMEPart, digest: str, text: str, gathered: _Gathered) -> ReadMail:
    answers = tuple(dict.fromkeys(OWN_MESSAGE_ID.findall(_words_about_own(message))))
    sort, flags = _sort_of(message, answers, gathered), gathered.flags
    if sort != "paper" or _is_automatic(message):
        flags.add("automatic")
    return ReadMail(
        sha256=digest,
        message_id=_header(message, "Message-ID")[:500],
        from_address=parseaddr(_header(message, "From"))[1][:320].lower(),
        subject=_header(message, "Subject")[:500],
        text=text,
        attachments=tuple(gathered.attachments),
        flags=frozenset(flags),
        sort=sort,
        answers=answers,
    )


def _header(message: MIMEPart, name: str) -> str:
    """One header in one line; empty where it is missing or breaks the parser."""
    try:
        found = message.get(name)
        return " ".join(clean_text(str(found)).split()) if found else ""
    except UNREADABLE:
        return ""


# The parts of a mail


def _gather(message: MIMEPart, into: _Gathered, depth: int) -> None:
    """Text and files of one message or part, and of everything below it."""
    into.parts += 1
    if depth > DEEPEST or into.parts > MOST_PARTS:
        into.flags.add("not-readable")
        return
    kind = message.get_content_type()
    if kind in ENCRYPTED_TYPES:
        into.flags.add("encrypted")
    if kind in PASSED_OVER:
        return
    if kind == "message/rfc822":
        _gather_forwarded(message, into, depth)
    elif kind == "multipart/alternative":
        _gather_best(message, into, depth)
    elif message.is_multipart():
        for part in message.iter_parts():
            _gather(part, into, depth + 1)
    else:
        _gather_leaf(message, into, kind)


def _gather_forwarded(message: MIMEPart, into: _Gathered, depth: int) -> None:
    """A mail within a mail: its words and files count as those of the mail that brought it."""
    for inner in message.iter_parts() if message.is_multipart() else ():
        head = f"Forwarded message from {_header(inner, 'From')}: {_header(inner, 'Subject')}"
        into.texts.append(head)
        _gather(inner, into, depth + 1)


def _gather_best(message: MIMEPart, into: _Gathered, depth: int) -> None:
    """Of several ways of saying the same, the plain words; files that hang below another way are kept too."""
    parts = list(message.iter_parts())
    plain = next((one for one in parts if one.get_content_type() == "text/plain"), None)
    if plain is not None and not _text_of(plain).strip():
        plain = None
    for part in parts:
        is_words = part.get_content_maintype() == "text"
        if part is plain or not is_words or plain is None:
            _gather(part, into, depth + 1)


def _gather_leaf(message: MIMEPart, into: _Gathered, kind: str) -> None:
    name = message.get_filename() or ""
    if kind in {"text/plain", "text/html"} and not name and message.get_content_disposition() != "attachment":
        words = _text_of(message)
        into.texts.append(as_plain_words(words) if kind == "text/html" else words)
        if "-----BEGIN PGP MESSAGE-----" in words:
            into.flags.add("encrypted")
        return
    content = message.get_payload(decode=True)
    into.attachments.append(examine_attachment(name, kind, content if isinstance(content, bytes) else b""))


def _text_of(message: MIMEPart) -> str:
    """The words of a text part, in whatever alphabet; an unknown one is read as far as it goes."""
    try:
        return str(message.get_content())
    except UNREADABLE:
        payload = message.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


class _Words(HTMLParser):
    """The words of an HTML text, a line for each block."""

    BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote"})
    UNSEEN = frozenset({"script", "style", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.unseen += tag in self.UNSEEN
        if tag in self.BLOCKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.unseen = max(0, self.unseen - (tag in self.UNSEEN))

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.found.append(data)


def as_plain_words(html: str) -> str:
    """What stands in an HTML text. It is never shown as HTML."""
    words = _Words()
    words.feed(html)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.found).split("\n"))
    return "\n".join(line for line in lines if line)


# What no person wrote


def _sort_of(message: MIMEPart, answers: tuple[str, ...], gathered: _Gathered) -> MailSort:
    """Only what answers a message of ours can be a bounce or an automatic answer; all else may be a paper."""
    if not answers:
        return "paper"
    if _has_failed(message):
        return "bounce"
    return "automatic" if _is_automatic(message) and not gathered.attachments else "paper"


def _is_automatic(message: MIMEPart) -> bool:
    """Whether no person wrote it (RFC 3834), so that it is never answered."""
    submitted = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    precedence = _header(message, "Precedence").lower()
    local = parseaddr(_header(message, "From"))[1].partition("@")[0].lower()
    return (
        submitted not in {"", "no"}
        or precedence in {"bulk", "list", "junk"}
        or _header(message, "Return-Path") == "<>"
        or local in POSTMASTERS
        or message.get_content_type() == "multipart/report"
        or bool(_header(message, "List-Id"))
    )


def _has_failed(message: MIMEPart) -> bool:
    """Whether it reports that a message was not delivered; one that is only delayed has not failed."""
    actions = [
        _header(fields, "Action").lower()
        for part in _all_parts(message)
        if part.get_content_type() == "message/delivery-status"
        for fields in (part.get_payload() if isinstance(part.get_payload(), list) else ())
        if isinstance(fields, MIMEPart)
    ]
    if any(actions):
        return "failed" in actions
    local = parseaddr(_header(message, "From"))[1].partition("@")[0].lower()
    return local in POSTMASTERS or bool(_header(message, "X-Failed-Recipients"))


def _words_about_own(message: MIMEPart) -> str:
    """Where the Message-ID of a message of ours can stand: in what it answers, and in what it gives back."""
    found = [_header(message, name) for name in ("In-Reply-To", "References")]
    for part in _all_parts(message):
        if part.get_content_type() == "text/rfc822-headers":
            found.append(_text_of(part))
        if part is not message:
            found.append(_header(part, "Message-ID"))
    return " ".join(found)


def _all_parts(message: MIMEPart) -> Iterator[MIMEPart]:
    try:
        for place, part in enumerate(message.walk()):
            if place < MOST_PARTS and isinstance(part, MIMEPart):
                yield part
    except UNREADABLE:
        return
