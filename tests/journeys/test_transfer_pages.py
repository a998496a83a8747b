"""The pages of a transfer and its steps in a browser: they fit a phone, axe finds nothing, no JavaScript is needed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.actions.walking import Walk, begin
from tests.journeys.screens import Window
from tests.records.factories import make_account, make_council, make_family
from tests.web.walked import at

from handhold.casefiles.protocols import protocol_of
from handhold.records.models import Account, PlanRevision, StepRecord

pytestmark = pytest.mark.django_db(transaction=True)
Check = Callable[[Page], None]
SignIn = Callable[[Page, Account], None]
Screenshot = Callable[[Page, str], None]


@pytest.fixture
def walk() -> Walk:
    council = make_council()
    return begin(council, make_family(council, children=3))


def step_address(walk: Walk, step: str, page: str = "") -> str:
    """The page of a step, of the first child where it is for each child."""
    rule = protocol_of(walk.run).pathways[walk.run.pathway].steps[step]
    child = f"?child={walk.child_refs[0]}" if rule.per == "child" else ""
    return f"/transfers/{walk.run.ref}/steps/{step}{page}{child}"


KINDS = [
    "early-help-considered",
    "plan-proposed",
    "consent",
    "support-decided",
    "handover-meeting",
    "team-told",
    "ending-visit",
    "endings-letter",
    "next-action-added",
    "section-2-written",
    "lead-on-record",
    "closure-overseen",
    "case-closed",
    "worker-left",
]


def test_every_kind_of_step_is_right_for_everybody(
    window: Window, walk: Walk, sign_in: SignIn, check_axe: Check, check_fits: Check, screenshot: Screenshot
) -> None:
    screen = window.page
    walk.to_practitioner_allocated().do("next-action-added", "finished")
    pages = {step: step_address(walk, step) for step in KINDS}
    pages["exception"] = step_address(walk, "ending-visit", "/exception")
    pages["transfer"] = f"/transfers/{walk.run.ref}"
    pages["story"] = f"/transfers/{walk.run.ref}/story"
    pages["start"] = f"/families/{walk.family.family.ref}/transfers/new?pathway=assessment-to-early-help"
    titles = set()
    with at(walk.now):
        sign_in(screen, make_account(walk.person("social-worker")))
        for name, address in pages.items():
            screen.goto(address)
            titles.add(screen.title())
            for become, called in ((window.become_desktop, "desktop"), (window.become_phone, "phone")):
                become()
                check_axe(screen)
                check_fits(screen)
                screenshot(screen, f"transfer-{name}-{called}")
            window.become_desktop()
    assert len(titles) == len(pages), "every page has a title of its own"


def test_a_decision_reveals_the_reason_of_its_outcome_and_a_refusal_keeps_it(
    page: Page, walk: Walk, sign_in: SignIn, check_axe: Check
) -> None:
    with at(walk.now):
        sign_in(page, make_account(walk.person("social-worker")))
        page.goto(step_address(walk, "early-help-considered"))
        reason = page.locator("#reason-targeted")
        expect(reason).to_be_hidden()
        page.get_by_label("Targeted early help (the council's own)").check()
        expect(reason).to_be_visible()
        page.get_by_role("button", name="Record it").click()
        expect(page.get_by_role("alert")).to_contain_text("Write the reason")
        check_axe(page)
        page.locator("#reason-targeted").fill("Mornings are hard.")
        page.get_by_role("button", name="Record it").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(walk.family.family.name)
    assert StepRecord.objects.get(step="early-help-considered").outcome == "targeted"


def test_a_plan_is_written_without_javascript(no_js: Page, walk: Walk, sign_in: SignIn, check_fits: Check) -> None:
    walk.do("early-help-considered", "partner-led")
    with at(walk.now):
        sign_in(no_js, make_account(walk.person("social-worker")))
        no_js.goto(step_address(walk, "plan-proposed"))
        no_js.locator("#need-1-text").fill("Mornings are hard")
        no_js.get_by_role("button", name="Add another action to need 1").click()
        expect(no_js.locator("#need-1-text")).to_have_value("Mornings are hard")
        no_js.locator("#need-1-action-1-what").fill("Breakfast club")
        no_js.locator("#need-1-action-2-what").fill("A list on the fridge")
        no_js.get_by_role("button", name="Add another need").click()
        no_js.get_by_role("button", name="The plan is ready to show to the family").click()
        expect(no_js.get_by_role("heading", level=1)).to_contain_text(walk.family.family.name)
        check_fits(no_js)
    need = PlanRevision.objects.get().needs.get()
    assert [action.what for action in need.actions.order_by("position")] == ["Breakfast club", "A list on the fridge"]


def test_a_closure_that_is_too_early_is_refused_on_the_page_with_the_way_on(
    page: Page, walk: Walk, sign_in: SignIn, check_axe: Check
) -> None:
    walk.to_handed_over()
    with at(walk.now):
        sign_in(page, make_account(walk.person("social-worker")))
        page.goto(step_address(walk, "case-closed"))
        panel = page.get_by_role("region", name="Before this can be done")
        expect(panel).to_contain_text("Make the ending visit")
        panel.get_by_text("What the procedure says").first.click()
        check_axe(page)
        panel.get_by_role("link", name=re.compile("^Record the visit")).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Make the ending visit")
