"""Words for people, made from the protocol alone: why something is refused, and what a pathway says.

No rule is here: what is refused, and why, is `deciding`.
"""

from handhold.protocol.explaining.pathways import explain_pathway
from handhold.protocol.explaining.refusals import (
    NOBODY_NAMED,
    Cited,
    Names,
    RefusalWords,
    sentence_of,
    sentence_of_needed_reason,
)

__all__ = [
    "NOBODY_NAMED",
    "Cited",
    "Names",
    "RefusalWords",
    "explain_pathway",
    "sentence_of",
    "sentence_of_needed_reason",
]
