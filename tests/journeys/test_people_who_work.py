"""A manager moves a family to another worker, on a desktop and on a small phone; somebody leaves; somebody is away."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page
from tests.actions.walking import PATHWAY
from tests.journeys.persons import Inspector, Person
from tests.journeys.screens import DESKTOP, PHONE
from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_practitioner

from handhold.actions.transfers import start_transfer
from handhold.records.models import Allocation, Practitioner

TODAY = date(2026, 11, 24)


@pytest.fixture
def colleague(council: MadeCouncil) -> Practitioner:
    """Another social worker of the same team."""
    return make_practitioner(council.agencies["council"], council.teams["assessment-2"], role="social-worker")


def holders(family: MadeFamily) -> set[Practitioner]:
    held = Allocation.objects.filter(involvement__in=family.involvements, during__upper_inf=True)
    return {one.practitioner for one in held.select_related("practitioner")}


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "small phone"])
def test_a_manager_moves_a_family_from_my_work(
    people: Callable[..., Person],
    family: MadeFamily,
    colleague: Practitioner,
    inspector: Inspector,
    screenshot: Callable[[Page, str], None],
    screen: dict[str, int],
) -> None:
    worker = family.allocations[0].practitioner
    manager = people("team-manager", screen, inspector=inspector)
    manager.follow(re.compile(r"^Team"), "My work")
    manager.follow("The people whose work you answer for", "People whose work you answer for")
    screenshot(manager.page, f"people-{screen['width']}")
    manager.follow(f"Reallocate what {worker.given_name} {worker.family_name} answers for", "Reallocate")
    manager.follow("Choose every child", "Reallocate")
    manager.page.get_by_label("Who is responsible from now on?").select_option(colleague.ref)
    manager.hands.write("Why?", "She moves to another team")
    screenshot(manager.page, f"reallocate-{screen['width']}")
    manager.send("Reallocate", "is responsible for 2 children from now on")
    assert holders(family) == {colleague}


def test_a_manager_records_that_a_worker_leaves_and_everything_passes_on(
    people: Callable[..., Person],
    council: MadeCouncil,
    family: MadeFamily,
    colleague: Practitioner,
    inspector: Inspector,
    screenshot: Callable[[Page, str], None],
) -> None:
    worker = council.practitioners["social-worker"]
    refs = [child.ref for child in family.children]
    start_transfer(family.family.ref, PATHWAY, refs, by=worker, now=NOW)
    manager = people("team-manager", inspector=inspector)
    manager.open(f"/practitioners/{worker.ref}/leaving")
    manager.reads("2 involvements of children", "as worker")
    screenshot(manager.page, "leaving")
    manager.page.get_by_label("Who?", exact=True).select_option(colleague.ref)
    manager.hands.write("Why?", "A post elsewhere")
    manager.send("Record that they leave", "Everything that they held has passed on")
    assert holders(family) == {colleague}
    gone = people(colleague, inspector=inspector)
    gone.reads("Consider early help")


def test_an_absence_is_written_down_and_the_manager_sees_the_work_meanwhile(
    people: Callable[..., Person],
    council: MadeCouncil,
    family: MadeFamily,
    inspector: Inspector,
    screenshot: Callable[[Page, str], None],
) -> None:
    worker = council.practitioners["social-worker"]
    refs = [child.ref for child in family.children]
    start_transfer(family.family.ref, PATHWAY, refs, by=worker, now=NOW)
    away = people("social-worker", PHONE, inspector=inspector)
    away.follow(re.compile(r"^My families"), "My work")
    away.follow("When you are away", "People whose work you answer for")
    away.follow(re.compile("^Absences"), "When you are away")
    away.write_day("from_date", TODAY)
    away.write_day("to_date", date(2026, 12, 18))
    away.page.get_by_label("Illness").check()
    screenshot(away.page, "absences-320")
    away.send("Write it down", "Away until 18 December 2026")
    manager = people("team-manager", inspector=inspector)
    manager.reads(f"while {away.name} is away", "Reallocate what cannot wait")
    screenshot(manager.page, "stands-in")
