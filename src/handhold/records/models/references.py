"""By which names other systems know our records. Not here: NHS number and UPN, which are a person's own."""

from django.db import models

from handhold.records.models.services import Authority


class ExternalReference(models.Model):
    """The reference of one row of an imported folder, and the record that it became.

    `kind` is the file that the row came from. `digest` is keyed and stands for the row as it was last imported, so
    that an unchanged row is recognised without keeping a second copy of what it says about people.
    """

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="external_references", db_index=False)
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=300)
    object_id = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        # One row of the other system imported as two records.
        constraints = [
            models.UniqueConstraint(name="external_reference_once", fields=["authority", "kind", "reference"])
        ]

    def __str__(self) -> str:
        return f"external reference {self.pk}"
