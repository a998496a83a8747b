"""What the environment decides: which database, as whom, with which key, and what a log line may say."""

import logging
from pathlib import Path

import pytest

from config.database import database_settings, parse_database_url
from config.log_format import NamesNobody
from config.secret import secret_key
from handhold.jobs.embedded_postgres import socket_folder
from handhold.jobs.postgres_roles import OWNER_ROLE, WEB_ROLE

URL = "postgresql://web:p%40ss@db.example:5433/families?sslmode=require"


def test_without_an_address_the_database_is_the_embedded_one_and_pages_speak_as_the_web_role(tmp_path: Path) -> None:
    settings = database_settings({}, tmp_path)
    assert settings["HOST"] == str(socket_folder(tmp_path))
    assert settings["USER"] == WEB_ROLE
    assert database_settings({}, tmp_path, "owner")["USER"] == OWNER_ROLE


def test_an_address_is_read_into_its_parts() -> None:
    assert parse_database_url(URL) == {
        "HOST": "db.example",
        "PORT": "5433",
        "NAME": "families",
        "USER": "web",
        "PASSWORD": "p@ss",
        "OPTIONS": {"sslmode": "require"},
    }


def test_an_address_of_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ValueError, match="PostgreSQL 18"):
        parse_database_url("sqlite:///file.db")


def test_the_owner_of_somebody_elses_server_has_an_address_of_its_own(tmp_path: Path) -> None:
    environ = {"DATABASE_URL": URL, "DATABASE_OWNER_URL": URL.replace("web:", "owner:")}
    assert database_settings(environ, tmp_path)["USER"] == "web"
    assert database_settings(environ, tmp_path, "owner")["USER"] == "owner"


def test_only_the_pages_keep_connections_in_a_pool(tmp_path: Path) -> None:
    environ = {"HANDHOLD_POOL": "1"}
    assert "pool" in database_settings(environ, tmp_path)["OPTIONS"]
    assert "pool" not in database_settings(environ, tmp_path, "owner")["OPTIONS"]
    assert "pool" not in database_settings({}, tmp_path)["OPTIONS"]


def test_a_key_is_made_once_kept_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = secret_key({}, tmp_path / "data")
    assert len(first) >= 64
    assert secret_key({}, tmp_path / "data") == first
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["secret-key"]


def test_a_key_of_the_environment_comes_first_and_leaves_no_file(tmp_path: Path) -> None:
    assert secret_key({"SECRET_KEY": "given"}, tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def raise_about_ada() -> None:
    try:
        dict[str, str]()["Ada Okafor"]
    except KeyError as fault:
        raise ValueError("Key (name)=(Ada Okafor) already exists") from fault


def formatted(formatter: logging.Formatter) -> str:
    try:
        raise_about_ada()
    except ValueError as fault:
        information = (ValueError, fault, fault.__traceback__)
        record = logging.LogRecord("handhold", logging.ERROR, __file__, 1, "Refused", None, information)
        return formatter.format(record)
    raise AssertionError("raise_about_ada did not raise")


def test_a_log_line_tells_an_error_by_kind_and_place_and_names_nobody() -> None:
    line = formatted(NamesNobody())
    assert "Okafor" not in line
    assert line.index("KeyError") < line.index("ValueError")
    assert "raise_about_ada" in line


def test_the_usual_format_would_have_named_her() -> None:
    assert "Okafor" in formatted(logging.Formatter())
