"""An open involvement has exactly one accountable person, an open child one main contact: each way round it is refused.

Each breach is tried twice: with the constraint, which refuses it, and without, where it goes through (the control).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from handhold.records.constraints import check_constraints_now
from handhold.records.models import Allocation, Involvement, MainContact, Post, PostHolding
from tests.records.factories import (
    LAST_RESORT,
    LONG_AGO,
    NOW,
    MadeCouncil,
    MadeFamily,
    make_council,
    make_family,
    open_involvement,
    since,
)
from tests.records.refusals import refused_by, take_away

pytestmark = pytest.mark.django_db

START = NOW - timedelta(days=30)
LATER = NOW + timedelta(days=1)


@dataclass
class Case:
    """One family of one child, and the council that holds it."""

    council: MadeCouncil
    made: MadeFamily

    @property
    def involvement(self) -> Involvement:
        return self.made.involvements[0]

    def close_allocation(self) -> None:
        Allocation.objects.filter(involvement=self.involvement).update(during=since(START, NOW))

    def close_main_contact(self) -> None:
        MainContact.objects.filter(child=self.made.children[0]).update(during=since(START, NOW))

    def close_involvement(self) -> None:
        Involvement.objects.filter(pk=self.involvement.pk).update(
            open_during=since(START, NOW), closing_reason="universal-services-only"
        )

    def allocate(self, role: str, *, start: datetime = NOW, end: datetime | None = None) -> None:
        Allocation.objects.create(
            involvement=self.involvement, practitioner=self.council.practitioners[role], during=since(start, end)
        )

    def make_main_contact(self, role: str, *, start: datetime = NOW) -> None:
        MainContact.objects.create(
            child=self.made.children[0],
            involvement=self.involvement,
            practitioner=self.council.practitioners[role],
            during=since(start),
        )


@pytest.fixture
def case() -> Case:
    council = make_council()
    return Case(council, make_family(council, children=1))


def open_without_anybody(case: Case) -> None:
    child = case.made.children[0]
    agency = case.council.agencies["council"]
    Involvement.objects.create(child=child, kind="early-help", open_during=since(NOW), agency=agency)


def end_the_allocation_alone(case: Case) -> None:
    case.close_allocation()
    case.close_main_contact()
    other = open_involvement(case.council, case.made, case.made.children[0], kind="early-help", start=START)
    MainContact.objects.create(
        child=other.child,
        involvement=other,
        practitioner=case.council.practitioners["social-worker"],
        during=since(NOW),
    )


def leave_a_gap_of_an_instant(case: Case) -> None:
    case.close_allocation()
    case.close_main_contact()
    case.allocate("support-practitioner", start=NOW + timedelta(microseconds=1))
    other = open_involvement(case.council, case.made, case.made.children[0], kind="early-help", start=START)
    MainContact.objects.create(
        child=other.child,
        involvement=other,
        practitioner=case.council.practitioners["social-worker"],
        during=since(NOW),
    )


def allocate_a_second_person(case: Case) -> None:
    case.allocate("support-practitioner")


def end_the_main_contact_alone(case: Case) -> None:
    case.close_main_contact()


def open_with_a_person_but_no_main_contact(case: Case) -> None:
    sibling = make_family(case.council, children=1).children[0]
    MainContact.objects.filter(child=sibling).update(during=since(START, NOW))


def make_a_second_main_contact(case: Case) -> None:
    open_involvement(case.council, case.made, case.made.children[0], kind="early-help", start=NOW)
    MainContact.objects.create(
        child=case.made.children[0],
        involvement=case.made.involvements[1],
        practitioner=case.council.practitioners["social-worker"],
        during=since(NOW),
    )


def make_a_stranger_main_contact(case: Case) -> None:
    case.close_main_contact()
    case.make_main_contact("support-practitioner")


def keep_the_old_worker_as_main_contact(case: Case) -> None:
    case.close_allocation()
    case.allocate("support-practitioner")


def borrow_a_siblings_involvement(case: Case) -> None:
    other = make_family(case.council, children=1)
    case.close_main_contact()
    MainContact.objects.create(
        child=case.made.children[0],
        involvement=other.involvements[0],
        practitioner=case.council.practitioners["social-worker"],
        during=since(NOW),
    )


def close_and_leave_the_allocation_open(case: Case) -> None:
    case.close_main_contact()
    case.close_involvement()


def allocate_before_the_beginning(case: Case) -> None:
    case.allocate("support-practitioner", start=START - timedelta(days=1), end=START)


def close_without_a_reason(case: Case) -> None:
    case.close_main_contact()
    case.close_allocation()
    Involvement.objects.filter(pk=case.involvement.pk).update(open_during=since(START, NOW))


def give_a_reason_while_open(case: Case) -> None:
    opened = Involvement.objects.create(
        child=case.made.children[0],
        kind="early-help",
        open_during=since(NOW),
        agency=case.council.agencies["council"],
        closing_reason="moved",
    )
    worker = case.council.practitioners["social-worker"]
    Allocation.objects.create(involvement=opened, practitioner=worker, during=since(NOW))


def open_the_same_kind_twice(case: Case) -> None:
    open_involvement(case.council, case.made, case.made.children[0], kind=case.involvement.kind, start=NOW)


def leave_the_post_of_last_resort(case: Case) -> None:
    PostHolding.objects.filter(post=case.council.posts[LAST_RESORT]).update(during=since(LONG_AGO, NOW))


def make_a_post_of_last_resort_that_nobody_holds(case: Case) -> None:
    Post.objects.create(
        authority=case.council.authority, code="night", title="Night", must_be_held_during=since(LONG_AGO)
    )


BREACHES = [
    ("involvement", "involvement_has_accountable_person", end_the_allocation_alone),
    ("involvement", "involvement_has_accountable_person", leave_a_gap_of_an_instant),
    ("allocation", "allocation_one_at_a_time", allocate_a_second_person),
    ("involvement", "involvement_has_main_contact", end_the_main_contact_alone),
    ("involvement", "involvement_has_main_contact", open_with_a_person_but_no_main_contact),
    ("maincontact", "main_contact_one_at_a_time", make_a_second_main_contact),
    ("maincontact", "main_contact_is_accountable", make_a_stranger_main_contact),
    ("maincontact", "main_contact_is_accountable", keep_the_old_worker_as_main_contact),
    ("maincontact", "main_contact_by_involvement_of_child", borrow_a_siblings_involvement),
    ("allocation", "allocation_within_involvement", close_and_leave_the_allocation_open),
    ("allocation", "allocation_within_involvement", allocate_before_the_beginning),
    ("involvement", "involvement_closed_with_reason", close_without_a_reason),
    ("involvement", "involvement_closed_with_reason", give_a_reason_while_open),
    ("involvement", "involvement_of_kind_once", open_the_same_kind_twice),
    ("post", "post_of_last_resort_is_held", leave_the_post_of_last_resort),
    ("post", "post_of_last_resort_is_held", make_a_post_of_last_resort_that_nobody_holds),
]
each_breach = pytest.mark.parametrize(
    ("table", "constraint", "breach"), BREACHES, ids=[breach.__name__ for _, _, breach in BREACHES]
)


@each_breach
def test_the_database_refuses(case: Case, table: str, constraint: str, breach: Callable[[Case], None]) -> None:
    with refused_by(constraint):
        breach(case)


@each_breach
def test_without_the_constraint_it_goes_through(
    case: Case, table: str, constraint: str, breach: Callable[[Case], None]
) -> None:
    take_away(f"records_{table}", constraint)
    breach(case)
    check_constraints_now()


def test_an_involvement_opened_with_nobody_is_refused_whoever_else_holds_the_child(case: Case) -> None:
    with refused_by("involvement_has_accountable_person"):
        open_without_anybody(case)


def test_a_handover_at_one_instant_goes_through(case: Case) -> None:
    case.close_allocation()
    case.close_main_contact()
    case.allocate("support-practitioner")
    case.make_main_contact("support-practitioner")
    check_constraints_now()
    assert (
        Allocation.objects.get(involvement=case.involvement, during__contains=NOW).practitioner
        == (case.council.practitioners["support-practitioner"])
    )


def test_a_named_ending_closes_everything_together(case: Case) -> None:
    case.close_involvement()
    case.close_allocation()
    case.close_main_contact()
    check_constraints_now()
    assert not Allocation.objects.filter(involvement=case.involvement, during__contains=LATER).exists()


def test_the_holder_of_the_post_of_last_resort_changes_at_one_instant(case: Case) -> None:
    post = case.council.posts[LAST_RESORT]
    leave_the_post_of_last_resort(case)
    PostHolding.objects.create(post=post, practitioner=case.council.practitioners["service-manager"], during=since(NOW))
    check_constraints_now()
    assert (
        PostHolding.objects.get(post=post, during__contains=LATER).practitioner
        == (case.council.practitioners["service-manager"])
    )


def test_constraints_wait_again_after_they_were_checked(case: Case) -> None:
    check_constraints_now()
    case.close_allocation()
    case.close_main_contact()
    case.allocate("support-practitioner")
    case.make_main_contact("support-practitioner")
    check_constraints_now()
    assert MainContact.objects.filter(child=case.made.children[0]).count() == 2
