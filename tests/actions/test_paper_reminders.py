"""Leads hear of the papers that they owe, and those who chase them of what is late: each once (Y31, Y41)."""

from datetime import date, datetime, timedelta

import pytest
from tests.actions.walking import Walk, begin
from tests.records.factories import make_council, make_family

from handhold.actions.paper_reminders import remind_of_papers
from handhold.actions.partner_papers import submit_paper
from handhold.casefiles.protocols import current_protocol
from handhold.notifications.models import OutboxMessage
from handhold.queries.papers_due import OwedPaper, find_owed
from handhold.records.models import Run

pytestmark = pytest.mark.django_db
ASSESSMENT, RECORD = "early-help-assessment", "team-meeting-record"
FOLLOWS = "early-help-led-by-a-partner"


@pytest.fixture
def walk() -> Walk:
    """A family that a partner leads, and no run of the family waits for the papers."""
    council = make_council()
    walk = begin(council, make_family(council, children=2)).to_lead_accepted().to_closed()
    Run.objects.filter(pathway=FOLLOWS).update(ended_at=walk.now, ending="ended")
    return walk


def owed(walk: Walk, now: datetime | None = None) -> list[OwedPaper]:
    authority = walk.council.authority
    return find_owed(authority, current_protocol(authority), now or walk.now)


def told() -> list[tuple[str, str]]:
    papers = OutboxMessage.objects.filter(template__in=["paper-due", "paper-late"])
    return sorted(papers.values_list("template", "to_address"))


def send(walk: Walk, kind: str, now: datetime) -> None:
    submit_paper(
        walk.family.family.ref,
        kind,
        walk.child_refs,
        paper_date=date(2026, 11, 20),
        text="All of it.",
        by=walk.person("lead-practitioner"),
        now=now,
    )


def test_from_the_handover_a_partner_owes_an_assessment_and_a_record_for_the_family_once(walk: Walk) -> None:
    assert sorted(one.kind for one in owed(walk)) == [ASSESSMENT, RECORD]
    assert {one.lead for one in owed(walk)} == {walk.person("lead-practitioner")}


def test_where_a_run_waits_for_the_papers_its_own_limits_remind() -> None:
    council = make_council()
    walk = begin(council, make_family(council, children=1)).to_lead_accepted().to_closed()
    late = walk.now + timedelta(days=90)
    assert sorted(one.kind for one in owed(walk)) == [ASSESSMENT, RECORD]
    assert remind_of_papers(late) == 0
    Run.objects.filter(pathway=FOLLOWS).update(ended_at=walk.now, ending="ended")
    assert remind_of_papers(late) > 0


def test_nobody_of_the_council_owes_papers(walk: Walk) -> None:
    council = make_council(code="elsewhere")
    begin(council, make_family(council, children=1))
    authority = council.authority
    assert find_owed(authority, current_protocol(authority), walk.now) == []


def test_an_assessment_that_came_is_owed_no_more_and_a_record_falls_due_again(walk: Walk) -> None:
    first = {one.kind: one.due_at for one in owed(walk)}
    later = walk.now + timedelta(days=10)
    send(walk, ASSESSMENT, later)
    send(walk, RECORD, later)
    after = {one.kind: one.due_at for one in owed(walk, later)}
    assert set(after) == {RECORD}
    assert after[RECORD] > first[RECORD]


def test_nothing_is_said_long_before_and_each_thing_once_however_often_it_is_asked(walk: Walk) -> None:
    lead, chaser = walk.person("lead-practitioner").email, walk.person("early-help-coordinator").email
    assert remind_of_papers(walk.now) == 0
    send(walk, ASSESSMENT, walk.now)
    (due,) = (one.due_at for one in owed(walk))
    for now, expected in (
        (due - timedelta(minutes=1), [("paper-due", lead)]),
        (due + timedelta(minutes=1), [("paper-due", lead)] * 2),
        (due + timedelta(days=7), [("paper-due", lead)] * 2 + [("paper-late", chaser)]),
    ):
        remind_of_papers(now)
        assert remind_of_papers(now) == 0
        assert told() == expected


def test_what_came_in_time_is_not_chased(walk: Walk) -> None:
    due = {one.kind: one.due_at for one in owed(walk)}
    send(walk, ASSESSMENT, walk.now)
    send(walk, RECORD, due[RECORD] - timedelta(days=3))
    remind_of_papers(due[RECORD] + timedelta(days=7))
    assert told() == []
