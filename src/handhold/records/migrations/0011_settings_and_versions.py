"""Who proposed, checked and approved a council's numbers, and which runs were moved to another version, and why."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0010_partner_papers"),
    ]

    operations = [
        migrations.CreateModel(
            name="VersionMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_folder", models.CharField(max_length=100)),
                ("from_digest", models.CharField(max_length=64)),
                ("from_revision", models.PositiveIntegerField()),
                ("to_folder", models.CharField(max_length=100)),
                ("to_digest", models.CharField(max_length=64)),
                ("to_revision", models.PositiveIntegerField()),
                ("decided_at", models.DateTimeField()),
                ("reason", models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name="protocolsettings",
            name="checked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="protocolsettings",
            name="faults",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="protocolsettings",
            name="proposed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="protocolsettings",
            name="proposed_by",
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
            model_name="protocolsettings",
            name="reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name="protocolsettings",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("live_from__isnull", True),
                    models.Q(("approved_by__isnull", False), ("checked_at__isnull", False), ("faults", "")),
                    _connector="OR",
                ),
                name="protocol_settings_live_after_check",
            ),
        ),
        migrations.AddConstraint(
            model_name="protocolsettings",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    ("proposed_by__isnull", True),
                    _connector="OR",
                ),
                name="protocol_settings_approved_by_another",
            ),
        ),
        migrations.AddField(
            model_name="versionmove",
            name="decided_by",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.practitioner"
            ),
        ),
        migrations.AddField(
            model_name="versionmove",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="version_moves", to="records.run"
            ),
        ),
        migrations.AddConstraint(
            model_name="versionmove",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="version_move_has_reason"
            ),
        ),
        migrations.RunSQL(
            "CREATE TRIGGER versionmove_past BEFORE UPDATE OR DELETE ON records_versionmove "
            "FOR EACH ROW EXECUTE FUNCTION records_keep_past()",
            "DROP TRIGGER versionmove_past ON records_versionmove",
        ),
    ]
