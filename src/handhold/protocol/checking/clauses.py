"""Clauses: cited ones that do not exist, and which statements of the source are carried out and shown by an example."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handhold.protocol.checking.places import all_parts
from handhold.protocol.freezing import examples_of
from handhold.protocol.loading import Fault
from handhold.protocol.pathways import Protocol

_TAG = re.compile(r"@([A-Z]+[0-9]+)\b")


@dataclass(frozen=True)
class Coverage:
    """Which clauses of the council's source are cited by a part of the protocol, and which are shown by an example."""

    total: tuple[str, ...]
    cited: frozenset[str]
    exemplified: frozenset[str]

    @property
    def missing(self) -> tuple[str, ...]:
        """The clauses not yet covered, in the order of the source: not cited, or without an example."""
        return tuple(clause for clause in self.total if clause not in self.cited & self.exemplified)


def find_clause_faults(protocol: Protocol) -> Iterator[Fault]:
    """Clauses that are cited and do not exist."""
    for part, spot in all_parts(protocol):
        for clause in getattr(part, "clauses", ()):
            if clause not in protocol.clauses:
                mend = "Look it up in clauses.yaml; the house's own are H1 and on, law's are LAW1 and on."
                yield (spot / "clauses").fault(f"There is no clause {clause}.", mend)


def coverage_of(protocol: Protocol) -> Coverage:
    """What is covered: cited by a part of this version, and tagged in an example (`examples/*.feature`)."""
    cited = {clause for part, _ in all_parts(protocol) for clause in getattr(part, "clauses", ())}
    council = set(protocol.council_clauses)
    return Coverage(protocol.council_clauses, frozenset(cited & council), frozenset(_tags(protocol) & council))


def _tags(protocol: Protocol) -> set[str]:
    lines = (line for path in examples_of(protocol.folder) for line in path.read_text(encoding="utf-8").splitlines())
    return {tag for line in lines if line.lstrip().startswith("@") for tag in _TAG.findall(line)}
