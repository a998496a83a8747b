"""Who answers for a child: involvements, allocations, main contacts, professional relationships, consent."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q

from handhold.records.models.people import Family, Person
from handhold.records.models.services import Agency, Practitioner, Team
from handhold.records.refs import RefField


class Involvement(models.Model):
    """A service is involved with a child, from and to. While it is open, exactly one person is accountable for it."""

    class Kind(models.TextChoices):
        """The kinds that a child can have, each at most once at a time."""

        REFERRAL = "referral"
        ASSESSMENT = "assessment"
        CHILD_IN_NEED = "child-in-need"
        CHILD_PROTECTION = "child-protection"
        CARE = "care"
        EARLY_HELP = "early-help"
        SINGLE_AGENCY = "single-agency"
        PATHWAYS = "pathways"
        EARLY_HELP_OFFER = "early-help-offer"
        DUTY_OFFER = "duty-offer"

    ref = RefField()
    child = models.ForeignKey(Person, models.PROTECT, related_name="involvements", db_index=False)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    open_during = DateTimeRangeField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="involvements", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="involvements")
    opened_by_run = models.ForeignKey(
        "records.Run", models.PROTECT, null=True, blank=True, related_name="opened_involvements", db_index=False
    )
    closing_reason = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            # A kind that no rule of closing knows.
            models.CheckConstraint(
                name="involvement_kind_known",
                condition=Q(
                    kind__in=[
                        "referral",
                        "assessment",
                        "child-in-need",
                        "child-protection",
                        "care",
                        "early-help",
                        "single-agency",
                        "pathways",
                        "early-help-offer",
                        "duty-offer",
                    ]
                ),
            ),
            # A child let go without anybody having said why; or a reason on one who is still held.
            models.CheckConstraint(
                name="involvement_closed_with_reason",
                condition=Q(open_during__upper_inf=True, closing_reason="")
                | (Q(open_during__upper_inf=False) & ~Q(closing_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"involvement {self.ref}"


class Allocation(models.Model):
    """One person is accountable for one involvement, from and to. `as_post` when they took it on by office.

    `held_as` is the role by which the run made them so, where they are no person of the run itself.
    """

    involvement = models.ForeignKey(Involvement, models.PROTECT, related_name="allocations", db_index=False)
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="allocations")
    during = DateTimeRangeField()
    as_post = models.ForeignKey(
        "records.Post", models.PROTECT, null=True, blank=True, related_name="allocations", db_index=False
    )
    run = models.ForeignKey("records.Run", models.PROTECT, null=True, blank=True, related_name="allocations")
    held_as = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"allocation {self.pk}"


class MainContact(models.Model):
    """The one person whom a child and family ring, from and to: one of those accountable, by that involvement.

    Both foreign keys of practice (involvement of this child, allocation of this person) are in the migrations, with
    the period in them; so the two plain ones need no constraint of their own.
    """

    child = models.ForeignKey(Person, models.PROTECT, related_name="main_contacts", db_index=False)
    involvement = models.ForeignKey(
        Involvement, models.PROTECT, related_name="main_contacts", db_constraint=False, db_index=False
    )
    practitioner = models.ForeignKey(
        Practitioner, models.PROTECT, related_name="main_contacts", db_constraint=False, db_index=False
    )
    during = DateTimeRangeField()

    class Meta:
        # Looked up by the database itself when an allocation ends; and "whose main contact am I".
        indexes = [
            models.Index(name="main_contact_of_allocation", fields=["involvement", "practitioner"]),
            models.Index(name="main_contact_by_person", fields=["practitioner"]),
        ]

    def __str__(self) -> str:
        return f"main contact {self.pk}"


class ProfessionalRelationship(models.Model):
    """Who works with a child and how to reach them, as on the person summary screen (Y27)."""

    child = models.ForeignKey(Person, models.PROTECT, related_name="professional_relationships", db_index=False)
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="professional_relationships")
    role = models.CharField(max_length=60)
    contact = models.CharField(max_length=200, blank=True)
    during = DateTimeRangeField()
    is_lead = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"professional relationship {self.pk}"


class Consent(models.Model):
    """What somebody answered when asked to agree to support: for the family, or for one child. Never edited."""

    class Outcome(models.TextChoices):
        """The four answers. Only `given` is live, and only until a later one."""

        GIVEN = "given"
        REFUSED = "refused"
        DISPUTED = "disputed"
        WITHDRAWN = "withdrawn"

    family = models.ForeignKey(Family, models.PROTECT, related_name="consents", db_index=False)
    child = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="consents", db_index=False)
    given_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="consents_given", db_index=False
    )
    step_record = models.ForeignKey(
        "records.StepRecord", models.PROTECT, null=True, blank=True, related_name="consents", db_index=False
    )
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    to_what = models.CharField(max_length=100)
    how = models.CharField(max_length=40)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    note = models.TextField(blank=True)
    agencies = models.ManyToManyField(Agency, through="records.ConsentSharing", related_name="consents")

    class Meta:
        # "Is there live consent": the latest answer of a family.
        indexes = [models.Index(name="consent_latest_of_family", fields=["family", "happened_at"])]
        constraints = [
            # An answer that is neither yes nor no, read as yes.
            models.CheckConstraint(
                name="consent_outcome_known", condition=Q(outcome__in=["given", "refused", "disputed", "withdrawn"])
            ),
            # A promise to ask, recorded as though the family had answered.
            models.CheckConstraint(
                name="consent_happened_before_recorded", condition=Q(happened_at__lte=F("recorded_at"))
            ),
            # One answer of one person written down twice for one step, by a double click.
            models.UniqueConstraint(
                name="consent_once_per_step",
                fields=["step_record", "given_by", "child", "to_what"],
                nulls_distinct=False,
                condition=Q(step_record__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class ConsentSharing(models.Model):
    """An agency with which the family agreed to share."""

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="sharings", db_index=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        # One agency named twice on a letter.
        constraints = [models.UniqueConstraint(name="consent_sharing_once", fields=["consent", "agency"])]

    def __str__(self) -> str:
        return f"consent sharing {self.pk}"
