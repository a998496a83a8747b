"""Clauses that are cited and do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from handhold.protocol.checking.places import all_parts
from handhold.protocol.loading import Fault
from handhold.protocol.pathways import Protocol


def find_clause_faults(protocol: Protocol) -> Iterator[Fault]:
    """Clauses that are cited and do not exist."""
    for part, spot in all_parts(protocol):
        for clause in getattr(part, "clauses", ()):
            if clause not in protocol.clauses:
                mend = "Look it up in clauses.yaml; the house's own are H1 and on, law's are LAW1 and on."
                yield (spot / "clauses").fault(f"There is no clause {clause}.", mend)
