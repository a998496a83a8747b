"""The check of proposed numbers pathway by pathway: what was found is kept as it is found, and taken up from there.

One process checks a revision at a time; one that dies lets go of it, and the next goes on with what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection

from handhold.protocol.checking import find_faults
from handhold.protocol.exploring import Exploration, Trap
from handhold.protocol.pathways import Protocol
from handhold.protocol.proving import Report, find_faults_of_reach
from handhold.protocol.sharing_out import Explored, Progress, Walk, walk_one
from handhold.records.models import ProtocolSettings, SettingsCheck

LOCKS_OF_CHECKS = 20_818
"""The first number of the locks under which revisions are checked; the second is the revision's."""


class CheckedElsewhere(Exception):
    """Another process checks this revision now."""


def take_up_check(
    row: ProtocolSettings, now: Callable[[], datetime]
) -> Callable[[Protocol, int, Progress | None], Report]:
    """As `proving.prove` for the numbers of this revision, but for the guards, which no number changes.

    What an interrupted check found already is not walked again. It raises CheckedElsewhere.
    """

    def check(protocol: Protocol, siblings: int, progress: Progress | None) -> Report:
        report = Report(protocol.id, protocol.version, protocol.file.title, faults=find_faults(protocol))
        if not report.faults:
            with _alone(row):
                report.explored = list(_walk(row, protocol, siblings, progress, now))
            report.faults = sorted(find_faults_of_reach(protocol, report.explored))
        return report

    return check


def _walk(
    row: ProtocolSettings, protocol: Protocol, siblings: int, progress: Progress | None, now: Callable[[], datetime]
) -> Iterator[Explored]:
    begun = {"pathways": len(protocol.pathways), "told_at": now()}
    kept, _ = SettingsCheck.objects.get_or_create(revision=row, defaults=begun)
    for name in protocol.pathways:
        if name not in kept.walked:
            found = walk_one(protocol, Walk(name, siblings), progress).found
            kept.walked[name], kept.told_at = _as_plain_data(found), now()
            kept.save(update_fields=["walked", "told_at"])
        yield Explored(_exploration(name, siblings, kept.walked[name]), seconds=0.0)


def _as_plain_data(found: Exploration) -> dict[str, Any]:
    return {
        "states": found.states,
        "violations": [what for what, _ in found.violations],
        "traps": [list(trap) for trap in found.traps],
        "never_done": list(found.never_done),
    }


def _exploration(name: str, siblings: int, kept: dict[str, Any]) -> Exploration:
    violations: list[tuple[str, list[str]]] = [(what, []) for what in kept["violations"]]
    return Exploration(
        name, siblings, kept["states"], violations, [Trap(*trap) for trap in kept["traps"]], kept["never_done"]
    )


@contextmanager
def _alone(row: ProtocolSettings) -> Iterator[None]:
    """Under a lock of this connection, which the server lets go when the process dies. Raises CheckedElsewhere."""
    key = [LOCKS_OF_CHECKS, row.pk]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        if not cursor.fetchone()[0]:
            raise CheckedElsewhere
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)
