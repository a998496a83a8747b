"""The frame of every page in a real browser: each part and field, on a desktop, on a phone, without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.persons import Inspector
from tests.journeys.screens import Window

from handhold.records.models import Account, Agency, Authority, Practitioner

pytestmark = [pytest.mark.urls("tests.web.pages_of_parts")]
PASSWORD = "a long password of the tests"
PAGES = ["/work", "/parts", "/fields", "/accessibility", "/there-is-no-such-page"]

Check = Callable[[Page], None]
SignIn = Callable[[Page, Account], None]
Screenshot = Callable[[Page, str], None]


@pytest.fixture
def samira(transactional_db: None) -> Account:
    authority = Authority.objects.create(code="york", name="City of York Council", protocol="york")
    agency = Agency.objects.create(authority=authority, kind=Agency.Kind.COUNCIL, name="City of York Council")
    practitioner = Practitioner.objects.create(
        agency=agency, given_name="Samira", family_name="Malik", job_title="Social worker"
    )
    return Account.objects.create_user("samira@york.example", PASSWORD, practitioner=practitioner)


@pytest.fixture(params=["page", "phone"])
def screen(request: pytest.FixtureRequest) -> Page:
    """A desktop and a phone, one after the other."""
    found: Page = request.getfixturevalue(request.param)
    return found


def type_at_the_door(page: Page, password: str) -> None:
    page.goto("/sign-in?next=/work")
    page.get_by_label("Email address").fill("samira@york.example")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_the_door_opens(
    screen: Page, samira: Account, check_axe: Check, check_fits: Check, screenshot: Screenshot
) -> None:
    type_at_the_door(screen, "not this one")
    expect(screen.get_by_role("alert")).to_contain_text("The email address or the password is not right")
    expect(screen).to_have_title("Error: Sign in - Handhold")
    expect(screen.get_by_label("Email address")).to_have_value("samira@york.example")
    check_axe(screen)
    check_fits(screen)
    screenshot(screen, f"sign-in-{screen.viewport_size['width']}")  # type: ignore[index]
    type_at_the_door(screen, PASSWORD)
    expect(screen.get_by_role("heading", level=1)).to_have_text("My work")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_right_for_everybody(
    screen: Page,
    samira: Account,
    sign_in: SignIn,
    check_axe: Check,
    check_fits: Check,
    screenshot: Screenshot,
    address: str,
) -> None:
    sign_in(screen, samira)
    screen.goto(address)
    check_axe(screen)
    check_fits(screen)
    screenshot(screen, f"{address.strip('/')}-{screen.viewport_size['width']}")  # type: ignore[index]


def test_everything_at_the_door_can_be_done_by_keyboard(page: Page, samira: Account) -> None:
    page.goto("/sign-in")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("Email address").focus()
    page.keyboard.type("samira@york.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")


def test_one_signs_in_and_out_without_javascript(no_js: Page, samira: Account) -> None:
    type_at_the_door(no_js, PASSWORD)
    expect(no_js.get_by_role("heading", level=1)).to_have_text("My work")
    no_js.get_by_role("button", name="Sign out").click()
    expect(no_js.get_by_role("heading", level=1)).to_have_text("Sign in")
    no_js.goto("/work")
    expect(no_js.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_error_summary_has_the_focus_and_leads_to_the_box(
    screen: Page, samira: Account, sign_in: SignIn, check_axe: Check, check_fits: Check, screenshot: Screenshot
) -> None:
    sign_in(screen, samira)
    screen.goto("/fields")
    screen.get_by_role("button", name="Save and continue").click()
    expect(screen.locator(".govuk-error-summary")).to_be_focused()
    screen.get_by_role("link", name="Enter the date of the visit").click()
    expect(screen.locator("#happened-day")).to_be_focused()
    check_axe(screen)
    check_fits(screen)
    screenshot(screen, f"fields-with-errors-{screen.viewport_size['width']}")  # type: ignore[index]


def test_a_choice_reveals_its_questions(page: Page, samira: Account, sign_in: SignIn, check_axe: Check) -> None:
    sign_in(page, samira)
    page.goto("/fields")
    expect(page.get_by_label("What did they say?")).to_be_hidden()
    page.get_by_label("No, it was declined").check()
    expect(page.get_by_label("What did they say?")).to_be_visible()
    check_axe(page)


def test_without_javascript_every_question_is_on_the_page(no_js: Page, samira: Account, sign_in: SignIn) -> None:
    sign_in(no_js, samira)
    no_js.goto("/fields")
    expect(no_js.get_by_label("What did they say?")).to_be_visible()


def test_the_words_of_the_source_open_in_place(page: Page, samira: Account, sign_in: SignIn, check_axe: Check) -> None:
    sign_in(page, samira)
    page.goto("/parts")
    words = page.get_by_text("a joint handover meeting within 5 working days").first
    expect(words).to_be_hidden()
    page.get_by_text("What the procedure says").first.click()
    expect(words).to_be_visible()
    check_axe(page)


def test_a_table_is_sorted_by_its_heading(page: Page, samira: Account, sign_in: SignIn) -> None:
    sign_in(page, samira)
    page.goto("/parts")
    page.get_by_role("button", name="Due").click()
    expect(page.locator("tbody tr").first).to_contain_text("Hart")
    page.get_by_role("button", name="Due").click()
    expect(page.locator("tbody tr").first).to_contain_text("Okafor")


def test_axe_finds_what_is_wrong(page: Page, samira: Account, check_axe: Check) -> None:
    page.goto("/sign-in")
    page.evaluate("document.querySelector('label').remove()")
    with pytest.raises(AssertionError, match="label"):
        check_axe(page)


def test_a_page_that_is_too_wide_is_found(phone: Page, samira: Account, check_fits: Check) -> None:
    phone.goto("/sign-in")
    phone.evaluate("document.querySelector('h1').style.width = '600px'")
    with pytest.raises(AssertionError, match="pixels"):
        check_fits(phone)


LAID_OUT = """() => [
    innerWidth, innerHeight, visualViewport.scale, navigator.maxTouchPoints,
    ...['(pointer: coarse)', '(hover: hover)', '(max-width: 40em)'].map(one => matchMedia(one).matches),
    ...[...document.querySelectorAll('body *')].map(one => {
        const box = one.getBoundingClientRect()
        return [one.tagName, one.hidden, box.x, box.y, box.width, box.height].map(String).join(' ')
    }),
]"""

LAID_OVER = """rules => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(rules)
    document.adoptedStyleSheets = [sheet]
}"""


def laid_out(page: Page) -> list[Any]:
    """How a page lies in its window, and what it can know of the window."""
    found: list[Any] = page.evaluate(LAID_OUT)
    return found


def test_a_window_becomes_a_phone_down_to_the_place_of_every_element(
    window: Window, phone: Page, samira: Account, sign_in: SignIn
) -> None:
    for one in (window.page, phone):
        sign_in(one, samira)
        one.goto("/work")
    as_desktop, on_a_phone = laid_out(window.page), laid_out(phone)
    assert as_desktop != on_a_phone
    window.become_phone()
    assert laid_out(window.page) == on_a_phone


@pytest.mark.parametrize(
    ("fault", "said"), [("h1 { color: #eee !important }", "color-contrast"), ("h1 { width: 400px }", "pixels in 320")]
)
def test_what_is_wrong_on_a_phone_alone_is_found(
    window: Window, samira: Account, inspector: Inspector, fault: str, said: str
) -> None:
    window.page.goto("/sign-in")
    inspector.examine_on_both(window)
    window.page.evaluate(LAID_OVER, f"@media (max-width: 40em) {{ {fault} }}")
    with pytest.raises(AssertionError, match=said):
        inspector.examine_on_both(window)
