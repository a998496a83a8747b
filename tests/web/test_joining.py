"""Two records that are one child, on pages: found, compared, joined, shown as one, taken apart."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client

from handhold.records.models import Document, FamilyMember, JoinedRecord, Person, Run, RunChild, Visit, VisitChild
from tests.actions.walking import begin
from tests.records.factories import (
    NOW,
    MadeCouncil,
    MadeFamily,
    close_everything,
    make_council,
    make_family,
    make_joined,
    make_person,
    open_involvement,
    since,
)
from tests.web.walked import at, filled_in, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)
MOST_STATEMENTS = 15


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def kept(council: MadeCouncil) -> MadeFamily:
    made = make_family(council, children=1)
    Person.objects.filter(pk=made.children[0].pk).update(given_name="Stephen", family_name="Okafor")
    return made


@pytest.fixture
def other(council: MadeCouncil) -> MadeFamily:
    made = make_family(council, children=2)
    Person.objects.filter(pk=made.children[0].pk).update(given_name="Stephen", family_name="Okafur")
    close_everything(made, at=NOW + timedelta(hours=1))
    return made


def compare_address(first: MadeFamily, second: MadeFamily) -> str:
    return f"/children/{first.children[0].ref}/same-child?other={second.children[0].ref}"


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return words_of(answer.content)


def test_the_likely_same_child_is_offered_and_found_by_name_date_or_reference(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    with at(LATER):
        client = signed_in(council.practitioners["front-door"], LATER)
        here = f"/children/{kept.children[0].ref}/same-child"
        assert "Same first name. Similar family name. Same date of birth" in page(client, here)
        assert f"other={other.children[0].ref}" in client.get(f"{here}?q=Okafur").content.decode()
        by_reference = client.get(f"{here}?q={other.children[0].ref.lower()}")
        assert by_reference.url == compare_address(kept, other)  # type: ignore[attr-defined]
        assert "No other child is known" in page(client, f"{here}?q=Nobody")


def test_the_record_with_work_is_kept_whichever_was_begun_from(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    with at(LATER):
        client = signed_in(council.practitioners["front-door"], LATER)
        for address in (compare_address(kept, other), compare_address(other, kept)):
            assert f"Record {kept.children[0].ref} is kept, because something is open on it" in page(client, address)
        close_everything(kept, at=NOW + timedelta(hours=1))
        assert f"Record {other.children[0].ref} would be" in page(client, compare_address(other, kept))
        swapped = page(client, f"{compare_address(other, kept)}&keep={kept.children[0].ref}")
        assert f"Record {kept.children[0].ref} would be" in swapped


def test_joined_shown_and_taken_apart(council: MadeCouncil, kept: MadeFamily, other: MadeFamily) -> None:
    child, twice = kept.children[0], other.children[0]
    with at(LATER):
        client = signed_in(council.practitioners["front-door"], LATER)
        address = compare_address(other, kept)
        empty = client.post(address, filled_in(kept=child.ref, reason=""))
        assert empty.status_code == 422
        assert "Write how you know that they are one child" in words_of(empty.content)
        done = client.post(address, filled_in(kept=child.ref, reason="One birth date, one school"), follow=True)
        joining = JoinedRecord.objects.get()
        assert (joining.kept, joining.other) == (child, twice)
        assert "Two records of Stephen Okafor" in words_of(done.content)
        assert "One birth date, one school" in words_of(done.content)
        parted = client.post(f"/children/joined/{joining.ref}", filled_in(reason="They are twins"), follow=True)
        assert "These are two children again" in words_of(parted.content)
        assert not Person.objects.filter(is_joined=True).exists()
        assert "Take the records apart" not in page(client, f"/children/joined/{joining.ref}")


def test_two_with_work_are_refused_with_what_is_open_whom_to_ring_and_the_way_on(
    council: MadeCouncil, kept: MadeFamily
) -> None:
    second = make_family(council, children=1)
    worker = council.practitioners["social-worker"]
    with at(LATER):
        client = signed_in(council.practitioners["front-door"], LATER)
        words = page(client, compare_address(kept, second))
    assert "Something is open on both records" in words
    assert words.count(f"{worker.given_name} {worker.family_name}") == 2
    assert worker.phone in words
    assert "If something changes" in words
    assert "join the records" not in words


def test_what_was_opened_meanwhile_is_said_and_the_reason_is_kept(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    with at(LATER):
        client = signed_in(council.practitioners["front-door"], LATER)
        sent = filled_in(kept=other.children[0].ref, reason="One birth date")
        answer = client.post(compare_address(other, kept), sent)
    assert answer.status_code == 422
    assert f"Something is open on record {kept.children[0].ref} now" in words_of(answer.content)
    assert "One birth date" in answer.content.decode()
    assert not JoinedRecord.objects.exists()


def test_a_second_click_leads_where_the_first_did(council: MadeCouncil, kept: MadeFamily, other: MadeFamily) -> None:
    with at(LATER):
        client = signed_in(council.practitioners["front-door"], LATER)
        sent = filled_in(kept=kept.children[0].ref, reason="One birth date")
        client.post(compare_address(kept, other), sent)
        assert client.post(compare_address(kept, other), sent).status_code == 302
    assert JoinedRecord.objects.count() == 1


@pytest.mark.parametrize("role", ["social-worker", "team-manager", "support-practitioner", "lead-practitioner"])
def test_for_who_does_not_see_the_index_there_is_no_such_page(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily, role: str
) -> None:
    with at(LATER):
        client = signed_in(council.practitioners[role], LATER)
        for address in (compare_address(kept, other), f"/children/{kept.children[0].ref}/same-child"):
            assert client.get(address).status_code == 404
            assert client.post(address, filled_in(kept=kept.children[0].ref, reason="One")).status_code == 404


def test_the_page_of_a_joined_record_leads_who_sees_the_child_to_the_kept_one(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    make_joined(council, kept.children[0], other.children[0])
    with at(LATER):
        client = signed_in(council.practitioners["social-worker"], LATER)
        html = client.get(f"/children/{other.children[0].ref}").content
    assert "is on record twice" in words_of(html)
    assert f"/children/{kept.children[0].ref}" in html.decode()


def test_who_sees_only_the_family_of_the_joined_record_learns_nothing_of_the_kept_one(
    council: MadeCouncil, kept: MadeFamily
) -> None:
    second = make_family(council, children=2, worker=council.stranger)
    close_everything(second, at=NOW + timedelta(hours=1))
    second.main_contacts.clear()
    with at(LATER):
        open_involvement(
            council, second, second.children[1], kind="care", start=NOW + timedelta(hours=1), worker=council.stranger
        )
        make_joined(council, kept.children[0], second.children[0])
        client = signed_in(council.stranger, LATER)
        words = page(client, f"/children/{second.children[0].ref}")
        assert "of a family with which you do not work" in words
        assert kept.children[0].ref not in words
        assert "Okafor" not in words
        assert client.get(f"/children/{kept.children[0].ref}").status_code == 404


def test_for_others_the_joined_record_is_as_if_it_were_not_there(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    joining = make_joined(council, kept.children[0], other.children[0])
    with at(LATER):
        for who in (council.stranger, council.practitioners["lead-practitioner"]):
            client = signed_in(who, LATER)
            nothing = words_of(client.get("/children/THERE0IS").content)
            for address in (f"/children/{other.children[0].ref}", f"/children/joined/{joining.ref}"):
                answer = client.get(address)
                assert answer.status_code == 404
                assert words_of(answer.content) == nothing


@pytest.mark.parametrize("role", ["social-worker", "team-manager", "front-door"])
def test_who_may_undo_finds_the_joining(council: MadeCouncil, kept: MadeFamily, other: MadeFamily, role: str) -> None:
    joining = make_joined(council, kept.children[0], other.children[0])
    with at(LATER):
        client = signed_in(council.practitioners[role], LATER)
        assert "Not the same child?" in page(client, f"/children/joined/{joining.ref}")


def test_each_page_needs_few_statements(council: MadeCouncil, kept: MadeFamily, other: MadeFamily) -> None:
    here = f"/children/{kept.children[0].ref}/same-child"
    with at(LATER):
        client = signed_in(council.practitioners["front-door"], LATER)
        counts = {address: len(statements(client, address)) for address in (here, compare_address(kept, other))}
        joining = make_joined(council, kept.children[0], other.children[0])
        joined = [f"/children/joined/{joining.ref}"]
        counts |= {address: len(statements(client, address)) for address in joined}
        client = signed_in(council.practitioners["social-worker"], LATER)
        counts |= {one: len(statements(client, one)) for one in (f"/children/{other.children[0].ref}",)}
    assert {one: count for one, count in counts.items() if count > MOST_STATEMENTS} == {}


def test_a_referral_of_the_other_family_leads_to_the_one_where_the_child_is_worked_with(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    make_joined(council, kept.children[0], other.children[0])
    with at(LATER):
        client = signed_in(council.practitioners["front-door"], LATER)
        html = client.get(f"/referrals/new/{other.family.ref}").content
        assert "Stephen is on record twice" in words_of(html)
        assert f"/referrals/new/{kept.family.ref}" in html.decode()
        assert f'value="{other.children[0].ref}"' not in html.decode()
        assert f'value="{other.children[1].ref}"' in html.decode()


def test_the_index_leads_to_the_page_that_joins(council: MadeCouncil, kept: MadeFamily) -> None:
    with at(LATER):
        html = signed_in(council.practitioners["front-door"], LATER).get("/search?q=Okafor").content.decode()
    assert f"/children/{kept.children[0].ref}/same-child" in html


@dataclass
class Shown:
    """A child of a worker whose other record has a past, with a sibling, in a family that is not that worker's."""

    council: MadeCouncil
    kept: MadeFamily
    other: MadeFamily
    letter: Document
    siblings_letter: Document

    @property
    def address(self) -> str:
        return f"/children/{self.kept.children[0].ref}"

    @property
    def mark(self) -> str:
        return f"From record {self.other.children[0].ref}, which was joined."


