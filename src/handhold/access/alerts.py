"""The doors to alerts, which the council's people write, and to how somebody is spoken with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from handhold.access.families import Sighted, access_family_to_read, families_in_sight, sight_of, works_with
from handhold.access.transfers import NotHere
from handhold.casefiles.joined import with_joined
from handhold.records.models import Agency, Alert, Family, FamilyMember, Person, Practitioner


def alerts_known(family: Family, children: Iterable[Person], by: Practitioner) -> QuerySet[Alert]:
    """Every alert of a family in sight, and of these of its children in any other, that somebody may know of.

    All for the council's people; for a partner those that were shared.
    """
    about = Q(family=family) | with_joined("person", [one.pk for one in children])
    return Alert.objects.filter(about) if may_write_alerts(by) else Alert.objects.filter(about, is_shared=True)


def may_write_alerts(by: Practitioner) -> bool:
    """Whether they work for the council itself."""
    return by.agency.kind == Agency.Kind.COUNCIL


def access_family_to_alert(ref: str, *, by: Practitioner, now: datetime) -> tuple[Family, Sighted]:
    """A family in sight, for the council's people, who may write alerts. Raises NotHere."""
    found = access_family_to_read(ref, by=by, now=now)
    if not may_write_alerts(by):
        raise NotHere
    return found


def access_alert_to_end(ref: str, *, by: Practitioner, now: datetime) -> tuple[Alert, Sighted]:
    """An alert of a family in sight, locked, for the council's people. Raises NotHere."""
    sight = sight_of(by, now)
    rows = Alert.objects.select_for_update(of=("self",)).select_related("family", "person")
    alert = rows.filter(ref=ref, family__in=families_in_sight(sight).values("pk")).first()
    if alert is None or not may_write_alerts(by):
        raise NotHere
    return alert, sight


def access_person_to_describe(
    family_ref: str, ref: str, *, by: Practitioner, now: datetime
) -> tuple[FamilyMember, Sighted]:
    """Somebody of a family in sight; for a partner an adult, or a child with whom they work. Raises NotHere."""
    family, sight = access_family_to_read(family_ref, by=by, now=now)
    own = Q(role=FamilyMember.Role.ADULT) | works_with(sight)
    members = FamilyMember.objects.filter(family=family, person__ref=ref, during__contains=now)
    member = members.filter(Q() if sight.is_of_council else own).select_related("person", "family").first()
    if member is None:
        raise NotHere
    return member, sight
