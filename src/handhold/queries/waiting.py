"""Whose move it is now in each of many transfers, as `decide` has it: what waits for a person. Links and words only.

A waiting step belongs to the first of its people who is there and may do it; once its own limit has passed, to the next
as well. What can be done at any moment waits for nobody unless a limit runs for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from handhold.casefiles.case import Case
from handhold.protocol.deadlines import Deadline, period_of
from handhold.protocol.deciding import Allowed, decide
from handhold.protocol.facts import Act, Child
from handhold.protocol.standing import Standing, find_standings
from handhold.protocol.vocabulary import RELATIONS
from handhold.queries.naming import first_name, listed, practitioner_name
from handhold.records.models import Person, Practitioner
from handhold.working_days import DueWords, due_words


@dataclass(frozen=True)
class Move:
    """One waiting step of one transfer: for which children, whose move it is by which words, and its limit."""

    case: Case
    standing: Standing
    children: tuple[Child, ...]
    words: tuple[str, ...]
    deadline: Deadline | None

    @property
    def people(self) -> list[Practitioner]:
        """The people behind those of the words that are relations to the transfer."""
        return [one for one in (_person_behind(self.case, word) for word in self.words) if one is not None]


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


def find_moves(case: Case) -> list[Move]:
    """The waiting steps of a transfer. A step that waits for several children alike is one move."""
    decided = case.pathway.concern_steps()[1]
    found: dict[tuple[str, str], Move] = {}
    for standing in find_standings(case.pathway, case.observed.facts):
        if standing.step.id == decided or not _is_expected(standing):
            continue
        slot = (standing.step.id, standing.child)
        deadline = case.observed.deadlines.get(slot)
        words = tuple(_whose(case, standing, deadline))
        if not words:
            continue
        key = (standing.step.id, standing.state)
        earlier = found.get(key)
        children = (*(earlier.children if earlier else ()), *(() if standing.child is None else (standing.child,)))
        found[key] = Move(case, earlier.standing if earlier else standing, children, words, deadline)
    return list(found.values())


def is_move_of(move: Move, by: Practitioner, words: frozenset[str]) -> bool:
    """Whether it is this person's move: theirs by word, and allowed to them once everything that it asks is there."""
    return bool(words.intersection(move.words)) and _may_do(move.case, move.standing, by, words)


def as_waiting(
    move: Move, by: Practitioner, now: datetime, *, whose: str = "", gone_to: str = "", while_away: str = ""
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
    )


def limit_words(case: Case, deadline: Deadline) -> str:
    """`5 working days: from the completion of the assessment to the joint handover meeting (Y23)`"""
    setting = case.protocol.file.settings[deadline.setting]
    means = setting.means[:1].lower() + setting.means[1:]
    return f"{period_of(case.protocol, deadline.setting)}: {means} ({', '.join(setting.clauses)})"


def in_order_of_time(rows: Iterable[Waiting]) -> list[Waiting]:
    """Earliest due first, those without a date last; of one time, by family."""

    def key(row: Waiting) -> tuple[bool, float, str, str]:
        return row.due_at is None, row.due_at.timestamp() if row.due_at else 0.0, row.family, row.run_ref

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


def _is_expected(standing: Standing) -> bool:
    """Whether somebody is waited for: ready or asked about, and not only possible at any moment."""
    if standing.state == "exception-asked":
        return True
    return standing.state == "ready" and not (standing.is_beside and standing.step.within is None)


def _whose(case: Case, standing: Standing, deadline: Deadline | None) -> Iterator[str]:
    """The first of its people who is there and may do it; the next too, once its own limit has passed."""
    able = [word for word in standing.who if _is_able(case, standing, word)]
    escalates = deadline is not None and deadline.has_passed and not deadline.is_whole_run
    return iter(able[: 2 if escalates else 1])


def _is_able(case: Case, standing: Standing, word: str) -> bool:
    """Whether somebody answers to this word and may do it. A role is taken to be held: the protocol binds it."""
    if word not in RELATIONS:
        return _may_do(case, standing, None, frozenset({word}))
    person = _person_behind(case, word)
    return person is not None and _may_do(case, standing, person, frozenset({word}))


def _person_behind(case: Case, word: str) -> Practitioner | None:
    if word not in RELATIONS or (word == "receiver" and case.people.receiver is None):
        return None
    return case.people.holder(word)


def _may_do(case: Case, standing: Standing, by: Practitioner | None, words: frozenset[str]) -> bool:
    """Whether `decide` allows any way of doing it, with everything written that it asks."""
    own = case.observed.own(str(by.pk)) if by else frozenset()
    return any(
        isinstance(decide(case.pathway, case.observed.facts, act), Allowed) for act in _ways(standing, words, own)
    )


def _ways(standing: Standing, words: frozenset[str], own: frozenset[str]) -> Iterator[Act]:
    step, child = standing.step, standing.child
    if standing.state == "exception-asked":
        yield Act("decide-exception", step.id, "granted", child, words, own, has_reason=True)
        return
    for name, outcome in step.outcomes.items():
        complete = frozenset((*step.asks, *outcome.asks))
        yield Act("record", step.id, name, child, words, own, complete, has_reason=True)


def whose_words(move: Move) -> str:
    """Whose move it is, for others to read: names where there are people, the protocol's word where there are not."""
    roles, relations = move.case.protocol.file.roles, move.case.protocol.file.relations
    found = []
    for word in move.words:
        person = _person_behind(move.case, word)
        called = roles[word].called if word in roles else relations.get(word, word)  # type: ignore[call-overload]
        found.append(practitioner_name(person) if person else called)
    return listed(found)
