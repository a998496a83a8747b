"""How to have a child taken in for whom nothing is open: by oneself, or by whom to ring."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from handhold.casefiles.steps_by_meaning import find_intakes
from handhold.protocol.pathways import Protocol
from handhold.records.models import Practitioner, RoleHolding


@dataclass(frozen=True, slots=True)
class FrontDoor:
    """Who takes children in. `is_own` where whoever looks does; then there is nobody to ring."""

    called: str
    phone: str
    is_own: bool


def find_front_door(by: Practitioner, words: Collection[str], protocol: Protocol, now: datetime) -> FrontDoor:
    """The front door of somebody's council, as they reach it. `words`: their roles. One statement at most."""
    roles = {role for some in find_intakes(protocol).values() for role in some}
    if roles.intersection(words):
        return FrontDoor("", "", is_own=True)
    held = RoleHolding.objects.filter(
        role__in=roles, during__contains=now, practitioner__agency__authority=by.agency.authority_id
    )
    first = held.select_related("practitioner__agency", "practitioner__team").order_by("pk").first()
    if first is None:
        return FrontDoor("the front door", "", is_own=False)
    who = first.practitioner
    called = who.team.name if who.team else who.agency.name
    return FrontDoor(called, who.phone or who.agency.phone, is_own=False)
