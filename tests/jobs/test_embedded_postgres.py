"""The launcher: one server per data folder, whatever is killed, however many start at once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from handhold.jobs.embedded_postgres import (
    LONGEST_SOCKET_PATH,
    Cluster,
    running_cluster,
    socket_folder,
)
from handhold.jobs.postgres_process import living_postmaster, processes_in
from handhold.jobs.postgres_roles import BOOTSTRAP_ROLE, OWNER_ROLE, WEB_ROLE

HOLDER = """
import sys
from pathlib import Path
from handhold.jobs.embedded_postgres import running_cluster
with running_cluster(Path(sys.argv[1])) as cluster:
    print(cluster.postmaster, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def data() -> Iterator[Path]:
    with TemporaryDirectory(prefix="hh-") as folder:
        # Where user namespaces are blocked, the server runs as another user, who has to get through.
        Path(folder).chmod(0o711)
        yield Path(folder)


def hold_in_another_process(data: Path) -> "subprocess.Popen[str]":
    """Another process that uses the server until its input ends; its first line is the server's process id."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def end(holder: "subprocess.Popen[str]") -> None:
    holder.communicate(timeout=60)
    assert holder.returncode == 0


def cluster_folder(data: Path) -> Path:
    return data.resolve() / "postgres" / "cluster"


def test_the_server_answers_while_it_is_lent_and_is_gone_afterwards(data: Path) -> None:
    with running_cluster(data, forgetful=True) as cluster, cluster.connect(WEB_ROLE) as connection:
        assert connection.execute("SELECT current_user, version() LIKE 'PostgreSQL 18%'").fetchone() == (
            WEB_ROLE,
            True,
        )
    assert processes_in(cluster_folder(data)) == set()
    with pytest.raises(psycopg.OperationalError):
        Cluster(data).connect(WEB_ROLE)


def test_rows_survive_a_stop_and_a_start(data: Path) -> None:
    with running_cluster(data, forgetful=True) as cluster, cluster.connect(OWNER_ROLE) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('here')")
    with running_cluster(data, forgetful=True) as cluster, cluster.connect(OWNER_ROLE) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("here",)]


def test_a_killed_server_starts_again_at_the_next_use_and_keeps_what_was_committed(data: Path) -> None:
    holder = hold_in_another_process(data)
    assert holder.stdout is not None
    postmaster = int(holder.stdout.readline())
    with Cluster(data).connect(OWNER_ROLE) as connection:
        connection.execute("CREATE TABLE kept (word text)")
    os.kill(postmaster, signal.SIGKILL)
    holder.kill()
    holder.communicate()
    with running_cluster(data) as cluster, cluster.connect(OWNER_ROLE) as connection:
        assert cluster.postmaster not in (None, postmaster)
        assert connection.execute("SELECT to_regclass('kept') IS NOT NULL").fetchone() == (True,)


def test_a_server_that_is_a_zombie_does_not_keep_the_next_from_starting(data: Path) -> None:
    with running_cluster(data, forgetful=True) as cluster:
        postmaster = cluster.postmaster
        assert postmaster is not None
        # This process is its parent and has not asked for its end, so that it stays a zombie.
        os.kill(postmaster, signal.SIGKILL)
        wait_for_zombie(postmaster)
        with running_cluster(data, forgetful=True) as again:
            assert again.postmaster not in (None, postmaster)


def wait_for_zombie(pid: int) -> None:
    deadline = time.monotonic() + 30
    while " Z " not in Path(f"/proc/{pid}/stat").read_text():
        assert time.monotonic() < deadline, "the killed server never became a zombie"
        time.sleep(0.01)


def test_a_process_file_with_the_number_of_another_program_does_not_keep_the_server_from_starting(data: Path) -> None:
    with running_cluster(data, forgetful=True):
        pid_file = cluster_folder(data) / "postmaster.pid"
        left_behind = pid_file.read_text()
    # As after a reboot: the number in the file is alive, but it is us and not a server.
    pid_file.write_text("\n".join([str(os.getppid()), *left_behind.splitlines()[1:]]) + "\n")
    with running_cluster(data, forgetful=True) as cluster:
        assert cluster.postmaster is not None


def test_a_kill_in_the_middle_of_making_leaves_nothing_that_passes_for_a_cluster(data: Path) -> None:
    draft = data / "postgres" / "cluster.draft"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18")
    with running_cluster(data, forgetful=True) as cluster, cluster.connect(OWNER_ROLE) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_starts_at_the_same_moment_share_one_server_and_the_last_to_leave_stops_it(data: Path) -> None:
    holders = [hold_in_another_process(data) for _ in range(3)]
    postmasters = {holder.stdout.readline() for holder in holders if holder.stdout is not None}
    assert len(postmasters) == 1
    end(holders[0])
    end(holders[1])
    assert living_postmaster(cluster_folder(data)) == int(postmasters.pop())
    end(holders[2])
    assert processes_in(cluster_folder(data)) == set()


def test_a_user_that_was_killed_does_not_keep_the_server_running_after_the_others_left(data: Path) -> None:
    killed = hold_in_another_process(data)
    assert killed.stdout is not None
    killed.stdout.readline()
    with running_cluster(data, forgetful=True):
        killed.kill()
        killed.communicate()
    assert processes_in(cluster_folder(data)) == set()


def test_neither_role_of_the_application_is_a_superuser_or_walks_past_row_security(data: Path) -> None:
    with running_cluster(data, forgetful=True) as cluster, cluster.connect(BOOTSTRAP_ROLE, "postgres") as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication FROM pg_roles"
            " WHERE rolname IN ('handhold_owner', 'handhold_web', 'handhold_bootstrap')"
        ).fetchall()
    # The bootstrap role is the negative control: the question does find a powerful one.
    assert dict(rows) == {OWNER_ROLE: False, WEB_ROLE: False, BOOTSTRAP_ROLE: True}


def test_the_pages_role_cannot_make_a_table_and_the_owner_can(data: Path) -> None:
    with running_cluster(data, forgetful=True) as cluster:
        with cluster.connect(WEB_ROLE) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (word text)")
        with cluster.connect(OWNER_ROLE) as connection:
            connection.execute("CREATE TABLE mine (word text)")


def test_the_log_keeps_no_value_of_a_statement_that_failed(data: Path) -> None:
    with running_cluster(data, forgetful=True) as cluster, cluster.connect(OWNER_ROLE) as connection:
        connection.execute("CREATE TABLE person (name text UNIQUE)")
        connection.execute("INSERT INTO person VALUES ('Ada Okafor')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES ('Ada Okafor')")
    log = (data / "postgres" / "log").read_text()
    assert "duplicate key value" in log
    assert "Okafor" not in log


def test_a_long_data_folder_gets_a_short_socket_folder_of_its_own(data: Path) -> None:
    long = data / ("long" * 30)
    short = socket_folder(long)
    assert len(os.fsencode(short)) <= LONGEST_SOCKET_PATH
    assert short != socket_folder(data / ("other" * 30))
    with running_cluster(long, forgetful=True) as cluster, cluster.connect(WEB_ROLE) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    short.rmdir()


def test_only_its_owner_can_reach_the_socket(data: Path) -> None:
    with running_cluster(data, forgetful=True) as cluster:
        assert cluster.socket_folder.stat().st_mode & 0o777 == 0o700
