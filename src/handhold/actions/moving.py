"""Moving a transfer to another version of the procedure, or another revision of its numbers, by a named decision."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from handhold.access.procedures import access_run_to_move
from handhold.actions.once import Submission, carry_out_once
from handhold.audit.recording import record_event
from handhold.casefiles.moving import Version, case_in, find_misplaced, protocol_in, version_of
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Practitioner, ProtocolSettings, Run, VersionMove


class CannotMove(Exception):
    """The transfer cannot be moved there. `reasons` are sentences; nothing was written."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = tuple(reasons)


@transaction.atomic
def move_run(
    ref: str, to: Version, reason: str, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> VersionMove:
    """Has a transfer be decided by another version from here on. What was recorded stays as it was recorded.

    1 lock  2 nothing on record is left without a place  3 the run, and what it keeps of its facts  4 the move  5 audit
    Raises NotHere, CannotMove, ProtocolChanged (the version is not there), AlreadySubmitted.
    """
    carry_out_once(submission, now)
    run = access_run_to_move(ref, by=by, now=now, is_to_change=True)
    protocol = protocol_in(to, run)
    obstacles = [*_obstacles_of_version(run, to), *find_misplaced(run, protocol)]
    if version_of(run) == to and run.protocol_digest == protocol.digest:
        obstacles.append("It is decided by that version already.")
    if obstacles:
        raise CannotMove(obstacles)
    facts = case_in(run, to, now).observed.facts
    move = VersionMove.objects.create(
        run=run,
        from_folder=run.protocol_folder,
        from_digest=run.protocol_digest,
        from_revision=run.settings_revision,
        to_folder=to.folder,
        to_digest=protocol.digest,
        to_revision=to.revision,
        decided_by=by,
        decided_at=now,
        reason=reason,
    )
    Run.objects.filter(pk=run.pk).update(
        protocol_folder=to.folder,
        protocol_digest=protocol.digest,
        settings_revision=to.revision,
        receiver_state=facts.receiver,
    )
    record_event(
        "transfer.moved-to-version",
        by=by,
        now=now,
        subjects=[run.ref, run.family.ref],
        before={"digest": move.from_digest, "revision": move.from_revision},
        after={"digest": move.to_digest, "revision": move.to_revision},
    )
    check_constraints_now()
    return move


def _obstacles_of_version(run: Run, to: Version) -> list[str]:
    """A version of another procedure, and numbers that were never made live, decide nothing."""
    if to.folder.partition("/")[0] != run.authority.protocol:
        return ["That is the procedure of another council."]
    rows = ProtocolSettings.objects.filter(authority=run.authority_id, protocol_folder=to.folder, revision=to.revision)
    if to.revision and not rows.filter(live_from__isnull=False).exists():
        return ["These numbers have never been live."]
    return []
