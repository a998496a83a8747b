"""A teacher answers on her phone, a meeting decides by keyboard, a queue is read: in a browser, with and without JS."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.actions.walking import Walk, begin
from tests.records.factories import make_account, make_council, make_family
from tests.web.walked import at

from handhold.casefiles import contents
from handhold.records.models import Account, MeetingItem, StepRecord

pytestmark = pytest.mark.django_db(transaction=True)
Check = Callable[[Page], None]
SignIn = Callable[[Page, Account], None]
Screenshot = Callable[[Page, str], None]


def asked() -> Walk:
    council = make_council()
    return begin(council, make_family(council, children=2)).to_lead_asked()


def requested() -> tuple[Walk, Walk]:
    """Two families of the same name on one agenda."""
    council = make_council()
    families = [make_family(council, children=size) for size in (2, 3)]
    for made in families:
        made.family.name = "Marshall"
        made.family.save(update_fields=["name"])
    walks = [begin(council, made).to_family_agreed("targeted") for made in families]
    for walk in walks:
        walk.do("support-requested", "requested")
    return walks[0], walks[1]


def test_a_teacher_reads_and_accepts_on_three_pages_of_a_phone(
    phone: Page, sign_in: SignIn, check_axe: Check, check_fits: Check, screenshot: Screenshot
) -> None:
    walk = asked()
    with at(walk.now):
        sign_in(phone, make_account(walk.person("lead-practitioner")))
        phone.goto(f"/transfers/{walk.run.ref}/proposal")
        for name, button in (("proposal-1", "See what is needed"), ("proposal-2", "Answer")):
            check_axe(phone)
            check_fits(phone)
            screenshot(phone, f"{name}-320")
            phone.get_by_role("button", name=button, exact=True).click()
        phone.get_by_label("Yes, I will lead").check()
        phone.get_by_role("button", name="Send your answer").click()
        expect(phone.get_by_role("alert")).to_contain_text("Enter the date from which you lead")
        check_axe(phone)
        screenshot(phone, "proposal-3-320")
        for part, words in (("Day", "8"), ("Month", "12"), ("Year", "2026")):
            phone.get_by_label(part, exact=True).fill(words)
        phone.get_by_role("button", name="Send your answer").click()
        expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
        check_axe(phone)
        check_fits(phone)
        screenshot(phone, "proposal-done-320")
        phone.get_by_role("link", name="what is in it").click()
        check_axe(phone)
        check_fits(phone)
        screenshot(phone, "pack-320")
    assert StepRecord.objects.get(run=walk.run, step="lead-answer").outcome == "accepted"


def test_she_can_decline_without_any_script(no_js: Page, sign_in: SignIn) -> None:
    walk = asked()
    with at(walk.now):
        sign_in(no_js, make_account(walk.person("lead-practitioner")))
        no_js.goto(f"/transfers/{walk.run.ref}/proposal/answer")
        no_js.get_by_label("I cannot").check()
        no_js.get_by_label("What stands in the way?").fill("No time this term")
        no_js.get_by_role("button", name="Send your answer").click()
        expect(no_js.get_by_text("Thank you for answering.")).to_be_visible()
    assert StepRecord.objects.get(run=walk.run, step="lead-answer").outcome == "declined"


def test_the_meeting_decides_one_request_after_the_other_by_keyboard(
    page: Page, sign_in: SignIn, check_axe: Check, screenshot: Screenshot
) -> None:
    first, second = requested()
    sitting = MeetingItem.objects.filter(run=second.run).get().meeting
    with at(second.now):
        sign_in(page, make_account(first.person("practice-manager")))
        page.goto("/meetings")
        check_axe(page)
        page.get_by_role("link", name="Tue 1 Dec 2026, 9.30am").click()
        check_axe(page)
        screenshot(page, "meeting-1280")
        one = page.locator(f"#request-{first.run.ref}")
        one.get_by_label("Allocate a practitioner, with a date").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        for typed in ("11", "12", "2026"):
            page.keyboard.press("Tab")
            page.keyboard.type(typed)
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{page.url.partition('#')[0]}#request-{second.run.ref}")
        two = page.locator(f"#request-{second.run.ref}")
        two.get_by_label("Move it to the next meeting").check()
        two.get_by_label("Why does it have to wait?").fill("The worker is away")
        two.get_by_role("button", name="Record").click()
        page.get_by_role("group", name="Who was there?").get_by_role("checkbox").first.check()
        check_axe(page)
        screenshot(page, "meeting-decided-1280")
        page.get_by_role("button", name="Finish and keep the record").click()
        expect(page.get_by_role("link", name="The record (PDF)")).to_be_visible()
        check_axe(page)
    sitting.refresh_from_db()
    assert sitting.held_at is not None


def test_the_agenda_fits_a_phone_and_keeps_what_was_typed(
    phone: Page, sign_in: SignIn, check_axe: Check, check_fits: Check, screenshot: Screenshot
) -> None:
    first, second = requested()
    with at(second.now):
        sign_in(phone, make_account(first.person("transfer-meeting-chair")))
        phone.goto(f"/meetings/{MeetingItem.objects.filter(run=first.run).get().meeting.ref}")
        one = phone.locator(f"#request-{first.run.ref}")
        one.get_by_role("radio", name="Not right for this service").check()
        one.get_by_label("Why is it not right for this service?").fill("They ask for housing")
        one.get_by_role("button", name="Record").click()
        expect(phone.get_by_role("alert")).to_contain_text("Say what should happen instead")
        expect(one.get_by_label("Why is it not right for this service?")).to_have_value("They ask for housing")
        check_axe(phone)
        check_fits(phone)
        screenshot(phone, "meeting-320")


def test_the_queue_fits_a_phone(
    phone: Page, page: Page, sign_in: SignIn, check_axe: Check, check_fits: Check, screenshot: Screenshot
) -> None:
    walk = asked()
    walk.do("lead-answer", "accepted", walk.at(contents.Content, agreed_date=walk.now.date()), by=walk.lead)  # type: ignore[arg-type]
    walk.to_ready_for_oversight()
    other = begin(walk.council, make_family(walk.council, children=1)).to_lead_asked()
    with at(other.now):
        account = make_account(walk.person("early-help-coordinator"))
        for shown, width in ((phone, 320), (page, 1280)):
            sign_in(shown, account)
            shown.goto("/queues")
            check_axe(shown)
            shown.get_by_role("link", name="Partner led EHA").click()
            check_axe(shown)
            check_fits(shown)
            screenshot(shown, f"queue-{width}")
