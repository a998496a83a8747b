"""My work: each sees what is their move now and nobody else's, concerns first, in a bounded number of statements."""

from datetime import datetime, timedelta

import pytest

from handhold.access.families import sight_of
from handhold.actions.concerns import report_concern
from handhold.actions.steps import ask_exception
from handhold.actions.transfers import start_transfer
from handhold.casefiles.contents import LetterContent
from handhold.queries.desk import Desk, find_desk
from handhold.queries.my_work import MyWork, find_my_work
from handhold.records.models import Absence, Person, Practitioner, Visit, VisitChild
from tests.actions.walking import PATHWAY, Walk, begin
from tests.actions.walking_from_mash import refer
from tests.records.factories import NOW, MadeCouncil, make_assessment, make_council, make_family, since
from tests.web.walked import at, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def walk(council: MadeCouncil) -> Walk:
    return begin(council, make_family(council, children=2))


def work_of(person: Practitioner, now: datetime) -> MyWork:
    return find_my_work(sight_of(person, now))


def desk_of(person: Practitioner, now: datetime) -> Desk:
    return find_desk(sight_of(person, now))


def steps_of(walk: Walk, role: str) -> set[str]:
    return {row.step for row in work_of(walk.person(role), walk.now).tasks}


@pytest.mark.parametrize(
    ("outcome", "whose", "not_whose"),
    [("targeted", "front-door", "early-help-coordinator"), ("partner-led", "early-help-coordinator", "front-door")],
)
def test_of_several_roles_the_work_waits_for_that_of_who_answers_for_the_children(
    council: MadeCouncil, outcome: str, whose: str, not_whose: str
) -> None:
    walk = refer(council).to_decided(outcome)
    for role, waits in ((whose, True), (not_whose, False)):
        steps = {one.step for one in work_of(walk.person(role), walk.now).tasks}
        assert ({"plan-proposed", "consent"} <= steps) is waits, role


def test_a_worker_sees_what_can_be_done_now_and_not_what_must_wait(walk: Walk) -> None:
    assert "early-help-considered" in steps_of(walk, "social-worker")
    assert "closure-overseen" not in steps_of(walk, "team-manager")
    walk.to_lead_accepted().to_ready_for_oversight()
    assert "closure-overseen" not in steps_of(walk, "social-worker"), "nobody approves their own work"
    assert "closure-overseen" in steps_of(walk, "team-manager")
    assert steps_of(walk, "service-manager") == set(), "the manager comes first"


def test_who_was_asked_to_lead_sees_the_question_until_it_is_answered(walk: Walk) -> None:
    walk.to_lead_asked()
    lead = walk.person("lead-practitioner")
    (row,) = work_of(lead, walk.now).tasks
    assert (row.step, row.is_proposal) == ("lead-answer", True)
    assert "lead-answer" not in steps_of(walk, "social-worker"), "it is the lead's move"
    walk.do("lead-answer", "accepted", walk.at(agreed_date=NOW.date()), by=lead)
    assert [row.step for row in work_of(lead, walk.now).tasks] == []


def test_silence_past_the_limit_comes_back_to_the_worker(walk: Walk) -> None:
    walk.to_lead_asked()
    walk.now += timedelta(days=14)
    assert "lead-answer" in steps_of(walk, "social-worker")
    late = next(row for row in work_of(walk.person("social-worker"), walk.now).tasks if row.step == "lead-answer")
    assert late.due.kind == "overdue"


def test_rows_stand_in_the_order_of_their_due_times(walk: Walk) -> None:
    walk.to_practitioner_allocated()
    rows = work_of(walk.person("social-worker"), walk.now).tasks
    dates = [row.due_at for row in rows if row.due_at]
    assert dates == sorted(dates)
    first = rows[0]
    assert first.step == "handover-meeting"
    assert first.limit.startswith("5 working days: from the completion of the assessment")
    assert first.limit.endswith("(Y23)")


