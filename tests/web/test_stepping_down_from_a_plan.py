"""A step down from a child in need plan, through its pages: beginning it, the review meeting, the next action."""

import re

import pytest
from django.http import HttpResponse

from handhold.records.models import Consent, Run, StepRecord
from tests.actions.test_stepping_down_from_a_plan import begin, to_lead_accepted, to_plan_written
from tests.actions.walking import Walk
from tests.records.factories import NOW, make_council, make_family
from tests.web.stepping import Pages
from tests.web.walked import at, filled_in, signed_in, words_of

pytestmark = pytest.mark.django_db

PATHWAY = "child-in-need-to-early-help"
CONFIRMED = ["plan-agreed-there", "consent-confirmed"]


@pytest.fixture
def pages() -> Pages:
    """Two children in need, with a lead who has accepted, before the review meeting."""
    return Pages(to_lead_accepted(begin("child-in-need")))


def everybody(walk: Walk) -> dict[str, object]:
    """Who came to the review: the worker, the lead and the mother; the health visitor sent apologies."""
    assert walk.lead is not None
    came = {f"came-{ref}": "present" for ref in (walk.person("social-worker").ref, walk.lead.ref)}
    came[f"came-{walk.family.mother.ref}"] = "present"
    came[f"came-{walk.council.second_lead.ref}"] = "apologies"
    return dict(came)


def test_the_review_is_recorded_once_on_its_page_with_what_the_family_said(pages: Pages) -> None:
    page = pages.words("/steps/final-review")
    assert "What did the family say there?" in page
    assert "The plan was shared with them, and they agree to it" in page
    assert "They confirm their consent to the early help" in page
    pages.record("final-review", "agreed-with-lead", confirmed=CONFIRMED, note="All agreed.", **everybody(pages.walk))
    assert Consent.objects.filter(how="confirmed at the meeting").count() == 1
    assert StepRecord.objects.filter(step="final-review", outcome="agreed-with-lead").count() == 1


def test_a_review_at_which_the_family_confirmed_nothing_is_refused_and_says_what_is_missing(pages: Pages) -> None:
    sent = pages.send("final-review", "agreed-with-lead", note="They were in a hurry.", **everybody(pages.walk))
    assert sent.status_code == 409
    page = words_of(sent.content)
    assert "The record does not say that the family agreed to the plan" in page
    assert "The record does not say that the family confirmed its consent" in page
    assert "They were in a hurry." in page, "what was typed stays"
    assert not StepRecord.objects.filter(step="final-review").exists()


def test_a_review_that_leaves_somebody_unanswered_is_refused_by_its_question(pages: Pages) -> None:
    came = everybody(pages.walk)
    del came[f"came-{pages.walk.council.second_lead.ref}"]
    sent = pages.send("final-review", "agreed-with-lead", confirmed=CONFIRMED, **came)
    assert sent.status_code == 409
    assert "does not say of everybody who works with the children whether they came" in words_of(sent.content)
    assert marked(sent) == [f"came-{pages.walk.council.second_lead.ref}"]


def marked(sent: HttpResponse) -> list[str]:
    """The fields at which the page says that something is missing."""
    return re.findall(r'<p id="([\w-]+)-error"', sent.content.decode())


def test_a_plan_that_is_not_smart_is_marked_where_it_lacks_something() -> None:
    walk = begin("child-in-need")
    walk.do("early-help-considered", "partner-led")
    plan = {"need-1-text": "Mornings", "need-1-outstanding": "yes", "need-1-action-1-what": "Breakfast club"}
    plan |= {"need-1-action-1-whom": "Oak Lane School", "version": "0"}
    sent = Pages(walk).send("plan-proposed", "written", **plan)
    assert sent.status_code == 409
    assert marked(sent) == ["need-1-action-1-measured", "need-1-action-1-whom"]
    plan |= {"need-1-action-1-measured": "In school by nine"}
    sent = Pages(walk).send("plan-proposed", "written", **plan)
    assert marked(sent) == ["need-1-action-1-whom", "need-1-action-1-by"], "the one that has what it needs is not"


