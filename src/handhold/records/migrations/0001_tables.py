"""The tables of the records, their indexes and the constraints that Django can say. The others follow."""

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import handhold.records.checks_of_numbers
import handhold.records.refs


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("given", "Given"),
                            ("refused", "Refused"),
                            ("disputed", "Disputed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("to_what", models.CharField(max_length=100)),
                ("how", models.CharField(max_length=40)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Form",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", handhold.records.refs.RefField()),
                ("code", models.CharField(max_length=60)),
                ("opened_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("outstanding", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="Authority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(db_index=False, max_length=40)),
                ("name", models.CharField(max_length=100)),
                ("protocol", models.CharField(max_length=100)),
            ],
            options={
                "verbose_name_plural": "authorities",
                "constraints": [models.UniqueConstraint(fields=("code",), name="authority_code_once")],
            },
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", handhold.records.refs.RefField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("council", "Council"),
                            ("school", "School"),
                            ("health", "Health"),
                            ("charity", "Charity"),
                            ("police", "Police"),
                            ("housing", "Housing"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agencies", to="records.authority"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "agencies",
            },
        ),
        migrations.CreateModel(
            name="ConsentSharing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.agency",
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sharings",
                        to="records.consent",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="consent",
            name="agencies",
            field=models.ManyToManyField(
                related_name="consents", through="records.ConsentSharing", to="records.agency"
            ),
        ),
        migrations.CreateModel(
            name="Family",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", handhold.records.refs.RefField()),
                ("name", models.CharField(max_length=100)),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="families",
                        to="records.authority",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "families",
            },
        ),
        migrations.AddField(
            model_name="consent",
            name="family",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consents",
                to="records.family",
            ),
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", handhold.records.refs.RefField()),
                ("kind", models.CharField(max_length=40)),
                ("started_date", models.DateField()),
                ("recommendation", models.CharField(blank=True, max_length=60)),
                ("authorised_at", models.DateTimeField(blank=True, null=True)),
                ("draft_read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="records.family"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MeetingSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(db_index=False, max_length=60)),
                ("title", models.CharField(max_length=100)),
                ("weekday", models.PositiveSmallIntegerField()),
                ("start_time", models.TimeField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_series",
                        to="records.authority",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "meeting series",
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", handhold.records.refs.RefField()),
                ("kind", models.CharField(max_length=60)),
                ("planned_at", models.DateTimeField()),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="records.meetingseries",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", handhold.records.refs.RefField()),
                ("given_name", models.CharField(blank=True, max_length=100)),
                ("family_name", models.CharField(max_length=100)),
                ("known_as", models.CharField(blank=True, max_length=100)),
                ("birth_date", models.DateField(blank=True, null=True)),
                ("expected_birth_date", models.DateField(blank=True, null=True)),
                ("died_date", models.DateField(blank=True, null=True)),
                ("sex", models.CharField(blank=True, max_length=20)),
                ("ethnicity", models.CharField(blank=True, max_length=60)),
                ("first_language", models.CharField(blank=True, max_length=60)),
                ("interpreter_needed", models.BooleanField(default=False)),
                ("communication_needs", models.TextField(blank=True)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("address", models.TextField(blank=True)),
                (
                    "nhs_number",
                    models.CharField(
                        blank=True,
                        max_length=10,
                        null=True,
                        validators=[handhold.records.checks_of_numbers.check_nhs_number],
                    ),
                ),
                (
                    "upn",
                    models.CharField(
                        blank=True, max_length=13, null=True, validators=[handhold.records.checks_of_numbers.check_upn]
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("birth_date__isnull", False), ("expected_birth_date__isnull", False), _connector="OR"
                        ),
                        name="person_has_birth_or_expected_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("died_date__isnull", True),
                            ("birth_date__isnull", True),
                            ("died_date__gte", models.F("birth_date")),
                            _connector="OR",
                        ),
                        name="person_died_not_before_birth",
                    ),
                    models.UniqueConstraint(fields=("nhs_number",), name="person_nhs_number_is_one_person"),
                    models.UniqueConstraint(fields=("upn",), name="person_upn_is_one_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Involvement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", handhold.records.refs.RefField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("referral", "Referral"),
                            ("assessment", "Assessment"),
                            ("child-in-need", "Child In Need"),
                            ("child-protection", "Child Protection"),
                            ("care", "Care"),
                            ("early-help", "Early Help"),
                            ("single-agency", "Single Agency"),
                            ("pathways", "Pathways"),
                        ],
                        max_length=30,
                    ),
                ),
                ("open_during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("closing_reason", models.CharField(blank=True, max_length=60)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involvements",
                        to="records.agency",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involvements",
                        to="records.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FamilyMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(choices=[("child", "Child"), ("adult", "Adult")], max_length=10)),
                ("in_household", models.BooleanField(default=True)),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "family",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="records.family",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="records.person"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="family",
            name="members",
            field=models.ManyToManyField(related_name="families", through="records.FamilyMember", to="records.person"),
        ),
        migrations.AddField(
            model_name="consent",
            name="child",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consents",
                to="records.person",
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="given_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consents_given",
                to="records.person",
            ),
        ),
        migrations.CreateModel(
            name="AssessmentChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "assessment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessment_children",
                        to="records.assessment",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="assessment",
            name="children",
            field=models.ManyToManyField(
                related_name="assessments", through="records.AssessmentChild", to="records.person"
            ),
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", handhold.records.refs.RefField()),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="records.family"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("what", models.TextField()),
                ("measured_by", models.TextField(blank=True)),
                ("by_whom", models.CharField(blank=True, max_length=200)),
                ("by_date", models.DateField(blank=True, null=True)),
                ("only_monitors", models.BooleanField(default=False)),
                (
                    "need",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="records.need",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("written_at", models.DateTimeField()),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="records.plan",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="need",
            name="revision",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="needs",
                to="records.planrevision",
            ),
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(db_index=False, max_length=60)),
                ("title", models.CharField(max_length=100)),
                (
                    "must_be_held_during",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(blank=True, null=True),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="records.authority",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="meetingseries",
            name="chair_post",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meeting_series",
                to="records.post",
            ),
        ),
        migrations.CreateModel(
            name="Practitioner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", handhold.records.refs.RefField()),
                ("given_name", models.CharField(max_length=100)),
                ("family_name", models.CharField(max_length=100)),
                ("job_title", models.CharField(blank=True, max_length=100)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("left_date", models.DateField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="practitioners", to="records.agency"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PostHolding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="records.post",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="post_holdings",
                        to="records.practitioner",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="planrevision",
            name="written_by",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.practitioner"
            ),
        ),
        migrations.CreateModel(
            name="MeetingAttendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "attendance",
                    models.CharField(
                        blank=True,
                        choices=[("present", "Present"), ("apologies", "Apologies"), ("absent", "Absent")],
                        max_length=20,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="records.meeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.person",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="meeting",
            name="chair",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.practitioner",
            ),
        ),
        migrations.CreateModel(
            name="MainContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "involvement",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="main_contacts",
                        to="records.involvement",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="main_contacts",
                        to="records.person",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="main_contacts",
                        to="records.practitioner",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FormAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=60)),
                ("text", models.TextField(blank=True)),
                (
                    "origin",
                    models.CharField(
                        choices=[("typed", "Typed"), ("carried", "Carried"), ("edited", "Edited")], max_length=10
                    ),
                ),
                ("origin_label", models.CharField(blank=True, max_length=200)),
                ("origin_at", models.DateTimeField(blank=True, null=True)),
                ("written_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "form",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="records.form",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="consent",
            name="recorded_by",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.practitioner"
            ),
        ),
        migrations.CreateModel(
            name="Concern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", handhold.records.refs.RefField()),
                ("who", models.TextField()),
                ("what", models.TextField()),
                ("where_now", models.TextField(blank=True)),
                ("reported_name", models.CharField(blank=True, max_length=200)),
                ("sent_at", models.DateTimeField()),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=60)),
                ("reason", models.TextField(blank=True)),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="records.authority",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="records.family",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="records.person",
                    ),
                ),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns_reported",
                        to="records.practitioner",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AssessmentSection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60)),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "assessment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="records.assessment",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="assessment",
            name="authorised_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.practitioner",
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="draft_read_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.practitioner",
            ),
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("why", models.CharField(blank=True, max_length=40)),
                (
                    "practitioner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="records.practitioner",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(max_length=254)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "practitioner",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account",
                        to="records.practitioner",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProfessionalRelationship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=60)),
                ("contact", models.CharField(blank=True, max_length=200)),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("is_lead", models.BooleanField(default=False)),
                (
                    "child",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="professional_relationships",
                        to="records.person",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="professional_relationships",
                        to="records.practitioner",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProtocolSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("protocol_folder", models.CharField(max_length=100)),
                ("revision", models.PositiveIntegerField()),
                ("values", models.JSONField(default=dict)),
                ("live_from", models.DateTimeField(blank=True, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protocol_settings",
                        to="records.authority",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "protocol settings",
            },
        ),
        migrations.CreateModel(
            name="Queue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(db_index=False, max_length=60)),
                ("label", models.CharField(max_length=100)),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="queues",
                        to="records.authority",
                    ),
                ),
                (
                    "owner_post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="queues",
                        to="records.post",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="form",
            name="assigned_queue",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="forms",
                to="records.queue",
            ),
        ),
        migrations.CreateModel(
            name="Relationship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("parental_responsibility", models.BooleanField(default=False)),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "from_person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relationships_from",
                        to="records.person",
                    ),
                ),
                (
                    "to_person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relationships_to",
                        to="records.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Rota",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(db_index=False, max_length=60)),
                ("title", models.CharField(max_length=100)),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rotas",
                        to="records.authority",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RotaSlot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "practitioner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rota_slots",
                        to="records.practitioner",
                    ),
                ),
                (
                    "rota",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="records.rota",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", handhold.records.refs.RefField()),
                ("pathway", models.CharField(max_length=100)),
                ("protocol_folder", models.CharField(max_length=100)),
                ("protocol_digest", models.CharField(max_length=64)),
                ("settings_revision", models.PositiveIntegerField(default=0)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ending", models.CharField(blank=True, max_length=60)),
                (
                    "assessment",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="records.assessment",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="records.authority",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="records.family"
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs_received",
                        to="records.practitioner",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="runs_sent", to="records.practitioner"
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="QueueItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("put_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                (
                    "queue",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="records.queue",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="queue_items", to="records.run"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="plan",
            name="run",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="plans",
                to="records.run",
            ),
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("written_at", models.DateTimeField()),
                ("text", models.TextField()),
                (
                    "written_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="records.run"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MeetingItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("outcome", models.CharField(blank=True, max_length=60)),
                ("reason", models.TextField(blank=True)),
                ("by_date", models.DateField(blank=True, null=True)),
                ("put_on_at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="records.meeting",
                    ),
                ),
                (
                    "moved_to",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items_moved_here",
                        to="records.meeting",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meeting_items", to="records.run"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="meeting",
            name="run",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="records.run",
            ),
        ),
        migrations.AddField(
            model_name="involvement",
            name="opened_by_run",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="opened_involvements",
                to="records.run",
            ),
        ),
        migrations.AddField(
            model_name="form",
            name="run",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="forms", to="records.run"
            ),
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", handhold.records.refs.RefField()),
                ("kind", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("recipient", models.CharField(blank=True, max_length=200)),
                ("address", models.TextField(blank=True)),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="records.family"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="records.person",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="records.run",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Allocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "involvement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="records.involvement",
                    ),
                ),
                (
                    "as_post",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="records.post",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="records.practitioner",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="records.run",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RunChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("outcome", models.CharField(blank=True, max_length=60)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="run_children", to="records.person"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="run_children",
                        to="records.run",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="run",
            name="children",
            field=models.ManyToManyField(related_name="runs", through="records.RunChild", to="records.person"),
        ),
        migrations.CreateModel(
            name="StepRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=100)),
                ("round", models.PositiveSmallIntegerField(default=1)),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("recorded", "Recorded"),
                            ("exception-asked", "Exception Asked"),
                            ("exception-decided", "Exception Decided"),
                        ],
                        default="recorded",
                        max_length=20,
                    ),
                ),
                ("outcome", models.CharField(blank=True, max_length=60)),
                ("exception_kind", models.CharField(blank=True, max_length=60)),
                ("reason", models.TextField(blank=True)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("agreed_date", models.DateField(blank=True, null=True)),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.person",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="records.steprecord",
                    ),
                ),
                (
                    "on_behalf_of",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="step_records_naming",
                        to="records.practitioner",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="step_records",
                        to="records.run",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("how", models.CharField(max_length=40)),
                ("told_at", models.DateTimeField()),
                (
                    "to_agency",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.agency",
                    ),
                ),
                (
                    "to_practitioner",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                (
                    "step_record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="records.steprecord"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="meeting",
            name="step_record",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="records.steprecord",
            ),
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("decided_at", models.DateTimeField()),
                ("outcome", models.CharField(max_length=60)),
                ("reason", models.TextField(blank=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="records.run",
                    ),
                ),
                (
                    "step_record",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="records.steprecord",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("how", models.CharField(max_length=40)),
                ("happened_at", models.DateTimeField()),
                ("about", models.TextField(blank=True)),
                (
                    "with_person",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.person",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                (
                    "with_practitioner",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversations",
                        to="records.run",
                    ),
                ),
                (
                    "step_record",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversations",
                        to="records.steprecord",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="consent",
            name="step_record",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consents",
                to="records.steprecord",
            ),
        ),
        migrations.CreateModel(
            name="SubmittedForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("answer_url", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(db_index=False, max_length=60)),
                ("name", models.CharField(max_length=100)),
                ("kind", models.CharField(blank=True, max_length=40)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams",
                        to="records.agency",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoleHolding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=60)),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "practitioner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_holdings",
                        to="records.practitioner",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_holdings",
                        to="records.team",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="practitioner",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="practitioners",
                to="records.team",
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="team",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="posts",
                to="records.team",
            ),
        ),
        migrations.AddField(
            model_name="involvement",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="involvements",
                to="records.team",
            ),
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("visited_at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="records.family",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="records.run",
                    ),
                ),
                (
                    "step_record",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="records.steprecord",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VisitChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen", models.BooleanField()),
                ("seen_alone", models.BooleanField(default=False)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visits_as_child", to="records.person"
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visit_children",
                        to="records.visit",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["council", "school", "health", "charity", "police", "housing", "other"])
                ),
                name="agency_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentsharing",
            constraint=models.UniqueConstraint(fields=("consent", "agency"), name="consent_sharing_once"),
        ),
        migrations.AddConstraint(
            model_name="familymember",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["child", "adult"])), name="family_member_role_known"
            ),
        ),
        migrations.AddIndex(
            model_name="family",
            index=models.Index(fields=["authority", "name"], name="family_by_name"),
        ),
        migrations.AddConstraint(
            model_name="assessmentchild",
            constraint=models.UniqueConstraint(fields=("assessment", "child"), name="assessment_child_once"),
        ),
        migrations.AddConstraint(
            model_name="planaction",
            constraint=models.UniqueConstraint(fields=("need", "position"), name="plan_action_position_once"),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.UniqueConstraint(fields=("revision", "position"), name="need_position_once"),
        ),
        migrations.AddConstraint(
            model_name="meetingseries",
            constraint=models.UniqueConstraint(fields=("authority", "code"), name="meeting_series_code_once"),
        ),
        migrations.AddConstraint(
            model_name="meetingseries",
            constraint=models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="meeting_series_weekday"),
        ),
        migrations.AddConstraint(
            model_name="planrevision",
            constraint=models.UniqueConstraint(fields=("plan", "number"), name="plan_revision_number_once"),
        ),
        migrations.AddConstraint(
            model_name="meetingattendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", True), ("practitioner__isnull", False)),
                    models.Q(("person__isnull", False), ("practitioner__isnull", True)),
                    _connector="OR",
                ),
                name="meeting_attendance_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingattendance",
            constraint=models.CheckConstraint(
                condition=models.Q(("attendance__in", ["", "present", "apologies", "absent"])),
                name="meeting_attendance_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingattendance",
            constraint=models.UniqueConstraint(
                fields=("meeting", "practitioner", "person"), name="meeting_attendance_once", nulls_distinct=False
            ),
        ),
        migrations.AddIndex(
            model_name="maincontact",
            index=models.Index(fields=["involvement", "practitioner"], name="main_contact_of_allocation"),
        ),
        migrations.AddIndex(
            model_name="maincontact",
            index=models.Index(fields=["practitioner"], name="main_contact_by_person"),
        ),
        migrations.AddConstraint(
            model_name="formanswer",
            constraint=models.UniqueConstraint(fields=("form", "field", "version"), name="form_answer_version_once"),
        ),
        migrations.AddConstraint(
            model_name="formanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["typed", "carried", "edited"])), name="form_answer_origin_known"
            ),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(
                condition=models.Q(("decided_at__isnull", True)),
                fields=["authority", "sent_at"],
                name="concern_undecided",
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("acknowledged_at__isnull", True), ("acknowledged_by__isnull", True)),
                    models.Q(("acknowledged_at__gte", models.F("sent_at")), ("acknowledged_by__isnull", False)),
                    _connector="OR",
                ),
                name="concern_received_by_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("outcome", "")),
                    models.Q(
                        ("decided_at__gte", models.F("sent_at")),
                        ("decided_by__isnull", False),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="concern_decided_by_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentsection",
            constraint=models.UniqueConstraint(
                fields=("assessment", "code", "version"), name="assessment_section_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("authorised_at__isnull", True), ("authorised_by__isnull", True)),
                    models.Q(("authorised_at__isnull", False), ("authorised_by__isnull", False)),
                    _connector="OR",
                ),
                name="assessment_authorised_by_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(fields=("email",), name="account_email_once"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower(models.F("email")))),
                name="account_email_in_small_letters",
            ),
        ),
        migrations.AddConstraint(
            model_name="protocolsettings",
            constraint=models.UniqueConstraint(
                fields=("authority", "protocol_folder", "revision"), name="protocol_settings_revision_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="queue",
            constraint=models.UniqueConstraint(fields=("authority", "code"), name="queue_code_once"),
        ),
        migrations.AddConstraint(
            model_name="relationship",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_person", models.F("to_person")), _negated=True), name="relationship_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="rota",
            constraint=models.UniqueConstraint(fields=("authority", "code"), name="rota_code_once"),
        ),
        migrations.AddIndex(
            model_name="queueitem",
            index=models.Index(
                condition=models.Q(("taken_at__isnull", True)), fields=["queue", "put_at"], name="queue_item_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="queueitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_at__isnull", True), ("taken_by__isnull", True)),
                    models.Q(("taken_at__gte", models.F("put_at")), ("taken_by__isnull", False)),
                    _connector="OR",
                ),
                name="queue_item_taken_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="queueitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_at__isnull", True)), fields=("queue", "run"), name="queue_item_waits_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingitem",
            constraint=models.UniqueConstraint(fields=("meeting", "run"), name="meeting_item_once"),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.UniqueConstraint(fields=("run", "code"), name="form_once_per_run"),
        ),
        migrations.AddConstraint(
            model_name="runchild",
            constraint=models.UniqueConstraint(fields=("run", "child"), name="run_child_once"),
        ),
        migrations.AddConstraint(
            model_name="runchild",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("outcome", "")),
                    models.Q(("ended_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                    _connector="OR",
                ),
                name="run_child_ended_with_outcome",
            ),
        ),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)), fields=["authority"], name="run_open_of_authority"
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ending", "")),
                    models.Q(("ended_at__gte", models.F("started_at")), models.Q(("ending", ""), _negated=True)),
                    _connector="OR",
                ),
                name="run_ended_somehow",
            ),
        ),
        migrations.AddIndex(
            model_name="steprecord",
            index=models.Index(fields=["run", "id"], name="step_record_of_run"),
        ),
        migrations.AddConstraint(
            model_name="steprecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["recorded", "exception-asked", "exception-decided"])),
                name="step_record_act_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="steprecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act", "exception-asked"), _negated=True),
                    models.Q(models.Q(("exception_kind", ""), _negated=True), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="step_record_exception_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="steprecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("happened_at__lte", models.F("recorded_at"))),
                name="step_record_happened_before_recorded",
            ),
        ),
        migrations.AddConstraint(
            model_name="steprecord",
            constraint=models.UniqueConstraint(
                condition=models.Q(("act", "recorded"), ("corrects__isnull", True)),
                fields=("run", "step", "child", "round"),
                name="step_record_once_per_round",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="steprecord",
            constraint=models.UniqueConstraint(
                condition=models.Q(("corrects__isnull", False)), fields=("corrects",), name="step_record_corrected_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_practitioner__isnull", False), ("to_agency__isnull", False), _connector="OR"),
                name="notice_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("series", "planned_at"), name="meeting_of_series_once"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", ""), _negated=True), name="decision_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("with_practitioner__isnull", False), ("with_person__isnull", False), _connector="OR"
                ),
                name="conversation_with_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(fields=["family", "happened_at"], name="consent_latest_of_family"),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["given", "refused", "disputed", "withdrawn"])),
                name="consent_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("happened_at__lte", models.F("recorded_at"))),
                name="consent_happened_before_recorded",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step_record__isnull", False)),
                fields=("step_record", "given_by", "child", "to_what"),
                name="consent_once_per_step",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="submittedform",
            constraint=models.UniqueConstraint(fields=("key",), name="submitted_form_once"),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.UniqueConstraint(fields=("agency", "code"), name="team_code_once"),
        ),
        migrations.AddIndex(
            model_name="roleholding",
            index=models.Index(fields=["role", "team"], name="role_holding_by_role"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(fields=("authority", "code"), name="post_code_once"),
        ),
        migrations.AddConstraint(
            model_name="involvement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "referral",
                            "assessment",
                            "child-in-need",
                            "child-protection",
                            "care",
                            "early-help",
                            "single-agency",
                            "pathways",
                        ],
                    )
                ),
                name="involvement_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="involvement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closing_reason", ""), ("open_during__upper_inf", True)),
                    models.Q(("open_during__upper_inf", False), models.Q(("closing_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="involvement_closed_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["family", "visited_at"], name="visit_latest_of_family"),
        ),
        migrations.AddConstraint(
            model_name="visitchild",
            constraint=models.UniqueConstraint(fields=("visit", "child"), name="visit_child_once"),
        ),
        migrations.AddConstraint(
            model_name="visitchild",
            constraint=models.CheckConstraint(
                condition=models.Q(("seen", True), ("seen_alone", False), _connector="OR"),
                name="visit_child_seen_if_alone",
            ),
        ),
    ]