def test_a_step_that_waits_for_each_child_is_one_row_that_names_those_left(walk: Walk) -> None:
    walk.to_practitioner_allocated()
    first, second = walk.family.children
    letters = [row for row in work_of(walk.person("social-worker"), walk.now).tasks if row.step == "endings-letter"]
    assert len(letters) == 1
    letter = walk.at(LetterContent, title="Goodbye", recipient="The child", pdf=b"%PDF-1.7")
    walk.do("endings-letter", "given", letter, child=first.ref)
    (row,) = [row for row in work_of(walk.person("social-worker"), walk.now).tasks if row.step == "endings-letter"]
    assert row.child_ref == second.ref
    assert second.given_name in row.what


def test_an_exception_that_was_asked_waits_for_who_decides_it(walk: Walk) -> None:
    walk.do("early-help-considered", "universal")
    worker = walk.person("social-worker")
    ask_exception(walk.run.ref, "ending-visit", "declined", "They moved away", by=worker, now=walk.now)
    rows = work_of(walk.person("team-manager"), walk.now).tasks
    assert [row.what for row in rows if row.step == "ending-visit"] == ["Decide on an exception: make the ending visit"]
    assert "ending-visit" not in steps_of(walk, "social-worker")


def test_a_manager_has_the_tasks_of_a_worker_who_is_away_and_before_that_sees_them_as_the_teams(walk: Walk) -> None:
    manager = walk.person("team-manager")
    before = work_of(manager, walk.now)
    assert "early-help-considered" in {row.step for row in before.team}
    assert "early-help-considered" not in {row.step for row in before.tasks}
    Absence.objects.create(practitioner=walk.person("social-worker"), during=since(walk.now - timedelta(hours=1)))
    assert "early-help-considered" in {row.step for row in work_of(manager, walk.now).tasks}


def test_a_stranger_has_no_work_from_it(walk: Walk, council: MadeCouncil) -> None:
    work = work_of(council.stranger, walk.now)
    assert (work.tasks, work.team, work.not_seen) == ([], [], [])


def test_who_receives_concerns_sees_them_first_and_their_sender_sees_their_own(
    walk: Walk, council: MadeCouncil
) -> None:
    concern = report_concern(who="A boy in Lewis Road", what="Alone at night", by=council.stranger, now=walk.now)
    for role in ("duty-manager", "front-door"):
        assert [row.ref for row in work_of(walk.person(role), walk.now).concerns] == [concern.ref]
    (own,) = work_of(council.stranger, walk.now).concerns
    assert (own.is_received, own.must_ring) == (False, False)
    (late,) = work_of(council.stranger, walk.now + timedelta(minutes=16)).concerns
    assert late.must_ring
    assert work_of(walk.person("social-worker"), walk.now).concerns == []


def test_queues_and_meetings_wait_for_the_roles_that_look_after_them(walk: Walk) -> None:
    walk.to_family_agreed("targeted").do("support-requested", "requested")
    for role in ("transfer-meeting-chair", "practice-manager"):
        (meeting,) = desk_of(walk.person(role), walk.now).meetings
        assert meeting.count == 1
    assert desk_of(walk.person("social-worker"), walk.now).meetings == []
    queues = {one.code: one.count for one in desk_of(walk.person("practice-manager"), walk.now).queues}
    assert queues == {"advice-team-duty-worker": 0}


def test_children_whom_nobody_has_seen_for_too_long_are_named_to_who_answers_for_them(walk: Walk) -> None:
    worker, (first, second) = walk.person("social-worker"), walk.family.children
    long_ago, lately = NOW - timedelta(days=40), NOW - timedelta(days=3)
    for child, seen_at in ((first, long_ago), (second, lately)):
        visit = Visit.objects.create(family=walk.family.family, kind="home-visit", visited_at=seen_at, by=worker)
        VisitChild.objects.create(visit=visit, child=child, seen=True)
    work = work_of(worker, walk.now)
    assert [one.ref for one in work.not_seen] == [first.ref]
    assert work.not_seen_limit == "20 working days"
    assert work_of(walk.person("team-manager"), walk.now).not_seen == [], "they are not the manager's own"


