"""One transfer as its page shows it: who holds whom, what is missing before social work ends, whose move it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from handhold.access.papers import find_unsafe, is_council_side
from handhold.access.transfers import Opened
from handhold.casefiles.case import Case
from handhold.casefiles.children import HeldChild
from handhold.casefiles.steps_by_meaning import effects_of, is_only_possible
from handhold.protocol.deciding import EARLY_HELP
from handhold.protocol.definition import ExceptionKind, Step
from handhold.protocol.facts import Child, is_over
from handhold.protocol.standing import Standing, find_closure_gaps, find_standings
from handhold.protocol.vocabulary import EXCEPTIONS
from handhold.queries.absences import receiver_away
from handhold.queries.before_the_end import BeforeTheEnd, before_what, find_rows
from handhold.queries.beside_the_steps import Beside, ConsentLine, find_beside
from handhold.queries.gaps import ExceptionWay, Gap, due_of, exception_way, find_gaps, title_of, waits_for
from handhold.queries.naming import age_words, first_name, listed, practitioner_name, with_ages, writer_name
from handhold.queries.possible_acts import find_offers
from handhold.queries.waiting import limit_words
from handhold.queries.whose_move import Reachable, WhosWho, reachable
from handhold.records.models import StepRecord
from handhold.working_days import DueWords, due_words


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A child of the transfer: who is responsible now, and how it ended for them (empty while it has not)."""

    ref: str
    name: str
    age: str
    responsible: str
    outcome: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step (for one child) as a row of a task list."""

    step: str
    child_ref: str
    title: str
    kind: str
    state: str
    whose: str
    can_do_now: bool
    exception: ExceptionWay
    waits_for: str
    due: DueWords | None
    limit: str
    clauses: tuple[str, ...]
    done_words: str
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class StageLines:
    """A stage of the pathway, with what is to do in it and what is done."""

    title: str
    to_do: tuple[StepLine, ...]
    done: tuple[StepLine, ...]


@dataclass(frozen=True, slots=True)
class TransferPage:
    """Everything on the page of a transfer."""

    ref: str
    family: str
    family_ref: str
    children: tuple[ChildLine, ...]
    children_words: str
    pathway: str
    destination: str
    responsible: tuple[Reachable, ...]
    manager: Reachable
    receiver: Reachable | None
    receiver_words: str
    receiver_away: str
    """When whoever was asked or takes over is away, and who stands beside them meanwhile."""
    consent: str
    consent_is_live: bool
    started_at: datetime
    started_by: str
    agreed_by: date | None
    due: DueWords | None
    ended_at: datetime | None
    ending: str
    direction: str
    somebody_takes_over: bool
    """Whether this pathway ever chooses a practitioner who follows."""
    asks_consent: bool
    """Whether this pathway asks for consent to early help."""
    before_what: str
    """What the panel of the gaps is headed with; empty where nothing of this transfer can close now."""
    before_the_end: BeforeTheEnd
    stages: tuple[StageLines, ...]
    if_something_changes: tuple[StepLine, ...]
    beside: Beside
    other_end: str


def find_transfer_page(opened: Opened) -> TransferPage:
    """The page of an opened transfer, for who opened it."""
    case, whos, beside = opened.case, WhosWho(opened), find_beside(opened)
    run, today = case.run, case.calendar.local_date(case.now)
    lines = {
        (one.step.id, one.child): step_line(opened, one, whos)
        for one in find_standings(case.pathway, case.observed.facts)
        if one.step.id not in case.pathway.concern_steps()
    }
    people = [held.person for held in case.children]
    receiver = case.people.receiver
    effects = [one for step in case.pathway.steps.values() for one in effects_of(step)]
    return TransferPage(
        ref=run.ref,
        family=f"{run.family.name} family",
        family_ref=run.family.ref,
        children=tuple(_child_line(held, case, today) for held in case.children),
        children_words=with_ages(people, today),
        pathway=case.pathway.file.title,
        destination=destination_words(case),
        responsible=_responsible_now(case),
        manager=reachable(case.people.manager),
        receiver=reachable(receiver) if receiver else None,
        receiver_words=_receiver_words(case),
        receiver_away=receiver_away(case),
        consent=_consent_words(case, beside.consents),
        consent_is_live=_consent_stands(case),
        started_at=run.started_at,
        started_by=whos.named(("responsible-worker",)) if run.started_by_id == run.sender_id else "",
        agreed_by=_agreed_date(case, acceptance=False),
        due=_due_of_run(opened),
        ended_at=run.ended_at,
        ending=ending_words(case),
        direction=case.pathway.file.direction,
        somebody_takes_over=any(one.receiver == "accepted" for one in effects),
        asks_consent=any(one.consent for one in effects),
        before_what=before_what(case),
        before_the_end=find_rows(() if run.ended_at else _gaps_in_order(opened, whos)),
        stages=_stages(case, lines),
        if_something_changes=tuple(line for line in lines.values() if _is_beside(case, line) and line.can_do_now),
        beside=beside,
        other_end=_other_end(opened),
    )


def step_line(opened: Opened, standing: Standing, whos: WhosWho) -> StepLine:
    """One step as it stands."""
    case, step, child = opened.case, standing.step, standing.child
    record = standing_record(case, step.id, child)
    deadline = case.observed.deadlines.get((step.id, child))
    return StepLine(
        step=step.id,
        child_ref="" if child is None else case.children[child].person.ref,
        title=title_of(opened, step, child),
        kind=step.kind,
        state=standing.state,
        whose=whos.named(standing.who),
        can_do_now=bool(find_offers(opened, step, child).outcomes),
        exception=exception_way(opened, step, child, standing.state),
        waits_for=waits_for(opened, standing.waits_for),
        due=due_of(opened, step.id, child),
        limit=limit_words(case, deadline) if deadline and not deadline.is_whole_run else "",
        clauses=tuple(step.clauses),
        done_words=done_words_for(opened, step, record) if record else "",
        done_at=record.happened_at if record else None,
    )


def standing_record(case: Case, step: str, child: Child | None) -> StepRecord | None:
    """The record by which a step stands now: how it came out, or the exception that was granted or waits."""
    slot = (step, child)
    stands = case.observed.asked.get(slot) or case.observed.standing.get(slot)
    if stands is None:
        return None
    person = None if child is None else case.children[child].person.pk
    own = [one for one in case.records if one.step == step and one.child_id == person]
    granted = [one for one in own if one.act == StepRecord.Act.EXCEPTION_DECIDED and one.outcome == "granted"]
    if slot in case.observed.asked:
        asked = [one for one in own if one.act == StepRecord.Act.EXCEPTION_ASKED]
        return granted[-1] if granted and own.index(granted[-1]) > own.index(asked[-1]) else asked[-1]
    return next((one for one in reversed(own) if one.act == StepRecord.Act.RECORDED), None)


def done_words_for(opened: Opened, step: Step, record: StepRecord) -> str:
    """As `done_words`; who is not of the council's side does not read why an exception is asked where it is unsafe."""
    asked = record.act == StepRecord.Act.EXCEPTION_ASKED
    if asked and not is_council_side(opened) and record.pk in find_unsafe(opened.case.records):
        return f"Exception asked for by {practitioner_name(record.recorded_by)}"
    return done_words(step, record)


