"""A request to lead on three pages: what is shown before acceptance, each answer, and nothing for anybody else."""

import pytest

from handhold.casefiles import contents
from handhold.notifications.models import OutboxMessage
from handhold.records.models import Allocation, AssessmentSection, Run, StepRecord
from tests.actions.walking import Walk, begin
from tests.records.factories import make_council, make_family
from tests.web.walked import at, date_parts, filled_in, rename, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
PAGES = ("/proposal", "/proposal/need", "/proposal/answer", "/proposal/done", "/pack", "/pack.pdf", "")


@pytest.fixture
def walk() -> Walk:
    council = make_council()
    return begin(council, rename(make_family(council, children=2))).to_lead_asked()


def address(walk: Walk, page: str) -> str:
    return f"/transfers/{walk.run.ref}{page}"


def yes(**others: object) -> dict[str, object]:
    return (
        filled_in(answer="accepted", first_meeting="Tuesday after school", **date_parts("from_date", 8, 12, 2026))
        | others
    )


def answers_on_record(walk: Walk) -> list[tuple[str, str]]:
    return list(StepRecord.objects.filter(run=walk.run, step="lead-answer").values_list("outcome", "reason"))


def test_the_first_page_asks_and_names_who_stands_behind_without_any_story(walk: Walk) -> None:
    with at(walk.now):
        page = words_of(signed_in(walk.person("lead-practitioner")).get(address(walk, "/proposal")).content)
    behind = walk.person("early-help-coordinator")
    assert f"The {walk.family.family.name} family would like you to be their lead practitioner" in page
    assert "You co-ordinate the plan. The council keeps its duties." in page
    assert f"{behind.given_name} {behind.family_name}" in page
    assert behind.phone in page
    assert "Mornings are hard" not in page


def test_the_second_page_holds_need_agencies_and_plan_and_no_more(walk: Walk) -> None:
    with at(walk.now):
        page = words_of(signed_in(walk.person("lead-practitioner")).get(address(walk, "/proposal/need")).content)
    assert "Mornings are hard and school starts late" in page
    assert "Breakfast club every school day" in page
    assert "Health visiting" in page
    for child in walk.family.children:
        assert child.given_name not in page
    assert AssessmentSection.objects.get().text not in page
    assert walk.family.mother.address not in page


def test_what_is_missing_is_said(walk: Walk) -> None:
    half = contents.PlannedNeed("Mornings are hard", True, (contents.PlannedAction("Breakfast club"),))
    walk.do("plan-proposed", "written", walk.at(contents.PlanContent, needs=(half,), edited_revision=1))
    with at(walk.now):
        page = words_of(signed_in(walk.person("lead-practitioner")).get(address(walk, "/proposal/need")).content)
    assert "What is missing here how it is measured, who does it, the date of the action: Breakfast club" in page


def test_once_the_family_says_no_nothing_of_them_is_shown(walk: Walk) -> None:
    walk.do("consent", "withdrawn", walk.consent())
    lead = signed_in(walk.person("lead-practitioner"))
    with at(walk.now):
        page = words_of(lead.get(address(walk, "/proposal/need")).content)
        papers = lead.get(address(walk, "/pack.pdf"))
    assert "Mornings are hard" not in page
    assert "The family does not agree to this help" in page
    assert papers.status_code == 404


def test_yes_is_a_dated_promise_and_moves_no_child(walk: Walk) -> None:
    with at(walk.now):
        answer = signed_in(walk.person("lead-practitioner")).post(address(walk, "/proposal/answer"), yes(), follow=True)
    assert answer.redirect_chain == [(address(walk, "/proposal/done"), 302)]
    assert "You lead from 8 December 2026" in words_of(answer.content)
    record = StepRecord.objects.get(run=walk.run, step="lead-answer")
    assert (record.outcome, str(record.agreed_date)) == ("accepted", "2026-12-08")
    assert record.reason == "First meeting with the family: Tuesday after school"
    holders = Allocation.objects.filter(during__upper_inf=True).values_list("practitioner", flat=True)
    assert set(holders) == {walk.person("social-worker").pk}
    assert OutboxMessage.objects.filter(run=walk.run, template="answered").count() == 1


def test_two_clicks_on_yes_are_one_answer(walk: Walk) -> None:
    lead, form = signed_in(walk.person("lead-practitioner")), yes()
    with at(walk.now):
        first = lead.post(address(walk, "/proposal/answer"), form)
        second = lead.post(address(walk, "/proposal/answer"), form)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(answers_on_record(walk)) == 1


