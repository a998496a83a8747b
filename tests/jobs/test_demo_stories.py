"""The stories that the demo tells: they fit the procedure, the calendar, and a council with few families."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from tests.jobs.demo_council import imported

from handhold.jobs.demo_stories import STORIES, last_sitting, read_stories
from handhold.jobs.demo_transfers import walk_stories
from handhold.jobs.invent.council import find_councils
from handhold.protocol.loading import latest_version, load_protocol
from handhold.queries.invariants import find_breaches
from handhold.records.models import Authority, MeetingSeries
from handhold.working_days import Calendar


@pytest.mark.django_db
def test_with_few_families_stories_are_left_out_and_nothing_fails(tmp_path: Path) -> None:
    now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    authority, stories = imported(tmp_path / "few", families=4, now=now)
    assert len(walk_stories(authority, stories, now=now)) < len(stories.stories)
    assert find_breaches(now) == []


def test_a_council_of_whom_no_story_is_told_has_none() -> None:
    assert read_stories(Authority(code="elsewhere", name="Elsewhere", protocol="york")) is None


@pytest.mark.parametrize("council", [path.stem for path in sorted(STORIES.glob("*.yaml"))])
def test_every_act_of_a_story_is_a_step_of_the_procedure(council: str) -> None:
    assert council in find_councils()
    protocol = load_protocol(latest_version(settings.HANDHOLD_PROTOCOLS, council))
    stories = read_stories(Authority(code=council, name=council, protocol=council))
    assert stories
    steps = protocol.pathways[stories.pathway].steps
    for act in (act for story in stories.stories for act in story.acts):
        exception = steps[act.step].exception
        known = set(exception.kinds) if act.exception and exception else set(steps[act.step].outcomes)
        assert (act.exception or act.outcome) in known


def test_the_last_sitting_is_one_that_has_been_over_for_a_while() -> None:
    tuesdays = MeetingSeries(weekday=1, start_time=time(9, 30))
    for hour, day in ((8, 17), (11, 17), (12, 24)):
        now = datetime(2026, 11, 24, hour, 0, tzinfo=UTC)
        assert last_sitting(tuesdays, Calendar(), now).day == day
