"""Alerts and how to speak with somebody: written by who works with the family, seen before a visit by who may."""

from datetime import timedelta

import pytest

from handhold.audit.models import AuditEvent
from handhold.records.models import Alert, Communication
from tests.actions.walking import Walk, begin
from tests.records.factories import make_council, make_family
from tests.web.walked import at, filled_in, rename, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
REASON = "Large dog loose in the yard; ring first and it is shut away"
SECRET = "Grandfather threatened the last visitor"
MOST_STATEMENTS = 15


@pytest.fixture
def walk() -> Walk:
    council = make_council()
    return begin(council, rename(make_family(council, children=2))).to_lead_accepted()


def family_address(walk: Walk, page: str = "") -> str:
    return f"/families/{walk.family.family.ref}{page}"


def get(walk: Walk, role: str, address: str) -> str:
    with at(walk.now):
        answer = signed_in(walk.person(role)).get(address)
    assert answer.status_code == 200, address
    return words_of(answer.content)


def write(walk: Walk, **answers: object) -> Alert:
    form = filled_in(kind="dog", reason=REASON, whom="family", shared="no") | answers
    with at(walk.now):
        answer = signed_in(walk.person("social-worker")).post(family_address(walk, "/alerts/new"), form)
    assert answer.status_code == 302, words_of(answer.content)
    walk.now += timedelta(minutes=2)
    return Alert.objects.latest("id")


def test_an_alert_stands_on_every_page_before_a_visit(walk: Walk) -> None:
    child = walk.family.children[0].ref
    pages = [
        family_address(walk),
        f"/children/{child}",
        f"/transfers/{walk.run.ref}",
        f"/transfers/{walk.run.ref}/steps/endings-letter?child={child}",
    ]
    assert not any(REASON in get(walk, "social-worker", page) for page in pages), "none is made up"
    write(walk)
    for page in pages:
        words = get(walk, "social-worker", page)
        assert "Dog in the home" in words, page
        assert REASON in words, page


def test_a_partner_sees_the_alerts_that_were_shared_with_them_and_writes_none(walk: Walk) -> None:
    write(walk, shared="yes")
    write(walk, kind="violence-to-visitors", reason=SECRET)
    for page in (
        family_address(walk),
        f"/children/{walk.family.children[0].ref}",
        f"/transfers/{walk.run.ref}",
        family_address(walk, "/alerts"),
    ):
        words = get(walk, "lead-practitioner", page)
        assert REASON in words, page
        assert SECRET not in words, page
        assert "Violence" not in words, page
        assert SECRET in get(walk, "social-worker", page)
    with at(walk.now):
        lead = signed_in(walk.person("lead-practitioner"))
        assert lead.get(family_address(walk, "/alerts/new")).status_code == 404
        assert lead.post(family_address(walk, "/alerts/new"), filled_in()).status_code == 404
        assert lead.get(f"/alerts/{Alert.objects.latest('id').ref}/end").status_code == 404


def test_an_alert_is_ended_with_a_reason_and_kept(walk: Walk) -> None:
    alert = write(walk)
    with at(walk.now):
        client = signed_in(walk.person("team-manager"))
        refused = client.post(f"/alerts/{alert.ref}/end", filled_in(why=""))
        assert refused.status_code == 422
        assert "Write why it is over" in words_of(refused.content)
        alert.refresh_from_db()
        assert alert.during.upper is None
        form = filled_in(why="The dog has gone to live elsewhere")
        assert client.post(f"/alerts/{alert.ref}/end", form).status_code == 302
        assert client.post(f"/alerts/{alert.ref}/end", form).status_code == 302, "a second click"
    walk.now += timedelta(minutes=2)
    assert REASON not in get(walk, "social-worker", family_address(walk))
    earlier = get(walk, "social-worker", family_address(walk, "/alerts"))
    assert REASON in earlier
    assert "The dog has gone to live elsewhere" in earlier
    assert AuditEvent.objects.filter(name="alert.written").count() == 1
    assert AuditEvent.objects.filter(name="alert.ended").count() == 1


