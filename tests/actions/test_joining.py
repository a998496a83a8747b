"""Two records that are one child: joined by who sees the index, told to who answers, undone by both; nothing moved."""

from datetime import timedelta

import pytest
from django.core import serializers
from django.db.models import Model
from tests.actions.walking import begin
from tests.records.factories import (
    NOW,
    MadeCouncil,
    MadeFamily,
    close_everything,
    make_account,
    make_concern,
    make_council,
    make_family,
)

from handhold.access.families import sight_of
from handhold.access.joining import BothHaveWork
from handhold.access.transfers import NotHere
from handhold.actions.concerns import report_concern
from handhold.actions.concerns_afterwards import link_concern
from handhold.actions.joining import join_records, part_records
from handhold.actions.once import AlreadySubmitted, Submission
from handhold.actions.refusals import NotAllowed
from handhold.actions.transfers import CannotBegin, start_transfer
from handhold.audit.models import AuditEvent
from handhold.notifications.models import OutboxMessage
from handhold.queries.child_index import index_matching
from handhold.queries.concern_pages import concerns_of_children
from handhold.queries.invariants import find_breaches
from handhold.records.models import (
    Allocation,
    Concern,
    Involvement,
    JoinedRecord,
    MainContact,
    Person,
    Practitioner,
    Run,
    RunChild,
    StepRecord,
    VisitChild,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=2)
HISTORY: tuple[type[Model], ...] = (Involvement, Allocation, MainContact, RunChild, StepRecord, VisitChild, Concern)


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def kept(council: MadeCouncil) -> MadeFamily:
    return make_family(council, children=1)


@pytest.fixture
def other(council: MadeCouncil) -> MadeFamily:
    made = make_family(council, children=2)
    close_everything(made, at=NOW - timedelta(days=3))
    return made


def join(
    council: MadeCouncil,
    kept: Person,
    other: Person,
    *,
    by: str | Practitioner = "front-door",
    submission: Submission | None = None,
) -> JoinedRecord:
    who = council.practitioners[by] if isinstance(by, str) else by
    return join_records(kept.ref, other.ref, "Same birth date", by=who, now=NOW, submission=submission)


def all_rows() -> str:
    """Every row of both records' history, as it stands."""
    rows = [row for model in HISTORY for row in model._default_manager.order_by("pk")]
    return str(serializers.serialize("json", rows))


def test_joining_writes_one_record_and_moves_no_row(council: MadeCouncil, kept: MadeFamily, other: MadeFamily) -> None:
    before = all_rows()
    joining = join(council, kept.children[0], other.children[0])
    assert all_rows() == before
    assert (joining.kept, joining.other) == (kept.children[0], other.children[0])
    assert joining.joined_by == council.practitioners["front-door"]
    other.children[0].refresh_from_db()
    assert other.children[0].is_joined


