"""The page of one step of a transfer: what is asked, of whom, whether it can be done now, what stands already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from handhold.access.papers import find_withheld, is_council_side
from handhold.access.refusals import NoSuchChoice
from handhold.access.transfers import Opened
from handhold.casefiles.case import Case
from handhold.protocol.conditions import fact_of
from handhold.protocol.deciding import Reason
from handhold.protocol.definition import Step
from handhold.protocol.facts import Child
from handhold.protocol.standing import standing_of
from handhold.queries.gaps import ExceptionWay, Gap, due_of, exception_kinds, exception_way, find_gaps
from handhold.queries.naming import first_name, practitioner_name
from handhold.queries.possible_acts import Offers, find_offers
from handhold.queries.transfers import destination_words, done_words_for, exception_words, standing_record
from handhold.queries.waiting import limit_words
from handhold.queries.whose_move import Reachable, WhosWho
from handhold.records.models import StepRecord
from handhold.working_days import DueWords


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """A way in which the step can come out: its words, what it needs, and what is done again after it."""

    id: str
    called: str
    needs_reason: bool
    asks: frozenset[str]
    undoes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandsLine:
    """The record by which the step stands now; else the exception that was refused last."""

    words: str
    happened_at: datetime
    recorded_at: datetime
    reason: str
    is_record: bool
    """Whether the step was recorded, and not excepted."""


@dataclass(frozen=True, slots=True)
class AskedLine:
    """An exception that somebody asked for."""

    by: str
    at: datetime
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class SiblingLine:
    """The same step for another child."""

    ref: str
    name: str
    is_done: bool
    outcomes: tuple[str, ...]
    """What this person can record for that child now."""


@dataclass(frozen=True, slots=True)
class StepPage:
    """Everything on a step's page but its form. `outcomes`: those on offer to this person, else those that fit."""

    ref: str
    family: str
    family_ref: str
    pathway: str
    destination: str
    step: Step
    child: Child | None
    child_ref: str
    child_name: str
    state: str
    due: DueWords | None
    limit: str
    outcomes: tuple[OutcomeLine, ...]
    can_record: bool
    gaps: tuple[Gap, ...]
    is_mine: bool
    is_receiver: bool
    whose: str
    people: tuple[Reachable, ...]
    stands: StandsLine | None
    exception: ExceptionWay
    exception_words: str
    asked: AskedLine | None
    siblings: tuple[SiblingLine, ...]


def find_step_page(opened: Opened, step: str, child_ref: str) -> StepPage:
    """The page of a step. Raises NoSuchChoice for a step or child that the transfer does not have.

    That a concern is decided is for the council's side (Y55): for others there is no such step.
    """
    case, whos = opened.case, WhosWho(opened)
    rule, child = _slot(case, step, child_ref)
    if step == case.pathway.concern_steps()[1] and not is_council_side(opened):
        raise NoSuchChoice
    offers = find_offers(opened, rule, child)
    standing = standing_of(case.pathway, case.observed.facts, rule, child)
    deadline = case.observed.deadlines.get((step, child))
    asked = case.observed.asked.get((step, child)) is not None
    return StepPage(
        ref=case.run.ref,
        family=f"{case.run.family.name} family",
        family_ref=case.run.family.ref,
        pathway=case.pathway.file.title,
        destination=destination_words(case),
        step=rule,
        child=child,
        child_ref=child_ref if child is not None else "",
        child_name="" if child is None else first_name(case.children[child].person),
        state=standing.state,
        due=due_of(opened, step, child) if standing.state in ("ready", "held-back", "exception-asked") else None,
        limit=limit_words(case, deadline) if deadline and not deadline.is_whole_run else "",
        outcomes=tuple(_outcome(case, rule, name) for name in for_people(rule, offers.outcomes or offers.fitting)),
        can_record=bool(offers.outcomes),
        gaps=find_gaps(opened, () if standing.state in ("done", "excepted") else _in_the_way(offers), whos),
        is_mine=whos.is_mine(standing.who),
        is_receiver="receiver" in opened.words,
        whose=whos.named(standing.who),
        people=whos.people(standing.who),
        stands=_stands(opened, rule, child),
        exception=exception_way(opened, rule, child, standing.state),
        exception_words=exception_kinds(rule),
        asked=_asked(opened, rule, child) if asked else None,
        siblings=tuple(_siblings(opened, rule, child)),
    )


def _in_the_way(offers: Offers) -> Iterable[Reason]:
    """What is missing; that it is somebody else's move is said apart from it."""
    return (reason for reason in offers.reasons if reason.problem != "not-yours")


def _slot(case: Case, step: str, child_ref: str) -> tuple[Step, Child | None]:
    try:
        rule, child = case.pathway.steps[step], case.position_of(child_ref)
    except KeyError as missing:
        raise NoSuchChoice from missing
    if rule.per == "child" and child is None:
        raise NoSuchChoice
    return rule, child if rule.per == "child" else None


def for_people(step: Step, outcomes: Sequence[str]) -> Sequence[str]:
    """Without what comes by itself as time passes, wherever people have an answer of their own."""
    own = [name for name in outcomes if not step.outcomes[name].by_itself]
    return own or outcomes


def _outcome(case: Case, step: Step, name: str) -> OutcomeLine:
    outcome = step.outcomes[name]
    stand = {done for done, _ in case.observed.standing}
    undone = [case.pathway.steps[voided].title for voided in outcome.voids if voided in stand]
    return OutcomeLine(name, outcome.called, outcome.needs_reason, frozenset(outcome.asks), tuple(undone))


def _stands(opened: Opened, step: Step, child: Child | None) -> StandsLine | None:
    record = standing_record(opened.case, step.id, child) or _refused_last(opened.case, step, child)
    if record is None or record.act == StepRecord.Act.EXCEPTION_ASKED:
        return None
    reason = "" if record.pk in find_withheld(opened) else record.reason
    words, is_record = done_words_for(opened, step, record), record.act == StepRecord.Act.RECORDED
    return StandsLine(words, record.happened_at, record.recorded_at, reason, is_record)


def _refused_last(case: Case, step: Step, child: Child | None) -> StepRecord | None:
    """The decision by which the step has still to be done, where that is the last word on it."""
    person = None if child is None else case.children[child].person.pk
    last = next((one for one in reversed(case.records) if one.step == step.id and one.child_id == person), None)
    return last if last and last.act == StepRecord.Act.EXCEPTION_DECIDED else None


def _asked(opened: Opened, step: Step, child: Child | None) -> AskedLine | None:
    case = opened.case
    person = None if child is None else case.children[child].person.pk
    own = (one for one in reversed(case.records) if one.step == step.id and one.child_id == person)
    record = next((one for one in own if one.act == StepRecord.Act.EXCEPTION_ASKED), None)
    if record is None:
        return None
    is_withheld = record.pk in find_withheld(opened)
    kind = "a reason that is not shared" if is_withheld else exception_words(record.exception_kind)
    reason = "" if is_withheld else record.reason
    return AskedLine(practitioner_name(record.recorded_by), record.recorded_at, kind, reason)


def _siblings(opened: Opened, step: Step, child: Child | None) -> Iterable[SiblingLine]:
    case = opened.case
    for place, held in enumerate(case.children if child is not None else ()):
        if place != child:
            fact = fact_of(case.pathway, case.observed.facts, step.id, place)
            yield SiblingLine(
                held.person.ref,
                first_name(held.person),
                bool(fact.outcome or fact.exception == "granted"),
                find_offers(opened, step, place).outcomes,
            )