def done_words(step: Step, record: StepRecord) -> str:
    """How it came out, in the procedure's words, and who wrote it down."""
    by = writer_name(record)
    match record.act:
        case StepRecord.Act.EXCEPTION_ASKED:
            return f"Exception asked for by {by}: {exception_words(record.exception_kind)}"
        case StepRecord.Act.EXCEPTION_DECIDED:
            return f"Exception {record.outcome} by {by}"
    called = step.outcomes[record.outcome].called
    named = f": {practitioner_name(record.practitioner)}" if record.practitioner else ""
    return f"{called}{named}. Recorded by {by}"


def exception_words(kind: str) -> str:
    """A kind of exception in words: `the family declined`."""
    return EXCEPTIONS[cast("ExceptionKind", kind)]


def code_words(code: str) -> str:
    """A permanent code as words: `stays-with-social-work` is `Stays with social work`."""
    return code.replace("-", " ").capitalize()


def ending_words(case: Case) -> str:
    """How a transfer ended, in words, with what came of each child: `completed (Ada and Obi: early help)`."""
    if not case.run.ended_at:
        return ""
    of_outcome: dict[str, list[str]] = {}
    for held in case.children:
        of_outcome.setdefault(held.row.outcome, []).append(first_name(held.person))
    children = "; ".join(f"{listed(names)}: {code_words(code).lower()}" for code, names in of_outcome.items())
    return f"{code_words(case.run.ending).lower()} ({children})"


def destination_words(case: Case) -> str:
    """Where the transfer leads, in the council's words; empty where nobody has chosen yet."""
    found = case.pathway.file.destinations.get(case.observed.facts.destination or "")
    return found.called if found else ""


