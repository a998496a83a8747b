"""Two writers at once, each doing what is right as far as they can see: is anybody let go?

Each race is run in two worlds. In the true one the constraints stand: nobody is ever left. The other is a copy of the
same tables in which the keys with periods are missing and a trigger counts instead, as is often done: at READ COMMITTED
it cannot see what the other writer has not yet committed, and children are left. That world is the negative control.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_council, make_family

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 40
HOLD_OPEN = 0.05  # seconds to wait for the other writer, who in the true world may be waiting for us

NAIVE_WORLD = """
CREATE SCHEMA naive;
CREATE TABLE naive.records_involvement (LIKE public.records_involvement INCLUDING IDENTITY);
CREATE TABLE naive.records_allocation (LIKE public.records_allocation INCLUDING IDENTITY);
CREATE TABLE naive.records_maincontact (LIKE public.records_maincontact INCLUDING IDENTITY);
INSERT INTO naive.records_involvement OVERRIDING SYSTEM VALUE SELECT * FROM public.records_involvement;
INSERT INTO naive.records_allocation OVERRIDING SYSTEM VALUE SELECT * FROM public.records_allocation;
INSERT INTO naive.records_maincontact OVERRIDING SYSTEM VALUE SELECT * FROM public.records_maincontact;
SELECT setval(pg_get_serial_sequence('naive.records_involvement', 'id'), 1000000),
       setval(pg_get_serial_sequence('naive.records_allocation', 'id'), 1000000),
       setval(pg_get_serial_sequence('naive.records_maincontact', 'id'), 1000000);

CREATE FUNCTION naive.somebody_is_left() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT FROM naive.records_involvement WHERE id = NEW.involvement_id AND upper_inf(open_during))
       AND NOT EXISTS (SELECT FROM naive.records_allocation
                       WHERE involvement_id = NEW.involvement_id AND upper_inf(during)) THEN
        RAISE integrity_constraint_violation USING MESSAGE = 'nobody would be accountable';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER somebody_is_left AFTER UPDATE ON naive.records_allocation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION naive.somebody_is_left();

