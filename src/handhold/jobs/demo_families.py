"""Families for whom a transfer of the demo could begin: who holds their children, and how their assessment stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from handhold.protocol.deciding import EARLY_HELP
from handhold.protocol.pathways import Pathway
from handhold.records.models import (
    Allocation,
    Assessment,
    Authority,
    Family,
    FamilyMember,
    Person,
    Practitioner,
    ProfessionalRelationship,
    Relationship,
)


@dataclass(frozen=True)
class Candidate:
    """A family: all of its children whom the pathway could carry, held by one worker, with the assessment of them."""

    family: Family
    worker: Practitioner
    assessment: Assessment
    parent: Person
    """Who cares for them and has parental responsibility."""
    children: list[Person]
    agencies: dict[int, set[int]]
    """By the id of each child: the ids of the agencies whose people work with them."""

    def near(self, agency_id: int) -> list[Person]:
        """The children with whom an agency works, the eldest first."""
        known = [child for child in self.children if agency_id in self.agencies[child.pk] and child.birth_date]
        return sorted(known, key=lambda child: str(child.birth_date))

    def stands(self, needs: str, at: datetime) -> bool:
        """Whether the assessment was authorised before an instant, or was but a draft that a manager had read."""
        if needs == "authorised":
            return self.assessment.authorised_at is not None and self.assessment.authorised_at < at
        read_at = self.assessment.draft_read_at
        return self.assessment.authorised_at is None and read_at is not None and read_at < at


def find_candidates(authority: Authority, pathway: Pathway, *, now: datetime) -> list[Candidate]:
    """The families of a council for whom early help is recommended, the latest assessment first."""
    held = Allocation.objects.filter(
        involvement__kind=pathway.origin, during__contains=now, practitioner__agency__authority=authority
    ).select_related("practitioner__agency__authority", "practitioner__team", "involvement__child")
    of_child = {one.involvement.child_id: one for one in held}
    members = FamilyMember.objects.filter(
        person__in=of_child, role=FamilyMember.Role.CHILD, family__authority=authority, during__contains=now
    ).select_related("family__authority")
    rows: dict[Family, list[Allocation]] = defaultdict(list)
    for member in members.order_by("family_id", "person_id"):
        rows[member.family].append(of_child[member.person_id])
    assessments = _assessments(rows)
    parents, agencies = _parents(of_child, now), _agencies(of_child, now)
    found = []
    for family, allocations in rows.items():
        children = [one.involvement.child for one in allocations]
        parent = next((parents[child.pk] for child in children if child.pk in parents), None)
        is_one_workers = len({one.practitioner_id for one in allocations}) == 1
        if is_one_workers and parent and family.pk in assessments:
            worker = allocations[0].practitioner
            found.append(Candidate(family, worker, assessments[family.pk], parent, children, agencies))
    return sorted(found, key=lambda one: (_newest_first(one.assessment), one.family.pk))


def _newest_first(assessment: Assessment) -> float:
    at = assessment.authorised_at or assessment.draft_read_at
    return -at.timestamp() if at else 0.0


def _assessments(families: Iterable[Family]) -> dict[int, Assessment]:
    """The newest assessment of each family, where it recommends early help."""
    rows = Assessment.objects.filter(family__in=list(families)).order_by("started_date", "pk")
    return {one.family_id: one for one in rows if one.recommendation in EARLY_HELP}


def _parents(children: Iterable[int], now: datetime) -> dict[int, Person]:
    """For each child an adult of their household who has parental responsibility."""
    household = FamilyMember.objects.filter(role=FamilyMember.Role.ADULT, in_household=True, during__contains=now)
    rows = Relationship.objects.filter(
        to_person__in=list(children),
        parental_responsibility=True,
        during__contains=now,
        from_person__in=household.values("person"),
    )
    found: dict[int, Person] = {}
    for row in rows.select_related("from_person").order_by("pk"):
        found.setdefault(row.to_person_id, row.from_person)
    return found


def _agencies(children: Iterable[int], now: datetime) -> dict[int, set[int]]:
    """The agencies around each child."""
    rows = ProfessionalRelationship.objects.filter(child__in=list(children), during__contains=now)
    found: dict[int, set[int]] = defaultdict(set)
    for child, agency in rows.values_list("child", "practitioner__agency"):
        found[child].add(agency)
    return found
