"""The world of one example: when it is, who is there, which run unfolds, and what was answered last.

The sentences say what happens in it; here are the few things that they share.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from handhold.protocol.conditions import applies, is_done
from handhold.protocol.deciding import Allowed, Decision, Reason, Refused
from handhold.protocol.definition import Step
from handhold.protocol.effects import Effect
from handhold.protocol.examples.cast import Cast
from handhold.protocol.examples.faults import ExampleNotUnderstood, ExpectationNotMet
from handhold.protocol.examples.phrases import resolve
from handhold.protocol.examples.refusing import words_of_answer
from handhold.protocol.examples.unfolding import Attempt, Unfolding
from handhold.protocol.facts import Child
from handhold.protocol.observing import Observed, StepOnRecord
from handhold.protocol.pathways import Protocol
from handhold.working_days import Calendar

NOON = time(12)


@dataclass
class Shown:
    """What an example has shown so far, for the tests that ask whether every rule has its examples."""

    done_under: set[str] = field(default_factory=set)
    refused_under: set[str] = field(default_factory=set)
    limits_met: set[str] = field(default_factory=set)
    limits_missed: set[str] = field(default_factory=set)
    limits_named: set[str] = field(default_factory=set)


@dataclass
class World:
    """Everything that the sentences of one example speak about."""

    protocol: Protocol
    cast: Cast
    calendar: Calendar
    now: datetime | None = None
    ages: dict[str, int] = field(default_factory=dict)
    before: list[StepOnRecord] = field(default_factory=list)
    matters: Counter[str] = field(default_factory=Counter)
    known: frozenset[str] = frozenset()
    unfolding: Unfolding | None = None
    answer: Decision | None = None
    answered_at_line: int = 0
    is_expected: bool = True
    """Whether the example has said that the last act was to be refused."""
    matched: set[Reason] = field(default_factory=set)
    effects: tuple[Effect, ...] = ()
    line: int = 0
    shown: Shown = field(default_factory=Shown)

    @property
    def run(self) -> Unfolding:
        """The run that unfolds. Raises ExampleNotUnderstood before it has begun."""
        if self.unfolding is None:
            raise ExampleNotUnderstood("No transfer has begun yet.")
        return self.unfolding

    @property
    def today(self) -> datetime:
        """Now. Raises ExampleNotUnderstood before the example has said when it is."""
        if self.now is None:
            raise ExampleNotUnderstood("Nobody has said when this is. Begin with: On Tuesday 1 December 2026.")
        return self.now

    def observed(self) -> Observed:
        """The run as it is on record now."""
        return self.run.observed(self.today)

    def step(self, title: str) -> Step:
        """The step of this title (its beginning is enough). Raises ExampleNotUnderstood."""
        steps = self.run.pathway.steps.values()
        return resolve(title, [(step.title, step) for step in steps], "step")[0]

    def positions(self, step: Step, children: list[str]) -> list[Child | None]:
        """For whom a step is meant: the children named; without names everybody for whom it is still to do."""
        if step.per == "run":
            if children:
                raise ExampleNotUnderstood(f'"{step.title}" is done once for all children; leave out "for ...".')
            return [None]
        if children:
            return [self.position(child) for child in children]
        facts, everybody = self.observed().facts, list(range(len(self.run.children)))
        waiting: list[Child | None] = [
            child
            for child in everybody
            if applies(self.run.pathway, facts, step, child) and not is_done(self.run.pathway, facts, step, child)
        ]
        return waiting or [*everybody]

    def position(self, child: str) -> int:
        """The place of a child in the run. Raises ExampleNotUnderstood."""
        if child not in self.run.children:
            raise ExampleNotUnderstood(f"{child} is not in this transfer; it is for {', '.join(self.run.children)}.")
        return self.run.children.index(child)

    def attempt(self, attempts: list[Attempt]) -> None:
        """Tries the acts one after the other, up to the first answer that is not a yes, and keeps what came of them."""
        self.effects, self.matched, self.answered_at_line = (), set(), self.line
        for attempt in attempts:
            deadline = self.observed().deadlines.get((attempt.act.step, attempt.act.child))
            self.answer = self.run.attempt(attempt, self.today)
            if not isinstance(self.answer, Allowed):
                break
            self.effects += self.answer.effects
            self._show(attempt, in_time=deadline.setting if deadline and not deadline.has_passed else None)
        self.is_expected = isinstance(self.answer, Allowed)

    def correct(self, attempts: list[Attempt], *, taken_back: bool = False) -> None:
        """Corrects, or takes back, the last record of each slot, as `attempt` tries acts."""
        self.effects, self.matched, self.answered_at_line = (), set(), self.line
        for attempt in attempts:
            self.answer = self.run.correct(attempt, self.today, taken_back=taken_back)
            if not isinstance(self.answer, Allowed):
                break
        self.is_expected = isinstance(self.answer, Allowed)

    def _show(self, attempt: Attempt, in_time: str | None) -> None:
        step = self.run.pathway.steps[attempt.act.step]
        self.shown.done_under |= set(step.clauses)
        if in_time in self.shown.limits_named and attempt.act.verb == "record":
            self.shown.limits_met.add(str(in_time))

    def expect_refusal(self) -> Decision:
        """The last answer, which must not have been a yes. Raises ExpectationNotMet."""
        if self.answer is None or isinstance(self.answer, Allowed):
            raise ExpectationNotMet("Nothing was refused: the last act went through.")
        self.is_expected = True
        if isinstance(self.answer, Refused):
            self.shown.refused_under |= {clause for reason in self.answer.reasons for clause in reason.clauses}
        return self.answer

    def reasons(self) -> tuple[Reason, ...]:
        """Why the last act was refused. Raises ExpectationNotMet where it was not."""
        answer = self.expect_refusal()
        if not isinstance(answer, Refused):
            raise ExpectationNotMet(f"It was not refused: {self.answer_words()}")
        return answer.reasons

    def answer_words(self) -> str:
        """The last answer in words."""
        run = self.run
        return words_of_answer(run.pathway, self.protocol, run.children, self.answer) if self.answer else ""

    def check_expected(self) -> None:
        """No refusal goes by unsaid. Raises ExpectationNotMet."""
        if not self.is_expected:
            raise ExpectationNotMet(f"Line {self.answered_at_line} did not go through: {self.answer_words()}")


def at_local(calendar: Calendar, said_date: str, said_time: str) -> datetime:
    """The instant (UTC) that an example names; without a time it is noon. Raises ExampleNotUnderstood."""
    weekday, _, rest = said_date.partition(" ")
    try:
        day: date = datetime.strptime(rest, "%d %B %Y").replace(tzinfo=UTC).date()
        clock = time.fromisoformat(said_time) if said_time else NOON
    except ValueError as error:
        raise ExampleNotUnderstood(f"There is no {said_date} {said_time}: {error}.") from error
    if f"{day:%A}" != weekday:
        raise ExampleNotUnderstood(f"{rest} is a {day:%A}, not a {weekday}.")
    return datetime.combine(day, clock, ZoneInfo(calendar.zone)).astimezone(UTC)


def said_at(calendar: Calendar, instant: datetime) -> str:
    """An instant as examples say it: Tuesday 1 December 2026 at 10:00."""
    local = calendar.to_local(instant)
    return f"{local:%A} {local.day} {local:%B %Y} at {local:%H:%M}"
