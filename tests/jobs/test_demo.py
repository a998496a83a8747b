"""The demo: it prints one address when the page answers, and ends without leaving anything behind."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest

from handhold.jobs.postgres_process import processes_in

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = (Path(sys.executable).parent / "handhold", "demo", "--families", "12")
OF_THE_TESTS = ("HANDHOLD_", "DATABASE", "DJANGO_", "PORT", "SECRET_KEY", "DATA")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    with TemporaryDirectory(prefix="hh-") as folder:
        yield Path(folder)


@contextmanager
def started(data: Path, *command: str | Path, port: str = "") -> Iterator["subprocess.Popen[str]"]:
    """A demo in a process group of its own, ended hard if the test forgot to."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OF_THE_TESTS)}
    environment = {**kept, "DATA": str(data), **({"PORT": port} if port else {})}
    demo = subprocess.Popen(
        command or COMMAND,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield demo
    finally:
        if demo.poll() is None:
            os.killpg(demo.pid, signal.SIGKILL)
        demo.communicate()


def read_until_ready(demo: "subprocess.Popen[str]") -> list[str]:
    """What the demo says, to its address and no further."""
    assert demo.stdout is not None
    said = []
    for line in demo.stdout:
        said.append(line)
        if "http:" in line:
            return said
    raise AssertionError("the demo ended before it was ready:\n" + "".join(said))


def status_of(address: str) -> int:
    parts = urlsplit(address)
    client = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    client.request("GET", "/sign-in")
    try:
        return client.getresponse().status
    finally:
        client.close()


def addresses_in(text: str) -> list[str]:
    return re.findall(r"http:\S+", text)


def nothing_is_left(data: Path, address: str) -> bool:
    cluster = data.resolve() / "postgres" / "cluster"
    with socket.socket() as probe:
        parts = urlsplit(address)
        closed = probe.connect_ex((parts.hostname, parts.port)) != 0
    return closed and processes_in(cluster) == set()


def test_it_prints_one_address_that_answers_and_ends_cleanly_when_asked(data: Path) -> None:
    with started(data) as demo:
        said = "".join(read_until_ready(demo))
        address = addresses_in(said)[0]
        assert status_of(address) == http.client.OK
        assert not nothing_is_left(data, address)
        assert "@" in said
        demo.send_signal(signal.SIGTERM)
        rest, _ = demo.communicate(timeout=60)
    assert demo.returncode == 0
    assert addresses_in(said + rest) == [address]
    assert nothing_is_left(data, address)


def test_a_second_start_of_the_same_folder_ends_cleanly_on_ctrl_c_at_make(data: Path) -> None:
    with started(data, "make", "--no-print-directory", "demo") as demo:
        address = addresses_in("".join(read_until_ready(demo)))[0]
        assert status_of(address) == http.client.OK
        os.killpg(demo.pid, signal.SIGINT)
        demo.communicate(timeout=60)
    assert nothing_is_left(data, address)


def test_a_port_that_was_asked_for_and_is_taken_is_said_and_nothing_starts(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with started(data, port=port) as demo:
            said, _ = demo.communicate(timeout=60)
    assert demo.returncode == 1
    assert f"Port {port}" in said
    assert processes_in(data.resolve() / "postgres" / "cluster") == set()
