"""The past is kept: what happened is never edited or deleted, a period is only ever closed, a blank only ever filled.

A refusal is an integrity error whose constraint is `past_is_kept`, `period_is_only_closed` or `blank_is_only_filled`.
"""

from django.db import migrations

# What happened stays as it was written; whoever was wrong writes a later record that corrects it.
PAST_IS_KEPT = """
CREATE FUNCTION records_keep_past() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE integrity_constraint_violation USING
        MESSAGE = format('%s of %s is refused: what happened is kept. Write a later record that corrects it.',
                         TG_OP, TG_TABLE_NAME),
        TABLE = TG_TABLE_NAME, CONSTRAINT = 'past_is_kept';
END $$
"""

# Arguments: the column of the period, then columns that may be filled in by the act that closes it.
PERIOD_IS_ONLY_CLOSED = """
CREATE FUNCTION records_close_period_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb;
    after jsonb;
    period_before tstzrange;
    period_after tstzrange;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        before := to_jsonb(OLD);
        after := to_jsonb(NEW);
        IF before = after THEN
            RETURN NEW;
        END IF;
        period_before := before ->> TG_ARGV[0];
        period_after := after ->> TG_ARGV[0];
        IF before - TG_ARGV = after - TG_ARGV AND upper_inf(period_before) AND NOT upper_inf(period_after)
           AND lower(period_before) = lower(period_after) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE integrity_constraint_violation USING
        MESSAGE = format('%s of %s is refused: an open period may be closed, and nothing else of it changed.',
                         TG_OP, TG_TABLE_NAME),
        TABLE = TG_TABLE_NAME, CONSTRAINT = 'period_is_only_closed';
END $$
"""

# Arguments: columns that may still be changed. Any other may be filled while it is blank, and stays.
BLANK_IS_ONLY_FILLED = """
CREATE FUNCTION records_fill_blanks_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    editable text[] := coalesce(TG_ARGV, '{}');
    changed text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT string_agg(field, ', ') INTO changed
        FROM jsonb_each(to_jsonb(OLD)) AS old_row (field, value)
        WHERE value IS DISTINCT FROM to_jsonb(NEW) -> field AND value NOT IN ('null', '""') AND field <> ALL (editable);
        IF changed IS NULL THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE integrity_constraint_violation USING
        MESSAGE = format('%s of %s is refused: %s stands as it was written.',
                         TG_OP, TG_TABLE_NAME, coalesce(changed, 'the record')),
        TABLE = TG_TABLE_NAME, CONSTRAINT = 'blank_is_only_filled';
END $$
"""

# A record of what happened, changed after somebody relied on it.
APPEND_ONLY = [
    "steprecord",
    "consent",
    "consentsharing",
    "assessmentchild",
    "assessmentsection",
    "planrevision",
    "need",
    "planaction",
    "notice",
    "decision",
    "formanswer",
    "message",
    "document",
    "visit",
    "visitchild",
    "conversation",
]

# A child, a worker or a team deleted, and with them the sense of what was recorded about them.
NEVER_DELETED = [
    "person",
    "family",
    "authority",
    "agency",
    "team",
    "practitioner",
    "account",
    "rota",
    "queue",
    "meetingseries",
]

# Who was accountable when, changed afterwards. table: the period, and what its closing fills in
PERIODS = {
    "involvement": ["open_during", "closing_reason"],
    "allocation": ["during"],
    "maincontact": ["during"],
    "professionalrelationship": ["during"],
    "postholding": ["during"],
    "roleholding": ["during"],
    "familymember": ["during"],
    "relationship": ["during"],
}

# An answer given twice, a receipt taken back, an end undone. table: (what ends the editing, what is edited until then)
FILLED_ONCE = {
    "concern": (None, []),
    "assessment": ("authorised_at", ["recommendation"]),
    "plan": (None, []),
    "run": (
        "ended_at",
        ["sender_id", "receiver_id", "protocol_folder", "protocol_digest", "settings_revision"],
    ),
    "runchild": (None, []),
    "queueitem": (None, []),
    "meeting": ("held_at", ["planned_at", "chair_id"]),
    "meetingattendance": (None, []),
    "meetingitem": (None, []),
    "form": (None, ["assigned_queue_id"]),
    "protocolsettings": (None, []),
    # A post of last resort that somebody made an ordinary one, in order to leave it.
    "post": (None, ["title", "team_id"]),
}


def guard(
    table: str, events: str, function: str, arguments: list[str], *, when: str = "", name: str = ""
) -> migrations.RunSQL:
    """One trigger on one table, and the way back."""
    trigger = f"{table}_{name or 'past'}"
    quoted = ", ".join(f"'{argument}'" for argument in arguments)
    return migrations.RunSQL(
        f"CREATE TRIGGER {trigger} BEFORE {events} ON records_{table} "
        f"FOR EACH ROW {when} EXECUTE FUNCTION {function}({quoted})",
        f"DROP TRIGGER {trigger} ON records_{table}",
    )


def guards_of_blanks() -> list[migrations.RunSQL]:
    """One trigger a table; two where an end (`authorised_at`, ...) stops the editing."""
    found = []
    for table, (ended, editable) in FILLED_ONCE.items():
        function = "records_fill_blanks_only"
        if ended is None:
            found.append(guard(table, "UPDATE OR DELETE", function, editable))
        else:
            found += [
                guard(table, "UPDATE OR DELETE", function, editable, when=f"WHEN (OLD.{ended} IS NULL)"),
                guard(table, "UPDATE OR DELETE", function, [], when=f"WHEN (OLD.{ended} IS NOT NULL)", name="ended"),
            ]
    return found


class Migration(migrations.Migration):
    dependencies = [("records", "0003_periods")]

    operations = [
        migrations.RunSQL(PAST_IS_KEPT, "DROP FUNCTION records_keep_past"),
        migrations.RunSQL(PERIOD_IS_ONLY_CLOSED, "DROP FUNCTION records_close_period_only"),
        migrations.RunSQL(BLANK_IS_ONLY_FILLED, "DROP FUNCTION records_fill_blanks_only"),
        *(guard(table, "UPDATE OR DELETE", "records_keep_past", []) for table in APPEND_ONLY),
        *(guard(table, "DELETE", "records_keep_past", []) for table in NEVER_DELETED),
        *(guard(table, "UPDATE OR DELETE", "records_close_period_only", columns) for table, columns in PERIODS.items()),
        *guards_of_blanks(),
    ]
