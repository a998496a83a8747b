"""What must be known about people before somebody visits or writes: alerts, and how to speak with somebody."""

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import Q

from handhold.records.models.people import Family, Person
from handhold.records.models.services import Practitioner
from handhold.records.refs import RefField


class Alert(models.Model):
    """Something to be known before a visit or a letter: of one person, or of the family. Never edited, only ended."""

    ref = RefField()
    family = models.ForeignKey(Family, models.PROTECT, related_name="alerts")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="alerts", db_index=False)
    kind = models.CharField(max_length=40)
    reason = models.TextField()
    during = DateTimeRangeField()
    is_shared = models.BooleanField(default=False)
    """Whether partners who work with the family see it too."""
    written_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    ended_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    why_ended = models.TextField(blank=True)

    class Meta:
        constraints = [
            # A warning that does not say of what, or why: nobody can act on it, and nobody dares to end it.
            models.CheckConstraint(name="alert_says_what_and_why", condition=~Q(kind="") & ~Q(reason="")),
            # One that is over and stands, or stands and says why it is over.
            models.CheckConstraint(
                name="alert_ended_once_over",
                condition=Q(during__upper_inf=False) | Q(ended_by__isnull=True, why_ended=""),
            ),
        ]

    def __str__(self) -> str:
        return f"alert {self.ref}"


class Communication(models.Model):
    """How to speak with a person and reach them, as somebody wrote it down; the last row is what stands.

    Language, interpreter and needs stand on the person too, where letters take them from.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="communications", db_index=False)
    first_language = models.CharField(max_length=60, blank=True)
    interpreter_needed = models.BooleanField(null=True)
    formats = ArrayField(models.CharField(max_length=40), default=list)
    needs = models.TextField(blank=True)
    safe_to_contact = models.BooleanField(null=True)
    how_to_contact = models.TextField(blank=True)
    written_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()

    class Meta:
        # What stands of a person: the last that was written.
        indexes = [models.Index(name="communication_latest", fields=["person", "-id"])]

    def __str__(self) -> str:
        return f"communication {self.pk}"
