"""A birth date, or an expected one, is asked of children only: of an adult nobody may know it.

Of a child it is asked where somebody becomes one: as a member of a family, or by something that is opened for them.
"""

from django.db import migrations

# A child of no age: nobody can say when a limit of age falls, nor whether they are a child at all.
CHILD_HAS_A_DATE = """
CREATE FUNCTION records_child_has_a_date() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who bigint;
BEGIN
    IF TG_TABLE_NAME = 'records_person' THEN
        SELECT NEW.id INTO who WHERE NEW.birth_date IS NULL AND NEW.expected_birth_date IS NULL AND (
            EXISTS (SELECT FROM records_familymember WHERE person_id = NEW.id AND role = 'child')
            OR EXISTS (SELECT FROM records_involvement WHERE child_id = NEW.id));
    ELSE
        SELECT id INTO who FROM records_person
        WHERE id = (to_jsonb(NEW) ->> TG_ARGV[0])::bigint AND birth_date IS NULL AND expected_birth_date IS NULL;
    END IF;
    IF who IS NOT NULL THEN
        RAISE integrity_constraint_violation USING
            MESSAGE = format('%s of %s is refused: a child has a birth date, or an expected one.',
                             TG_OP, TG_TABLE_NAME),
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'child_has_birth_or_expected_date';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGERS = """
CREATE TRIGGER records_person_dates AFTER UPDATE OF birth_date, expected_birth_date ON records_person
    FOR EACH ROW EXECUTE FUNCTION records_child_has_a_date();
CREATE TRIGGER records_familymember_dates AFTER INSERT ON records_familymember
    FOR EACH ROW WHEN (NEW.role = 'child') EXECUTE FUNCTION records_child_has_a_date('person_id');
CREATE TRIGGER records_involvement_dates AFTER INSERT ON records_involvement
    FOR EACH ROW EXECUTE FUNCTION records_child_has_a_date('child_id')
"""
NO_TRIGGERS = """
DROP TRIGGER records_person_dates ON records_person;
DROP TRIGGER records_familymember_dates ON records_familymember;
DROP TRIGGER records_involvement_dates ON records_involvement
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0014_records_taken_back")]

    operations = [
        migrations.RemoveConstraint("person", "person_has_birth_or_expected_date"),
        migrations.RunSQL(CHILD_HAS_A_DATE, "DROP FUNCTION records_child_has_a_date()"),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
