"""What a record is answered with that comes twice, late, out of order or too soon; and the page that corrects."""

from datetime import timedelta

import pytest

from handhold.access.transfers import Opened, access_transfer_to_read
from handhold.casefiles.contents import VisitContent
from handhold.protocol.definition import Step
from handhold.queries.order_of_records import find_notes_on_time
from handhold.records.models import StepRecord
from tests.actions.walking import Walk, begin
from tests.records.factories import make_council, make_family
from tests.web.stepping import Pages
from tests.web.walked import date_parts, words_of

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
    assert "This stands: Begin the closure" in words
    assert StepRecord.objects.filter(step="closure-begun").count() == 1


def test_a_date_in_the_future_is_refused_at_its_field(pages: Pages) -> None:
    pages.walk.do("early-help-considered", "universal")
    future = date_parts("happened", 25, 12, 2026)
    answer = pages.post("/steps/closure-begun", {"outcome": "begun"} | future)
    assert answer.status_code == 422
    assert "must be today or in the past" in words_of(answer.content)
    assert not StepRecord.objects.filter(step="closure-begun").exists()


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
    answer = pages.post("/steps/ending-visit", {"outcome": "visited"} | seen | before)
    assert answer.status_code == 302, words_of(answer.content)[:900]
    record = standing("ending-visit")
    notes = find_notes_on_time(opened(pages.walk), step_of(pages.walk, "ending-visit"), None, record.happened_at)
    assert "“Consider early help” (24 November 2026)" in notes[0]
    assert "Each record stands as it was written" in notes[1]


def test_of_a_step_that_is_late_it_is_said_whether_it_happened_in_time(pages: Pages) -> None:
    walk = pages.walk.to_practitioner_allocated()
    meeting, held_at = step_of(walk, "handover-meeting"), walk.now
    assert find_notes_on_time(opened(walk), meeting, None, held_at) == ()
    walk.now += timedelta(days=21)
    assert "it happened in time, and that is what counts" in find_notes_on_time(opened(walk), meeting, None, held_at)[0]
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
    sent = date_parts("happened", 23, 11, 2026) | {"happened_time": "4pm", "note": "Out", "version": "0"}
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
    assert "An outcome is not written over" in words


def test_a_step_that_was_never_recorded_has_nothing_to_correct(pages: Pages) -> None:
    assert pages.get("/steps/ending-visit/correction").status_code == 404
