"""Reporting a safeguarding concern and following it over HTTP: nothing stands before it, and only its people see it."""

from datetime import timedelta

import pytest

from handhold.actions.concerns import report_concern
from handhold.audit.models import AuditEvent
from handhold.records.models import Concern, Run
from tests.actions.walking import Walk, begin
from tests.records.factories import MadeCouncil, make_council, make_family
from tests.web.walked import at, filled_in, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def walk(council: MadeCouncil) -> Walk:
    made = make_family(council, children=2)
    made.children[0].given_name = "Zebedee"  # a name that no invented practitioner has
    made.children[0].save()
    return begin(council, made)


def sent_by_stranger(walk: Walk) -> Concern:
    child = walk.family.children[0]
    return report_concern(who="Ada", what="A bruise", child_ref=child.ref, by=walk.council.stranger, now=walk.now)


def test_the_numbers_stand_before_the_questions(walk: Walk) -> None:
    with at(walk.now):
        words = words_of(signed_in(walk.council.stranger).get("/concerns/new").content)
    assert words.index("999") < words.index("01632 960 100") < words.index("Who are you worried about?")


@pytest.mark.parametrize("box", ["who", "what", "where_now"])
def test_any_one_box_is_enough_for_anybody_about_anybody(walk: Walk, box: str) -> None:
    """A lead of another agency, about a child who is not on record."""
    with at(walk.now):
        answer = signed_in(walk.person("lead-practitioner")).post("/concerns/new", filled_in(**{box: "A boy"}))
    concern = Concern.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/concerns/{concern.ref}"
    assert getattr(concern, box) == "A boy"


def test_it_is_sent_and_shown_though_the_procedure_of_a_transfer_was_altered_and_the_transfer_says_so(
    walk: Walk,
) -> None:
    Run.objects.update(protocol_digest="0" * 64)
    with at(walk.now):
        client = signed_in(walk.person("social-worker"))
        sent = client.post("/concerns/new", filled_in(what="A bruise", family=walk.family.family.ref), follow=True)
        transfer = client.get(f"/transfers/{walk.run.ref}")
    assert (sent.status_code, Concern.objects.get().family) == (200, walk.family.family)
    assert transfer.status_code == 503
    assert "began under a version of the procedure" in words_of(transfer.content)
    assert "Report a safeguarding concern" in words_of(transfer.content)


def test_nothing_at_all_is_given_back_kindly(walk: Walk) -> None:
    with at(walk.now):
        answer = signed_in(walk.council.stranger).post("/concerns/new", filled_in(who="  "))
    assert answer.status_code == 422
    assert "Write something in one of these boxes" in words_of(answer.content)
    assert "999" in words_of(answer.content)
    assert not Concern.objects.exists()


def test_sending_twice_is_one_concern_and_leads_to_it(walk: Walk) -> None:
    form = filled_in(what="A bruise")
    with at(walk.now):
        client = signed_in(walk.council.stranger)
        client.post("/concerns/new", form)
        second = client.post("/concerns/new", form, follow=True)
    concern = Concern.objects.get()
    assert second.redirect_chain[-1][0] == f"/concerns/{concern.ref}"
    assert AuditEvent.objects.filter(name="concern.reported").count() == 1


def test_a_child_outside_ones_sight_can_be_reported_and_is_not_named(walk: Walk) -> None:
    child = walk.family.children[0]
    with at(walk.now):
        client = signed_in(walk.council.stranger)
        page = words_of(client.get(f"/concerns/new?child={child.ref}").content)
        client.post("/concerns/new", filled_in(what="A bruise", child=child.ref))
        own = words_of(signed_in(walk.person("social-worker")).get(f"/concerns/new?child={child.ref}").content)
    assert child.given_name not in page
    assert child.given_name in own, "who sees the child need not write the name again"
    assert Concern.objects.get().child == child
    assert Concern.objects.get().family == walk.family.family


def test_it_is_not_received_until_a_person_says_so_and_then_it_says_who(walk: Walk) -> None:
    concern = sent_by_stranger(walk)
    with at(walk.now):
        sender, duty = signed_in(walk.council.stranger), signed_in(walk.person("duty-manager"))
        before = words_of(sender.get(f"/concerns/{concern.ref}").content)
        assert "Not received yet. If nobody confirms by" in before
        duty.post(f"/concerns/{concern.ref}/received", filled_in())
        after = words_of(sender.get(f"/concerns/{concern.ref}").content)
    person = walk.person("duty-manager")
    assert f"Received by {person.given_name} {person.family_name}" in after
    assert "Not received yet" not in after


