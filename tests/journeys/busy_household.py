"""A family of the busy council of whose people something was written down, and whose children are not held alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.actions.walking import PATHWAY
from tests.records.factories import MadeCouncil, MadeFamily, make_family, make_person, open_involvement, since

from handhold.actions.households import leave_household
from handhold.actions.persons import Details, correct_person
from handhold.actions.transfers import start_transfer
from handhold.records.models import FamilyMember, Person, Run


@dataclass
class BusyHousehold:
    """A family with a transfer of one child, a brother under something else, an expected baby, a father elsewhere."""

    family: MadeFamily
    baby: Person
    run: Run


def make_household(council: MadeCouncil, now: datetime) -> BusyHousehold:
    """All of it, at this time."""
    made, worker = make_family(council, children=2), council.practitioners["social-worker"]
    ref = made.family.ref
    baby = make_person(expected=now.date() + timedelta(days=20), family_name=made.family.name)
    brother = make_person(birth_date=date(2013, 3, 3), family_name=made.family.name)
    for person in (baby, brother):
        start = since(now - timedelta(days=20))
        FamilyMember.objects.create(family=made.family, person=person, role="child", during=start)
    open_involvement(council, made, brother, kind="child-in-need", start=now - timedelta(days=20))
    day = now.date() - timedelta(days=1)
    leave_household(ref, made.father.ref, day, "With his mother", stays_in_family=True, by=worker, now=now)
    child = made.children[0]
    details = Details(child.given_name, child.family_name, birth_date=date(2015, 9, 2))
    correct_person(ref, child.ref, details, "Her birth certificate", by=worker, now=now)
    run = start_transfer(ref, PATHWAY, [made.children[0].ref], by=worker, now=now)
    return BusyHousehold(made, baby, run)
