"""A step down with a summary of advice, page by page: what each page asks, keeps and refuses (L15 to L25)."""

import pytest

from handhold.records.models import (
    Agency,
    Allocation,
    AssessmentSection,
    Document,
    FormAnswer,
    Notice,
    PaperReceived,
    PaperShared,
    Practitioner,
    StepRecord,
)
from tests.documents.reading import text_of
from tests.web.stepping import Pages
from tests.web.summaries_of_advice import (
    LAST_DAY,
    SUMMARY,
    ask_consent,
    decide_on,
    find_lead,
    hold_review,
    lead_of,
    pages_of,
    share_papers,
    to_agreed,
    write_letters,
    write_summary,
)
from tests.web.walked import date_parts, signed_in, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> Pages:
    """From a child in need plan, for one child."""
    return pages_of("child-in-need", "child-in-need-step-down")


def test_a_child_in_need_plan_steps_down_to_a_multi_agency_plan(pages: Pages) -> None:
    walk, lead = pages.walk, lead_of(pages)
    to_agreed(pages)
    write_summary(pages)
    share_papers(pages)
    assert "Final social work plan" in pages.words("/steps/summary-received", by=lead)
    pages.record("summary-received", "received", by=lead, received=["summary", "final-plan", "assessment"])
    assert PaperReceived.objects.count() == 3
    write_letters(pages)
    held = Allocation.objects.filter(during__upper_inf=True).values_list("practitioner", "involvement__kind")
    assert set(held) == {(walk.person("social-worker").pk, "child-in-need")}, "nothing moves before the closure"
    pages.record("case-closed", "multi-agency-begins", child=walk.child_refs[0])
    assert set(held.all()) == {(lead.pk, "early-help")}
    sent = pages.send("first-meeting-set", "set", by=lead, **date_parts("agreed-set", 27, 11, 2026))
    assert sent.status_code == 409
    assert "within the time that the family is to have" in words_of(sent.content)
    assert "Families will not be expected to undergo another assessment, or immediately attend" in words_of(
        sent.content
    )
    pages.record("first-meeting-set", "set", by=lead, **date_parts("agreed-set", 11, 12, 2026))
    walk.run.refresh_from_db()
    assert walk.run.ending == "completed"


def test_the_family_gets_an_earlier_meeting_where_it_asks_for_one(pages: Pages) -> None:
    to_agreed(pages)
    write_summary(pages)
    share_papers(pages)
    received = {"received": ["summary", "final-plan", "assessment"]}
    pages.record("summary-received", "received", by=lead_of(pages), **received)
    write_letters(pages)
    pages.record("case-closed", "multi-agency-begins", child=pages.walk.child_refs[0])
    sooner = date_parts("agreed-family-asks-earlier", 27, 11, 2026)
    why = {"reason-family-asks-earlier": "They would like to begin before the holidays."}
    pages.record("first-meeting-set", "family-asks-earlier", by=lead_of(pages), **sooner, **why)
    assert StepRecord.objects.get(step="first-meeting-set").agreed_date is not None


def test_universal_only_tells_every_agency_and_leaves_nobody_with_a_promise_that_nobody_made() -> None:
    pages = pages_of("assessment", "assessment-step-down")
    decide_on(pages, "universal", "threshold-not-met")
    mother = pages.walk.family.mother
    pages.record("family-agrees", "agreed", with_person=mother.ref, how="face to face", note="They are glad.")
    write_summary(pages)
    school = Agency.objects.get(kind="school")
    sent = pages.send("agencies-told", "told", told=[school.ref], how="e-mail")
    assert sent.status_code == 409
    assert "An agency that works with the children has not been told yet" in words_of(sent.content)
    both = list(Agency.objects.filter(kind__in=["school", "health"]).values_list("ref", flat=True))
    pages.record("agencies-told", "told", told=both, how="e-mail")
    assert Notice.objects.filter(to_agency__isnull=False).count() == 2
    write_letters(pages)
    pages.record("case-closed", "universal-services", child=pages.walk.child_refs[0])
    assert not Allocation.objects.filter(during__upper_inf=True).exists()
    pages.walk.run.refresh_from_db()
    assert pages.walk.run.ending == "completed"


def test_a_part_of_the_summary_that_is_left_empty_is_refused_by_its_question(pages: Pages) -> None:
    decide_on(pages, "universal")
    hold_review(pages)
    sent = pages.send("summary-written", "written", version="0", **(SUMMARY | {"field-child-views": ""}))
    assert sent.status_code == 409
    page = words_of(sent.content)
    assert "A part of it is empty. Write it, or write why it was not obtained and what was tried." in page
    assert not FormAnswer.objects.exists()


def test_a_view_that_was_not_obtained_says_why_and_what_was_tried(pages: Pages) -> None:
    decide_on(pages, "universal")
    hold_review(pages)
    without = SUMMARY | {
        "field-child-views": "",
        "no-child-views": "checked",
        "field-child-views-why-not": "She is six days old.",
    }
    half = pages.send("summary-written", "written", version="0", **without)
    assert half.status_code == 422
    assert "Write what was tried" in words_of(half.content)
    whole = without | {"field-child-views-tried": "Watched her with her mother, twice."}
    pages.record("summary-written", "written", version="0", **whole)
    assert FormAnswer.objects.filter(field="child-views-tried", text__startswith="Watched").count() == 1


