"""Children of one family whom one transfer does not carry: held by another worker, under something else, or new."""

from datetime import date, timedelta

import pytest
from django.test import Client

from handhold.actions.transfers import CannotBegin, start_transfer
from handhold.queries.naming import practitioner_name
from handhold.records.models import FamilyMember, Person, Practitioner, Run
from tests.actions.walking import PATHWAY, Walk, begin
from tests.records.factories import (
    NOW,
    MadeCouncil,
    MadeFamily,
    make_council,
    make_family,
    make_person,
    make_practitioner,
    open_involvement,
    since,
)
from tests.web.walked import at, filled_in, rename, signed_in, statements, words_of

pytestmark = pytest.mark.django_db

START = NOW - timedelta(days=30)
MOST_STATEMENTS = 15


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def colleague(council: MadeCouncil) -> Practitioner:
    """A social worker of the same team."""
    return make_practitioner(council.agencies["council"], council.teams["assessment-2"], role="social-worker")


def add_child(council: MadeCouncil, family: MadeFamily, name: str, *, born: date, since_when: object = START) -> Person:
    child = make_person(birth_date=born)
    child.given_name = name
    child.save(update_fields=["given_name"])
    FamilyMember.objects.create(family=family.family, person=child, role="child", during=since(since_when))  # type: ignore[arg-type]
    return child


@pytest.fixture
def family(council: MadeCouncil, colleague: Practitioner) -> MadeFamily:
    """Two children of the worker, one of a colleague, one in need, one of whom nothing is open."""
    made = rename(make_family(council, children=2))
    of_colleague = add_child(council, made, "Chidi", born=date(2014, 2, 2))
    open_involvement(council, made, of_colleague, kind="assessment", start=START, worker=colleague)
    in_need = add_child(council, made, "Dayo", born=date(2016, 2, 2))
    open_involvement(council, made, in_need, kind="child-in-need", start=START)
    add_child(council, made, "Efe", born=date(2020, 2, 2))
    return made


def address(family: MadeFamily, more: str = "") -> str:
    return f"/families/{family.family.ref}/transfers/new?pathway={PATHWAY}{more}"


