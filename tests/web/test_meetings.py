"""The weekly meeting: its agenda by itself, each decision, who may take it, finishing, and the record."""

from datetime import timedelta

import pytest

from handhold.audit.models import AuditEvent
from handhold.casefiles import contents
from handhold.records.models import Document, Meeting, MeetingAttendance, MeetingDraft, MeetingItem, Run, StepRecord
from tests.actions.walking import Walk, begin
from tests.documents.reading import text_of
from tests.records.factories import MadeCouncil, make_council, make_family, make_practitioner
from tests.web.walked import at, date_parts, filled_in, filled_in_as, rename, signed_in, statements, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def walk(council: MadeCouncil) -> Walk:
    return requested(council)


def requested(council: MadeCouncil, children: int = 2) -> Walk:
    """A family whose request is on the next meeting."""
    walk = begin(council, rename(make_family(council, children=children))).to_family_agreed("targeted")
    walk.do("support-requested", "requested")
    return walk


def sitting(walk: Walk) -> Meeting:
    return MeetingItem.objects.filter(run=walk.run).order_by("pk").last().meeting  # type: ignore[union-attr]


def page_of(walk: Walk, role: str = "practice-manager") -> str:
    with at(walk.now):
        answer = signed_in(walk.person(role)).get(f"/meetings/{sitting(walk).ref}")
    assert answer.status_code == 200
    return words_of(answer.content)


def allocation(walk: Walk) -> dict[str, object]:
    chosen = walk.person("support-practitioner").ref
    ref = walk.run.ref
    return filled_in_as(ref, outcome="allocated", practitioner=chosen) | date_parts(f"{ref}-by_date", 11, 12, 2026)


def address(walk: Walk) -> str:
    return f"/meetings/{sitting(walk).ref}/requests/{walk.run.ref}"


def outcomes(walk: Walk) -> list[str]:
    return list(StepRecord.objects.filter(run=walk.run, step="support-decided").values_list("outcome", flat=True))


def test_a_request_stands_on_the_next_meeting_by_itself(walk: Walk) -> None:
    page = page_of(walk)
    assert f"{walk.family.family.name} family" in page
    assert f"{walk.family.children[0].given_name} (11)" in page
    assert "Mornings are hard and school starts late" in page
    assert "Breakfast club every school day" in page
    assert "Consent given, 24 Nov 2026" in page
    assert "Waits since Tue 24 Nov 2026" in page
    with at(walk.now):
        series = words_of(signed_in(walk.person("practice-manager")).get("/meetings").content)
    assert "Tue 1 Dec 2026, 9.30am : 1 request, 1 not decided yet" in series


def test_the_agenda_marks_the_last_meeting_that_leaves_room_and_one_that_is_too_late(walk: Walk) -> None:
    """Completed on Monday 23 November: 5 working days end on Monday 30, the meeting sits on Tuesday 1 December."""
    assert "No meeting can serve this in time" in page_of(walk)
    Meeting.objects.filter(pk=sitting(walk).pk).update(planned_at=sitting(walk).planned_at - timedelta(days=6))
    page = page_of(walk)
    assert "No meeting can serve this in time" not in page
    assert "This is the last meeting that leaves room" in page


def test_the_caseload_stands_beside_each_practitioner_of_the_right_role_and_nobody_else(walk: Walk) -> None:
    council = walk.council
    busy = make_practitioner(council.agencies["council"], council.teams["targeted"], role="support-practitioner")
    rename(make_family(council, children=3, kind="early-help", worker=busy))
    page = page_of(walk)
    free = walk.person("support-practitioner")
    assert f"{free.given_name} {free.family_name}, Targeted support: 0 families (0 children)" in page
    assert f"{busy.given_name} {busy.family_name}, Targeted support: 1 family (3 children)" in page
    worker = walk.person("social-worker")
    assert f"{worker.given_name} {worker.family_name}, Assessment" not in page


def test_the_practice_manager_allocates_with_a_date(walk: Walk) -> None:
    with at(walk.now):
        answer = signed_in(walk.person("practice-manager")).post(address(walk), allocation(walk), follow=True)
    assert answer.redirect_chain == [(f"/meetings/{sitting(walk).ref}#finish", 302)]
    item = MeetingItem.objects.get(run=walk.run)
    assert (item.outcome, item.practitioner, str(item.by_date)) == (
        "allocated",
        walk.person("support-practitioner"),
        "2026-12-11",
    )
    assert Run.objects.get(pk=walk.run.pk).receiver == walk.person("support-practitioner")
    assert "done by Fri 11 Dec 2026" in words_of(answer.content)


