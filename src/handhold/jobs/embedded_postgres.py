"""Runs a PostgreSQL of our own below a data folder: made, started, shared and stopped without an administrator.

For demonstrations, development and tests; a council's installation brings its own server (docs/adr). No Django here,
no tables and no roles: only the server. Linux and macOS.

Layout of `data/postgres`: `cluster` (the server's files), `run` (its socket), `log`, `start.lock`, `users.lock`.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg

from handhold.jobs.postgres_process import (
    NOBODY,
    PostgresNotStarted,
    binary,
    disguise,
    environment,
    living_postmaster,
    processes_in,
)
from handhold.jobs.postgres_roles import BOOTSTRAP_ROLE, DATABASE, prepare_database

LONGEST_SOCKET_PATH = 80  # the system's limit is 107 bytes, of which the socket's own name and its lock take 27
ADVICE = "\nIf this says permission denied: choose a data folder (DATA=...) that other users may pass through."
START_SECONDS = 60.0
STOP_SECONDS = 30.0

INITDB_OPTIONS = (
    f"--username={BOOTSTRAP_ROLE}",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    # Whoever may open the socket's folder (mode 0700) is let in; nobody comes by network.
    "--auth-local=trust",
    "--auth-host=reject",
    "--no-instructions",
    "--no-sync",
)
SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "60",
    # Neither statements nor the values in an error's detail reach the log: they can name people.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_statement": "none",
}
FORGETFUL_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    # Rows that are taken back soon would have it plan for empty tables while there are many.
    "autovacuum": "off",
}


@dataclass(frozen=True)
class Cluster:
    """A running server."""

    data: Path

    @property
    def socket_folder(self) -> Path:
        """The folder of its socket, which is its HOST."""
        return socket_folder(self.data)

    def connect(self, role: str, database: str = DATABASE) -> "psycopg.Connection[tuple[Any, ...]]":
        """A new connection that commits each statement by itself."""
        return psycopg.connect(host=str(self.socket_folder), user=role, dbname=database, autocommit=True)

    @property
    def postmaster(self) -> int | None:
        """The process id of the server, or None when it is not alive."""
        return living_postmaster(_cluster(self.data))


def socket_folder(data: Path) -> Path:
    """Where the server of `data` listens: below it, or in the temporary folder when that path is too long."""
    below = data.resolve() / "postgres" / "run"
    if len(os.fsencode(below)) <= LONGEST_SOCKET_PATH:
        return below
    digest = hashlib.sha256(os.fsencode(below)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"handhold-{os.getuid()}-{digest}"


@contextmanager
def running_cluster(data: Path, *, forgetful: bool = False) -> Iterator[Cluster]:
    """Makes, starts and lends the server of `data`; the last of its users, in whatever process, stops it.

    `forgetful` trades durability for speed and lets the owner make databases: for tests. Raises PostgresNotStarted.
    """
    home = data.resolve() / "postgres"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / "users.lock").open("a") as users:
        # 1. One at a time makes and starts; a second caller waits here and finds the work done.
        with _locked(home / "start.lock"):
            fcntl.flock(users, fcntl.LOCK_SH)
            _make_cluster(home)
            _start(data, forgetful=forgetful)
            prepare_database(Cluster(data.resolve()).connect, owner_may_create_databases=forgetful)
        # 2. A user that is killed drops its shared lock with its life, so that the count of users is always true.
        try:
            yield Cluster(data.resolve())
        finally:
            with _locked(home / "start.lock"):
                if _is_last_user(users):
                    _stop(data)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_last_user(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


# Making


def _make_cluster(home: Path) -> None:
    cluster = home / "cluster"
    if (cluster / "PG_VERSION").exists():
        return
    # initdb works in a draft folder: a kill in the middle leaves a draft, never half a cluster.
    draft = home / "cluster.draft"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    who = disguise(cluster)
    who.pass_through(home.parent)
    for folder in (home, draft):
        who.own(folder)
    made = subprocess.run(
        [*who.prefix, str(binary("initdb")), f"--pgdata={draft}", *INITDB_OPTIONS],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
        user=who.user,
        group=who.user,
        cwd="/",
    )
    if made.returncode != 0:
        raise PostgresNotStarted(f"PostgreSQL could not make its files in {home}:\n{made.stderr.strip()}{ADVICE}")
    draft.rename(cluster)


# Starting

# The servers that this process started: whoever starts a process has to ask for its end, or it stays a zombie.
_children: dict[int, "subprocess.Popen[bytes]"] = {}


def _start(data: Path, *, forgetful: bool) -> None:
    if living_postmaster(_cluster(data)) is not None and _answers(data):
        return
    folder = _make_socket_folder(data)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        _clear_after_death(data)
        server = _spawn(data, folder, forgetful=forgetful)
        if _comes_up(server, data, deadline):
            return
        # After a kill the old server's children can hold its memory for a moment; then the next try succeeds.
        time.sleep(0.3)
    raise PostgresNotStarted(f"PostgreSQL did not start. The end of its log, {_log_file(data)}:\n{_end_of_log(data)}")


def _make_socket_folder(data: Path) -> Path:
    folder = socket_folder(data)
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.getuid(), NOBODY):
        raise PostgresNotStarted(
            f"The folder {folder} belongs to somebody else. Remove it, or choose a shorter data folder."
        )
    folder.chmod(0o700)
    disguise(_cluster(data)).own(folder)
    return folder


def _spawn(data: Path, folder: Path, *, forgetful: bool) -> "subprocess.Popen[bytes]":
    chosen = {**SERVER_SETTINGS, **(FORGETFUL_SETTINGS if forgetful else {}), "unix_socket_directories": str(folder)}
    who = disguise(_cluster(data))
    options = [f"--{name}={value}" for name, value in chosen.items()]
    with _log_file(data).open("ab") as log:
        # A session of its own: a Ctrl-C at the terminal ends its users first, and the last of them ends it.
        server = subprocess.Popen(
            [*who.prefix, str(binary("postgres")), "-D", str(_cluster(data)), *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=environment(),
            start_new_session=True,
            user=who.user,
            group=who.user,
            cwd="/",
        )
    _forget_dead_children()
    _children[server.pid] = server
    return server


def _forget_dead_children() -> None:
    for pid, child in list(_children.items()):
        if child.poll() is not None:
            del _children[pid]


def _comes_up(server: "subprocess.Popen[bytes]", data: Path, deadline: float) -> bool:
    while time.monotonic() < deadline and server.poll() is None:
        if _answers(data):
            return True
        time.sleep(0.05)
    return False


def _answers(data: Path) -> bool:
    try:
        Cluster(data).connect(BOOTSTRAP_ROLE, "postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _clear_after_death(data: Path) -> None:
    """Removes the process file that a killed server left, once nothing of that server lives any more.

    A zombie, or another program that got the same number after a reboot, would keep PostgreSQL from starting.
    """
    pid_file = _cluster(data) / "postmaster.pid"
    if not pid_file.exists() or living_postmaster(_cluster(data)) is not None:
        return
    deadline = time.monotonic() + STOP_SECONDS
    while processes_in(_cluster(data)) and time.monotonic() < deadline:
        time.sleep(0.1)
    if not processes_in(_cluster(data)):
        pid_file.unlink(missing_ok=True)


def _cluster(data: Path) -> Path:
    return data.resolve() / "postgres" / "cluster"


def _log_file(data: Path) -> Path:
    return data.resolve() / "postgres" / "log"


def _end_of_log(data: Path) -> str:
    return "\n".join(_log_file(data).read_text(encoding="utf-8", errors="replace").splitlines()[-8:])


# Stopping


def _stop(data: Path) -> None:
    pid = living_postmaster(_cluster(data))
    if pid is None:
        return
    # SIGINT closes at once and tidily; SIGQUIT, after half a minute, costs a recovery at the next start.
    for number in (signal.SIGINT, signal.SIGQUIT):
        os.kill(pid, number)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline:
            if living_postmaster(_cluster(data)) is None and not processes_in(_cluster(data)):
                if pid in _children:
                    _children[pid].wait()
                _forget_dead_children()
                return
            time.sleep(0.02)
