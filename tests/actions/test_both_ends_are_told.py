"""Each end of a transfer hears when the other acts, and of its messages; nobody hears so of a concern (Y5)."""

import pytest
from tests.actions.walking import Walk, begin
from tests.records.factories import make_council, make_family

from handhold.actions.concerns import decide_concern, report_concern
from handhold.actions.transfers import write_message
from handhold.casefiles import contents
from handhold.notifications.models import OutboxMessage
from handhold.notifications.outbox import send_waiting
from handhold.records.models import Practitioner

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    """A transfer that a practitioner of the council takes on; nothing waits to be sent."""
    council = make_council()
    walk = begin(council, make_family(council, children=1)).to_practitioner_allocated()
    OutboxMessage.objects.all().delete()
    return walk


def told(template: str = "moved-on") -> list[str]:
    return list(OutboxMessage.objects.filter(template=template).order_by("pk").values_list("to_address", flat=True))


def visit(walk: Walk) -> None:
    walk.do("ending-visit", "visited", walk.at(contents.VisitContent, seen=tuple(walk.family.children)))


def receiver(walk: Walk) -> Practitioner:
    assert walk.lead is not None
    return walk.lead


def test_the_receiver_hears_that_the_worker_acted_and_the_worker_does_not(walk: Walk) -> None:
    visit(walk)
    assert told() == [receiver(walk).email]


def test_several_acts_are_one_word_until_it_was_sent(walk: Walk) -> None:
    visit(walk)
    walk.do("next-action-added", "finished")
    assert told() == [receiver(walk).email]
    send_waiting(walk.now)
    walk.do("closure-begun", "begun")
    assert told().count(receiver(walk).email) == 2


def test_before_anybody_has_accepted_there_is_no_other_end(walk: Walk) -> None:
    other = begin(walk.council, make_family(walk.council, children=1)).to_lead_asked()
    OutboxMessage.objects.all().delete()
    other.do("ending-visit", "visited", other.at(contents.VisitContent, seen=tuple(other.family.children)))
    assert told() == []


def test_of_a_concern_the_other_end_hears_nothing_here(walk: Walk) -> None:
    duty, child = walk.person("duty-manager"), walk.family.children[0]
    concern = report_concern(
        who="Ada", what="A burn", child_ref=child.ref, by=walk.person("social-worker"), now=walk.now
    )
    decide_concern(concern.ref, "support-goes-on", "Seen by a doctor.", by=duty, now=walk.now)
    assert told() == []


def test_a_message_is_told_to_the_end_that_did_not_write_it(walk: Walk) -> None:
    write_message(walk.run.ref, "Shall we meet?", by=walk.person("social-worker"), now=walk.now)
    assert told("message-received") == [receiver(walk).email]
    OutboxMessage.objects.all().delete()
    write_message(walk.run.ref, "On Friday.", by=receiver(walk), now=walk.now)
    assert told("message-received") == [walk.person("social-worker").email]
