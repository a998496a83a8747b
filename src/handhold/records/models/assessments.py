"""Assessments and plans: what is known, what is needed, who does what by when. Texts are versions, never edited."""

from django.db import models
from django.db.models import Q

from handhold.records.models.people import Family, Person
from handhold.records.models.services import Practitioner
from handhold.records.refs import RefField


class Assessment(models.Model):
    """An assessment of a family; complete once a manager has authorised it."""

    ref = RefField()
    family = models.ForeignKey(Family, models.PROTECT, related_name="assessments")
    kind = models.CharField(max_length=40)
    started_date = models.DateField()
    recommendation = models.CharField(max_length=60, blank=True)
    authorised_at = models.DateTimeField(null=True, blank=True)
    authorised_by = models.ForeignKey(
        Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    draft_read_at = models.DateTimeField(null=True, blank=True)
    draft_read_by = models.ForeignKey(
        Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    children = models.ManyToManyField(Person, through="records.AssessmentChild", related_name="assessments")

    class Meta:
        constraints = [
            # A time limit counted from an authorisation that nobody gave.
            models.CheckConstraint(
                name="assessment_authorised_by_a_person",
                condition=Q(authorised_at__isnull=True, authorised_by__isnull=True)
                | Q(authorised_at__isnull=False, authorised_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"assessment {self.ref}"


class AssessmentChild(models.Model):
    """A child whom an assessment is about."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="assessment_children", db_index=False)
    child = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        # A child counted twice among the siblings of an assessment.
        constraints = [models.UniqueConstraint(name="assessment_child_once", fields=["assessment", "child"])]

    def __str__(self) -> str:
        return f"assessment child {self.pk}"


class AssessmentSection(models.Model):
    """One version of one section's text; the highest version is what stands."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="sections", db_index=False)
    code = models.CharField(max_length=60)
    text = models.TextField()
    written_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        # Two editors who both save version 3: the second would overwrite words that they have not seen.
        constraints = [
            models.UniqueConstraint(name="assessment_section_version_once", fields=["assessment", "code", "version"])
        ]

    def __str__(self) -> str:
        return f"assessment section {self.pk}"


class Plan(models.Model):
    """The plan of a family, in numbered revisions."""

    ref = RefField()
    family = models.ForeignKey(Family, models.PROTECT, related_name="plans")
    run = models.ForeignKey("records.Run", models.PROTECT, null=True, blank=True, related_name="plans")

    def __str__(self) -> str:
        return f"plan {self.ref}"


class PlanRevision(models.Model):
    """The plan as it was written at one time; whoever agreed to it agreed to this revision."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField()
    written_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()

    class Meta:
        # Two editors at once: the second is told, and nobody's plan is lost.
        constraints = [models.UniqueConstraint(name="plan_revision_number_once", fields=["plan", "number"])]

    def __str__(self) -> str:
        return f"plan revision {self.pk}"


class Need(models.Model):
    """A need that the plan meets; `outstanding` when it continues to require support (Y11)."""

    revision = models.ForeignKey(PlanRevision, models.PROTECT, related_name="needs", db_index=False)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    outstanding = models.BooleanField(default=True)

    class Meta:
        # Two needs in one place, so that an action stands under the wrong one.
        constraints = [models.UniqueConstraint(name="need_position_once", fields=["revision", "position"])]

    def __str__(self) -> str:
        return f"need {self.pk}"


class PlanAction(models.Model):
    """A SMART action under a need. `only_monitors` when it watches and helps with nothing (Y11)."""

    need = models.ForeignKey(Need, models.PROTECT, related_name="actions", db_index=False)
    position = models.PositiveSmallIntegerField()
    what = models.TextField()
    measured_by = models.TextField(blank=True)
    by_whom = models.CharField(max_length=200, blank=True)
    by_date = models.DateField(null=True, blank=True)
    only_monitors = models.BooleanField(default=False)

    class Meta:
        # Two actions in one place of the list that a family reads.
        constraints = [models.UniqueConstraint(name="plan_action_position_once", fields=["need", "position"])]

    def __str__(self) -> str:
        return f"plan action {self.pk}"
