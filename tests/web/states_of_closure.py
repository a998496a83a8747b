"""For the test of every subset: brings a transfer into each state of its closure at little cost, and sends the closure.

The records of a condition are written straight into the tables in a savepoint, tried there, and undone with it; states
that begin alike share what they begin with. So the states need not be reached by acts: the closure alone is on trial.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from itertools import groupby
from typing import Any

from django.db import transaction
from django.test import Client

from handhold.actions.concerns import report_concern
from handhold.records.models import Practitioner, Run, RunChild, StepRecord
from tests.actions.walking import Walk, begin
from tests.records.factories import make_council, make_family
from tests.web.closure_conditions import (
    ASKED,
    CONDITIONS,
    CONSIDERED,
    EXCEPTED,
    MET,
    MISSING,
    OUTCOMES,
    Condition,
    Line,
    State,
    lines_of,
)
from tests.web.walked import filled_in, rename, signed_in

ITEM = re.compile(r'<li class="app-missing__item">(.*?)</li>', re.DOTALL)
WHAT = re.compile(r'<p class="app-missing__what">(.*?)</p>')
WHO = re.compile(r"Who can supply it: (.*?)\.\s*(?:<|$)")
CLAUSE = re.compile(r'<span class="govuk-details__summary-text">[^<]*\(([A-Z]+\d+)\)</span>')
STEP = re.compile(r'href="/transfers/[^/"]+/steps/([^/?"]+)')
RECEIVERS = {"partner-led": "lead-practitioner", "targeted": "support-practitioner"}


@dataclass
class Fault:
    """A state in which the page answered otherwise than it should."""

    state: State
    status: int
    expected: list[Line]
    found: list[Line]


@dataclass
class Closure:
    """One transfer of one child on its way to a destination, with nothing recorded but what that way begins with."""

    destination: str
    walk: Walk
    client: Client
    tried: int = 0
    closed: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What must be there, in the order in which it is written down."""
        return CONDITIONS[self.destination]

    def try_all(self, states: Iterable[State]) -> None:
        """Sends the closure in each state and keeps what was answered wrongly."""
        self._try(sorted(set(states)), 0)

    def _try(self, states: list[State], place: int) -> None:
        if place > len(self.conditions):
            with undone():
                self._send(states[0])
            return
        for way, group in groupby(states, key=lambda state: state[place]):
            with undone():
                self._write(way, place)
                self._try(list(group), place + 1)

    def _write(self, way: str, place: int) -> None:
        """The first place is the concern's; the others follow the conditions."""
        if place > 0:
            self._write_condition(self.conditions[place - 1], way)
        elif way == MISSING:
            family, now = self.walk.family.family.ref, self.walk.now
            report_concern(who="Ada", what="A bruise", family_ref=family, by=self.walk.council.stranger, now=now)

    def _write_condition(self, condition: Condition, way: str) -> None:
        if way == MET:
            self.record(condition.step, outcome=condition.outcome, per_child=condition.per_child)
        if way in {ASKED, EXCEPTED}:
            asked = {"exception_kind": condition.exception, "act": StepRecord.Act.EXCEPTION_ASKED}
            self.record(condition.step, per_child=condition.per_child, **asked)
        if way == EXCEPTED:
            granted = {"outcome": "granted", "act": StepRecord.Act.EXCEPTION_DECIDED, "by": "team-manager"}
            self.record(condition.step, per_child=condition.per_child, **granted)

    def record(self, step: str, *, per_child: bool = False, by: str = "social-worker", **words: Any) -> None:
        """One record of a step, as though its action had written it."""
        StepRecord.objects.create(
            run=self.walk.run,
            step=step,
            child=self.walk.family.children[0] if per_child else None,
            reason="Tried twice.",
            happened_at=self.walk.now,
            recorded_at=self.walk.now,
            recorded_by=self.walk.person(by),
            **words,
        )

    def _send(self, state: State) -> None:
        """Closes the child, or tries to; what the panel says has to be what is missing, and nothing else."""
        child = self.walk.child_refs[0]
        address = f"/transfers/{self.walk.run.ref}/steps/case-closed?child={child}"
        answer = self.client.post(address, filled_in(outcome=OUTCOMES[self.destination]))
        is_closed = RunChild.objects.filter(run=self.walk.run, ended_at__isnull=False).exists()
        expected = [self._named(line) for line in lines_of(self.destination, state)]
        found = list(lines_on(answer.content)) if answer.status_code == 409 else []
        self.tried += 1
        self.closed += is_closed
        is_right = answer.status_code == (409 if expected else 302) and is_closed is not bool(expected)
        if not is_right or sorted(found) != sorted(expected):
            self.faults.append(Fault(state, answer.status_code, expected, found))

    def _named(self, line: Line) -> Line:
        """The line with the names of this transfer in it."""
        per_child = any(one.step == line.step and one.per_child for one in self.conditions)
        called = f"{line.what}: {self.walk.family.children[0].given_name}" if per_child else line.what
        return line._replace(what=called, who=line.who if line.who == "you" else name_of(self.walk.person(line.who)))


def make_closure(destination: str) -> Closure:
    """A transfer that has begun and has chosen its destination, where the way to choose it is not on trial itself."""
    council = make_council()
    walk = begin(council, rename(make_family(council, children=1)), authorised=False)
    closure = Closure(destination, walk, signed_in(walk.person("social-worker"), walk.now))
    if destination in RECEIVERS:
        closure.record(CONSIDERED, outcome=destination)
        Run.objects.filter(pk=walk.run.pk).update(receiver=walk.person(RECEIVERS[destination]))
    if destination == "partner-led":
        closure.record("lead-asked", outcome="asked", practitioner=walk.person("lead-practitioner"))
    return closure


def lines_on(html: bytes) -> Iterator[Line]:
    """What the panel of a refusal says, line by line."""
    for item in ITEM.findall(html.decode()):
        what, who, step, clause = (first(pattern, item) for pattern in (WHAT, WHO, STEP, CLAUSE))
        yield Line(what, who, clause, step, "ask for an exception<" in item)


def first(pattern: re.Pattern[str], text: str) -> str:
    """What a pattern finds first, as it is read; empty where it finds nothing."""
    found = pattern.search(text)
    return unescape(found[1]).strip() if found else ""


def name_of(practitioner: Practitioner) -> str:
    """As pages name somebody."""
    return f"{practitioner.given_name} {practitioner.family_name}"


@contextmanager
def undone() -> Iterator[None]:
    """What is written within is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
