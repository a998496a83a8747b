"""Whether the promises hold: shown to who sees every transfer, of their own council alone."""

from datetime import timedelta

import pytest
from django.test import Client

from handhold.actions.looking import is_time_to_look, keep_look
from handhold.queries.invariants import Breach, find_breaches
from handhold.records.models import Authority, Practitioner, Run
from tests.actions.walking import begin
from tests.records.factories import NOW, MadeCouncil, make_account, make_council, make_family
from tests.web.walked import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> MadeCouncil:
    """A council with a transfer on its way."""
    council = make_council()
    begin(council, make_family(council, children=1)).to_lead_accepted()
    return council


@pytest.fixture
def service_manager(council: MadeCouncil) -> Client:
    return signed_in(council, "service-manager")


def signed_in(council: MadeCouncil, role: str) -> Client:
    client = Client()
    with at(NOW):
        client.force_login(make_account(council.practitioners[role]))
    return client


def page_of(client: Client) -> str:
    with at(NOW):
        answer = client.get("/protocol/promises")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_that_nobody_has_looked_and_then_that_all_holds(service_manager: Client) -> None:
    assert "Nobody has looked yet" in page_of(service_manager)
    keep_look(find_breaches(NOW), NOW)
    assert "All holds" in page_of(service_manager)


def test_what_does_not_hold_is_told_with_the_promise(council: MadeCouncil, service_manager: Client) -> None:
    worker = council.practitioners["social-worker"]
    Practitioner.objects.filter(pk=worker.pk).update(left_date="2020-01-31")
    keep_look(find_breaches(NOW), NOW)
    told = page_of(service_manager)
    assert f"Practitioner {worker.ref}, who is accountable, has left." in told
    assert "What Handhold promises" in told
    assert "All holds" not in told


def test_what_is_another_councils_is_not_told(council: MadeCouncil, service_manager: Client) -> None:
    elsewhere = Authority.objects.create(code="elsewhere", name="Elsewhere", protocol="york")
    run = Run.objects.get()
    run.pk, run.ref, run.authority = None, "E1SEWHER", elsewhere
    run.save(force_insert=True)
    keep_look([Breach("H8", "run E1SEWHER", "It is not theirs to see.")], NOW)
    assert "E1SEWHER" not in page_of(service_manager)
    assert "All holds" in page_of(service_manager)


@pytest.mark.parametrize("role", ["social-worker", "lead-practitioner", "front-door"])
def test_for_others_there_is_no_such_page(council: MadeCouncil, role: str) -> None:
    with at(NOW):
        assert signed_in(council, role).get("/protocol/promises").status_code == 404


def test_the_records_are_looked_at_once_a_day(council: MadeCouncil) -> None:
    assert is_time_to_look(NOW)
    keep_look([], NOW)
    assert not is_time_to_look(NOW + timedelta(hours=23))
    assert is_time_to_look(NOW + timedelta(hours=24))
