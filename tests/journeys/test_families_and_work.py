"""My work, families, children, concerns and the procedure in a real browser, on a desktop and on a phone."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from tests.actions.walking import Walk, begin
from tests.records.factories import make_account, make_assessment, make_council, make_family
from tests.web.walked import at

from handhold.actions.concerns import report_concern
from handhold.records.models import Account, Person

Check = Callable[[Page], None]
SignIn = Callable[[Page, Account], None]
Screenshot = Callable[[Page, str], None]


@pytest.fixture
def walk(transactional_db: None) -> Iterator[Walk]:
    """A targeted transfer with letters, a second family, an assessment in draft; the pages' clock stands at its end."""
    council = make_council()
    walk = begin(council, make_family(council, children=3)).to_handed_over().to_endings()
    begin(council, make_family(council, children=1)).to_lead_asked()
    make_assessment(council, make_family(council, children=2), authorised_at=None)
    Person.objects.filter(pk=walk.family.children[0].pk).update(
        first_language="Polish", interpreter_needed=True, communication_needs="Uses pictures to say what she feels"
    )
    with at(walk.now):
        yield walk


@pytest.fixture(params=["page", "phone"])
def screen(request: pytest.FixtureRequest, walk: Walk) -> Page:
    """A desktop and a phone, one after the other."""
    found: Page = request.getfixturevalue(request.param)
    return found


PAGES = {
    "my-work": ("social-worker", "/work"),
    "team-work": ("team-manager", "/work/team"),
    "my-families": ("team-manager", "/work/families"),
    "work-of-duty": ("duty-manager", "/work"),
    "work-of-practice": ("practice-manager", "/work"),
    "families": ("social-worker", "/families"),
    "family": ("social-worker", "/families/{family}"),
    "family-papers": ("team-manager", "/families/{family}/papers"),
    "chronology": ("social-worker", "/families/{family}/chronology"),
    "child": ("social-worker", "/children/{child}"),
    "index": ("front-door", "/children?q=a"),
    "index-found": ("duty-manager", "/children?q={name}"),
    "new-concern": ("social-worker", "/concerns/new?child={child}"),
    "concern-of-sender": ("social-worker", "/concerns/{concern}"),
    "concern-of-receiver": ("duty-manager", "/concerns/{concern}"),
    "protocol": ("lead-practitioner", "/protocol"),
    "protocol-clauses": ("lead-practitioner", "/protocol/clauses"),
    "protocol-pathway": ("lead-practitioner", "/protocol/pathways/assessment-to-early-help"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_right_for_everybody(
    screen: Page,
    walk: Walk,
    sign_in: SignIn,
    check_axe: Check,
    check_fits: Check,
    screenshot: Screenshot,
    name: str,
) -> None:
    role, address = PAGES[name]
    child = walk.family.children[0]
    sent = report_concern(
        who="Ada", what="A bruise", child_ref=child.ref, by=walk.person("social-worker"), now=walk.now
    )
    sign_in(screen, make_account(walk.person(role)))
    answer = screen.goto(
        address.format(family=walk.family.family.ref, child=child.ref, concern=sent.ref, name=walk.family.family.name)
    )
    assert answer is not None
    assert answer.status == 200
    screenshot(screen, f"{name}-{screen.viewport_size['width']}")  # type: ignore[index]
    check_axe(screen)
    check_fits(screen)


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
