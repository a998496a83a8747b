"""Before somebody is put on record the front door is shown who of those there they may be. Nothing typed is lost."""

from datetime import date

import pytest
from django.test import Client

from handhold.audit.models import AuditEvent
from handhold.records.models import Family, FamilyMember, Person, Relationship, Run
from tests.actions.walking_from_mash import ANSWERS
from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_council, make_family
from tests.web.walked import at, date_parts, filled_in, signed_in, words_of

pytestmark = pytest.mark.django_db
UNKNOWN = "/referrals/new/unknown"
TYPED: dict[str, object] = {
    **{f"field-{one.field}": one.text for one in ANSWERS},
    **date_parts("received", 24, 11, 2026),
    "family_name": "Okafor",
    "child-1-given": "Steven",
    **date_parts("child-1-born", 1, 9, 2015),
    "child-2-given": "Ines",
    **date_parts("child-2-born", 3, 4, 2021),
    "adult-1-given": "Jude",
    "adult-1-relation": "father",
}


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def family(council: MadeCouncil) -> MadeFamily:
    """Stephen Okafor, born on 1 September 2015, for whom nothing but an assessment is open."""
    made = make_family(council, children=1)
    Family.objects.filter(pk=made.family.pk).update(name="Okafor")
    child = made.children[0]
    child.given_name, child.family_name = "Stephen", "Okafor"
    child.save()
    return made


def send(council: MadeCouncil, **answers: object) -> tuple[int, str, str]:
    """How the form is answered: status, words, page."""
    with at(NOW):
        client: Client = signed_in(council.practitioners["front-door"])
        answer = client.post(UNKNOWN, filled_in(**TYPED, **answers))
    return answer.status_code, words_of(answer.content), answer.content.decode()


def test_who_may_be_on_record_is_asked_with_nothing_chosen_and_everything_kept(
    council: MadeCouncil, family: MadeFamily
) -> None:
    worker = council.practitioners["social-worker"]
    status, words, page = send(council)
    assert status == 200
    assert "Is Steven Okafor one of these?" in words
    assert "Stephen Okafor, born 1 September 2015" in words
    assert f"Same date of birth. {worker.given_name} {worker.family_name}, 01632 960 001" in words
    assert "Ines" not in words
    assert "There is a problem" not in words
    assert " checked" not in page
    for name, value in TYPED.items():
        assert f'name="{name}"' in page, value
    assert 'value="Ines"' in page
    assert not Run.objects.exists()
    (shown,) = AuditEvent.objects.filter(name="likely-duplicates.shown")
    assert shown.subjects == [family.children[0].ref]


def test_an_answer_is_needed_and_has_to_be_one_of_those_shown(council: MadeCouncil, family: MadeFamily) -> None:
    stranger = make_family(make_council(code="other"), children=1).children[0]
    for answer in ({}, {"child-1-is": ""}, {"child-1-is": stranger.ref}):
        status, words, _ = send(council, **{"child-1-is-asked": "yes"}, **answer)
        assert status == 422
        assert "There is a problem" in words
    assert not Run.objects.exists()


def test_it_is_this_one_and_the_others_join_the_family_on_record(council: MadeCouncil, family: MadeFamily) -> None:
    (child,) = family.children
    status, _, _ = send(council, **{"child-1-is": child.ref, "child-1-is-asked": "yes"})
    assert status == 302
    run = Run.objects.get()
    assert run.family == family.family
    ines = Person.objects.get(given_name="Ines")
    assert {one.child for one in run.run_children.all()} == {child, ines}
    assert Person.objects.filter(birth_date=date(2015, 9, 1)).get() == child
    assert Family.objects.count() == 1
    assert FamilyMember.objects.filter(person=child).count() == 1
    jude = Person.objects.get(given_name="Jude")
    assert set(Relationship.objects.filter(from_person=jude).values_list("to_person", flat=True)) == {child.pk, ines.pk}
    assert AuditEvent.objects.filter(name="family.added-to").count() == 1


def test_none_of_these_goes_on_with_a_new_family(council: MadeCouncil, family: MadeFamily) -> None:
    status, _, _ = send(council, **{"child-1-is": "none", "child-1-is-asked": "yes"})
    assert status == 302
    assert Person.objects.filter(birth_date=date(2015, 9, 1)).count() == 2
    assert Run.objects.get().family != family.family


def test_an_unborn_child_of_a_mother_on_record_joins_her_family(council: MadeCouncil, family: MadeFamily) -> None:
    mother = family.mother
    typed = {name: value for name, value in TYPED.items() if not name.startswith(("child", "adult"))}
    typed |= date_parts("child-1-expected", 1, 3, 2027) | {"child-1-given": ""}
    typed |= {"adult-1-given": mother.given_name, "adult-1-family": mother.family_name, "adult-1-relation": "mother"}
    with at(NOW):
        client = signed_in(council.practitioners["front-door"])
        asked = words_of(client.post(UNKNOWN, filled_in(**typed)).content)
        assert f"Is {mother.given_name} {mother.family_name} one of these?" in asked
        answer = client.post(UNKNOWN, filled_in(**typed, **{"adult-1-is": mother.ref, "adult-1-is-asked": "yes"}))
    assert answer.status_code == 302
    unborn = Person.objects.get(expected_birth_date=date(2027, 3, 1))
    assert Run.objects.get().family == family.family
    assert Relationship.objects.get(to_person=unborn).from_person == mother


def test_what_was_typed_can_be_changed_before_answering(council: MadeCouncil, family: MadeFamily) -> None:
    status, words, page = send(council, add="")
    assert status == 200
    assert "A referral of a family that is not on record" in words
    assert 'value="Steven"' in page


def test_nobody_is_asked_where_nobody_is_like_them(council: MadeCouncil) -> None:
    assert send(council)[0] == 302
