"""What can go otherwise, through the pages: an assessment not yet authorised, somebody leaves, a child stays."""

import re
from datetime import timedelta

import pytest

from handhold.records.models import (
    Allocation,
    Assessment,
    Consent,
    ConsentSharing,
    Conversation,
    Run,
    RunChild,
    StepRecord,
)
from tests.actions.walking import begin
from tests.records.factories import NOW, make_council, make_family, make_practitioner
from tests.web.stepping import Pages
from tests.web.walked import date_parts, rename, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> Pages:
    council = make_council()
    return Pages(begin(council, rename(make_family(council, children=2))))


def holders() -> set[int]:
    return set(Allocation.objects.filter(during__upper_inf=True).values_list("practitioner", flat=True))


def test_a_manager_reads_the_assessment_and_authorises_it() -> None:
    council = make_council()
    pages = Pages(begin(council, make_family(council, children=1), authorised=False))
    page = pages.words("/steps/assessment-authorised", by="team-manager")
    assert "The family would like help with mornings and with school." in page
    assert "'Completion' of the assessment is the manager's authorisation." in page
    pages.record("assessment-authorised", "authorised", by="team-manager")
    assert Assessment.objects.get().authorised_by == pages.walk.person("team-manager")


def test_an_assessment_is_sent_back_with_the_reason() -> None:
    council = make_council()
    pages = Pages(begin(council, make_family(council, children=1), authorised=False))
    reason = {"reason-sent-back": "The children's own words are missing."}
    pages.record("assessment-authorised", "sent-back", by="team-manager", **reason)
    assert Assessment.objects.get().authorised_at is None


def test_when_the_worker_leaves_the_manager_holds_and_allocates_another(pages: Pages) -> None:
    council, manager = pages.walk.council, pages.walk.person("team-manager")
    another = make_practitioner(council.agencies["council"], manager.team, role="social-worker", title="Social worker")
    pages.record("worker-left", "left", **{"reason-left": "She moves to another council."})
    assert holders() == {manager.pk}
    page = pages.words(by="team-manager")
    assert "Allocate a social worker" in page
    pages.record("worker-allocated", "allocated", by="team-manager", **{"practitioner-allocated": another.ref})
    assert holders() == {another.pk}
    assert Run.objects.get(pk=pages.walk.run.pk).sender == another


def test_a_lead_who_declines_is_recorded_and_another_is_asked(pages: Pages) -> None:
    pages.walk.to_lead_asked()
    pages.record("lead-answer", "declined", **{"reason-declined": "No time this term."})
    assert Run.objects.get(pk=pages.walk.run.pk).receiver is None
    page = pages.words("/steps/lead-asked")
    assert "Whom the family would like most Her form teacher" in page
    second = pages.walk.council.second_lead
    pages.record("lead-asked", "asked", asked=second.ref, how="telephone", shared=["checked"])
    assert Run.objects.get(pk=pages.walk.run.pk).receiver == second


def test_who_asks_somebody_else_before_the_time_to_answer_has_passed_says_why(pages: Pages) -> None:
    pages.walk.to_lead_asked()
    lead, second = pages.walk.person("lead-practitioner"), pages.walk.council.second_lead
    asks = f"Why do you not wait for the answer of {lead.given_name} {lead.family_name}?"
    page = pages.words("/steps/lead-asked")
    assert asks in page
    assert "They have until 27 November 2026 to answer." in page
    answers = {"asked": second.ref, "how": "telephone", "shared": ["checked"]}
    refused = pages.send("lead-asked", "asked", **answers)
    assert refused.status_code == 422
    assert "Write why you do not wait for their answer" in words_of(refused.content)
    pages.record("lead-asked", "asked", note="She rang: she is moving away.", **answers)
    assert Run.objects.get(pk=pages.walk.run.pk).receiver == second
    assert Conversation.objects.latest("pk").about == "She rang: she is moving away."
    pages.walk.now += timedelta(days=14)
    assert "Why do you not wait" not in pages.words("/steps/lead-asked"), "their time has passed"


