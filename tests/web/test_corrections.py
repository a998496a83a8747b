"""What a record is answered with that comes twice, late, out of order or too soon; and the page that corrects."""

from datetime import timedelta

import pytest
from django.utils import timezone

from handhold.access.transfers import Opened, access_transfer_to_read
from handhold.actions.steps import ask_exception
from handhold.casefiles.contents import ConversationContent, NoticeContent, VisitContent
from handhold.protocol.definition import Step
from handhold.queries.order_of_records import find_notes_on_time
from handhold.records.models import Involvement, RunChild, StepRecord
from tests.actions.walking import Walk, begin
from tests.records.factories import make_council, make_family
from tests.web.stepping import Pages
from tests.web.walked import at, date_parts, filled_in, statements, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> Pages:
    council = make_council()
    return Pages(begin(council, make_family(council, children=2)))


def visited(walk: Walk) -> None:
    walk.do("early-help-considered", "universal")
    walk.do("ending-visit", "visited", walk.at(VisitContent, seen=tuple(walk.family.children), note="All at home"))


def standing(step: str) -> StepRecord:
    return StepRecord.objects.filter(step=step, corrected_by__isnull=True).latest("pk")


def test_a_step_recorded_twice_is_answered_with_the_record_that_stands(pages: Pages) -> None:
    pages.walk.do("early-help-considered", "universal")
    pages.walk.do("closure-begun", "begun")
    answer = pages.send("closure-begun", "begun")
    assert answer.status_code == 409
    words = words_of(answer.content)
    assert "is done already, and the record of it stands" in words
    assert f"This stands: Begin the closure. Recorded by {named(pages)}, Tue 24 Nov" in words
    assert StepRecord.objects.filter(step="closure-begun").count() == 1


def test_a_date_in_the_future_is_refused_at_its_field(pages: Pages) -> None:
    pages.walk.do("early-help-considered", "universal")
    future = date_parts("happened", 25, 12, 2026)
    answer = pages.post("/steps/closure-begun", {"outcome": "begun"} | future)
    assert answer.status_code == 422
    words = words_of(answer.content)
    assert "must be today or in the past" in words
    assert "No record of this stands yet: what you sent was not recorded." in words
    assert not StepRecord.objects.filter(step="closure-begun").exists()


def test_a_record_of_what_is_done_dated_in_the_future_is_answered_with_what_stands(pages: Pages) -> None:
    pages.walk.do("early-help-considered", "universal")
    pages.walk.do("closure-begun", "begun")
    future = date_parts("happened", 25, 12, 2026)
    answer = pages.post("/steps/closure-begun", {"outcome": "begun"} | future)
    assert answer.status_code == 422
    assert f"This stands: Begin the closure. Recorded by {named(pages)}, Tue 24 Nov" in words_of(answer.content)


def test_an_exception_decided_twice_is_answered_with_the_decision_that_stands(pages: Pages) -> None:
    walk = pages.walk
    walk.do("early-help-considered", "universal")
    walk.now += timedelta(minutes=1)
    worker, manager = walk.person("social-worker"), walk.person("team-manager")
    ask_exception(walk.run.ref, "ending-visit", "declined", "They moved", by=worker, now=walk.now)
    for answer, stands in (("granted", "Exception granted"), ("refused", "Exception granted")):
        sent = {"answer": answer, "reason": "Heard both"}
        last = pages.post("/steps/ending-visit/exception/decision", sent, by=manager)
        if answer == "refused":
            assert last.status_code == 409
            words = words_of(last.content)
            assert f"This stands: {stands} by {named(pages, 'team-manager')}, Tue 24 Nov" in words
            assert "They moved" not in words or "Asked by" in words
    again = pages.post("/steps/ending-visit/exception", {"kind": "declined", "reason": "Again"})
    assert again.status_code == 409
    assert f"This stands: Exception granted by {named(pages, 'team-manager')}" in words_of(again.content)


def test_an_exception_asked_twice_is_answered_with_the_question_that_stands(pages: Pages) -> None:
    walk = pages.walk
    walk.do("early-help-considered", "universal")
    asked = {"kind": "declined", "reason": "They moved"}
    assert pages.post("/steps/ending-visit/exception", asked).status_code == 302
    again = pages.post("/steps/ending-visit/exception", asked)
    assert again.status_code == 409
    words = words_of(again.content)
    assert f"This stands: {named(pages)} asked for an exception on Tue 24 Nov" in words
    assert "has been asked for already, and waits for its decision" in words
    assert StepRecord.objects.filter(act="exception-asked").count() == 1


