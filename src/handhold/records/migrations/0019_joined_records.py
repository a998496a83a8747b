"""Two records that are one child: one is kept, the other is joined to it, and every row of both stays where it is.

The line is held by keys, as in 0003: a key waits for who writes beside it, at every level of isolation. A column that
is there only while something is open (a main contact, a part in a run) refers to a person who is not joined; one that
is there only while a joining stands refers to one who is. So a record is never both, and no chain can be built.
"""

from __future__ import annotations

import importlib

import django.db.models.deletion
from django.db import migrations, models

import handhold.records.refs

past = importlib.import_module("handhold.records.migrations.0004_past")
periods = importlib.import_module("handhold.records.migrations.0003_periods")

# table, column, type, what it is (null says that the key does not ask)
FOLLOWING = [
    ("person", "joined_id", "bigint", "CASE WHEN is_joined THEN id END"),
    ("joinedrecord", "standing_other_id", "bigint", "CASE WHEN undone_at IS NULL THEN other_id END"),
    ("joinedrecord", "other_is_joined", "boolean", "CASE WHEN undone_at IS NULL THEN true END"),
    ("joinedrecord", "kept_is_joined", "boolean", "CASE WHEN undone_at IS NULL THEN false END"),
    ("maincontact", "child_is_joined", "boolean", "CASE WHEN upper_inf(during) THEN false END"),
    ("runchild", "child_is_joined", "boolean", "CASE WHEN ended_at IS NULL THEN false END"),
]

UNIQUE = [
    # What the keys below refer to.
    ("person", "person_joined_or_not", "UNIQUE (id, is_joined)"),
    # One record joined to two others: which child is it?
    ("joinedrecord", "joined_record_once", "UNIQUE (standing_other_id)"),
]

REFERENCES = [
    # A record that counts as joined, so that no list shows it, and no other that stands in its place.
    (
        "person",
        "person_joined_by_a_record",
        "FOREIGN KEY (joined_id) REFERENCES records_joinedrecord (standing_other_id)",
    ),
    # A record that was joined, and that lists still show as a child of its own.
    (
        "joinedrecord",
        "joined_record_other_is_joined",
        "FOREIGN KEY (other_id, other_is_joined) REFERENCES records_person (id, is_joined)",
    ),
    # A chain: a record is kept that was itself joined to another, and its child is found nowhere.
    (
        "joinedrecord",
        "joined_record_kept_is_not_joined",
        "FOREIGN KEY (kept_id, kept_is_joined) REFERENCES records_person (id, is_joined)",
    ),
    # Work that begins or goes on for a record that nobody looks at any more. Every open involvement has a main contact
    # (`involvement_has_main_contact`), so that this one key stands before both.
    (
        "maincontact",
        "main_contact_of_no_joined_record",
        "FOREIGN KEY (child_id, child_is_joined) REFERENCES records_person (id, is_joined)",
    ),
    (
        "runchild",
        "run_child_is_no_joined_record",
        "FOREIGN KEY (child_id, child_is_joined) REFERENCES records_person (id, is_joined)",
    ),
]

# The guards of the past run before a column that follows from others is filled, so they leave it out.
GUARDS_ANEW = [
    ("maincontact", "records_close_period_only", ["during"], ["during", "child_is_joined"]),
    ("runchild", "records_fill_blanks_only", [], ["child_is_joined"]),
]


def following(table: str, column: str, kind: str, words: str) -> migrations.RunSQL:
    """A column that follows from others of its row."""
    return migrations.RunSQL(
        f"ALTER TABLE records_{table} ADD COLUMN {column} {kind} GENERATED ALWAYS AS ({words}) STORED",
        f"ALTER TABLE records_{table} DROP COLUMN {column}",
    )


def guard_anew(table: str, function: str, before: list[str], after: list[str]) -> list[migrations.RunSQL]:
    """The guard of a table in place of the one that it has, and the way back."""
    old, new = (past.guard(table, "UPDATE OR DELETE", function, columns) for columns in (before, after))
    return [migrations.RunSQL(old.reverse_sql, old.sql), new]


class Migration(migrations.Migration):
    dependencies = [("records", "0018_checks_of_numbers")]

    operations = [
        migrations.AddField(
            "person", "is_joined", models.BooleanField(db_default=False, default=False, editable=False)
        ),
        migrations.CreateModel(
            name="JoinedRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", handhold.records.refs.RefField()),
                ("joined_at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone_reason", models.TextField(blank=True)),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records_joined",
                        to="records.person",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="joined_to", to="records.person"
                    ),
                ),
                (
                    "joined_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.practitioner",
                    ),
                ),
                (
                    "undone_by",
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("other")), _negated=True), name="joined_record_of_two"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="joined_record_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at__isnull", True),
                            ("undone_by__isnull", True),
                            ("undone_reason", ""),
                        )
                        | models.Q(
                            ("undone_at__gte", models.F("joined_at")),
                            ("undone_by__isnull", False),
                            models.Q(("undone_reason", ""), _negated=True),
                        ),
                        name="joined_record_undone_by_a_person",
                    ),
                ],
            },
        ),
        *(following(*column) for column in FOLLOWING),
        *(step for guard in GUARDS_ANEW for step in guard_anew(*guard)),
        past.guard(
            "joinedrecord",
            "UPDATE OR DELETE",
            "records_fill_blanks_only",
            ["standing_other_id", "other_is_joined", "kept_is_joined"],
        ),
        *(periods.add_constraint(*key) for key in UNIQUE),
        *(
            periods.add_constraint(table, name, f"{reference} {periods.DEFERRED}")
            for table, name, reference in REFERENCES
        ),
    ]
