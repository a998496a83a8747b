"""This record is wrong: a later record that names it, with the reason (H9). The earlier one stays to be read.

When it happened and its words are corrected so; limits are counted anew from it. An outcome is not: people have acted
on it, and the step that repairs it is named instead.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from handhold.access.families import sight_of
from handhold.access.transfers import NotHere, Opened, access_transfer_to_change
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.refusals import HappenedLater, NoSuchChoice, NotAllowed
from handhold.actions.steps import check_when_it_happened
from handhold.audit.recording import record_event
from handhold.casefiles.correcting import Corrected, write_correction
from handhold.notifications.outbox import put_in_outbox
from handhold.queries.naming import practitioner_name
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Practitioner, StepRecord

THE_PAST = ("H9",)


@transaction.atomic
def correct_record(
    ref: str,
    step: str,
    corrected: Corrected,
    why: str,
    *,
    version: int,
    child_ref: str | None = None,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> StepRecord:
    """Corrects when a step happened, and its words. `version` is the record that was shown: nobody's words are lost.

    Raises NotHere, NoSuchChoice, NotAllowed (not yours, not this sort of record, somebody corrected it meanwhile),
    HappenedLater, HappenedTooEarly, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    opened = access_transfer_to_change(ref, by=by, now=now)
    wrong = find_standing_record(opened, step, child_ref)
    why_not = why_not_correct(opened, wrong)
    if why_not is not None:
        raise why_not
    if wrong.pk != version:
        raise NotAllowed(
            "Somebody else has corrected this meanwhile. What stands now is shown; yours was not kept.",
            who=practitioner_name(wrong.corrector if hasattr(wrong, "corrector") else wrong.recorded_by),
            clauses=THE_PAST,
        )
    check_when_it_happened(opened, corrected.happened_at, child_ref)
    if corrected.happened_at > wrong.recorded_at:
        raise HappenedLater  # it was on record by then
    record = write_correction(wrong, corrected, why, by, now)
    case = opened.case
    record_event(
        "step.corrected",
        by=by,
        now=now,
        subjects=[case.run.ref, case.run.family.ref, *([child_ref] if child_ref else [])],
        before={"record": wrong.pk, "happened_at": wrong.happened_at},
        after={"record": record.pk, "happened_at": record.happened_at, "why": why},
    )
    _tell_the_others(opened, wrong)
    check_constraints_now()
    return record


def find_standing_record(opened: Opened, step: str, child_ref: str | None) -> StepRecord:
    """The record by which a step stands (for a child). Raises NoSuchChoice where none does."""
    case = opened.case
    try:
        child = case.position_of(child_ref)
    except KeyError as missing:
        raise NoSuchChoice from missing
    person = None if child is None else case.children[child].person.pk
    own = [one for one in case.records if one.step == step and one.child_id == person]
    recorded = [one for one in own if one.act == StepRecord.Act.RECORDED]
    if (step, child) not in case.observed.standing or not recorded or step in case.pathway.concern_steps():
        raise NoSuchChoice
    return recorded[-1]


def why_not_correct(opened: Opened, record: StepRecord) -> NotAllowed | None:
    """Why this person cannot correct this record: it is for who wrote it down, or their manager."""
    by, author = opened.by, record.recorded_by
    if by.pk != author.pk and not _manages(by, author, opened.case.now):
        name = practitioner_name(author)
        return NotAllowed(
            f"{name} wrote this down. They correct it themself, or their manager does.", who=name, clauses=THE_PAST
        )
    if opened.case.pathway.steps[record.step].kind == "assessment":
        words = "When an assessment was authorised stands with the assessment itself, and is not written anew here."
        return NotAllowed(words, who=practitioner_name(opened.case.people.manager), clauses=THE_PAST)
    return None


def _manages(by: Practitioner, author: Practitioner, now: datetime) -> bool:
    try:
        sight = sight_of(by, now)
    except NotHere:
        return False
    return author.pk in sight.manages or sight.sees_all


def _tell_the_others(opened: Opened, wrong: StepRecord) -> None:
    """Who wrote it down, and the worker now: their work may rest on what was wrong."""
    case = opened.case
    for one in {wrong.recorded_by, case.worker_now}:
        if one.pk != opened.by.pk and one.email:
            path = f"/transfers/{case.run.ref}/story"
            put_in_outbox("record-corrected", to_address=one.email, now=case.now, context={"path": path}, run=case.run)
