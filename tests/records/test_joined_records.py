"""A record that was joined to another has nothing open, stands for one child, and is parted whole again.

Each breach is tried twice: with the constraint, which refuses it, and without, where it goes through (the control).
Two writers at once, one who joins and one who begins work, are tried in the same way.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection

from handhold.records.constraints import check_constraints_now
from handhold.records.models import Involvement, JoinedRecord, MainContact, Person
from tests.records.factories import (
    NOW,
    MadeCouncil,
    MadeFamily,
    close_everything,
    make_council,
    make_family,
    make_joined,
    make_run,
    open_involvement,
    since,
)
from tests.records.refusals import refused_by, take_away, take_guard_away
from tests.records.test_race_of_writers import Act, Race, open_early_help, race_in

ROUNDS = 20


@dataclass
class Case:
    """A child with something open, and two records of nobody's: one joined to the child, one not."""

    council: MadeCouncil
    kept: MadeFamily
    other: MadeFamily
    third: MadeFamily

    @property
    def child(self) -> Person:
        return self.kept.children[0]

    @property
    def joined(self) -> Person:
        return self.other.children[0]

    @property
    def joining(self) -> JoinedRecord:
        return JoinedRecord.objects.get(other=self.joined)


def make_case() -> Case:
    council = make_council()
    kept, other, third = (make_family(council, children=1) for _ in range(3))
    close_everything(other)
    close_everything(third)
    return Case(council, kept, other, third)


@pytest.fixture
def case(db: None) -> Case:
    made = make_case()
    make_joined(made.council, made.child, made.joined)
    check_constraints_now()
    return made


def open_something(case: Case) -> None:
    case.other.main_contacts.clear()
    open_involvement(case.council, case.other, case.joined, kind="early-help", start=NOW)


def ring_somebody(case: Case) -> None:
    case.other.main_contacts.clear()
    MainContact.objects.create(
        child=case.joined,
        involvement=case.other.involvements[0],
        practitioner=case.council.practitioners["social-worker"],
        during=since(NOW),
    )


def begin_a_run(case: Case) -> None:
    make_run(case.council, case.other)


def join_the_kept_one(case: Case) -> None:
    close_everything(case.kept)
    make_joined(case.council, case.third.children[0], case.child)


def join_to_the_joined_one(case: Case) -> None:
    make_joined(case.council, case.joined, case.third.children[0])


def join_twice(case: Case) -> None:
    make_joined(case.council, case.third.children[0], case.joined)


def join_a_child_with_work(case: Case) -> None:
    make_joined(case.council, case.child, make_family(case.council, children=1).children[0])


def count_as_joined_by_nobody(case: Case) -> None:
    Person.objects.filter(pk=case.third.children[0].pk).update(is_joined=True)


def show_the_joined_one(case: Case) -> None:
    Person.objects.filter(pk=case.joined.pk).update(is_joined=False)


def undo_and_hide(case: Case) -> None:
    JoinedRecord.objects.filter(pk=case.joining.pk).update(
        undone_at=NOW, undone_by=case.council.practitioners["front-door"], undone_reason="Twins"
    )


def join_to_itself(case: Case) -> None:
    make_joined(case.council, case.third.children[0], case.third.children[0])


def undo_without_a_reason(case: Case) -> None:
    by = case.council.practitioners["front-door"]
    JoinedRecord.objects.filter(pk=case.joining.pk).update(undone_at=NOW, undone_by=by)
    Person.objects.filter(pk=case.joined.pk).update(is_joined=False)


BREACHES = [
    ("maincontact", "main_contact_of_no_joined_record", open_something),
    ("runchild", "run_child_is_no_joined_record", begin_a_run),
    ("joinedrecord", "joined_record_kept_is_not_joined", join_the_kept_one),
    ("joinedrecord", "joined_record_kept_is_not_joined", join_to_the_joined_one),
    ("joinedrecord", "joined_record_once", join_twice),
    ("maincontact", "main_contact_of_no_joined_record", join_a_child_with_work),
    ("person", "person_joined_by_a_record", count_as_joined_by_nobody),
    ("joinedrecord", "joined_record_other_is_joined", show_the_joined_one),
    ("person", "person_joined_by_a_record", undo_and_hide),
    ("joinedrecord", "joined_record_undone_by_a_person", undo_without_a_reason),
]
each_breach = pytest.mark.parametrize(
    ("table", "constraint", "breach"), BREACHES, ids=[breach.__name__ for _, _, breach in BREACHES]
)


@each_breach
def test_the_database_refuses(case: Case, table: str, constraint: str, breach: Callable[[Case], None]) -> None:
    with refused_by(constraint):
        breach(case)


@each_breach
def test_without_the_constraint_it_goes_through(
    case: Case, table: str, constraint: str, breach: Callable[[Case], None]
) -> None:
    take_away(f"records_{table}", constraint)
    breach(case)
    check_constraints_now()


def test_a_record_is_not_joined_to_itself(case: Case) -> None:
    with refused_by("joined_record_of_two"):
        join_to_itself(case)


def test_the_kept_child_goes_on_and_a_second_record_can_be_joined(case: Case) -> None:
    open_involvement(case.council, case.kept, case.child, kind="early-help", start=NOW)
    make_run(case.council, case.kept)
    make_joined(case.council, case.child, case.third.children[0])
    check_constraints_now()
    assert case.child.records_joined.count() == 2


