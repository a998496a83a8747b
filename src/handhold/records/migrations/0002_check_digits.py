"""Numbers by which a child is known elsewhere: the database itself checks their shape and their check digits."""

from django.db import migrations

IS_NHS_NUMBER = """
CREATE FUNCTION records_is_nhs_number(number text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN number ~ '^[0-9]{10}$' AND (
    11 - (SELECT sum((ascii(substr(number, place, 1)) - 48) * (11 - place)) FROM generate_series(1, 9) AS place) % 11
) % 11 = ascii(substr(number, 10, 1)) - 48
"""

# The letters leave out I, O and S. A temporary number ends in a letter, which counts by its place among them.
IS_UPN = """
CREATE FUNCTION records_is_upn(number text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN number ~ '^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$' AND substr(number, 1, 1) = substr(
    'ABCDEFGHJKLMNPQRTUVWXYZ',
    1 + ((
        SELECT sum(place * CASE WHEN substr(number, place, 1) ~ '[0-9]' THEN ascii(substr(number, place, 1)) - 48
                                ELSE strpos('ABCDEFGHJKLMNPQRTUVWXYZ', substr(number, place, 1)) - 1 END)
        FROM generate_series(2, 13) AS place
    ) % 23)::integer,
    1)
"""

# One slip of the finger, and a letter, a record or a whole history goes to another child.
CHECKS = """
ALTER TABLE records_person
    ADD CONSTRAINT person_nhs_number_is_right CHECK (records_is_nhs_number(nhs_number)),
    ADD CONSTRAINT person_upn_is_right CHECK (records_is_upn(upn))
"""
NO_CHECKS = """
ALTER TABLE records_person DROP CONSTRAINT person_nhs_number_is_right, DROP CONSTRAINT person_upn_is_right
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0001_tables")]

    operations = [
        migrations.RunSQL(IS_NHS_NUMBER, "DROP FUNCTION records_is_nhs_number"),
        migrations.RunSQL(IS_UPN, "DROP FUNCTION records_is_upn"),
        migrations.RunSQL(CHECKS, NO_CHECKS),
    ]
