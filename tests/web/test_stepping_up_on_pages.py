"""Stepping up and asking for advice on their pages, from the family's page on, each step sent as a browser sends it."""

from typing import Any

import pytest

from handhold.records.models import Run
from tests.actions.stepping_up import ADVICE, LEADS, PARTNER, TARGETED, begin_up
from tests.records.factories import MadeCouncil, make_council, make_family
from tests.web.stepping import Pages
from tests.web.walked import at, filled_in, signed_in, words_of

pytestmark = pytest.mark.django_db
STATEMENTS = 15


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


def pages_of(council: MadeCouncil, pathway: str) -> Pages:
    return Pages(begin_up(council, pathway))


def written() -> dict[str, Any]:
    """The fields of the referral."""
    fields = ("what-is-wrong", "early-help-so-far", "discussed", "agencies")
    return {"version": "0"} | {f"field-{name}": f"As on record: {name}" for name in fields}


def to_sent(pages: Pages) -> None:
    leads = LEADS[pages.walk.run.pathway]
    pages.record("step-up-discussed", "team-meeting", by=leads, **{"reason-team-meeting": "All agree"})
    pages.record("family-told", "told", by=leads, **{"reason-told": "Mother is relieved"})
    if leads == "support-practitioner":
        duty = pages.walk.person("duty-manager")
        assert "on duty now" in pages.words("/steps/duty-discussion", by=leads)
        pages.record("duty-discussion", "discussed", by=leads, spoken_with=duty.ref, how="telephone", note="Neglect")
        pages.record("duty-decision", "accepted", by="duty-manager", **{"reason-accepted": "Team 2, today"})
    shown = pages.words("/steps/referral-written", by=leads)
    assert "All agree" in shown, "what was told once is filled in"
    pages.record("referral-written", "written", by=leads, **written())
    pages.record("referral-sent", "sent", by=leads)


@pytest.mark.parametrize("pathway", [PARTNER, TARGETED, ADVICE])
def test_it_begins_on_the_familys_page_and_asks_for_no_assessment(council: MadeCouncil, pathway: str) -> None:
    lead = council.practitioners[LEADS[pathway]]
    family = make_family(council, children=2, kind="early-help", worker=lead)
    pages = signed_in(lead)
    with at(begin_up(council, pathway).now):
        address = f"/families/{family.family.ref}/transfers/new?pathway={pathway}"
        assert address.replace("&", "&amp;") in pages.get(f"/families/{family.family.ref}").content.decode()
        start = words_of(pages.get(address).content)
        sent = pages.post(address, filled_in(children=[child.ref for child in family.children]))
    assert "Which assessment" not in start
    assert sent.status_code == 302, words_of(sent.content)
    assert Run.objects.get(family=family.family).pathway == pathway


def test_who_leads_as_a_partner_is_offered_the_partners_way_alone(council: MadeCouncil) -> None:
    lead = council.practitioners["lead-practitioner"]
    family = make_family(council, children=1, kind="early-help", worker=lead)
    with at(begin_up(council, PARTNER).now):
        offered = words_of(signed_in(lead).get(f"/families/{family.family.ref}/transfers/new").content)
    assert "Step up from early help led by a partner" in offered
    assert "Step up from targeted early help" not in offered
    assert "Step down" not in offered


@pytest.mark.parametrize("pathway", [PARTNER, TARGETED])
def test_a_step_up_is_walked_through_its_pages(council: MadeCouncil, pathway: str) -> None:
    pages = pages_of(council, pathway)
    leads = LEADS[pathway]
    to_sent(pages)
    before = pages.words("/steps/referral-decided", by="front-door")
    assert "What was written" in before
    assert "As on record: what-is-wrong" in before
    assert "Mother is relieved" in before, "MASH reads whether the family knows"
    outcome = "social-work" if pathway == PARTNER else "as-accepted"
    pages.record("referral-decided", outcome, by="front-door", **{f"reason-{outcome}": "Neglect"})
    assert "Neglect" in pages.words("/steps/referral-decided", by=leads), "the referrer reads the decision"
    worker = pages.walk.person("social-worker")
    pages.record("social-worker-allocated", "assessment", by="team-manager", **{"practitioner-assessment": worker.ref})
    page = pages.words("", by=leads)
    assert "Before early help ends" in page
    assert "Confirm the ending that nobody chose" not in page
    assert "Consent" not in page.split("Messages")[0].split("Talk about it")[0]


def test_the_referrer_sees_by_when_mash_decides(council: MadeCouncil) -> None:
    pages = pages_of(council, PARTNER)
    to_sent(pages)
    assert "1 working day: from the receipt of a referral" in pages.words("", by="lead-practitioner")


def test_mash_finds_the_referral_in_its_queue(council: MadeCouncil) -> None:
    pages = pages_of(council, PARTNER)
    to_sent(pages)
    with at(pages.walk.now):
        waiting = words_of(pages.browser("front-door").get("/queues/mash").content)
        mine = words_of(pages.browser("front-door").get("/work").content)
    assert pages.walk.family.family.name in waiting
    assert "Decide on the referral" in mine


def test_advice_is_asked_and_answered_on_its_pages(council: MadeCouncil) -> None:
    pages = pages_of(council, ADVICE)
    pages.record("manager-asked", "agreed", by="support-practitioner", **{"reason-agreed": "Is it neglect?"})
    pages.record("advice-asked", "asked", by="support-practitioner", **{"reason-asked": "He loses weight"})
    assert "He loses weight" in pages.words("/steps/advice-given", by="front-door")
    pages.record("advice-given", "refer", by="front-door", **{"reason-refer": "This is neglect"})
    assert "This is neglect" in pages.words("/steps/advice-followed", by="support-practitioner")
    pages.record("advice-followed", "refer-as-targeted-worker", by="support-practitioner")
    assert Run.objects.filter(pathway=TARGETED, family=pages.walk.family.family).exists()


def test_an_ending_that_nobody_chose_is_recorded_and_confirmed_by_two(council: MadeCouncil) -> None:
    pages = pages_of(council, TARGETED)
    child = pages.walk.child_refs[0]
    reason = {"reason-died": "The hospital rang at nine"}
    pages.record("ending-reported", "died", by="support-practitioner", child=child, **reason)
    shown = pages.words("/steps/ending-confirmed", by="practice-manager", child=child)
    assert "The hospital rang at nine" in shown
    pages.record("ending-confirmed", "died", by="practice-manager", child=child)
    assert "Died" in pages.words("", by="support-practitioner")
