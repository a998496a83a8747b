"""Queues: what waits and by when, who took what, whose leads one stands behind; for those who look after them."""

from datetime import timedelta

import pytest

from tests.actions.walking import Walk, begin
from tests.records.factories import MadeCouncil, make_council, make_family
from tests.web.walked import at, rename, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
PARTNER, ADVICE = "/queues/partner-led-eha", "/queues/advice-team-duty-worker"


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


def in_partner_queue(council: MadeCouncil) -> Walk:
    return begin(council, rename(make_family(council, children=2))).to_lead_accepted().to_ready_for_oversight()


def look(walk: Walk, role: str, address: str) -> str:
    with at(walk.now):
        answer = signed_in(walk.person(role), walk.now).get(address)
    assert answer.status_code == 200
    return words_of(answer.content)


def test_a_form_waits_in_its_queue_with_its_limit_and_what_to_do(council: MadeCouncil) -> None:
    walk = in_partner_queue(council)
    page = look(walk, "early-help-coordinator", PARTNER)
    assert "Waiting (1) Due Tue 1 Dec Take the form up from 'Partner led EHA'" in page
    assert f"{walk.family.family.name} family : {walk.family.children[0].given_name} (11)" in page
    assert "Also called Partner-led EH." in page
    assert "Partner led EHA (also called Partner-led EH): 1 waits" in look(walk, "early-help-coordinator", "/queues")


def test_what_waits_longest_stands_first(council: MadeCouncil) -> None:
    first = in_partner_queue(council)
    second = begin(council, rename(make_family(council, children=1)))
    second.now = first.now + timedelta(hours=1)
    second.to_lead_accepted().to_ready_for_oversight()
    page = look(second, "early-help-coordinator", PARTNER)
    assert page.index(first.family.family.name) < page.index(second.family.family.name)
    assert "Waiting (2)" in page


def test_what_was_taken_up_says_by_whom(council: MadeCouncil) -> None:
    walk = in_partner_queue(council)
    walk.do("form-taken-up", "taken-up", by="early-help-coordinator")
    page = look(walk, "early-help-coordinator", PARTNER)
    taker = walk.person("early-help-coordinator")
    assert "Nothing waits here." in page
    assert (
        f"Taken up {walk.family.family.name} family : {taker.given_name} {taker.family_name}, Tue 24 Nov 2026" in page
    )


def test_the_coordinator_sees_what_the_leads_answer_and_who_is_silent(council: MadeCouncil) -> None:
    asked = begin(council, rename(make_family(council, children=1))).to_lead_asked()
    asking = begin(council, rename(make_family(council, children=1))).to_lead_asked()
    asking.do("lead-answer", "question", by=asking.person("lead-practitioner"), reason="How often would we meet?")
    leading = begin(council, rename(make_family(council, children=1))).to_lead_accepted()
    early = look(leading, "early-help-coordinator", PARTNER)
    assert "Families behind whom you stand (3)" in early
    assert "I have a question first: How often would we meet?" in early
    assert "Silent" not in early
    leading.now += timedelta(days=7)
    late = look(leading, "early-help-coordinator", PARTNER)
    assert late.count("Silent") == 1
    assert late.index("Silent") < late.index(asked.family.family.name) < late.index("No answer yet")


def test_a_family_whose_transfer_is_over_stays_with_her_while_the_lead_helps(council: MadeCouncil) -> None:
    walk = in_partner_queue(council)
    walk.do("closure-overseen", "agreed", by="team-manager")
    for child in walk.child_refs:
        walk.close(child)
    walk.do("form-taken-up", "taken-up", by="early-help-coordinator")
    page = look(walk, "early-help-coordinator", PARTNER)
    assert "Families behind whom you stand (1)" in page
    assert "Leads now" in page


def test_the_practice_manager_has_the_duty_workers_queue(council: MadeCouncil) -> None:
    walk = begin(council, rename(make_family(council, children=2))).to_handed_over()
    walk.to_endings()
    walk.do("next-action-added", "finished")
    page = look(walk, "practice-manager", ADVICE)
    assert "Nothing waits here." in page
    assert "Families behind whom you stand" not in page, "those of the council's own are in their own lists"


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("practice-manager", PARTNER),
        ("early-help-coordinator", ADVICE),
        ("social-worker", PARTNER),
        ("lead-practitioner", PARTNER),
        ("early-help-coordinator", "/queues/no-such-queue"),
    ],
)
def test_who_does_not_look_after_a_queue_finds_none(council: MadeCouncil, role: str, address: str) -> None:
    walk = in_partner_queue(council)
    with at(walk.now):
        client = signed_in(walk.person(role))
        answer, index = client.get(address), client.get("/queues")
    assert answer.status_code == 404
    assert walk.family.family.name not in words_of(index.content)


def test_the_page_asks_the_database_the_same_few_questions_however_much_waits(council: MadeCouncil) -> None:
    walk = in_partner_queue(council)
    client = signed_in(walk.person("early-help-coordinator"))
    with at(walk.now):
        few = statements(client, PARTNER)
    for _ in range(2):
        last = in_partner_queue(council)
    with at(last.now):
        many = statements(client, PARTNER)
    assert len(many) == len(few) <= 20
