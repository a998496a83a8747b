"""A concern that nobody has received in the council's minutes: its sender rings, the duty manager is alerted; once."""

from datetime import datetime, timedelta

import pytest
from tests.records.factories import NOW, MadeCouncil, make_council, make_practitioner, since

from handhold.actions.concerns import acknowledge_concern, decide_concern, report_concern
from handhold.actions.unreceived import say_not_received
from handhold.audit.models import AuditEvent
from handhold.notifications.models import OutboxMessage, Reminder
from handhold.notifications.wording import word_message
from handhold.queries.unreceived import find_unreceived
from handhold.records.models import Absence, Concern

pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)
QUARTER_OF_AN_HOUR = NOW + timedelta(minutes=15)
LATE = QUARTER_OF_AN_HOUR + MOMENT


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def concern(council: MadeCouncil) -> Concern:
    """One that a health visitor sent at ten."""
    return report_concern(who="A boy", what="A bruise", by=council.second_lead, now=NOW)


def say(now: datetime) -> list[bool]:
    return [say_not_received(one, now=now) for one in find_unreceived(now)]


def messages(template: str) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(template=template))


def test_after_the_councils_minutes_its_sender_is_told_to_ring(council: MadeCouncil, concern: Concern) -> None:
    assert say(QUARTER_OF_AN_HOUR) == [], "the fifteenth minute is in time"
    assert say(LATE) == [True]
    (message,) = messages("concern-not-received")
    assert message.to_address == council.second_lead.email
    wording = word_message(message.template, message.context, site="https://handhold.example.org")
    assert "sent at 10:00" in wording.body
    assert "Otherwise ring 01632 960 100 or 01632 960 101." in wording.body
    assert f"https://handhold.example.org/concerns/{concern.ref}" in wording.body
    assert "boy" not in wording.body + wording.subject


def test_the_duty_manager_is_alerted(council: MadeCouncil, concern: Concern) -> None:
    say(LATE)
    (message,) = messages("concern-waits")
    assert message.to_address == council.practitioners["duty-manager"].email
    assert message.context == {"ref": concern.ref, "path": f"/concerns/{concern.ref}"}


def test_both_are_told_once(concern: Concern) -> None:
    assert [say(LATE + minutes * timedelta(minutes=1)) for minutes in range(3)] == [[True], [], []]
    assert say_not_received(concern.pk, now=LATE) is False
    assert len(messages("concern-waits")) == len(messages("concern-not-received")) == 1
    assert AuditEvent.objects.filter(name="concern.not-received", subjects=[concern.ref]).count() == 1


def test_of_one_that_was_received_in_time_nothing_is_said(council: MadeCouncil, concern: Concern) -> None:
    acknowledge_concern(concern.ref, by=council.practitioners["front-door"], now=QUARTER_OF_AN_HOUR)
    assert say(LATE + timedelta(hours=1)) == []
    assert say_not_received(concern.pk, now=LATE) is False, "nor when somebody says that they have it meanwhile"
    assert not Reminder.objects.exists()


def test_of_one_that_was_decided_at_once_nothing_is_said(council: MadeCouncil, concern: Concern) -> None:
    decide_concern(concern.ref, "advice-given", "Rang", by=council.practitioners["duty-manager"], now=NOW)
    assert say(LATE) == []


def test_each_concern_has_its_own_minutes(council: MadeCouncil, concern: Concern) -> None:
    second = report_concern(who="A girl", what="Alone", by=council.stranger, now=NOW + timedelta(minutes=10))
    say(LATE)
    assert [one.concern for one in Reminder.objects.all()] == [concern]
    say(LATE + timedelta(minutes=10))
    assert {one.concern for one in Reminder.objects.all()} == {concern, second}


def test_where_the_duty_manager_is_away_another_is_alerted(council: MadeCouncil, concern: Concern) -> None:
    agency, team = council.agencies["council"], council.teams["front-door"]
    other = make_practitioner(agency, team, role="duty-manager")
    Absence.objects.create(practitioner=council.practitioners["duty-manager"], during=since(NOW))
    say(LATE)
    assert [one.to_address for one in messages("concern-waits")] == [other.email]


def test_where_every_duty_manager_is_away_somebody_is_told_all_the_same(council: MadeCouncil, concern: Concern) -> None:
    duty = council.practitioners["duty-manager"]
    Absence.objects.create(practitioner=duty, during=since(NOW))
    say(LATE)
    assert [one.to_address for one in messages("concern-waits")] == [duty.email], "who holds the post of last resort"


def test_a_sender_without_an_address_keeps_nobody_from_being_alerted(council: MadeCouncil) -> None:
    council.second_lead.email = ""
    council.second_lead.save()
    report_concern(who="A boy", what="A bruise", by=council.second_lead, now=NOW)
    assert say(LATE) == [True]
    assert messages("concern-not-received") == []
    assert len(messages("concern-waits")) == 1
