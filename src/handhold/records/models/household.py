"""What was written down of the people of a family: born, corrected, moved in, moved out; what stood before."""

from django.db import models
from django.db.models import Q

from handhold.records.models.people import Family, Person
from handhold.records.models.services import Practitioner


class PersonChange(models.Model):
    """One change of what is on record of somebody of a family, with what stood before it. Never edited.

    `before` and `after` hold the details that changed, by the name of the column, as they were and as they are.
    """

    class Kind(models.TextChoices):
        """What happened."""

        BORN = "born"
        CORRECTED = "corrected"
        JOINED = "joined"
        LEFT = "left"

    family = models.ForeignKey(Family, models.PROTECT, related_name="person_changes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="changes", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    happened_date = models.DateField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    written_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A change that no page can name.
            models.CheckConstraint(
                name="person_change_kind_known", condition=Q(kind__in=["born", "corrected", "joined", "left"])
            ),
            # A birth date that reads otherwise than it did, and nobody said why.
            models.CheckConstraint(name="person_change_corrected_with_reason", condition=~Q(kind="corrected", why="")),
        ]

    def __str__(self) -> str:
        return f"person change {self.pk}"
