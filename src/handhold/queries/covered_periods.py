"""Which periods are not covered, and which stand twice at a time: found again by counting, without the constraints.

The database refuses both (`records/migrations/0003_periods`). Here nothing is taken on trust: the rows alone are read,
so that a constraint dropped for a repair, or a backup put back in parts, shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection


class Cover(NamedTuple):
    """Each period of `table` must be covered, at every instant, by the periods `during` of the rows of `by`.

    `on` joins a row (`held`) with those that cover it (`cover`); `label` is the row's reference, as SQL.
    `now` and `past` are the sentences where the gap is there at this instant, and where it lies elsewhere.
    """

    promise: str
    about: str
    table: str
    period: str
    by: str
    on: str
    label: str
    now: str
    past: str


class Once(NamedTuple):
    """No two rows of `table` with the same `keys` may have periods that meet."""

    promise: str
    about: str
    table: str
    period: str
    keys: tuple[str, ...]
    label: str
    words: str


CHILD = "(SELECT ref FROM records_person WHERE id = held.child_id)"
INVOLVEMENT = "(SELECT ref FROM records_involvement WHERE id = held.involvement_id)"
POST = "(SELECT code FROM records_post WHERE id = held.post_id)"
PRACTITIONER = "(SELECT ref FROM records_practitioner WHERE id = held.practitioner_id)"

COVERS = (
    Cover(
        "H1",
        "involvement",
        "records_involvement",
        "open_during",
        "records_allocation",
        "cover.involvement_id = held.id",
        "held.ref",
        now="It is open, and nobody is accountable for it.",
        past="While it was open there was a time when nobody was accountable for it.",
    ),
    Cover(
        "H1",
        "child",
        "records_involvement",
        "open_during",
        "records_maincontact",
        "cover.child_id = held.child_id",
        CHILD,
        now="An involvement of this child is open, and the family has no main contact.",
        past="While an involvement of this child was open there was a time when the family had no main contact.",
    ),
    Cover(
        "H1",
        "child",
        "records_maincontact",
        "during",
        "records_allocation",
        "cover.involvement_id = held.involvement_id AND cover.practitioner_id = held.practitioner_id",
        CHILD,
        now="The main contact of this child is not among those who are accountable.",
        past="There was a time when the main contact of this child was not among those who were accountable.",
    ),
    Cover(
        "H1",
        "involvement",
        "records_allocation",
        "during",
        "(SELECT id, open_during AS during FROM records_involvement)",
        "cover.id = held.involvement_id",
        INVOLVEMENT,
        now="Somebody is accountable for it, and it is not open.",
        past="There was a time when somebody was accountable for it and it was not open.",
    ),
    Cover(
        "H1",
        "post",
        "records_post",
        "must_be_held_during",
        "records_postholding",
        "cover.post_id = held.id",
        "held.code",
        now="It is a post of last resort, and it is vacant.",
        past="It is a post of last resort, and there was or will be a time when it is vacant.",
    ),
    Cover(
        "H3",
        "concern",
        "records_concern",
        "held_during",
        "records_concernholding",
        "cover.concern_id = held.id",
        "held.ref",
        now="Nobody answers for it.",
        past="Since it was sent there was a time when nobody answered for it.",
    ),
)

ONCE = (
    Once(
        "H1",
        "involvement",
        "records_allocation",
        "during",
        ("involvement_id",),
        INVOLVEMENT,
        "Two people are or were accountable for it at one time.",
    ),
    Once(
        "H1",
        "child",
        "records_maincontact",
        "during",
        ("child_id",),
        CHILD,
        "This child has or had two main contacts at one time.",
    ),
    Once(
        "H1",
        "child",
        "records_involvement",
        "open_during",
        ("child_id", "kind"),
        CHILD,
        "This child has or had two involvements of one kind at one time.",
    ),
    Once("H1", "post", "records_postholding", "during", ("post_id",), POST, "Two people hold or held it at one time."),
    Once(
        "H9",
        "practitioner",
        "records_roleholding",
        "during",
        ("practitioner_id", "role", "team_id"),
        PRACTITIONER,
        "They hold or held one role twice at one time.",
    ),
    Once(
        "H9",
        "family",
        "records_familymember",
        "during",
        ("family_id", "person_id"),
        "(SELECT ref FROM records_family WHERE id = held.family_id)",
        "One person is or was its member twice at one time.",
    ),
    Once(
        "H9",
        "person",
        "records_relationship",
        "during",
        ("from_person_id", "to_person_id", "kind"),
        "(SELECT ref FROM records_person WHERE id = held.from_person_id)",
        "One relationship of theirs is or was written down twice at one time.",
    ),
    Once(
        "H9",
        "child",
        "records_professionalrelationship",
        "during",
        ("child_id", "practitioner_id", "role"),
        CHILD,
        "One professional relationship of this child is or was written down twice at one time.",
    ),
    Once(
        "H9",
        "rota",
        "records_rotaslot",
        "during",
        ("rota_id", "practitioner_id"),
        "(SELECT code FROM records_rota WHERE id = held.rota_id)",
        "One person is or was put down twice for one turn of duty.",
    ),
)

GAPS = """
SELECT label, bool_or(gap @> %s) FROM (
    SELECT {label} AS label,
           tstzmultirange(held.{period}) - coalesce(range_agg(cover.during), '{{}}'::tstzmultirange) AS gap
    FROM {table} AS held LEFT JOIN {by} AS cover ON {on}
    WHERE held.{period} IS NOT NULL GROUP BY held.id
) AS measured WHERE NOT isempty(gap) GROUP BY label ORDER BY label
"""
DOUBLES = """
SELECT DISTINCT {label} AS label FROM {table} AS held JOIN {table} AS other
ON held.id < other.id AND held.{period} && other.{period} AND {same} ORDER BY label
"""


def find_gaps(cover: Cover, now: datetime) -> Iterator[tuple[str, bool]]:
    """The reference of each row with a time that is not covered, and whether `now` is such a time."""
    yield from _rows(GAPS.format(**cover._asdict()), [now])


def find_doubles(once: Once) -> Iterator[str]:
    """The reference of each row that stands twice at a time."""
    same = " AND ".join(f"held.{key} IS NOT DISTINCT FROM other.{key}" for key in once.keys)
    found = _rows(DOUBLES.format(**once._asdict(), same=same), [])
    yield from (label for (label,) in found)


def _rows(statement: str, values: list[datetime]) -> Iterator[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        yield from cursor.fetchall()
