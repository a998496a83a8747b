"""Recording a step of a run, asking for an exception, deciding one: the verbs through which a transfer moves.

Each is one transaction: the form once, access and locks, facts, `decide`, records, audit, outbox, the constraints.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.db import transaction

from handhold.access.transfers import Opened, access_transfer_to_change
from handhold.actions.announcing import announce
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.refusals import HappenedLater, NoSuchChoice, ReasonNeeded, StepRefused
from handhold.audit.recording import record_event
from handhold.casefiles.case import Case
from handhold.casefiles.contents import Content
from handhold.casefiles.details import keep_details
from handhold.casefiles.writing import carry_out, set_receiver, set_worker
from handhold.protocol import effects as e
from handhold.protocol.deciding import Allowed, NeedsReason, Refused, decide
from handhold.protocol.facts import Act
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Practitioner, StepRecord

ACTS: dict[str, StepRecord.Act] = {
    "record": StepRecord.Act.RECORDED,
    "ask-exception": StepRecord.Act.EXCEPTION_ASKED,
    "decide-exception": StepRecord.Act.EXCEPTION_DECIDED,
}
Verb = Literal["record", "ask-exception", "decide-exception"]


@transaction.atomic
def record_step(
    ref: str,
    step: str,
    outcome: str,
    content: Content,
    *,
    child_ref: str | None = None,
    reason: str = "",
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Opened:
    """Records that a step of a run came out so, with what was written down, and does what the protocol says follows.

    Raises NotHere, NoSuchChoice, HappenedLater, StepRefused (all reasons), ReasonNeeded, EditedMeanwhile,
    AlreadySubmitted.
    Returns the transfer as it was opened, before the act.
    """
    carry_out_once(submission, now)
    opened = access_transfer_to_change(ref, by=by, now=now)
    if content.happened_at > now:
        raise HappenedLater
    record_opened(opened, "record", step, outcome, content, child_ref=child_ref, reason=reason)
    return opened


@transaction.atomic
def ask_exception(
    ref: str,
    step: str,
    kind: str,
    reason: str,
    *,
    child_ref: str | None = None,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Opened:
    """Asks that a gate be excepted (H7): `kind` is declined, not-possible ...; `reason` is what was tried, and why."""
    carry_out_once(submission, now)
    opened = access_transfer_to_change(ref, by=by, now=now)
    record_opened(opened, "ask-exception", step, kind, Content(now), child_ref=child_ref, reason=reason)
    return opened


@transaction.atomic
def decide_exception(
    ref: str,
    step: str,
    *,
    granted: bool,
    reason: str,
    child_ref: str | None = None,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Opened:
    """A second person grants or refuses an exception, with the reason (H6, H7)."""
    carry_out_once(submission, now)
    opened = access_transfer_to_change(ref, by=by, now=now)
    answer = "granted" if granted else "refused"
    record_opened(opened, "decide-exception", step, answer, Content(now), child_ref=child_ref, reason=reason)
    return opened


def record_opened(
    opened: Opened, verb: Verb, step: str, outcome: str, content: Content, *, child_ref: str | None, reason: str
) -> StepRecord:
    """The act itself on an opened and locked transfer, within the caller's transaction. Raises as `record_step`.

    1 decide  2 name who was chosen  3 the record, what was written down  4 effects  5 audit  6 outbox  7 constraints
    """
    case, by = opened.case, opened.by
    act = act_of(opened, verb, step, outcome, content, child_ref=child_ref, has_reason=bool(reason.strip()))
    answer = decide(case.pathway, case.observed.facts, act)
    if isinstance(answer, Refused):
        raise StepRefused(answer, opened)
    if isinstance(answer, NeedsReason):
        raise ReasonNeeded(answer, opened)
    name_chosen(case, content, answer)
    record = _write_record(case, act, content, reason, by)
    keep_details(content, case, record)
    carry_out(case, answer.effects, by=by)
    record_event(
        f"step.{record.act}",
        by=by,
        now=case.now,
        subjects=[case.run.ref, case.run.family.ref, *(child.person.ref for child in case.children)],
        after={"step": step, "outcome": outcome, "child": child_ref, "effects": [repr(one) for one in answer.effects]},
        on_behalf_of=content.on_behalf_of,
    )
    announce(case, record, answer.effects)
    check_constraints_now()
    return record


def act_of(
    opened: Opened, verb: Verb, step: str, outcome: str, content: Content, *, child_ref: str | None, has_reason: bool
) -> Act:
    """What somebody wants to do, as the engine is asked. Raises NoSuchChoice for what the run does not have."""
    case = opened.case
    try:
        rule, child = case.pathway.steps[step], case.position_of(child_ref)
    except KeyError as missing:
        raise NoSuchChoice from missing
    known = {
        "record": rule.outcomes,
        "ask-exception": {"declined", "not-possible", "unsafe", "not-applicable"},
        "decide-exception": {"granted", "refused"},
    }[verb]
    if outcome not in known or (child is None) != (rule.per == "run"):
        raise NoSuchChoice
    own = case.observed.own(str(opened.by.pk))
    return Act(verb, step, outcome, child, opened.words, own, content.words(case), has_reason)


def name_chosen(case: Case, content: Content, answer: Allowed) -> None:
    """Whoever was chosen becomes the run's receiver, or its worker, before the effects that speak of them."""
    if content.practitioner is None:
        return
    if any(isinstance(effect, e.ReceiverStands) and effect.state != "none" for effect in answer.effects):
        set_receiver(case, content.practitioner)
    elif any(isinstance(effect, e.Allocated) and effect.holder == "responsible-worker" for effect in answer.effects):
        set_worker(case, content.practitioner)


def _write_record(case: Case, act: Act, content: Content, reason: str, by: Practitioner) -> StepRecord:
    child = None if act.child is None else case.children[act.child].person
    earlier = [one for one in case.records if one.step == act.step and one.child_id == (child.pk if child else None)]
    rounds = 1 + sum(one.act == StepRecord.Act.RECORDED for one in earlier)
    asking = act.verb == "ask-exception"
    return StepRecord.objects.create(
        run=case.run,
        step=act.step,
        child=child,
        round=rounds,
        act=ACTS[act.verb],
        outcome="" if asking else act.outcome,
        exception_kind=act.outcome if asking else "",
        reason=reason,
        happened_at=content.happened_at,
        recorded_at=case.now,
        recorded_by=by,
        on_behalf_of=content.on_behalf_of,
        practitioner=content.practitioner,
        agreed_date=content.agreed_date,
    )
