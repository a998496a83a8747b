"""Mails as partners, strangers and machines send them, made with the standard library: for tests of what comes in."""

from __future__ import annotations

import io
import zipfile
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

PDF = b"%PDF-1.7 invented"
LOCKED_PDF = b"%PDF-1.7\ntrailer << /Root 1 0 R /Encrypt 5 0 R >>"


def mail(
    subject: str = "Assessment",
    text: str | None = "Please find it attached.",
    *,
    sender: str = "Grace Adeyemi <grace@example.org>",
    message_id: str | None = "<one@example.org>",
    files: dict[str, bytes] | None = None,
    html: str = "",
    **headers: str,
) -> EmailMessage:
    """A mail. `files` are attachments by name; `headers` as Auto_Submitted="auto-replied"."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "papers@example.org", subject
    if message_id:
        made["Message-ID"] = message_id
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    if text is not None:
        made.set_content(text)
    if html:
        made.set_content(html, subtype="html") if text is None else made.add_alternative(html, subtype="html")
    for name, content in (files or {}).items():
        kind = "pdf" if name.endswith(".pdf") else "octet-stream"
        made.add_attachment(content, maintype="application", subtype=kind, filename=name)
    return made


def locked_zip() -> bytes:
    """A zip whose entry says that it is encrypted."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("assessment.txt", "words")
    content = bytearray(held.getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


def bounce(of: str, *, action: str = "failed", address: str = "gone@example.org") -> EmailMessage:
    """What a relay sends back about the message of ours with this reference."""
    text = f"""From: Mail Delivery System <MAILER-DAEMON@relay.example.org>
To: handhold@example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce-{of}-{action}@relay.example.org>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

This is the mail system. Your message could not be delivered.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example.org

Final-Recipient: rfc822; {address}
Action: {action}
Status: 5.1.1

--B
Content-Type: text/rfc822-headers

From: handhold@example.org
To: {address}
Subject: Handhold: something waits for you
Message-ID: <{of}@example.org>

--B--
"""
    return parsed(text.encode())


def parsed(content: bytes) -> EmailMessage:
    """Bytes as a message, so that they can be sent like the others."""
    from_bytes = BytesParser(policy=policy.default).parsebytes(content)
    assert isinstance(from_bytes, EmailMessage)
    return from_bytes
