"""What people keep for themselves about lists of work. Nothing about a family stands here but what they typed."""

from django.db import models
from django.db.models import Q

from handhold.records.models.services import Practitioner
from handhold.records.refs import RefField


class SavedFilter(models.Model):
    """A way of narrowing and sorting one list, under the name that its owner gave it. Only they see it."""

    ref = RefField()
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="saved_filters", db_index=False)
    worklist = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    asked = models.CharField(max_length=500)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Two under one name, of which nobody can say which is meant; it also finds those of a person.
            models.UniqueConstraint(name="saved_filter_name_once", fields=["practitioner", "worklist", "name"]),
            # One that nobody can call by its name.
            models.CheckConstraint(name="saved_filter_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"saved filter {self.ref}"
