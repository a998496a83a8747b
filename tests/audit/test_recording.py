"""An audit event is written with the change it tells of, holds no words about people, and cannot be taken back."""

import hashlib
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from handhold.audit.chain import verify_chain
from handhold.audit.models import AuditEvent, AuditLink
from handhold.audit.recording import digest_of, record_event
from handhold.records.constraints import check_constraints_now
from tests.records.factories import NOW, make_council
from tests.records.refusals import refused_by, take_away, take_guard_away

pytestmark = pytest.mark.django_db


def test_an_event_says_who_did_what_to_which_record_when_and_for_whom() -> None:
    council = make_council()
    helper, lead = council.practitioners["early-help-coordinator"], council.practitioners["lead-practitioner"]
    record_event("transfer.accepted", by=helper, on_behalf_of=lead, now=NOW, subjects=["B2345678", "A2345678"])
    check_constraints_now()
    event = AuditEvent.objects.get()
    assert (event.name, event.actor_id, event.on_behalf_of_id, event.at) == (
        "transfer.accepted",
        helper.pk,
        lead.pk,
        NOW,
    )
    assert event.subjects == ["A2345678", "B2345678"]
    assert AuditLink.objects.get().event == event


def test_one_event_costs_one_round_trip(django_assert_num_queries: Any) -> None:
    worker = make_council().practitioners["social-worker"]
    with django_assert_num_queries(1):
        record_event("run.started", by=worker, now=NOW, subjects=["A2345678"], after={"pathway": "x"})


def test_values_are_kept_as_digests_that_cannot_be_found_by_trying() -> None:
    record_event(
        "person.changed",
        by=None,
        now=NOW,
        subjects=["A2345678"],
        before={"born": date(2019, 1, 2)},
        after={"born": None},
    )
    event = AuditEvent.objects.get()
    assert bytes(event.before_digest) == digest_of({"born": date(2019, 1, 2)})
    assert bytes(event.before_digest) != bytes(event.after_digest)
    assert bytes(event.before_digest) != hashlib.sha256(b'{"born":"2019-01-02"}').digest()
    assert digest_of(None) == b""


@pytest.mark.parametrize("name", ["Ada Okafor was seen", "transfer", "Transfer.accepted", "transfer.accepted!"])
def test_an_event_is_named_by_a_code(name: str) -> None:
    with refused_by("audit_event_named_by_code"):
        record_event(name, by=None, now=NOW, subjects=[])


@pytest.mark.parametrize("subject", ["Ada Okafor", "A,B", "A\nB", ""])
def test_a_subject_is_a_reference(subject: str) -> None:
    with refused_by("audit_event_subjects_are_references"):
        record_event("child.opened", by=None, now=NOW, subjects=[subject, "A2345678"])


def test_without_the_check_words_about_people_would_get_in() -> None:
    take_away("audit_event", "audit_event_subjects_are_references")
    assert record_event("child.opened", by=None, now=NOW, subjects=["Ada Okafor"]).pk


def test_an_event_is_neither_changed_nor_deleted() -> None:
    record_event("concern.decided", by=None, now=NOW, subjects=["A2345678"])
    check_constraints_now()
    for statement in (
        "UPDATE audit_event SET name = 'x.y'",
        "DELETE FROM audit_link",
        "UPDATE audit_link SET position = 9",
    ):
        with refused_by("past_is_kept"), connection.cursor() as cursor:
            cursor.execute(statement)
    take_guard_away("audit_event")
    assert AuditEvent.objects.update(name="nothing.happened") == 1


def test_an_event_goes_with_the_change_that_is_rolled_back() -> None:
    with transaction.atomic():
        record_event("run.started", by=None, now=NOW, subjects=["A2345678"])
        check_constraints_now()
        transaction.set_rollback(True)
    assert AuditEvent.objects.count() == AuditLink.objects.count() == 0
    assert verify_chain() == []


@pytest.mark.django_db(transaction=True)
def test_the_role_of_the_pages_adds_events_and_the_database_links_them(as_web_role: "psycopg.Connection[Any]") -> None:
    as_web_role.execute(
        "INSERT INTO audit_event (name, subjects, at, before_digest, after_digest) VALUES ('a.b', '{}', %s, '', '')",
        [NOW],
    )
    as_web_role.commit()
    assert AuditLink.objects.get().event.name == "a.b"
    assert verify_chain() == []
