"""Papers: forms with the origin of each answer, and documents with the bytes that were sent."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from handhold.records.models.people import Family, Person
from handhold.records.models.services import Practitioner, Queue
from handhold.records.refs import RefField


class Form(models.Model):
    """A form of a run, such as the early help recording form; `assigned_queue` is where its work waits."""

    ref = RefField()
    run = models.ForeignKey("records.Run", models.PROTECT, related_name="forms", db_index=False)
    code = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    assigned_queue = models.ForeignKey(
        Queue, models.PROTECT, null=True, blank=True, related_name="forms", db_index=False
    )

    class Meta:
        # One form opened twice by a double click, each half filled in.
        constraints = [models.UniqueConstraint(name="form_once_per_run", fields=["run", "code"])]

    def __str__(self) -> str:
        return f"form {self.ref}"


class FormAnswer(models.Model):
    """One version of one answer, with where its words come from; the highest version is what stands."""

    class Origin(models.TextChoices):
        """Typed here; carried from what was known; carried and then edited."""

        TYPED = "typed"
        CARRIED = "carried"
        EDITED = "edited"

    form = models.ForeignKey(Form, models.PROTECT, related_name="answers", db_index=False)
    field = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    origin_label = models.CharField(max_length=200, blank=True)
    origin_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            # Two editors who both save version 3: the second would overwrite words that they have not seen.
            models.UniqueConstraint(name="form_answer_version_once", fields=["form", "field", "version"]),
            # Words whose origin is not one of the three, so that "told once" cannot be counted.
            models.CheckConstraint(
                name="form_answer_origin_known", condition=Q(origin__in=["typed", "carried", "edited"])
            ),
        ]

    def __str__(self) -> str:
        return f"form answer {self.pk}"


class Document(models.Model):
    """A letter or pack as it was made: the bytes themselves, and their digest."""

    ref = RefField()
    family = models.ForeignKey(Family, models.PROTECT, related_name="documents")
    run = models.ForeignKey("records.Run", models.PROTECT, null=True, blank=True, related_name="documents")
    child = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="documents", db_index=False)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    recipient = models.CharField(max_length=200, blank=True)
    address = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"document {self.ref}"


class PaperShared(models.Model):
    """A paper that goes with a family to whoever takes over, as it was made for them: whole, or a redacted version.

    `code` is what it is (`assessment`, `final-plan`, `summary`); `left_out` are the sections that were taken out of it.
    """

    step_record = models.ForeignKey("records.StepRecord", models.PROTECT, related_name="papers_shared")
    code = models.CharField(max_length=60)
    document = models.OneToOneField(Document, models.PROTECT, related_name="shared_as")
    is_redacted = models.BooleanField(default=False)
    left_out = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    class Meta:
        constraints = [
            # One paper twice in one parcel, once whole and once redacted.
            models.UniqueConstraint(name="paper_shared_once", fields=["step_record", "code"]),
            # A paper from which something was taken, passed on as though it were whole.
            models.CheckConstraint(name="paper_left_out_is_marked", condition=Q(is_redacted=True) | Q(left_out__len=0)),
        ]

    def __str__(self) -> str:
        return f"paper {self.pk}"


class PaperReceived(models.Model):
    """The answer of whoever takes over that they have a paper."""

    step_record = models.ForeignKey("records.StepRecord", models.PROTECT, related_name="papers_received")
    paper = models.ForeignKey(PaperShared, models.PROTECT, related_name="received")

    class Meta:
        constraints = [models.UniqueConstraint(name="paper_received_once", fields=["step_record", "paper"])]

    def __str__(self) -> str:
        return f"receipt of paper {self.paper_id}"
