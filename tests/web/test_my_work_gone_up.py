"""My work, once limits have passed: a manager sees what is overdue in the team, and what has gone up, to whom."""

from datetime import datetime, timedelta

import pytest

from handhold.access.families import sight_of
from handhold.actions.reminders import remind_of_limits
from handhold.queries.my_work import find_my_work
from handhold.queries.waiting import Waiting
from handhold.records.models import Absence
from tests.actions.walking import Walk, begin
from tests.records.factories import MadeCouncil, make_council, make_family, since
from tests.web.walked import at, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
MOST_STATEMENTS_OF_A_MANAGER = 17


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def walk(council: MadeCouncil) -> Walk:
    """A transfer whose lead was asked and has been silent for a fortnight."""
    made = begin(council, make_family(council, children=2)).to_lead_asked()
    made.now += timedelta(days=14)
    return made


def team_of(walk: Walk, role: str, now: datetime | None = None) -> dict[str, Waiting]:
    work = find_my_work(sight_of(walk.person(role), now or walk.now))
    return {row.step: row for row in work.team}


def name_of(walk: Walk, role: str) -> str:
    person = walk.person(role)
    return f"{person.given_name} {person.family_name}"


def test_what_is_overdue_in_the_team_stands_on_the_managers_page_also_before_it_has_gone_up(walk: Walk) -> None:
    row = team_of(walk, "team-manager")["lead-answer"]
    assert (row.due.kind, row.gone_to) == ("overdue", "")


def test_what_has_gone_up_is_marked_with_the_name(walk: Walk) -> None:
    remind_of_limits(walk.run.pk, now=walk.now)
    rows = team_of(walk, "team-manager")
    assert rows["lead-answer"].gone_to == name_of(walk, "team-manager")
    assert rows["ending-visit"].gone_to == "", "its limit, that of the whole transfer, has not passed"
    with at(walk.now):
        page = words_of(signed_in(walk.person("team-manager"), walk.now).get("/work/team").content)
    assert f"Escalated to {name_of(walk, 'team-manager')}" in page


def test_the_worker_sees_that_it_has_gone_up(walk: Walk) -> None:
    remind_of_limits(walk.run.pk, now=walk.now)
    rows = find_my_work(sight_of(walk.person("social-worker"), walk.now)).tasks
    assert [row.gone_to for row in rows if row.step == "lead-answer"] == [name_of(walk, "team-manager")]


def test_what_has_gone_up_to_somebody_who_manages_nobody_there_stands_on_their_page(walk: Walk) -> None:
    Absence.objects.create(practitioner=walk.person("team-manager"), during=since(walk.now))
    assert "lead-answer" not in team_of(walk, "service-manager")
    remind_of_limits(walk.run.pk, now=walk.now)
    assert team_of(walk, "service-manager")["lead-answer"].gone_to == name_of(walk, "service-manager")
    with at(walk.now):
        page = words_of(signed_in(walk.person("service-manager"), walk.now).get("/work").content)
    assert "Team (1)" in page


def test_a_limit_that_begins_anew_has_not_gone_up(walk: Walk) -> None:
    remind_of_limits(walk.run.pk, now=walk.now)
    walk.to_lead_asked(walk.council.second_lead)
    row = team_of(walk, "team-manager").get("lead-answer")
    assert row is None or row.gone_to == ""
    late = walk.now + timedelta(days=5)
    assert team_of(walk, "team-manager", late)["lead-answer"].gone_to == ""


def test_it_asks_no_more_of_the_database(walk: Walk, council: MadeCouncil) -> None:
    remind_of_limits(walk.run.pk, now=walk.now)
    with at(walk.now):
        client = signed_in(walk.person("team-manager"), walk.now)
        asked = statements(client, "/work/team")
    assert len(asked) <= MOST_STATEMENTS_OF_A_MANAGER, asked
