"""Whether a condition of the protocol holds, and whether a step counts as settled, given the facts.

The words are those of `definition.Condition`; each is a line below, and every key that is given must hold. A condition
is turned into functions once for a pathway and a number of children, and kept with the pathway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from handhold.protocol.definition import Condition, Step
from handhold.protocol.facts import Child, Facts, StepFact
from handhold.protocol.pathways import Check, Pathway

Test = Callable[[StepFact], bool]


def fact_of(pathway: Pathway, facts: Facts, step: str, child: Child | None) -> StepFact:
    """How the step stands; a step for each child is asked for the child, one for the run without."""
    per_child = pathway.steps[step].per == "child"
    return facts.steps[pathway.slots(len(facts.children))[step, child if per_child else None]]


def holds(condition: Condition | None, pathway: Pathway, facts: Facts, child: Child | None) -> bool:
    """Whether the condition holds for the run (child None) or for one child of it. No condition always holds."""
    if condition is None:
        return True
    key = (id(condition), len(facts.children))
    kept = pathway.checks.get(key)
    if kept is None:
        kept = pathway.checks[key] = (condition, _compiled(condition, pathway, len(facts.children)))
    return kept[1](facts, child)


def _compiled(condition: Condition, pathway: Pathway, children: int) -> Check:
    """The condition as one function."""
    checks = (*_checks_of_the_run(condition, pathway), *_checks_of_steps(condition, pathway, children))
    if condition.any_of is not None:
        checks += (_any_of(tuple(_compiled(one, pathway, children) for one in condition.any_of)),)
    if len(checks) == 1:
        return checks[0]

    def every(facts: Facts, child: Child | None) -> bool:
        return all(check(facts, child) for check in checks)

    return every


def _checks_of_the_run(condition: Condition, pathway: Pathway) -> Iterator[Check]:
    """One function for each thing that is asked of the run as a whole."""
    destinations, receivers, matter = condition.destination, condition.receiver, condition.matter
    still_open = condition.some_child_still_open
    if destinations is not None:
        yield lambda facts, _: facts.destination in destinations
    if receivers is not None:
        yield lambda facts, _: facts.receiver in receivers
    if matter is not None:
        yield lambda facts, _: matter in facts.matters
    for kind, wanted in ((condition.involvement_open, True), (condition.involvement_not_open, False)):
        if kind is not None:
            yield _some_child_has_open(pathway.origin if kind == "origin" else kind, wanted=wanted)
    if condition.known is not None:
        yield _all_known(condition.known)
    if condition.not_known is not None:
        yield _none_known(condition.not_known)
    if condition.chosen is not None or condition.not_chosen is not None:
        yield _always(is_chosen(condition, pathway))
    if still_open is not None:
        yield lambda facts, _: any(one.outcome is None for one in facts.children) is still_open


def is_chosen(condition: Condition, pathway: Pathway) -> bool:
    """Whether the council's choices are as the condition itself asks."""
    yes, no = condition.chosen or (), condition.not_chosen or ()
    return all(pathway.settings[name] for name in yes) and not any(pathway.settings[name] for name in no)


def _always(answer: bool) -> Check:
    """What the council has chosen is so for every run under this revision of its settings."""
    return lambda *_: answer


def _all_known(words: Sequence[str]) -> Check:
    return lambda facts, _: facts.known.issuperset(words)


def _none_known(words: Sequence[str]) -> Check:
    return lambda facts, _: facts.known.isdisjoint(words)


def _some_child_has_open(kind: str, *, wanted: bool) -> Check:
    def seen(facts: Facts, child: Child | None) -> bool:
        looked_at = facts.children if child is None else (facts.children[child],)
        return any(one.holder_of(kind) is not None for one in looked_at) is wanted

    return seen


def _checks_of_steps(condition: Condition, pathway: Pathway, children: int) -> Iterator[Check]:
    """One function for each step that is asked about."""

    def some(step: str, test: Test) -> Check:
        return _some_fact_passes(test, pathway, step, children)

    for step, outcomes in (condition.outcome or {}).items():
        yield some(step, _stands_at(outcomes))
    for step, outcomes in (condition.not_outcome or {}).items():
        yield _not(some(step, _stands_at(outcomes)))
    for step in condition.excepted or ():
        yield some(step, lambda fact: fact.exception == "granted")
    for step in condition.late or ():
        yield some(step, lambda fact: fact.late)
    for step, least in (condition.round_at_least or {}).items():
        yield some(step, _has_come_to(pathway.number(least)))


def _stands_at(outcomes: list[str]) -> Test:
    return lambda fact: fact.outcome in outcomes


def _has_come_to(least: int) -> Test:
    return lambda fact: fact.round >= least


def _not(check: Check) -> Check:
    return lambda facts, child: not check(facts, child)


def _any_of(checks: tuple[Check, ...]) -> Check:
    return lambda facts, child: any(check(facts, child) for check in checks)


def _some_fact_passes(test: Test, pathway: Pathway, step: str, children: int) -> Check:
    """Asked of a step as seen from a place: of the same child, or of every child where the place has none."""
    slots = pathway.slots(children)
    all_slots = tuple(slots[slot] for slot in pathway.slots_of(step, children))
    if pathway.steps[step].per == "run":
        (only,) = all_slots
        return lambda facts, _: test(facts.steps[only])

    def seen(facts: Facts, child: Child | None) -> bool:
        looked_at = all_slots if child is None else (slots[step, child],)
        return any(test(facts.steps[slot]) for slot in looked_at)

    return seen


def applies(pathway: Pathway, facts: Facts, step: Step, child: Child | None) -> bool:
    """Whether the step applies at all: its `when` holds, and a child that it is for has no outcome yet."""
    if child is not None and step.per == "child" and facts.children[child].outcome is not None:
        return False
    return holds(step.when, pathway, facts, child)


def is_done(pathway: Pathway, facts: Facts, step: Step, child: Child | None) -> bool:
    """Whether the step was done (its outcome counts) or excepted."""
    fact = fact_of(pathway, facts, step.id, child)
    return fact.exception == "granted" or (fact.outcome is not None and step.outcomes[fact.outcome].done)


def is_waited_for(pathway: Pathway, facts: Facts, step: Step, child: Child | None) -> bool:
    """Whether the step's limit, once begun, runs on: it applies, and it (or what it runs until) is not done.

    One that falls due again and again is always waited for.
    """
    if not applies(pathway, facts, step, child):
        return False
    if step.every:
        return True
    if step.within is None or step.within.until is None:
        return not is_done(pathway, facts, step, child)
    until = pathway.steps[step.within.until]
    whose = (one for _, one in pathway.slots_of(until.id, len(facts.children)) if child is None or one in {None, child})
    return any(not is_done(pathway, facts, until, one) for one in whose)


def is_settled(pathway: Pathway, facts: Facts, step: Step, child: Child | None) -> bool:
    """Whether the step holds nothing back: done, excepted, or not applicable."""
    return is_done(pathway, facts, step, child) or not applies(pathway, facts, step, child)


def unsettled(pathway: Pathway, facts: Facts, step: str, child: Child | None) -> list[Child | None]:
    """For which children (None: for the run) a step named in `after` still holds back, seen from a step of `child`."""
    asked = pathway.steps[step]
    whose: list[Child | None] = [None]
    if asked.per == "child":
        whose = [child] if child is not None else list(range(len(facts.children)))
    return [one for one in whose if not is_settled(pathway, facts, asked, one)]