def test_a_child_who_was_never_seen_counts_from_when_they_were_taken_on(walk: Walk) -> None:
    assert len(work_of(walk.person("social-worker"), walk.now).not_seen) == 2, "taken on thirty days ago"
    assert work_of(walk.person("social-worker"), NOW - timedelta(days=20)).not_seen == []


def test_the_page_leads_to_the_page_that_does_it(walk: Walk) -> None:
    walk.to_lead_asked()
    with at(walk.now):
        page = signed_in(walk.person("social-worker")).get("/work").content.decode()
        asked = signed_in(walk.person("lead-practitioner")).get("/work").content.decode()
    assert f"/transfers/{walk.run.ref}/steps/ending-visit" in page
    assert f"/transfers/{walk.run.ref}/proposal" in asked
    assert "Report a safeguarding concern" in page


def test_twenty_five_stand_on_a_page(walk: Walk, council: MadeCouncil) -> None:
    for _ in range(29):
        begin(council, make_family(council, children=1))
    with at(walk.now):
        client = signed_in(walk.person("social-worker"))
        first, second = client.get("/work"), client.get("/work?page=2")
    assert first.content.decode().count("app-work__what") == 25
    assert "page 2 of" in words_of(second.content)


@pytest.mark.parametrize("address", ["/work", "/work/team", "/work/families", "/work/to-take", "/work/all"])
def test_many_transfers_ask_no_more_of_the_database_than_one_whatever_the_role(
    walk: Walk, council: MadeCouncil, address: str
) -> None:
    def asked() -> dict[str, list[str]]:
        with at(walk.now):
            return {role: statements(signed_in(who), address) for role, who in council.practitioners.items()}

    def begin_more() -> None:
        begin(council, make_family(council, children=2)).to_lead_asked()
        begin(council, make_family(council, children=1)).to_family_agreed("targeted").do(
            "support-requested", "requested"
        )

    begin_more()
    of_few = asked()
    for _ in range(3):
        begin_more()
    for role, of_many in asked().items():
        assert len(of_many) <= len(of_few[role]), role
        assert len(of_many) <= MOST_STATEMENTS, (role, of_many)


def test_tabs_answer_for_everybody(walk: Walk) -> None:
    for person in walk.council.practitioners.values():
        with at(walk.now):
            browser = signed_in(person)
            for address in ("/work", "/work/team", "/work/families", "/work/to-take", "/work/all"):
                assert browser.get(address).status_code == 200, address


def test_a_family_whose_assessment_recommends_early_help_is_offered_until_a_transfer_carries_it(
    council: MadeCouncil,
) -> None:
    recommended, other = make_family(council, children=2), make_family(council, children=1)
    make_assessment(council, recommended)
    make_assessment(council, other, recommendation="child-in-need")
    worker = council.practitioners["social-worker"]
    (ready,) = work_of(worker, NOW).ready_to_begin
    assert (ready.family_ref, ready.pathway) == (recommended.family.ref, PATHWAY)
    with at(NOW):
        assert f"transfers/new?pathway={PATHWAY}" in signed_in(worker).get("/work").content.decode()
    start_transfer(recommended.family.ref, PATHWAY, [one.ref for one in recommended.children], by=worker, now=NOW)
    assert work_of(worker, NOW).ready_to_begin == []


def test_a_child_not_born_yet_is_not_missed(council: MadeCouncil) -> None:
    made = make_family(council, children=1)
    worker = council.practitioners["social-worker"]
    assert len(work_of(worker, NOW).not_seen) == 1
    Person.objects.filter(pk=made.children[0].pk).update(birth_date=None, expected_birth_date=NOW.date())
    assert work_of(worker, NOW).not_seen == []
