"""Reasons of the engine in words, with what a person needs to act on each: who can supply it, where, by when, why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from handhold.access.concerns import find_bypass, knows_of_concern
from handhold.access.papers import is_council_side
from handhold.access.refusals import HandsOnToNobodyElse, ReasonNeeded, StepRefused
from handhold.access.transfers import Opened
from handhold.casefiles.steps_by_meaning import receiver_after
from handhold.protocol.conditions import applies
from handhold.protocol.deciding import Reason
from handhold.protocol.definition import Step
from handhold.protocol.explaining import Names, sentence_of
from handhold.protocol.facts import Child
from handhold.protocol.standing import State, standing_of
from handhold.protocol.vocabulary import EXCEPTIONS
from handhold.queries.naming import first_name, listed
from handhold.queries.possible_acts import ONLY_ON_RECORD, find_offers, may_ask_exception, may_decide_exception
from handhold.queries.whose_move import Reachable, WhosWho, reachable
from handhold.working_days import DueWords, due_words

CONCERN = "concern-undecided"
ExceptionWay = Literal["", "ask", "waits", "decide"]


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing or in the way. `step` and `child_ref` name the page where it is supplied, if one is.

    `what` says it whole; `title` and `child_name` are its parts where it is the step of one child.
    """

    problem: str
    what: str
    who: str
    people: tuple[Reachable, ...]
    clauses: tuple[str, ...]
    step: str = ""
    family_ref: str = ""
    """The family, where what is open or lacking stands with it and no step of the transfer settles it."""
    title: str = ""
    child_ref: str = ""
    child_name: str = ""
    kind: str = ""
    state: State | Literal[""] = ""
    can_do_now: bool = False
    exception: ExceptionWay = ""
    exception_words: str = ""
    waits_for: str = ""
    due: DueWords | None = None
    holder_ref: str = ""
    """Whose work has to be moved to somebody else, where that is what helps."""


def find_gaps(opened: Opened, reasons: Iterable[Reason], whos: WhosWho) -> tuple[Gap, ...]:
    """Each reason with its words, in the engine's order."""
    return tuple(_gap(opened, reason, whos) for reason in reasons)


def find_gaps_of(refused: StepRefused | ReasonNeeded) -> tuple[Gap, ...]:
    """Why an act was refused, in words, in the protocol's order."""
    whos = WhosWho(refused.opened)
    if isinstance(refused, HandsOnToNobodyElse):
        return (_hands_on_to_nobody_else(refused),)
    if isinstance(refused, StepRefused):
        return find_gaps(refused.opened, refused.reasons, whos)
    needed, who = "A reason has to be written.", refused.needs.who
    return (Gap("reason-missing", needed, whos.named(who), whos.people(who), (), title=needed),)


def _hands_on_to_nobody_else(refused: HandsOnToNobodyElse) -> Gap:
    """What to do instead: somebody else is named, on the page of whoever holds the children."""
    holder, manager = refused.holder, refused.opened.case.people.manager
    (reason,) = refused.reasons
    name = reachable(holder).name
    what = (
        f"“{reason.what}” would move nobody: {name} answers for the children already. Reallocate them to somebody else."
    )
    return Gap(
        reason.problem, what, reachable(manager).name, (reachable(manager),), reason.clauses, holder_ref=holder.ref
    )


def title_of(opened: Opened, step: Step, child: Child | None) -> str:
    """`Write the endings letter: Chidi`"""
    return step.title if child is None else f"{step.title}: {first_name(opened.case.children[child].person)}"


def due_of(opened: Opened, step: str, child: Child | None) -> DueWords | None:
    """The due words of a step that waits, by its own limit; None where only that of the whole transfer runs."""
    deadline = opened.case.observed.deadlines.get((step, child))
    if deadline is None or deadline.is_whole_run:
        return None
    return due_words(opened.case.now, deadline.due_at, opened.case.calendar)


def exception_way(opened: Opened, step: Step, child: Child | None, state: str) -> ExceptionWay:
    """What this person can do about an exception of this step."""
    if state == "exception-asked":
        return "decide" if may_decide_exception(opened, step, child) else "waits"
    return "ask" if may_ask_exception(opened, step, child) else ""


def exception_kinds(step: Step) -> str:
    """`the family declined or it would not be safe`: where the step can be excepted; empty where it cannot."""
    return listed([EXCEPTIONS[kind] for kind in step.exception.kinds], "or") if step.exception else ""


def _gap(opened: Opened, reason: Reason, whos: WhosWho) -> Gap:
    if _is_of_concern(opened, reason) and not is_council_side(opened):
        return _looked_into(opened, reason)
    if reason.what == CONCERN:
        return _concern(opened, reason, whos)
    if reason.problem == "step-missing":
        return _missing_step(opened, reason, whos)
    return _general(opened, reason, whos)


def _general(opened: Opened, reason: Reason, whos: WhosWho) -> Gap:
    case, sentence = opened.case, _sentence(opened, reason)
    who = reason.who or _who_settles(opened, reason)
    return Gap(
        problem=reason.problem,
        what=sentence,
        title=sentence,
        who=whos.others(who) if reason.problem == "own-work" else whos.named(who),
        people=whos.people(who),
        clauses=reason.clauses,
        step=_page_of(opened, reason),
        family_ref=case.run.family.ref if _is_of_family(reason) else "",
        child_ref="" if reason.child is None else case.children[reason.child].person.ref,
    )


