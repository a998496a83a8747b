"""A manager narrows a list, saves the filter, and reallocates what it shows, without JavaScript."""

from collections.abc import Callable

from playwright.sync_api import expect
from tests.journeys.persons import Person
from tests.journeys.screens import DESKTOP
from tests.records.factories import MadeCouncil, MadeFamily, make_family, make_practitioner

from handhold.records.models import Allocation


def test_a_manager_narrows_saves_and_reallocates_without_javascript(
    people: Callable[..., Person], council: MadeCouncil, family: MadeFamily
) -> None:
    beside = make_family(council, children=1)
    colleague = make_practitioner(council.agencies["council"], council.teams["assessment-2"], role="social-worker")
    manager = people("team-manager", DESKTOP, java_script_enabled=False)
    manager.follow("My families (2)", "My work")
    manager.hands.unfold("Filter and sort")
    manager.hands.write("Family name", family.family.name)
    manager.send("Show these", "1 family.")
    manager.follow("Save this filter", "Save this filter")
    manager.hands.write("Name of this filter", "The one to move")
    manager.send("Save", "is saved. It stands above the list.")
    manager.hands.follow("My families (2)")
    expect(manager.page.get_by_role("main")).to_contain_text("2 families.")
    manager.hands.follow("The one to move")
    manager.send("Reallocate all 1 that match", "Reallocate 1 family")
    manager.hands.pick("Who is responsible from now on?", f"{colleague.given_name} {colleague.family_name}")
    manager.hands.write("Why?", "Her load is smaller")
    manager.send("Reallocate", "Moved: 1")
    held = Allocation.objects.filter(during__upper_inf=True, practitioner=colleague)
    assert {one.involvement for one in held} == set(family.involvements)
    assert not held.filter(involvement__in=beside.involvements).exists()
