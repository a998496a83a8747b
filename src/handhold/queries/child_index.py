"""That a child is known, under what, and whom to ring: for roles that the procedure names, and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from handhold.access.families import Sighted
from handhold.access.finding import index_of_children
from handhold.queries.alike_names import find_alike
from handhold.queries.asked_words import read_asked
from handhold.queries.concern_pages import ConcernOfChild, concerns_of_children
from handhold.queries.involved import Accountable, find_accountable_for
from handhold.queries.members import today_of
from handhold.queries.naming import person_name
from handhold.queries.searching import matching
from handhold.records.models import Person


@dataclass(frozen=True)
class Known:
    """A child who is known: name, birth date, and for each open involvement who answers and how to reach them."""

    ref: str
    name: str
    birth_date: date | None
    expected_date: date | None
    accountable: tuple[Accountable, ...]
    concerns: tuple[ConcernOfChild, ...]


def index_matching(sight: Sighted, words: str) -> QuerySet[Person]:
    """The council's children whom the words fit, as a search finds them. Nobody without a word to go by.

    By what any record of a child says: two records that are one child are found as the one that is kept.
    Raises NotHere for those who do not see the index.
    """
    asked = read_asked(words, today_of(sight))
    found, _ = matching(index_of_children(sight), asked, find_alike(asked.names))
    return found


def known_rows(children: Sequence[Person], sight: Sighted) -> list[Known]:
    """The rows of one page of the index."""
    held = find_accountable_for([child.pk for child in children], sight.protocol, sight.now)
    concerns = concerns_of_children(children, sight)
    return [
        Known(
            ref=child.ref,
            name=person_name(child),
            birth_date=child.birth_date,
            expected_date=child.expected_birth_date,
            accountable=tuple(one for one in held if one.child_id == child.pk),
            concerns=tuple(concerns[child.pk]),
        )
        for child in children
    ]
