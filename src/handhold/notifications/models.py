"""The outbox: messages that wait to be sent, and those that were. They hold references, never words about people."""

from django.db import models
from django.db.models import Q

from handhold.records.models import Run
from handhold.records.refs import RefField


class OutboxMessage(models.Model):
    """One message to one address, written in the transaction of what it tells; sent afterwards."""

    class Channel(models.TextChoices):
        """How it goes."""

        EMAIL = "email"

    ref = RefField()
    channel = models.CharField(max_length=20, choices=Channel.choices, default=Channel.EMAIL)
    to_address = models.CharField(max_length=254)
    template = models.SlugField(max_length=60, db_index=False)
    context = models.JSONField(default=dict)
    run = models.ForeignKey(Run, models.PROTECT, null=True, blank=True, related_name="outbox", db_index=False)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=100, blank=True)

    class Meta:
        # What is to be sent now, oldest first.
        indexes = [
            models.Index(
                name="outbox_waiting",
                fields=["next_try_at"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
            ),
        ]
        constraints = [
            # A message that no channel ever carries.
            models.CheckConstraint(name="outbox_channel_known", condition=Q(channel="email")),
        ]

    def __str__(self) -> str:
        return f"outbox message {self.ref}"
