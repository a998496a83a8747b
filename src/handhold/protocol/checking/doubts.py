"""Doubts without a reading: a rule cites a statement that can be read in two ways, and nobody says how it was read."""

from __future__ import annotations

from collections.abc import Iterator

from handhold.protocol.checking.places import Spot
from handhold.protocol.doubts import find_doubts
from handhold.protocol.loading import Fault
from handhold.protocol.pathways import Protocol


def find_doubt_faults(protocol: Protocol) -> Iterator[Fault]:
    """Doubtful statements of the source that steps carry out, with no reading beside a step and no setting."""
    for doubt in find_doubts(protocol):
        clause = doubt.clause.id
        if clause in protocol.council_clauses and doubt.is_carried_out and not (doubt.readings or doubt.settings):
            spot = Spot(protocol, f"{protocol.folder.parent.name}/clauses.yaml")
            place = spot / "clauses" / protocol.council_clauses.index(clause)
            yield (place / "doubt").fault(
                f"{clause} leaves a doubt, and no step that carries it out says how it is read.",
                f"Add `reading:` to a step that cites {clause}, or a setting that cites it.",
            )
