"""A child who is born, somebody who joins a household or leaves it: written down by the council's people, and kept."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.actions.walking import begin
from tests.records.factories import (
    NOW,
    MadeCouncil,
    MadeFamily,
    make_account,
    make_council,
    make_family,
    make_joined,
    make_person,
    since,
)

from handhold.access.families import access_child_to_read
from handhold.access.transfers import NotHere
from handhold.actions.households import Joins, Kinship, join_household, leave_household, move_in_again, tell_of_change
from handhold.actions.once import AlreadySubmitted, Submission
from handhold.actions.persons import Birth, Details, correct_person, record_birth
from handhold.actions.refusals import NoSuchChoice, NotAllowed
from handhold.audit.models import AuditEvent
from handhold.notifications.models import OutboxMessage
from handhold.queries.invariants import find_breaches
from handhold.records.models import (
    Document,
    FamilyMember,
    Involvement,
    Message,
    Person,
    PersonChange,
    Relationship,
)

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
EXPECTED = date(2026, 12, 10)
BIRTH = Birth("Noah", "Hart", TODAY - timedelta(days=2), "male")


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def family(council: MadeCouncil) -> MadeFamily:
    return make_family(council, children=2)


def add_child(family: MadeFamily, *, expected: date | None = None, born: date | None = None) -> Person:
    person = make_person(birth_date=born, expected=expected)
    start = since(NOW - timedelta(days=20))
    FamilyMember.objects.create(family=family.family, person=person, role="child", during=start)
    return person


@pytest.fixture
def baby(family: MadeFamily) -> Person:
    return add_child(family, expected=EXPECTED)


def bear(
    council: MadeCouncil, family: MadeFamily, baby: Person, birth: Birth = BIRTH, role: str = "social-worker"
) -> None:
    record_birth(family.family.ref, baby.ref, birth, by=council.practitioners[role], now=NOW)


def details(person: Person, **other: object) -> Details:
    given = {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "birth_date": person.birth_date,
        "expected_birth_date": person.expected_birth_date,
        "sex": person.sex,
    }
    return Details(**(given | other))  # type: ignore[arg-type]


def correct(
    council: MadeCouncil, family: MadeFamily, person: Person, why: str = "The red book", **other: object
) -> None:
    by = council.practitioners["social-worker"]
    person.refresh_from_db()
    correct_person(family.family.ref, person.ref, details(person, **other), why, by=by, now=NOW)


def join(council: MadeCouncil, family: MadeFamily, role: str = "social-worker", **of: object) -> Person:
    given = {"is_child": True, "joined_date": TODAY, "given_name": "Jo", "birth_date": date(2012, 4, 4)} | of
    return join_household(
        family.family.ref,
        Joins(**given),  # type: ignore[arg-type]
        by=council.practitioners[role],
        now=NOW,
    )


def leave(council: MadeCouncil, family: MadeFamily, person: Person, *, stays: bool, why: str = "With an aunt") -> None:
    by = council.practitioners["social-worker"]
    day = TODAY - timedelta(days=1)
    leave_household(family.family.ref, person.ref, day, why, stays_in_family=stays, by=by, now=NOW)


def members_now(family: MadeFamily, person: Person) -> list[tuple[str, bool]]:
    rows = family.family.memberships.filter(person=person, during__contains=NOW)
    return list(rows.values_list("role", "in_household"))


def test_a_birth_is_written_on_the_child_who_was_expected(
    council: MadeCouncil, family: MadeFamily, baby: Person
) -> None:
    bear(council, family, baby)
    baby.refresh_from_db()
    assert (baby.given_name, baby.family_name, baby.birth_date, baby.sex) == ("Noah", "Hart", BIRTH.birth_date, "male")
    assert baby.expected_birth_date == EXPECTED, "the day that was expected stays on record"
    change = PersonChange.objects.get()
    assert (change.kind, change.person, change.written_by) == ("born", baby, council.practitioners["social-worker"])
    assert change.before["birth_date"] is None
    assert AuditEvent.objects.filter(name="person.born", subjects__contains=[baby.ref]).count() == 1


def test_a_birth_changes_nothing_of_a_transfer_on_its_way(council: MadeCouncil, family: MadeFamily) -> None:
    walk = begin(council, make_family(council, children=1))
    unborn = walk.family.children[0]
    Person.objects.filter(pk=unborn.pk).update(birth_date=None, expected_birth_date=EXPECTED, given_name="")
    walk.to_lead_accepted().to_ready_to_close()
    letters = list(Document.objects.order_by("pk").values_list("sha256", flat=True))
    by = walk.person("social-worker")
    birth = Birth("Noah", "Hart", walk.now.date())
    record_birth(walk.family.family.ref, unborn.ref, birth, by=by, now=walk.now)
    assert list(Document.objects.order_by("pk").values_list("sha256", flat=True)) == letters
    walk.close(unborn.ref)
    assert Involvement.objects.filter(child=unborn, open_during__upper_inf=True).get().kind == "early-help"
    assert find_breaches(walk.now) == []


def test_a_birth_is_written_once(council: MadeCouncil, family: MadeFamily, baby: Person) -> None:
    account = make_account(council.practitioners["social-worker"])
    form = Submission("6a0c8f0e-2f55-4f0a-9b5b-0f6c1a5a0001", account, "/families")
    by = council.practitioners["social-worker"]
    record_birth(family.family.ref, baby.ref, BIRTH, by=by, now=NOW, submission=form)
    later = NOW + timedelta(minutes=1)
    with pytest.raises(AlreadySubmitted), transaction.atomic():
        record_birth(family.family.ref, baby.ref, BIRTH, by=by, now=later, submission=form)
    with pytest.raises(NotAllowed, match="on record already"):
        bear(council, family, baby)
    assert PersonChange.objects.count() == 1


@pytest.mark.parametrize(
    ("birth", "words"),
    [
        (Birth("Noah", "Hart", TODAY + timedelta(days=1)), "today or in the past"),
        (Birth("Noah", "Hart", date(2025, 11, 22)), "Check the year"),
        (Birth(" ", "Hart", TODAY), "first name"),
    ],
)
def test_a_birth_that_cannot_be_right_is_refused(
    council: MadeCouncil, family: MadeFamily, baby: Person, birth: Birth, words: str
) -> None:
    with pytest.raises(NotAllowed, match=words):
        bear(council, family, baby, birth)
    assert not PersonChange.objects.exists()


def test_a_birth_is_written_on_the_record_with_which_the_child_is_worked(
    council: MadeCouncil, family: MadeFamily, baby: Person
) -> None:
    make_joined(council, family.children[0], baby)
    with pytest.raises(NotAllowed, match=family.children[0].ref):
        bear(council, family, baby)


@pytest.mark.parametrize(
    "role", ["social-worker", "team-manager", "front-door", "duty-manager", "service-manager", "early-help-coordinator"]
)
def test_who_answers_who_manages_them_and_who_sees_the_index_write_it_down(
    council: MadeCouncil, family: MadeFamily, baby: Person, role: str
) -> None:
    bear(council, family, baby, role=role)
    join(council, family, role)
    assert PersonChange.objects.count() == 2


@pytest.mark.parametrize("role", ["support-practitioner", "lead-practitioner", "practice-manager", "pathways-worker"])
def test_anybody_else_finds_nothing_there(council: MadeCouncil, family: MadeFamily, baby: Person, role: str) -> None:
    acts = (lambda: bear(council, family, baby, role=role), lambda: join(council, family, role))
    for act in acts:
        with pytest.raises(NotHere):
            act()
    assert not PersonChange.objects.exists()


def test_a_partner_who_leads_and_another_council_write_nothing_down(council: MadeCouncil) -> None:
    walk = begin(council, make_family(council, children=1)).to_lead_accepted().to_closed()
    others = make_council(code="elsewhere")
    for by in (walk.person("lead-practitioner"), others.practitioners["service-manager"]):
        with pytest.raises(NotHere):
            join_household(walk.family.family.ref, Joins(True, walk.now.date(), "Jo"), by=by, now=walk.now)


def test_a_wrong_birth_date_is_corrected_and_the_old_one_kept(
    council: MadeCouncil, family: MadeFamily, baby: Person
) -> None:
    bear(council, family, baby)
    correct(council, family, baby, birth_date=TODAY)
    baby.refresh_from_db()
    assert baby.birth_date == TODAY
    change = PersonChange.objects.latest("pk")
    assert change.before == {"birth_date": BIRTH.birth_date.isoformat()}
    assert change.after == {"birth_date": TODAY.isoformat()}
    assert change.why == "The red book"
    assert AuditEvent.objects.filter(name="person.corrected").count() == 1


def test_a_birth_that_was_written_for_the_wrong_child_is_taken_back(
    council: MadeCouncil, family: MadeFamily, baby: Person
) -> None:
    bear(council, family, baby)
    correct(council, family, baby, given_name="", birth_date=None, why="It was another family's")
    baby.refresh_from_db()
    assert (baby.birth_date, baby.expected_birth_date) == (None, EXPECTED)


def test_a_correction_says_why_changes_something_and_leaves_a_child_a_date(
    council: MadeCouncil, family: MadeFamily
) -> None:
    child = family.children[0]
    with pytest.raises(NotAllowed, match="how you know"):
        correct(council, family, child, why=" ", given_name="Adah")
    with pytest.raises(NotAllowed, match="different"):
        correct(council, family, child)
    with pytest.raises(NotAllowed, match="date of birth"):
        correct(council, family, child, birth_date=None)
    with pytest.raises(NotAllowed, match="first name"):
        correct(council, family, child, given_name="")
    assert not PersonChange.objects.exists()


def test_what_was_written_down_is_never_edited(council: MadeCouncil, family: MadeFamily, baby: Person) -> None:
    bear(council, family, baby)
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonChange.objects.update(why="Otherwise")
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonChange.objects.all().delete()


def test_a_child_who_joins_belongs_to_the_family_and_nothing_is_opened(
    council: MadeCouncil, family: MadeFamily
) -> None:
    kin = (
        Kinship(family.mother.ref, "step-parent"),
        Kinship(family.children[0].ref, "half-brother", of_who_joins=False),
    )
    child = join(council, family, kinships=kin)
    assert members_now(family, child) == [("child", True)]
    kinds = Relationship.objects.filter(from_person=family.mother, to_person=child)
    assert [(one.kind, one.parental_responsibility) for one in kinds] == [("step-parent", False)]
    assert Relationship.objects.get(from_person=child, to_person=family.children[0]).kind == "half-brother"
    assert not Involvement.objects.filter(child=child).exists()
    assert child.address == family.mother.address, "letters find them"
    assert access_child_to_read(child.ref, by=council.practitioners["social-worker"], now=NOW)[0] == child


def test_a_partner_of_a_parent_joins_as_an_adult_of_no_known_age(council: MadeCouncil, family: MadeFamily) -> None:
    kin = (Kinship(family.children[0].ref, "step-parent", of_who_joins=False),)
    adult = join(council, family, is_child=False, birth_date=None, given_name="Sam", kinships=kin)
    assert members_now(family, adult) == [("adult", True)]
    assert adult.birth_date is None


def test_who_is_on_record_joins_as_the_same_person(council: MadeCouncil, family: MadeFamily) -> None:
    other = make_family(council, children=1)
    before = Person.objects.count()
    child = join(council, family, known_ref=other.children[0].ref)
    assert (child, Person.objects.count()) == (other.children[0], before)
    assert child.families.count() == 2


def test_nobody_opens_a_record_for_themself_by_adding_its_child(council: MadeCouncil, family: MadeFamily) -> None:
    elsewhere = make_family(council, children=1, worker=council.stranger)
    with pytest.raises(NotHere):
        join(council, family, known_ref=elsewhere.children[0].ref)
    join(council, family, "front-door", known_ref=elsewhere.children[0].ref)
    assert members_now(family, elsewhere.children[0]) == [("child", True)]


@pytest.mark.parametrize(
    ("of", "words"),
    [
        ({"given_name": ""}, "first name"),
        ({"birth_date": None}, "day on which the baby is due"),
        ({"birth_date": TODAY + timedelta(days=3)}, "today or in the past"),
        ({"joined_date": TODAY + timedelta(days=3)}, "when it has come"),
        ({"joined_date": date(2012, 4, 3)}, "cannot be before"),
    ],
)
def test_who_joins_is_described_and_has_come(
    council: MadeCouncil, family: MadeFamily, of: dict[str, object], words: str
) -> None:
    with pytest.raises(NotAllowed, match=words):
        join(council, family, **of)  # type: ignore[arg-type]
    assert not PersonChange.objects.exists()


def test_nobody_joins_where_they_live(council: MadeCouncil, family: MadeFamily) -> None:
    with pytest.raises(NotAllowed, match="already"):
        join(council, family, known_ref=family.children[1].ref)
    with pytest.raises(NoSuchChoice):
        join(council, family, kinships=(Kinship(council.practitioners["front-door"].ref, "mother"),))


def test_a_child_with_open_work_who_leaves_stays_of_the_family_and_with_who_answers(
    council: MadeCouncil, family: MadeFamily
) -> None:
    child = family.children[0]
    with pytest.raises(NotAllowed, match="Something is open"):
        leave(council, family, child, stays=False)
    leave(council, family, child, stays=True)
    assert members_now(family, child) == [("child", False)]
    assert Involvement.objects.filter(child=child, open_during__upper_inf=True).count() == 1
    assert access_child_to_read(child.ref, by=council.practitioners["social-worker"], now=NOW)[0] == child
    assert find_breaches(NOW) == []


def test_who_leaves_the_family_is_kept_as_having_been_there_and_can_come_back(
    council: MadeCouncil, family: MadeFamily
) -> None:
    leave(council, family, family.father, stays=False)
    assert members_now(family, family.father) == []
    assert family.family.memberships.filter(person=family.father).count() == 1
    by = council.practitioners["social-worker"]
    with pytest.raises(NotAllowed, match="later"):
        move_in_again(family.family.ref, family.father.ref, TODAY - timedelta(days=5), by=by, now=NOW)
    move_in_again(family.family.ref, family.father.ref, TODAY, by=by, now=NOW)
    assert members_now(family, family.father) == [("adult", True)]
    assert list(PersonChange.objects.order_by("pk").values_list("kind", flat=True)) == ["left", "joined"]


def test_leaving_says_why_and_is_not_before_it_began(council: MadeCouncil, family: MadeFamily) -> None:
    by = council.practitioners["social-worker"]
    with pytest.raises(NotAllowed, match="where they live"):
        leave(council, family, family.father, stays=True, why="")
    long_ago = TODAY - timedelta(days=400)
    with pytest.raises(NotAllowed, match="began on"):
        leave_household(family.family.ref, family.father.ref, long_ago, "Left", stays_in_family=True, by=by, now=NOW)
    leave(council, family, family.father, stays=True)
    with pytest.raises(NotAllowed, match="elsewhere already"):
        leave_household(family.family.ref, family.father.ref, TODAY, "Left", stays_in_family=True, by=by, now=NOW)


def test_who_answers_for_the_children_hears_of_it_without_a_name(council: MadeCouncil, family: MadeFamily) -> None:
    join(council, family, "front-door")
    told = OutboxMessage.objects.filter(template="household-changed")
    assert [one.to_address for one in told] == [council.practitioners["social-worker"].email]
    assert told[0].context == {"ref": family.family.ref, "path": f"/families/{family.family.ref}"}
    join(council, family, given_name="Al")
    assert told.count() == 1, "who wrote it down is not told"


def test_a_partner_tells_the_councils_person_who_stands_behind_them(council: MadeCouncil) -> None:
    walk = begin(council, make_family(council, children=1)).to_lead_accepted().to_closed()
    lead, ref = walk.person("lead-practitioner"), walk.family.family.ref
    tell_of_change(ref, "She has had a baby, Noah, on Sunday.", by=lead, now=walk.now)
    assert Message.objects.latest("pk").text == "She has had a baby, Noah, on Sunday."
    told = OutboxMessage.objects.filter(template="message-received", created_at=walk.now)
    assert walk.person("early-help-coordinator").email in {one.to_address for one in told}
    with pytest.raises(NoSuchChoice):
        tell_of_change(ref, " ", by=lead, now=walk.now)
    for by in (walk.person("social-worker"), council.second_lead):
        with pytest.raises(NotHere):
            tell_of_change(ref, "A baby", by=by, now=walk.now)
