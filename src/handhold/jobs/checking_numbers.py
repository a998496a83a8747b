"""Proposed numbers are checked without anybody at a console: in a process of its own, which holds up no reminder.

It may be killed at any time: what it has found is kept, and the next one goes on from there.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode

from django.db import connection

from handhold.actions.settings import find_waiting_revisions

START = "import os; os.nice(10); from handhold.jobs.entry import main; main()"  # it asks less of the processor
COMMAND = (sys.executable, "-c", START, "protocol", "settings")
AGAIN_AFTER_SECONDS = 300.0  # after one that ended without having checked what waits
STOP_SECONDS = 5.0


class NumbersChecker:
    """Starts the check of what waits, one at a time."""

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._not_before = 0.0

    def look(self, *, wait: bool = False) -> None:
        """Starts a check where a revision waits and none is on its way; `wait` lets it come to its end."""
        if self._process is not None and self._process.poll() is not None:
            self._process, self._not_before = None, time.monotonic() + AGAIN_AFTER_SECONDS
        if not (waiting := find_waiting_revisions()):
            self._not_before = 0.0
        if self._process is None and waiting and time.monotonic() >= self._not_before:
            self._process = subprocess.Popen(
                self._command,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        if wait and self._process is not None:
            self._process.wait()

    def stop(self) -> None:
        """Ends what is on its way; it is taken up again."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


@contextmanager
def numbers_checked_beside() -> Iterator[NumbersChecker]:
    """A checker that ends with the body."""
    checker = NumbersChecker()
    try:
        yield checker
    finally:
        checker.stop()


def _environment() -> dict[str, str]:
    """As here, and the same database, so that the process starts and stops no server of its own."""
    found = connection.settings_dict
    user, password = quote(str(found["USER"]), safe=""), quote(str(found.get("PASSWORD") or ""), safe="")
    place = {"host": found["HOST"], "port": found.get("PORT")}
    given = {name: value for name, value in found.get("OPTIONS", {}).items() if isinstance(value, str)}
    query = urlencode({name: value for name, value in (given | place).items() if value})
    url = f"postgresql://{user}{':' if password else ''}{password}@/{found['NAME']}?{query}"
    return {**os.environ, "DATABASE_URL": url}
