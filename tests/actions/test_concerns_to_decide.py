"""A concern of which no transfer keeps the time: who answers is reminded, then somebody above; each once (Y52)."""

from datetime import datetime, timedelta

import pytest
from tests.access.test_doors import opens
from tests.actions.reminding import mailed
from tests.actions.walking import begin
from tests.records.factories import NOW, MadeCouncil, make_council, make_family, since
from tests.web.walked import at, signed_in, words_of

from handhold.access.concerns import access_concern_to_handle
from handhold.access.families import sight_of
from handhold.actions.concern_reminders import remind_of_decision
from handhold.actions.concerns import decide_concern, report_concern
from handhold.audit.models import AuditEvent
from handhold.notifications.models import Reminder
from handhold.queries.concerns import concerns_for, decide_by
from handhold.queries.undecided import find_undecided
from handhold.records.models import Absence, Concern, Practitioner

pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def concern(council: MadeCouncil) -> Concern:
    """About a boy who is not on record, sent on Tuesday at ten."""
    return report_concern(who="A boy", what="A bruise", by=council.second_lead, now=NOW)


@pytest.fixture
def due(council: MadeCouncil) -> datetime:
    """The end of Wednesday's office."""
    found = decide_by(NOW, sight_of(council.practitioners["duty-manager"], NOW).protocol)
    assert found is not None
    return found


def remind(now: datetime) -> int:
    return sum(remind_of_decision(one, now=now) for one in find_undecided(now))


def told(occasion: str) -> set[Practitioner]:
    return {one for row in Reminder.objects.filter(occasion=occasion) for one in row.told.all()}


def handles(concern: Concern, by: Practitioner, now: datetime) -> bool:
    return opens(access_concern_to_handle, concern.ref, by=by, now=now)


def test_who_answers_is_reminded_when_it_has_passed_and_then_it_goes_to_somebody_above(
    council: MadeCouncil, concern: Concern, due: datetime
) -> None:
    people = council.practitioners
    assert remind(due) == 1
    assert (told("coming"), told("passed")) == ({people["duty-manager"]}, set()), "to its last moment it is in time"
    assert remind(due + MOMENT) == 1
    assert told("passed") == {people["duty-manager"], people["front-door"]}
    assert mailed("limit-passed") == sorted(one.email for one in told("passed"))
    assert not handles(concern, people["service-manager"], due + MOMENT)
    late = due + timedelta(days=1, microseconds=1)
    assert remind(late) == 1
    assert told("escalated") == {people["service-manager"]}
    assert handles(concern, people["service-manager"], late), "who is told can do it"
    assert not handles(concern, people["team-manager"], late)


def test_each_word_is_said_once_and_stands_in_the_audit(concern: Concern, due: datetime) -> None:
    late = due + timedelta(days=2)
    assert [remind(late + timedelta(minutes=one)) for one in range(3)] == [2, 0, 0]
    names = AuditEvent.objects.filter(subjects=[concern.ref], name__startswith="concern.decision-")
    assert sorted(names.values_list("name", flat=True)) == ["concern.decision-escalated", "concern.decision-passed"]


def test_that_nobody_received_it_is_said_beside(concern: Concern, due: datetime) -> None:
    remind(due + MOMENT)
    assert Reminder.objects.filter(concern=concern, occasion="not-received").count() == 0
    remind(due + MOMENT)
    assert Reminder.objects.filter(concern=concern).count() == 1


def test_once_it_is_decided_nothing_is_said_and_who_was_above_has_it_no_more(
    council: MadeCouncil, concern: Concern, due: datetime
) -> None:
    late, above = due + timedelta(days=2), council.practitioners["service-manager"]
    remind(late)
    decide_concern(concern.ref, "advice-given", "Rang", by=council.practitioners["duty-manager"], now=late)
    assert remind(late + timedelta(days=9)) == 0
    assert not handles(concern, above, late)


def test_who_is_above_decides_it(council: MadeCouncil, concern: Concern, due: datetime) -> None:
    late, above = due + timedelta(days=2), council.practitioners["service-manager"]
    remind(late)
    decide_concern(concern.ref, "advice-given", "Rang", by=above, now=late)
    concern.refresh_from_db()
    assert concern.decided_by == above
    assert handles(concern, above, late), "what they decided stays theirs to read"


def test_where_a_transfer_keeps_the_time_the_concern_does_not_say_it_again(council: MadeCouncil, due: datetime) -> None:
    walk = begin(council, make_family(council, children=1))
    report_concern(who="Ada", what="Alone", family_ref=walk.family.family.ref, by=council.second_lead, now=walk.now)
    assert remind(due + timedelta(days=9)) == 0


def test_of_a_family_without_a_transfer_it_is_said(council: MadeCouncil, due: datetime) -> None:
    family = make_family(council, children=1)
    report_concern(who="Ada", what="Alone", family_ref=family.family.ref, by=council.second_lead, now=NOW)
    assert remind(due + MOMENT) == 1


def test_nobody_whom_it_is_about_is_told(council: MadeCouncil, due: datetime) -> None:
    people = council.practitioners
    refs = [people["service-manager"].ref, people["front-door"].ref]
    report_concern(who="A boy", what="Hit", about_refs=refs, by=council.second_lead, now=NOW)
    remind(due + timedelta(days=2))
    assert told("passed") == {people["duty-manager"]}
    assert told("escalated") == {people["duty-manager"]}, "the post of last resort, as nobody else is left"


def test_who_is_above_and_away_is_passed_by(council: MadeCouncil, concern: Concern, due: datetime) -> None:
    Absence.objects.create(practitioner=council.practitioners["service-manager"], during=since(NOW))
    remind(due + timedelta(days=2))
    assert told("escalated") == {council.practitioners["duty-manager"]}


def test_it_stands_overdue_on_the_first_page_with_the_name_to_whom_it_went(
    council: MadeCouncil, concern: Concern, due: datetime
) -> None:
    late, above = due + timedelta(days=2), council.practitioners["service-manager"]
    assert concerns_for(sight_of(above, late)) == []
    remind(late)
    (row,) = concerns_for(sight_of(above, late))
    assert (row.due.kind, row.gone_to) == ("overdue", f"{above.given_name} {above.family_name}")
    (own,) = concerns_for(sight_of(council.second_lead, late))
    assert own.gone_to == "", "who sent it is not told to whom it went"
    with at(late):
        for one in (above, council.practitioners["duty-manager"]):
            page = words_of(signed_in(one, late).get("/work").content)
            assert f"Escalated to {above.given_name} {above.family_name}" in page
            assert "Overdue" in page
