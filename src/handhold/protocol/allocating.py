"""Which roles an outcome of a step can hand children to. Pure: who holds them is for the records."""

from __future__ import annotations

from collections.abc import Iterable

from handhold.protocol.definition import Outcome
from handhold.protocol.pathways import Protocol


def roles_allocated_by(protocol: Protocol, outcome: Outcome, who: Iterable[str]) -> frozenset[str]:
    """The roles that an outcome can allocate: as it says, or those for whom who may record it stands in by office."""
    if outcome.allocates:
        return frozenset(outcome.allocates)
    deciding = set(outcome.who or who)
    return frozenset(role for role, stand_in in protocol.file.stand_ins.items() if stand_in in deciding)
