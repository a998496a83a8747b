"""Walks a transfer of any protocol by what `decide` offers, and by nothing that is known of its procedure.

What the closure waits for is done in the order of the protocol, each step by somebody who may do it, with its first
outcome that counts as done; where nothing is offered, a day passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import NamedTuple

from tests.actions.walking import PDF, Walk
from tests.actions.world_of_acts import Try, content_of

from handhold.access.words import roles_of, words_among
from handhold.casefiles.around import find_carers
from handhold.casefiles.case import Case, load_case
from handhold.casefiles.contents import Content
from handhold.casefiles.contents_of_papers import LetterMade, LettersContent
from handhold.protocol.allocating import roles_allocated_by
from handhold.protocol.conditions import applies, is_done
from handhold.protocol.deciding import Allowed, decide
from handhold.protocol.definition import Step
from handhold.protocol.facts import Act, Child
from handhold.records.models import Practitioner, Run

LONGEST = 60


class Offer(NamedTuple):
    """What somebody may do now, with what is written down."""

    what: Try
    by: Practitioner
    content: Content
    chosen: Practitioner | None


def walk_to_the_end(walk: Walk, do: Callable[[Walk, Case, Offer], None], *, last: str = "") -> list[str]:
    """Does what is offered until the run has ended, or `last` is done; the steps in the order in which they were."""
    done: list[str] = []
    for _ in range(LONGEST):
        case = case_of(walk)
        if case.run.ended_at or (last and last in done):
            return done
        offer = next(offers(walk, case), None)
        if offer is None:
            walk.now += timedelta(days=1)
            continue
        do(walk, case, offer)
        done.append(offer.what.step)
        walk.now += timedelta(minutes=1)
    raise AssertionError(f"It has not ended after: {', '.join(done)}")


def case_of(walk: Walk) -> Case:
    """The run as it stands."""
    return load_case(Run.objects.get(pk=walk.run.pk), walk.now)


def offers(walk: Walk, case: Case) -> Iterator[Offer]:
    """What is still to be done and can be done now, in the order of the protocol."""
    needed = steps_to_the_closure(case)
    for step, child in case.pathway.own_steps(len(case.children)):
        facts = case.observed.facts
        is_open = applies(case.pathway, facts, step, child) and not is_done(case.pathway, facts, step, child)
        if step.id in needed and is_open:
            yield from _offers_of(walk, case, step, child)


def steps_to_the_closure(case: Case) -> set[str]:
    """The closures, and whatever they wait for."""
    waiting = [step.id for step in case.pathway.steps.values() if step.kind == "closure"][:1]
    needed: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += case.pathway.steps[name].after
    return needed


def _offers_of(walk: Walk, case: Case, step: Step, child: Child | None) -> Iterator[Offer]:
    for name, outcome in step.outcomes.items():
        what = Try("record", step.id, name, child)
        asked = {*step.asks, *outcome.asks}
        if not outcome.done:
            continue
        for chosen in _to_choose(walk, case, step, name) if "practitioner-chosen" in asked else [None]:
            content = _letters(case) if step.kind == "letter" else content_of(case, walk.family, step, chosen)
            for by in walk.council.practitioners.values():
                if _may(case, what, by, content):
                    yield Offer(what, by, content, chosen)


def _to_choose(walk: Walk, case: Case, step: Step, outcome: str) -> list[Practitioner]:
    roles = roles_allocated_by(case.protocol, step.outcomes[outcome], step.who)
    return [person for role, person in walk.council.practitioners.items() if role in roles]


def _may(case: Case, what: Try, by: Practitioner, content: Content) -> bool:
    words = words_among(by, case, roles_of(by, case.now), frozenset())
    own = case.observed.own(str(by.pk))
    act = Act("record", what.step, what.outcome, what.child, words, own, content.words(case), has_reason=True)
    return isinstance(decide(case.pathway, case.observed.facts, act), Allowed)


def _letters(case: Case) -> LettersContent:
    made = [LetterMade("Letter", str(carer), "1 Example Street", PDF, carer=carer) for carer in find_carers(case)]
    return LettersContent(case.now, letters=tuple(made))