def test_history_can_still_be_written_of_a_joined_record(case: Case) -> None:
    """An import brings what ended long ago."""
    ended = Involvement.objects.filter(child=case.joined)
    open_involvement(case.council, case.other, case.joined, kind="care", start=NOW - timedelta(days=9))
    close_everything(case.other)
    check_constraints_now()
    assert ended.count() == 2


def test_parted_records_are_as_before_and_can_be_joined_anew(case: Case) -> None:
    undo_and_hide(case)
    Person.objects.filter(pk=case.joined.pk).update(is_joined=False)
    open_something(case)
    check_constraints_now()
    close_everything(case.other, at=NOW + timedelta(hours=1))
    make_joined(case.council, case.child, case.joined)
    check_constraints_now()
    assert case.joined.joined_to.count() == 2


def test_a_joining_is_undone_once_and_never_edited(case: Case) -> None:
    with refused_by("blank_is_only_filled"):
        JoinedRecord.objects.filter(pk=case.joining.pk).update(reason="Another")
    with refused_by("blank_is_only_filled"):
        JoinedRecord.objects.filter(pk=case.joining.pk).delete()
    undo_and_hide(case)
    Person.objects.filter(pk=case.joined.pk).update(is_joined=False)
    with refused_by("blank_is_only_filled"):
        JoinedRecord.objects.filter(other=case.joined).update(undone_at=None, undone_by=None, undone_reason="")


def test_without_its_guard_a_joining_is_rewritten(case: Case) -> None:
    take_guard_away("records_joinedrecord")
    JoinedRecord.objects.filter(pk=case.joining.pk).update(reason="Another")
    assert case.joining.reason == "Another"


def join_them(kept: int, other: int, by: int, ref: str) -> Act:
    """Somebody joins a record that has nothing open, as far as they can see."""

    def act(writer: "psycopg.Connection[Any]") -> None:
        writer.execute(
            "INSERT INTO records_joinedrecord (ref, kept_id, other_id, joined_at, joined_by_id, reason, undone_reason)"
            " VALUES (%s, %s, %s, %s, %s, 'One child', '')",
            [ref, kept, other, NOW, by],
        )
        writer.execute("UPDATE records_person SET is_joined = true WHERE id = %s", [other])

    return act


def take_in(child: int, practitioner: int, agency: int, ref: str) -> Act:
    """Early help begins for that record, which nobody has joined as far as can be seen; its worker is main contact."""
    begin = open_early_help(child, practitioner, agency, ref)

    def act(writer: "psycopg.Connection[Any]") -> None:
        begin(writer)
        writer.execute(
            "INSERT INTO records_maincontact (child_id, involvement_id, practitioner_id, during)"
            " SELECT child_id, id, %s, open_during FROM records_involvement WHERE ref = %s",
            [practitioner, ref],
        )

    return act


JOINED_WITH_WORK = """
SELECT count(*) FROM records_joinedrecord AS joining JOIN records_maincontact AS rung ON rung.child_id = other_id
WHERE undone_at IS NULL AND upper_inf(rung.during)
"""

NAIVE_WORLD = """
CREATE SCHEMA naive;
CREATE TABLE naive.records_person (LIKE public.records_person);
CREATE TABLE naive.records_joinedrecord (LIKE public.records_joinedrecord INCLUDING IDENTITY);
CREATE TABLE naive.records_involvement (LIKE public.records_involvement INCLUDING IDENTITY);
CREATE TABLE naive.records_allocation (LIKE public.records_allocation INCLUDING IDENTITY);
CREATE TABLE naive.records_maincontact (LIKE public.records_maincontact INCLUDING IDENTITY);
INSERT INTO naive.records_person SELECT * FROM public.records_person;

CREATE FUNCTION naive.nobody_is_joined() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT FROM naive.records_person AS person JOIN naive.records_maincontact AS rung
               ON rung.child_id = person.id WHERE is_joined AND upper_inf(during)) THEN
        RAISE integrity_constraint_violation USING MESSAGE = 'a joined record would have work';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER nobody_is_joined AFTER INSERT ON naive.records_maincontact
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION naive.nobody_is_joined();
CREATE CONSTRAINT TRIGGER nobody_is_joined AFTER UPDATE ON naive.records_person
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION naive.nobody_is_joined();
"""


@contextmanager
def naive_world() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(NAIVE_WORLD)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA naive CASCADE")


@pytest.fixture
def records(transactional_db: None) -> tuple[MadeCouncil, MadeFamily]:
    council = make_council()
    made = make_family(council, children=ROUNDS + 1)
    close_everything(made)
    return council, made


def race_of_joinings(race: Race, records: tuple[MadeCouncil, MadeFamily]) -> tuple[int, int]:
    """Somebody joins while somebody takes in. Returns how many of both succeeded, and what joined records have work."""
    council, made = records
    by, helper = (council.practitioners[role].pk for role in ("front-door", "support-practitioner"))
    kept, *others = made.children
    agency = council.agencies["council"].pk
    succeeded = sum(
        race.run(join_them(kept.pk, one.pk, by, one.ref), take_in(one.pk, helper, agency, one.ref)) for one in others
    )
    return succeeded, race.ask(JOINED_WITH_WORK)[0]


def test_of_who_joins_and_who_takes_in_at_once_one_is_refused(records: tuple[MadeCouncil, MadeFamily]) -> None:
    with race_in("public") as race:
        assert race_of_joinings(race, records) == (ROUNDS, 0)


def test_with_a_trigger_that_counts_instead_joined_records_have_work(records: tuple[MadeCouncil, MadeFamily]) -> None:
    with naive_world(), race_in("naive") as race:
        _, with_work = race_of_joinings(race, records)
        assert with_work > 0
