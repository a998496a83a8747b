"""Who answers for a concern, whom it is about, what was said of it later, and that the family may see it.

From the moment it is sent a concern has exactly one person who answers for it; the database leaves none without.
"""

from __future__ import annotations

import importlib
from typing import Any

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

past = importlib.import_module("handhold.records.migrations.0004_past")
periods = importlib.import_module("handhold.records.migrations.0003_periods")

HELD = """
ALTER TABLE records_concern
ADD COLUMN held_during tstzrange GENERATED ALWAYS AS (tstzrange(sent_at, NULL, '[)')) STORED
"""
# A concern from before falls to the post of last resort; where a council has none, to who received or sent it.
HOLD_EARLIER_ONES = """
INSERT INTO records_concernholding (concern_id, practitioner_id, during, why)
SELECT concern.id, coalesce(last_resort.practitioner_id, acknowledged_by_id, reported_by_id), held_during, ''
FROM records_concern AS concern
LEFT JOIN LATERAL (
    SELECT practitioner_id FROM records_postholding AS holding JOIN records_post AS post ON post.id = post_id
    WHERE post.authority_id = concern.authority_id AND must_be_held_during @> now() AND during @> now()
    ORDER BY post_id LIMIT 1
) AS last_resort ON true
"""
APPEND_ONLY = ("concernabout", "concerndisagreement", "concerndiscussion")


def practitioner(*, null: bool = False, related_name: str = "+", db_index: bool = False) -> models.ForeignKey[Any, Any]:
    """A key to a practitioner, who is never deleted."""
    return models.ForeignKey(
        blank=null,
        db_index=db_index,
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="records.practitioner",
    )


def concern(related_name: str, *, db_index: bool = True) -> models.ForeignKey[Any, Any]:
    """A key to the concern."""
    return models.ForeignKey(
        db_index=db_index,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="records.concern",
    )


def table(name: str, *fields: tuple[str, models.Field[Any, Any]]) -> migrations.CreateModel:
    """A table with a number for a key."""
    key = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
    return migrations.CreateModel(name=name, fields=[("id", key), *fields])


class Migration(migrations.Migration):
    dependencies = [("records", "0012_agency_closures")]

    operations = [
        table(
            "ConcernAbout",
            ("concern", concern("about", db_index=False)),
            ("practitioner", practitioner(null=True, related_name="concerns_about")),
            ("named", models.CharField(blank=True, max_length=500)),
            ("said_by", practitioner()),
            ("said_at", models.DateTimeField()),
        ),
        table(
            "ConcernDisagreement",
            ("concern", concern("disagreements")),
            ("why", models.TextField()),
            ("said_by", practitioner()),
            ("said_at", models.DateTimeField()),
        ),
        table(
            "ConcernDiscussion",
            ("concern", concern("discussions")),
            (
                "outcome",
                models.CharField(
                    choices=[
                        ("discussed", "Discussed"),
                        ("would-raise-risk", "Would Raise Risk"),
                        ("not-reached", "Not Reached"),
                        ("delay-dangerous", "Delay Dangerous"),
                        ("police-advised-against", "Police Advised"),
                    ],
                    max_length=40,
                ),
            ),
            ("discussed_date", models.DateField(blank=True, null=True)),
            ("view", models.TextField(blank=True)),
            ("said_by", practitioner()),
            ("said_at", models.DateTimeField()),
        ),
        table(
            "ConcernHolding",
            ("concern", concern("holdings", db_index=False)),
            ("practitioner", practitioner(related_name="concern_holdings", db_index=True)),
            ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
            ("given_by", practitioner(null=True)),
            ("why", models.TextField(blank=True)),
        ),
        migrations.AddField("concern", "answer", models.TextField(blank=True)),
        migrations.AddField("concern", "released_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("concern", "released_by", practitioner(null=True)),
        migrations.AddField("concern", "released_words", models.TextField(blank=True)),
        migrations.AddConstraint(
            "concern",
            models.CheckConstraint(
                name="concern_released_by_a_person",
                condition=models.Q(released_at__isnull=True, released_by__isnull=True, released_words="")
                | (
                    models.Q(released_at__gte=models.F("sent_at"), released_by__isnull=False)
                    & ~models.Q(released_words="")
                ),
            ),
        ),
        migrations.AddIndex(
            "concernabout", models.Index(name="concern_about_practitioner", fields=["practitioner", "concern"])
        ),
        migrations.AddConstraint(
            "concernabout", models.UniqueConstraint(name="concern_about_once", fields=["concern", "practitioner"])
        ),
        migrations.AddConstraint(
            "concernabout",
            models.CheckConstraint(
                name="concern_about_somebody", condition=models.Q(practitioner__isnull=False) | ~models.Q(named="")
            ),
        ),
        migrations.AddConstraint(
            "concerndiscussion",
            models.CheckConstraint(
                name="concern_discussion_known",
                condition=models.Q(
                    outcome__in=[
                        "discussed",
                        "would-raise-risk",
                        "not-reached",
                        "delay-dangerous",
                        "police-advised-against",
                    ]
                ),
            ),
        ),
        migrations.AddConstraint(
            "concerndiscussion",
            models.CheckConstraint(
                name="concern_discussion_on_a_day",
                condition=models.Q(discussed_date__isnull=True) | models.Q(outcome="discussed"),
            ),
        ),
        migrations.RunSQL(HELD, "ALTER TABLE records_concern DROP COLUMN held_during"),
        # The column follows from another, so the guard of blanks, which runs before it is filled, leaves it out.
        migrations.RunSQL("DROP TRIGGER concern_past ON records_concern", migrations.RunSQL.noop),
        past.guard("concern", "UPDATE OR DELETE", "records_fill_blanks_only", ["held_during"]),
        migrations.RunSQL(
            periods.WELL_FORMED.format(table="concernholding", period="during"),
            periods.NOT_WELL_FORMED.format(table="concernholding", period="during"),
        ),
        # Two people answer for one concern: each believes that the other will ring.
        periods.add_constraint(
            "concernholding", "concern_holding_one_at_a_time", "UNIQUE (concern_id, during WITHOUT OVERLAPS)"
        ),
        migrations.RunSQL(HOLD_EARLIER_ONES, migrations.RunSQL.noop),
        # A concern that lies where nobody answers for it.
        periods.add_constraint(
            "concern",
            "concern_has_accountable_person",
            "FOREIGN KEY (id, PERIOD held_during) REFERENCES records_concernholding (concern_id, PERIOD during) "
            f"{periods.DEFERRED}",
        ),
        past.guard("concernholding", "UPDATE OR DELETE", "records_close_period_only", ["during"]),
        *(past.guard(name, "UPDATE OR DELETE", "records_keep_past", []) for name in APPEND_ONLY),
    ]
