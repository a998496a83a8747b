"""Runs that were moved from the version of the procedure under which they began to another, by a named decision."""

from django.db import models

from handhold.records.models.services import Practitioner
from handhold.records.models.transfers import Run


class VersionMove(models.Model):
    """A run was moved: from which content and settings, to which, by whom and why."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="version_moves")
    from_folder = models.CharField(max_length=100)
    from_digest = models.CharField(max_length=64)
    from_revision = models.PositiveIntegerField()
    to_folder = models.CharField(max_length=100)
    to_digest = models.CharField(max_length=64)
    to_revision = models.PositiveIntegerField()
    decided_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    decided_at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        constraints = [
            # Another procedure for a family, and nobody who could say why.
            models.CheckConstraint(name="version_move_has_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"version move {self.pk}"
