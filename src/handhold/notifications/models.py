"""The outbox, what was said as time passed, and when a run is to be looked at again. References, never words.

What is said, to whom and when follows from the protocol and the records; here is only that it was said, once.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from handhold.records.models import Concern, Person, Practitioner, Run
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
    bounced_at = models.DateTimeField(null=True, blank=True)
    # Somebody told the addressee in another way, once it could not be delivered.
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        # What is to be sent now, oldest first.
        indexes = [
            models.Index(
                name="outbox_waiting",
                fields=["next_try_at"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
            ),
            # What could not be delivered, until somebody has told the addressee.
            models.Index(
                name="outbox_undelivered",
                fields=["created_at"],
                condition=Q(told_at__isnull=True) & (Q(given_up_at__isnull=False) | Q(bounced_at__isnull=False)),
            ),
        ]
        constraints = [
            # A message that no channel ever carries.
            models.CheckConstraint(name="outbox_channel_known", condition=Q(channel="email")),
        ]

    def __str__(self) -> str:
        return f"outbox message {self.ref}"


class Reminder(models.Model):
    """That people were told how a limit stands: which limit of which round, on which occasion, who, when. Kept."""

    class Occasion(models.TextChoices):
        """What was said."""

        COMING = "coming"
        PASSED = "passed"
        ESCALATED = "escalated"
        NOT_RECEIVED = "not-received"

    run = models.ForeignKey(Run, models.PROTECT, null=True, blank=True, related_name="reminders", db_index=False)
    concern = models.ForeignKey(Concern, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    step = models.CharField(max_length=100, blank=True)
    child = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    round = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    told = models.ManyToManyField(Practitioner, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            # One limit said twice, by two workers beside each other or by one that died in between. It is also how the
            # reminders of a run are found.
            models.UniqueConstraint(
                name="reminder_once",
                fields=["run", "concern", "step", "child", "round", "started_at", "due_at", "occasion"],
                nulls_distinct=False,
            ),
            # A word about nothing, or about two things at once.
            models.CheckConstraint(
                name="reminder_of_run_or_concern",
                condition=Q(run__isnull=False, concern__isnull=True, occasion__in=["coming", "passed", "escalated"])
                | Q(run__isnull=True, concern__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"reminder {self.pk}"


class RunClock(models.Model):
    """When a run next changes by time alone: a projection of its records, which can be made anew at any time.

    `read_to` is how far the chain of the audit had come when it was made: what was done since may have changed it.
    """

    run = models.OneToOneField(Run, models.PROTECT, primary_key=True, related_name="clock")
    next_change_at = models.DateTimeField(null=True, blank=True)
    # The earliest limit of what can be done in it now, passed or not: by it long lists are sorted and narrowed.
    next_due_at = models.DateTimeField(null=True, blank=True)
    read_to = models.BigIntegerField(default=0)
    read_at = models.DateTimeField()
    # Ids of the practitioners whose office something waits for, so that their list of work finds it.
    asks = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        indexes = [
            models.Index(name="run_clock_next", fields=["next_change_at"]),  # what time has changed by now
            GinIndex(name="run_clock_asks", fields=["asks"]),  # what waits for somebody who has no other part in it
        ]

    def __str__(self) -> str:
        return f"clock of run {self.run_id}"