@pytest.fixture
def shown(council: MadeCouncil) -> Shown:
    kept = make_family(council, children=1, worker=council.stranger)
    second = make_family(council, children=2)
    walk = begin(council, second)
    RunChild.objects.filter(run=walk.run).update(outcome="moved", ended_at=walk.now)
    Run.objects.filter(pk=walk.run.pk).update(ended_at=walk.now, ending="moved")
    visit = Visit.objects.create(
        family=second.family, visited_at=NOW, kind="home-visit", by=council.stranger, note="About both"
    )
    letters = []
    for child in second.children:
        VisitChild.objects.create(visit=visit, child=child, seen=True, seen_alone=True)
        words = f"A letter to {child.given_name}".encode()
        letters.append(
            Document.objects.create(
                family=second.family,
                run=walk.run,
                child=child,
                kind="endings-letter",
                title="Endings letter",
                sha256="0" * 64,
                content=words,
                made_at=NOW,
                made_by=council.stranger,
                recipient=child.given_name,
            )
        )
    close_everything(second, at=NOW + timedelta(hours=1))
    return Shown(council, kept, second, *letters)


def test_the_childs_page_tells_what_the_joined_record_tells_and_marks_it(shown: Shown) -> None:
    sibling = shown.other.children[1]
    with at(LATER):
        client = signed_in(shown.council.stranger, LATER)
        before = page(client, shown.address)
        assert "No visit on record says that this child was seen" in before
        make_joined(shown.council, shown.kept.children[0], shown.other.children[0])
        words = page(client, shown.address)
        assert f"Record {shown.other.children[0].ref}" in words
        assert "No visit on record says that this child was seen" not in words
        assert words.count(shown.mark) == 3  # the involvement, the transfer, the letter
        assert sibling.given_name not in words
        assert client.get(f"/documents/{shown.letter.ref}").status_code == 200
        assert client.get(f"/documents/{shown.siblings_letter.ref}").status_code == 404