def test_undoing_leaves_everything_as_before_but_for_the_joining(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    before, person = all_rows(), Person.objects.filter(pk=other.children[0].pk).values().get()
    joining = join(council, kept.children[0], other.children[0])
    part_records(joining.ref, "They are twins", by=council.practitioners["social-worker"], now=LATER)
    assert (all_rows(), Person.objects.filter(pk=other.children[0].pk).values().get()) == (before, person)
    joining.refresh_from_db()
    assert (joining.undone_at, joining.undone_reason) == (LATER, "They are twins")


def test_both_acts_are_audited_by_the_references_alone(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    joining = join(council, kept.children[0], other.children[0])
    part_records(joining.ref, "They are twins", by=council.practitioners["front-door"], now=LATER)
    events = AuditEvent.objects.order_by("pk")
    assert [one.name for one in events] == ["child.records-joined", "child.records-parted"]
    subjects = sorted([joining.ref, kept.children[0].ref, other.children[0].ref])
    assert [one.subjects for one in events] == [subjects, subjects]


def test_who_answers_for_the_child_and_their_manager_are_told(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    joining = join(council, kept.children[0], other.children[0])
    told = OutboxMessage.objects.filter(template="records-joined")
    expected = {council.practitioners[role].email for role in ("social-worker", "team-manager")}
    assert {one.to_address for one in told} == expected
    assert {one.context["path"] for one in told} == {f"/children/joined/{joining.ref}"}
    part_records(joining.ref, "They are twins", by=council.practitioners["social-worker"], now=LATER)
    told = OutboxMessage.objects.filter(template="records-parted")
    expected = {council.practitioners[role].email for role in ("front-door", "team-manager")}
    assert {one.to_address for one in told} == expected


@pytest.mark.parametrize("role", ["social-worker", "team-manager", "lead-practitioner", "support-practitioner"])
def test_who_does_not_see_the_index_joins_nothing(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily, role: str
) -> None:
    with pytest.raises(NotHere):
        join(council, kept.children[0], other.children[0], by=role)
    assert not JoinedRecord.objects.exists()


def test_a_child_of_another_council_is_not_there(council: MadeCouncil, kept: MadeFamily) -> None:
    elsewhere = make_family(make_council(code="other"), children=1)
    close_everything(elsewhere)
    with pytest.raises(NotHere):
        join(council, kept.children[0], elsewhere.children[0])


def test_an_adult_is_no_record_of_a_child(council: MadeCouncil, kept: MadeFamily, other: MadeFamily) -> None:
    with pytest.raises(NotHere):
        join(council, kept.children[0], other.mother)


@pytest.mark.parametrize("role", ["social-worker", "team-manager", "front-door", "service-manager"])
def test_who_answers_manages_or_sees_the_index_undoes(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily, role: str
) -> None:
    joining = join(council, kept.children[0], other.children[0])
    part_records(joining.ref, "They are twins", by=council.practitioners[role], now=LATER)
    assert not Person.objects.filter(is_joined=True).exists()


@pytest.mark.parametrize("role", ["support-practitioner", "lead-practitioner", "practice-manager"])
def test_anybody_else_undoes_nothing(council: MadeCouncil, kept: MadeFamily, other: MadeFamily, role: str) -> None:
    joining = join(council, kept.children[0], other.children[0])
    for who in (council.practitioners[role], council.stranger):
        with pytest.raises(NotHere):
            part_records(joining.ref, "They are twins", by=who, now=LATER)
    assert Person.objects.filter(is_joined=True).count() == 1


def test_two_records_with_work_are_refused(council: MadeCouncil, kept: MadeFamily) -> None:
    second = make_family(council, children=1)
    with pytest.raises(BothHaveWork):
        join(council, kept.children[0], second.children[0])
    assert not JoinedRecord.objects.exists()


def test_a_part_in_an_open_run_is_work(council: MadeCouncil, kept: MadeFamily) -> None:
    second = make_family(council, children=1)
    begin(council, second)
    with pytest.raises(BothHaveWork):
        join(council, kept.children[0], second.children[0])


def test_the_record_with_work_is_the_one_to_keep(council: MadeCouncil, kept: MadeFamily, other: MadeFamily) -> None:
    with pytest.raises(NotAllowed, match="that is the one to keep") as refused:
        join(council, other.children[0], kept.children[0])
    assert kept.children[0].ref in refused.value.what


def test_two_records_without_work_are_joined_as_asked(council: MadeCouncil, other: MadeFamily) -> None:
    second = make_family(council, children=1)
    close_everything(second)
    assert join(council, second.children[0], other.children[0]).kept == second.children[0]


def test_an_undecided_concern_stands_in_no_way_and_is_not_told(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    make_concern(council, child=kept.children[0], family=kept.family)
    make_concern(council, child=other.children[0], family=other.family)
    assert join(council, kept.children[0], other.children[0]).undone_at is None


def test_no_chain_is_built_and_the_refusal_says_which_record_is_kept(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    child, (first, second) = kept.children[0], other.children
    join(council, child, first)
    with pytest.raises(NotAllowed, match=f"joined to record {child.ref}"):
        join(council, first, second)
    with pytest.raises(NotAllowed, match=f"joined to record {child.ref}"):
        join(council, second, first)
    close_everything(kept)
    with pytest.raises(NotAllowed, match=f"Record {first.ref} was joined to record {child.ref}"):
        join(council, second, child)
    assert join(council, child, second).kept == child


def test_a_record_is_not_joined_to_itself(council: MadeCouncil, kept: MadeFamily) -> None:
    with pytest.raises(NotAllowed, match="same record"):
        join(council, kept.children[0], kept.children[0])


def test_what_was_taken_apart_is_not_taken_apart_again(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    joining = join(council, kept.children[0], other.children[0])
    part_records(joining.ref, "They are twins", by=council.practitioners["front-door"], now=LATER)
    with pytest.raises(NotAllowed, match="apart already"):
        part_records(joining.ref, "Twins", by=council.practitioners["front-door"], now=LATER)


def test_a_double_click_joins_once(council: MadeCouncil, kept: MadeFamily, other: MadeFamily) -> None:
    account = make_account(council.practitioners["front-door"])
    submission = Submission("a-key", account, "/children")
    join(council, kept.children[0], other.children[0], submission=submission)
    with pytest.raises(AlreadySubmitted):
        join_records(
            kept.children[0].ref,
            other.children[0].ref,
            "Same birth date",
            by=council.practitioners["front-door"],
            now=LATER,
            submission=submission,
        )
    assert JoinedRecord.objects.count() == 1


def test_every_promise_holds_with_a_joined_record(council: MadeCouncil, kept: MadeFamily, other: MadeFamily) -> None:
    join(council, kept.children[0], other.children[0])
    assert find_breaches(NOW) == []


def test_a_concern_about_the_joined_record_is_filed_on_the_kept_one(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    join(council, kept.children[0], other.children[0])
    by = council.practitioners["lead-practitioner"]

    def report(child_ref: str = "", family_ref: str = "") -> Concern:
        return report_concern(
            who="A child", what="Bruises", child_ref=child_ref, family_ref=family_ref, by=by, now=LATER
        )

    concern = report(child_ref=other.children[0].ref, family_ref=other.family.ref)
    assert (concern.child, concern.family) == (kept.children[0], other.family)
    assert report(child_ref=other.children[0].ref).family == kept.family
    unlinked = report()
    receiver = council.practitioners["front-door"]
    assert link_concern(unlinked.ref, other.children[0].ref, by=receiver, now=LATER).child == kept.children[0]


def test_no_referral_and_no_transfer_begins_for_a_joined_record(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    joining = join(council, kept.children[0], other.children[0])
    by = council.practitioners["front-door"]

    def refer() -> Run:
        refs = [other.children[0].ref]
        return start_transfer(other.family.ref, "referral-to-early-help", refs, by=by, now=LATER)

    with pytest.raises(CannotBegin, match=f"same child as record {kept.children[0].ref}"):
        refer()
    part_records(joining.ref, "They are twins", by=by, now=LATER)
    assert refer().children.get() == other.children[0]


def test_the_index_and_the_likely_duplicates_show_one_child_by_the_names_of_both_records(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    child, twice = kept.children[0], other.children[0]
    Person.objects.filter(pk=child.pk).update(given_name="Stephen", family_name="Okafor")
    Person.objects.filter(pk=twice.pk).update(given_name="Steven", family_name="Okafur", birth_date=child.birth_date)
    sight = sight_of(council.practitioners["front-door"], LATER)
    concern = make_concern(council, child=twice, sent_at=NOW)
    assert twice in index_matching(sight, "Okafur")
    joining = join(council, child, twice)
    assert list(index_matching(sight, "Okafur")) == [child]
    assert list(index_matching(sight, "Stephen")) == [child]
    assert child in index_matching(sight, f"{child.birth_date:%d/%m/%Y}")
    assert twice not in index_matching(sight, f"{child.birth_date:%d/%m/%Y}")
    assert [one.ref for one in concerns_of_children([child], sight)[child.pk]] == [concern.ref]
    part_records(joining.ref, "They are twins", by=sight.by, now=LATER)
    assert index_matching(sight, "Okafur").first() == twice
    assert concerns_of_children([child], sight)[child.pk] == []
