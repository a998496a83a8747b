"""What stands in a chronology: one thing that happened to a family, of which kind, and about which of its children."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["visit", "meeting", "conversation", "consent", "decision", "step", "paper", "involvement", "responsible"]
KINDS: dict[Kind, str] = {
    "visit": "Visits",
    "meeting": "Meetings",
    "conversation": "Conversations",
    "consent": "Consent",
    "decision": "Decisions",
    "step": "Other steps of transfers",
    "paper": "Papers of partners",
    "involvement": "Involvements",
    "responsible": "Who was responsible",
}


@dataclass(frozen=True)
class Event:
    """Something that happened: when, what, to whom, by whom it was written down."""

    kind: Kind
    happened_at: datetime
    title: str
    by: str
    text: str
    run_ref: str
    step_record_id: int | None = None
    paper_ref: str = ""
    about: frozenset[int] = frozenset()
    """The ids of the children whom it is about; none where it is about the family as a whole."""
    run_id: int | None = None


def joined(*texts: str) -> str:
    """Those that say something, each on a line of its own."""
    return "\n".join(text for text in texts if text)
