"""What waits for a person in each of many transfers, as rows of a list of work: links and words only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from handhold.casefiles.case import Case
from handhold.casefiles.moves import Move, person_behind
from handhold.protocol.deadlines import Deadline, period_of
from handhold.queries.naming import first_name, listed, practitioner_name
from handhold.records.models import Person, Practitioner, Run
from handhold.working_days import DueWords, due_words

UNREADABLE = "It cannot be said what waits: the files of its procedure were changed"


@dataclass(frozen=True)
class Waiting:
    """A row of a list of work: when, what, whom it is about, by which pathway and limit, and where it is done."""

    due: DueWords
    due_at: datetime | None
    what: str
    family: str
    children: str
    pathway: str
    limit: str
    whose: str
    run_ref: str
    step: str
    child_ref: str
    is_proposal: bool
    """Whether the person sees the proposal only, as they were asked and have not answered."""
    is_exception: bool
    """Whether it is a decision on an exception that was asked for."""
    gone_to: str = ""
    """To whom it has gone up, overdue as it is."""
    while_away: str = ""
    """Whose work it is, where somebody else sees it because they are away."""
    started_at: datetime | None = None
    """When the transfer began."""
    responsible: str = ""
    """Who answers for the children now."""
    more: int = 0
    """How much else waits in the transfer, where one row stands for all of it."""
    is_own: bool = True
    """Whether it can be done by whoever looks; else the transfer itself is shown."""

    def beside(self, others: int) -> Waiting:
        """The same, with so much else that waits in the transfer."""
        return replace(self, more=others)


def as_waiting(
    move: Move,
    by: Practitioner,
    now: datetime,
    *,
    whose: str = "",
    gone_to: str = "",
    while_away: str = "",
    is_own: bool = True,
) -> Waiting:
    """The row for a move, as it is shown to somebody at `now`."""
    case, deadline = move.case, move.deadline
    people = [case.children[place].person for place in move.children]
    return Waiting(
        due=due_words(now, deadline.due_at if deadline else None, case.calendar),
        due_at=deadline.due_at if deadline else None,
        what=_what(move, people),
        family=f"{case.run.family.name} family",
        children=_count(len(case.children)),
        pathway=case.pathway.file.title,
        limit=limit_words(case, deadline) if deadline else "",
        whose=whose,
        run_ref=case.run.ref,
        step=move.standing.step.id,
        child_ref=people[0].ref if people else "",
        is_proposal=case.run.receiver_id == by.pk and case.observed.facts.receiver == "asked",
        is_exception=move.standing.state == "exception-asked",
        gone_to=gone_to,
        while_away=while_away,
        started_at=case.run.started_at,
        responsible=practitioner_name(case.worker_now),
        is_own=is_own,
    )


def as_quiet(case: Case) -> Waiting:
    """The row for a transfer in which nothing is waited for now."""
    row = as_unreadable(case.run, "Nothing waits for anybody now")
    pathway, worker = case.pathway.file.title, practitioner_name(case.worker_now)
    return replace(row, children=_count(len(case.children)), pathway=pathway, responsible=worker)


def as_unreadable(run: Run, what: str = UNREADABLE) -> Waiting:
    """The row for a transfer of which nothing more can be said."""
    return Waiting(
        due=due_words(run.started_at, None),
        due_at=None,
        what=what,
        family=f"{run.family.name} family",
        children="",
        pathway=run.pathway,
        limit="",
        whose="",
        run_ref=run.ref,
        step="",
        child_ref="",
        is_proposal=False,
        is_exception=False,
        started_at=run.started_at,
        is_own=False,
    )


def limit_words(case: Case, deadline: Deadline) -> str:
    """`5 working days: from the completion of the assessment to the joint handover meeting (Y23)`"""
    setting = case.protocol.file.settings[deadline.setting]
    means = setting.means[:1].lower() + setting.means[1:]
    return f"{period_of(case.protocol, deadline.setting)}: {means} ({', '.join(setting.clauses)})"


def in_order_of(rows: Iterable[Waiting], sort: str = "due") -> list[Waiting]:
    """Earliest due first, those without a date last, of one time by family; or as `narrowing.SORTS` says."""

    def by_time(row: Waiting) -> tuple[bool, float, str, str]:
        return row.due_at is None, row.due_at.timestamp() if row.due_at else 0.0, row.family, row.run_ref

    def key(row: Waiting) -> tuple[object, ...]:
        first: dict[str, tuple[object, ...]] = {
            "family": (row.family.lower(), row.run_ref),
            "pathway": (row.pathway,),
            "longest": (row.started_at, row.run_ref),
        }
        return (*first.get(sort, ()), *by_time(row))

    return sorted(rows, key=key)


def _what(move: Move, people: list[Person]) -> str:
    title = move.standing.step.title
    if move.standing.state == "exception-asked":
        title = f"Decide on an exception: {title[:1].lower()}{title[1:]}"
    if not people or len(people) == len(move.case.children):
        return title
    return f"{title}: {listed(map(first_name, people))}"


def _count(children: int) -> str:
    return f"{children} child{'' if children == 1 else 'ren'}"


def whose_words(move: Move) -> str:
    """Whose move it is, for others to read: names where there are people, the protocol's word where there are not."""
    roles, relations = move.case.protocol.file.roles, move.case.protocol.file.relations
    found = []
    for word in move.words:
        person = person_behind(move.case, word)
        called = roles[word].called if word in roles else relations.get(word, word)  # type: ignore[call-overload]
        found.append(practitioner_name(person) if person else called)
    return listed(found)
