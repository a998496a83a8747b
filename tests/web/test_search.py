"""One box: who finds whom, that nobody can tell what is beyond their sight, and that each search is noted first."""

from datetime import timedelta

import pytest
from django.test import Client

from handhold.audit.models import AuditEvent
from handhold.audit.recording import digest_of
from handhold.records.models import ExternalReference, Family, Person
from tests.actions.walking import begin
from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_concern, make_council, make_family
from tests.web.walked import at, rename, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15
NOBODY = "Nothing that you may see fits"
INDEX_ROLES = ["front-door", "early-help-coordinator", "supporting-families"]


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def family(council: MadeCouncil) -> MadeFamily:
    """The Okafor-Brien family of two children: Stephen, born on 1 September 2015, and Zoë, on 1 September 2019."""
    made = make_family(council, children=2)
    Family.objects.filter(pk=made.family.pk).update(name="Okafor-Brien")
    for child, given in zip(made.children, ("Stephen", "Zoë"), strict=True):
        child.given_name, child.family_name = given, "Okafor-Brien"
        child.save()
    made.mother.given_name, made.mother.family_name, made.mother.other_names = "Ngozi", "Okafor", ["Ngozi Adeyemi"]
    made.mother.save()
    return made


def search(client: Client, words: str) -> str:
    with at(NOW):
        answer = client.get("/search", {"q": words})
    assert answer.status_code == 200
    return words_of(answer.content)


TYPED = (
    "stephen okafor",
    "Steven Okafor Brien",
    "okaforbrien steven",
    "OKAFOR, STEPHEN",
    "Stephen 1/9/2015",
    "1 Sept 2015",
    "okafor 2015",
    "stephen 9/1/2015",
    "stephen okafor 2/9/2015",
)


def test_a_worker_finds_a_child_of_theirs_however_it_is_asked_for(council: MadeCouncil, family: MadeFamily) -> None:
    client = signed_in(council.practitioners["social-worker"])
    for typed in TYPED:
        words = search(client, typed)
        assert "Stephen Okafor-Brien , born 1 September 2015" in words, typed
        assert "Child of the Okafor-Brien family" in words


def test_numbers_and_names_of_before_are_found(council: MadeCouncil, family: MadeFamily) -> None:
    client, number = signed_in(council.practitioners["social-worker"]), family.children[1].nhs_number
    assert number
    by_number = search(client, f"{number[:3]} {number[3:6]} {number[6:]}")
    assert "1 person for" in by_number
    assert "Zoë Okafor-Brien" in by_number
    before = search(client, "adeyemi")
    assert "Ngozi Okafor" in before
    assert "Also known as Ngozi Adeyemi" in before
    assert "Adult of the Okafor-Brien family" in before


def test_families_and_agencies_are_found_too(council: MadeCouncil, family: MadeFamily) -> None:
    client = signed_in(council.practitioners["social-worker"])
    assert "Okafor-Brien family : Stephen (11), Zoë (7)" in search(client, "okofor")
    assert "Oak Lane School (school), 01632 960 000" in search(client, "oak lain")


# References


def test_a_reference_goes_straight_to_its_page_for_who_may_open_it(council: MadeCouncil, family: MadeFamily) -> None:
    walk = begin(council, family)
    child = family.children[0]
    adult, concern = family.mother, make_concern(council)
    ExternalReference.objects.create(
        authority=council.authority, kind="people.csv", reference="P-1044", object_id=child.pk, digest=""
    )
    leads = {
        walk.run.ref: f"/transfers/{walk.run.ref}",
        family.family.ref.lower(): f"/families/{family.family.ref}",
        child.ref: f"/children/{child.ref}",
        adult.ref: f"/families/{family.family.ref}",
        "p-1044": f"/children/{child.ref}",
        concern.ref: f"/concerns/{concern.ref}",
    }
    with at(walk.now):
        client, other = signed_in(walk.person("duty-manager")), signed_in(walk.council.second_lead)
        for ref, page in leads.items():
            assert client.get("/search", {"q": ref}).headers.get("Location") == page
            assert NOBODY in words_of(other.get("/search", {"q": ref}).content)


# Who finds whom


@pytest.mark.parametrize("role", INDEX_ROLES)
def test_the_index_says_name_birth_date_and_whom_to_ring_and_nothing_else(
    council: MadeCouncil, family: MadeFamily, role: str
) -> None:
    client, worker = signed_in(council.practitioners[role]), council.practitioners["social-worker"]
    words = search(client, "stephen okafor")
    who = f"Responsible: {worker.given_name} {worker.family_name}, 01632 960 001, {worker.email}"
    assert f"Stephen Okafor-Brien , born 1 September 2015 {who}" in words
    assert "Okafor-Brien family" not in words
    assert "ssessment" not in words.partition("Stephen")[2].partition(worker.email)[0]
    with at(NOW):
        page = client.get("/search", {"q": "stephen okafor"}).content.decode()
    assert f'/children/{family.children[0].ref}"' not in page
    assert family.family.ref not in page
    assert NOBODY in search(client, "ngozi"), "the index is of children"


