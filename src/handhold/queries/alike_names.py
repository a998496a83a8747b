"""Names that are like what was typed: misspelt, heard, cut off, the words in any order. From the dictionary of words.

The dictionary is small beside the people, so each typed word first becomes the words on record that are like it, with
how near they are; then people, families and agencies are found by those words, through an index (ADR 0018).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import and_, or_

from django.db import connection
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.expressions import CombinedExpression, Expression

MOST_WORDS = 6
"""How many of the words typed are looked at; each of the others costs, and tells little more."""
WHOLE, ONE_LETTER, BEGINS, TWO_LETTERS, SOUNDS = 10, 8, 7, 6, 4
NEARNESS = {"whole": WHOLE, "one_letter": ONE_LETTER, "begins": BEGINS, "two_letters": TWO_LETTERS, "sounds": SOUNDS}

# Two typed words are also tried as one ("mac donald"). `~>=~` compares letter by letter, as the index for beginnings
# does. What has digits in it is no name that somebody heard.
LIKE_WORDS = """
WITH asked AS (
    SELECT place, is_pair, one AS word
    FROM (SELECT records_plain_words(%(names)s) AS words) AS plain,
        generate_subscripts(words, 1) AS place,
        LATERAL (VALUES (false, words[place]), (true, words[place] || words[place + 1])) AS tried (is_pair, one)
    WHERE one IS NOT NULL AND length(one) > 1 AND place <= %(most_words)s
)
SELECT place, is_pair, found.word, max(nearness)
FROM asked LEFT JOIN LATERAL (
    (
        SELECT DISTINCT known.word, CASE
            WHEN known.word = asked.word THEN %(whole)s
            WHEN apart = 1 THEN %(one_letter)s
            WHEN starts_with(known.word, asked.word) THEN %(begins)s
            WHEN apart = 2 THEN %(two_letters)s
            ELSE %(sounds)s END AS nearness
        FROM records_nameword AS known,
            levenshtein_less_equal(left(known.word, 60), left(asked.word, 60), 2) AS apart
        WHERE known.keys && records_word_keys(asked.word) AND (apart <= 2 OR asked.word !~ '[0-9]')
        ORDER BY nearness DESC, known.word LIMIT 300
    ) UNION ALL (
        SELECT DISTINCT known.word, %(begins)s
        FROM records_nameword AS known
        WHERE NOT asked.is_pair AND known.word ~>=~ asked.word AND known.word ~<~ (asked.word || chr(1114111))
        ORDER BY known.word LIMIT 300
    )
) AS found ON true
GROUP BY place, is_pair, found.word
ORDER BY place
"""


@dataclass(frozen=True)
class Alike:
    """For each typed word, in order: the words on record that are like it, and how near each is."""

    words: tuple[Mapping[str, int], ...]

    def __bool__(self) -> bool:
        """Whether anything was typed that a name can be found by."""
        return bool(self.words)

    def condition(self, column: str = "name_words") -> Q:
        """Rows in whose column each typed word has one that is like it; of three words or more, one may be missing."""
        each = [Q(**{f"{column}__overlap": list(like)}) if like else Q(pk__in=[]) for like in self.words]
        if not each:
            return Q(pk__in=[])
        enough = len(each) if len(each) < 3 else len(each) - 1
        return reduce(or_, (reduce(and_, some) for some in combinations(each, enough)))

    def any_of(self, column: str = "name_words") -> Q:
        """Rows in whose column one of the typed words has one that is like it."""
        words = sorted({word for like in self.words for word in like})
        return Q(**{f"{column}__overlap": words}) if words else Q(pk__in=[])

    def nearness(self, column: str = "name_words") -> Expression:
        """How near a row is, to order by: the nearest word for each typed one, added up."""
        none: Expression = Value(0, IntegerField())
        return reduce(lambda so_far, like: CombinedExpression(so_far, "+", _nearest(like, column)), self.words, none)

    def nearness_of(self, words: Iterable[str]) -> tuple[int, ...]:
        """The same of one name, by typed word: nought where none of its words is like it. Without a statement."""
        own = set(words)
        return tuple(max((near for word, near in like.items() if word in own), default=0) for like in self.words)


def find_alike(names: str) -> Alike:
    """The words on record that are like those of some names. One statement; none where nothing is asked."""
    if not names.strip():
        return Alike(())
    with connection.cursor() as cursor:
        cursor.execute(LIKE_WORDS, {"names": names, "most_words": MOST_WORDS, **NEARNESS})
        rows: list[tuple[int, bool, str | None, int | None]] = cursor.fetchall()
    alike: dict[int, dict[str, int]] = {place: {} for place, is_pair, _, _ in rows if not is_pair}
    for place, is_pair, word, near in rows:
        for at in (place, place + 1) if is_pair else (place,):
            if word and near and at in alike and not (is_pair and near < TWO_LETTERS):
                alike[at][word] = max(near, alike[at].get(word, 0))
    return Alike(tuple(alike[place] for place in sorted(alike)))


def _nearest(like: Mapping[str, int], column: str) -> Expression:
    by_nearness: dict[int, list[str]] = {}
    for word, near in like.items():
        by_nearness.setdefault(near, []).append(word)
    whens = [
        When(Q(**{f"{column}__overlap": words}), then=Value(near)) for near, words in sorted(by_nearness.items())[::-1]
    ]
    return Case(*whens, default=Value(0), output_field=IntegerField())
