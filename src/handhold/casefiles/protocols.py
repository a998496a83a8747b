"""Which procedure a run is decided under: the version that it began under, with its revision of the settings."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from handhold.protocol.loading import latest_version, load_protocol
from handhold.protocol.pathways import Protocol
from handhold.records.models import Authority, ProtocolSettings, Run
from handhold.working_days import Calendar


class ProtocolChanged(Exception):
    """The folder of a frozen version no longer has the digest under which a run began."""


def current_protocol(authority: Authority) -> Protocol:
    """The procedure that new runs of this council begin under, with its live settings."""
    version = latest_version(settings.HANDHOLD_PROTOCOLS, authority.protocol)
    return _with_settings(authority.pk, f"{authority.protocol}/{version.name}", live_revision(authority))


def current_version(authority: Authority) -> Protocol:
    """The same procedure as its files have it, without the council's own numbers: for its words. No statement."""
    return _loaded(latest_version(settings.HANDHOLD_PROTOCOLS, authority.protocol))


def protocol_of(run: Run) -> Protocol:
    """The procedure that a run began under. Raises ProtocolChanged where its files were altered since."""
    protocol = _with_settings(run.authority_id, run.protocol_folder, run.settings_revision)
    if protocol.digest != run.protocol_digest:
        raise ProtocolChanged(f"{run} began under another content of {run.protocol_folder}.")
    return protocol


def live_revision(authority: Authority) -> int:
    """The number of the live revision of a council's settings; 0 where the file's own numbers hold."""
    live = ProtocolSettings.objects.filter(authority=authority, live_from__isnull=False).order_by("-revision").first()
    return live.revision if live else 0


def calendar_of(protocol: Protocol) -> Calendar:
    """The council's working days and office hours."""
    return Calendar(opening_time=protocol.file.office_opens, closing_time=protocol.file.office_closes)


@lru_cache(maxsize=64)
def _loaded(version: Path) -> Protocol:
    return load_protocol(version)


@lru_cache(maxsize=64)
def _with_settings(authority: int, folder: str, revision: int) -> Protocol:
    """A version with one revision of its settings. Both are frozen, so that the pair stands for its content."""
    protocol = _loaded(Path(settings.HANDHOLD_PROTOCOLS) / folder)
    if revision == 0:
        return protocol
    row = ProtocolSettings.objects.get(authority=authority, protocol_folder=folder, revision=revision)
    numbers = {
        name: setting.model_copy(update={"value": row.values[name]}) if name in row.values else setting
        for name, setting in protocol.file.settings.items()
    }
    return replace(protocol, file=protocol.file.model_copy(update={"settings": numbers}))