def test_a_letter_of_the_joined_record_opens_for_nobody_else(shown: Shown) -> None:
    joining = make_joined(shown.council, shown.kept.children[0], shown.other.children[0])
    with at(LATER):
        address = f"/documents/{shown.letter.ref}"
        for who in (shown.council.practitioners["support-practitioner"], shown.council.practitioners["front-door"]):
            assert signed_in(who, LATER).get(address).status_code == 404
        JoinedRecord.objects.filter(pk=joining.pk).update(
            undone_at=LATER, undone_by=joining.joined_by, undone_reason="Twins"
        )
        Person.objects.filter(is_joined=True).update(is_joined=False)
        assert signed_in(shown.council.stranger, LATER).get(address).status_code == 404


def test_a_child_twice_in_one_family_stands_there_once(council: MadeCouncil, kept: MadeFamily) -> None:
    twice = make_person(family_name="Okafor", birth_date=date(2015, 9, 1))
    Person.objects.filter(pk=twice.pk).update(given_name="Zebedee")
    FamilyMember.objects.create(family=kept.family, person=twice, role="child", during=since(NOW))
    addresses = ("/families", f"/families/{kept.family.ref}", f"/children/{kept.children[0].ref}")
    with at(LATER):
        client = signed_in(council.practitioners["social-worker"], LATER)
        assert all("Zebedee" in page(client, one) for one in addresses)
        make_joined(council, kept.children[0], twice)
        assert "Zebedee" not in page(client, "/families")
        assert "Zebedee" not in page(client, f"/families/{kept.family.ref}")
        assert page(client, f"/children/{kept.children[0].ref}").count("Zebedee") == 1  # the record that was joined


def test_the_family_of_the_joined_record_says_that_it_is_another_childs(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    with at(LATER):
        client = signed_in(council.practitioners["service-manager"], LATER)
        words = f"The same child as record {kept.children[0].ref}"
        addresses = (f"/families/{other.family.ref}", f"/children/{other.children[1].ref}")
        assert not any(words in page(client, one) for one in addresses)
        make_joined(council, kept.children[0], other.children[0])
        assert all(words in page(client, one) for one in addresses)


def test_only_who_sees_the_index_is_offered_to_join(council: MadeCouncil, kept: MadeFamily) -> None:
    address = f"/children/{kept.children[0].ref}"
    with at(LATER):
        assert "is on record twice" in page(signed_in(council.practitioners["service-manager"], LATER), address)
        assert "is on record twice" not in page(signed_in(council.practitioners["social-worker"], LATER), address)


def test_a_childs_page_with_a_joined_record_needs_few_statements(shown: Shown) -> None:
    make_joined(shown.council, shown.kept.children[0], shown.other.children[0])
    pages = [shown.address, f"/families/{shown.kept.family.ref}", f"/families/{shown.kept.family.ref}/chronology"]
    with at(LATER):
        client = signed_in(shown.council.stranger, LATER)
        counts = {one: len(statements(client, one)) for one in pages}
    assert {one: count for one, count in counts.items() if count > MOST_STATEMENTS} == {}
