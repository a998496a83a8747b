"""Transfers: runs of a pathway, the records of their steps, queues, messages, and the settings they run under."""

from django.db import models
from django.db.models import F, Q

from handhold.records.models.assessments import Assessment
from handhold.records.models.people import Family, Person
from handhold.records.models.services import Account, Authority, Practitioner, Queue
from handhold.records.refs import RefField


class ProtocolSettings(models.Model):
    """One revision of an authority's numbers for one protocol folder: proposed, checked, and live once approved."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="protocol_settings", db_index=False)
    protocol_folder = models.CharField(max_length=100)
    revision = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    proposed_by = models.ForeignKey(
        Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    # What the check found, a line each; with nothing found it may go live.
    faults = models.TextField(blank=True)
    live_from = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name_plural = "protocol settings"
        constraints = [
            # A revision that means two things, so that nobody can say what a run was decided under.
            models.UniqueConstraint(
                name="protocol_settings_revision_once", fields=["authority", "protocol_folder", "revision"]
            ),
            # Numbers that families are dealt with by, though nobody checked what they lead to.
            models.CheckConstraint(
                name="protocol_settings_live_after_check",
                condition=Q(live_from__isnull=True) | Q(checked_at__isnull=False, faults="", approved_by__isnull=False),
            ),
            # Numbers that one person proposed and approved.
            models.CheckConstraint(
                name="protocol_settings_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")) | Q(proposed_by__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"protocol settings {self.protocol_folder} {self.revision}"


class SettingsCheck(models.Model):
    """How far the check of a revision has come: what was found in each pathway that was walked to its end."""

    revision = models.OneToOneField(ProtocolSettings, models.PROTECT, primary_key=True, related_name="check_progress")
    pathways = models.PositiveSmallIntegerField()
    walked = models.JSONField(default=dict)
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"check of protocol settings {self.revision_id}"


class Run(models.Model):
    """A pathway run for some children of a family; on pages "transfer". It keeps the protocol that it began under."""

    ref = RefField()
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="runs", db_index=False)
    family = models.ForeignKey(Family, models.PROTECT, related_name="runs")
    pathway = models.CharField(max_length=100)
    protocol_folder = models.CharField(max_length=100)
    protocol_digest = models.CharField(max_length=64)
    settings_revision = models.PositiveIntegerField(default=0)
    assessment = models.ForeignKey(
        Assessment, models.PROTECT, null=True, blank=True, related_name="runs", db_index=False
    )
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    sender = models.ForeignKey(Practitioner, models.PROTECT, related_name="runs_sent")
    receiver = models.ForeignKey(Practitioner, models.PROTECT, null=True, blank=True, related_name="runs_received")
    # What the facts say of the receiver, kept so that what they may see is found in one statement.
    receiver_state = models.CharField(max_length=10, default="none")
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=60, blank=True)
    children = models.ManyToManyField(Person, through="records.RunChild", related_name="runs")

    class Meta:
        # "All work": the runs of an authority that have not ended.
        indexes = [
            models.Index(name="run_open_of_authority", fields=["authority"], condition=Q(ended_at__isnull=True)),
        ]
        constraints = [
            # A run that has gone from every list, though nobody said how it ended.
            models.CheckConstraint(
                name="run_ended_somehow",
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__gte=F("started_at")) & ~Q(ending="")),
            ),
        ]

    def __str__(self) -> str:
        return f"run {self.ref}"


class RunChild(models.Model):
    """A child of a run, and how it ended for this child."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="run_children", db_index=False)
    child = models.ForeignKey(Person, models.PROTECT, related_name="run_children")
    outcome = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # A child who is moved on twice by one run.
            models.UniqueConstraint(name="run_child_once", fields=["run", "child"]),
            # A child who has dropped out of a run without an outcome.
            models.CheckConstraint(
                name="run_child_ended_with_outcome",
                condition=Q(ended_at__isnull=True, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"run child {self.pk}"


class StepRecord(models.Model):
    """One thing done in a run: a step recorded, an exception asked for or decided. A correction is a later record."""

    class Act(models.TextChoices):
        """What this record says."""

        RECORDED = "recorded"
        EXCEPTION_ASKED = "exception-asked"
        EXCEPTION_DECIDED = "exception-decided"
        TAKEN_BACK = "taken-back"  # a correction: what it names was not so at all

    run = models.ForeignKey(Run, models.PROTECT, related_name="step_records", db_index=False)
    step = models.CharField(max_length=100)
    child = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    round = models.PositiveSmallIntegerField(default=1)
    act = models.CharField(max_length=20, choices=Act.choices, default=Act.RECORDED)
    outcome = models.CharField(max_length=60, blank=True)
    exception_kind = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    on_behalf_of = models.ForeignKey(
        Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", db_index=False
    )
    practitioner = models.ForeignKey(
        Practitioner, models.PROTECT, null=True, blank=True, related_name="step_records_naming", db_index=False
    )
    agreed_date = models.DateField(null=True, blank=True)
    # It came about as time passed, by nobody's hand; `recorded_by` is who answered for it then.
    by_time = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(name="step_record_of_run", fields=["run", "id"])]  # a run's casefile, in order
        constraints = [
            # An act that the casefile does not read.
            models.CheckConstraint(
                name="step_record_act_known",
                condition=Q(act__in=["recorded", "exception-asked", "exception-decided", "taken-back"]),
            ),
            # Something taken back, of which nobody can say what it was.
            models.CheckConstraint(
                name="step_record_taken_back_names_another",
                condition=~Q(act="taken-back") | Q(corrects__isnull=False),
            ),
            # An exception without what was tried and why, which a second person would have to decide blind.
            models.CheckConstraint(
                name="step_record_exception_has_reason",
                condition=~Q(act="exception-asked") | (~Q(exception_kind="") & ~Q(reason="")),
            ),
            # A visit or a meeting recorded before it took place.
            models.CheckConstraint(
                name="step_record_happened_before_recorded", condition=Q(happened_at__lte=F("recorded_at"))
            ),
            # One step done twice by a double click or by two officers at once.
            models.UniqueConstraint(
                name="step_record_once_per_round",
                fields=["run", "step", "child", "round"],
                nulls_distinct=False,
                condition=Q(act="recorded", corrects__isnull=True),
            ),
            # Two corrections of one record, of which nobody can say which stands.
            models.UniqueConstraint(
                name="step_record_corrected_once", fields=["corrects"], condition=Q(corrects__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"step record {self.pk}"


class QueueItem(models.Model):
    """A run that waits in a queue until somebody takes it."""

    queue = models.ForeignKey(Queue, models.PROTECT, related_name="items", db_index=False)
    run = models.ForeignKey(Run, models.PROTECT, related_name="queue_items")
    put_at = models.DateTimeField()
    taken_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        # What waits in a queue, oldest first.
        indexes = [
            models.Index(name="queue_item_waiting", fields=["queue", "put_at"], condition=Q(taken_at__isnull=True)),
        ]
        constraints = [
            # Work gone from a queue though nobody has it.
            models.CheckConstraint(
                name="queue_item_taken_by_somebody",
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__gte=F("put_at"), taken_by__isnull=False),
            ),
            # One run waiting twice in one queue, and taken by two people.
            models.UniqueConstraint(
                name="queue_item_waits_once", fields=["queue", "run"], condition=Q(taken_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"queue item {self.pk}"


class Message(models.Model):
    """What the two ends of a run wrote to each other."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="messages")
    written_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()
    text = models.TextField()

    def __str__(self) -> str:
        return f"message {self.pk}"


class SubmittedForm(models.Model):
    """The idempotency key of a form that was sent, and the page that answered it: a retry gets the same answer."""

    key = models.CharField(max_length=64)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    answer_url = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        # One click that counts twice.
        constraints = [models.UniqueConstraint(name="submitted_form_once", fields=["key"])]

    def __str__(self) -> str:
        return f"submitted form {self.pk}"
