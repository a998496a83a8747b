"""What comes in from outside: mails, papers of partners, their filings and registrations. None of it is ever changed."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import handhold.records.refs

APPEND_ONLY = (
    "receivedmail",
    "partnerpaper",
    "paperattachment",
    "paperfiling",
    "paperfilingchild",
    "paperregistration",
    "paperreminder",
)


def kept(table: str) -> migrations.RunSQL:
    """What came in, and where it was filed, is never edited or deleted."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_past BEFORE UPDATE OR DELETE ON records_{table} "
        "FOR EACH ROW EXECUTE FUNCTION records_keep_past()",
        f"DROP TRIGGER {table}_past ON records_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0009_offers_and_offices"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceivedMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_mails",
                        to="records.authority",
                    ),
                ),
                (
                    "sort",
                    models.CharField(
                        choices=[("paper", "Paper"), ("bounce", "Bounce"), ("automatic", "Automatic")], max_length=10
                    ),
                ),
                ("message_id", models.CharField(blank=True, max_length=500)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("is_whole", models.BooleanField(default=True)),
                ("content", models.BinaryField()),
                ("from_address", models.CharField(blank=True, max_length=320)),
                ("subject", models.CharField(blank=True, max_length=500)),
                ("received_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["authority", "sort"], name="received_mail_of_sort")],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "message_id", "sha256"), name="received_mail_once"),
                    models.CheckConstraint(
                        condition=models.Q(("sort__in", ["paper", "bounce", "automatic"])),
                        name="received_mail_sort_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", handhold.records.refs.RefField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partner_papers",
                        to="records.authority",
                    ),
                ),
                (
                    "mail",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper",
                        to="records.receivedmail",
                    ),
                ),
                ("kind", models.CharField(blank=True, max_length=40)),
                (
                    "sender",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers_sent",
                        to="records.practitioner",
                    ),
                ),
                ("from_address", models.CharField(blank=True, max_length=320)),
                ("subject", models.CharField(blank=True, max_length=500)),
                ("text", models.TextField(blank=True)),
                ("paper_date", models.DateField(blank=True, null=True)),
                ("received_at", models.DateTimeField()),
                (
                    "flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                (
                    "proposed_family",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.family",
                    ),
                ),
                ("proposed_by", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "indexes": [models.Index(fields=["authority", "received_at"], name="partner_paper_received")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mail__isnull", False), ("sender__isnull", False), _connector="OR"),
                        name="partner_paper_came_somehow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["", "early-help-assessment", "team-meeting-record"])),
                        name="partner_paper_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperAttachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="records.partnerpaper",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("media_type", models.CharField(max_length=120)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                (
                    "faults",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("paper", "position"), name="paper_attachment_once")],
            },
        ),
        migrations.CreateModel(
            name="PaperFiling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="filings", to="records.partnerpaper"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_filings",
                        to="records.family",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                ("filed_at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("family__isnull", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="paper_filed_or_set_aside_with_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperFilingChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "filing",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filing_children",
                        to="records.paperfiling",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("filing", "child"), name="paper_filing_child_once")],
            },
        ),
        migrations.AddField(
            model_name="paperfiling",
            name="children",
            field=models.ManyToManyField(
                related_name="paper_filings", through="records.PaperFilingChild", to="records.person"
            ),
        ),
        migrations.CreateModel(
            name="PaperRegistration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "filing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registration",
                        to="records.paperfiling",
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("paper_date", models.DateField()),
                (
                    "registered_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                ("registered_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["early-help-assessment", "team-meeting-record"])),
                        name="paper_registration_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "family",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_reminders",
                        to="records.family",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("due_at", models.DateTimeField()),
                ("occasion", models.CharField(max_length=20)),
                ("told_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("family", "lead", "kind", "due_at", "occasion"), name="paper_reminder_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("occasion__in", ["coming", "passed", "escalated"])),
                        name="paper_reminder_occasion_known",
                    ),
                ],
            },
        ),
        *(kept(table) for table in APPEND_ONLY),
    ]
