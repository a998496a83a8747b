"""What one practitioner answers for, by family and child, and who could take it over: for the page that reallocates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Subquery

from handhold.access.caseloads import OpenedPerson, roles_that_take_over
from handhold.casefiles.protocols import calendar_of
from handhold.queries.involved import involvement_name
from handhold.queries.naming import age_words, first_name, practitioner_name
from handhold.queries.practitioners import Candidate, find_candidates
from handhold.queries.whose_move import Reachable, reachable
from handhold.records.models import Agency, Allocation, FamilyMember, Practitioner, RunChild


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One involvement of one child that the practitioner answers for."""

    ref: str
    child_ref: str
    child: str
    involvement: str
    family_ref: str
    family: str
    since: datetime
    is_moving: bool
    """Whether an open transfer carries the child."""

    @property
    def words(self) -> str:
        """`Ada (11), Okafor family`"""
        return f"{self.child}, {self.family}"


@dataclass(frozen=True, slots=True)
class Caseload:
    """A practitioner's work as its page shows it. `lines` and `candidates` are empty for who may not move it."""

    ref: str
    name: str
    introduced: str
    is_self: bool
    may_manage: bool
    manager: Reachable
    lines: tuple[HeldLine, ...]
    candidates: tuple[Candidate, ...]


def find_caseload(opened: OpenedPerson) -> Caseload:
    """The work of a practitioner whom `access_person_to_read` opened."""
    may, person = opened.may_manage, opened.person
    return Caseload(
        ref=person.ref,
        name=practitioner_name(person),
        introduced=reachable(person).introduced,
        is_self=opened.is_self,
        may_manage=may,
        manager=reachable(opened.manager),
        lines=find_lines(opened) if may else (),
        candidates=find_successors(opened) if may else (),
    )


def find_successors(opened: OpenedPerson) -> tuple[Candidate, ...]:
    """Who can take over what this practitioner answers for, without being asked first: those with least to do first."""
    protocol, person = opened.sight.protocol, opened.person
    found = find_candidates(person.agency.authority_id, roles_that_take_over(protocol, opened.roles), opened.sight.now)
    council = set(
        Practitioner.objects.filter(ref__in=[one.ref for one in found], agency__kind=Agency.Kind.COUNCIL).values_list(
            "ref", flat=True
        )
    )
    return tuple(one for one in found if one.ref in council and one.ref != person.ref)


def find_lines(opened: OpenedPerson) -> tuple[HeldLine, ...]:
    """Every involvement that the practitioner answers for now, by family and child. One statement."""
    now, protocol = opened.sight.now, opened.sight.protocol
    membership = FamilyMember.objects.filter(
        person=OuterRef("involvement__child"), role=FamilyMember.Role.CHILD, during__contains=now
    ).order_by("id")
    moving = RunChild.objects.filter(
        child=OuterRef("involvement__child"), ended_at__isnull=True, run__ended_at__isnull=True
    )
    rows = (
        Allocation.objects.filter(practitioner=opened.person, during__contains=now)
        .select_related("involvement__child")
        .annotate(
            family_ref=Subquery(membership.values("family__ref")[:1]),
            family_name=Subquery(membership.values("family__name")[:1]),
            is_moving=Exists(moving),
        )
        .order_by("family_name", "family_ref", "involvement__child__birth_date", "involvement__child_id", "id")
    )
    today = calendar_of(protocol).local_date(now)
    return tuple(_line(row, involvement_name(row.involvement.kind, protocol), today) for row in rows)


def _line(row: Allocation, called: str, today: date) -> HeldLine:
    child = row.involvement.child
    age = age_words(child, today)
    name = row.family_name or child.family_name  # type: ignore[attr-defined]
    return HeldLine(
        ref=row.involvement.ref,
        child_ref=child.ref,
        child=f"{first_name(child)} ({age})" if age else first_name(child),
        involvement=called,
        family_ref=row.family_ref or "",  # type: ignore[attr-defined]
        family=f"{name} family",
        since=row.during.lower,
        is_moving=bool(row.is_moving),  # type: ignore[attr-defined]
    )


def narrowed(lines: Iterable[HeldLine], *, child: str = "", family: str = "") -> list[str]:
    """The references of those of one child or one family; none where neither is named."""
    return [one.ref for one in lines if (child and one.child_ref == child) or (family and one.family_ref == family)]
