"""Another process that keeps time on the tests' database, as the pages' role: to be stopped, or killed midway."""

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from handhold.jobs.postgres_roles import WEB_ROLE

ROOT = Path(__file__).resolve().parent.parent.parent

# Dies as a machine does that loses its power: after so many messages were put in, before or after the commit.
DYING_WORKER = """
import os, signal, sys
from datetime import datetime
import django
django.setup()
from django.db import transaction
from handhold.actions import concern_reminders, reminders
from handhold.jobs import keep_time

now, dies, left = datetime.fromisoformat(sys.argv[1]), sys.argv[2], int(sys.argv[3])
put_in_outbox = reminders.put_in_outbox

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def put_and_die(*args, **words):
    global left
    put_in_outbox(*args, **words)
    left -= 1
    if left == 0:
        die() if dies == "before-commit" else transaction.on_commit(die)

reminders.put_in_outbox = concern_reminders.put_in_outbox = put_and_die
keep_time.keep_time_once(now)
"""


def environment() -> dict[str, str]:
    """Whose database, and whose modules."""
    found = connection.settings_dict
    place = f"{quote(str(found['HOST']), safe='')}:{found['PORT']}".rstrip(":")
    return {
        **os.environ,
        "DATABASE_URL": f"postgresql://{WEB_ROLE}@{place}/{found['NAME']}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }


def die_keeping_time(now: datetime, when: str, messages: int) -> int:
    """A worker that is killed once so many messages were put in; the signal that ended it."""
    command = [sys.executable, "-c", DYING_WORKER, now.isoformat(), when, str(messages)]
    ended = subprocess.run(
        command, env=environment(), cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    return -ended.returncode


def keeping_time(*words: str) -> "subprocess.Popen[str]":
    """`handhold keep-time ...` in a process of its own."""
    start = "from handhold.jobs.entry import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", start, "keep-time", *words],
        env=environment(),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