def answered(pages: Pages, step: str, answers: dict[str, object]) -> str:
    """What stands on the page to which a record leads."""
    pages.walk.now += timedelta(minutes=1)
    with at(pages.walk.now):
        address = pages.address(f"/steps/{step}")
        answer = pages.browser("social-worker").post(address, filled_in() | answers, follow=True)
    assert answer.redirect_chain, words_of(answer.content)
    return words_of(answer.content)


def named(pages: Pages, role: str = "social-worker") -> str:
    who = pages.walk.person(role)
    return f"{who.given_name} {who.family_name}"


def test_a_late_record_is_answered_with_when_it_happened_and_when_it_was_due(pages: Pages) -> None:
    walk = pages.walk.to_practitioner_allocated()
    walk.do("team-told", "told", walk.at(NoticeContent, told=(walk.council.second_lead,), how="e-mail"))
    walk.now += timedelta(days=21)
    held = date_parts("happened", 15, 12, 2026) | {"happened_time": "10am"}
    there = {
        f"came-{walk.family.mother.ref}": "present",
        f"came-{walk.person('social-worker').ref}": "present",
        f"came-{walk.person('support-practitioner').ref}": "present",
    }
    words = answered(pages, "handover-meeting", {"outcome": "held"} | held | there)
    assert "Hold the joint handover meeting: The meeting was held. It is recorded." in words
    assert "It happened on 15 December 2026 and was due by" in words
    assert "it stands, and counts as late." in words


def test_a_date_before_the_childrens_involvement_is_refused_at_its_field(pages: Pages) -> None:
    long_ago = date_parts("happened", 1, 3, 2020)
    answer = pages.post(
        "/steps/early-help-considered",
        {"outcome": "universal", "reason-universal": "They are well"} | long_ago | {"happened_time": "9am"},
    )
    assert answer.status_code == 422
    words = words_of(answer.content)
    assert "or later: nothing of this transfer happened before" in words
    assert 'href="#happened-day"' in answer.content.decode()


def test_a_step_out_of_order_stands_and_the_answer_names_what_it_rests_on(pages: Pages) -> None:
    pages.walk.do("early-help-considered", "universal")
    seen = {f"seen-{child.ref}": "seen" for child in pages.walk.family.children}
    before = date_parts("happened", 23, 11, 2026) | {"happened_time": "9am"}
    words = answered(pages, "ending-visit", {"outcome": "visited"} | seen | before)
    record = standing("ending-visit")
    notes = find_notes_on_time(opened(pages.walk), step_of(pages.walk, "ending-visit"), None, record.happened_at)
    worker = pages.walk.person("social-worker")
    name = f"{worker.given_name} {worker.family_name}"
    came = "No early help is needed; universal services only, 24 November 2026"
    said = f"“Consider early help” ({came}, recorded by {name})"
    assert said in notes[0]
    assert said in words, "and the answer on the page says so"
    assert "Each record stands as it was written" in notes[1]


def test_of_a_step_that_is_late_it_is_said_whether_it_happened_in_time(pages: Pages) -> None:
    walk = pages.walk.to_practitioner_allocated()
    meeting, held_at = step_of(walk, "handover-meeting"), walk.now
    assert find_notes_on_time(opened(walk), meeting, None, held_at) == ()
    walk.now += timedelta(days=21)
    assert "in time, and that is what counts" in find_notes_on_time(opened(walk), meeting, None, held_at)[0]
    assert "it stands, and counts as late" in find_notes_on_time(opened(walk), meeting, None, walk.now)[0]


def opened(walk: Walk) -> Opened:
    return access_transfer_to_read(walk.run.ref, by=walk.person("social-worker"), now=walk.now)


def step_of(walk: Walk, name: str) -> Step:
    return opened(walk).case.pathway.steps[name]