def test_after_a_quarter_of_an_hour_the_sender_is_told_to_ring(walk: Walk) -> None:
    concern = sent_by_stranger(walk)
    with at(walk.now + timedelta(minutes=15)):
        words = words_of(signed_in(walk.council.stranger).get(f"/concerns/{concern.ref}").content)
    assert "Ring now." in words


def test_who_receives_it_decides_it_with_a_reason_and_the_transfer_hears_of_it(walk: Walk) -> None:
    concern = sent_by_stranger(walk)
    address = f"/concerns/{concern.ref}/decision"
    with at(walk.now):
        duty = signed_in(walk.person("duty-manager"))
        without = duty.post(address, filled_in(outcome="support-goes-on", reason=""))
        assert without.status_code == 422
        assert "Write why you decide so" in words_of(without.content)
        duty.post(address, filled_in(outcome="support-goes-on", reason="Seen by a doctor; it was a fall."))
        words = words_of(duty.get(f"/concerns/{concern.ref}").content)
    assert "The support planned is still right" in words
    assert Concern.objects.get().outcome == "support-goes-on"
    assert walk.run.step_records.filter(step="concern-decided").exists()


def test_what_is_not_on_offer_cannot_be_decided(walk: Walk) -> None:
    concern = sent_by_stranger(walk)
    with at(walk.now):
        answer = signed_in(walk.person("duty-manager")).post(
            f"/concerns/{concern.ref}/decision", filled_in(outcome="advice-given", reason="No transfer")
        )
    assert answer.status_code == 422, "the words for a family without a transfer are not those of this one"
    assert Concern.objects.get().decided_at is None


@pytest.mark.parametrize("role", ["social-worker", "team-manager", "service-manager", "lead-practitioner"])
def test_nobody_else_finds_it_there(walk: Walk, role: str) -> None:
    """The family's own worker too: a concern can be about them."""
    concern = sent_by_stranger(walk)
    with at(walk.now):
        client = signed_in(walk.person(role))
        missing = client.get("/concerns/THERE0IS")
        assert client.get(f"/concerns/{concern.ref}").status_code == 404
        assert words_of(client.get(f"/concerns/{concern.ref}").content) == words_of(missing.content)
        assert client.post(f"/concerns/{concern.ref}/received", filled_in()).status_code == 404
        decision = filled_in(outcome="support-goes-on", reason="Mine")
        assert client.post(f"/concerns/{concern.ref}/decision", decision).status_code == 404
    assert Concern.objects.get().acknowledged_at is None


def test_the_sender_cannot_say_that_it_was_received(walk: Walk) -> None:
    concern = sent_by_stranger(walk)
    with at(walk.now):
        answer = signed_in(walk.council.stranger).post(f"/concerns/{concern.ref}/received", filled_in())
    assert answer.status_code == 404


def test_from_home_and_from_every_page_about_a_child_it_is_two_clicks(walk: Walk) -> None:
    family, child = walk.family.family.ref, walk.family.children[0].ref
    pages = ["/work", "/families", f"/families/{family}", f"/families/{family}/papers"]
    pages += [f"/families/{family}/chronology", f"/children/{child}"]
    with at(walk.now):
        client = signed_in(walk.person("social-worker"))
        for address in pages:
            assert 'href="/concerns/new' in client.get(address).content.decode(), address


def test_a_concern_asks_little_of_the_database(walk: Walk) -> None:
    concern = sent_by_stranger(walk)
    with at(walk.now):
        for person in (walk.council.stranger, walk.person("duty-manager")):
            for address in ("/concerns/new", f"/concerns/{concern.ref}"):
                assert len(statements(signed_in(person), address)) <= MOST_STATEMENTS


def test_who_receives_it_sees_who_knows_the_child_and_whom_to_ring(walk: Walk) -> None:
    concern, worker = sent_by_stranger(walk), walk.person("social-worker")
    name = f"{worker.given_name} {worker.family_name}"
    with at(walk.now):
        front_door = words_of(signed_in(walk.person("front-door")).get(f"/concerns/{concern.ref}").content)
        sender = words_of(signed_in(walk.council.stranger).get(f"/concerns/{concern.ref}").content)
    assert f"Main contact {name}" in front_door
    assert name not in sender
    assert walk.family.children[0].given_name not in sender, "whoever reports learns nothing that they did not know"
