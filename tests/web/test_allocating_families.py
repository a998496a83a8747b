"""Reallocating many families at once: what is moved, what somebody else moved first, what is refused, each told."""

from datetime import timedelta

import pytest
from django.test import Client

from handhold.actions.reallocating import reallocate
from handhold.records.models import Allocation, Practitioner
from tests.actions.walking import Walk, begin
from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_council, make_family, make_practitioner
from tests.web.walked import at, filled_in, rename, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
CHECK = "/work/families/reallocate"
MOST_STATEMENTS = 15


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def families(council: MadeCouncil) -> list[MadeFamily]:
    return [rename(make_family(council, children=2)) for _ in range(3)]


@pytest.fixture
def colleague(council: MadeCouncil) -> Practitioner:
    """Another social worker of the same team."""
    return make_practitioner(council.agencies["council"], council.teams["assessment-2"], role="social-worker")


@pytest.fixture
def third(council: MadeCouncil) -> Practitioner:
    return make_practitioner(council.agencies["council"], council.teams["assessment-2"], role="social-worker")


@pytest.fixture
def manager(council: MadeCouncil) -> Client:
    return signed_in(council.practitioners["team-manager"])


def holders(family: MadeFamily) -> set[Practitioner]:
    held = Allocation.objects.filter(involvement__in=family.involvements, during__upper_inf=True)
    return {one.practitioner for one in held.select_related("practitioner")}


def name_of(who: Practitioner) -> str:
    return f"{who.given_name} {who.family_name}"


def keys_on(client: Client, query: str) -> list[str]:
    """What the check page would send."""
    with at(NOW):
        html = client.get(f"{CHECK}?{query}").content.decode()
    return [part.partition('"')[0] for part in html.split('name="moving" value="')[1:]]


def chosen(*families: MadeFamily) -> str:
    return "&".join(f"chosen={one.family.ref}" for one in families)


def key_of(family: MadeFamily, holder: Practitioner) -> str:
    """What a page would send that says so of somebody."""
    return f"{holder.ref}.{family.family.ref}.{family.involvements[0].ref}"


def send(client: Client, keys: list[str], to: Practitioner, **more: object) -> str:
    answers = filled_in(moving=keys, to=to.ref, reason="She has too many") | more
    with at(NOW + timedelta(minutes=5)):
        return words_of(client.post(CHECK, answers, follow=True).content)


def test_a_manager_chooses_rows_and_sees_what_each_receiver_has_already(
    manager: Client, families: list[MadeFamily], colleague: Practitioner
) -> None:
    with at(NOW):
        page = words_of(manager.get("/work/families").content)
        check = words_of(manager.get(f"{CHECK}?{chosen(*families[:2])}").content)
    assert f"Choose {families[0].family.name} family" in page
    assert "Reallocate 2 families" in check
    assert f"{name_of(colleague)}, " in check
    assert "0 families (0 children)" in check
    assert families[2].family.name not in check


def test_each_family_is_moved_and_said_so(manager: Client, families: list[MadeFamily], colleague: Practitioner) -> None:
    page = send(manager, keys_on(manager, chosen(*families[:2])), colleague)
    assert "Moved: 2" in page
    assert f"{families[0].family.name} family : {name_of(colleague)} is responsible since" in page
    assert [holders(one) == {colleague} for one in families] == [True, True, False]


def test_all_that_match_are_those_of_the_filter_and_not_of_the_page(
    manager: Client, council: MadeCouncil, families: list[MadeFamily], colleague: Practitioner
) -> None:
    more = [make_family(council, children=1) for _ in range(26)]
    with at(NOW):
        assert "Reallocate all 29" in words_of(manager.get("/work/families").content)
    assert len(keys_on(manager, "every=1")) == 29
    narrowed = keys_on(manager, f"every=1&family={families[0].family.name}")
    assert "Moved: 1" in send(manager, narrowed, colleague)
    assert holders(families[0]) == {colleague}
    assert colleague not in holders(more[0])


