"""The honest way past a gate: asked for with what was tried, decided by a second person, told on every page."""

import pytest

from handhold.records.models import StepRecord
from tests.actions.walking import begin
from tests.records.factories import make_council, make_family
from tests.web.stepping import Pages
from tests.web.walked import filled_in, rename, words_of

pytestmark = pytest.mark.django_db
VISIT = "/steps/ending-visit/exception"
ASKED = {"kind": "declined", "reason": "Asked twice; they would rather not."}


@pytest.fixture
def pages() -> Pages:
    council = make_council()
    pages = Pages(begin(council, rename(make_family(council, children=2))))
    pages.walk.do("early-help-considered", "universal")
    return pages


def acts(pages: Pages) -> list[tuple[str, str, str]]:
    rows = StepRecord.objects.filter(run=pages.walk.run, step="ending-visit").order_by("pk")
    return list(rows.values_list("act", "outcome", "exception_kind"))


def test_an_exception_is_asked_for_and_granted_by_somebody_else(pages: Pages) -> None:
    page = pages.words(VISIT)
    manager = pages.walk.person("team-manager")
    assert f"Who decides: {manager.given_name} {manager.family_name}, never who asks." in page
    assert "The family declined" in page
    assert "It does not apply to this family" not in page, "a kind that the step does not know"
    assert pages.post(VISIT, ASKED)["Location"] == pages.address()
    waits = pages.words()
    assert "An exception was asked for. Who decides: " in waits
    decision = pages.words(f"{VISIT}/decision", by="team-manager")
    assert "Asked twice; they would rather not." in decision
    granted = {"answer": "granted", "reason": "Their wish is clear."}
    assert pages.post(f"{VISIT}/decision", granted, by="team-manager")["Location"] == pages.address()
    assert acts(pages) == [("exception-asked", "", "declined"), ("exception-decided", "granted", "")]
    assert "Exception granted by" in pages.words("/steps/ending-visit")


def test_one_that_is_refused_leaves_the_step_to_do(pages: Pages) -> None:
    pages.post(VISIT, ASKED)
    pages.post(f"{VISIT}/decision", {"answer": "refused", "reason": "Try once more."}, by="team-manager")
    assert "Record the visit" in pages.words()


def test_who_asked_does_not_decide(pages: Pages) -> None:
    pages.post(VISIT, ASKED)
    page = pages.words(f"{VISIT}/decision")
    assert "You cannot decide this" in page
    sent = pages.post(f"{VISIT}/decision", {"answer": "granted", "reason": "x"})
    assert sent.status_code == 409
    assert len(acts(pages)) == 1


def test_what_was_tried_has_to_be_written(pages: Pages) -> None:
    answer = pages.post(VISIT, {"kind": "declined"})
    assert answer.status_code == 422
    assert "Write what was tried, and why it cannot be done" in words_of(answer.content)
    assert acts(pages) == []


def test_a_hard_gate_cannot_be_excepted(pages: Pages) -> None:
    page = pages.words("/steps/closure-begun/exception")
    assert "This is not possible" in page
    assert "no exception can be made" in page.lower()
    sent = pages.post("/steps/closure-begun/exception", ASKED)
    assert sent.status_code == 422, "there is no kind to choose"


def test_nothing_is_decided_that_nobody_asked_for(pages: Pages) -> None:
    sent = pages.post(f"{VISIT}/decision", {"answer": "granted", "reason": "x"}, by="team-manager")
    assert sent.status_code == 409
    assert "nobody has asked" in words_of(sent.content).lower()


def test_two_clicks_ask_once(pages: Pages) -> None:
    answers = filled_in(**ASKED)
    assert [pages.post(VISIT, answers).status_code for _ in range(2)] == [302, 302]
    assert len(acts(pages)) == 1


def test_an_exception_for_one_child_leaves_the_others_letter_to_write(pages: Pages) -> None:
    first, second = pages.walk.family.children
    unsafe = {"kind": "unsafe", "reason": "The letter would be read by somebody who must not."}
    pages.post("/steps/endings-letter/exception", unsafe, child=first.ref)
    page = pages.words()
    assert f"Write the endings letter: {first.given_name} An exception was asked for." in page
    assert f"Write the endings letter: {second.given_name}" in page
    assert f"Write the endings letter: {second.given_name} An exception was asked for." not in page
