"""A step sent twice, a text edited by two, a plan that grows: one effect, and nobody loses or overwrites a word."""

import pytest

from handhold.records.models import FormAnswer, PlanRevision, StepRecord
from tests.actions.walking import begin
from tests.records.factories import make_council, make_family
from tests.web.stepping import TODAY, Pages
from tests.web.walked import filled_in, rename, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> Pages:
    council = make_council()
    return Pages(begin(council, rename(make_family(council, children=2))))


# Two clicks, two editors


def test_two_clicks_are_one_record(pages: Pages) -> None:
    answers = filled_in(outcome="universal", **{"reason-universal": "They manage."}) | TODAY
    first = pages.post("/steps/early-help-considered", answers)
    second = pages.post("/steps/early-help-considered", answers)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert StepRecord.objects.filter(step="early-help-considered").count() == 1


def test_a_second_editor_of_the_plan_sees_both_texts_and_overwrites_nothing_unseen(pages: Pages) -> None:
    pages.walk.to_family_agreed("partner-led")
    mine = {"need-1-text": "Sleep", "need-1-outstanding": ["yes"], "need-1-action-1-what": "A bedtime for everybody"}
    answer = pages.send("plan-proposed", "written", version="0", **mine)
    assert answer.status_code == 409
    page = words_of(answer.content)
    assert "saved this while you were writing" in page
    assert "Mornings are hard and school starts late" in page, "theirs"
    assert "A bedtime for everybody" in page, "mine"
    assert PlanRevision.objects.count() == 1
    assert 'name="version" value="1"' in answer.content.decode()
    pages.record("plan-proposed", "written", version="1", **mine)
    assert PlanRevision.objects.count() == 2


def test_a_second_editor_of_a_section_sees_both_texts(pages: Pages) -> None:
    walk = pages.walk.to_lead_accepted()
    walk.do("next-action-added", "finished")
    pages.record("section-2-written", "written", version="0", **{"field-plan": "The first text", "field-lead": "Jo"})
    walk.do("receiver-left", "left")
    walk.to_lead_accepted()
    mine = {"field-plan": "The second text", "field-lead": "Jo Reid"}
    answer = pages.send("section-2-written", "written", version="0", **mine)
    assert answer.status_code == 409
    assert "The first text" in words_of(answer.content)
    assert "The second text" in answer.content.decode()
    assert not FormAnswer.objects.filter(text="The second text").exists()
    pages.record("section-2-written", "written", version="1", **mine)
    assert FormAnswer.objects.filter(text="The second text", version=2).exists()


# Adding to a plan


def test_a_need_and_an_action_are_added_without_losing_a_word(pages: Pages) -> None:
    pages.walk.do("early-help-considered", "partner-led")
    typed = {"need-1-text": "Mornings", "need-1-action-1-what": "Breakfast club"}
    answer = pages.send("plan-proposed", "written", version="0", add="need", **typed)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="need-2-text"' in html
    assert "Mornings" in html
    assert "Breakfast club" in html
    assert "There is a problem" not in html
    answer = pages.send("plan-proposed", "written", version="0", add="action-1", **typed)
    assert 'id="need-1-action-2-what"' in answer.content.decode()
    assert not PlanRevision.objects.exists()


def test_an_action_without_a_need_and_a_measure_without_an_action_are_asked_for(pages: Pages) -> None:
    pages.walk.do("early-help-considered", "partner-led")
    answer = pages.send("plan-proposed", "written", version="0", **{"need-1-action-1-measured": "By nine"})
    page = words_of(answer.content)
    assert answer.status_code == 422
    assert "Write the need that these actions answer" in page
    assert "Write what is to be done" in page