def _is_of_family(reason: Reason) -> bool:
    """Whether what is open, or what the record lacks, stands with the family and not with the transfer."""
    return reason.problem == "matter-open" or (reason.problem == "word-missing" and reason.what in ONLY_ON_RECORD)


def _is_of_concern(opened: Opened, reason: Reason) -> bool:
    return reason.what == CONCERN or reason.step in opened.case.pathway.concern_steps()


def _looked_into(opened: Opened, reason: Reason) -> Gap:
    """An undecided concern, for who has not to know of it (Y55): that something is open, and whom to ring."""
    who = reachable(opened.case.worker_now)
    if opened.case.worker_now.pk == opened.by.pk:
        who = reachable(opened.case.people.manager)
    sentence = f"Something is being looked into. Ring {who.name}{f' on {who.phone}' if who.phone else ''}."
    return Gap(reason.problem, sentence, who.name, (who,), (), title=sentence)


def _concern(opened: Opened, reason: Reason, whos: WhosWho) -> Gap:
    """An undecided concern. One that passes somebody by names who answers for it; to them it is not said (Y52)."""
    past, holders = find_bypass(opened.case)
    if not knows_of_concern(opened):
        case = opened.case
        near = [one for one in (case.worker_now, case.people.manager) if one.pk not in past]
        who = reachable((near or holders or [case.people.stand_in])[0])
        sentence = f"This cannot be done yet. Ring {who.name}{f' on {who.phone}' if who.phone else ''}."
        return Gap(reason.problem, sentence, who.name, (who,), (), title=sentence)
    gap = _general(opened, reason, whos)
    if not holders:
        return gap
    people = tuple(reachable(one) for one in holders)
    return replace(gap, who=listed([one.name for one in people], "or"), people=people)


def _page_of(opened: Opened, reason: Reason) -> str:
    """The step on whose page it is settled, if there is one."""
    pathway = opened.case.pathway
    match reason.problem:
        case "matter-open" if reason.what == "concern-undecided":
            return pathway.concern_steps()[1]
        case "no-consent":
            return next((step.id for step in pathway.steps.values() if step.kind == "consent"), "")
        case "no-receiver":
            return next((step.id for step in pathway.steps.values() if _brings_receiver(opened, step)), "")
        case "word-missing" | "no-exception" | "exception-not-asked":
            return reason.step
        case _:
            return ""


def _brings_receiver(opened: Opened, step: Step) -> bool:
    """Whether somebody can come to accept by this step, as things stand now."""
    accepts = any(receiver_after(outcome) == "accepted" for outcome in step.outcomes.values())
    return accepts and applies(opened.case.pathway, opened.case.observed.facts, step, None)


def _missing_step(opened: Opened, reason: Reason, whos: WhosWho) -> Gap:
    case, child = opened.case, reason.child
    step = case.pathway.steps[reason.step]
    standing = standing_of(case.pathway, case.observed.facts, step, child)
    return Gap(
        problem=reason.problem,
        what=title_of(opened, step, child),
        who=whos.named(standing.who),
        people=whos.people(standing.who),
        clauses=reason.clauses,
        step=step.id,
        title=step.title,
        child_ref="" if child is None else case.children[child].person.ref,
        child_name="" if child is None else first_name(case.children[child].person),
        kind=step.kind,
        state=standing.state,
        can_do_now=bool(find_offers(opened, step, child).outcomes),
        exception=exception_way(opened, step, child, standing.state),
        exception_words=exception_kinds(step),
        waits_for=waits_for(opened, standing.waits_for),
        due=due_of(opened, step.id, child),
    )


def waits_for(opened: Opened, reasons: Iterable[Reason]) -> str:
    """The titles of what must be done first, at most two of them by name."""
    steps = opened.case.pathway.steps
    titles = list(dict.fromkeys(f"“{steps[reason.step].title}”" for reason in reasons))
    if len(titles) > 3:
        titles = [*titles[:2], f"{len(titles) - 2} other steps"]
    return listed(titles)


def _who_settles(opened: Opened, reason: Reason) -> tuple[str, ...]:
    """Who can put right what the engine names nobody for."""
    steps, file = opened.case.pathway.steps.values(), opened.case.protocol.file
    match reason.problem:
        case "matter-open" if reason.what == "concern-undecided":
            return tuple(file.concern.received_by)
        case "matter-open" | "run-over" | "does-not-apply" | "not-offered" | "already-done":
            return ("responsible-manager",)
        case "no-consent":
            return next((tuple(step.who) for step in steps if step.kind == "consent"), ())
        case "no-receiver":
            return ("responsible-worker",)
        case _:
            return tuple(opened.case.pathway.steps[reason.step].who)


def _sentence(opened: Opened, reason: Reason) -> str:
    case = opened.case
    names = Names(children=tuple(first_name(held.person) for held in case.children))
    return sentence_of(case.protocol, case.pathway, reason, names).what_is_missing
