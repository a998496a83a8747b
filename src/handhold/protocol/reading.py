"""What the conditions of a pathway read: which steps, and what about them. For the explorer and the checker."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from handhold.protocol.conditions import is_chosen
from handhold.protocol.definition import Condition, Step
from handhold.protocol.pathways import Pathway


def conditions_of(step: Step) -> Iterator[Condition]:
    """Every condition that a step or one of its outcomes has, those within `any_of` too."""
    for condition in (step.when, *(outcome.when for outcome in step.outcomes.values())):
        if condition:
            yield from all_within(condition)


def all_within(condition: Condition) -> Iterator[Condition]:
    """The condition and every condition in it."""
    yield condition
    for one in condition.any_of or ():
        yield from all_within(one)


def comes_after(pathway: Pathway, later: str, earlier: str) -> bool:
    """Whether a step waits for another, directly or through others; one that the pathway does not have is as good."""
    found: set[str] = set()
    waiting = [later] if later in pathway.steps else []
    while waiting:
        for name in pathway.steps[waiting.pop()].after:
            if name not in found:
                found.add(name)
                waiting.append(name)
    return earlier in found or later not in pathway.steps


def steps_named(condition: Condition) -> set[str]:
    """The steps that the condition itself asks about, not those within its `any_of`."""
    return {
        *(condition.outcome or ()),
        *(condition.not_outcome or ()),
        *(condition.excepted or ()),
        *(condition.round_at_least or ()),
        *(condition.late or ()),
    }


@cache
def situations_read(pathway: Pathway) -> frozenset[str]:
    """What the conditions of a pathway ask about its children, beside the run."""
    conditions = (condition for step in pathway.steps.values() for condition in conditions_of(step))
    return frozenset(word for one in conditions for word in (*(one.known or ()), *(one.not_known or ())))


def is_switched_off(pathway: Pathway, step: str, asked: frozenset[str] = frozenset()) -> bool:
    """Whether the council's choices alone keep every run from the step: by its conditions, or by those it rests on.

    `asked` names steps that are being looked at already, whose answer it cannot wait for.
    """
    rule, seen = pathway.steps[step], asked | {step}
    ways = (outcome.when for outcome in rule.outcomes.values())
    return _is_barred(pathway, rule.when, seen) or all(_is_barred(pathway, way, seen) for way in ways)


def _is_barred(pathway: Pathway, condition: Condition | None, asked: frozenset[str]) -> bool:
    if condition is None:
        return False
    needed = steps_named(condition) - set(condition.not_outcome or ()) - asked
    return (
        not is_chosen(condition, pathway)
        or any(is_switched_off(pathway, name, asked) for name in needed)
        or (condition.any_of is not None and all(_is_barred(pathway, one, asked) for one in condition.any_of))
    )


def outcomes_listed(condition: Condition, step: str) -> Iterator[list[str]]:
    """Each list of outcomes of the step that the condition names."""
    for named in (condition.outcome or {}, condition.not_outcome or {}):
        if step in named:
            yield named[step]
