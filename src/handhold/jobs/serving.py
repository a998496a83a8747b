"""Serving the pages with gunicorn: the socket, the server's process, and a tidy end on SIGINT and SIGTERM."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command

from handhold.jobs.database import database_running

USUAL_PORT = 8000
READY_SECONDS = 60.0
STOP_SECONDS = 15.0
SERVER_OPTIONS = ("--worker-class=gthread", "--no-control-socket", "--log-level=warning", "--graceful-timeout=10")


class PortTaken(Exception):
    """The port that was asked for is in use."""


class ServerDied(Exception):
    """gunicorn ended before anybody asked it to, or never answered."""


def serve(
    host: Annotated[str, typer.Option(help="address to listen on", envvar="HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="port to listen on", envvar="PORT")] = USUAL_PORT,
    workers: Annotated[int, typer.Option(help="processes, each with threads")] = 2,
) -> None:
    """Serve the pages until SIGINT or SIGTERM. The tables must be up to date: see `handhold migrate`."""
    end_on_signals()
    try:
        with database_running(), listening_socket(host, port) as listener:
            collect_static_files()
            with web_server(listener, workers=workers) as server:
                typer.echo(f"Serving on {address_of(listener)}")
                wait_until_it_ends(server)
    except (PortTaken, ServerDied) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault


def end_on_signals() -> None:
    """From now on the first SIGINT or SIGTERM ends this process through its `finally` blocks, with exit code 0."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)


def _end(_number: int, _frame: FrameType | None) -> None:
    # A second signal, as from Ctrl-C to a whole group followed by make's own, must not cut the tidying short.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    raise SystemExit(0)


@contextmanager
def listening_socket(host: str, port: int, *, or_any: bool = False) -> Iterator[socket.socket]:
    """A socket that listens on the port; when that is taken, on a free one if `or_any`. Raises PortTaken."""
    try:
        listener = socket.create_server((host, port))
    except OSError as fault:
        if not or_any:
            raise PortTaken(
                f"Port {port} of {host} cannot be had: {fault.strerror}. Choose another: PORT=8100"
            ) from fault
        listener = socket.create_server((host, 0))
    with listener:
        yield listener


def address_of(listener: socket.socket) -> str:
    """The address to type into a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://{host}:{port}/"


def collect_static_files() -> None:
    """Gathers style sheets, scripts and pictures under their hashed names, compressed, in the data folder."""
    call_command("collectstatic", interactive=False, verbosity=0)


@contextmanager
def web_server(listener: socket.socket, *, workers: int = 2, threads: int = 8) -> Iterator["subprocess.Popen[bytes]"]:
    """The server on the socket, from its first answer to its stop. Raises ServerDied when it never answers."""
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", f"--bind=fd://{listener.fileno()}", *SERVER_OPTIONS]
    command += [f"--workers={workers}", f"--threads={threads}"]
    environment = {**os.environ, "DATA": str(settings.DATA), "HANDHOLD_POOL": "1"}
    server = subprocess.Popen(command, pass_fds=[listener.fileno()], env=environment)
    try:
        _wait_until_it_answers(server, listener)
        yield server
    finally:
        _stop(server)


def _wait_until_it_answers(server: "subprocess.Popen[bytes]", listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        status = _status_of_first_page(host, port)
        if status is not None and status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
            return
        if status is not None:
            raise ServerDied(f"The server came up but answers with an error ({status}); its own words are above.")
        time.sleep(0.1)
    raise ServerDied("The server did not come up; its own words are above.")


def _status_of_first_page(host: str, port: int) -> int | None:
    client = http.client.HTTPConnection(host, port, timeout=10)
    try:
        client.request("GET", settings.LOGIN_URL)
        return client.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        client.close()


def wait_until_it_ends(server: "subprocess.Popen[bytes]") -> None:
    """Waits for a signal, or for the server to die by itself: then raises ServerDied."""
    code = server.wait()
    raise ServerDied(f"The server ended by itself (exit code {code}).")


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
