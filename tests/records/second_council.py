"""A second council, which works by another procedure than the first: for tests of what the other one asks.

council = make_second_council()
walk = begin_step_down(council, make_family(council, kind="child-in-need"), "child-in-need-step-down")
"""

from datetime import datetime, timedelta

from django.db import transaction

from handhold.actions.transfers import start_transfer
from handhold.records.models import Person, Practitioner, ProfessionalRelationship, Queue
from tests.actions.walking import Walk
from tests.records.factories import (
    LONG_AGO,
    NOW,
    MadeCouncil,
    MadeFamily,
    make_assessment,
    make_council,
    make_post,
    make_practitioner,
    since,
)

CODE = "leeds"
# role: (agency, team, job title), beside those that every made council has
OWN_ROLES = {
    "targeted-services-leader": ("council", "targeted", "Targeted services leader"),
    "single-agency-practitioner": ("health", None, "School nurse"),
    "integrated-processes-team": ("council", "front-door", "Integrated processes officer"),
    "conference-chair": ("council", "front-door", "Conference chair"),
}

OWN_QUEUES = {
    "duty-and-advice": ("Duty and Advice", "front-door"),
    "integrated-processes-team": ("Integrated Processes Team", "integrated-processes-team"),
}


@transaction.atomic
def make_second_council(start: datetime = LONG_AGO) -> MadeCouncil:
    """A made council with the second procedure, and everybody whom that one names."""
    council = make_council(code=CODE, protocol=CODE, start=start)
    for role, (agency, team, title) in OWN_ROLES.items():
        holder = make_practitioner(
            council.agencies[agency], council.teams[team] if team else None, role=role, title=title, start=start
        )
        council.practitioners[role] = holder
        if agency == "council":
            council.posts[role] = make_post(council.authority, role, holder, start=start)
    for code, (label, owner) in OWN_QUEUES.items():
        post = council.posts[owner]
        council.queues[code] = Queue.objects.create(
            authority=council.authority, code=code, label=label, owner_post=post
        )
    return council


def work_with(child: Person, practitioner: Practitioner, role: str) -> None:
    """Puts a practitioner among those who work with a child."""
    ProfessionalRelationship.objects.create(
        child=child, practitioner=practitioner, role=role, contact="", during=since(NOW)
    )


def begin_step_down(council: MadeCouncil, family: MadeFamily, pathway: str) -> Walk:
    """A step down of all children, with a teacher and a health visitor who work with each of them."""
    assessment = make_assessment(council, family)
    for child in family.children:
        work_with(child, council.practitioners["lead-practitioner"], "Assistant head teacher")
        work_with(child, council.second_lead, "Health visitor")
    refs = [child.ref for child in family.children]
    worker = council.practitioners["social-worker"]
    run = start_transfer(family.family.ref, pathway, refs, assessment_ref=assessment.ref, by=worker, now=NOW)
    return Walk(council, family, run, now=NOW + timedelta(minutes=1), child_refs=refs)


def begin_contact(council: MadeCouncil, family: MadeFamily, pathway: str, *, by: Practitioner | None = None) -> Walk:
    """A run of all children, begun by whoever helps the family first, or by somebody else who is responsible too."""
    asking = by or family.allocations[0].practitioner
    refs = [child.ref for child in family.children]
    run = start_transfer(family.family.ref, pathway, refs, by=asking, now=NOW)
    return Walk(council, family, run, now=NOW + timedelta(minutes=1), lead=asking, child_refs=refs)
