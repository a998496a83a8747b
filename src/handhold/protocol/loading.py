"""Reads a protocol's folder strictly: every mistake of shape with its file and line, all of them at once.

Mistakes that need the whole protocol to be seen (a step that names another, a rule without origin) are `checking`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError

from handhold.protocol.council import ProtocolFile
from handhold.protocol.definition import PathwayFile, Shape
from handhold.protocol.papers import ClauseFile, FormFile
from handhold.protocol.partner_papers import PAPERS_FILE, PapersFile
from handhold.protocol.pathways import Pathway, Protocol, variants_of

AT_ANY_MOMENT = "at-any-moment"
SHARED_CLAUSES = ("house", "law")
Model = TypeVar("Model", bound=Shape)
Place = tuple[str, int]


@dataclass(frozen=True, order=True)
class Fault:
    """A mistake in a protocol: where it stands, what is wrong, how to mend it."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what} {self.mend}".strip()


class ProtocolRefused(Exception):
    """The protocol has faults and is refused whole. `faults` lists all that were found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def latest_version(protocols: Path, name: str) -> Path:
    """The folder of the newest version of a protocol. Raises ProtocolRefused where there is none."""
    versions = sorted(folder.parent for folder in (protocols / name).glob("*/protocol.yaml"))
    if not versions:
        raise ProtocolRefused([Fault(f"{name}/", 1, f"There is no protocol called {name}.", _mend_unknown(protocols))])
    return versions[-1]


def _mend_unknown(protocols: Path) -> str:
    """What to write in place of a name that no folder has."""
    there = sorted({file.parent.parent.name for file in protocols.glob("*/*/protocol.yaml")})
    begin = "Begin one with `handhold protocol new`, or name another folder of protocols in HANDHOLD_PROTOCOLS."
    return f"{protocols} has: {', '.join(there) or 'none'}. {begin}"


def load_protocol(version: Path) -> Protocol:
    """Reads the version's folder (`protocols/<name>/<date>`), with the clauses beside it and those of house and law.

    Raises ProtocolRefused with every fault of shape.
    """
    reader = _Reader(version.parent.parent)
    council = reader.read(version.parent / "clauses.yaml", ClauseFile)
    shared = [reader.read(reader.root / name / "clauses.yaml", ClauseFile) for name in SHARED_CLAUSES]
    main = reader.read(version / "protocol.yaml", ProtocolFile)
    pathways = [reader.read(path, PathwayFile) for path in sorted((version / "pathways").glob("*.yaml"))]
    forms = [reader.read(path, FormFile) for path in sorted((version / "forms").glob("*.yaml"))]
    if (version / PAPERS_FILE).exists():
        reader.read(version / PAPERS_FILE, PapersFile)
    if reader.faults or main is None or council is None:
        raise ProtocolRefused(sorted(reader.faults))
    by_id = {pathway.id: pathway for pathway in pathways if pathway}
    beside = by_id.pop(AT_ANY_MOMENT, None)
    values = {name: setting.value for name, setting in main.settings.items()}
    outside = frozenset(name for name, role in main.roles.items() if role.outside_council)
    return Protocol(
        file=main,
        folder=version,
        digest=digest_of(version),
        clauses={clause.id: clause for file in [council, *shared] if file for clause in file.clauses},
        council_clauses=tuple(clause.id for clause in council.clauses),
        pathways={
            one.id: Pathway(one, beside, outside, file if file.variants else None, values)
            for file in by_id.values()
            for one in variants_of(file)
        },
        forms={form.id: form for form in forms if form},
        places=reader.places,
    )


def papers_of(protocol: Protocol) -> PapersFile | None:
    """What partners send in under this version; None where its council receives no such papers."""
    return _read_papers(protocol.folder, protocol.digest)


@lru_cache(maxsize=64)
def _read_papers(version: Path, _digest: str) -> PapersFile | None:
    """The file, whose shape was checked when the version was loaded. The digest stands for its content."""
    file = version / PAPERS_FILE
    return _Reader(version.parent.parent).read(file, PapersFile) if file.exists() else None


def digest_of(version: Path) -> str:
    """SHA-256 over the names and bytes of every file of the version's folder, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(path for path in version.rglob("*") if path.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(version).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


