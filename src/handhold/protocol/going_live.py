"""Under which version new runs begin."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from handhold.protocol.checking import find_faults
from handhold.protocol.freezing import frozen_versions
from handhold.protocol.loading import ProtocolRefused, latest_version, load_protocol


def live_version(protocols: Path, name: str) -> Path:
    """The folder under which new runs begin: the newest frozen version; while none is frozen, the newest without fault.

    So a version that is still being written beside a frozen one is used by nobody, and one with a fault is not used
    while there is another. Raises ProtocolRefused where there is no version at all.
    """
    frozen = [protocols / name / version for version in frozen_versions(protocols / name)]
    there = sorted(version for version in frozen if (version / "protocol.yaml").exists())
    if there:
        return there[-1]
    newest = latest_version(protocols, name)
    versions = sorted(file.parent for file in (protocols / name).glob("*/protocol.yaml"))
    return newest if len(versions) == 1 else _newest_without_fault(tuple(versions))


@lru_cache(maxsize=64)
def _newest_without_fault(versions: tuple[Path, ...]) -> Path:
    """Looked for once in a process; the newest of all, whose faults are then told, where every one has some."""
    return next((version for version in reversed(versions) if _has_no_fault(version)), versions[-1])


def _has_no_fault(version: Path) -> bool:
    try:
        return not find_faults(load_protocol(version))
    except ProtocolRefused:
        return False
