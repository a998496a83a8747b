"""The pages that take a referral in: who comes to them, what is kept when something is missing, what follows."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from handhold.records.models import FamilyMember, Person, Run
from tests.actions.walking_from_mash import ANSWERS, MashWalk, refer
from tests.records.factories import NOW, MadeCouncil, make_council, make_family
from tests.web.walked import at, date_parts, filled_in, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
NEW, UNKNOWN = "/referrals/new", "/referrals/new/unknown"
MOST_STATEMENTS = 15
SAID: dict[str, object] = {
    **{f"field-{one.field}": one.text for one in ANSWERS},
    **date_parts("received", 24, 11, 2026),
}
BORN, DUE = date_parts("child-1-born", 2, 6, 2009), date_parts("child-2-expected", 1, 3, 2027)


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


def door(council: MadeCouncil) -> Client:
    return signed_in(council.practitioners["front-door"])


@pytest.mark.parametrize("role", ["social-worker", "lead-practitioner", "early-help-coordinator"])
def test_for_others_there_is_no_such_page(council: MadeCouncil, role: str) -> None:
    made = make_family(council, children=1)
    with at(NOW):
        client = signed_in(council.practitioners[role])
        assert "Take a referral in" not in words_of(client.get("/work").content)
        for page in (NEW, UNKNOWN, f"{NEW}/{made.family.ref}"):
            assert client.get(page).status_code == 404


def test_the_front_door_comes_from_its_first_page_and_finds_a_family(council: MadeCouncil) -> None:
    made = make_family(council, children=2)
    with at(NOW):
        client = door(council)
        assert "Take a referral in" in words_of(client.get("/work").content)
        found = client.get(f"{NEW}?q={made.children[0].given_name}")
        assert f"/referrals/new/{made.family.ref}" in found.content.decode()
        assert len(statements(client, f"{NEW}?q={made.family.name}")) <= MOST_STATEMENTS
        assert len(statements(client, f"{NEW}/{made.family.ref}")) <= MOST_STATEMENTS
        assert client.get(f"{NEW}/THERE0IS").status_code == 404


def test_a_family_on_record_is_referred_and_the_transfer_opens(council: MadeCouncil) -> None:
    made = make_family(council, children=2)
    page = f"{NEW}/{made.family.ref}"
    with at(NOW):
        client = door(council)
        sent = filled_in(**SAID, children=[made.children[0].ref])
        answer = client.post(page, sent)
        run = Run.objects.get()
        assert answer.headers["Location"] == f"/transfers/{run.ref}"
        assert [one.child for one in run.run_children.all()] == [made.children[0]]
        again = client.post(page, sent)
        assert again.status_code == 302
        assert Run.objects.count() == 1
        assert "A referral of" in words_of(client.get(page).content)


def test_what_was_typed_stays_when_a_child_is_added_or_something_is_missing(council: MadeCouncil) -> None:
    with at(NOW):
        client = door(council)
        first = filled_in(**{"family_name": "Marsh", "child-1-given": "Tilly"})
        more = client.post(UNKNOWN, {**first, "add": "child"})
        assert more.status_code == 200
        assert 'value="Tilly"' in more.content.decode()
        assert 'id="child-2-given"' in more.content.decode()
        lacking = client.post(UNKNOWN, first)
        assert lacking.status_code == 422
        words = words_of(lacking.content)
        assert "Enter the date of birth, or the day on which the baby is due" in words
        assert "Write: what they said" in words
        assert Person.objects.filter(given_name="Tilly").count() == 0
        answer = client.post(UNKNOWN, {**first, **SAID, **BORN, **DUE, "child-2-given": ""})
        assert answer.status_code == 302
        assert sorted(one.given_name for one in Person.objects.all() if one.family_name == "Marsh") == ["", "Tilly"]


def test_a_parent_whose_birth_date_nobody_knows_is_written_down_all_the_same(council: MadeCouncil) -> None:
    mother = {"adult-1-given": "Jude", "adult-1-relation": "mother", "adult-1-responsible": "yes"}
    with at(NOW):
        client = door(council)
        nameless = client.post(
            UNKNOWN, filled_in(**SAID, **BORN, family_name="Marsh", **{"adult-1-phone": "01632 960 9"})
        )
        assert nameless.status_code == 422
        assert "Enter the first name" in words_of(nameless.content)
        answer = client.post(UNKNOWN, filled_in(**SAID, **BORN, family_name="Marsh", **mother))
        assert answer.status_code == 302
        (jude,) = Person.objects.filter(given_name="Jude")
        assert (jude.birth_date, jude.expected_birth_date) == (None, None)
        page = words_of(client.get(answer.headers["Location"]).content)
        assert "Marsh family" in page
        family = FamilyMember.objects.get(person=jude).family
        shown = words_of(client.get(f"/families/{family.ref}").content)
        assert "Jude Marsh" in shown
        assert "not born yet" not in shown
        assert client.get(f"{NEW}?q=Marsh").status_code == 200


def test_of_a_child_a_date_is_asked_as_before(council: MadeCouncil) -> None:
    with at(NOW):
        answer = door(council).post(UNKNOWN, filled_in(**SAID, family_name="Marsh", **{"child-1-given": "Tilly"}))
    assert answer.status_code == 422
    assert not Person.objects.filter(given_name="Tilly").exists()


def test_a_referral_that_came_later_than_now_is_not_taken_in(council: MadeCouncil) -> None:
    with at(NOW):
        client = door(council)
        given = {**SAID, **BORN, "family_name": "Marsh", "received_time": "23:50"}
        answer = client.post(UNKNOWN, filled_in(**given))
        assert answer.status_code == 422
        assert Run.objects.count() == 0


def test_what_was_decided_stands_on_the_familys_page_and_the_referral_beside_each_step(council: MadeCouncil) -> None:
    walk: MashWalk = refer(council).to_screened()
    with at(walk.now):
        client = door(council)
        page = words_of(client.get(f"/transfers/{walk.run.ref}/steps/referral-decided").content)
        assert ANSWERS[3].text in page
        assert re.search(r"Early help led by a partner; the referral closes", page)
    walk.do("referral-decided", "partner-led", by="front-door")
    walk.now += timedelta(minutes=1)
    with at(walk.now):
        client = signed_in(walk.person("early-help-coordinator"))
        page = words_of(client.get(f"/families/{walk.family.family.ref}").content)
        assert "Decided: Level 2: extra help, from one or two services. Early help led by a partner" in page