def test_what_somebody_else_moved_meanwhile_says_who_has_it_and_since_when(
    manager: Client, council: MadeCouncil, families: list[MadeFamily], colleague: Practitioner, third: Practitioner
) -> None:
    keys = keys_on(manager, chosen(*families[:2]))
    worker, refs = families[0].allocations[0].practitioner, [one.ref for one in families[0].involvements]
    other = council.practitioners["service-manager"]
    reallocate(worker.ref, refs, third.ref, "He knows them", by=other, now=NOW + timedelta(minutes=1))
    page = send(manager, keys, colleague)
    assert "Not moved by you: 1" in page
    assert f"Somebody else moved it first: {name_of(third)} is responsible since Tue 24 Nov" in page
    assert "Moved: 1" in page
    assert (holders(families[0]), holders(families[1])) == ({third}, {colleague})


def test_what_is_refused_says_why_and_holds_up_nothing_else(
    manager: Client, council: MadeCouncil, families: list[MadeFamily], colleague: Practitioner
) -> None:
    keys = keys_on(manager, chosen(families[0]))
    theirs = key_of(families[1], council.stranger)
    page = send(manager, [theirs, *keys], colleague)
    assert "Not moved by you: 1" in page
    assert "Moved: 1" in page
    assert holders(families[0]) == {colleague}
    assert colleague not in holders(families[1])


def test_two_clicks_move_once(manager: Client, families: list[MadeFamily], colleague: Practitioner) -> None:
    keys, once = keys_on(manager, chosen(families[0])), filled_in()["once"]
    first, second = (send(manager, keys, colleague, once=once) for _ in range(2))
    assert "Moved: 1" in first
    assert first == second
    assert Allocation.objects.filter(involvement=families[0].involvements[0]).count() == 2


def test_it_is_for_who_manages_others(
    council: MadeCouncil, families: list[MadeFamily], colleague: Practitioner
) -> None:
    key = key_of(families[0], families[0].allocations[0].practitioner)
    for who in (council.practitioners["social-worker"], council.practitioners["lead-practitioner"], council.stranger):
        with at(NOW):
            client = signed_in(who)
            assert client.get(f"{CHECK}?every=1").status_code == 404
            sent = client.post(CHECK, filled_in(moving=[key], to=colleague.ref, reason="I would rather not"))
        assert sent.status_code == 404
    assert colleague not in holders(families[0])


def test_a_manager_moves_nobody_elses_families(
    council: MadeCouncil, families: list[MadeFamily], colleague: Practitioner
) -> None:
    other = make_practitioner(council.agencies["council"], council.teams["assessment-3"], role="team-manager")
    client = signed_in(other)
    assert keys_on(client, chosen(*families)) == []
    with at(NOW):
        assert families[0].family.name not in words_of(client.get(f"{CHECK}?every=1").content)
    key = key_of(families[0], families[0].allocations[0].practitioner)
    assert "Moved" not in send(client, [key], colleague)
    assert colleague not in holders(families[0])


def test_what_is_missing_is_asked_for_and_what_was_chosen_stays(
    manager: Client, families: list[MadeFamily], colleague: Practitioner
) -> None:
    query = chosen(*families)
    with at(NOW):
        answer = manager.post(
            f"{CHECK}?{query}", filled_in(moving=keys_on(manager, query), to=colleague.ref, reason="")
        )
    assert answer.status_code == 422
    page = words_of(answer.content)
    assert "Write the reason" in page
    assert "Reallocate 3 families" in page


def test_transfers_on_their_way_go_on_with_who_takes_over(
    manager: Client, council: MadeCouncil, colleague: Practitioner
) -> None:
    walk: Walk = begin(council, rename(make_family(council, children=2))).to_practitioner_allocated()
    assert "Moved: 1" in send(manager, keys_on(manager, chosen(walk.family)), colleague)
    walk.run.refresh_from_db()
    assert walk.run.sender == colleague


def test_the_check_asks_as_much_of_the_database_for_many_families_as_for_one(
    manager: Client, council: MadeCouncil, families: list[MadeFamily]
) -> None:
    with at(NOW):
        of_three = statements(manager, f"{CHECK}?every=1")
        for _ in range(12):
            make_family(council, children=2)
        of_many = statements(manager, f"{CHECK}?every=1")
    assert len(of_many) <= len(of_three)
    assert len(of_many) <= MOST_STATEMENTS
