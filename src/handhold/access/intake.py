"""The door through which children come in from outside: who takes a referral in, and by which pathway."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from handhold.access.families import Sighted, sight_of
from handhold.access.finding import members_of_council
from handhold.access.transfers import NotHere
from handhold.casefiles.steps_by_meaning import find_intake_step, find_intakes
from handhold.protocol.definition import Step
from handhold.protocol.pathways import Pathway
from handhold.records.models import FamilyMember, Practitioner


@dataclass(frozen=True)
class Intake:
    """What somebody takes referrals in by: what they see, the pathway, its roles, the step that writes them down."""

    sight: Sighted
    pathway: Pathway
    roles: frozenset[str]
    step: Step


def access_intake(*, by: Practitioner, now: datetime) -> Intake:
    """The way in for whoever holds one of its roles. Raises NotHere for anybody else."""
    found = intake_of(sight_of(by, now))
    if found is None:
        raise NotHere
    return found


def intake_of(sight: Sighted) -> Intake | None:
    """The same; None for who takes nothing in. Without a statement."""
    for name, roles in find_intakes(sight.protocol).items():
        pathway = sight.protocol.pathways[name]
        step = find_intake_step(pathway)
        if step is not None and roles & sight.roles:
            return Intake(sight, pathway, roles, step)
    return None


def access_people_on_record(refs: Collection[str], intake: Intake) -> list[FamilyMember]:
    """To which families of the council these people belong now, for who takes them in. Raises NotHere where one is of
    none, or is on record twice and worked with by the other record."""
    members = members_of_council(intake.sight).filter(person__ref__in=refs, person__is_joined=False)
    found = list(members.select_related("person", "family").order_by("pk"))
    if {one.person.ref for one in found} != set(refs):
        raise NotHere
    return found