def test_the_summary_is_filled_in_with_what_was_said_before(pages: Pages) -> None:
    decide_on(pages, "universal")
    hold_review(pages)
    page = pages.words("/steps/summary-written")
    assert "The needs have been met. He is well looked after." in page
    assert "From this transfer, written by" in page


def test_a_part_that_was_left_out_is_in_no_page_or_paper_of_whoever_takes_over(pages: Pages) -> None:
    walk, lead, analysis = pages.walk, lead_of(pages), "The family would like help with mornings"
    worker = walk.person("social-worker")
    assessment = walk.run.assessment
    assert assessment is not None
    AssessmentSection.objects.create(
        assessment=assessment, code="history", text="They moved here.", written_by=worker, written_at=walk.now
    )
    to_agreed(pages)
    papers = f"/families/{walk.family.family.ref}/papers"
    assert analysis not in pages.words("/pack", by=lead), "nothing before it was shared"
    assert analysis not in words_of(signed_in(lead, walk.now).get(papers).content)
    write_summary(pages)
    share_papers(pages, left_out=["analysis"])
    paper = PaperShared.objects.get(code="assessment")
    assert (paper.is_redacted, paper.left_out) == (True, ["analysis"])
    for shown in (text_of(bytes(paper.document.content)), text_of(pages.get("/pack.pdf", by=lead).content)):
        assert "They moved here." in shown
        assert analysis not in shown
    page = words_of(signed_in(lead, walk.now).get(papers).content)
    assert analysis not in page
    assert "They moved here." in page
    assert analysis in words_of(signed_in(worker, walk.now).get(papers).content), "the council's side reads it whole"


def test_a_redacted_version_is_marked_and_is_enough(pages: Pages) -> None:
    lead = lead_of(pages)
    to_agreed(pages)
    write_summary(pages)
    share_papers(pages, plan_is="redacted")
    paper = PaperShared.objects.get(code="final-plan")
    assert paper.is_redacted
    assert paper.document.title == "Final social work plan (redacted version)"
    pages.record("summary-received", "received", by=lead, received=["summary", "final-plan", "assessment"])


def test_whoever_takes_over_answers_for_each_paper(pages: Pages) -> None:
    to_agreed(pages)
    write_summary(pages)
    share_papers(pages)
    sent = pages.send("summary-received", "received", by=lead_of(pages), received=["summary"])
    assert sent.status_code == 409
    assert "has not said of each document that they have it" in words_of(sent.content)


def test_somebody_of_an_agency_that_is_not_involved_needs_a_reason(pages: Pages) -> None:
    decide_on(pages, "single-agency")
    ask_consent(pages)
    charity = Agency.objects.create(authority=pages.walk.council.authority, kind="charity", name="A charity")
    worker = Practitioner.objects.create(agency=charity, given_name="Ola", family_name="Berg", job_title="Worker")
    asked = {"asked": "somebody-else", "other": worker.ref, "how": "telephone", "shared": "checked"}
    sent = pages.send("lead-asked", "asked", **asked)
    assert sent.status_code == 409
    assert "does not work with the children yet; another agency needs a reason" in words_of(sent.content)
    pages.record("lead-asked", "asked-elsewhere", **asked, **{"reason-asked-elsewhere": "She knows the father."})


def test_managers_talk_while_nobody_has_been_found(pages: Pages) -> None:
    decide_on(pages, "single-agency")
    leader = pages.walk.person("targeted-services-leader")
    talk = {"spoken_with": leader.ref, "how": "telephone", "note": "Ask the school."}
    why = {"reason-somebody-to-ask": "The school nurse."}
    pages.record("managers-conversation", "somebody-to-ask", by="team-manager", **talk, **why)
    ask_consent(pages)
    find_lead(pages)
    sent = pages.send("managers-conversation", "somebody-to-ask", by="team-manager", **talk, **why)
    assert sent.status_code == 409


def test_a_letter_to_one_parent_that_would_put_somebody_at_risk_is_a_managers_record(pages: Pages) -> None:
    to_agreed(pages)
    mother = pages.walk.family.mother
    only = {"recipients": [mother.ref], "checked": "checked"} | LAST_DAY
    sent = pages.send("letter-to-family", "sent", **only)
    assert sent.status_code == 409
    assert "no letter yet to each parent or carer" in words_of(sent.content)
    why = {"reason-not-to-all": "He is not to know where they live."}
    assert pages.send("letter-to-family", "not-to-all", **only, **why).status_code == 409, "not the worker's to say"
    pages.record("letter-to-family", "not-to-all", by="team-manager", **only, **why)
    letter = Document.objects.get(kind="letter-to-family")
    assert letter.recipient == f"{mother.given_name} {mother.family_name}"
    assert bytes(letter.content).startswith(b"%PDF")


def test_a_letter_can_be_seen_before_it_goes(pages: Pages) -> None:
    to_agreed(pages)
    family = pages.walk.family
    answers = {"outcome": "sent", "recipients": [family.mother.ref], "preview": "1"} | LAST_DAY
    seen = pages.post("/steps/letter-to-family", answers)
    assert seen["Content-Type"] == "application/pdf"
    assert not Document.objects.exists()
