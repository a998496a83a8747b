"""What the role that serves pages may do: rows, but not the schema, not the past and nothing of the chain."""

from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from handhold.records.grants import let_role_use_rows
from tests.records.test_the_past_is_kept import APPEND_ONLY, DELETABLE

WEB_ROLE = "handhold_web"
OURS = [model._meta.db_table for model in apps.get_models() if model._meta.app_label in {"records", "audit"}]


def may(right: str, table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [WEB_ROLE, table, right])
        answer: bool = cursor.fetchone()[0]
        return answer


@pytest.mark.django_db
@pytest.mark.parametrize("table", OURS)
def test_rights_on_rows_follow_from_what_a_table_keeps(table: str) -> None:
    let_role_use_rows(WEB_ROLE)
    name = table.removeprefix("records_")
    kept = name in APPEND_ONLY or name.startswith("audit_")
    assert may("SELECT", table)
    assert may("INSERT", table) == (table != "audit_link")
    assert may("UPDATE", table) == (not kept)
    assert may("DELETE", table) == (name in DELETABLE)
    assert not may("TRUNCATE", table)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_steprecord SET outcome = ''",
        "DELETE FROM records_consent",
        "DELETE FROM records_person",
        "UPDATE audit_event SET name = 'nothing.happened'",
        "INSERT INTO audit_link (position, event_id) VALUES (1, 1)",
        "TRUNCATE records_steprecord CASCADE",
        "ALTER TABLE records_involvement DROP CONSTRAINT involvement_has_accountable_person",
        "ALTER TABLE records_steprecord DISABLE TRIGGER USER",
        "CREATE TABLE elsewhere (words text)",
        "SET session_replication_role = replica",
    ],
)
def test_the_role_of_the_pages_is_refused(as_web_role: "psycopg.Connection[Any]", statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_web_role.execute(statement)


def test_the_role_of_the_pages_adds_and_changes_rows(as_web_role: "psycopg.Connection[Any]") -> None:
    as_web_role.execute("INSERT INTO records_authority (code, name, protocol) VALUES ('a', 'b', 'c')")
    changed = as_web_role.execute("UPDATE records_authority SET name = 'd' RETURNING name").fetchall()
    as_web_role.rollback()
    assert changed == [("d",)]


@pytest.mark.django_db
def test_without_the_grants_the_role_can_do_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE ALL ON records_person FROM {WEB_ROLE}")
    assert not may("SELECT", "records_person")
    let_role_use_rows(WEB_ROLE)
    assert may("SELECT", "records_person")
