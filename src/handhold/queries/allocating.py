"""What a manager is about to move for many families at once, and who could take it: with the load of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from handhold.access.caseloads import roles_that_take_over
from handhold.access.families import Sighted
from handhold.casefiles.offices import load_offices
from handhold.queries.held import Held, families_answered_for, find_held
from handhold.queries.my_families import find_families
from handhold.queries.naming import listed, practitioner_name
from handhold.queries.narrowing import Narrowing
from handhold.queries.practitioners import Candidate, find_candidates
from handhold.records.models import Agency, Allocation, Family, Practitioner

MOST_AT_ONCE = 100
"""So many families are moved in one go: more would keep others waiting who work with one of the children."""


@dataclass(frozen=True)
class Moving:
    """What one person answers for in one family: names, and the references that the act needs."""

    holder_ref: str
    holder: str
    family_ref: str
    family: str
    children: str
    involvements: tuple[str, ...]

    @property
    def key(self) -> str:
        """All references in one word, for a form."""
        return ".".join((self.holder_ref, self.family_ref, *self.involvements))


def find_moving(sight: Sighted, asked: Narrowing, chosen: Iterable[str] | None) -> tuple[list[Moving], int]:
    """What a manager, and those whom they manage, answer for in the chosen families, or in all that match (None).

    The first hundred by the names of the families, and how many there are.
    """
    families = find_families(sight, asked)
    families = families if chosen is None else families_answered_for(sight).filter(ref__in=set(chosen))
    held = find_held(sight, families=families.order_by().values_list("pk", flat=True))
    found: dict[tuple[str, str], list[Held]] = {}
    for one in held:
        found.setdefault((one.family_ref, one.practitioner.ref), []).append(one)
    return [_moving(rows) for rows in found.values()][:MOST_AT_ONCE], len(found)


def find_receivers(holder_refs: Iterable[str], sight: Sighted) -> tuple[Candidate, ...]:
    """Who can take over from all of these whom the person manages: the council's staff, with least to do first."""
    refs = set(holder_refs)
    managed = Practitioner.objects.filter(ref__in=refs, pk__in={sight.by.pk, *sight.manages})
    holders = list(managed.select_related("agency"))
    if not holders:
        return ()
    offices = load_offices(holders, (), sight.now)
    roles = [roles_that_take_over(sight.protocol, frozenset(offices.roles.get(one.pk, ()))) for one in holders]
    found = find_candidates(sight.by.agency.authority_id, frozenset.intersection(*roles), sight.now)
    known = Practitioner.objects.filter(ref__in=[one.ref for one in found], agency__kind=Agency.Kind.COUNCIL)
    council = set(known.values_list("ref", flat=True))
    return tuple(one for one in found if one.ref in council and refs != {one.ref})


def find_holders(involvement_refs: Iterable[str], sight: Sighted) -> dict[str, tuple[str, datetime]]:
    """Of each involvement, by its reference: who answers for it now, since when. For who moved it, or came second."""
    rows = Allocation.objects.filter(
        involvement__ref__in=set(involvement_refs),
        involvement__agency__authority=sight.by.agency.authority_id,
        during__upper_inf=True,
    ).select_related("involvement", "practitioner")
    return {one.involvement.ref: (practitioner_name(one.practitioner), one.during.lower) for one in rows}


def family_names(refs: Iterable[str], sight: Sighted) -> dict[str, str]:
    """Names of families of this council by reference, for whoever has just moved them."""
    families = Family.objects.filter(ref__in=set(refs), authority=sight.by.agency.authority_id)
    return {ref: f"{name} family" for ref, name in families.values_list("ref", "name")}


def _moving(rows: list[Held]) -> Moving:
    first = rows[0]
    return Moving(
        holder_ref=first.practitioner.ref,
        holder=practitioner_name(first.practitioner),
        family_ref=first.family_ref,
        family=f"{first.family_name} family",
        children=listed(dict.fromkeys(one.first_name for one in rows)),
        involvements=tuple(one.involvement_ref for one in rows),
    )
