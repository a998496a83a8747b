"""The pages on which somebody writes down who was born, joins, leaves, or was put down wrongly."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from handhold.records.models import FamilyMember, Message, Person, PersonChange, Relationship
from tests.actions.walking import Walk, begin
from tests.records.factories import (
    NOW,
    MadeCouncil,
    MadeFamily,
    make_council,
    make_family,
    make_person,
    since,
)
from tests.web.walked import at, date_parts, filled_in, rename, signed_in, statements, words_of

pytestmark = pytest.mark.django_db

EXPECTED = date(2026, 12, 10)
MOST_STATEMENTS = 15


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def family(council: MadeCouncil) -> MadeFamily:
    return rename(make_family(council, children=2))


@pytest.fixture
def baby(family: MadeFamily) -> Person:
    person = make_person(expected=EXPECTED, family_name="Hart")
    start = since(NOW - timedelta(days=20))
    FamilyMember.objects.create(family=family.family, person=person, role="child", during=start)
    return person


@pytest.fixture
def worker(council: MadeCouncil) -> Client:
    return signed_in(council.practitioners["social-worker"])


def here(family: MadeFamily, more: str = "") -> str:
    return f"/families/{family.family.ref}/people{more}"


def get(client: Client, address: str) -> str:
    with at(NOW + timedelta(minutes=5)):  # after whatever was sent
        answer = client.get(address)
    assert answer.status_code == 200, address
    return words_of(answer.content)


def post(client: Client, address: str, status: int = 302, **form: Any) -> str:
    with at(NOW):
        answer = client.post(address, filled_in(**form))
    assert answer.status_code == status, words_of(answer.content)
    return words_of(answer.content)


def a_child(**other: object) -> dict[str, Any]:
    return {
        "given_name": "Jo",
        "family_name": "Hart",
        **date_parts("birth_date", 4, 4, 2012),
        **date_parts("day", 23, 11, 2026),
    } | other


def test_a_birth_is_written_down_and_stands_on_the_pages_of_the_family(
    family: MadeFamily, baby: Person, worker: Client
) -> None:
    page = get(worker, f"/families/{family.family.ref}")
    assert "not born yet" in page
    assert "Somebody was born, moved in, left" in page
    assert "Record the birth" in get(worker, here(family))
    address = here(family, f"/{baby.ref}/birth")
    assert "Record a birth" in get(worker, address)
    form: dict[str, Any] = {
        "given_name": "Noah",
        "family_name": "Hart",
        "sex": "male",
        **date_parts("birth_date", 22, 11, 2026),
    }
    post(worker, address, **form)
    page = get(worker, f"/families/{family.family.ref}")
    assert "Noah Hart" in page
    assert "0 months" in page
    assert "Nothing is open for this child, while something is open for" in page
    assert "Noah was born on 22 November 2026" in get(worker, here(family))


def test_what_cannot_be_right_is_said_at_its_field_and_what_was_typed_stays(
    family: MadeFamily, baby: Person, worker: Client
) -> None:
    address = here(family, f"/{baby.ref}/birth")
    form: dict[str, Any] = {"given_name": "Noah", "family_name": "Hart", **date_parts("birth_date", 22, 11, 2025)}
    with at(NOW):
        answer = worker.post(address, filled_in(**form))
    assert answer.status_code == 422
    assert "Check the year" in words_of(answer.content)
    assert 'value="Noah"' in answer.content.decode()
    assert "Enter the first name" in post(worker, address, 422)
    assert not PersonChange.objects.exists()


def test_a_correction_keeps_what_stood_before(family: MadeFamily, worker: Client) -> None:
    child = family.children[0]
    address = here(family, f"/{child.ref}/correction")
    with at(NOW):
        assert f'value="{child.given_name}"' in worker.get(address).content.decode()
    form: dict[str, Any] = {
        "given_name": child.given_name,
        "family_name": child.family_name,
        "why": "Her birth certificate",
        **date_parts("birth_date", 3, 9, 2015),
    }
    post(worker, address, **form)
    page = get(worker, here(family))
    assert "Date of birth: 3 September 2015, before that 1 September 2015" in page
    assert "Her birth certificate" in page
    assert "is different from what is on record" in post(worker, address, 422, **form)


def test_a_half_brother_joins_with_what_he_is_to_the_others(family: MadeFamily, worker: Client) -> None:
    address = here(family, "/new?as=child")
    assert f"What is {family.mother.given_name}" in get(worker, address)
    form = a_child(
        **{f"is-{family.father.ref}": "father", "responsible": [family.father.ref], "sibling": "half-brother"}
    )
    post(worker, address, **form)
    jo = Person.objects.get(given_name="Jo")
    assert Relationship.objects.get(to_person=jo).parental_responsibility
    assert Relationship.objects.filter(from_person=jo, kind="half-brother").count() == 2
    page = get(worker, f"/families/{family.family.ref}")
    assert "Jo Hart" in page
    assert "half-brother of" in page


def test_a_parents_partner_joins_as_an_adult(family: MadeFamily, worker: Client) -> None:
    form: dict[str, Any] = {
        "given_name": "Sam",
        "family_name": "Vale",
        "relation": "step-parent",
        "related": [family.children[0].ref],
        **date_parts("day", 24, 11, 2026),
    }
    post(worker, here(family, "/new?as=adult"), **form)
    assert "step-parent of" in get(worker, f"/families/{family.family.ref}")


def test_before_somebody_is_put_on_record_it_is_asked_who_it_may_be(
    council: MadeCouncil, family: MadeFamily, worker: Client
) -> None:
    other = make_family(council, children=1)
    known = other.children[0]
    form = a_child(given_name=known.given_name, family_name=known.family_name, **date_parts("birth_date", 1, 9, 2015))
    asked = post(worker, here(family, "/new?as=child"), 200, **form)
    assert "one of these?" in asked
    assert "Nothing is written down yet" in asked
    assert not PersonChange.objects.exists()
    assert "Choose who" in post(worker, here(family, "/new?as=child"), 422, **form, known="")
    post(worker, here(family, "/new?as=child"), **form, known=known.ref)
    assert known.families.count() == 2


def test_who_is_of_a_family_outside_ones_sight_is_shown_to_the_front_door_alone(
    council: MadeCouncil, family: MadeFamily, worker: Client
) -> None:
    known = make_family(council, children=1, worker=council.stranger).children[0]
    form = a_child(given_name=known.given_name, family_name=known.family_name, **date_parts("birth_date", 1, 9, 2015))
    door = signed_in(council.practitioners["front-door"])
    assert "one of these?" in post(door, here(family, "/new?as=child"), 200, **form)
    post(worker, here(family, "/new?as=child"), **form)
    assert known.families.count() == 1


def test_a_child_with_open_work_lives_elsewhere_and_stays_on_the_pages(
    council: MadeCouncil, family: MadeFamily, worker: Client
) -> None:
    child = family.children[0]
    address = here(family, f"/{child.ref}/leaving")
    form: dict[str, Any] = {"why": "With an aunt", **date_parts("day", 23, 11, 2026)}
    assert "stay of this family until it ends" in post(worker, address, 422, **form, stays="gone")
    post(worker, address, **form, stays="elsewhere")
    page = get(worker, here(family))
    assert "Of the family, and live elsewhere" in page
    assert "With an aunt" in page
    of_index = get(signed_in(council.practitioners["front-door"]), here(family))
    assert "Of the family, and live elsewhere" in of_index
    assert "With an aunt" not in of_index, "why is the family's, and not the index's"
    assert "Does not live in the household." in get(worker, f"/families/{family.family.ref}")
    assert child.given_name in get(worker, f"/children/{child.ref}")
    post(worker, here(family, f"/{child.ref}/moving-in"), 302, **date_parts("day", 24, 11, 2026))
    assert "Of the family, and live elsewhere" not in get(worker, here(family))


def test_the_front_door_comes_to_it_from_a_referral(council: MadeCouncil, family: MadeFamily) -> None:
    door = signed_in(council.practitioners["front-door"])
    assert "A child is missing here" in get(door, f"/referrals/new/{family.family.ref}")
    post(door, here(family, "/new?as=child"), **a_child())
    assert "Jo" in get(door, f"/referrals/new/{family.family.ref}")


def test_who_answers_for_no_child_of_the_family_finds_no_page(
    council: MadeCouncil, family: MadeFamily, baby: Person
) -> None:
    pages = ("", "/new?as=child", "/tell", *(f"/{baby.ref}/{one}" for one in ("birth", "correction", "leaving")))
    for somebody in (council.stranger, council.practitioners["practice-manager"]):
        client = signed_in(somebody)
        with at(NOW):
            assert {client.get(here(family, page)).status_code for page in pages} == {404}
            assert client.post(here(family, pages[1]), filled_in(**a_child())).status_code == 404


def test_a_managers_list_of_families_says_who_is_in_no_service(
    council: MadeCouncil, family: MadeFamily, baby: Person
) -> None:
    manager = signed_in(council.practitioners["team-manager"])
    assert "In no service: Unborn baby" in get(manager, "/work/families")
    FamilyMember.objects.filter(person=baby).update(during=since(NOW - timedelta(days=20), NOW))
    assert "In no service" not in get(manager, "/work/families")


@pytest.fixture
def led(council: MadeCouncil) -> Walk:
    return begin(council, rename(make_family(council, children=1))).to_lead_accepted().to_closed()


def test_a_partner_who_leads_tells_the_council_and_writes_nothing_down(led: Walk) -> None:
    lead, family = signed_in(led.person("lead-practitioner")), led.family
    with at(led.now):
        page = words_of(lead.get(f"/families/{family.family.ref}").content)
        assert "Tell the council who was born, moved in or left" in page
        assert lead.get(here(family)).status_code == 404
        assert lead.get(here(family, "/tell")).status_code == 200
        assert lead.post(here(family, "/tell"), filled_in(text="")).status_code == 422
        answer = lead.post(here(family, "/tell"), filled_in(text="Noah was born on Sunday."))
        assert answer.status_code == 302
        assert "Noah was born on Sunday." in words_of(lead.get(answer["Location"]).content)
    assert Message.objects.count() == 1


def test_these_pages_ask_little_of_the_database(family: MadeFamily, baby: Person, worker: Client) -> None:
    pages = (
        "",
        "/new?as=child",
        "/new?as=adult",
        *(f"/{baby.ref}/{one}" for one in ("birth", "correction", "leaving")),
    )
    with at(NOW):
        counts = {page: len(statements(worker, here(family, page))) for page in pages}
    assert {page: count for page, count in counts.items() if count > MOST_STATEMENTS} == {}
