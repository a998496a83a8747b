"""Every page of every kind, in each state that people meet: axe finds nothing, it fits a phone, its title is its own.

What is folded away is looked at too; so are error summaries, refusals, empty and full lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import starmap
from urllib.parse import urlsplit

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Page, expect
from tests.actions.walking import PATHWAY
from tests.journeys.busy_council import BusyCouncil, make_busy_council
from tests.journeys.persons import Inspector
from tests.journeys.screens import Window
from tests.journeys.visits_of_worklists import visits_of_worklists
from tests.journeys.visits_to_households import visits_of_households
from tests.journeys.visits_to_people import (
    NOBODY,
    STRANGER,
    Visit,
    visits_of_families,
    visits_of_joined_records,
    visits_of_people,
)
from tests.records.factories import make_account
from tests.web.walked import at

from handhold.records.models import Account, Practitioner

NOT_PAGES = {
    "home": "leads on to my work",
    "concern-sent": "leads on to the concern that was sent last",
    "sign-out": "a button, which leads to the door",
    "concern-received": "a button, which leads back to the concern",
    "draft-read": "a button, which leads back to the papers",
    "numbers-live": "a button, which leads back to the numbers",
    "absence-end": "a button, which leads back to the absences",
    "closure-end": "a button, which leads back to the absences",
    "document": "a PDF",
    "transfer-document": "a PDF",
    "pack-pdf": "a PDF",
    "transfer-whole-pdf": "a PDF",
    "family-letter-pdf": "a PDF",
    "meeting-record": "a PDF",
    "paper-file": "a file",
    "take-up": "a button, which leads to the transfer",
    "remove-filter": "a button, which leads back to the saved filters",
    "export-work": "a file",
    "register-paper": "a button, which leads back to the paper",
}
"""The addresses that show no page of their own, and why."""
MOST_WORDS = 1500


def visits_of(busy: BusyCouncil) -> Iterator[Visit]:
    """All of them, in the order in which a visitor would come to them."""
    yield from visits_of_lists(busy)
    yield from visits_of_people(busy)
    yield from visits_of_families(busy)
    yield from visits_of_households(busy.household, busy.accepted.family.family.ref)
    yield from visits_of_joined_records(busy)
    yield from visits_of_papers(busy)
    yield from visits_of_referrals(busy)
    yield from visits_of_concerns(busy)
    yield from visits_of_proposals(busy)
    yield from visits_of_meetings_and_queues(busy)
    yield from visits_of_transfers(busy)
    yield from visits_of_steps(busy)


def visits_of_lists(busy: BusyCouncil) -> Iterator[Visit]:
    """The door, what everybody may read, and lists of work, full and empty."""
    yield Visit("", "/sign-in", "Sign in")
    yield Visit("", "/sign-in", "Enter your", press="Sign in")
    yield Visit("", "/accessibility", "Accessibility")
    yield Visit("social-worker", "/there-is-no-such-page", "Page not found")
    yield Visit("social-worker", "/work", "Waiting for you")
    yield Visit("duty-manager", "/work", "Safeguarding concerns that wait for a decision")
    yield Visit("practice-manager", "/work", "Queues and meetings of yours")
    yield Visit(STRANGER, "/work", "Nothing waits for you now.")
    yield Visit(NOBODY, "/work", "does not belong to a practitioner")
    yield Visit("team-manager", "/work/team", "Waiting for your team")
    yield Visit("team-manager", "/work/team", "Escalated to")
    yield Visit("team-manager", "/figures", "What became of the children afterwards")
    yield Visit("team-manager", "/figures?since-day=40&since-month=1&since-year=2026", "Another time")
    yield Visit("team-manager", "/figures/exceptions", "Exceptions (")
    yield Visit(STRANGER, "/work/team", "You do not stand in for anybody")
    yield Visit("team-manager", "/work/families", "Families for whose children you, or those whom you manage")
    yield Visit(STRANGER, "/work/families", "You are not responsible for any child")
    yield from starmap(Visit, visits_of_worklists(busy))
    yield Visit("lead-practitioner", "/protocol", "Case Transfer Protocol")
    yield Visit("lead-practitioner", "/protocol/clauses", "ending visit")
    yield Visit("lead-practitioner", "/protocol/pathways/assessment-to-early-help", "Step down from a single")
    yield Visit("lead-practitioner", "/protocol/doubts", "The doubt, and what is built.")
    yield Visit("service-manager", "/protocol/promises", "What is asked")
    yield Visit("lead-practitioner", "/protocol/changes", "it is now 25 working days")
    yield Visit("lead-practitioner", "/protocol/numbers", "Numbers and choices of the procedure")
    yield Visit("duty-manager", "/protocol/numbers", "Approve, and make it live")
    yield Visit("service-manager", "/protocol/numbers", "nobody approves their own work")
    yield Visit("service-manager", "/protocol/numbers/handover", "Why is it changed?")
    yield Visit("service-manager", "/protocol/numbers/handover", "Enter a number", press="Propose it")
    yield Visit("service-manager", "/protocol/numbers/request-on-a-draft", "Choose yes or no", press="Propose it")


def visits_of_papers(busy: BusyCouncil) -> Iterator[Visit]:
    """Papers of partners: sending one, each list, each state of one; a message that came back."""
    family, lead, team = busy.closed.family.family, "lead-practitioner", "supporting-families"
    mailed, send = f"/papers/{busy.papers.mailed.ref}", f"/families/{family.ref}/papers/send"
    yield Visit(lead, "/work", "Papers that you sent")
    yield Visit(lead, send, "What do you send?")
    yield Visit(lead, send, "Choose what you send", press="Send")
    yield Visit(lead, "/papers/sent", "Registered.")
    yield Visit(STRANGER, "/papers/sent", "You have sent none yet")
    yield Visit(lead, f"/papers/{busy.papers.to_register.ref}", "It is not registered yet")
    yield Visit(lead, f"/families/{family.ref}/papers", "Received from partners")
    yield Visit(team, "/work", "Papers to match with a family")
    yield Visit(team, "/papers", "Sender not known")
    yield Visit(team, "/papers?show=to-register", "To register (1)")
    yield Visit(team, "/papers?show=registered", "Registered (1)")
    yield Visit(team, "/papers?show=set-aside", "Set aside (1)")
    yield Visit(team, "/papers/automatic", "Out of office")
    yield Visit(team, "/papers/late", "Papers that have not come in time")
    yield Visit(team, f"/papers/{busy.papers.to_register.ref}", "Register it")
    yield Visit(team, f"/papers/{busy.papers.registered.ref}", "Registered by")
    yield Visit(team, mailed, "The file asks for a password")
    yield Visit(team, f"/papers/{busy.papers.set_aside.ref}", "An advertisement.")
    yield Visit(team, f"{mailed}/match", "Name of the family")
    yield Visit(team, f"{mailed}/match?q={family.name}", "for")
    yield Visit(team, f"{mailed}/match?q=zzzz", "No family on record has that name")
    yield Visit(team, f"{mailed}/match?family={family.ref}", "Which children is it about?")
    yield Visit(team, f"{mailed}/aside", "Why does it belong to no family here?")
    yield Visit(team, f"{mailed}/aside", "Write why it belongs to no family here", press="Set it aside")
    yield Visit("social-worker", "/work", "Could not be delivered: ring")
    yield Visit("social-worker", f"/undelivered/{busy.papers.undelivered.ref}", "I have told them")


def visits_of_referrals(busy: BusyCouncil) -> Iterator[Visit]:
    """Taking a referral in, of a family on record and of one that is not; a referral that waits for its decision."""
    door, new, referred = "front-door", "/referrals/new", busy.referred
    yield Visit(door, "/work", "Take a referral in")
    yield Visit(door, new, "Look first whether a child of the family is known")
    yield Visit(door, f"{new}?q={busy.ready.family.name}", "Write down a referral of the")
    yield Visit(door, f"{new}?q=zzz", "No child is known by that name")
    yield Visit(door, f"{new}/{busy.ready.family.ref}", "Which children is it about?")
    yield Visit(door, f"{new}/{busy.ready.family.ref}", "Write: what they said", press="Write the referral down")
    yield Visit(door, f"{new}/{referred.family.family.ref}", "is open already")
    yield Visit(door, f"{new}/unknown", "Add another child")
    yield Visit(door, f"{new}/unknown", "Enter the family's name", press="Write the referral down")
    yield Visit(door, f"/transfers/{referred.run.ref}/steps/referral-decided", "Who refers the family")


def visits_of_concerns(busy: BusyCouncil) -> Iterator[Visit]:
    """Reported, received, decided, and not answered in time."""
    yield Visit("social-worker", f"/concerns/new?child={busy.ready.children[0].ref}", "999")
    yield Visit(STRANGER, "/concerns/new", "Write something in one of these boxes", press="Send")
    yield Visit("social-worker", f"/concerns/{busy.new.ref}", "Not received yet.")
    yield Visit("social-worker", f"/concerns/{busy.unanswered.ref}", "Ring now.")
    yield Visit("duty-manager", f"/concerns/{busy.new.ref}", "I have received this")
    yield Visit("duty-manager", f"/concerns/{busy.received.ref}", "It is not decided yet.")
    yield Visit("duty-manager", f"/concerns/{busy.received.ref}", "Choose what you decide", press="Decide")
    yield Visit("duty-manager", f"/concerns/{busy.decided.ref}", "Decided by")
    yield Visit("social-worker", f"/concerns/{busy.decided.ref}", "I do not agree with this")
    yield Visit("service-manager", f"/concerns/{busy.past_the_duty_manager.ref}", "They do not see this concern.")
    yield Visit("duty-manager", f"/children/{busy.received_child}", "answers for it")
    yield from visits_of_what_is_said_of_a_concern(busy)


def visits_of_what_is_said_of_a_concern(busy: BusyCouncil) -> Iterator[Visit]:
    """The short pages that add one thing to a concern."""
    received, decided = f"/concerns/{busy.received.ref}", f"/concerns/{busy.decided.ref}"
    yield Visit("social-worker", f"{received}/discussion", "Nobody asks you to tell the family now.")
    yield Visit("social-worker", f"{received}/discussion", "Choose what is so", press="Add this")
    yield Visit("social-worker", f"{received}/about", "does not see this concern from now on")
    yield Visit("duty-manager", f"{received}/about", "Choose or write who it is about", press="Keep it from them")
    yield Visit("duty-manager", f"{received}/hand-on", "answers for it now")
    yield Visit("duty-manager", f"{received}/hand-on", "Choose a colleague", press="Hand it on")
    yield Visit("front-door", f"/concerns/{busy.past_the_duty_manager.ref}/child", "Which child on record")
    searched = f"/concerns/{busy.past_the_duty_manager.ref}/child?q={busy.ready.children[0].given_name}"
    yield Visit("front-door", searched, "This child")
    yield Visit("social-worker", f"{decided}/disagreement", "I do not agree")
    yield Visit("social-worker", f"{decided}/disagreement", "Write what you do not agree with", press="Send")
    yield Visit("duty-manager", f"{decided}/release", "It cannot be taken back.")
    yield Visit("duty-manager", f"{decided}/release", "Write what the record may say", press="Let the record")


def visits_of_proposals(busy: BusyCouncil) -> Iterator[Visit]:
    """What somebody sees who was asked to lead, and the pack."""
    asked, accepted = f"/transfers/{busy.asked.run.ref}", f"/transfers/{busy.accepted.run.ref}"
    lead = "lead-practitioner"
    yield Visit(lead, f"{asked}/proposal", "Page 1 of 3")
    yield Visit(lead, f"{asked}/proposal/need", "Page 2 of 3")
    yield Visit(lead, f"{asked}/proposal/answer", "Page 3 of 3")
    yield Visit(lead, f"{asked}/proposal/answer", "Choose your answer", press="Send your answer")
    yield Visit("social-worker", f"{asked}/proposal/answer", "Record the answer")
    yield Visit(lead, f"/transfers/{busy.questioned.run.ref}/proposal/done", "You asked:")
    yield Visit(lead, f"{accepted}/proposal/done", "Thank you")
    yield Visit(lead, f"{asked}/pack", "This is what is needed to decide")
    yield Visit(lead, f"{accepted}/pack", "Everything that is known goes with the family")


def visits_of_meetings_and_queues(busy: BusyCouncil) -> Iterator[Visit]:
    """The weekly meeting before and after it sat; queues with something in them and without."""
    sitting = f"/meetings/{busy.sitting.ref}"
    yield Visit("practice-manager", "/meetings", "To come")
    yield Visit(STRANGER, "/meetings", "You do not chair a meeting")
    yield Visit("practice-manager", sitting, "not decided yet")
    yield Visit("practice-manager", sitting, "Choose what the meeting decides", press="Record request")
    yield Visit("practice-manager", sitting, "Choose who was there", press="Finish and keep")
    yield Visit("practice-manager", f"/meetings/{busy.held.ref}", "Held on")
    yield Visit("early-help-coordinator", "/queues", "Partner led EHA")
    yield Visit(STRANGER, "/queues", "You do not look after a queue")
    yield Visit("early-help-coordinator", "/queues/partner-led-eha", "Families behind whom you stand")
    yield Visit("practice-manager", "/queues/advice-team-duty-worker", "Nothing waits here.")


def visits_of_transfers(busy: BusyCouncil) -> Iterator[Visit]:
    """A transfer that begins, goes on, and is over."""
    new = f"/families/{busy.ready.family.ref}/transfers/new"
    on_the_way = f"/families/{busy.begun.family.family.ref}/transfers/new?pathway={PATHWAY}"
    yield Visit("social-worker", new, "What do you want to begin?")
    yield Visit("social-worker", f"{new}?pathway={PATHWAY}", "Begin the transfer")
    yield Visit("social-worker", on_the_way, "on its way already")
    yield Visit("social-worker", f"/transfers/{busy.begun.run.ref}", "Before social work ends")
    yield Visit("team-manager", f"/transfers/{busy.excepting.run.ref}", "exception")
    yield Visit("social-worker", f"/transfers/{busy.handed_over.run.ref}", "Documents")
    yield Visit("social-worker", f"/transfers/{busy.handed_over.run.ref}", "message", press="Send the message")
    yield Visit("social-worker", f"/transfers/{busy.closed.run.ref}", "Each child")
    yield Visit("social-worker", f"/transfers/{busy.closed.run.ref}/story", "Newest first")
    yield Visit("team-manager", f"/transfers/{busy.closed.run.ref}/whole", "Oversight, and whether its directions")
    yield Visit("social-worker", f"/transfers/{busy.handed_over.run.ref}/picture", "You are here:")
    yield Visit("service-manager", f"/transfers/{busy.handed_over.run.ref}/version", "What would change")
    yield Visit("service-manager", f"/transfers/{busy.handed_over.run.ref}/version", "Write why", press="Move this")
    yield Visit("service-manager", f"/transfers/{busy.begun.run.ref}/version", "There is nothing to move")


def visits_of_steps(busy: BusyCouncil) -> Iterator[Visit]:
    """Steps that can be done, cannot yet, are done; exceptions asked for and decided."""
    handed_over = f"/transfers/{busy.handed_over.run.ref}/steps"
    excepting = f"/transfers/{busy.excepting.run.ref}/steps/ending-visit/exception"
    child = busy.handed_over.child_refs[0]
    yield Visit("social-worker", f"{handed_over}/case-closed?child={child}", "Before this can be done")
    yield Visit("social-worker", f"{handed_over}/handover-meeting", "This stands:")
    yield Visit("social-worker", f"{handed_over}/closure-overseen", "Whose move it is")
    yield Visit("social-worker", f"{handed_over}/ending-visit/correction", "Write it as it should read")
    yield Visit(
        "social-worker", f"{handed_over}/ending-visit/correction", "Say what was wrong", press="Correct the record"
    )
    yield Visit("practice-manager", f"{handed_over}/ending-visit/correction", "This was not corrected")
    yield Visit("social-worker", f"{handed_over}/consent/correction", "What it cannot be made to say")
    yield Visit("team-manager", f"{excepting}/correction", "An exception is asked for")
    yield Visit("social-worker", f"{excepting}/correction", "Say what was wrong", press="Correct the record")
    yield Visit("social-worker", f"{handed_over}/early-help-considered", "Choose one of", press="Record it")
    yield Visit("social-worker", f"{handed_over}/lead-on-record?child={child}", "Record the same for")
    yield Visit("social-worker", f"{handed_over}/closure-begun/exception", "This is not possible")
    requested = f"/transfers/{busy.requested.run.ref}/steps/assessment-shown/exception"
    yield Visit("social-worker", requested, "exception")
    begun = f"/transfers/{busy.begun.run.ref}/steps/ending-visit/exception"
    yield Visit("social-worker", begun, "What was tried")
    yield Visit("social-worker", begun, "Choose why it cannot be done", press="Ask for the exception")
    yield Visit("team-manager", f"{excepting}/decision", "Asked twice.")
    yield Visit("team-manager", f"{excepting}/decision", "Choose whether you grant it", press="Record the decision")
    yield Visit("social-worker", f"{excepting}/decision", "You cannot decide this")


@pytest.fixture
def busy(transactional_db: None) -> Iterator[BusyCouncil]:
    """The busy council, while the pages' clock stands after everything in it."""
    busy = make_busy_council()
    with at(busy.now):
        yield busy


