"""What a practitioner reads who was asked to lead, or to help as the one agency (Y16): by whom, what for, by when.

Only that: no assessment, no names of children, no address.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from handhold.access.papers import audience_of
from handhold.access.transfers import NotHere, Opened
from handhold.casefiles.case import Case
from handhold.casefiles.steps_by_meaning import find_acceptance_step, opened_for_receiver, receiver_after
from handhold.documents import PackPerson, TransferPack
from handhold.protocol.deciding import Allowed, decide
from handhold.protocol.definition import Outcome, Step
from handhold.protocol.facts import Act
from handhold.queries.naming import practitioner_name
from handhold.queries.packs import compose_pack
from handhold.records.models import Practitioner, StepRecord
from handhold.working_days import DueWords, due_words

Sort = Literal["accepts", "declines", "asks"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to answer: its code in the protocol, its words, and whether it accepts, declines or asks something."""

    code: str
    words: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """What was answered, when, and in which words."""

    words: str
    sort: Sort
    on_date: date
    reason: str
    from_date: date | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The request to one practitioner. `is_own` is false for somebody of the council who looks at it for them."""

    ref: str
    family_name: str
    asked: str
    is_own: bool
    helps_alone: bool
    """Whether one agency is to help by itself, so that nobody leads a plan of several."""
    pathway: str
    asked_by: PackPerson
    behind: PackPerson
    due: DueWords | None
    help: str
    clauses: tuple[str, ...]
    answers: tuple[Answer, ...]
    last_answer: AnswerGiven | None
    accepted: bool
    has_need: bool


def find_proposal(opened: Opened) -> Proposal:
    """The request as it stands. Raises NotHere where nobody is asked, or where this pathway asks nobody."""
    case = opened.case
    step, receiver = find_acceptance_step(case.pathway), case.people.receiver
    if step is None or receiver is None:
        raise NotHere
    deadline = case.observed.deadlines.get((step.id, None))
    return Proposal(
        ref=case.run.ref,
        family_name=case.run.family.name,
        asked=practitioner_name(receiver),
        is_own="receiver" in opened.words,
        helps_alone=opened_for_receiver(case.pathway, case.observed.facts.destination or "") == {"single-agency"},
        pathway=case.pathway.file.title,
        asked_by=contact_of(case.worker_now),
        behind=contact_of(case.people.stand_in),
        due=due_words(case.now, deadline.due_at, case.calendar) if deadline and not deadline.is_whole_run else None,
        help=step.help,
        clauses=tuple(step.clauses),
        answers=find_answers(opened, step),
        last_answer=_last_answer(case, step),
        accepted=case.observed.facts.receiver == "accepted",
        has_need=audience_of(opened) is not None,
    )


def find_need(opened: Opened) -> TransferPack | None:
    """Need, other agencies, proposed plan (Y16), and what of it is missing; None while the family does not consent."""
    return compose_pack(opened, "before-acceptance") if audience_of(opened) else None


def find_answers(opened: Opened, step: Step) -> tuple[Answer, ...]:
    """The answers that this person may give now, once they have filled in what each asks: by `decide`."""
    return tuple(
        Answer(code, outcome.called, sort_of(outcome))
        for code, outcome in step.outcomes.items()
        if _may_answer(opened, step, code, outcome)
    )


def _may_answer(opened: Opened, step: Step, code: str, outcome: Outcome) -> bool:
    asked = frozenset((*step.asks, *outcome.asks))
    act = Act("record", step.id, code, None, opened.words, frozenset(), asked, has_reason=True)
    return isinstance(decide(opened.case.pathway, opened.case.observed.facts, act), Allowed)


def sort_of(outcome: Outcome) -> Sort:
    """Whether an outcome of the acceptance takes the family on, turns it down, or leaves the answer open."""
    match receiver_after(outcome):
        case "accepted":
            return "accepts"
        case "none":
            return "declines"
        case _:
            return "asks"


def contact_of(who: Practitioner) -> PackPerson:
    """A practitioner with the ways to reach them."""
    return PackPerson(
        name=practitioner_name(who), role=who.job_title, agency=who.agency.name, phone=who.phone, email=who.email
    )


def _last_answer(case: Case, step: Step) -> AnswerGiven | None:
    """The last answer of whoever is asked now: nothing that another has answered before them."""
    asked_at = max((one.recorded_at for one in case.records if one.step in step.after), default=case.run.started_at)
    answers = [
        one
        for one in case.records
        if one.step == step.id and one.act == StepRecord.Act.RECORDED and one.recorded_at > asked_at
    ]
    if not answers:
        return None
    last = answers[-1]
    outcome = step.outcomes[last.outcome]
    day = case.calendar.local_date(last.happened_at)
    return AnswerGiven(outcome.called, sort_of(outcome), day, last.reason, last.agreed_date)
