"""A procedure in miniature, right as it stands, and the means to break it at one place."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from handhold.protocol.loading import latest_version, load_protocol
from handhold.protocol.pathways import Protocol

PROTOCOLS = Path(__file__).parents[2] / "protocols"
SMALL = Path(__file__).parent / "small"
VERSION = "small/2020-01-01"


@dataclass(frozen=True)
class SmallProtocol:
    """A copy of the miniature in a folder of its own."""

    root: Path

    def replace(self, file: str, old: str, new: str) -> None:
        """Puts `new` for `old`, which must stand just once, in a file of the version."""
        path = self.root / VERSION / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def line_of(self, file: str, words: str) -> int:
        """The number of the line in which the words begin."""
        text = (self.root / VERSION / file).read_text(encoding="utf-8")
        return text[: text.index(words)].count("\n") + 1

    def load(self) -> Protocol:
        return load_protocol(latest_version(self.root, "small"))


def copy_of_small(folder: Path) -> SmallProtocol:
    """The miniature with the rules of house and law beside it."""
    shutil.copytree(SMALL, folder / "small")
    for shared in ("house", "law"):
        shutil.copytree(PROTOCOLS / shared, folder / shared)
    return SmallProtocol(folder)
