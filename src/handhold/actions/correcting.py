"""This record is wrong: a later record that names it, with the reason (H9). The earlier one stays to be read.

When it happened and its words are corrected by who wrote it, or their manager. How it came out is corrected, or all of
it taken back, by who may record that, as far as nothing rests on it: what then remains could have happened so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from handhold.access.families import sight_of
from handhold.access.transfers import NotHere, Opened, access_transfer_to_change, is_there
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.refusals import (
    HappenedLater,
    NoSuchChoice,
    NotAllowed,
    OthersRestOnIt,
    ReasonNeeded,
    StepRefused,
)
from handhold.actions.steps import check_chosen, check_when_it_happened
from handhold.audit.recording import record_event
from handhold.casefiles.contents import Content
from handhold.casefiles.correcting import (
    Corrected,
    outcome_of,
    take_record_back,
    write_correction,
    write_later_record,
)
from handhold.casefiles.details import DECIDING, answer_of
from handhold.casefiles.undoing import (
    Otherwise,
    answers_for_children,
    decide_otherwise,
    find_receivers,
    is_kept_elsewhere,
    put_right,
)
from handhold.notifications.outbox import put_in_outbox
from handhold.protocol.correcting import Correctable, NotCorrectable
from handhold.protocol.deciding import NeedsReason, Refused
from handhold.protocol.facts import Act
from handhold.queries.naming import practitioner_name
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Decision, Practitioner, StepRecord

THE_PAST = ("H9",)
ONE_HOLDS = ("H1", "H9")


@transaction.atomic
def correct_record(
    ref: str,
    step: str,
    corrected: Corrected,
    why: str,
    *,
    version: int,
    child_ref: str | None = None,
    of_exception: bool = False,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> StepRecord:
    """Corrects a record of a step, or of an exception from it. `version` is the record that was shown.

    Raises NotHere, NoSuchChoice, NotAllowed (not yours, not this sort of record, somebody corrected it meanwhile),
    HappenedLater, HappenedTooEarly, AlreadySubmitted; for another outcome, and for one taken back, besides StepRefused,
    ReasonNeeded, OthersRestOnIt.
    """
    carry_out_once(submission, now)
    opened = access_transfer_to_change(ref, by=by, now=now)
    wrong = find_standing_record(opened, step, child_ref, of_exception=of_exception)
    otherwise = _otherwise(opened, wrong, corrected)
    why_not = why_not_correct(opened, wrong) if otherwise is None else why_not_otherwise(opened, wrong)
    if why_not is not None:
        raise why_not
    _check_nobody_did(wrong, version)
    _check_happened(opened, wrong, corrected, child_ref)
    record = write_correction(wrong, corrected, why, by, now) if otherwise is None else _correct(opened, otherwise, why)
    case = opened.case
    record_event(
        "step.taken-back" if corrected.taken_back else "step.corrected",
        by=by,
        now=now,
        subjects=[case.run.ref, case.run.family.ref, *([child_ref] if child_ref else [])],
        before={"record": wrong.pk, "happened_at": wrong.happened_at, "outcome": outcome_of(wrong)},
        after={"record": record.pk, "happened_at": record.happened_at, "outcome": outcome_of(record), "why": why},
    )
    _tell_the_others(opened, wrong, everybody=otherwise is not None)
    check_constraints_now()
    return record


def find_standing_record(opened: Opened, step: str, child_ref: str | None, *, of_exception: bool = False) -> StepRecord:
    """The record by which a step stands (for a child), or the last one of an exception from it.

    Raises NoSuchChoice where there is none.
    """
    case = opened.case
    try:
        child = case.position_of(child_ref)
    except KeyError as missing:
        raise NoSuchChoice from missing
    person = None if child is None else case.children[child].person.pk
    own = [one for one in case.records if one.step == step and one.child_id == person]
    found = own[-1:] if of_exception else [one for one in own if one.act == StepRecord.Act.RECORDED]
    if not found or step in case.pathway.concern_steps():
        raise NoSuchChoice
    if of_exception == (found[-1].act == StepRecord.Act.RECORDED):
        raise NoSuchChoice
    if not of_exception and (step, child) not in case.observed.standing:
        raise NoSuchChoice
    return found[-1]


def why_not_correct(opened: Opened, record: StepRecord) -> NotAllowed | None:
    """Why this person cannot correct day and words of this record: it is for who wrote it down, or their manager."""
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


def why_not_otherwise(opened: Opened, record: StepRecord) -> NotAllowed | None:
    """Why nobody can correct how this record came out: its words stand in a place of their own."""
    if record.act != StepRecord.Act.RECORDED or not is_kept_elsewhere(opened.case, record):
        return None
    words = "What was written with it stands in a place of its own: write that anew. Its day can be corrected here."
    return NotAllowed(words, who=practitioner_name(record.recorded_by), clauses=THE_PAST)


def check_otherwise(wish: Otherwise, opened: Opened) -> Correctable:
    """Raises StepRefused, ReasonNeeded, OthersRestOnIt, NotAllowed where the record may not be corrected so."""
    found = decide_otherwise(wish)
    if isinstance(found, NeedsReason):
        raise ReasonNeeded(found, opened)
    if isinstance(found, NotCorrectable):
        if found.reasons:
            raise StepRefused(Refused(found.reasons), opened)
        raise OthersRestOnIt(found.in_the_way, opened)
    _check_receiver(wish, found)
    return found


def _otherwise(opened: Opened, wrong: StepRecord, corrected: Corrected) -> Otherwise | None:
    """What would become of the record; None where only its day and words are corrected. Raises NoSuchChoice."""
    if not corrected.taken_back and corrected.outcome in ("", outcome_of(wrong)):
        return None
    step = opened.case.pathway.steps[wrong.step]
    known: dict[StepRecord.Act, list[str]] = {
        StepRecord.Act.RECORDED: [name for name, one in step.outcomes.items() if not one.forbidden],
        StepRecord.Act.EXCEPTION_ASKED: [*step.exception.kinds] if step.exception else [],
        StepRecord.Act.EXCEPTION_DECIDED: ["granted", "refused"],
    }
    if not corrected.taken_back and corrected.outcome not in known[StepRecord.Act(wrong.act)]:
        raise NoSuchChoice
    return Otherwise(opened.case, wrong, corrected, opened.by, opened.words)


def _check_nobody_did(wrong: StepRecord, version: int) -> None:
    if wrong.pk != version:
        raise NotAllowed(
            "Somebody else has corrected this meanwhile. What stands now is shown; yours was not kept.",
            who=practitioner_name(wrong.corrector if hasattr(wrong, "corrector") else wrong.recorded_by),
            clauses=THE_PAST,
        )


def _check_happened(opened: Opened, wrong: StepRecord, corrected: Corrected, child_ref: str | None) -> None:
    if corrected.taken_back:
        return
    check_when_it_happened(opened, corrected.happened_at, child_ref)
    if corrected.happened_at > opened.case.stand.first_of(wrong).recorded_at:
        raise HappenedLater  # it was on record by then


def _check_receiver(wish: Otherwise, found: Correctable) -> None:
    """Raises NotAllowed where somebody else would take over, and who does answers for a child, or cannot any more."""
    was, would_be = find_receivers(wish)
    case, changes = wish.case, found.before.receiver != found.after.receiver
    if was == would_be and not changes:
        return
    if case.run.ended_at is not None:
        raise NotAllowed("The transfer is over: who took the family on stands as it is.", clauses=ONE_HOLDS)
    if was is not None and was != would_be and answers_for_children(case, was):
        name = practitioner_name(was)
        words = f"{name} answers for a child by this transfer. Reallocate the child to whoever should."
        raise NotAllowed(words, who=practitioner_name(case.people.manager), clauses=ONE_HOLDS)
    if found.after.receiver != "none" and (would_be is None or not is_there(would_be, case.now)):
        words = "Nobody who is here is named by what would then stand on record. Record the step anew, with their name."
        raise NotAllowed(words, clauses=THE_PAST)


def _correct(opened: Opened, wish: Otherwise, why: str) -> StepRecord:
    """The later record of another outcome, or that it was not so, and what has to be put right beside it."""
    said, case = wish.corrected, opened.case
    if not said.taken_back:
        act = Act("record", wish.record.step, said.outcome)
        content = Content(said.happened_at, practitioner=wish.practitioner, agreed_date=said.agreed_date)
        check_chosen(content, opened, act)
    found = check_otherwise(wish, opened)
    taken_back = said.taken_back
    record = take_record_back(wish.record, why, opened.by, case.now) if taken_back else _write_otherwise(wish, why)
    put_right(wish, found)
    return record


def _write_otherwise(wish: Otherwise, why: str) -> StepRecord:
    case, step, said = wish.case, wish.step, wish.corrected
    asked = wish.record.act == StepRecord.Act.EXCEPTION_ASKED
    keeps_date = wish.outcome is not None and {"date-agreed", "date-not-too-soon"} & wish.asks
    record = write_later_record(
        wish.record,
        said if keeps_date else replace(said, agreed_date=None),
        why,
        wish.by,
        case.now,
        answer=answer_of(step, said.outcome) if wish.outcome and step.kind == "consent" else "",
        outcome="" if asked else said.outcome,
        exception_kind=said.outcome if asked else "",
        practitioner=wish.practitioner,
    )
    if wish.outcome and step.kind in DECIDING:
        Decision.objects.create(
            run=case.run,
            step_record=record,
            decided_by=wish.by,
            decided_at=record.happened_at,
            outcome=said.outcome,
            reason=said.reason,
        )
    return record


def _manages(by: Practitioner, author: Practitioner, now: datetime) -> bool:
    try:
        sight = sight_of(by, now)
    except NotHere:
        return False
    return author.pk in sight.manages or sight.sees_all


def _tell_the_others(opened: Opened, wrong: StepRecord, *, everybody: bool) -> None:
    """Who wrote it down, and the worker now: their work may rest on what was wrong. For another outcome, also who
    takes over, and whoever wrote something down since."""
    case = opened.case
    concerned = {wrong.recorded_by, case.worker_now}
    if everybody:
        since = case.records[case.records.index(wrong) + 1 :]
        concerned |= {one.recorded_by for one in since} | ({case.people.receiver} if case.people.receiver else set())
    for one in concerned:
        if one.pk != opened.by.pk and one.email and is_there(one, case.now):
            path = f"/transfers/{case.run.ref}/story"
            put_in_outbox("record-corrected", to_address=one.email, now=case.now, context={"path": path}, run=case.run)
