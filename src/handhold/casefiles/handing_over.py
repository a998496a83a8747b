"""One person's accountability to another, outside the steps of a run: what an allowed reallocation writes.

The old allocation ends and the new one begins at one instant; main contact and lead on record follow (H1).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from handhold.casefiles.protocols import protocol_of
from handhold.records.models import (
    Agency,
    Allocation,
    MainContact,
    Practitioner,
    ProfessionalRelationship,
    Run,
    RunChild,
)


def hand_over(allocations: Iterable[Allocation], to: Practitioner, now: datetime) -> None:
    """Each of these open allocations passes to one person. They need their involvement loaded, and its child locked."""
    for old in allocations:
        if old.practitioner_id != to.pk:
            _hand_over_one(old, to, now)


def _hand_over_one(old: Allocation, to: Practitioner, now: datetime) -> None:
    involvement, leaving = old.involvement, old.practitioner_id
    Allocation.objects.filter(pk=old.pk).update(during=DateTimeTZRange(old.during.lower, now))
    Allocation.objects.create(
        involvement=involvement,
        practitioner=to,
        during=DateTimeTZRange(now, None),
        held_as=old.held_as,  # what a run has passed to an office stays with it, whoever answers
        run=old.run if old.held_as else None,
    )
    contacts = MainContact.objects.filter(involvement=involvement, practitioner=leaving, during__upper_inf=True)
    for contact in contacts:
        MainContact.objects.filter(pk=contact.pk).update(during=DateTimeTZRange(contact.during.lower, now))
        MainContact.objects.create(
            child_id=contact.child_id, involvement=involvement, practitioner=to, during=DateTimeTZRange(now, None)
        )
    _pass_on_lead(involvement.child_id, leaving, to, now)


def _pass_on_lead(child_id: int, leaving: int, to: Practitioner, now: datetime) -> None:
    """Whoever was on the child's record as lead is so no more; who takes over is (Y27)."""
    leads = ProfessionalRelationship.objects.filter(
        child=child_id, practitioner=leaving, is_lead=True, during__upper_inf=True
    )
    for lead in leads:
        known = {"child": child_id, "practitioner": to, "role": lead.role}
        end_relationships([lead, *ProfessionalRelationship.objects.filter(**known, during__upper_inf=True)], now)
        ProfessionalRelationship.objects.create(
            child_id=child_id,
            practitioner=to,
            role=lead.role,
            contact=", ".join(part for part in (to.phone, to.email) if part),
            during=DateTimeTZRange(now, None),
            is_lead=True,
        )


def end_relationships(relationships: Iterable[ProfessionalRelationship], now: datetime) -> None:
    """Somebody no longer works with these children. What has yet to begin is left: it says nothing of today."""
    for one in relationships:
        if one.during.lower < now:
            ProfessionalRelationship.objects.filter(pk=one.pk).update(during=DateTimeTZRange(one.during.lower, now))


def follow(runs: Iterable[Run], leaving: Practitioner, to: Practitioner) -> None:
    """Open runs name who took over: as their worker once all their open children are held so, or as their receiver."""
    for run in runs:
        if run.sender_id == leaving.pk and _all_held_by(run, to):
            Run.objects.filter(pk=run.pk).update(sender=to)
        is_council = leaving.agency.kind == Agency.Kind.COUNCIL  # in a partner's place another lead is asked
        if is_council and run.receiver_id == leaving.pk and _has_handed_over_to(run, to):
            Run.objects.filter(pk=run.pk).update(receiver=to)


def _all_held_by(run: Run, who: Practitioner) -> bool:
    """Whether this person holds every child that the run still moves; true once it moves none."""
    origin = protocol_of(run).pathways[run.pathway].origin
    children = RunChild.objects.filter(run=run, ended_at__isnull=True).values("child")
    held = Allocation.objects.filter(involvement__child__in=children, involvement__kind=origin, during__upper_inf=True)
    return not held.exclude(practitioner=who).exists()


def _has_handed_over_to(run: Run, who: Practitioner) -> bool:
    """Whether all that the run opened and that is open still is theirs."""
    opened = Allocation.objects.filter(involvement__opened_by_run=run, during__upper_inf=True)
    return opened.exists() and not opened.exclude(practitioner=who).exists()
