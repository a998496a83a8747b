"""Two records that are one child: which of them is kept, and which was joined to it. No row of either is moved."""

from django.db import models
from django.db.models import F, Q

from handhold.records.models.people import Person
from handhold.records.models.services import Practitioner
from handhold.records.refs import RefField


class JoinedRecord(models.Model):
    """`other` is the same child as `kept`, until somebody says that it is not.

    While it stands, `other` has no main contact, no open involvement and no part in an open run, and `Person.is_joined`
    says so of it: keys in migration 0019 hold each of these.
    """

    ref = RefField()
    kept = models.ForeignKey(Person, models.PROTECT, related_name="records_joined")
    other = models.ForeignKey(Person, models.PROTECT, related_name="joined_to")
    joined_at = models.DateTimeField()
    joined_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    reason = models.TextField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    undone_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            # A record that was joined to itself, and is found nowhere any more.
            models.CheckConstraint(name="joined_record_of_two", condition=~Q(kept=F("other"))),
            # Two children taken for one, and nobody who could say why.
            models.CheckConstraint(name="joined_record_has_reason", condition=~Q(reason="")),
            # Two records parted again, though nobody did it or said why.
            models.CheckConstraint(
                name="joined_record_undone_by_a_person",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_reason="")
                | (Q(undone_at__gte=F("joined_at"), undone_by__isnull=False) & ~Q(undone_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"joined record {self.ref}"
