"""The beginnings of a new protocol: a folder that passes the check as it stands, to be rewritten line by line.

The files are in `scaffold/` beside this module, plain text with a few names to fill in; they name no council.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handhold.protocol.loading import SHARED_CLAUSES

TEMPLATES = Path(__file__).parent / "scaffold"
MARK = "REPLACE"
"""Stands in every line of a new protocol that its author has to replace."""

_VERSION = "version"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_TAKEN_LETTERS = "H"


class NotScaffolded(Exception):
    """The folder cannot be written; the words say why, and what to do."""


@dataclass(frozen=True)
class NewProtocol:
    """What a new protocol is called. `name` is its folder's, `in_force` the day of its first version."""

    name: str
    title: str
    council: str
    in_force: date

    @property
    def letter(self) -> str:
        """With what the numbers of its clauses begin. H is the house's own."""
        first = self.name[0].upper()
        return first if first not in _TAKEN_LETTERS else f"{first}{first}"

    def filled_into(self, text: str) -> str:
        """A file of the scaffold with these names in it."""
        names = {"name": self.name, "letter": self.letter, "in_force": self.in_force.isoformat()}
        for key, value in {**names, "title": self.title, "council": self.council}.items():
            text = text.replace("{{" + key + "}}", value)
        return text


def write_scaffold(protocols: Path, new: NewProtocol) -> list[Path]:
    """Writes `protocols/<name>/` and returns its files. Raises NotScaffolded, and then nothing was written."""
    check_names(new)
    folder = protocols / new.name
    if folder.exists():
        raise NotScaffolded(f"There is a folder {folder} already, and nothing was written. Choose another name.")
    for shared in SHARED_CLAUSES:
        if not (protocols / shared / "clauses.yaml").is_file():
            raise NotScaffolded(
                f"{protocols} has no {shared}/clauses.yaml, so it is no folder of protocols, and nothing was written. "
                f"To make it one, copy the folders {' and '.join(SHARED_CLAUSES)} there from `protocols/` of Handhold."
            )
    return [_write(folder, path, new) for path in sorted(TEMPLATES.rglob("*")) if path.is_file()]


def check_names(new: NewProtocol) -> None:
    """Raises NotScaffolded where a name cannot be one: of the folder, the council or the procedure."""
    if not _NAME.fullmatch(new.name):
        raise NotScaffolded(
            f"'{new.name}' cannot be the name of a protocol. Write it in lower case, beginning with a letter, with "
            "hyphens between the words: north-shore."
        )
    if new.name in SHARED_CLAUSES:
        raise NotScaffolded(f"'{new.name}' is the folder of rules that all councils share. Choose another name.")
    for called, words in (("council", new.council), ("title", new.title)):
        if not re.fullmatch(r"\w[\w .,'()&/-]*", words):
            raise NotScaffolded(
                f"'{words}' cannot be the {called}. Write it in letters, digits, spaces and . , ' ( ) & / - and begin "
                "with a letter or a digit."
            )


def marked_lines(version: Path) -> list[str]:
    """The places of a version, and of its clauses, that nobody has replaced yet: `file, line`."""
    files = [version.parent / "clauses.yaml", *sorted(version.rglob("*.yaml"))]
    return [
        f"{path.relative_to(version.parent.parent).as_posix()}, line {number}"
        for path in files
        if path.is_file()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if MARK in line
    ]


def _write(folder: Path, template: Path, new: NewProtocol) -> Path:
    parts = template.relative_to(TEMPLATES).parts
    path = folder.joinpath(*(new.in_force.isoformat() if part == _VERSION else part for part in parts))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(new.filled_into(template.read_text(encoding="utf-8")), encoding="utf-8")
    return path