class _Reader:
    """Reads files one after the other and keeps the faults and the places of all of them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self.places: dict[tuple[str, ...], Place] = {}

    def read(self, path: Path, model: type[Model]) -> Model | None:
        """The file as its model, or None with its faults kept."""
        name = path.relative_to(self.root).as_posix()
        tree = self._parse(path, name)
        if tree is None:
            return None
        self._remember(name, tree, ())
        try:
            read = model.model_validate(_plain(tree))
        except ValidationError as refused:
            self.faults += [self._fault(name, error) for error in refused.errors()]
            return None
        if "id" in tree and path.parent.name in ("pathways", "forms") and tree["id"] != path.stem:
            mend = f"Call the file {tree['id']}.yaml, or write id: {path.stem}."
            self.faults.append(Fault(name, 1, f"The file's name and its id ({tree['id']}) differ.", mend))
        return read

    def _parse(self, path: Path, name: str) -> CommentedMap | None:
        try:
            tree = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            mend = _MEND_NOT_SHARED if path.parent.name in SHARED_CLAUSES else _MEND_MISSING
            self.faults.append(Fault(name, 1, "The file is missing.", mend))
            return None
        except DuplicateKeyError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            what = (error.problem or "A key is written twice.").split("\n")[0]
            self.faults.append(Fault(name, line, f"The same key stands twice: {what}.", "Keep one of the two."))
            return None
        except MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            self.faults.append(Fault(name, line, f"This is not YAML: {error.problem}.", _MEND_NO_YAML))
            return None
        if not isinstance(tree, CommentedMap):
            self.faults.append(Fault(name, 1, "The file has no keys.", "Begin it with `id:` or `authority:`."))
            return None
        return tree

    def _remember(self, name: str, node: Any, path: tuple[str, ...]) -> None:
        """Keeps the line of every key, and of every item of a list."""
        if isinstance(node, CommentedMap):
            for key, value in node.items():
                self.places[(name, *path, str(key))] = (name, node.lc.key(key)[0] + 1)
                self._remember(name, value, (*path, str(key)))
        elif isinstance(node, CommentedSeq):
            for position, value in enumerate(node):
                self.places[(name, *path, str(position))] = (name, node.lc.item(position)[0] + 1)
                self._remember(name, value, (*path, str(position)))

    def _fault(self, name: str, error: ErrorDetails) -> Fault:
        path = tuple(str(part) for part in error["loc"])
        line = next(
            (self.places[(name, *path[:n])][1] for n in range(len(path), 0, -1) if (name, *path[:n]) in self.places), 1
        )
        what, mend = _in_words(error, path)
        return Fault(name, line, what, mend)


def _in_words(error: ErrorDetails, path: tuple[str, ...]) -> tuple[str, str]:
    """What is wrong and how to mend it, in plain words."""
    where = " > ".join(path[-3:])
    last = path[-1] if path else ""
    match error["type"]:
        case "extra_forbidden":
            return (
                f"'{last}' is not a word that can stand here ({where}).",
                "Look for a slip of spelling, or remove it.",
            )
        case "missing":
            return f"'{last}' is missing ({where}).", f"Add a line `{last}: ...`."
        case "literal_error":
            expected = error.get("ctx", {}).get("expected", "")
            return (
                f"{where}: '{error.get('input')}' is not one of the words of this place.",
                f"Choose one of: {expected}.",
            )
        case "string_pattern_mismatch":
            given = error.get("input")
            mend = "Write a name in lower case with hyphens (consent-recorded), a clause as letters and a number (Y15)."
            return f"{where}: '{given}' is not a name or a clause.", mend
        case kind:
            what = f"{where}: {error['msg']} (it says {_shown(error.get('input'))})."
            return what, next((mend for begins, mend in _MENDS if kind.startswith(begins)), _USUAL_MEND)


_MENDS = (
    ("int", "Write a whole number without quotes: `3`."),
    ("setting", "Write a whole number without quotes: `3`; for a choice `unit: yes-or-no`, with `true` or `false`."),
    ("bool", "Write `true` or `false` without quotes."),
    ("string_type", "Write words; put quotes round a number, a time or a date that is meant as words."),
    ("list_type", "Write a list in square brackets, also where it holds one thing: `[social-worker]`."),
    ("too_short", "Write at least one, or remove the whole line where it is not needed."),
    ("greater_than_equal", "Write a larger number."),
    ("less_than_equal", "Write a smaller number."),
    ("date", "Write a day as year, month and day: `2026-04-01`."),
    ("time", 'Write a time of day in quotes, with two digits each: `"08:30"`.'),
    ("model", "Write keys and values under it, each on a line of its own and indented, or in curly brackets."),
    ("dict", "Write names with their values under it, each on a line of its own and indented, or `{}` for none."),
)
"""How to mend what is of the wrong sort, by how the reader's word for it begins."""

_MEND_MISSING = "Write it; the guide, Write a protocol, says what stands in it, and `handhold protocol new` begins it."
_MEND_NOT_SHARED = (
    "It holds rules that every council has. Copy its folder, as it is, from `protocols/` of Handhold to this place."
)
_MEND_NO_YAML = "Look at indent, quotes and brackets in this line and the one above; words with a colon need quotes."
_USUAL_MEND = "Look at how a line of this sort is written in the guide, Write a protocol."
_MOST_SHOWN = 60


def _shown(given: object) -> str:
    """What stands in the file, cut where it is long."""
    said = repr(given)
    return said if len(said) <= _MOST_SHOWN else f"{said[:_MOST_SHOWN]}..."


def _plain(node: Any) -> Any:
    """The same tree without what the YAML reader adds to it."""
    if isinstance(node, CommentedMap):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(value) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    for kind in (int, float, str):
        if isinstance(node, kind):
            return kind(node)
    return node
