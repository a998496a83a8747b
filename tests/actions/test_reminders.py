"""What is said as time alone passes: to whose move it is ahead of a limit and once it passed, then above them; once."""

from datetime import date, timedelta

import pytest
from tests.actions.reminding import limit_of, mailed, remind, told
from tests.actions.walking import Walk, begin
from tests.records.factories import LONG_AGO, MadeCouncil, make_council, make_family, make_practitioner, since

from handhold.audit.models import AuditEvent
from handhold.notifications.models import OutboxMessage, Reminder, RunClock
from handhold.records.models import Absence

pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def walk(council: MadeCouncil) -> Walk:
    """A transfer of two children of which the lead was asked: they have three working days to answer."""
    return begin(council, make_family(council, children=2)).to_lead_asked()


# Before, when it passes, and above


def test_nothing_is_said_while_there_is_time(walk: Walk) -> None:
    assert remind(walk, walk.now) == 0
    assert not Reminder.objects.exists()


def test_whoever_was_asked_is_reminded_a_working_day_ahead_where_they_can_answer(walk: Walk) -> None:
    lead = walk.person("lead-practitioner")
    due_at = limit_of(walk, "lead-answer").due_at
    remind(walk, due_at - ONE_DAY)
    assert told("lead-answer", "coming") == set(), "the instant itself is in time"
    remind(walk, due_at - ONE_DAY + MOMENT)
    assert told("lead-answer", "coming") == {lead}
    message = OutboxMessage.objects.get(template="limit-coming", to_address=lead.email)
    assert message.context == {"ref": walk.run.ref, "path": f"/transfers/{walk.run.ref}/proposal"}


def test_a_limit_that_is_met_is_never_spoken_of(walk: Walk) -> None:
    due_at = limit_of(walk, "lead-answer").due_at
    walk.now = due_at - 2 * ONE_DAY
    walk.do("lead-answer", "accepted", walk.at(agreed_date=date(2026, 12, 1)), by=walk.person("lead-practitioner"))
    for days in range(6):
        remind(walk, due_at + days * ONE_DAY + MOMENT)
    assert not Reminder.objects.filter(step="lead-answer").exists()


def test_when_a_limit_passes_those_whose_move_it_is_hear_of_it_and_then_their_manager_by_name(walk: Walk) -> None:
    lead, worker, manager = (walk.person(role) for role in ("lead-practitioner", "social-worker", "team-manager"))
    due_at = limit_of(walk, "lead-answer").due_at
    remind(walk, due_at)
    assert told("lead-answer", "passed") == set(), "at the instant itself it is in time"
    remind(walk, due_at + MOMENT)
    assert told("lead-answer", "passed") == {lead, worker}, "a partner's silence is the worker's move too"
    assert told("lead-answer", "escalated") == set()
    remind(walk, due_at + 3 * ONE_DAY)  # Monday at five: the limit was Friday's
    assert told("lead-answer", "escalated") == set()
    remind(walk, due_at + 3 * ONE_DAY + MOMENT)
    assert told("lead-answer", "escalated") == {manager}
    assert mailed("limit-escalated") == [manager.email]


def test_a_limit_that_passed_while_nobody_looked_is_not_announced_as_coming(walk: Walk) -> None:
    remind(walk, limit_of(walk, "lead-answer").due_at + 5 * ONE_DAY)
    said = set(Reminder.objects.filter(step="lead-answer").values_list("occasion", flat=True))
    assert said == {"passed", "escalated"}


def test_each_word_is_said_once_however_often_one_looks(walk: Walk) -> None:
    late = limit_of(walk, "lead-answer").due_at + 5 * ONE_DAY
    first = remind(walk, late)
    messages = OutboxMessage.objects.count()
    assert first > 0
    assert [remind(walk, late + hours * timedelta(hours=1)) for hours in range(3)] == [0, 0, 0]
    assert OutboxMessage.objects.count() == messages


def test_who_hears_the_same_of_several_limits_at_once_gets_one_message(walk: Walk) -> None:
    remind(walk, limit_of(walk, "lead-answer").due_at + 60 * ONE_DAY)
    manager = walk.person("team-manager")
    assert Reminder.objects.filter(occasion="escalated", told=manager).count() == 4
    assert mailed("limit-escalated") == [manager.email]


def test_a_limit_that_begins_anew_is_a_limit_of_its_own(walk: Walk) -> None:
    walk.now = limit_of(walk, "lead-answer").due_at + ONE_DAY
    remind(walk, walk.now)
    before = Reminder.objects.filter(step="lead-answer", occasion="passed").count()
    walk.to_lead_asked(walk.council.second_lead)
    remind(walk, walk.now)
    assert Reminder.objects.filter(step="lead-answer", occasion="passed").count() == before == 1
    remind(walk, limit_of(walk, "lead-answer").due_at + MOMENT)
    assert walk.council.second_lead in told("lead-answer", "passed")
    assert Reminder.objects.filter(step="lead-answer", occasion="passed").count() == 2


def test_it_is_in_the_audit_without_an_actor(walk: Walk) -> None:
    remind(walk, limit_of(walk, "lead-answer").due_at + MOMENT)
    event = AuditEvent.objects.filter(name="limit.passed").first()
    assert event is not None
    assert (event.actor_id, set(event.subjects)) == (None, {walk.run.ref, walk.family.family.ref})


