"""Of people who are about to be put on record: who of those on record each may be, and whom to ring about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handhold.access.families import Sighted
from handhold.queries.involved import find_accountable_for
from handhold.queries.likely_duplicates import Described, Likely, likely_duplicates, likely_in_sight

MOST_FOR_ONE = 5


@dataclass(frozen=True, slots=True)
class Perhaps:
    """Somebody on record who may be the one described, and who answers for them, in words."""

    likely: Likely
    held: str


def find_who_it_may_be(people: Mapping[str, Described], sight: Sighted) -> dict[str, list[Perhaps]]:
    """By the keys of those described, who each may be; only those who may be somebody. Raises NotHere for a partner."""
    return _with_who_answers(
        {key: likely_duplicates(one, sight, most=MOST_FOR_ONE) for key, one in people.items()}, sight
    )


def find_who_may_join(one: Described, sight: Sighted) -> list[Perhaps]:
    """Who somebody may be who joins a family: of the council for who sees the index, else of the families in sight."""
    ask = likely_duplicates if sight.sees_index else likely_in_sight
    return _with_who_answers({"": ask(one, sight, most=MOST_FOR_ONE)}, sight).get("", [])


def _with_who_answers(found: Mapping[str, list[Likely]], sight: Sighted) -> dict[str, list[Perhaps]]:
    ids = {one.person_id for some in found.values() for one in some}
    held = find_accountable_for(ids, sight.protocol, sight.now) if ids else []
    names = {pk: dict.fromkeys(f"{row.name}, {row.phone}" for row in held if row.child_id == pk) for pk in ids}
    return {key: [Perhaps(one, "; ".join(names[one.person_id])) for one in some] for key, some in found.items() if some}
