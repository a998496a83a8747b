"""The revisions of a council's numbers and choices for one version: which is live, and whether one may go live."""

from __future__ import annotations

from collections.abc import Iterable

from handhold.records.models import Practitioner, ProtocolSettings


def revisions_of(authority_id: int, folder: str) -> list[ProtocolSettings]:
    """Every revision of a version's numbers, the oldest first, with who proposed and approved it."""
    rows = ProtocolSettings.objects.filter(authority=authority_id, protocol_folder=folder)
    return list(rows.select_related("proposed_by", "approved_by", "check_progress").order_by("revision"))


def live_among(rows: Iterable[ProtocolSettings]) -> ProtocolSettings | None:
    """The one by which transfers begin now: the last that was made live; None while the file's own numbers hold."""
    return max((row for row in rows if row.live_from), key=lambda row: row.revision, default=None)


def find_problem_of_approval(row: ProtocolSettings, live: ProtocolSettings | None, by: Practitioner) -> str:
    """Why this person cannot make this revision live, in words; empty where they can."""
    if row.live_from is not None:
        return "It is live already."
    if row.checked_at is None:
        return "It waits for its check, which begins by itself and takes a few minutes. Look again then."
    if row.faults:
        return "The check found faults with this change. Propose another."
    if live and live.revision > row.revision:
        return "A later revision is live already. Propose the number again."
    if row.proposed_by_id == by.pk:
        return "You proposed it yourself, and nobody approves their own work. Ask somebody else who oversees transfers."
    return ""
