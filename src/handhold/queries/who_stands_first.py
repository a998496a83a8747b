"""Whom a step means before anybody else: whose turn it is, and the social worker to whom a family returns."""

from __future__ import annotations

from dataclasses import dataclass

from handhold.access.words import find_away
from handhold.casefiles.case import Case
from handhold.casefiles.joined import with_joined
from handhold.casefiles.offices import load_offices
from handhold.casefiles.situations import PLANS
from handhold.protocol.definition import Step
from handhold.queries.naming import practitioner_name
from handhold.queries.whose_move import reachable
from handhold.records.models import Allocation, Practitioner, RotaSlot
from handhold.working_days import council_date


@dataclass(frozen=True, slots=True)
class StandsFirst:
    """Somebody who is offered first, and why. `can_be_chosen` is False for one who has left or is away."""

    practitioner: Practitioner
    why: str
    can_be_chosen: bool = True


def find_first(case: Case, step: Step) -> tuple[StandsFirst, ...]:
    """Who stands first in the choice of this step; nobody where the family's own practitioners do. One statement."""
    if step.kind == "allocation" and "returned-soon" in case.observed.facts.known:
        previous = find_previous(case)
        return (previous,) if previous else ()
    return find_on_duty(case, step) if "conversation-partner" in step.asks else ()


def find_on_duty(case: Case, step: Step) -> tuple[StandsFirst, ...]:
    """Whose turn it is now, on the rotas of the roles that decide right after this step (Y48)."""
    deciding = {role for later in case.pathway.steps.values() if step.id in later.after for role in later.who}
    turns = RotaSlot.objects.filter(
        rota__authority=case.run.authority_id, rota__code__in=deciding, during__contains=case.now
    ).select_related("practitioner__agency", "practitioner__team")
    return tuple(StandsFirst(turn.practitioner, "on duty now") for turn in turns)


def find_previous(case: Case) -> StandsFirst | None:
    """Who answered last for the plan that ended, by whom the family is known (Y51)."""
    own = with_joined("involvement__child", [held.person.pk for held in case.children])
    ended = Allocation.objects.filter(
        own, involvement__kind__in=PLANS, involvement__open_during__upper_inf=False
    ).select_related("practitioner__agency", "practitioner__team")
    last = ended.order_by("-during").first()
    if last is None:
        return None
    one = last.practitioner
    if one.left_date is not None and one.left_date <= council_date(case.now):
        return StandsFirst(one, "has left", can_be_chosen=False)
    if find_away([one.pk], case.now):
        return StandsFirst(one, "is away", can_be_chosen=False)
    return StandsFirst(one, "the previous social worker")


def previous_words(case: Case) -> str:
    """`The family returns to Samira Malik, social worker ...`; where they are gone, who allocates in their place."""
    if "returned-soon" not in case.observed.facts.known:
        return ""
    previous = find_previous(case)
    if previous is None:
        return ""
    named = reachable(previous.practitioner).introduced
    said = "The last plan ended so short a time ago that the family returns to its previous social worker"
    if previous.can_be_chosen:
        return f"{said}: {named}."
    stand_ins = case.protocol.file.stand_ins
    offices = load_offices([previous.practitioner], stand_ins.values(), case.now)
    manager = practitioner_name(offices.stand_in_of(previous.practitioner, stand_ins))
    return f"{said}, {named}, who {previous.why}. {manager} allocates in their place."