def test_an_empty_summary_of_the_work_is_marked_at_its_box(pages: Pages) -> None:
    pages.record("final-review", "agreed-with-lead", confirmed=CONFIRMED, **everybody(pages.walk))
    pages.record("next-action-added", "close-case", child=pages.walk.child_refs[0])
    answers = {"field-plan": "The plan", "field-lead": "The lead", "field-summary": "", "version": "0"}
    sent = pages.send("section-2-written", "written", **answers)
    assert sent.status_code == 409
    assert marked(sent) == ["field-summary"]


def test_the_next_action_that_makes_no_closure_record_is_refused_on_its_page(pages: Pages) -> None:
    child = pages.walk.child_refs[0]
    pages.record("final-review", "agreed-with-lead", confirmed=CONFIRMED, **everybody(pages.walk))
    page = pages.words("/steps/next-action-added", child=child)
    assert "“Signpost to Children's Advice Team” cannot be chosen. This next action does not make" in page
    assert "Choose 'Close Case to Children's Social Work Services' instead." in page
    assert page.count("” cannot be chosen.") == 1, "the other can"
    sent = pages.send("next-action-added", "signpost", child=child)
    assert sent.status_code == 409
    assert "This next action does not make a closure record" in words_of(sent.content)
    assert not StepRecord.objects.filter(step="next-action-added").exists()
    pages.record("next-action-added", "close-case", child=child)
    assert StepRecord.objects.filter(step="next-action-added").count() == 1


def test_a_child_in_need_family_begins_by_its_own_pathway_without_an_assessment() -> None:
    council = make_council()
    family = make_family(council, children=2, kind="child-in-need")
    address = f"/families/{family.family.ref}/transfers/new"
    with at(NOW):
        browser = signed_in(council.practitioners["social-worker"])
        choice = browser.get(address).content.decode()
        assert f"{address}?pathway={PATHWAY}" in choice
        page = words_of(browser.get(f"{address}?pathway={PATHWAY}").content)
        assert family.children[0].given_name in page
        assert "Which assessment does it come from?" not in page
        refs = [child.ref for child in family.children]
        sent = browser.post(f"{address}?pathway={PATHWAY}", filled_in(children=refs))
    run = Run.objects.get()
    assert sent["Location"] == f"/transfers/{run.ref}"
    assert (run.pathway, run.assessment) == (PATHWAY, None)
    assert run.run_children.count() == 2


def test_a_child_in_need_family_cannot_begin_by_the_pathway_of_an_assessment() -> None:
    council = make_council()
    family = make_family(council, children=1, kind="child-in-need")
    address = f"/families/{family.family.ref}/transfers/new?pathway=assessment-to-early-help"
    with at(NOW):
        browser = signed_in(council.practitioners["social-worker"])
        assert "No child of this family can begin it now." in words_of(browser.get(address).content)


def test_the_request_to_the_meeting_says_how_much_room_the_handover_has_before_and_after_the_review() -> None:
    pages = Pages(to_plan_written(begin("child-in-need"), "targeted"))
    page = pages.words("/steps/support-requested")
    due = "“Make the handover visit together” is due within 5 working days of “Hold the review meeting or conference”."
    assert f"{due} The next sitting of the weekly transfer meeting is on Tue 1 Dec 2026, 9.30am." in page
    pages.record("final-review", "agreed", confirmed=CONFIRMED, **came_without_lead(pages.walk))
    page = pages.words("/steps/support-requested")
    assert "“Make the handover visit together” is due by Tue 1 Dec" in page
    assert "the latest sitting that still leaves room is on Tue 1 Dec 2026, 9.30am" in page


def came_without_lead(walk: Walk) -> dict[str, object]:
    """The worker and the mother; the health visitor sent apologies."""
    came: dict[str, object] = {f"came-{walk.person('social-worker').ref}": "present"}
    came[f"came-{walk.family.mother.ref}"] = "present"
    return came | {f"came-{walk.council.second_lead.ref}": "apologies"}