def test_two_clicks_on_no_lead_to_the_same_page_though_the_request_is_gone(walk: Walk) -> None:
    lead, form = signed_in(walk.person("lead-practitioner")), filled_in(answer="declined", reason="No time this term")
    with at(walk.now):
        answers = [lead.post(address(walk, "/proposal/answer"), form) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == ["/work", "/work"]
    assert answers_on_record(walk) == [("declined", "No time this term")]


def test_whoever_declines_sees_nothing_of_the_family_any_more(walk: Walk) -> None:
    lead = signed_in(walk.person("lead-practitioner"))
    with at(walk.now):
        before = [lead.get(address(walk, page)).status_code for page in ("/proposal", "/proposal/need", "/pack.pdf")]
        lead.post(address(walk, "/proposal/answer"), filled_in(answer="declined", reason="No time this term"))
        thanks = words_of(lead.get("/accessibility").content)
        after = {page: lead.get(address(walk, page)) for page in PAGES}
        nowhere = lead.get("/transfers/ZZZZZZZZ/proposal")
    assert before == [200, 200, 200]
    assert "Thank you for answering." in thanks
    assert walk.family.family.name not in thanks
    assert {page: answer.status_code for page, answer in after.items()} == dict.fromkeys(PAGES, 404)
    assert words_of(after["/proposal"].content) == words_of(nowhere.content)
    assert Run.objects.get(pk=walk.run.pk).receiver is None


def test_a_question_leaves_the_answer_open_and_goes_to_the_worker(walk: Walk) -> None:
    lead = signed_in(walk.person("lead-practitioner"))
    question = filled_in(answer="question", question="Is the school breakfast club paid for?")
    with at(walk.now):
        asked = lead.post(address(walk, "/proposal/answer"), question, follow=True)
        again = lead.post(address(walk, "/proposal/answer"), yes())
    assert "Is the school breakfast club paid for?" in words_of(asked.content)
    assert again.status_code == 302
    assert [outcome for outcome, _ in answers_on_record(walk)] == ["question", "accepted"]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (filled_in(), "Choose your answer"),
        (filled_in(answer="accepted"), "Enter the date from which you lead"),
        (filled_in(answer="accepted", **date_parts("from_date", 1, 1, 2020)), "must be today or in the future"),
        (filled_in(answer="declined"), "Say in a few words what stands in the way"),
        (filled_in(answer="question"), "Write your question"),
    ],
)
def test_a_form_half_filled_in_is_shown_again_with_what_is_missing(
    walk: Walk, form: dict[str, object], words: str
) -> None:
    with at(walk.now):
        answer = signed_in(walk.person("lead-practitioner")).post(address(walk, "/proposal/answer"), form)
    assert answer.status_code == 422
    assert words in words_of(answer.content)
    assert answers_on_record(walk) == []


def test_after_the_transfer_was_stopped_there_is_nothing_left_to_answer_or_to_see(walk: Walk) -> None:
    lead = signed_in(walk.person("lead-practitioner"))
    walk.do("transfer-cancelled", "cancelled")
    with at(walk.now):
        page = lead.get(address(walk, "/proposal/answer"))
        answer = lead.post(address(walk, "/proposal/answer"), yes())
    assert (page.status_code, answer.status_code) == (404, 404)
    assert answers_on_record(walk) == []


def test_the_coordinator_records_an_answer_from_the_telephone_for_her(walk: Walk) -> None:
    with at(walk.now):
        coordinator = signed_in(walk.person("early-help-coordinator"))
        page = words_of(coordinator.get(address(walk, "/proposal/answer")).content)
        coordinator.post(address(walk, "/proposal/answer"), yes())
    record = StepRecord.objects.get(run=walk.run, step="lead-answer")
    assert "You can record an answer that you were given on the telephone" in page
    assert record.recorded_by == walk.person("early-help-coordinator")
    assert record.on_behalf_of == walk.person("lead-practitioner")


@pytest.mark.parametrize("who", ["stranger", "second_lead"])
def test_a_stranger_finds_no_such_page(walk: Walk, who: str) -> None:
    client = signed_in(getattr(walk.council, who))
    with at(walk.now):
        answers = [client.get(address(walk, page)).status_code for page in PAGES]
        posted = client.post(address(walk, "/proposal/answer"), yes())
    assert set(answers) == {404}
    assert posted.status_code == 404
    assert answers_on_record(walk) == []


def test_each_page_asks_the_database_few_questions(walk: Walk) -> None:
    lead = signed_in(walk.person("lead-practitioner"))
    for page in ("/proposal", "/proposal/need", "/proposal/answer"):
        with at(walk.now):
            assert len(statements(lead, address(walk, page))) <= 15, page