def test_the_chair_moves_a_request_on_and_is_not_offered_to_allocate(walk: Walk) -> None:
    page = page_of(walk, "transfer-meeting-chair")
    assert "“Allocate a practitioner, with a date” is for the practice manager." in page
    ref, first = walk.run.ref, sitting(walk)
    chair = signed_in(walk.person("transfer-meeting-chair"))
    with at(walk.now):
        refused = chair.post(address(walk), allocation(walk))
        chair.post(address(walk), filled_in_as(ref, outcome="deferred", why_later="The worker is away"))
    assert refused.status_code == 422
    assert outcomes(walk) == ["deferred"]
    later = sitting(walk)
    assert later.planned_at == first.planned_at + timedelta(weeks=1)
    assert MeetingItem.objects.get(meeting=first).reason == "The worker is away"
    assert "moved on once" in page_of(walk)


def test_not_right_for_the_service_needs_a_reason_and_a_way_on(walk: Walk) -> None:
    manager, ref = signed_in(walk.person("practice-manager")), walk.run.ref
    with at(walk.now):
        half = manager.post(address(walk), filled_in_as(ref, outcome="not-appropriate", why_not="Too young"))
        whole = manager.post(
            address(walk),
            filled_in_as(ref, outcome="not-appropriate", why_not="Too young", instead="Ask the health visitor"),
        )
    assert half.status_code == 422
    assert "Say what should happen instead" in words_of(half.content)
    assert whole.status_code == 302
    record = StepRecord.objects.get(run=walk.run, step="support-decided")
    assert record.reason == "Too young\n\nInstead: Ask the health visitor"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Choose what the meeting decides"),
        ({"outcome": "allocated"}, "Choose who takes the family on"),
        ({"outcome": "deferred"}, "Say why it has to wait"),
    ],
)
def test_a_form_half_filled_in_comes_back_with_what_is_missing(
    walk: Walk, typed: dict[str, object], words: str
) -> None:
    with at(walk.now):
        answer = signed_in(walk.person("practice-manager")).post(address(walk), filled_in_as(walk.run.ref, **typed))
    assert answer.status_code == 422
    assert words in words_of(answer.content)
    assert outcomes(walk) == []


def test_somebody_of_another_role_cannot_be_slipped_in(walk: Walk) -> None:
    form = allocation(walk) | {f"{walk.run.ref}-practitioner": walk.council.stranger.ref}
    with at(walk.now):
        answer = signed_in(walk.person("practice-manager")).post(address(walk), form)
    assert answer.status_code == 422
    assert outcomes(walk) == []


