"""The frame of every page in a real browser: each part and field, on a desktop, on a phone, without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

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
