"""The chain of the audit, written by the database itself.

Why a deferred trigger: to know its predecessor an event must wait until all earlier writers have committed, so one lock
orders them. Taken where an action writes its event, that lock would be held through the rest of the action, and two
actions that lock children in between could wait for each other. The trigger runs when constraints are checked, at the
end of the action, after its row locks: the lock is the last one taken, whatever the order of the calls, and is held for
the length of a commit. One chain for all authorities: a chain is checked as a whole, and a dropped one would be missed.
The unique predecessor (`audit_link_follows_one`) refuses a fork even if the lock were taken away.
"""

from django.db import migrations

# A reference with a comma or a line break in it could be made to read as two, with the same digest.
PLAIN_REFERENCES = """
ALTER TABLE audit_event ADD CONSTRAINT audit_event_subjects_are_references
    CHECK (array_to_string(subjects, ',') ~ '^([A-Za-z0-9-]+(,[A-Za-z0-9-]+)*)?$'
           AND subjects::text[] = string_to_array(array_to_string(subjects, ','), ','))
"""

DIGEST = """
CREATE FUNCTION audit_digest(previous bytea, event audit_event) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN sha256(convert_to(concat_ws(E'\\n',
    encode(previous, 'hex'),
    event.id,
    event.name,
    coalesce(event.actor_id::text, ''),
    coalesce(event.on_behalf_of_id::text, ''),
    array_to_string(event.subjects, ','),
    floor(extract(epoch FROM event.at) * 1000000)::bigint,
    encode(event.before_digest, 'hex'),
    encode(event.after_digest, 'hex')), 'UTF8'))
"""

# SECURITY DEFINER: the pages' role may add events but has no right on the chain. 7304 is only this lock's name.
LINK = """
CREATE FUNCTION audit_link_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    last_position bigint := 0;
    last_digest bytea := decode(repeat('00', 32), 'hex');
BEGIN
    PERFORM pg_advisory_xact_lock(7304);
    SELECT position, digest INTO last_position, last_digest FROM audit_link ORDER BY position DESC LIMIT 1;
    last_position := coalesce(last_position, 0);
    last_digest := coalesce(last_digest, decode(repeat('00', 32), 'hex'));
    INSERT INTO audit_link (position, event_id, previous_digest, digest)
    VALUES (last_position + 1, NEW.id, last_digest, audit_digest(last_digest, NEW));
    RETURN NULL;
END $$
"""
LINKED = """
CREATE CONSTRAINT TRIGGER audit_event_linked AFTER INSERT ON audit_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_link_event()
"""

# An event taken out or changed by whoever it accuses.
KEPT = """
CREATE TRIGGER {table}_past BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION records_keep_past()
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_tables"), ("records", "0004_past")]

    operations = [
        migrations.RunSQL(
            PLAIN_REFERENCES, "ALTER TABLE audit_event DROP CONSTRAINT audit_event_subjects_are_references"
        ),
        migrations.RunSQL(DIGEST, "DROP FUNCTION audit_digest"),
        migrations.RunSQL(LINK, "DROP FUNCTION audit_link_event"),
        migrations.RunSQL(LINKED, "DROP TRIGGER audit_event_linked ON audit_event"),
        *(
            migrations.RunSQL(KEPT.format(table=table), f"DROP TRIGGER {table}_past ON {table}")
            for table in ("audit_event", "audit_link")
        ),
    ]
