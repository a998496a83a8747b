"""Which procedure a run is decided under: the version that it began under, with its revision of the settings."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from handhold.protocol.freezing import frozen_versions
from handhold.protocol.going_live import live_version
from handhold.protocol.loading import ProtocolRefused, load_protocol
from handhold.protocol.pathways import Pathway, Protocol
from handhold.protocol.revising import with_values
from handhold.records.models import Authority, ProtocolSettings, Run
from handhold.working_days import Calendar


class ProtocolChanged(Exception):
    """The folder of a version is gone, or no longer has the digest under which a run began."""


def current_protocol(authority: Authority) -> Protocol:
    """The procedure that new runs of this council begin under, with its live settings."""
    folder = live_folder(authority)
    return _with_settings(_root() / folder, authority.pk, folder, live_revision(authority.pk, folder))


def current_version(authority: Authority) -> Protocol:
    """The same procedure as its files have it, without the council's own numbers: for its words. No statement."""
    return _loaded(live_version(settings.HANDHOLD_PROTOCOLS, authority.protocol))


def find_earlier(authority: Authority) -> Protocol | None:
    """What the procedure was before it was as now: its own numbers, else the version before; None where neither."""
    live = live_version(settings.HANDHOLD_PROTOCOLS, authority.protocol)
    if live_revision(authority.pk, live_folder(authority)):
        return _loaded(live)
    older = sorted(name for name in frozen_versions(live.parent) if name < live.name)
    return _loaded(live.parent / older[-1]) if older else None


def live_folder(authority: Authority) -> str:
    """`name/version`: the folder that new runs of this council begin under. No statement."""
    return f"{authority.protocol}/{live_version(settings.HANDHOLD_PROTOCOLS, authority.protocol).name}"


def protocol_at(authority_id: int, folder: str, revision: int) -> Protocol:
    """A version with one revision of a council's settings; 0 is the file's own numbers. Raises ProtocolChanged."""
    try:
        return _with_settings(_root() / folder, authority_id, folder, revision)
    except ProtocolRefused as refused:
        raise ProtocolChanged(f"{folder} cannot be read: {refused}") from refused


def protocol_of(run: Run) -> Protocol:
    """The procedure that a run began under. Raises ProtocolChanged where its files are gone or altered since."""
    protocol = protocol_at(run.authority_id, run.protocol_folder, run.settings_revision)
    if protocol.digest != run.protocol_digest:
        raise ProtocolChanged(f"{run} began under another content of {run.protocol_folder}.")
    return protocol


def part_readable(runs: Iterable[Run]) -> tuple[list[Run], list[Run]]:
    """The runs whose procedure is there as they began under it, and those of which nothing can be shown now."""
    readable: list[Run] = []
    unreadable: list[Run] = []
    for run in runs:
        try:
            protocol_of(run)
        except ProtocolChanged:
            unreadable.append(run)
        else:
            readable.append(run)
    return readable, unreadable


def pathway_for_concerns(run: Run) -> Pathway:
    """By which pathway a concern about a run is decided: its own; the live one where that cannot be read any more.

    A concern waits for no file. Any pathway of the live version will do: what can happen at any moment is in all.
    """
    try:
        return protocol_of(run).pathways[run.pathway]
    except ProtocolChanged:
        live = current_protocol(run.authority).pathways
        return live.get(run.pathway) or next(iter(live.values()))


def live_revision(authority_id: int, folder: str) -> int:
    """The number of the live revision of a council's settings of a version; 0 where the file's own numbers hold."""
    rows = ProtocolSettings.objects.filter(authority=authority_id, protocol_folder=folder, live_from__isnull=False)
    live = rows.order_by("-revision").first()
    return live.revision if live else 0


def calendar_of(protocol: Protocol) -> Calendar:
    """The council's working days and office hours."""
    return Calendar(opening_time=protocol.file.office_opens, closing_time=protocol.file.office_closes)


def _root() -> Path:
    return Path(settings.HANDHOLD_PROTOCOLS)


@lru_cache(maxsize=64)
def _loaded(version: Path) -> Protocol:
    return load_protocol(version)


@lru_cache(maxsize=64)
def _with_settings(version: Path, authority: int, folder: str, revision: int) -> Protocol:
    """A version with one revision of its settings. Both are frozen, so that the pair stands for its content."""
    protocol = _loaded(version)
    if revision == 0:
        return protocol
    row = ProtocolSettings.objects.get(authority=authority, protocol_folder=folder, revision=revision)
    return with_values(protocol, row.values)
