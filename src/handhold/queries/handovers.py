"""Who answers for each child until a closure, and who from then on: as what the closure brings about has it."""

from __future__ import annotations

from dataclasses import dataclass

from handhold.casefiles.case import Case
from handhold.casefiles.children import HeldChild
from handhold.casefiles.offices import load_offices
from handhold.protocol.conditions import holds
from handhold.protocol.definition import Effect, Step
from handhold.protocol.facts import Child
from handhold.protocol.vocabulary import RELATIONS
from handhold.queries.naming import first_name, listed, practitioner_name
from handhold.records.models import Practitioner

NOBODY = "Nobody of these services: universal services only"
NOBODY_YET = "Nobody has been chosen yet"


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """Who is responsible for one child until the closure, and who from then on."""

    child: str
    until_now: str
    from_now: str
    is_this_child: bool


def find_handovers(case: Case, step: Step, child: Child | None) -> tuple[HandoverLine, ...]:
    """The children who are still in the transfer. Statements only where somebody takes on by office."""
    closures = (one for one in case.pathway.steps.values() if one.kind == "closure")
    closure = step if step.kind == "closure" else next(closures, None)
    found = []
    for place, held in enumerate(case.children):
        origin = held.allocations.get(case.pathway.origin)
        effects = _effects_now(case, closure, place) if closure and origin and not held.row.outcome else []
        if origin and effects:
            after, until_now = _after(case, held, effects, origin.practitioner), practitioner_name(origin.practitioner)
            found.append(HandoverLine(first_name(held.person), until_now, after, place == child))
    return tuple(found)


def _effects_now(case: Case, closure: Step, place: Child) -> list[Effect]:
    """What the closure brings about as things stand: by the first of its outcomes that fits."""
    outcomes = (one for one in closure.outcomes.values() if not one.forbidden)
    fitting = (one for one in outcomes if holds(one.when, case.pathway, case.observed.facts, place))
    return [*next((one.effects for one in fitting), [])]


def _after(case: Case, held: HeldChild, effects: list[Effect], near: Practitioner) -> str:
    closed = {case.pathway.origin if one.close == "origin" else one.close for one in effects if one.close}
    staying = [] if "every" in closed else [one for kind, one in held.allocations.items() if kind not in closed]
    opens = [one.to for one in effects if one.open and one.to]
    people = [*(one.practitioner for one in staying), *(one for word in opens for one in _who(case, word, near))]
    names = [*dict.fromkeys(practitioner_name(one) for one in people)]
    return listed(names) if names else NOBODY_YET if opens else NOBODY


def _who(case: Case, word: str, near: Practitioner) -> list[Practitioner]:
    if word == "receiver":
        return [case.people.receiver] if case.people.receiver else []
    if word in RELATIONS:
        return [case.people.holder(word)]
    return [load_offices([near], [word], case.now).office_of(word, near)]
