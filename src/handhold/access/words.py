"""The words for a practitioner on a run: which relations they have to it and which roles they hold, at one instant."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef

from handhold.casefiles.case import Case
from handhold.records.models import Absence, AgencyClosure, Practitioner, RoleHolding, RotaSlot


def roles_of(practitioner: Practitioner, now: datetime) -> frozenset[str]:
    """The roles that somebody holds now, and those of the rotas on which it is their turn."""
    held = RoleHolding.objects.filter(practitioner=practitioner, during__contains=now).values_list("role")
    on_duty = RotaSlot.objects.filter(practitioner=practitioner, during__contains=now).values_list("rota__code")
    return frozenset(role for (role,) in held.union(on_duty))


def words_for(practitioner: Practitioner, case: Case, roles: frozenset[str]) -> frozenset[str]:
    """Relations and roles together: what `Act.by` holds. A manager stands in for a worker who is away."""
    people = case.people
    stands_in = people.manager.pk == practitioner.pk != people.worker.pk
    away = find_away({people.worker.pk}, case.now) if stands_in else frozenset()
    return words_among(practitioner, case, roles, away)


def words_among(practitioner: Practitioner, case: Case, roles: frozenset[str], away: frozenset[int]) -> frozenset[str]:
    """As `words_for`, without a statement: `away` holds the ids of the workers who are away."""
    words = set(roles) if practitioner.agency.authority_id == case.run.authority_id else set()
    people, own = case.people, practitioner.pk
    holds_origin = any(
        child.allocations[case.pathway.origin].practitioner_id == own
        for child in case.children
        if case.pathway.origin in child.allocations
    )
    if holds_origin:
        words.add("responsible-worker")
    if people.manager.pk == own:
        words.add("responsible-manager")
        if people.worker.pk != own and people.worker.pk in away:
            words.add("responsible-worker")
    if people.receiver and people.receiver.pk == own:
        words.add("receiver")
    return frozenset(words)


def find_away(practitioner_ids: Iterable[int], now: datetime) -> frozenset[int]:
    """Those of whom an absence, or a closure of their agency, covers this instant. One statement."""
    absent = Absence.objects.filter(practitioner=OuterRef("pk"), during__contains=now)
    closed = AgencyClosure.objects.filter(agency=OuterRef("agency"), during__contains=now)
    away = Practitioner.objects.filter(Exists(absent) | Exists(closed), pk__in=practitioner_ids)
    return frozenset(away.values_list("pk", flat=True))
