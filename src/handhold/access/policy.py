"""Who may see what: one table, read by every door. A word is a relation to the run, the child or the family.

Roles that see more than the families they work with are named by the council's protocol (`sight`), and come here as the
words `sees-transfers` and `sees-index`. Nobody sees anything by default.
"""

from typing import Literal

Sight = Literal["transfer", "proposal", "family", "index", "pack", "version", "household"]

WORKS_WITH_THE_FAMILY = frozenset(
    {
        "responsible-worker",
        "responsible-manager",
        "was-responsible",
        "accepted-receiver",
        "stand-in",
        "queue-keeper",
        "meeting-member",
        "holds-by-office",
        "sees-transfers",
    }
)

SIGHT: dict[Sight, frozenset[str]] = {
    # The whole transfer: both ends, who oversees them, and those whose move it is.
    "transfer": WORKS_WITH_THE_FAMILY | {"asked-to-settle", "escalated-to"},
    # Need, other agencies and the proposed plan (Y16), and no more: a practitioner who was asked and has not accepted.
    "proposal": frozenset({"receiver"}),
    # A family's page and its children's: not for who has only to settle something of a transfer.
    "family": WORKS_WITH_THE_FAMILY,
    # That a child is known, under what, and whom to ring.
    "index": frozenset({"sees-index", "sees-transfers"}),
    # Which version of the procedure decides it, and moving it to another: who oversees all transfers.
    "version": frozenset({"sees-transfers"}),
    # Writing down who belongs to a family: who was born, joins it or leaves it. Of the council's people alone.
    "household": frozenset({"responsible-worker", "responsible-manager", "sees-index"}),
    # The whole pack: on acceptance and consent (Y4).
    "pack": WORKS_WITH_THE_FAMILY - {"meeting-member"},
}


def may_see(sight: Sight, words: frozenset[str]) -> bool:
    """Whether somebody with these words has this sight."""
    return bool(words & SIGHT[sight])
