"""Safeguarding concerns in a real browser: reported without JavaScript, and kept when nothing was written."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from tests.actions.walking import Walk, begin
from tests.records.factories import make_account, make_council, make_family
from tests.web.walked import at

from handhold.records.models import Account

Check = Callable[[Page], None]
SignIn = Callable[[Page, Account], None]


@pytest.fixture
def walk(transactional_db: None) -> Iterator[Walk]:
    """A transfer that has just begun; the pages' clock stands at its end."""
    council = make_council()
    walk = begin(council, make_family(council, children=1))
    with at(walk.now):
        yield walk


@pytest.fixture(params=["page", "phone"])
def screen(request: pytest.FixtureRequest, walk: Walk) -> Page:
    """A desktop and a phone, one after the other."""
    found: Page = request.getfixturevalue(request.param)
    return found


def test_a_concern_is_reported_received_and_decided_without_javascript(
    no_js: Page, open_page: Callable[..., Page], walk: Walk, sign_in: SignIn, check_axe: Check
) -> None:
    child = walk.family.children[0]
    sign_in(no_js, make_account(walk.person("social-worker")))
    no_js.goto(f"/children/{child.ref}")
    no_js.get_by_role("main").get_by_role("button", name="Report a safeguarding concern").click()
    expect(no_js.get_by_label("Who are you worried about?")).to_contain_text(child.given_name)
    no_js.get_by_label("What has happened").fill("She came to school with a burn.")
    no_js.get_by_role("button", name="Send").click()
    expect(no_js.get_by_role("main")).to_contain_text("Not received yet. If nobody confirms by")
    duty = open_page({"width": 320, "height": 640}, java_script_enabled=False)
    sign_in(duty, make_account(walk.person("duty-manager")))
    duty.goto("/")
    duty.get_by_role("link", name="Ada").or_(duty.locator(".app-concerns__item a")).first.click()
    duty.get_by_role("button", name="I have received this").click()
    no_js.get_by_role("link", name="Look again whether it was received").click()
    expect(no_js.locator("#standing")).to_contain_text("Received by")
    duty.get_by_role("button", name="Decide").click()
    expect(duty).to_have_title("Error: Safeguarding concern " + duty.url.split("/")[-2] + " - Handhold")
    duty.get_by_label("The support planned is still right").check()
    duty.get_by_label("Why?").fill("A kettle; the mother had called the doctor at once.")
    duty.get_by_role("button", name="Decide").click()
    expect(duty.locator("#standing")).to_contain_text("The support planned is still right")


def test_an_empty_concern_keeps_the_page_and_says_what_to_do(
    screen: Page, walk: Walk, sign_in: SignIn, check_axe: Check
) -> None:
    sign_in(screen, make_account(walk.council.stranger))
    screen.goto("/work")
    screen.get_by_role("link", name="Report a safeguarding concern").first.click()
    screen.get_by_role("button", name="Send").click()
    expect(screen.get_by_role("alert")).to_contain_text("Write something in one of these boxes")
    expect(screen).to_have_title("Error: Report a safeguarding concern - Handhold")
    check_axe(screen)