def test_what_is_left_out_of_an_alert_is_said_and_what_was_typed_stays(walk: Walk) -> None:
    with at(walk.now):
        client = signed_in(walk.person("social-worker"))
        page = words_of(client.get(family_address(walk, "/alerts/new")).content)
        answer = client.post(family_address(walk, "/alerts/new"), filled_in(reason=REASON))
    assert "Dog in the home" in page
    assert answer.status_code == 422
    assert "Choose what it is about" in words_of(answer.content)
    assert REASON in answer.content.decode()
    assert not Alert.objects.exists()


def test_an_alert_about_one_adult_names_them_and_another_families_adult_cannot_be_named(walk: Walk) -> None:
    write(walk, kind="violence-to-visitors", reason=SECRET, whom=walk.family.father.ref)
    assert f"Violence or threats to visitors: {walk.family.father.given_name}" in get(
        walk, "social-worker", family_address(walk)
    )
    other = make_family(walk.council, children=1)
    with at(walk.now):
        client = signed_in(walk.person("social-worker"))
        form = filled_in(kind="dog", reason=REASON, whom=other.father.ref, shared="no")
        assert client.post(family_address(walk, "/alerts/new"), form).status_code == 422
    assert REASON not in get(walk, "social-worker", f"/families/{other.family.ref}")


def test_how_to_speak_with_somebody_is_typed_once_and_stands_where_it_is_needed(walk: Walk) -> None:
    mother, child = walk.family.mother, walk.family.children[0]
    before = get(walk, "social-worker", f"/children/{child.ref}")
    assert "Nobody has written down whether it is safe to contact them" in before
    answers = {
        "language": "Polish",
        "interpreter": "yes",
        "formats": ["large-print", "easy-read"],
        "needs": "Explain things twice",
        "safe": "no",
        "contact": "Only by text in the morning; he reads her e-mail",
    }
    with at(walk.now):
        client = signed_in(walk.person("social-worker"))
        answer = client.post(family_address(walk, f"/people/{mother.ref}/communication"), filled_in(**answers))
    assert answer.status_code == 302
    mother.refresh_from_db()
    assert (mother.first_language, mother.interpreter_needed) == ("Polish", True), "letters take it from there"
    for role in ("social-worker", "lead-practitioner"):
        words = get(walk, role, f"/children/{child.ref}")
        assert "Polish, interpreter needed" in words
        assert "Large print" in words
        assert "Not safe to contact" in words
        assert "Only by text in the morning" in words
    assert Communication.objects.get().written_by == walk.person("social-worker")


def test_the_childs_own_needs_stand_in_the_identity_bar(walk: Walk) -> None:
    child = walk.family.children[0]
    with at(walk.now):
        client = signed_in(walk.person("social-worker"))
        form = filled_in(interpreter="no", formats=["british-sign-language"])
        address = family_address(walk, f"/people/{child.ref}/communication")
        assert "safe to contact" not in words_of(client.get(address).content), "that is asked of adults"
        assert client.post(address, form).status_code == 302
    assert "British Sign Language" in get(walk, "social-worker", f"/children/{child.ref}")
    step = f"/transfers/{walk.run.ref}/steps/endings-letter?child={child.ref}"
    assert "British Sign Language" in get(walk, "social-worker", step), "whoever writes the letter sees it"


def test_nobody_outside_the_family_writes_about_it(walk: Walk) -> None:
    with at(walk.now):
        client = signed_in(walk.council.stranger)
        for page in ("/alerts", "/alerts/new", f"/people/{walk.family.mother.ref}/communication"):
            assert client.get(family_address(walk, page)).status_code == 404
            assert client.post(family_address(walk, page), filled_in()).status_code in (404, 405)
        assert not Communication.objects.exists()


def test_pages_about_alerts_ask_little_of_the_database(walk: Walk) -> None:
    write(walk)
    with at(walk.now):
        client = signed_in(walk.person("social-worker"))
        for page in ("/alerts", "/alerts/new", f"/people/{walk.family.mother.ref}/communication"):
            assert len(statements(client, family_address(walk, page))) <= MOST_STATEMENTS, page
