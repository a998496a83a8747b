"""The clock of a run: when it is looked at again by time alone, by what was done since, and because it is long ago."""

from datetime import date, timedelta

import pytest
from tests.actions.reminding import limit_of, remind, told
from tests.actions.walking import Walk, begin
from tests.records.factories import MadeCouncil, make_council, make_family

from handhold.actions.concerns import report_concern
from handhold.actions.reminders import forget_clocks
from handhold.notifications.models import OutboxMessage, RunClock
from handhold.queries.run_clocks import find_runs_to_look_at

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


def clock_of(walk: Walk) -> RunClock:
    return RunClock.objects.get(run=walk.run)


def test_a_run_is_looked_at_again_when_its_next_limit_comes_to_something_and_not_before(walk: Walk) -> None:
    assert find_runs_to_look_at(walk.now) == [walk.run.pk], "it has no clock yet"
    remind(walk, walk.now)
    coming = limit_of(walk, "lead-answer").due_at - ONE_DAY
    assert clock_of(walk).next_change_at == coming
    soon = walk.now + timedelta(minutes=1)
    assert find_runs_to_look_at(soon) == []
    RunClock.objects.update(read_at=coming)
    assert find_runs_to_look_at(coming) == []
    assert find_runs_to_look_at(coming + MOMENT) == [walk.run.pk]


def test_what_was_done_since_makes_it_be_looked_at_at_once(walk: Walk) -> None:
    remind(walk, walk.now)
    assert find_runs_to_look_at(walk.now) == []
    walk.do("lead-answer", "accepted", walk.at(agreed_date=date(2026, 12, 1)), by=walk.person("lead-practitioner"))
    assert find_runs_to_look_at(walk.now) == [walk.run.pk]
    remind(walk, walk.now)
    assert find_runs_to_look_at(walk.now) == []


def test_a_concern_about_the_family_makes_it_be_looked_at_too_and_its_decision_is_reminded(walk: Walk) -> None:
    remind(walk, walk.now)
    report_concern(
        who="A boy", what="A bruise", child_ref=walk.child_refs[0], by=walk.council.second_lead, now=walk.now
    )
    assert find_runs_to_look_at(walk.now) == [walk.run.pk]
    remind(walk, limit_of(walk, "concern-decided").due_at + MOMENT)
    assert told("concern-decided", "passed") == {walk.person("duty-manager"), walk.person("front-door")}
    paths = OutboxMessage.objects.filter(template="limit-passed", to_address=walk.person("front-door").email)
    assert [one.context["path"] for one in paths] == ["/work"]


def test_a_run_is_looked_at_every_day_whatever_its_clock_says(walk: Walk) -> None:
    remind(walk, walk.now)
    assert find_runs_to_look_at(walk.now + ONE_DAY - MOMENT) == []
    assert find_runs_to_look_at(walk.now + ONE_DAY) == [walk.run.pk]


def test_another_run_is_left_alone(walk: Walk, council: MadeCouncil) -> None:
    other = begin(council, make_family(council, children=1))
    for one in (walk, other):
        remind(one, walk.now)
    other.do("early-help-considered", "universal")
    assert find_runs_to_look_at(walk.now) == [other.run.pk]


def test_the_clocks_can_be_forgotten_and_made_anew_and_nothing_is_said_again(walk: Walk) -> None:
    late = limit_of(walk, "lead-answer").due_at + 5 * ONE_DAY
    remind(walk, late)
    before, messages = clock_of(walk).next_change_at, OutboxMessage.objects.count()
    assert forget_clocks() == 1
    assert find_runs_to_look_at(late) == [walk.run.pk]
    assert remind(walk, late) == 0
    assert (clock_of(walk).next_change_at, OutboxMessage.objects.count()) == (before, messages)
