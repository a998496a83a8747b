"""The role of the pages reads and writes rows, and can neither change a table nor empty one."""

from typing import Any

import psycopg
import pytest
from psycopg import sql

from handhold.records.models import Authority


@pytest.mark.django_db(transaction=True)
def test_it_reads_and_writes_rows(as_web_role: "psycopg.Connection[Any]") -> None:
    Authority.objects.create(code="north", name="North", protocol="north")
    as_web_role.execute("UPDATE records_authority SET name = 'Far North' WHERE code = 'north'")
    as_web_role.commit()
    assert Authority.objects.get(code="north").name == "Far North"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "forbidden",
    [
        "TRUNCATE records_authority CASCADE",
        "DROP TABLE records_authority",
        "ALTER TABLE records_authority DISABLE TRIGGER ALL",
        "CREATE TABLE mine (word text)",
        "UPDATE django_migrations SET name = name",
        "SET SESSION AUTHORIZATION handhold_owner",
        "SET ROLE handhold_owner",
        "SET session_replication_role = replica",
    ],
)
def test_it_cannot_get_round_the_tables(as_web_role: "psycopg.Connection[Any]", forbidden: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_web_role.execute(sql.SQL(forbidden))
    as_web_role.rollback()
    # The negative control: the connection itself is well, it is the act that was refused.
    assert as_web_role.execute("SELECT count(*) >= 0 FROM records_authority").fetchone() == (True,)
