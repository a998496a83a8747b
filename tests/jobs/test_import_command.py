"""`handhold import` and `handhold invent` as commands: what they say, and with which status they end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from handhold.actions.importing import ONE_AT_A_TIME
from handhold.jobs.embedded_postgres import Cluster, running_cluster
from handhold.jobs.postgres_roles import OWNER_ROLE

HANDHOLD = Path(sys.executable).parent / "handhold"
OF_THE_TESTS = ("HANDHOLD_", "DATABASE", "DJANGO_", "PORT", "SECRET_KEY", "DATA")
PATIENCE_SECONDS = 60

pytestmark = pytest.mark.slow


@dataclass
class Installation:
    """A data folder with a server of its own."""

    data: Path
    cluster: Cluster

    def start(self, *arguments: str | Path) -> "subprocess.Popen[str]":
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OF_THE_TESTS)}
        return subprocess.Popen(
            [HANDHOLD, *arguments],
            env={**kept, "DATA": str(self.data)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str | Path) -> tuple[int, str]:
        process = self.start(*arguments)
        said, _ = process.communicate(timeout=PATIENCE_SECONDS * 2)
        return process.returncode, said

    def count(self, query: str) -> int:
        with self.cluster.connect(OWNER_ROLE) as connection:
            found = connection.execute(query.encode()).fetchone()
        assert found is not None
        assert isinstance(found[0], int)
        return found[0]


@pytest.fixture(scope="module")
def place() -> Iterator[Installation]:
    with TemporaryDirectory(prefix="hh-") as folder:
        data = Path(folder) / "data"
        with running_cluster(data, forgetful=True) as cluster:
            place = Installation(data, cluster)
            assert place.run("migrate")[0] == 0
            yield place


@pytest.fixture
def folder(place: Installation, tmp_path: Path) -> Path:
    status, said = place.run("invent", tmp_path / "families", "--families", "5", "--today", "2026-11-21")
    assert status == 0, said
    return tmp_path / "families"


def test_faults_are_told_with_status_1_and_nothing_is_imported(place: Installation, folder: Path) -> None:
    (folder / "queues.csv").unlink()
    status, said = place.run("import", folder)
    assert status == 1
    assert "queues.csv: The file is missing." in said
    assert "1 fault. Nothing was imported." in said
    assert "Traceback" not in said
    assert place.count("SELECT count(*) FROM records_family") == 0


def test_an_unknown_procedure_is_a_fault(place: Installation, folder: Path) -> None:
    path = folder / "authority.csv"
    path.write_text("code,name,protocol\nelsewhere,Elsewhere,elsewhere\n", encoding="utf-8")
    status, said = place.run("import", folder)
    assert status == 1
    assert "authority.csv, row 2, column protocol" in said


def test_an_interruption_leaves_nothing_and_ends_with_its_own_status(place: Installation, folder: Path) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        with place.cluster.connect(OWNER_ROLE) as other, other.transaction():
            # Another import is under way, so that this one waits in the middle of its transaction.
            other.execute(ONE_AT_A_TIME.encode())
            process = place.start("import", folder)
            wait_for_a_second_import(place)
            process.send_signal(number)
            said, _ = process.communicate(timeout=PATIENCE_SECONDS)
        assert process.returncode == 130, said
        assert "Nothing was changed" in said
        assert place.count("SELECT count(*) FROM records_family") == 0


def wait_for_a_second_import(place: Installation) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not place.count("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_folder_is_tried_imported_and_then_nothing_new(place: Installation, folder: Path) -> None:
    status, said = place.run("import", folder, "--dry-run")
    assert (status, place.count("SELECT count(*) FROM records_family")) == (0, 0)
    assert "Nothing was changed" in said
    status, said = place.run("import", folder)
    assert (status, place.count("SELECT count(*) FROM records_family")) == (0, 5)
    assert "Imported." in said
    status, said = place.run("import", folder)
    assert (status, place.count("SELECT count(*) FROM records_family")) == (0, 5)
    assert "Nothing new" in said


def test_nothing_is_invented_over_what_is_there(place: Installation, folder: Path) -> None:
    status, said = place.run("invent", folder)
    assert status == 1
    assert "not empty" in said
