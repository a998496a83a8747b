"""What happened between people: meetings, visits, conversations, decisions, notices."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from handhold.records.models.people import Family, Person
from handhold.records.models.services import Agency, MeetingSeries, Practitioner
from handhold.records.refs import RefField


class Meeting(models.Model):
    """A meeting, of a series or of one run: planned, then held."""

    ref = RefField()
    series = models.ForeignKey(
        MeetingSeries, models.PROTECT, null=True, blank=True, related_name="meetings", db_index=False
    )
    run = models.ForeignKey("records.Run", models.PROTECT, null=True, blank=True, related_name="meetings")
    step_record = models.ForeignKey(
        "records.StepRecord", models.PROTECT, null=True, blank=True, related_name="meetings", db_index=False
    )
    kind = models.CharField(max_length=60)
    planned_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    chair = models.ForeignKey(Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            # Two meetings of one series at one time, each with half of the agenda.
            models.UniqueConstraint(name="meeting_of_series_once", fields=["series", "planned_at"]),
        ]

    def __str__(self) -> str:
        return f"meeting {self.ref}"


class MeetingDraft(models.Model):
    """What was written to finish a meeting that cannot be finished yet: for whoever finishes it. Gone once it is."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, primary_key=True, related_name="draft")
    present = ArrayField(models.CharField(max_length=8), default=list)
    apologies = ArrayField(models.CharField(max_length=8), default=list)
    chair = models.CharField(max_length=8, blank=True)
    note = models.TextField(blank=True)
    saved_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"draft of meeting {self.meeting_id}"


class MeetingAttendance(models.Model):
    """One person's answer to one meeting: a practitioner or a member of the family."""

    class Answer(models.TextChoices):
        """Blank until the meeting has been held."""

        PRESENT = "present"
        APOLOGIES = "apologies"
        ABSENT = "absent"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances", db_index=False)
    practitioner = models.ForeignKey(
        Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    attendance = models.CharField(max_length=20, choices=Answer.choices, blank=True)

    class Meta:
        constraints = [
            # A chair taken by nobody, or by two.
            models.CheckConstraint(
                name="meeting_attendance_of_one",
                condition=Q(practitioner__isnull=False, person__isnull=True)
                | Q(practitioner__isnull=True, person__isnull=False),
            ),
            # Attendance that counts neither as there nor as away.
            models.CheckConstraint(
                name="meeting_attendance_known",
                condition=Q(attendance__in=["", "present", "apologies", "absent"]),
            ),
            # One person both present and absent.
            models.UniqueConstraint(
                name="meeting_attendance_once", fields=["meeting", "practitioner", "person"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"meeting attendance {self.pk}"


class MeetingItem(models.Model):
    """A run on the agenda of a meeting: allocated with a time frame, or moved on to a later meeting with a reason."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items", db_index=False)
    run = models.ForeignKey("records.Run", models.PROTECT, related_name="meeting_items")
    position = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    practitioner = models.ForeignKey(
        Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    by_date = models.DateField(null=True, blank=True)
    put_on_at = models.DateTimeField()
    moved_to = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="items_moved_here", db_index=False
    )

    class Meta:
        constraints = [
            # One family discussed twice at one meeting, and allocated to two people. What was taken back is not.
            models.UniqueConstraint(
                name="meeting_item_once", fields=["meeting", "run"], condition=~Q(outcome="taken-back")
            ),
        ]

    def __str__(self) -> str:
        return f"meeting item {self.pk}"


class Visit(models.Model):
    """A visit to a family: who was seen, and who was seen alone."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="visits", db_index=False)
    run = models.ForeignKey("records.Run", models.PROTECT, null=True, blank=True, related_name="visits", db_index=False)
    step_record = models.ForeignKey(
        "records.StepRecord", models.PROTECT, null=True, blank=True, related_name="visits", db_index=False
    )
    kind = models.CharField(max_length=60)
    visited_at = models.DateTimeField()
    by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(name="visit_latest_of_family", fields=["family", "visited_at"])]  # the chronology

    def __str__(self) -> str:
        return f"visit {self.pk}"


class VisitChild(models.Model):
    """A child of a visit: seen or not, alone or not."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="visit_children", db_index=False)
    child = models.ForeignKey(Person, models.PROTECT, related_name="visits_as_child")
    seen = models.BooleanField()
    seen_alone = models.BooleanField(default=False)

    class Meta:
        constraints = [
            # A child both seen and not seen on one visit.
            models.UniqueConstraint(name="visit_child_once", fields=["visit", "child"]),
            # A child spoken to alone whom nobody saw.
            models.CheckConstraint(name="visit_child_seen_if_alone", condition=Q(seen=True) | Q(seen_alone=False)),
        ]

    def __str__(self) -> str:
        return f"visit child {self.pk}"


class Conversation(models.Model):
    """Somebody spoke with a practitioner or with a member of the family."""

    run = models.ForeignKey("records.Run", models.PROTECT, null=True, blank=True, related_name="conversations")
    step_record = models.ForeignKey(
        "records.StepRecord", models.PROTECT, null=True, blank=True, related_name="conversations", db_index=False
    )
    with_practitioner = models.ForeignKey(
        Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    with_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    how = models.CharField(max_length=40)
    happened_at = models.DateTimeField()
    about = models.TextField(blank=True)
    by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            # A conversation with nobody, offered as proof that the family was asked.
            models.CheckConstraint(
                name="conversation_with_somebody",
                condition=Q(with_practitioner__isnull=False) | Q(with_person__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk}"


class Decision(models.Model):
    """Somebody decided, and why."""

    run = models.ForeignKey("records.Run", models.PROTECT, null=True, blank=True, related_name="decisions")
    step_record = models.ForeignKey(
        "records.StepRecord", models.PROTECT, null=True, blank=True, related_name="decisions", db_index=False
    )
    decided_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    decided_at = models.DateTimeField()
    outcome = models.CharField(max_length=60)
    reason = models.TextField(blank=True)

    class Meta:
        # A decision that does not say what was decided.
        constraints = [models.CheckConstraint(name="decision_says_what", condition=~Q(outcome=""))]

    def __str__(self) -> str:
        return f"decision {self.pk}"


class Notice(models.Model):
    """A practitioner or an agency of the team around the child was told (Y24)."""

    step_record = models.ForeignKey("records.StepRecord", models.PROTECT, related_name="notices")
    to_practitioner = models.ForeignKey(
        Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    to_agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    how = models.CharField(max_length=40)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A notice to nobody, ticked as told.
            models.CheckConstraint(
                name="notice_to_somebody",
                condition=Q(to_practitioner__isnull=False) | Q(to_agency__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"
