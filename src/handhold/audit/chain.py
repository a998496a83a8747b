"""Reading the chain: is every event there, unchanged, in its place?

Events taken off its end are missed only by somebody who noted that end: `find_end` gives it, to be kept elsewhere.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from handhold.audit.models import AuditEvent, AuditLink

BEGINNING = b"\0" * 32
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class ChainEnd:
    """Where the chain ended at some time: note it elsewhere, and give it to `verify_chain` later."""

    position: int
    digest: bytes


@dataclass(frozen=True)
class ChainFault:
    """A place of the chain that does not hold, and why, in words for the person who checks."""

    position: int
    why: str


def find_end() -> ChainEnd:
    """Return the last position of the chain and its digest; position 0 while nothing has happened."""
    last = AuditLink.objects.order_by("-position").first()
    return ChainEnd(last.position, bytes(last.digest)) if last else ChainEnd(0, BEGINNING)


def verify_chain(*, noted: ChainEnd | None = None) -> list[ChainFault]:
    """Compute the whole chain again and return every fault: changed, missing and unlinked events, and a cut end.

    `noted` is an end from an earlier `find_end`, kept where the database's owner cannot reach it.
    """
    faults = list(_find_broken_links())
    unlinked = AuditEvent.objects.filter(link__isnull=True).count()
    if unlinked:
        faults.append(ChainFault(0, f"{unlinked} events stand outside the chain."))
    if noted and noted.position and not _is_still_there(noted):
        faults.append(ChainFault(noted.position, "The end that was noted is gone or has another digest."))
    return faults


def _find_broken_links() -> Iterator[ChainFault]:
    previous, expected = BEGINNING, 1
    for link in AuditLink.objects.select_related("event").order_by("position").iterator():
        if link.position != expected:
            yield ChainFault(expected, f"Events are missing before position {link.position}.")
        elif bytes(link.previous_digest) != previous:
            yield ChainFault(link.position, "It does not follow the link before it.")
        if digest_of_event(link.event, bytes(link.previous_digest)) != bytes(link.digest):
            yield ChainFault(link.position, "The event was changed after it was written.")
        previous, expected = bytes(link.digest), link.position + 1


def _is_still_there(noted: ChainEnd) -> bool:
    return AuditLink.objects.filter(position=noted.position, digest=noted.digest).exists()


def digest_of_event(event: AuditEvent, previous: bytes) -> bytes:
    """Return the digest of a link, computed from the event. The database computes the same (migration 0002)."""
    parts = [
        previous.hex(),
        str(event.pk),
        event.name,
        "" if event.actor_id is None else str(event.actor_id),
        "" if event.on_behalf_of_id is None else str(event.on_behalf_of_id),
        ",".join(event.subjects),
        str((event.at - EPOCH) // timedelta(microseconds=1)),
        bytes(event.before_digest).hex(),
        bytes(event.after_digest).hex(),
    ]
    return hashlib.sha256("\n".join(parts).encode()).digest()
