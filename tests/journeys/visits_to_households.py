"""The pages about who belongs to a family, and those of children whom one transfer does not carry."""

from __future__ import annotations

from collections.abc import Iterator

from tests.actions.walking import PATHWAY
from tests.journeys.busy_household import BusyHousehold
from tests.journeys.visits_to_people import Visit


def visits_of_households(household: BusyHousehold, partner_led: str) -> Iterator[Visit]:
    """Each page, empty, filled, and sent with something left out. `partner_led`: a family that a partner leads for."""
    worker, people = "social-worker", f"/families/{household.family.family.ref}/people"
    child, father = household.family.children[0].ref, household.family.father.ref
    start = f"/families/{household.family.family.ref}/transfers/new?pathway={PATHWAY}"
    yield Visit(worker, people, "Her birth certificate")
    yield Visit("front-door", people, "Record the birth")
    yield Visit(worker, f"{people}/new?as=child", "to the child?")
    yield Visit(worker, f"{people}/new?as=child", "Enter the date of birth, or the day", press="Write it down")
    yield Visit(worker, f"{people}/new?as=adult", "What are they to the children?")
    yield Visit(worker, f"{people}/{household.baby.ref}/birth", "Record a birth")
    yield Visit(worker, f"{people}/{household.baby.ref}/birth", "Enter the first name", press="Write it down")
    yield Visit(worker, f"{people}/{child}/correction", "What stood before is kept")
    yield Visit(worker, f"{people}/{child}/correction", "Write how you know", press="Write it down")
    yield Visit(worker, f"{people}/{child}/leaving", "Do they still belong to this family?")
    yield Visit(worker, f"{people}/{child}/leaving", "Choose whether they still belong", press="Write it down")
    yield Visit(worker, f"{people}/{father}/moving-in", "Since when do they live here?")
    yield Visit("lead-practitioner", f"/families/{partner_led}/people/tell", "Who was born, moved in or left")
    yield Visit(worker, start, "The other children of the family")
    yield Visit(worker, f"/transfers/{household.run.ref}", "is not in any transfer and is open")
