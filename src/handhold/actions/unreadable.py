"""Deciding a concern about a transfer whose procedure's files were changed: protection waits for no file.

Nothing else is done in such a transfer until its files are put back or it is moved to another version.
"""

from datetime import datetime

from handhold.access.transfers import lock_children
from handhold.audit.recording import record_event
from handhold.casefiles.ending_runs import end_run
from handhold.casefiles.protocols import pathway_for_concerns
from handhold.records.models import Practitioner, Run, StepRecord


def tell_unreadable(run: Run, outcome: str, reason: str, *, by: Practitioner, now: datetime) -> None:
    """Records on the transfer what was decided about a concern, and ends it where the decision says so.

    By the live version, in the caller's transaction, which has checked the outcome. Whoever is accountable stays so.
    """
    lock_children(run.ref)
    run.refresh_from_db(fields=["ended_at"])
    if run.ended_at is not None:
        return
    pathway = pathway_for_concerns(run)
    decided = pathway.concern_steps()[1]
    earlier = StepRecord.objects.filter(run=run, step=decided, act=StepRecord.Act.RECORDED).count()
    StepRecord.objects.create(
        run=run,
        step=decided,
        round=earlier + 1,
        outcome=outcome,
        reason=reason,
        happened_at=now,
        recorded_at=now,
        recorded_by=by,
    )
    found = pathway.steps[decided].outcomes.get(outcome)
    endings = [effect.end_run for effect in found.effects if effect.end_run] if found else []
    if endings:
        end_run(run, endings[0], by=by, now=now)
    record_event("step.recorded", by=by, now=now, subjects=[run.ref], after={"step": decided, "outcome": outcome})
