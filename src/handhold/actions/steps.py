"""Recording a step of a run, asking for an exception, deciding one: the verbs through which a transfer moves.

Each is one transaction: the form once, access and locks, facts, `decide`, records, audit, outbox, the constraints.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from django.db import transaction

from handhold.access.transfers import Opened, access_transfer_to_change, is_there
from handhold.access.words import roles_of
from handhold.actions.announcing import announce, tell_receivers
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.refusals import (
    HandsOnToNobodyElse,
    HappenedLater,
    HappenedTooEarly,
    NoSuchChoice,
    ReasonNeeded,
    StepRefused,
)
from handhold.audit.recording import record_event
from handhold.casefiles.case import Case, find_matters
from handhold.casefiles.contents import Content
from handhold.casefiles.details import keep_details
from handhold.casefiles.writing import carry_out, set_receiver, set_worker
from handhold.protocol import effects as e
from handhold.protocol.allocating import roles_allocated_by
from handhold.protocol.deciding import Allowed, NeedsReason, Reason, Refused, decide
from handhold.protocol.facts import Act
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Concern, Practitioner, StepRecord

ACTS: dict[str, StepRecord.Act] = {
    "record": StepRecord.Act.RECORDED,
    "ask-exception": StepRecord.Act.EXCEPTION_ASKED,
    "decide-exception": StepRecord.Act.EXCEPTION_DECIDED,
}
Verb = Literal["record", "ask-exception", "decide-exception"]
BY_OFFICE = frozenset({"responsible-manager", "stand-in"})
"""The relations that take a child on by office, whoever holds it."""


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

    Raises NotHere, NoSuchChoice, HappenedLater, HappenedTooEarly, StepRefused (all reasons), ReasonNeeded,
    EditedMeanwhile, AlreadySubmitted.
    Returns the transfer as it was opened, before the act.
    """
    carry_out_once(submission, now)
    opened = access_transfer_to_change(ref, by=by, now=now)
    _check_recordable(opened, step, content, child_ref)
    record_opened(opened, "record", step, outcome, content, child_ref=child_ref, reason=reason)
    return opened


