"""A mail relay that is down: a fake back end for the tests of the outbox."""

import smtplib
from collections.abc import Sequence

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage


class RelayIsDown(BaseEmailBackend):
    """Refuses every message, and names its address in the refusal as real relays do."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Raise, always."""
        address = email_messages[0].to[0]
        raise smtplib.SMTPRecipientsRefused({address: (451, b"try again later")})
