"""What came in from outside: mails as they arrived, papers that partners sent, where each was filed, its registration.

All of it is kept as it came. A paper filed wrongly is filed again: the last filing stands.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from handhold.records.models.people import Family, Person
from handhold.records.models.services import Authority, Practitioner
from handhold.records.refs import RefField


class ReceivedMail(models.Model):
    """One mail of the mailbox, with all its bytes; of one that was too large, its head alone."""

    class Sort(models.TextChoices):
        """What it turned out to be."""

        PAPER = "paper"
        BOUNCE = "bounce"
        AUTOMATIC = "automatic"

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="received_mails", db_index=False)
    sort = models.CharField(max_length=10, choices=Sort.choices)
    message_id = models.CharField(max_length=500, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    is_whole = models.BooleanField(default=True)
    content = models.BinaryField()
    from_address = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="received_mail_of_sort", fields=["authority", "sort"])]  # automatic answers
        constraints = [
            # One mail fetched twice, because something died before it was marked in the mailbox.
            models.UniqueConstraint(name="received_mail_once", fields=["authority", "message_id", "sha256"]),
            # A mail in no list.
            models.CheckConstraint(
                name="received_mail_sort_known", condition=Q(sort__in=["paper", "bounce", "automatic"])
            ),
        ]

    def __str__(self) -> str:
        return f"received mail {self.pk}"


class PartnerPaper(models.Model):
    """A paper that somebody sent in, on the web (`sender`) or by mail (`mail`, and `sender` where they are known)."""

    ref = RefField()
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="partner_papers", db_index=False)
    mail = models.OneToOneField(ReceivedMail, models.PROTECT, null=True, blank=True, related_name="paper")
    kind = models.CharField(max_length=40, blank=True)
    sender = models.ForeignKey(Practitioner, models.PROTECT, null=True, blank=True, related_name="papers_sent")
    from_address = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    paper_date = models.DateField(null=True, blank=True)
    received_at = models.DateTimeField()
    flags = ArrayField(models.CharField(max_length=20), default=list)
    proposed_family = models.ForeignKey(Family, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    proposed_by = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(name="partner_paper_received", fields=["authority", "received_at"])]  # the team's list
        constraints = [
            # A paper of which nobody can say where it came from.
            models.CheckConstraint(
                name="partner_paper_came_somehow", condition=Q(mail__isnull=False) | Q(sender__isnull=False)
            ),
            # A sort of paper that no council's procedure can call anything.
            models.CheckConstraint(
                name="partner_paper_kind_known",
                condition=Q(kind__in=["", "early-help-assessment", "team-meeting-record"]),
            ),
        ]

    def __str__(self) -> str:
        return f"partner paper {self.ref}"


class PaperAttachment(models.Model):
    """A file that came with a paper, as it came; `faults` says why it may not open."""

    paper = models.ForeignKey(PartnerPaper, models.PROTECT, related_name="attachments", db_index=False)
    position = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=255, blank=True)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    faults = ArrayField(models.CharField(max_length=20), default=list)

    class Meta:
        # Two files under one number, of which the page leads to one.
        constraints = [models.UniqueConstraint(name="paper_attachment_once", fields=["paper", "position"])]

    def __str__(self) -> str:
        return f"paper attachment {self.pk}"


class PaperFiling(models.Model):
    """To which family and children a paper belongs; or, without a family, why it is set aside.

    `filed_by` is empty where a known sender had written the reference, so that nobody had to look.
    """

    paper = models.ForeignKey(PartnerPaper, models.PROTECT, related_name="filings")
    family = models.ForeignKey(Family, models.PROTECT, null=True, blank=True, related_name="paper_filings")
    children = models.ManyToManyField(Person, through="records.PaperFilingChild", related_name="paper_filings")
    filed_by = models.ForeignKey(Practitioner, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    filed_at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            # A paper that went from the list though it is nobody's, and nobody said why.
            models.CheckConstraint(
                name="paper_filed_or_set_aside_with_reason", condition=Q(family__isnull=False) | ~Q(reason="")
            )
        ]

    def __str__(self) -> str:
        return f"paper filing {self.pk}"


class PaperFilingChild(models.Model):
    """A child whom a filed paper is about."""

    filing = models.ForeignKey(PaperFiling, models.PROTECT, related_name="filing_children", db_index=False)
    child = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        # A child counted twice.
        constraints = [models.UniqueConstraint(name="paper_filing_child_once", fields=["filing", "child"])]

    def __str__(self) -> str:
        return f"paper filing child {self.pk}"


class PaperRegistration(models.Model):
    """Somebody who receives papers has read one and registered it, as what and of which day, as it was filed."""

    filing = models.OneToOneField(PaperFiling, models.PROTECT, related_name="registration")
    kind = models.CharField(max_length=40)
    paper_date = models.DateField()
    registered_by = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A registration that counts as nothing.
            models.CheckConstraint(
                name="paper_registration_kind_known",
                condition=Q(kind__in=["early-help-assessment", "team-meeting-record"]),
            )
        ]

    def __str__(self) -> str:
        return f"paper registration {self.pk}"


class PaperReminder(models.Model):
    """That a lead, or who chases leads, was told of a paper that is owed: once for each due time and occasion."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="paper_reminders", db_index=False)
    lead = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    due_at = models.DateTimeField()
    occasion = models.CharField(max_length=20)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            # One late paper said twice, by two workers beside each other or by one that died in between.
            models.UniqueConstraint(
                name="paper_reminder_once", fields=["family", "lead", "kind", "due_at", "occasion"]
            ),
            # A word that nobody knows how to say.
            models.CheckConstraint(
                name="paper_reminder_occasion_known", condition=Q(occasion__in=["coming", "passed", "escalated"])
            ),
        ]

    def __str__(self) -> str:
        return f"paper reminder {self.pk}"
