"""One recorded step, durable, through the whole action, against a bare transaction of four statements."""

from datetime import timedelta
from itertools import count

from django.db import connection
from tests.actions.walking import Walk

from bench.measuring import Ratio, measure
from handhold.casefiles import contents


def measure_recorded_steps(walk: Walk) -> list[Ratio]:
    """The destination considered again and again (it may be repeated), each commit on disk before the next begins."""
    numbers = count(1)
    _make_bare_tables()

    def bare() -> None:
        number = next(numbers)
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT state FROM bench_bare WHERE id = 1 FOR UPDATE")
            cursor.fetchone()
            cursor.execute("UPDATE bench_bare SET state = %s, at = now() WHERE id = 1", [str(number)])
            cursor.execute("INSERT INTO bench_bare_event VALUES (1, %s, now())", [str(number)])
            cursor.execute("COMMIT")

    def step() -> None:
        walk.now += timedelta(seconds=1)
        walk.do("early-help-considered", "targeted", contents.Content(walk.now))

    return [
        measure("a step recorded, on disk", ("record_step", step), ("four bare statements", bare), pairs=60, inner=3)
    ]


def _make_bare_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (id bigint PRIMARY KEY, state text, at timestamptz)")
        cursor.execute("CREATE TABLE bench_bare_event (bare bigint, what text, at timestamptz)")
        cursor.execute("INSERT INTO bench_bare VALUES (1, 'new', now())")
