"""The chain tells whether any event was changed, taken out, put in or cut off; and it holds under writers at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection

from handhold.audit.chain import ChainEnd, find_end, verify_chain
from handhold.audit.models import AuditEvent, AuditLink
from handhold.audit.recording import record_event
from handhold.records.constraints import check_constraints_now
from tests.records.factories import NOW, make_council
from tests.records.refusals import take_guard_away

WRITERS, EVENTS = 4, 25
ADD_EVENT = (
    "INSERT INTO audit_event (name, subjects, at, before_digest, after_digest) VALUES ('a.b', '{}', now(), '', '')"
)


def write_events(how_many: int = 3) -> None:
    worker = make_council().practitioners["social-worker"]
    for place in range(how_many):
        at = NOW + timedelta(microseconds=place)
        record_event("step.recorded", by=worker, on_behalf_of=worker, now=at, subjects=["A2345678"], after={"n": place})
    check_constraints_now()


@pytest.mark.django_db
def test_a_whole_chain_has_no_fault() -> None:
    assert verify_chain() == []
    write_events()
    assert verify_chain(noted=find_end()) == []
    assert list(AuditLink.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"name": "step.withdrawn"},
        {"actor_id": 1},
        {"on_behalf_of_id": None},
        {"subjects": ["B2345678"]},
        {"at": NOW - timedelta(days=1)},
        {"after_digest": b""},
        {"before_digest": b"x"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_event_is_found(change: dict[str, Any]) -> None:
    write_events()
    take_guard_away("audit_event")
    AuditEvent.objects.filter(link__position=2).update(**change)
    assert [(fault.position, fault.why) for fault in verify_chain()] == [
        (2, "The event was changed after it was written.")
    ]


@pytest.mark.django_db
def test_an_event_taken_out_is_missed() -> None:
    write_events()
    take_guard_away("audit_link")
    AuditLink.objects.filter(position=2).delete()
    faults = verify_chain()
    assert [fault.position for fault in faults] == [2, 0]
    assert faults[1].why == "1 events stand outside the chain."


@pytest.mark.django_db
def test_two_events_that_changed_places_are_found() -> None:
    write_events()
    take_guard_away("audit_link")
    last = AuditLink.objects.get(position=3)
    AuditLink.objects.filter(position=2).update(position=4)
    AuditLink.objects.filter(pk=last.pk).update(position=2)
    AuditLink.objects.filter(position=4).update(position=3)
    assert {fault.position for fault in verify_chain()} == {2, 3}


@pytest.mark.django_db
def test_a_cut_end_is_missed_by_whoever_noted_it() -> None:
    write_events()
    noted = find_end()
    take_guard_away("audit_link")
    take_guard_away("audit_event")
    last = AuditEvent.objects.get(link__position=3)
    AuditLink.objects.filter(position=3).delete()
    last.delete()
    assert verify_chain() == []
    assert [fault.position for fault in verify_chain(noted=noted)] == [3]


@pytest.mark.django_db
def test_the_end_of_an_empty_chain_is_its_beginning() -> None:
    assert find_end() == ChainEnd(0, b"\0" * 32)


def connect() -> "psycopg.Connection[Any]":
    found = connection.settings_dict
    return psycopg.connect(
        host=found["HOST"],
        port=found["PORT"] or None,
        dbname=found["NAME"],
        user=found["USER"],
        password=found["PASSWORD"] or None,
    )


def write_many(_: int) -> int:
    """One writer; returns how many of its transactions were refused."""
    refused = 0
    with closing(connect()) as writer:
        for _event in range(EVENTS):
            try:
                with writer.transaction():
                    writer.execute(ADD_EVENT)
            except psycopg.errors.UniqueViolation:
                refused += 1
    return refused


@contextmanager
def linking_without_lock() -> Iterator[None]:
    """The same function with its lock taken out, and a moment's pause where it stood."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('audit_link_event'::regproc)")
        function = cursor.fetchone()[0]
        bare = function.replace("PERFORM pg_advisory_xact_lock(7304);", "")
        bare = bare.replace("    INSERT INTO audit_link", "    PERFORM pg_sleep(0.002);\n    INSERT INTO audit_link")
        assert bare != function
        cursor.execute(bare)
        yield
        cursor.execute(function)


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_chain() -> None:
    with ThreadPoolExecutor(WRITERS) as threads:
        assert sum(threads.map(write_many, range(WRITERS))) == 0
    assert find_end().position == WRITERS * EVENTS
    assert verify_chain() == []


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_writers_at_once_collide() -> None:
    with linking_without_lock(), ThreadPoolExecutor(WRITERS) as threads:
        assert sum(threads.map(write_many, range(WRITERS))) > 0
    assert verify_chain() == []  # the unique predecessor still refuses a fork


@pytest.mark.django_db(transaction=True)
def test_an_event_in_an_unfinished_action_keeps_nobody_waiting() -> None:
    with closing(connect()) as first, closing(connect()) as second:
        first.execute(ADD_EVENT)
        second.execute("SET lock_timeout = '2s'")
        second.execute(ADD_EVENT)
        second.commit()
        first.commit()
    assert verify_chain() == []
    assert find_end().position == 2


@pytest.mark.django_db(transaction=True)
def test_linked_at_once_an_event_would_keep_everybody_waiting() -> None:
    with closing(connect()) as first, closing(connect()) as second:
        first.execute("SET CONSTRAINTS ALL IMMEDIATE")
        first.execute(ADD_EVENT)
        second.execute("SET lock_timeout = '200ms'")
        second.execute(ADD_EVENT)
        with pytest.raises(psycopg.errors.LockNotAvailable):
            second.commit()
