"""Behind each limit that runs: whose move it is, and who is above them, in people who are there now and can be told.

The limit of the whole run is one, however many steps have it. Nothing runs for a child who has died.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from handhold.access.settling import OF_THE_WHOLE_RUN, teams_of_ends
from handhold.access.transfers import is_there
from handhold.access.words import find_away
from handhold.casefiles.case import Case
from handhold.casefiles.moves import Move, find_moves, is_move_of
from handhold.protocol.conditions import fact_of
from handhold.protocol.deadlines import Deadline
from handhold.protocol.facts import Child
from handhold.protocol.vocabulary import RELATIONS
from handhold.records.models import Person, Post, PostHolding, Practitioner, RoleHolding


@dataclass(frozen=True)
class RunningLimit:
    """One limit that runs: of which step, child and round, and whose move it is by which words."""

    step: str
    child: Person | None
    round: int
    deadline: Deadline
    words: tuple[str, ...]
    moves: tuple[Move, ...] = ()
    """What can be done now under it; empty where its step is held back by others."""


def find_running_limits(case: Case) -> list[RunningLimit]:
    """Every limit that runs in a run, each once; none for children who have died, nor once all of them have."""
    if all(child.person.died_date for child in case.children):
        return []
    waiting = find_moves(case)
    moves = {slot: move for move in waiting for slot in _slots(move)}
    own, whole = [], None
    for (step, place), deadline in case.observed.deadlines.items():
        if deadline.is_whole_run:
            whole = deadline
        elif place is None or not case.children[place].person.died_date:
            own.append(_of_step(case, step, place, deadline, moves.get((step, place))))
    return [*own, *([_of_run(whole, waiting)] if whole else [])]


def _slots(move: Move) -> Iterator[tuple[str, Child | None]]:
    places: tuple[Child | None, ...] = move.children or (None,)
    return ((move.standing.step.id, place) for place in places)


def _of_step(case: Case, step: str, place: Child | None, deadline: Deadline, move: Move | None) -> RunningLimit:
    fact = fact_of(case.pathway, case.observed.facts, step, place)
    child = None if place is None else case.children[place].person
    words = move.words if move else _words_of_held_back(case, step)
    return RunningLimit(step, child, fact.round, deadline, words, (move,) if move else ())


def _words_of_held_back(case: Case, step: str) -> tuple[str, ...]:
    """Who is to do a step for which others wait still; everybody who decides, where it is a concern."""
    who = tuple(case.pathway.steps[step].who)
    if step == case.pathway.concern_steps()[1]:
        return who
    there = (word for word in who if word != "receiver" or case.people.receiver)
    return tuple(list(there)[:1])


def _of_run(deadline: Deadline, moves: Iterable[Move]) -> RunningLimit:
    """The limit of the whole run: the move of everybody who can do something under it, else of who is responsible."""
    under = tuple(move for move in moves if move.deadline and move.deadline.is_whole_run)
    words = dict.fromkeys(word for move in under for word in move.words) or ("responsible-worker",)
    return RunningLimit(OF_THE_WHOLE_RUN, None, 1, deadline, tuple(words), under)


class Reach:
    """The people of one run who can be told something now. A statement for each kind of question, and only if asked."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def whose_move(self, limit: RunningLimit) -> list[Practitioner]:
        """Those whose move it is; who stands in for somebody who is away."""
        if not limit.moves:
            return self._here(self._behind(limit.words))
        able = (
            one
            for move in limit.moves
            for one in self._behind(move.words)
            if is_move_of(move, one, frozenset(move.words)) or one in move.people
        )
        return self._here(able)

    def above(self, whose_move: Iterable[Practitioner]) -> list[Practitioner]:
        """To whom it goes when it goes on: the first who is there of those named, never one whose move it is (H8).

        By the pathway's `limit_goes_to`, then by the council's rule, then the post of last resort.
        """
        rule = self.case.protocol.file.reminders
        named = self.case.pathway.file.limit_goes_to or ["responsible-manager"]
        own = {one.pk for one in whose_move}
        for word in (*named, *(rule.then_to if rule else ())):
            people = [one for one in self._behind([word]) if one.pk not in own and not self._is_away(one)]
            if people:
                return people
        return self.last_resort

    @cached_property
    def last_resort(self) -> list[Practitioner]:
        """Who holds the post that the database never lets fall vacant."""
        posts = Post.objects.filter(authority=self.case.run.authority_id, must_be_held_during__isnull=False)
        holdings = PostHolding.objects.filter(post__in=posts, during__contains=self.case.now)
        return _each_once(one.practitioner for one in holdings.select_related("practitioner").order_by("post_id"))

    def _behind(self, words: Iterable[str]) -> list[Practitioner]:
        """The people behind relations and roles, who have not left."""
        found = (one for word in words for one in self._behind_one(word))
        return [one for one in _each_once(found) if is_there(one, self.case.now)]

    def _behind_one(self, word: str) -> list[Practitioner]:
        people = self.case.people
        if word == "receiver":
            return [people.receiver] if people.receiver else []
        return [people.holder(word)] if word in RELATIONS else self._near(self._holders[word])

    def _near(self, holders: list[Practitioner]) -> list[Practitioner]:
        """Everybody of the team of either end, else everybody of the council."""
        teams = teams_of_ends(self.case)
        of_team = [one for one in holders if one.team_id in teams]
        return of_team or holders

    @cached_property
    def _holders(self) -> dict[str, list[Practitioner]]:
        """Who holds each role or the post of its name in this council, now."""
        now, council = self.case.now, self.case.run.authority_id
        found: dict[str, list[Practitioner]] = defaultdict(list)
        roles = RoleHolding.objects.filter(during__contains=now, practitioner__agency__authority=council)
        for row in roles.select_related("practitioner__agency").order_by("practitioner_id"):
            found[row.role].append(row.practitioner)
        posts = PostHolding.objects.filter(during__contains=now, post__authority=council)
        for holding in (
            posts.exclude(post__code__in=list(found))
            .select_related("practitioner__agency", "post")
            .order_by("practitioner_id")
        ):
            found[holding.post.code].append(holding.practitioner)
        return found

    def _here(self, people: Iterable[Practitioner]) -> list[Practitioner]:
        """In place of who is away, who stands in for them; where nobody is here, those who are away all the same."""
        asked = _each_once(people)
        instead = _each_once(
            stand_in for one in asked for stand_in in (self._stand_ins(one) if self._is_away(one) else [one])
        )
        return instead or asked

    def _stand_ins(self, away: Practitioner) -> list[Practitioner]:
        people = self.case.people
        if away == people.worker:
            return [people.manager]
        return [people.stand_in] if away == people.receiver else []

    def _is_away(self, one: Practitioner) -> bool:
        return one.pk in self._away

    @cached_property
    def _away(self) -> frozenset[int]:
        people = self.case.people
        ends = {one.pk for one in (people.worker, people.manager, people.stand_in, people.receiver) if one}
        return find_away(ends | {one.pk for held in self._holders.values() for one in held}, self.case.now)


def _each_once(people: Iterable[Practitioner]) -> list[Practitioner]:
    return list({one.pk: one for one in people}.values())
