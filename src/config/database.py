"""How the application finds its database, from the environment. Starting one is the business of handhold.jobs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from handhold.jobs.embedded_postgres import socket_folder
from handhold.jobs.postgres_roles import DATABASE, OWNER_ROLE, WEB_ROLE

POOL = {"min_size": 1, "max_size": 12, "timeout": 10}


def database_settings(environ: Mapping[str, str], data: Path, role: Literal["web", "owner"] = "web") -> dict[str, Any]:
    """Django's settings of the one database, for the pages' role or for the owner, who changes the schema.

    With DATABASE_URL the server is somebody else's, and DATABASE_OWNER_URL is the owner's way in; without, it is the
    embedded one below `data`. HANDHOLD_POOL=1 keeps connections open between requests.
    """
    url = environ.get("DATABASE_URL", "")
    if url:
        settings = parse_database_url(environ.get("DATABASE_OWNER_URL", url) if role == "owner" else url)
    else:
        settings = {
            "HOST": str(socket_folder(data)),
            "NAME": DATABASE,
            "USER": OWNER_ROLE if role == "owner" else WEB_ROLE,
        }
    options: dict[str, Any] = settings.pop("OPTIONS", {})
    if role == "web" and environ.get("HANDHOLD_POOL") == "1":
        options["pool"] = POOL
    return {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 0, "OPTIONS": options, **settings}


def parse_database_url(url: str) -> dict[str, Any]:
    """Reads postgresql://user:password@host:port/name?sslmode=...; a host that is a folder is written %2Fpath."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError("DATABASE_URL must begin with postgresql: PostgreSQL 18 or later is the one database.")
    return {
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "NAME": unquote(parts.path.lstrip("/")) or DATABASE,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
