"""Who stands around the children of a run, as agencies and as carers: whom to tell, and to whom to write."""

from __future__ import annotations

from handhold.casefiles.case import Case
from handhold.records.models import Agency, FamilyMember, Person, Practitioner, ProfessionalRelationship


def find_agencies_around(case: Case) -> list[Agency]:
    """The agencies that work with the run's children now, without the council's own, by name. One statement."""
    children = [held.person.pk for held in case.children]
    now = {
        "practitioners__professional_relationships__child__in": children,
        "practitioners__professional_relationships__during__contains": case.now,
    }
    rows = Agency.objects.filter(**now).exclude(kind=Agency.Kind.COUNCIL).distinct()
    return list(rows.order_by("name", "pk"))


def find_agencies_to_write_to(case: Case) -> list[Agency]:
    """Each agency that works with the children, and that of whoever takes over."""
    found = {one.pk: one for one in find_agencies_around(case)}
    receiver = case.people.receiver
    if receiver is not None and receiver.agency.kind != Agency.Kind.COUNCIL:
        found[receiver.agency_id] = receiver.agency
    return sorted(found.values(), key=lambda one: (one.name, one.pk))


def find_carers(case: Case) -> list[Person]:
    """The adults who live with the children now. One statement."""
    rows = FamilyMember.objects.filter(
        family=case.run.family_id,
        role=FamilyMember.Role.ADULT,
        in_household=True,
        during__contains=case.now,
        person__died_date__isnull=True,
    ).select_related("person")
    return [row.person for row in rows.order_by("person_id")]


def works_for_agency_around(case: Case, practitioner: Practitioner) -> bool:
    """Whether the agency of a practitioner works with the run's children now (L18). One statement."""
    return ProfessionalRelationship.objects.filter(
        child__in=[child.person.pk for child in case.children],
        during__contains=case.now,
        practitioner__agency=practitioner.agency_id,
    ).exists()