def test_from_the_step_to_the_page_that_corrects_and_back_to_the_story(pages: Pages) -> None:
    visited(pages.walk)
    assert "This record is wrong" in pages.words("/steps/ending-visit")
    form = pages.get("/steps/ending-visit/correction").content.decode()
    assert "All at home" in form
    corrected = date_parts("happened", 23, 11, 2026) | {
        "outcome": "visited",
        "happened_time": "4pm",
        "note": "Their mother was out",
        "why": "I took the wrong day",
        "version": standing("ending-visit").pk,
    }
    answer = pages.post("/steps/ending-visit/correction", corrected)
    assert answer.status_code == 302, words_of(answer.content)
    story = pages.words("/story")
    assert "Their mother was out" in story
    assert "Before, it said" in story
    assert "I took the wrong day" in story


def test_the_page_keeps_what_was_typed_and_says_what_is_missing(pages: Pages) -> None:
    visited(pages.walk)
    sent = date_parts("happened", 23, 11, 2026) | {
        "outcome": "visited",
        "happened_time": "4pm",
        "note": "Out",
        "version": "0",
    }
    answer = pages.post("/steps/ending-visit/correction", sent)
    assert answer.status_code == 422
    assert "Say what was wrong" in words_of(answer.content)
    late = pages.post("/steps/ending-visit/correction", sent | {"why": "Wrong"})
    assert late.status_code == 409
    assert "Somebody else has corrected this meanwhile" in words_of(late.content)


def test_who_did_not_write_it_reads_who_corrects_it_and_what_else_helps(pages: Pages) -> None:
    walk = pages.walk
    walk.to_family_agreed("targeted").do("support-requested", "requested")
    words = pages.words("/steps/consent/correction", by="practice-manager")
    assert walk.person("social-worker").family_name in words
    assert "What it cannot be made to say" in words
    assert "Other ways on" in words


def test_a_step_that_was_never_recorded_has_nothing_to_correct(pages: Pages) -> None:
    assert pages.get("/steps/ending-visit/correction").status_code == 404


def consented(walk: Walk) -> None:
    walk.do("early-help-considered", "partner-led")
    walk.do("assessment-shown", "shown")
    walk.do("consent", "given", walk.consent())


def answers(step: str, outcome: str, **more: object) -> dict[str, object]:
    """The form of a correction as a browser sends it, with what stands left as it is."""
    record = standing(step)
    at = timezone.localtime(record.happened_at)
    day = date_parts("happened", at.day, at.month, at.year) | {"happened_time": f"{at:%H:%M}"}
    return day | {"outcome": outcome, "why": "I pressed the wrong button", "version": record.pk} | more


def test_a_consent_recorded_wrongly_is_corrected_on_its_page_and_struck_through_in_the_story(pages: Pages) -> None:
    consented(pages.walk)
    form = pages.words("/steps/consent/correction")
    assert "Consent given: as it is" in form
    assert "Consent refused" in form
    sent = pages.post("/steps/consent/correction", answers("consent", "refused"))
    assert sent.status_code == 302, words_of(sent.content)
    assert standing("consent").outcome == "refused"
    story = pages.get("/story").content.decode()
    assert "<s>Consent given.</s>" in story
    assert "Consent refused." in words_of(story.encode())
    assert "no live consent" in pages.words() or "Refused" in pages.words()


def test_what_rests_on_a_record_is_named_with_who_wrote_it_and_where_it_is_corrected(pages: Pages) -> None:
    walk = pages.walk.to_lead_asked()
    words = pages.words("/steps/consent/correction")
    assert "What it cannot be made to say" in words
    assert "“Ask a practitioner to lead”: They were asked." in words
    late = pages.post("/steps/consent/correction", answers("consent", "refused"))
    assert late.status_code == 409
    assert "This was not corrected" in words_of(late.content)
    assert not StepRecord.objects.filter(corrects__isnull=False).exists()
    page = pages.get("/steps/consent/correction").content.decode()
    assert f"/transfers/{walk.run.ref}/steps/lead-asked/correction" in page
    assert walk.person("social-worker").family_name in words