def test_two_clicks_are_one_decision(walk: Walk) -> None:
    manager, form = signed_in(walk.person("practice-manager")), allocation(walk)
    where = address(walk)
    with at(walk.now):
        answers = [manager.post(where, form) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert outcomes(walk) == ["allocated"]


def test_a_second_manager_is_told_that_it_was_decided(walk: Walk) -> None:
    where, ref = address(walk), walk.run.ref
    later = filled_in_as(ref, outcome="deferred", why_later="No time")
    with at(walk.now):
        signed_in(walk.person("transfer-meeting-chair")).post(where, later)
        second = signed_in(walk.person("practice-manager")).post(where, allocation(walk), follow=True)
    assert "This request was decided already" in words_of(second.content)
    assert outcomes(walk) == ["deferred"]


def test_a_request_that_was_taken_back_needs_no_decision_and_holds_nothing_up(walk: Walk) -> None:
    walk.do("early-help-considered", "universal")
    assert "Taken back before the meeting decided" in page_of(walk)
    finish(walk)
    assert sitting(walk).held_at is not None


def finish(walk: Walk, **typed: object) -> tuple[int, str]:
    """Sends the form that finishes the meeting; the answer's status and words."""
    manager, chair = walk.person("practice-manager"), walk.person("transfer-meeting-chair")
    form = filled_in(present=[manager.ref, walk.person("social-worker").ref], chair=manager.ref, apologies=[chair.ref])
    with at(walk.now):
        answer = signed_in(manager).post(f"/meetings/{sitting(walk).ref}/finish", form | typed, follow=True)
    return answer.status_code, words_of(answer.content)


def test_a_meeting_is_not_finished_over_a_request_that_waits(walk: Walk) -> None:
    status, words = finish(walk)
    assert status == 422
    assert f"Still open: {walk.family.family.name}." in words
    assert sitting(walk).held_at is None


def test_what_was_written_to_finish_it_is_kept_for_whoever_finishes_it(walk: Walk) -> None:
    finish(walk, note="Next week at 10.")
    draft = MeetingDraft.objects.get(meeting=sitting(walk))
    assert (draft.note, draft.saved_by) == ("Next week at 10.", walk.person("practice-manager"))
    with at(walk.now):
        page = signed_in(walk.person("transfer-meeting-chair")).get(f"/meetings/{sitting(walk).ref}").content.decode()
    assert "Next week at 10." in page
    assert "kept" in words_of(page.encode())
    with at(walk.now):
        signed_in(walk.person("practice-manager")).post(address(walk), allocation(walk))
    walk.now += timedelta(minutes=5)
    finish(walk, note="Next week at 10.")
    assert sitting(walk).held_at is not None
    assert not MeetingDraft.objects.exists()


def test_a_finished_meeting_keeps_who_was_there_and_each_familys_own_record(council: MadeCouncil) -> None:
    walk, other = requested(council), requested(council)
    for one in (walk, other):
        with at(other.now):
            signed_in(walk.person("practice-manager")).post(address(one), allocation(one))
    other.now += timedelta(minutes=5)
    finish(other, note="Next week at 10.")
    held = sitting(walk)
    assert held.chair == walk.person("practice-manager")
    assert held.held_at is not None
    assert held.held_at < held.planned_at, "finished ahead of time, it was held when it was finished"
    answers = dict(MeetingAttendance.objects.values_list("practitioner__job_title", "attendance"))
    assert answers == {"Practice manager": "present", "Service lead": "apologies", "Social worker": "present"}
    own = Document.objects.get(run=walk.run, kind="meeting-record")
    text = text_of(bytes(own.content))
    assert walk.family.family.name in text
    assert "11 December 2026" in text
    assert other.family.family.name not in text
    assert "Next week at 10." not in text
    with at(other.now):
        whole = signed_in(walk.person("transfer-meeting-chair")).get(f"/meetings/{held.ref}/record.pdf")
    assert other.family.family.name in text_of(whole.content)
    assert walk.family.family.name in text_of(whole.content)
    assert AuditEvent.objects.filter(name="meeting.finished").count() == 1
    assert AuditEvent.objects.filter(name="meeting-record.read").count() == 1


def test_nobody_is_both_there_and_away(walk: Walk) -> None:
    manager = walk.person("practice-manager")
    _, words = finish(walk, apologies=[manager.ref])
    assert "Somebody who was there cannot have sent apologies" in words


def test_the_record_is_not_there_before_the_meeting_is_finished(walk: Walk) -> None:
    with at(walk.now):
        early = signed_in(walk.person("practice-manager")).get(f"/meetings/{sitting(walk).ref}/record.pdf")
    assert early.status_code == 404


@pytest.mark.parametrize("role", ["social-worker", "support-practitioner", "lead-practitioner"])
def test_who_has_no_seat_finds_no_such_meeting(walk: Walk, role: str) -> None:
    client, where = signed_in(walk.person(role)), f"/meetings/{sitting(walk).ref}"
    with at(walk.now):
        page, record = client.get(where), client.get(f"{where}/record.pdf")
        decided = client.post(address(walk), allocation(walk))
        finished = client.post(f"{where}/finish", filled_in())
        series = words_of(client.get("/meetings").content)
    assert [one.status_code for one in (page, record, decided, finished)] == [404] * 4
    assert walk.family.family.name not in series
    assert "You do not chair a meeting or sit on one." in series
    assert outcomes(walk) == []


def test_the_agenda_asks_the_database_the_same_few_questions_however_long_it_is(council: MadeCouncil) -> None:
    walk = requested(council)
    manager, where = signed_in(walk.person("practice-manager")), f"/meetings/{sitting(walk).ref}"
    with at(walk.now):
        short = statements(manager, where)
    for _ in range(3):
        last = requested(council, children=3)
    with at(last.now):
        long = statements(manager, where)
    assert len(long) == len(short) <= 16


def test_the_record_stays_as_it_was_when_the_plan_is_written_anew(walk: Walk) -> None:
    with at(walk.now):
        signed_in(walk.person("practice-manager")).post(address(walk), allocation(walk))
    walk.now += timedelta(minutes=5)
    finish(walk)
    need = contents.PlannedNeed("Something quite new", True, (contents.PlannedAction("Meet"),))
    walk.now += timedelta(minutes=5)
    walk.do("plan-proposed", "written", walk.at(contents.PlanContent, needs=(need,), edited_revision=1))
    with at(walk.now):
        record = signed_in(walk.person("practice-manager")).get(f"/meetings/{sitting(walk).ref}/record.pdf")
    text = text_of(record.content)
    assert "Mornings are hard" in text
    assert "Something quite new" not in text
