"""Who has looked: each opening of a page about a family is noted, for the council's people; nothing of a concern."""

import pytest

from handhold.audit.models import AuditEvent
from tests.actions.walking import Walk, begin
from tests.records.factories import make_concern, make_council, make_family
from tests.web.walked import at, rename, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15


@pytest.fixture
def walk() -> Walk:
    council = make_council()
    return begin(council, rename(make_family(council, children=2))).to_lead_accepted()


def address(walk: Walk, page: str = "") -> str:
    return f"/families/{walk.family.family.ref}{page}"


def name_of(walk: Walk, role: str) -> str:
    who = walk.person(role)
    return f"{who.given_name} {who.family_name}"


def looks(walk: Walk, role: str = "social-worker", query: str = "") -> str:
    with at(walk.now):
        answer = signed_in(walk.person(role)).get(address(walk, f"/looked{query}"))
    assert answer.status_code == 200
    return words_of(answer.content).partition("Who has opened")[2]


def test_each_opening_is_noted_and_told_with_who_when_and_which_page(walk: Walk) -> None:
    child = walk.family.children[0]
    assert name_of(walk, "lead-practitioner") not in looks(walk), "nobody is made up"
    with at(walk.now):
        lead = signed_in(walk.person("lead-practitioner"))
        for page in (address(walk), address(walk, "/chronology"), f"/children/{child.ref}"):
            assert lead.get(page).status_code == 200
        signed_in(walk.council.stranger).get(address(walk))
    words = looks(walk)
    assert words.count(name_of(walk, "lead-practitioner")) == 3
    assert f"Page of {child.given_name}" in words
    assert "Chronology" in words
    stranger = walk.council.stranger
    assert f"{stranger.given_name} {stranger.family_name}" not in words, "who finds nothing has read nothing"


def test_of_one_child_only_what_was_opened_about_that_child(walk: Walk) -> None:
    first, second = walk.family.children
    with at(walk.now):
        client = signed_in(walk.person("team-manager"))
        for child in (first, second):
            client.get(f"/children/{child.ref}")
    words = looks(walk, query=f"?child={first.ref}")
    assert f"Page of {first.given_name}" in words
    assert f"Page of {second.given_name}" not in words
    assert f"Page of {second.given_name}" in looks(walk)


def test_a_partner_does_not_read_who_has_looked(walk: Walk) -> None:
    with at(walk.now):
        lead = signed_in(walk.person("lead-practitioner"))
        page = lead.get(address(walk))
        answer = lead.get(address(walk, "/looked"))
        stranger = signed_in(walk.council.stranger).get(address(walk, "/looked"))
    assert page.status_code == 200
    assert "/looked" not in page.content.decode()
    assert (answer.status_code, stranger.status_code) == (404, 404)


def test_nothing_of_a_concern_stands_there(walk: Walk) -> None:
    concern = make_concern(walk.council, family=walk.family.family)
    handler = walk.person("front-door")
    AuditEvent.objects.create(
        name="concern.acknowledged",
        actor_id=handler.pk,
        subjects=[concern.ref, walk.family.family.ref, walk.family.children[0].ref],
        at=walk.now,
    )
    words = looks(walk, "team-manager")
    assert name_of(walk, "front-door") not in words
    assert "oncern" not in words.partition("Procedure in use")[0]


def test_the_list_asks_little_of_the_database_however_long(walk: Walk) -> None:
    with at(walk.now):
        client = signed_in(walk.person("social-worker"))
        for _ in range(30):
            client.get(address(walk, "/papers"))
        asked = statements(client, address(walk, "/looked"))
        page = words_of(client.get(address(walk, "/looked?page=2")).content)
    assert len(asked) <= MOST_STATEMENTS
    assert "page 2 of 2" in page