def get(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200, where
    return words_of(answer.content)


def test_a_transfer_of_two_workers_is_refused_with_who_holds_whom(
    council: MadeCouncil, family: MadeFamily, colleague: Practitioner
) -> None:
    worker, chidi = council.practitioners["social-worker"], Person.objects.get(given_name="Chidi")
    refs = [family.children[0].ref, chidi.ref]
    with pytest.raises(CannotBegin) as refused:
        start_transfer(family.family.ref, PATHWAY, refs, by=worker, now=NOW)
    words = str(refused.value)
    assert f"{practitioner_name(worker)} for {family.children[0].given_name}" in words
    assert f"{practitioner_name(colleague)} for Chidi" in words
    assert not Run.objects.exists()
    start_transfer(family.family.ref, PATHWAY, refs[:1], by=worker, now=NOW)
    assert Run.objects.count() == 1


def test_a_child_under_something_else_is_named_in_the_refusal(council: MadeCouncil, family: MadeFamily) -> None:
    dayo = Person.objects.get(given_name="Dayo")
    with pytest.raises(CannotBegin, match="Dayo has not"):
        start_transfer(
            family.family.ref,
            PATHWAY,
            [family.children[0].ref, dayo.ref],
            by=council.practitioners["social-worker"],
            now=NOW,
        )


def test_the_page_offers_those_who_are_held_alike_and_says_where_the_others_are(
    council: MadeCouncil, family: MadeFamily, colleague: Practitioner
) -> None:
    with at(NOW):
        client = signed_in(council.practitioners["social-worker"])
        answer = client.get(address(family))
    form, page = answer.content.decode(), words_of(answer.content)
    for child in family.children:
        assert f'value="{child.ref}"' in form
    others = Person.objects.filter(given_name__in=["Chidi", "Dayo", "Efe"])
    assert not [one for one in others if f'value="{one.ref}"' in form]
    assert f"Chidi is not in any transfer and is open: single assessment, {practitioner_name(colleague)}" in page
    assert "Begin a transfer for Chidi" in page
    assert "Dayo is not in any transfer and is open: child in need" in page
    assert "Begin a transfer for Dayo" in page
    assert "Nothing is open for Efe" in page
    assert "ask the front door: Front door" in page


def test_one_link_after_one_has_begun_the_next_is_begun(
    council: MadeCouncil, family: MadeFamily, colleague: Practitioner
) -> None:
    chidi = Person.objects.get(given_name="Chidi")
    with at(NOW):
        client = signed_in(council.practitioners["social-worker"])
        begun = client.post(address(family), filled_in(children=[one.ref for one in family.children]))
        page = client.get(begun["Location"]).content.decode()
        assert "Begin a transfer for Chidi" in words_of(page.encode())
        assert "This transfer goes on without them" in words_of(page.encode())
        next_one = address(family, f"&worker={colleague.ref}")
        assert next_one.replace("&", "&amp;") in page
        of_colleague = client.get(next_one).content.decode()
        assert f'value="{chidi.ref}"' in of_colleague
        assert client.post(next_one, filled_in(children=[chidi.ref])).status_code == 302
        again = get(client, begun["Location"])
    assert [run.sender for run in Run.objects.order_by("pk")] == [council.practitioners["social-worker"], colleague]
    assert "Begin a transfer for Chidi" not in again
    assert "Chidi is in Step down" in again


def test_who_holds_none_of_them_and_is_of_another_team_is_not_led_to_begin(
    council: MadeCouncil, family: MadeFamily
) -> None:
    elsewhere = council.stranger
    chidi = add_child(council, family, "Folu", born=date(2013, 1, 1))
    open_involvement(council, family, chidi, kind="assessment", start=START, worker=elsewhere)
    with at(NOW):
        page = get(signed_in(council.practitioners["social-worker"]), address(family))
    assert f"{practitioner_name(elsewhere)} or their manager begins one" in page
    assert "Begin a transfer for Folu" not in page


@pytest.fixture
def walk(council: MadeCouncil) -> Walk:
    return begin(council, rename(make_family(council, children=2))).to_lead_accepted()


def test_a_transfer_says_that_a_child_was_born_and_who_takes_them_in(council: MadeCouncil, walk: Walk) -> None:
    with at(walk.now):
        worker = signed_in(walk.person("social-worker"))
        assert "is not in this transfer" not in get(worker, f"/transfers/{walk.run.ref}")
    add_child(council, walk.family, "Noah", born=walk.now.date(), since_when=walk.now)
    day = f"{walk.now.day} {walk.now:%B}"
    with at(walk.now):
        page = get(signed_in(walk.person("social-worker")), f"/transfers/{walk.run.ref}")
        assert f"Noah was born on {day} and is not in this transfer." in page
        assert "ask the front door" in page
        partner = get(signed_in(walk.person("lead-practitioner")), f"/transfers/{walk.run.ref}")
    assert f"Noah was born on {day} and is not in this transfer." in partner
    assert "Nothing is open for Noah" not in partner


def test_the_front_door_is_offered_a_child_who_was_born_since(council: MadeCouncil, walk: Walk) -> None:
    noah = add_child(council, walk.family, "Noah", born=walk.now.date(), since_when=walk.now)
    with at(walk.now):
        page = signed_in(walk.person("front-door")).get(f"/referrals/new/{walk.family.family.ref}")
    assert f'value="{noah.ref}"' in page.content.decode()


def test_a_child_who_is_born_holds_up_no_closing(council: MadeCouncil, walk: Walk) -> None:
    walk.to_ready_to_close()
    add_child(council, walk.family, "Noah", born=walk.now.date(), since_when=walk.now)
    for child in walk.family.children:
        walk.close(child.ref)
    assert not walk.run.run_children.filter(ended_at__isnull=True).exists()


def test_a_brother_with_an_unfinished_assessment_of_his_own_holds_up_the_closing(
    council: MadeCouncil, walk: Walk
) -> None:
    walk.to_ready_to_close()
    jo = add_child(council, walk.family, "Jo", born=date(2012, 1, 1), since_when=walk.now)
    open_involvement(council, walk.family, jo, kind="assessment", start=walk.now)
    with at(walk.now):
        page = get(signed_in(walk.person("social-worker")), f"/transfers/{walk.run.ref}")
    assert "Jo joined the household on" in page
    assert "Begin a transfer for Jo" in page


def test_these_pages_ask_little_of_the_database(council: MadeCouncil, family: MadeFamily, walk: Walk) -> None:
    add_child(council, walk.family, "Noah", born=walk.now.date(), since_when=walk.now)
    with at(walk.now):
        client = signed_in(council.practitioners["social-worker"])
        counts = {one: len(statements(client, one)) for one in (address(family), f"/transfers/{walk.run.ref}")}
    assert {one: count for one, count in counts.items() if count > MOST_STATEMENTS} == {}