def test_no_message_says_a_word_about_anybody(walk: Walk) -> None:
    remind(walk, limit_of(walk, "lead-answer").due_at + 9 * ONE_DAY)
    contexts = list(OutboxMessage.objects.filter(template__startswith="limit-").values_list("context", flat=True))
    assert contexts
    assert all(set(context) <= {"ref", "path"} for context in contexts)


# The limit of the whole run


def test_the_limit_of_the_whole_run_is_one_for_everybody_who_can_do_something(council: MadeCouncil) -> None:
    walk = begin(council, make_family(council, children=3))
    whole = limit_of(walk, "early-help-considered")
    assert whole.is_whole_run
    remind(walk, whole.due_at + MOMENT)
    assert Reminder.objects.filter(step="", occasion="passed").count() == 1
    assert told("", "passed") == {walk.person("social-worker")}
    assert len(mailed("limit-passed")) == 1
    remind(walk, whole.due_at + 9 * ONE_DAY)
    assert told("", "escalated") == {walk.person("team-manager")}


# Who is there


def test_what_is_the_managers_own_move_goes_to_the_service_manager(walk: Walk) -> None:
    walk.do("worker-left", "left", by="team-manager")
    late = limit_of(walk, "worker-allocated").due_at + 5 * ONE_DAY
    remind(walk, late)
    assert told("worker-allocated", "passed") >= {walk.person("team-manager")}
    assert told("worker-allocated", "escalated") == {walk.person("service-manager")}


def test_in_place_of_who_is_away_whoever_stands_in_for_them_is_reminded(walk: Walk, council: MadeCouncil) -> None:
    whole = limit_of(walk, "ending-visit")
    Absence.objects.create(practitioner=walk.person("social-worker"), during=since(walk.now))
    remind(walk, whole.due_at + MOMENT)
    assert told("", "passed") == {walk.person("team-manager")}


def test_nothing_goes_up_to_somebody_who_is_away_or_has_left(walk: Walk) -> None:
    late = limit_of(walk, "lead-answer").due_at + 5 * ONE_DAY
    Absence.objects.create(practitioner=walk.person("team-manager"), during=since(walk.now))
    remind(walk, late)
    assert told("lead-answer", "escalated") == {walk.person("service-manager")}


def test_where_nobody_above_is_there_it_goes_to_the_post_of_last_resort(walk: Walk) -> None:
    late = limit_of(walk, "lead-answer").due_at + 5 * ONE_DAY
    for role in ("team-manager", "service-manager"):
        Absence.objects.create(practitioner=walk.person(role), during=since(walk.now))
    remind(walk, late)
    assert told("lead-answer", "escalated") == {walk.person("duty-manager")}


def test_a_role_that_several_hold_is_everybody_of_the_team_or_else_of_the_council(council: MadeCouncil) -> None:
    walk = begin(council, make_family(council, children=1)).to_family_agreed("targeted")
    walk.do("support-requested", "requested")
    agency, teams = council.agencies["council"], council.teams
    second = make_practitioner(agency, teams["targeted"], role="practice-manager", start=LONG_AGO)
    remind(walk, limit_of(walk, "support-decided").due_at - ONE_DAY + MOMENT)
    assert told("support-decided", "coming") == {walk.person("practice-manager"), second}
    near = make_practitioner(agency, teams["assessment-2"], role="practice-manager", start=LONG_AGO)
    remind(walk, limit_of(walk, "support-decided").due_at + MOMENT)
    assert near in told("support-decided", "passed")
    assert second not in told("support-decided", "passed"), "the nearest one first"


def test_a_step_that_others_hold_back_is_still_owed_by_who_is_to_do_it(council: MadeCouncil) -> None:
    walk = begin(council, make_family(council, children=1)).to_practitioner_allocated()
    limit = limit_of(walk, "handover-meeting")
    assert not limit.is_whole_run
    remind(walk, limit.due_at - ONE_DAY + MOMENT)
    assert walk.person("social-worker") in told("handover-meeting", "coming")


def test_somebody_without_an_address_is_not_told_and_it_goes_up_all_the_same(walk: Walk) -> None:
    for role in ("lead-practitioner", "social-worker"):
        person = walk.person(role)
        person.email = ""
        person.save()
    remind(walk, limit_of(walk, "lead-answer").due_at + 5 * ONE_DAY)
    assert told("lead-answer", "passed") == set()
    assert told("lead-answer", "escalated") == {walk.person("team-manager")}


# Whom nothing is said about any more


def test_a_run_that_is_over_has_no_reminders(walk: Walk) -> None:
    due_at = limit_of(walk, "lead-answer").due_at
    walk.do("transfer-cancelled", "cancelled")
    assert remind(walk, due_at + 9 * ONE_DAY) == 0
    assert not Reminder.objects.exists()
    assert RunClock.objects.get().next_change_at is None


def test_of_children_who_have_died_nothing_is_said(walk: Walk) -> None:
    late = limit_of(walk, "lead-answer").due_at + 9 * ONE_DAY
    for child in walk.family.children:
        child.died_date = walk.now.date()
        child.save()
    assert remind(walk, late) == 0
    assert not Reminder.objects.exists()


def test_of_a_living_brother_it_is_said(walk: Walk) -> None:
    late = limit_of(walk, "lead-answer").due_at + 9 * ONE_DAY
    child = walk.family.children[0]
    child.died_date = walk.now.date()
    child.save()
    assert remind(walk, late) > 0
