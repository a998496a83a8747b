"""Names are found however they are spelt: their plain words, and a dictionary of those words with keys (ADR 0018).

The functions are written in the body of the standard, which settles what they name when they are made: a restored dump
computes the columns again under an empty search path.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

import handhold.records.models.names

# Trusted since PostgreSQL 13: the owner of a database may make it, where the server brings contrib, as all do.
SOUNDS = "CREATE EXTENSION IF NOT EXISTS fuzzystrmatch"

# "Zoë O'Brien-Łuczak" is zoe, obrien, luczak.
PLAIN_WORDS = r"""
CREATE FUNCTION records_plain_words(name text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_remove(string_to_array(regexp_replace(regexp_replace(regexp_replace(
    replace(replace(replace(replace(translate(
        normalize(lower(name COLLATE pg_c_utf8), NFKD), 'øłđðħı', 'olddhi'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
        'þ', 'th'),
    '[\u0300-\u036f]', '', 'g'),
    '[''’‘ʼ`´]', '', 'g'),
    '[^[:alnum:]]+', ' ', 'g'), ' '), '')
"""

# The words of one name, and each two that stand together as one: "smith-jones" is found by smithjones, "mac donald" by
# macdonald.
NAME_WORDS = """
CREATE FUNCTION records_name_words(name text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(array_agg(DISTINCT word ORDER BY word), '{}')
    FROM (SELECT records_plain_words(name) AS words) AS plain,
        generate_subscripts(words, 1) AS place,
        unnest(ARRAY[words[place], words[place] || words[place + 1]]) AS word
    WHERE word IS NOT NULL;
END
"""
PERSON_WORDS = """
CREATE FUNCTION records_person_words(given text, family text, known text, other text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(array_agg(DISTINCT word ORDER BY word), '{}')
    FROM unnest(ARRAY[given, family, known] || other) AS name, unnest(records_name_words(name)) AS word;
END
"""

# ~ how it sounds (two ways where a language decides), - the word whole and with each letter left out: two words share
# a key of the second kind where one letter is wrong, missing, too many, or two are the other way round.
WORD_KEYS = """
CREATE FUNCTION records_word_keys(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(array_agg(DISTINCT key), '{}') FROM (
        SELECT '~' || sound AS key FROM unnest(ARRAY[dmetaphone(word), dmetaphone_alt(word)]) AS sound WHERE sound <> ''
        UNION ALL
        SELECT '-' || word
        UNION ALL
        SELECT '-' || left(word, place - 1) || substr(word, place + 1)
        FROM generate_series(1, length(word)) AS place WHERE length(word) > 2
    ) AS keys;
END
"""

# No unique key on a word: an import that has not ended would keep everybody else from writing the names it brings.
KEEP_WORDS = """
CREATE FUNCTION records_keep_name_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO records_nameword (word)
    SELECT fresh FROM unnest(NEW.name_words) AS fresh
    WHERE NOT EXISTS (SELECT FROM records_nameword WHERE word = fresh);
    RETURN NULL;
END $$
"""
NAMED = ("person", "family", "agency")
TRIGGERS = ";\n".join(
    f"""
CREATE TRIGGER records_{table}_new_words AFTER INSERT ON records_{table}
    FOR EACH ROW EXECUTE FUNCTION records_keep_name_words();
CREATE TRIGGER records_{table}_other_words AFTER UPDATE ON records_{table}
    FOR EACH ROW WHEN (OLD.name_words IS DISTINCT FROM NEW.name_words) EXECUTE FUNCTION records_keep_name_words()
"""
    for table in NAMED
)
NO_TRIGGERS = ";\n".join(
    f"DROP TRIGGER records_{table}_new_words ON records_{table}; DROP TRIGGER records_{table}_other_words ON records_{table}"
    for table in NAMED
)
WORDS_SO_FAR = """
INSERT INTO records_nameword (word)
SELECT unnest(name_words) FROM records_person UNION SELECT unnest(name_words) FROM records_family
UNION SELECT unnest(name_words) FROM records_agency
"""


def words(function: str, *fields: str) -> models.GeneratedField:
    """The column as it stands in the models."""
    return handhold.records.models.names.words_of_names(function, *fields)


class Migration(migrations.Migration):
    dependencies = [("records", "0019_joined_records")]

    operations = [
        migrations.RunSQL(SOUNDS, "DROP EXTENSION fuzzystrmatch"),
        migrations.RunSQL(PLAIN_WORDS, "DROP FUNCTION records_plain_words"),
        migrations.RunSQL(NAME_WORDS, "DROP FUNCTION records_name_words"),
        migrations.RunSQL(PERSON_WORDS, "DROP FUNCTION records_person_words"),
        migrations.RunSQL(WORD_KEYS, "DROP FUNCTION records_word_keys"),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.TextField()),
                (
                    "keys",
                    models.GeneratedField(
                        db_persist=True,
                        editable=False,
                        expression=models.Func("word", function="records_word_keys"),
                        output_field=django.contrib.postgres.fields.ArrayField(models.TextField(), size=None),
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["word"], name="name_word_begins", opclasses=["text_pattern_ops"]),
                    django.contrib.postgres.indexes.GinIndex(fields=["keys"], name="name_word_like"),
                ],
            },
        ),
        migrations.AddField(
            "person",
            "other_names",
            django.contrib.postgres.fields.ArrayField(
                models.CharField(max_length=200), blank=True, db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField(
            "person",
            "name_words",
            words("records_person_words", "given_name", "family_name", "known_as", "other_names"),
        ),
        migrations.AddField("family", "name_words", words("records_name_words", "name")),
        migrations.AddField("agency", "name_words", words("records_name_words", "name")),
        migrations.AddIndex(
            "person",
            django.contrib.postgres.indexes.GinIndex(fields=["name_words"], name="person_by_name_words"),
        ),
        migrations.AddIndex("person", models.Index(fields=["birth_date"], name="person_by_birth")),
        migrations.AddIndex("person", models.Index(fields=["expected_birth_date"], name="person_by_expected_birth")),
        migrations.AddIndex(
            "family",
            django.contrib.postgres.indexes.GinIndex(fields=["name_words"], name="family_by_name_words"),
        ),
        migrations.RunSQL(KEEP_WORDS, "DROP FUNCTION records_keep_name_words"),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(WORDS_SO_FAR, migrations.RunSQL.noop),
    ]
