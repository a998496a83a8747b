"""Mistakes of a protocol that only the whole of it shows, all at once, each with file, line and how to mend it.

Mistakes of shape (an unknown key, a missing one) are found by `loading`; what the rules lead to, by `exploring`.
"""

from __future__ import annotations

from handhold.protocol.checking.clauses import find_clause_faults
from handhold.protocol.checking.doubts import find_doubt_faults
from handhold.protocol.checking.effects import find_effect_faults
from handhold.protocol.checking.forms import find_form_faults
from handhold.protocol.checking.limits import find_limit_faults
from handhold.protocol.checking.names import find_name_faults
from handhold.protocol.checking.unused import find_unused_faults
from handhold.protocol.checking.waits import find_wait_faults
from handhold.protocol.checking.ways import find_way_faults
from handhold.protocol.freezing import find_frozen_faults
from handhold.protocol.loading import Fault
from handhold.protocol.pathways import Protocol

__all__ = ["find_faults"]

_KINDS_OF_FAULTS = (
    find_name_faults,
    find_clause_faults,
    find_doubt_faults,
    find_effect_faults,
    find_limit_faults,
    find_way_faults,
    find_wait_faults,
    find_form_faults,
    find_frozen_faults,
    find_unused_faults,
)


def find_faults(protocol: Protocol) -> list[Fault]:
    """Every fault of the protocol, by file and line; an empty list where it may be explored and used."""
    return sorted({fault for find in _KINDS_OF_FAULTS for fault in find(protocol)})