def test_what_came_to_rest_on_it_meanwhile_refuses_it_with_the_record_that_stands(pages: Pages) -> None:
    walk = pages.walk.to_family_agreed("partner-led")
    wish = walk.at(ConversationContent, note="Her form teacher", with_person=walk.family.mother)
    walk.do("preferred-lead", "recorded", wish)
    assert "Consent refused" in pages.words("/steps/consent/correction")
    shown = answers("consent", "refused")
    lead = walk.person("lead-practitioner")
    asked = walk.at(ConversationContent, practitioner=lead, how="telephone", confirmed=True)
    walk.do("lead-asked", "asked", asked)
    answer = pages.post("/steps/consent/correction", shown)
    assert answer.status_code == 409
    words = words_of(answer.content)
    assert "“Ask a practitioner to lead”: They were asked." in words
    assert "I pressed the wrong button" in words, "what was typed is kept"
    assert standing("consent").outcome == "given"


def test_a_record_that_was_not_so_at_all_is_taken_back(pages: Pages) -> None:
    visited(pages.walk)
    sent = pages.post("/steps/ending-visit/correction", answers("ending-visit", "taken-back"))
    assert sent.status_code == 302, words_of(sent.content)
    story = pages.words("/story")
    assert "Taken back" in story
    assert "This stands" not in pages.words("/steps/ending-visit")


def test_a_closure_leads_to_the_acts_that_repair_it(pages: Pages) -> None:
    walk = pages.walk.to_lead_accepted().to_ready_to_close()
    child = walk.child_refs[0]
    walk.close(child)
    words = pages.words("/steps/case-closed/correction", child=child, by="team-manager")
    assert "hangs on it" in words
    assert "Reallocate the children" in words
    assert "Begin another transfer" in words
    assert "Report a safeguarding concern about this family" in words


def test_an_exception_is_taken_back_from_its_step_and_from_the_story(pages: Pages) -> None:
    walk = pages.walk
    walk.do("early-help-considered", "universal")
    worker = walk.person("social-worker")
    walk.now += timedelta(minutes=1)
    ask_exception(walk.run.ref, "ending-visit", "declined", "They moved", by=worker, now=walk.now)
    assert "What was asked is wrong" in pages.words("/steps/ending-visit")
    assert "/steps/ending-visit/exception/correction" in pages.get("/story").content.decode()
    form = pages.words("/steps/ending-visit/exception/correction")
    assert "An exception is asked for: the family declined: as it is" in form
    said = {"outcome": "taken-back", "reason": "They moved", "why": "They are back"}
    said["version"] = str(standing("ending-visit").pk)
    sent = pages.post("/steps/ending-visit/exception/correction", said)
    assert sent.status_code == 302, words_of(sent.content)
    assert "asked for an exception" not in pages.words("/steps/ending-visit")


def test_the_page_of_a_correction_asks_the_database_little(pages: Pages) -> None:
    pages.walk.to_lead_asked()
    with at(pages.walk.now):
        browser = pages.browser("social-worker")
        asked = statements(browser, pages.address("/steps/consent/correction"))
    assert len(asked) <= 15, "\n".join(one[:150] for one in asked)


def test_who_does_not_read_why_an_exception_is_asked_does_not_come_to_correct_it(pages: Pages) -> None:
    walk = pages.walk.to_lead_accepted()
    worker, lead = walk.person("social-worker"), walk.person("lead-practitioner")
    walk.now += timedelta(minutes=1)
    ask_exception(walk.run.ref, "ending-visit", "unsafe", "The stepfather threatens", by=worker, now=walk.now)
    assert pages.get("/steps/ending-visit/exception/correction", by=lead).status_code == 404
    assert "/exception/correction" not in pages.get("/story", by=lead).content.decode()
    assert "it would not be safe" in pages.words("/steps/ending-visit/exception/correction")


def test_a_wrong_child_leaves_by_the_ending_that_nobody_chose_and_the_page_leads_there(pages: Pages) -> None:
    visited(pages.walk)
    child = pages.walk.child_refs[0]
    page = pages.get("/steps/ending-visit/correction").content.decode()
    assert f"/steps/ending-reported?child={child}" in page
    assert "If this is not the child" in words_of(page.encode())
    pages.record("ending-reported", "wrong-record", child=child, **{"reason-wrong-record": "Another Ada"})
    pages.record("ending-confirmed", "wrong-record", by="team-manager", child=child)
    held = Involvement.objects.filter(open_during__upper_inf=True).values_list("child__ref", flat=True)
    assert set(held) == {pages.walk.child_refs[1]}
    assert RunChild.objects.get(child__ref=child).outcome == "wrong-record"