CREATE FUNCTION naive.somebody_is_rung() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT FROM naive.records_involvement
               WHERE child_id = NEW.child_id AND upper_inf(open_during))
       AND NOT EXISTS (SELECT FROM naive.records_maincontact
                       WHERE child_id = NEW.child_id AND upper_inf(during)) THEN
        RAISE integrity_constraint_violation USING MESSAGE = 'a child would have no main contact';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER somebody_is_rung AFTER UPDATE ON naive.records_maincontact
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION naive.somebody_is_rung();
"""

NOT_HELD_BY_ONE = """
SELECT count(*) FILTER (WHERE holders = 0), count(*) FILTER (WHERE holders > 1) FROM (
    SELECT (SELECT count(*) FROM records_allocation
            WHERE involvement_id = involvement.id AND upper_inf(during)) AS holders
    FROM records_involvement AS involvement WHERE upper_inf(open_during)
) AS held
"""
WITHOUT_MAIN_CONTACT = """
SELECT count(*) FROM records_involvement AS involvement WHERE upper_inf(open_during) AND NOT EXISTS (
    SELECT FROM records_maincontact WHERE child_id = involvement.child_id AND upper_inf(during)
)
"""

CHANGED_HANDS = "SELECT count(*) FROM records_allocation WHERE NOT upper_inf(during)"

Act = Callable[["psycopg.Connection[Any]"], None]


class Race:
    """Two writers with connections of their own, looking at the tables of one world."""

    def __init__(self, schema: str) -> None:
        found = connection.settings_dict
        self.writers = [
            psycopg.connect(
                host=found["HOST"],
                port=found["PORT"] or None,
                dbname=found["NAME"],
                user=found["USER"],
                password=found["PASSWORD"] or None,
                options=f"-c search_path={schema},public",
            )
            for _ in range(2)
        ]

    def run(self, first: Act, second: Act) -> int:
        """Let both act and be checked, neither committing before both (or one waits); return how many succeeded."""
        both_have_acted = Barrier(2)
        with ThreadPoolExecutor(2) as threads:
            done = threads.map(self._attempt, self.writers, (first, second), (both_have_acted, both_have_acted))
            return sum(done)

    @staticmethod
    def _attempt(writer: "psycopg.Connection[Any]", act: Act, both_have_acted: Barrier) -> bool:
        try:
            with writer.transaction():
                act(writer)
                writer.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as every action ends
                with suppress(BrokenBarrierError):
                    both_have_acted.wait(HOLD_OPEN)
        except (psycopg.errors.IntegrityError, psycopg.errors.DeadlockDetected):
            return False
        return True

    def ask(self, question: str) -> tuple[Any, ...]:
        """One row of an answer, seen after everything that was committed."""
        with self.writers[0].transaction():
            row: tuple[Any, ...] | None = self.writers[0].execute(question).fetchone()
        assert row is not None
        return row


@contextmanager
def naive_world() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(NAIVE_WORLD)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA naive CASCADE")


@contextmanager
def race_in(schema: str) -> Iterator[Race]:
    race = Race(schema)
    try:
        yield race
    finally:
        for writer in race.writers:
            writer.close()


def hand_over_to(practitioner: int, involvement: int) -> Act:
    """A manager gives the involvement to somebody: ends what is open as they see it, and begins the next."""

    def act(writer: "psycopg.Connection[Any]") -> None:
        held = writer.execute(
            "SELECT id FROM records_allocation WHERE involvement_id = %s AND upper_inf(during)", [involvement]
        ).fetchall()
        writer.execute(
            "UPDATE records_maincontact SET during = tstzrange(lower(during), %s)"
            " WHERE involvement_id = %s AND upper_inf(during)",
            [NOW, involvement],
        )
        for (allocation,) in held:
            writer.execute(
                "UPDATE records_allocation SET during = tstzrange(lower(during), %s)"
                " WHERE id = %s AND upper_inf(during)",
                [NOW, allocation],
            )
        writer.execute(
            "INSERT INTO records_allocation (involvement_id, practitioner_id, during, held_as)"
            " VALUES (%s, %s, tstzrange(%s, NULL), '')",
            [involvement, practitioner, NOW],
        )
        writer.execute(
            "INSERT INTO records_maincontact (child_id, involvement_id, practitioner_id, during)"
            " SELECT child_id, id, %s, tstzrange(%s, NULL) FROM records_involvement WHERE id = %s",
            [practitioner, NOW, involvement],
        )

    return act


def let_go(practitioner: int, involvement: int) -> Act:
    """Somebody who sees that another holds the involvement too lets go of it: the other one has it, after all."""

    def act(writer: "psycopg.Connection[Any]") -> None:
        writer.execute(
            "UPDATE records_allocation SET during = tstzrange(lower(during), lower(during) + interval '1 hour')"
            " WHERE involvement_id = %s AND practitioner_id = %s AND upper_inf(during)",
            [involvement, practitioner],
        )

    return act


def open_early_help(child: int, practitioner: int, agency: int, ref: str) -> Act:
    """Early help begins, under the main contact whom the child already has."""

    def act(writer: "psycopg.Connection[Any]") -> None:
        found = writer.execute(
            "INSERT INTO records_involvement (ref, child_id, kind, open_during, agency_id, closing_reason)"
            " VALUES (%s, %s, 'early-help', tstzrange(%s, NULL), %s, '') RETURNING id",
            [ref, child, NOW, agency],
        ).fetchone()
        assert found is not None
        writer.execute(
            "INSERT INTO records_allocation (involvement_id, practitioner_id, during, held_as)"
            " VALUES (%s, %s, tstzrange(%s, NULL), '')",
            [found[0], practitioner, NOW],
        )

    return act


def close_social_care(child: int) -> Act:
    """Social care ends for a child with whom, as far as can be seen, nobody else is involved."""

    def act(writer: "psycopg.Connection[Any]") -> None:
        writer.execute(
            "UPDATE records_involvement SET open_during = tstzrange(lower(open_during), %s), closing_reason = 'done'"
            " WHERE child_id = %s AND kind = 'assessment'",
            [NOW, child],
        )
        social_care = "SELECT id FROM records_involvement WHERE child_id = %s AND kind = 'assessment'"
        for table, whose in (("allocation", f"involvement_id IN ({social_care})"), ("maincontact", "child_id = %s")):
            writer.execute(
                f"UPDATE records_{table} SET during = tstzrange(lower(during), %s) WHERE {whose} AND upper_inf(during)",
                [NOW, child],
            )

    return act


@pytest.fixture
def people() -> tuple[MadeCouncil, MadeFamily]:
    council = make_council()
    return council, make_family(council, children=ROUNDS)


def race_of_handovers(race: Race, people: tuple[MadeCouncil, MadeFamily]) -> tuple[Any, ...]:
    """Two managers reallocate at once; then both of those allocated let go at once. Returns left alone, held twice."""
    council, made = people
    first, second = (council.practitioners[role].pk for role in ("team-manager", "service-manager"))
    for involvement in made.involvements:
        race.run(hand_over_to(first, involvement.pk), hand_over_to(second, involvement.pk))
        race.run(let_go(first, involvement.pk), let_go(second, involvement.pk))
    return race.ask(NOT_HELD_BY_ONE)


def race_of_services(race: Race, people: tuple[MadeCouncil, MadeFamily]) -> tuple[int, int]:
    """Early help begins while social care ends. Returns how many of both succeeded, and who has no main contact."""
    council, made = people
    helper, agency = council.practitioners["support-practitioner"].pk, council.agencies["council"].pk
    succeeded = sum(
        race.run(open_early_help(child.pk, helper, agency, child.ref), close_social_care(child.pk))
        for child in made.children
    )
    return succeeded, race.ask(WITHOUT_MAIN_CONTACT)[0]


def test_two_managers_at_once_leave_no_child_alone(people: tuple[MadeCouncil, MadeFamily]) -> None:
    with race_in("public") as race:
        assert race_of_handovers(race, people) == (0, 0)
        # One of each two was let through: the race was run, and not merely refused.
        assert race.ask(CHANGED_HANDS)[0] == ROUNDS


def test_without_the_constraint_two_managers_at_once_leave_children_alone(
    people: tuple[MadeCouncil, MadeFamily],
) -> None:
    with naive_world(), race_in("naive") as race:
        alone, _ = race_of_handovers(race, people)
        assert alone > 0


def test_one_service_beginning_while_another_ends_leaves_no_child_without_main_contact(
    people: tuple[MadeCouncil, MadeFamily],
) -> None:
    with race_in("public") as race:
        succeeded, without = race_of_services(race, people)
        assert without == 0
        assert succeeded >= ROUNDS


def test_without_the_constraint_a_child_is_left_without_main_contact(people: tuple[MadeCouncil, MadeFamily]) -> None:
    with naive_world(), race_in("naive") as race:
        _, without = race_of_services(race, people)
        assert without > 0