def _child_line(held: HeldChild, case: Case, today: date) -> ChildLine:
    contact = held.main_contact.practitioner if held.main_contact else None
    origin = held.allocations.get(case.pathway.origin)
    responsible = origin.practitioner if origin else contact
    return ChildLine(
        ref=held.person.ref,
        name=first_name(held.person),
        age=age_words(held.person, today),
        responsible=practitioner_name(responsible) if responsible else "",
        outcome=code_words(held.row.outcome),
    )


def _gaps_in_order(opened: Opened, whos: WhosWho) -> tuple[Gap, ...]:
    """What stands before the closure, in the order of the protocol."""
    case = opened.case
    order = {name: place for place, name in enumerate(case.pathway.steps)}
    found = find_gaps(opened, find_closure_gaps(case.pathway, case.observed.facts), whos)
    return tuple(sorted(found, key=lambda gap: order.get(gap.step, -1)))


def _responsible_now(case: Case) -> tuple[Reachable, ...]:
    """Everybody accountable for a child of the transfer now, the worker first."""
    holders = {
        allocation.practitioner_id: allocation.practitioner
        for held in case.children
        for allocation in held.allocations.values()
    }
    found = sorted(holders.values(), key=lambda one: (one.pk != case.people.worker.pk, one.family_name))
    return tuple(reachable(one) for one in found)


def _receiver_words(case: Case) -> str:
    match case.observed.facts.receiver:
        case "accepted" if case.pathway.file.direction == "up":
            return "is responsible as social worker"
        case "asked":
            return "asked, has not accepted yet"
        case "accepted" if case.run.ended_at or is_over(case.observed.facts):
            return "took over"
        case "accepted":
            begins = _agreed_date(case, acceptance=True)
            return f"has accepted, from {begins.day} {begins:%B}" if begins else "has accepted"
    return ""


def _consent_stands(case: Case) -> bool:
    """Whether consent is live here; where help has begun already, what was said before stands until it says no."""
    state = case.observed.facts.consent
    return state == "live" or (state == "none" and case.pathway.origin in EARLY_HELP)


def _consent_words(case: Case, consents: Sequence[ConsentLine]) -> str:
    """`Given by Grace Okafor, 24 Nov`; what each person answered last."""
    answers = [
        f"{one.outcome} by {one.given_by.strip()}, {_day(case, one.happened_at)}" for one in consents if one.outcome
    ]
    words = listed(answers)
    return words[:1].upper() + words[1:] if words else "Not asked yet"


def _day(case: Case, instant: datetime) -> str:
    day = case.calendar.to_local(instant)
    return f"{day.day} {day:%b}"


def _agreed_date(case: Case, *, acceptance: bool) -> date | None:
    """The date that a standing answer names: from when somebody leads; or a standing decision: by when it is done."""
    slots = [
        slot for slot in case.observed.standing if (case.pathway.steps[slot[0]].kind == "acceptance") == acceptance
    ]
    standing = [standing_record(case, *slot) for slot in slots]
    return max((one.agreed_date for one in standing if one and one.agreed_date), default=None)


def _due_of_run(opened: Opened) -> DueWords | None:
    case = opened.case
    whole = next((one for one in case.observed.deadlines.values() if one.is_whole_run), None)
    return due_words(case.now, whole.due_at, case.calendar) if whole else None


def _stages(case: Case, lines: dict[tuple[str, Child | None], StepLine]) -> tuple[StageLines, ...]:
    found = []
    for stage in case.pathway.stages:
        of_stage = [
            line
            for step in stage.steps
            for (name, _), line in lines.items()
            if name == step.id and not _is_beside(case, line) and not _has_not_come_up(case, line)
        ]
        done = tuple(line for line in of_stage if line.state in ("done", "excepted"))
        to_do = tuple(line for line in of_stage if line.state not in ("done", "excepted", "does-not-apply"))
        if done or to_do:
            found.append(StageLines(stage.title, to_do, done))
    return tuple(found)


def _is_beside(case: Case, line: StepLine) -> bool:
    """What can be done and waits for nobody; one with a limit of its own is a task like any other."""
    return is_only_possible(case.pathway, case.pathway.steps[line.step])


def _has_not_come_up(case: Case, line: StepLine) -> bool:
    """Whether a step of any moment answers something that has not come about."""
    return line.step in case.pathway.beside and line.state == "held-back"


def _other_end(opened: Opened) -> str:
    """Whom a message reaches."""
    people = opened.case.people
    others = [one for one in (opened.case.worker_now, people.receiver) if one is not None and one.pk != opened.by.pk]
    return listed([practitioner_name(one) for one in others])
