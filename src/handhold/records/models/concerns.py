"""Safeguarding concerns: what was reported, who answers for it, whom it is about, what was said of it later."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q

from handhold.records.models.people import Family, Person
from handhold.records.models.services import Practitioner
from handhold.records.refs import RefField


class Concern(models.Model):
    """A safeguarding concern (Y52): sent, then received by a person, then decided. It stands before every closing.

    `reason` is for who decides, `answer` for who reported it. Nobody whom it is about sees it before it is released.
    """

    ref = RefField()
    authority = models.ForeignKey("records.Authority", models.PROTECT, related_name="concerns", db_index=False)
    family = models.ForeignKey(Family, models.PROTECT, null=True, blank=True, related_name="concerns")
    child = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="concerns")
    who = models.TextField()
    what = models.TextField()
    where_now = models.TextField(blank=True)
    reported_by = models.ForeignKey(
        Practitioner, models.PROTECT, null=True, blank=True, related_name="concerns_reported", db_index=False
    )
    reported_name = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    outcome = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    released_words = models.TextField(blank=True)

    class Meta:
        # The front door's list: undecided ones of an authority, oldest first.
        indexes = [
            models.Index(
                name="concern_undecided", fields=["authority", "sent_at"], condition=Q(decided_at__isnull=True)
            ),
        ]
        constraints = [
            # "Received" though no person has said so.
            models.CheckConstraint(
                name="concern_received_by_a_person",
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__gte=F("sent_at"), acknowledged_by__isnull=False),
            ),
            # A concern that no longer stops a closing, though nobody decided it or nothing was decided.
            models.CheckConstraint(
                name="concern_decided_by_a_person",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, outcome="")
                | (Q(decided_at__gte=F("sent_at"), decided_by__isnull=False) & ~Q(outcome="")),
            ),
            # One that the family can see, though nobody has said that it may be seen.
            models.CheckConstraint(
                name="concern_released_by_a_person",
                condition=Q(released_at__isnull=True, released_by__isnull=True, released_words="")
                | (Q(released_at__gte=F("sent_at"), released_by__isnull=False) & ~Q(released_words="")),
            ),
        ]

    def __str__(self) -> str:
        return f"concern {self.ref}"


class ConcernHolding(models.Model):
    """One person answers for one concern, from and to. The database leaves none without, from the moment it is sent."""

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="holdings", db_index=False)
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="concern_holdings")
    during = DateTimeRangeField()
    given_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    why = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"concern holding {self.pk}"


class ConcernAbout(models.Model):
    """Somebody who works with the child, and whom the concern is about: on record, or as named. Never edited."""

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="about", db_index=False)
    practitioner = models.ForeignKey(
        Practitioner, models.PROTECT, null=True, blank=True, related_name="concerns_about", db_index=False
    )
    named = models.CharField(max_length=500, blank=True)
    said_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    said_at = models.DateTimeField()

    class Meta:
        # Left out of every list that shows concerns: "what is about me".
        indexes = [models.Index(name="concern_about_practitioner", fields=["practitioner", "concern"])]
        constraints = [
            # Somebody whom a concern is about twice, or nobody at all.
            models.UniqueConstraint(name="concern_about_once", fields=["concern", "practitioner"]),
            models.CheckConstraint(
                name="concern_about_somebody", condition=Q(practitioner__isnull=False) | ~Q(named="")
            ),
        ]

    def __str__(self) -> str:
        return f"concern about {self.pk}"


class ConcernDiscussion(models.Model):
    """Whether the family had been spoken with before it was sent, and if not, why not (Y55). Later ones count."""

    class Outcome(models.TextChoices):
        """Spoken with, or why not."""

        DISCUSSED = "discussed"
        WOULD_RAISE_RISK = "would-raise-risk"
        NOT_REACHED = "not-reached"
        DELAY_DANGEROUS = "delay-dangerous"
        POLICE_ADVISED = "police-advised-against"

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="discussions")
    outcome = models.CharField(max_length=40, choices=Outcome.choices)
    discussed_date = models.DateField(null=True, blank=True)
    view = models.TextField(blank=True)
    said_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A reason that no clause names, read as "they know".
            models.CheckConstraint(
                name="concern_discussion_known",
                condition=Q(
                    outcome__in=[
                        "discussed",
                        "would-raise-risk",
                        "not-reached",
                        "delay-dangerous",
                        "police-advised-against",
                    ]
                ),
            ),
            # A day on which nobody spoke with the family.
            models.CheckConstraint(
                name="concern_discussion_on_a_day", condition=Q(discussed_date__isnull=True) | Q(outcome="discussed")
            ),
        ]

    def __str__(self) -> str:
        return f"concern discussion {self.pk}"


class ConcernDisagreement(models.Model):
    """Who reported a concern does not agree with what was decided, and why. Never edited."""

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="disagreements")
    why = models.TextField()
    said_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"concern disagreement {self.pk}"
