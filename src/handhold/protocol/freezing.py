"""Frozen versions: `frozen.yaml` beside a protocol's versions keeps the digest of each that has gone live.

A frozen version does not change any more: runs that began under it are decided by it for years. Its examples are copied
into it, so that they are run for it although the newer version's examples change.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError
from ruamel.yaml import YAML

from handhold.protocol.definition import Shape
from handhold.protocol.loading import Fault, digest_of
from handhold.protocol.pathways import Protocol

FROZEN = "frozen.yaml"
EXAMPLES = "examples"

_OPENING = """\
# Versions of this procedure that are live or were, each with the digest of its folder.
# `handhold protocol freeze` writes this file.
# What stands here is not changed any more: a change of practice is a new folder, a number a revision of settings.
"""


Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class FrozenFile(Shape):
    """`frozen.yaml`: the digest of each version that is frozen."""

    frozen: dict[str, Digest] = Field(default_factory=dict)


class AlreadyFrozen(Exception):
    """The version was frozen before."""


def frozen_versions(protocol: Path) -> dict[str, str]:
    """Version -> digest, of a protocol's folder (`protocols/<name>`); empty where none is frozen.

    Raises ValueError where the file cannot be read as what it is.
    """
    file = protocol / FROZEN
    if not file.exists():
        return {}
    tree = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    written = tree.get("frozen") if isinstance(tree, dict) else None
    try:
        return FrozenFile.model_validate({"frozen": written}).frozen
    except ValidationError as error:
        raise ValueError("it does not list versions under `frozen:`, each with its digest") from error


def freeze(version: Path) -> str:
    """Copies the examples into the version's folder and keeps its digest; returns it. Raises AlreadyFrozen.

    The caller has checked the version: nobody can mend it afterwards.
    """
    protocol = version.parent
    frozen = frozen_versions(protocol)
    if version.name in frozen:
        raise AlreadyFrozen(version.name)
    _keep_examples(protocol / EXAMPLES, version / EXAMPLES)
    frozen[version.name] = digest_of(version)
    lines = [f'  "{name}": "{digest}"' for name, digest in sorted(frozen.items())]
    (protocol / FROZEN).write_text("\n".join([f"{_OPENING}frozen:", *lines, ""]), encoding="utf-8")
    return frozen[version.name]


def _keep_examples(now: Path, kept: Path) -> None:
    if now.is_dir():
        shutil.copytree(now, kept, dirs_exist_ok=True)


def examples_of(version: Path) -> list[Path]:
    """The feature files of a version: its own where it is frozen, else those that are being written for the newest."""
    folder = version / EXAMPLES if (version / EXAMPLES).is_dir() else version.parent / EXAMPLES
    return sorted(folder.glob("*.feature"))


def find_frozen_faults(protocol: Protocol) -> Iterator[Fault]:
    """Frozen versions of this procedure that are gone, or are not what they were when they were frozen."""
    folder = protocol.folder.parent
    try:
        frozen = frozen_versions(folder)
    except ValueError as error:
        mend = "Put it back as it was: `handhold protocol freeze` writes it."
        yield Fault(f"{folder.name}/{FROZEN}", 1, f"This cannot be read: {error}.", mend)
        return
    for version, digest in frozen.items():
        yield from _faults_of(folder / version, digest)


def _faults_of(version: Path, digest: str) -> Iterator[Fault]:
    file = f"{version.parent.name}/{version.name}/"
    if not (version / "protocol.yaml").exists():
        yield Fault(file, 1, "This version is frozen, and its folder is gone.", "Put it back: runs are decided by it.")
    elif digest_of(version) != digest:
        mend = "Put its files back as they were, and write what is to change into the folder of a new version."
        yield Fault(file, 1, "This version is frozen, and its files have been changed since.", mend)
