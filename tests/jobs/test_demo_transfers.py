"""The demo's transfers on their way: each story stands where it says, at whatever hour the demo is started."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker
from tests.jobs.demo_council import imported

from handhold.access.families import Sighted, sight_of
from handhold.access.transfers import Opened, access_transfer_to_read
from handhold.jobs.demo_transfers import walk_stories, walk_transfers_once
from handhold.protocol.standing import find_standings
from handhold.queries.desk import find_desk
from handhold.queries.invariants import find_breaches
from handhold.queries.my_work import MyWork, find_my_work
from handhold.queries.naming import practitioner_name
from handhold.records.models import (
    Concern,
    Document,
    Meeting,
    MeetingItem,
    Practitioner,
    QueueItem,
    Run,
    StepRecord,
)
from handhold.working_days import Calendar

pytestmark = pytest.mark.django_db

STARTED = {
    "on a Saturday": datetime(2026, 11, 21, 12, 0, tzinfo=UTC),
    "on a Tuesday before the meeting": datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
    "on a Tuesday after the meeting": datetime(2026, 11, 24, 11, 31, tzinfo=UTC),
    "on the bank holiday after Easter": datetime(2027, 3, 29, 9, 0, tzinfo=UTC),
}
PLAIN = Calendar()


@dataclass
class Demo:
    """The stories as they were walked, and when."""

    runs: dict[str, Run]
    now: datetime

    def opened(self, about: str) -> Opened:
        run = next(run for told, run in self.runs.items() if about in told)
        return access_transfer_to_read(run.ref, by=run.sender, now=self.now)

    def state_of(self, about: str, step: str) -> set[str]:
        """How a step of a story stands, for each child or for all."""
        case = self.opened(about).case
        return {one.state for one in find_standings(case.pathway, case.observed.facts) if one.step.id == step}

    def work_of(self, given_name: str) -> MyWork:
        """The first page of one of the cast."""
        return find_my_work(self.sight_of(given_name))

    def sight_of(self, given_name: str) -> Sighted:
        """What one of the cast sees."""
        return sight_of(Practitioner.objects.get(given_name=given_name, role_holdings__isnull=False), self.now)

    def waits_for(self, given_name: str, about: str) -> set[str]:
        """The steps of a story that wait for one of the cast."""
        run = self.opened(about).case.run
        return {task.step for task in self.work_of(given_name).tasks if task.run_ref == run.ref}


@pytest.fixture(scope="module", params=STARTED)
def demo(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Demo]:
    now = STARTED[request.param]
    path = tmp_path_factory.mktemp("demo") / "folder"
    with django_db_blocker.unblock(), transaction.atomic():
        authority, stories = imported(path, families=300, now=now)
        runs = walk_stories(authority, stories, now=now)
        yield Demo({story.about: run for story, run in zip(stories.stories, runs, strict=True)}, now)
        transaction.set_rollback(True)


@pytest.mark.slow
def test_one_transfer_waits_for_the_team_manager_s_oversight_and_for_nothing_else(demo: Demo) -> None:
    about = "oversee the closure"
    assert demo.state_of(about, "closure-overseen") == {"ready"}
    assert practitioner_name(demo.opened(about).case.people.manager) == "Dana Cole"
    assert "closure-overseen" in demo.waits_for("Dana", about)
    assert demo.waits_for("Samira", about) == set()


@pytest.mark.slow
def test_each_child_of_it_has_a_letter_that_is_a_real_one(demo: Demo) -> None:
    run = demo.opened("oversee the closure").case.run
    letters = Document.objects.filter(run=run, kind="endings-letter")
    assert set(letters.values_list("child", flat=True)) == set(run.run_children.values_list("child", flat=True))
    assert all(bytes(letter.content).startswith(b"%PDF") and len(letter.content) > 10_000 for letter in letters)


@pytest.mark.slow
def test_a_practitioner_is_allocated_and_the_handover_is_due_and_not_late(demo: Demo) -> None:
    case = demo.opened("joint handover").case
    assert case.people.receiver is not None
    assert (practitioner_name(case.people.receiver), case.observed.facts.receiver) == ("Jo Reid", "accepted")
    due = next(
        task.due_at
        for task in demo.work_of("Samira").tasks
        if task.step == "handover-meeting" and task.run_ref == case.run.ref
    )
    assert due is not None
    assert demo.now < due


@pytest.mark.slow
def test_a_partner_was_asked_to_lead_and_it_waits_for_her(demo: Demo) -> None:
    about = "asked to lead"
    assert "lead-answer" in demo.waits_for("Grace", about)
    assert demo.opened(about).case.observed.facts.receiver == "asked"


@pytest.mark.slow
def test_the_next_meeting_has_a_request_and_the_last_one_is_finished(demo: Demo) -> None:
    waiting = MeetingItem.objects.get(outcome="")
    assert waiting.run == demo.opened("agenda of the next meeting").case.run
    assert waiting.meeting.planned_at > demo.now
    last = Meeting.objects.exclude(pk=waiting.meeting_id).get()
    assert last.held_at is not None
    assert last.planned_at < demo.now
    assert [meeting.count for meeting in find_desk(demo.sight_of("Alan")).meetings] == [1]


@pytest.mark.slow
def test_both_queues_hold_a_form(demo: Demo) -> None:
    waiting = QueueItem.objects.filter(taken_at__isnull=True).values_list("queue__code", flat=True)
    assert set(waiting) == {"partner-led-eha", "advice-team-duty-worker"}
    assert "practitioner-confirmed" in demo.waits_for("Priya", "duty worker")


@pytest.mark.slow
def test_an_exception_waits_for_a_second_person(demo: Demo) -> None:
    assert demo.state_of("exception", "assessment-shown") == {"exception-asked"}
    assert "assessment-shown" in demo.waits_for("Dana", "exception")


@pytest.mark.slow
def test_one_concern_waits_that_nobody_has_acknowledged_and_no_transfer_stops_for_it(demo: Demo) -> None:
    concern = Concern.objects.get()
    assert (concern.acknowledged_at, concern.decided_at) == (None, None)
    assert concern.family_id not in {run.family_id for run in demo.runs.values()}
    assert [row.ref for row in demo.work_of("Ifeoma").concerns] == [concern.ref]
    assert "{" not in concern.what


@pytest.mark.slow
def test_all_of_it_happened_on_working_days_and_nothing_later_than_now(demo: Demo) -> None:
    records = StepRecord.objects.filter(run__in=demo.runs.values())
    assert records.count() > 40
    assert all(record.happened_at <= record.recorded_at <= demo.now for record in records)
    assert all(PLAIN.is_working_day(PLAIN.local_date(record.recorded_at)) for record in records)
    assert not any("{" in record.reason for record in records)


@pytest.mark.slow
def test_what_was_walked_keeps_every_promise(demo: Demo) -> None:
    assert find_breaches(demo.now) == []


@pytest.mark.slow
def test_a_second_start_walks_nothing_again(demo: Demo) -> None:
    before = StepRecord.objects.count()
    walk_transfers_once()
    assert (Run.objects.count(), StepRecord.objects.count()) == (len(demo.runs), before)