def test_a_lead_with_a_question_can_still_say_yes(pages: Pages) -> None:
    pages.walk.to_lead_asked()
    pages.record("lead-answer", "question", **{"reason-question": "How often do we meet?"})
    pages.record("lead-answer", "accepted", **date_parts("agreed-accepted", 1, 12, 2026))
    assert StepRecord.objects.filter(step="lead-answer").count() == 2


def test_one_child_stays_and_the_other_goes_on(pages: Pages) -> None:
    first, second = pages.walk.child_refs
    pages.record("child-stays", "stays", child=first, **{"reason-stays": "She needs her social worker."})
    outcomes = dict(RunChild.objects.values_list("child__ref", "outcome"))
    assert outcomes == {first: "stays-with-social-work", second: ""}
    assert "Stays with social work" in pages.words()


def test_a_transfer_is_stopped_and_every_page_of_it_says_so(pages: Pages) -> None:
    pages.record("transfer-cancelled", "cancelled", **{"reason-cancelled": "The family moves away."})
    assert Run.objects.get(pk=pages.walk.run.pk).ended_at is not None
    assert "This transfer is over" in pages.words("/steps/consent")
    sent = pages.send("consent", "refused", given_by=pages.walk.family.mother.ref, to_what="it", how="telephone")
    assert sent.status_code == 409


def test_a_manager_decides_what_a_refusal_means(pages: Pages) -> None:
    pages.walk.do("early-help-considered", "targeted")
    said = {"given_by": pages.walk.family.mother.ref, "to_what": "early help", "how": "telephone"}
    pages.record("consent", "refused", **said)
    page = pages.words("/steps/what-no-consent-means", by="team-manager")
    assert "a refusal alone justifies neither staying open nor stepping up" in page
    reason = {"reason-end-here": "They know how to come back."}
    pages.record("what-no-consent-means", "end-here", by="team-manager", **reason)
    assert "to universal services" in pages.words()


def test_the_request_to_the_meeting_says_whether_a_sitting_leaves_room(pages: Pages) -> None:
    pages.walk.to_family_agreed("targeted")
    page = pages.words("/steps/support-requested")
    assert "leaves room for “Hold the joint handover meeting”, which is due by Mon 30 Nov 2026" in page
    pages.record("support-requested", "requested")
    chosen = {"reason-deferred": "The practitioner is ill."}
    pages.record("support-decided", "deferred", by="transfer-meeting-chair", **chosen)
    page = pages.get("/steps/support-decided", by="transfer-meeting-chair").content.decode()
    assert 'value="allocated"' not in page, "the chair does not allocate"


def test_a_yes_from_before_this_transfer_is_filled_in_to_be_confirmed() -> None:
    council = make_council()
    made, school = rename(make_family(council, children=2)), council.agencies["school"]
    before = Consent.objects.create(
        family=made.family,
        given_by=made.mother,
        outcome="given",
        to_what="family support",
        how="another system",
        happened_at=NOW - timedelta(days=20),
        recorded_at=NOW - timedelta(days=1),
        recorded_by=council.practitioners["social-worker"],
    )
    ConsentSharing.objects.create(consent=before, agency=school)
    walk = begin(council, made)
    walk.do("early-help-considered", "partner-led")
    page = Pages(walk).get("/steps/consent").content.decode()
    name = f"{made.mother.given_name} {made.mother.family_name}"
    assert f"yes to family support, by {name} on 4 November 2026. It is filled in below." in words_of(page.encode())
    chosen = [box for box in re.findall(r"<input[^>]*>", page) if " checked" in box]
    values = {value for box in chosen for value in re.findall(r'value="(.*?)"', box)}
    assert {made.mother.ref, school.ref} <= values
    assert not values & {"given", "refused"}, "whether it holds for this, the family is asked"
    assert not Consent.objects.exclude(pk=before.pk).exists()