def test_a_reference_of_a_child_beyond_their_own_gives_the_front_door_the_index_alone(
    council: MadeCouncil, family: MadeFamily
) -> None:
    words = search(signed_in(council.practitioners["front-door"]), family.children[0].ref)
    assert "Stephen Okafor-Brien" in words
    assert "Okafor-Brien family" not in words


@pytest.mark.parametrize("who", ["stranger", "second-lead", "lead-practitioner", "support-practitioner"])
def test_for_others_it_is_as_if_there_were_none(council: MadeCouncil, family: MadeFamily, who: str) -> None:
    """The same words and the same count as for something that nobody has ever been called."""
    others = {"stranger": council.stranger, "second-lead": council.second_lead}
    client, child = signed_in(others.get(who) or council.practitioners[who]), family.children[0]
    nobody = search(client, "Xyzzyplugh").replace("Xyzzyplugh", "X")
    for typed in ("stephen okafor", "1/9/2015", "okafor", "2015", child.nhs_number or "", child.ref):
        told = search(client, typed)
        assert NOBODY in told
        assert told.replace(typed, "X") == nobody


def test_a_partner_finds_the_family_that_they_lead_and_no_other(council: MadeCouncil, family: MadeFamily) -> None:
    walk = begin(council, family).to_lead_accepted()
    other = make_family(council, children=1)
    Person.objects.filter(pk=other.children[0].pk).update(given_name="Stephen", family_name="Okafor")
    with at(walk.now):
        client = signed_in(walk.person("lead-practitioner"))
        words = words_of(client.get("/search", {"q": "Stephen Okafor"}).content)
    assert "1 person for" in words
    assert "Stephen Okafor-Brien" in words


def test_another_councils_people_are_never_found(council: MadeCouncil, family: MadeFamily) -> None:
    other = make_council(code="other")
    for role in ("front-door", "service-manager"):
        client = signed_in(other.practitioners[role])
        for typed in ("stephen okafor", family.children[0].ref, family.family.ref, family.children[0].nhs_number or ""):
            assert NOBODY in search(client, typed)


# What is kept of it


def test_a_search_is_noted_with_who_and_whom_it_showed_and_none_of_its_words(
    council: MadeCouncil, family: MadeFamily
) -> None:
    client, worker = signed_in(council.practitioners["social-worker"]), council.practitioners["social-worker"]
    search(client, "stephen okafor")
    search(client, "xyzzy")
    shown, nobody = AuditEvent.objects.filter(name="search.made").order_by("pk")
    assert (shown.actor_id, nobody.actor_id) == (worker.pk, worker.pk)
    assert family.children[0].ref in shown.subjects
    assert family.children[1].ref not in shown.subjects
    assert nobody.subjects == []
    assert bytes(nobody.after_digest) == digest_of({"asked": "xyzzy"})


def test_nothing_is_noted_where_nothing_is_asked(council: MadeCouncil) -> None:
    assert "Name, date of birth or year" in search(signed_in(council.practitioners["social-worker"]), "  \x00 ")
    assert not AuditEvent.objects.filter(name="search.made").exists()


# The box, and what it costs


@pytest.mark.parametrize("role", ["social-worker", "lead-practitioner", "front-door"])
def test_the_box_is_on_every_page_but_the_one_that_has_its_own(council: MadeCouncil, role: str) -> None:
    client = signed_in(council.practitioners[role])
    with at(NOW):
        assert client.get("/work").content.decode().count('action="/search"') == 1
        assert client.get("/search").content.decode().count('action="/search"') == 1
    assert Client().get("/sign-in").content.decode().count('action="/search"') == 0


@pytest.mark.parametrize("role", ["social-worker", "front-door", "service-manager", "lead-practitioner"])
def test_a_search_asks_little_of_the_database(council: MadeCouncil, family: MadeFamily, role: str) -> None:
    begin(council, family).to_lead_accepted()
    for _ in range(30):
        rename(make_family(council, children=1))
    with at(NOW + timedelta(hours=1)):
        client = signed_in(council.practitioners[role])
        for typed in ("zennor", "stephen okafor 1/9/2015", "2015", "P1044", "7K2M01AB"):
            assert len(statements(client, f"/search?q={typed}")) <= MOST_STATEMENTS, typed


def test_many_are_shown_in_pages_of_25(council: MadeCouncil) -> None:
    for _ in range(30):
        rename(make_family(council, children=1))
    client = signed_in(council.practitioners["service-manager"])
    words = search(client, "anwen")
    assert "30 people for “anwen”, page 1 of 2" in words
    with at(NOW):
        assert "page 2 of 2" in words_of(client.get("/search?q=anwen&page=2").content)