@transaction.atomic
def record_step_for_children(
    ref: str,
    step: str,
    outcome: str,
    content: Content,
    *,
    child_refs: Sequence[str],
    reason: str = "",
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Opened:
    """Records the same for several children, so that nobody writes it once for each: for all of them, or for none.

    What is recorded for one child can change what may be done for the next, so the transfer is read anew for each,
    under the one lock. Raises and returns as `record_step`; NoSuchChoice also where no child is named.
    """
    carry_out_once(submission, now)
    first = opened = access_transfer_to_change(ref, by=by, now=now)
    _check_recordable(first, step, content, None)
    if not child_refs:
        raise NoSuchChoice
    for place, child_ref in enumerate(dict.fromkeys(child_refs)):
        if place:
            opened = access_transfer_to_change(ref, by=by, now=now)
        record_opened(opened, "record", step, outcome, content, child_ref=child_ref, reason=reason)
    return first


def _check_recordable(opened: Opened, step: str, content: Content, child_ref: str | None) -> None:
    """Raises as `check_when_it_happened`, and NoSuchChoice for a step that has verbs of its own."""
    check_when_it_happened(opened, content.happened_at, child_ref)
    if step in opened.case.pathway.concern_steps():
        raise NoSuchChoice  # a concern is reported and decided by verbs of its own, which keep what was said


def check_when_it_happened(opened: Opened, happened_at: datetime, child_ref: str | None) -> None:
    """Raises HappenedLater for what has yet to happen, HappenedTooEarly for a day before anything of it could (H12).

    Nothing of a transfer happens before its first event and before the child's involvement began, whichever is earlier.
    """
    case = opened.case
    if happened_at > case.now:
        raise HappenedLater
    children = [child for child in case.children if child_ref in (None, child.person.ref)]
    began = [one.open_during.lower for child in children for one in child.involvements.values()]
    first = min((case.run.started_at, *began, *(record.happened_at for record in case.records)))
    earliest = case.calendar.local_date(first)
    if case.calendar.local_date(happened_at) < earliest:
        raise HappenedTooEarly(earliest)


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
    8 nothing came up meanwhile
    """
    case, by = opened.case, opened.by
    act = act_of(opened, verb, step, outcome, content, child_ref=child_ref, has_reason=bool(reason.strip()))
    check_chosen(content, opened, act)
    answer = decide(case.pathway, case.observed.facts, act)
    if isinstance(answer, Refused):
        raise StepRefused(answer, opened)
    if isinstance(answer, NeedsReason):
        raise ReasonNeeded(answer, opened)
    _check_hands_on(opened, act, answer, content.practitioner)
    name_chosen(case, content, answer)
    record = _write_record(case, act, content, reason, by)
    case.records.append(record)
    keep_details(content, case, record)
    carry_out(case, answer.effects, by=by)
    record_event(
        f"step.{record.act}",
        by=None if content.by_time else by,
        now=case.now,
        subjects=[case.run.ref, case.run.family.ref, *(child.person.ref for child in case.children)],
        after={"step": step, "outcome": outcome, "child": child_ref, "effects": [repr(one) for one in answer.effects]},
        on_behalf_of=content.on_behalf_of,
    )
    announce(case, record, answer.effects)
    _report_what_was_raised(case, answer, by)
    check_constraints_now()
    _check_nothing_came_up(opened, act, answer)
    _check_still_there(case, content.practitioner, answer)
    return record


def check_chosen(content: Content, opened: Opened, act: Act) -> None:
    """Raises NoSuchChoice for somebody chosen who has left, is of another council, or has not the role here."""
    chosen, case = content.practitioner, opened.case
    if chosen is None:
        return
    if not is_there(chosen, case.now) or chosen.agency.authority_id != case.run.authority_id:
        raise NoSuchChoice
    step = case.pathway.steps[act.step]
    outcome = step.outcomes.get(act.outcome)
    if outcome is None or "practitioner-chosen" not in (*step.asks, *outcome.asks):
        return
    roles = roles_allocated_by(case.protocol, outcome, step.who)
    if roles and not roles_of(chosen, case.now) & roles:
        raise NoSuchChoice


def _check_hands_on(opened: Opened, act: Act, answer: Allowed, chosen: Practitioner | None) -> None:
    """Raises HandsOnToNobodyElse for a handing on that would move no child: somebody else has to be named (H1).

    So where whoever takes over by office is who hands on; and where there is nobody left to take the children from.
    """
    case, moved = opened.case, [effect for effect in answer.effects if isinstance(effect, e.Allocated)]
    for effect in moved:
        held = case.children[effect.child].allocations[effect.kind]
        if effect.holder in BY_OFFICE and held.practitioner_id == case.people.holder(effect.holder).pk:
            raise _hands_on_to_nobody_else(opened, act, held.practitioner)
    brings_about = case.pathway.steps[act.step].outcomes[act.outcome].effects if act.verb == "record" else []
    only_moves = bool(brings_about) and all(effect.reallocate_from for effect in brings_about)
    holder = case.worker_now
    if only_moves and not moved and (chosen is None or chosen.pk != holder.pk):
        raise _hands_on_to_nobody_else(opened, act, holder)


def _hands_on_to_nobody_else(opened: Opened, act: Act, holder: Practitioner) -> HandsOnToNobodyElse:
    called = opened.case.pathway.steps[act.step].outcomes[act.outcome].called
    reason = Reason("not-offered", act.step, act.child, called, (), ("H1",))
    return HandsOnToNobodyElse(Refused((reason,)), opened, holder)


def _report_what_was_raised(case: Case, answer: Allowed, by: Practitioner) -> None:
    """A concern that the act itself raised is sent to whoever receives concerns, like any other (Y52)."""
    if not any(isinstance(effect, e.MatterOpened) for effect in answer.effects):
        return
    for concern in Concern.objects.filter(family=case.run.family_id, reported_by=by, sent_at=case.now):
        record_event("concern.reported", by=by, now=case.now, subjects=[concern.ref, case.run.family.ref])
        tell_receivers(concern, case.now)


def _check_nothing_came_up(opened: Opened, act: Act, answer: Allowed) -> None:
    """Raises StepRefused for an ending over what was committed since it was decided: a concern waits for nobody (H3).

    Asked last of all. An act that has come through its constraints holds the lock that orders the audit, until it
    commits: what was committed before is seen now, what is not seen will be committed after (ADR 0010).
    """
    if not any(isinstance(effect, e.InvolvementClosed) for effect in answer.effects):
        return
    case = opened.case
    facts = case.observed.facts._replace(matters=find_matters(case) - case.observed.settled)
    again = decide(case.pathway, facts, act)
    if isinstance(again, Refused):
        raise StepRefused(again, opened)


def _check_still_there(case: Case, chosen: Practitioner | None, answer: Allowed) -> None:
    """Raises NoSuchChoice where whoever was chosen, or becomes accountable, has left since (ADR 0010, 0014)."""
    takes_on = [one for one in answer.effects if isinstance(one, e.Allocated | e.InvolvementOpened)]
    people = {case.people.holder(effect.holder).pk for effect in takes_on} | ({chosen.pk} if chosen else set())
    for one in Practitioner.objects.filter(pk__in=people) if people else ():
        if not is_there(one, case.now):
            raise NoSuchChoice


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
    taken_back = (case.stand.first_of(one) for one in case.stand.taken_back)
    earlier += [one for one in taken_back if one.step == act.step and one.child_id == (child.pk if child else None)]
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
        by_time=content.by_time,
    )
