"""A version of a protocol as somebody at a terminal names it: its folder, or a revision of a council's settings."""

from __future__ import annotations

from pathlib import Path

from handhold.jobs.database import database_running
from handhold.protocol.loading import Fault, ProtocolRefused, load_protocol
from handhold.protocol.pathways import Protocol
from handhold.protocol.revising import with_values
from handhold.records.models import ProtocolSettings

NAMED_SO = "Name a version by its folder (2018-09-01), or a revision of its settings as 2018-09-01:2."


def protocol_at(protocols: Path, name: str, words: str) -> Protocol:
    """The protocol as it stands at `VERSION` or `VERSION:REVISION`. Only a revision needs the database.

    Raises ProtocolRefused for a version or a revision that is not there, or one with faults of shape.
    """
    version, _, revision = words.partition(":")
    folder = protocols / name / version
    if not version or not (folder / "protocol.yaml").exists():
        raise ProtocolRefused([Fault(f"{name}/{version}/", 1, f"There is no version {version} of {name}.", NAMED_SO)])
    loaded = load_protocol(folder)
    if not revision or revision == "0":
        return loaded
    return with_values(loaded, _values(name, version, revision))


def _values(name: str, version: str, revision: str) -> dict[str, int]:
    """The numbers of a revision of the council whose procedure this is."""
    with database_running():
        rows = ProtocolSettings.objects.filter(protocol_folder=f"{name}/{version}", authority__protocol=name)
        row = rows.filter(revision=int(revision)).order_by("authority").first() if revision.isdecimal() else None
    if row is None:
        raise ProtocolRefused([Fault(f"{name}/{version}/", 1, f"It has no revision {revision}.", NAMED_SO)])
    return dict(row.values)
