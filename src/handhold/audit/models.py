"""Audit events and the links of their chain. Both are written once; people appear by number and reference only."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q


class AuditEvent(models.Model):
    """One thing that somebody did. People are numbers, no foreign keys, so that disposal leaves it whole."""

    name = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    on_behalf_of_id = models.BigIntegerField(null=True)
    subjects = ArrayField(models.CharField(max_length=16))
    at = models.DateTimeField()
    before_digest = models.BinaryField(default=b"")
    after_digest = models.BinaryField(default=b"")

    class Meta:
        db_table = "audit_event"
        indexes = [
            GinIndex(name="audit_event_of_subject", fields=["subjects"]),  # "who has looked"
            models.Index(name="audit_event_by_actor", fields=["actor_id", "at"]),  # what one person did
        ]
        constraints = [
            # A sentence about somebody where a name of an event belongs; it would outlive their record.
            models.CheckConstraint(
                name="audit_event_named_by_code", condition=Q(name__regex=r"^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)+$")
            ),
        ]

    def __str__(self) -> str:
        return f"audit event {self.pk} {self.name}"


class AuditLink(models.Model):
    """An event's place in the chain: its digest covers the event and the digest of the link before."""

    position = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(AuditEvent, models.PROTECT, related_name="link")
    previous_digest = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        db_table = "audit_link"
        # A chain that forks, so that one branch can be dropped without anybody missing it.
        constraints = [models.UniqueConstraint(name="audit_link_follows_one", fields=["previous_digest"])]

    def __str__(self) -> str:
        return f"audit link {self.position}"


class PromisesLook(models.Model):
    """One look at the records, whether the promises hold: when, how much was asked, and each breach by references."""

    looked_at = models.DateTimeField(db_index=True)
    checks = models.PositiveSmallIntegerField()
    breaches = models.JSONField(default=list)
    """[promise, about, words] of each breach; nobody is named."""

    class Meta:
        db_table = "audit_promises_look"

    def __str__(self) -> str:
        return f"look at the promises {self.pk}"