def account_of(busy: BusyCouncil, who: str) -> Account:
    """The account of a role, of a stranger, or of nobody who works here."""
    if who == NOBODY:
        return Account.objects.get_or_create(email="nobody@example.org")[0]
    practitioner: Practitioner = busy.council.stranger if who == STRANGER else busy.council.practitioners[who]
    return Account.objects.filter(practitioner=practitioner).first() or make_account(practitioner)


def name_of_page(page: Page) -> str:
    """The name of the address at which a browser is; empty where there is no such page."""
    path = urlsplit(page.url).path
    return resolve(path).view_name if path != "/there-is-no-such-page" else ""


def names_of_addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The name of every address that Handhold answers."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from names_of_addresses(one.url_patterns)
        else:
            yield str(one.name)


def test_every_page_is_right_for_everybody(
    window: Window, busy: BusyCouncil, sign_in: Callable[[Page, Account], None], inspector: Inspector
) -> None:
    page = window.page
    titles: dict[str, str] = {}
    names_seen: set[str] = set()
    faults = []
    for visit in visits_of(busy):
        try:
            make(visit, page, account_of(busy, visit.who) if visit.who else None, sign_in)
            inspector.examine_on_both(window)
            names_seen.add(name := name_of_page(page))
            if not visit.press:
                assert titles.setdefault(page.title(), name) == name, f"{page.title()} is the title of another page too"
        except AssertionError as fault:
            faults.append(f"{visit}: {fault}"[:MOST_WORDS])
    assert not faults, "\n\n".join(faults)
    names = set(names_of_addresses(get_resolver().url_patterns))
    assert names - NOT_PAGES.keys() - names_seen == set(), "nobody has looked at these"
    assert NOT_PAGES.keys() <= names, "these are no addresses any more"


def make(visit: Visit, page: Page, account: Account | None, sign_in: Callable[[Page, Account], None]) -> None:
    """Goes there as that person; what is to be seen there stands on the page."""
    page.context.clear_cookies()
    if account:
        sign_in(page, account)
    page.goto(visit.address)
    if visit.press:
        press(page, visit.press)
    expect(page.get_by_role("main")).to_contain_text(re.compile(re.escape(visit.shows), re.IGNORECASE))


def press(page: Page, words: str) -> None:
    """Sends a form as it is; the answer is an error summary."""
    page.get_by_role("button", name=re.compile(f"^{re.escape(words)}")).first.click()
    expect(page.get_by_role("alert")).to_be_visible()
