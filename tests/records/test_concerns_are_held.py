"""From the moment it is sent somebody answers for a concern: the database leaves none without, and none with two.

Each breach is tried with the constraint, which refuses it, and without, where it goes through (the control).
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from handhold.records.constraints import check_constraints_now
from handhold.records.models import Concern, ConcernAbout, ConcernDiscussion, ConcernHolding
from tests.records.factories import NOW, MadeCouncil, make_concern, make_council, since
from tests.records.refusals import refused_by, take_away

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=2)


def sent_and_held_by_nobody(council: MadeCouncil) -> None:
    Concern.objects.create(authority=council.authority, who="A child", what="Bruises", sent_at=NOW)


def put_down_before_somebody_takes_it(council: MadeCouncil) -> None:
    concern = make_concern(council)
    ConcernHolding.objects.filter(concern=concern).update(during=since(NOW, LATER))


def taken_a_minute_after_it_was_put_down(council: MadeCouncil) -> None:
    concern = make_concern(council)
    ConcernHolding.objects.filter(concern=concern).update(during=since(NOW, LATER))
    hold(concern, council, since(LATER + timedelta(minutes=1)))


def held_by_two(council: MadeCouncil) -> None:
    hold(make_concern(council), council, since(LATER))


def hold(concern: Concern, council: MadeCouncil, during: object) -> None:
    ConcernHolding.objects.create(concern=concern, practitioner=council.practitioners["service-manager"], during=during)


def released_by_nobody(council: MadeCouncil) -> None:
    concern = make_concern(council)
    Concern.objects.filter(pk=concern.pk).update(released_at=LATER, released_words="Seen")


def released_without_words(council: MadeCouncil) -> None:
    concern = make_concern(council)
    Concern.objects.filter(pk=concern.pk).update(released_at=LATER, released_by=council.stranger)


def about_nobody(council: MadeCouncil) -> None:
    ConcernAbout.objects.create(concern=make_concern(council), said_by=council.stranger, said_at=NOW)


def about_somebody_twice(council: MadeCouncil) -> None:
    concern = make_concern(council)
    for _ in range(2):
        ConcernAbout.objects.create(
            concern=concern, practitioner=council.stranger, said_by=council.stranger, said_at=NOW
        )


def discussed_in_a_way_that_no_clause_names(council: MadeCouncil) -> None:
    ConcernDiscussion.objects.create(
        concern=make_concern(council), outcome="hinted", said_by=council.stranger, said_at=NOW
    )


def not_reached_on_a_day(council: MadeCouncil) -> None:
    ConcernDiscussion.objects.create(
        concern=make_concern(council),
        outcome="not-reached",
        discussed_date=NOW.date(),
        said_by=council.stranger,
        said_at=NOW,
    )


each_breach = pytest.mark.parametrize(
    ("table", "constraint", "breach"),
    [
        ("concern", "concern_has_accountable_person", sent_and_held_by_nobody),
        ("concern", "concern_has_accountable_person", put_down_before_somebody_takes_it),
        ("concern", "concern_has_accountable_person", taken_a_minute_after_it_was_put_down),
        ("concernholding", "concern_holding_one_at_a_time", held_by_two),
        ("concern", "concern_released_by_a_person", released_by_nobody),
        ("concern", "concern_released_by_a_person", released_without_words),
        ("concernabout", "concern_about_somebody", about_nobody),
        ("concernabout", "concern_about_once", about_somebody_twice),
        ("concerndiscussion", "concern_discussion_known", discussed_in_a_way_that_no_clause_names),
        ("concerndiscussion", "concern_discussion_on_a_day", not_reached_on_a_day),
    ],
)


@each_breach
def test_the_database_refuses(table: str, constraint: str, breach: Callable[[MadeCouncil], None]) -> None:
    council = make_council()
    with refused_by(constraint):
        breach(council)


@each_breach
def test_without_the_constraint_it_goes_through(
    table: str, constraint: str, breach: Callable[[MadeCouncil], None]
) -> None:
    council = make_council()
    take_away(f"records_{table}", constraint)
    breach(council)
    check_constraints_now()
    assert Concern.objects.count() == 1


def test_a_concern_changes_hands_in_one_instant() -> None:
    council = make_council()
    concern = make_concern(council)
    ConcernHolding.objects.filter(concern=concern).update(during=since(NOW, LATER))
    hold(concern, council, since(LATER))
    check_constraints_now()
    assert concern.holdings.count() == 2
