"""Whatever is one at a time is refused twice at a time; and a period is half-open, with a beginning."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from handhold.records.constraints import check_constraints_now
from handhold.records.models import (
    Absence,
    FamilyMember,
    PostHolding,
    ProfessionalRelationship,
    Relationship,
    RoleHolding,
    RotaSlot,
)
from tests.records.factories import LONG_AGO, NOW, MadeCouncil, MadeFamily, make_council, make_family, since
from tests.records.refusals import refused_by, take_away

pytestmark = pytest.mark.django_db

Placed = Callable[[MadeCouncil, MadeFamily, DateTimeTZRange], object]


def hold_the_post(council: MadeCouncil, made: MadeFamily, during: DateTimeTZRange) -> object:
    return PostHolding.objects.create(
        post=council.posts["practice-manager"], practitioner=council.practitioners["team-manager"], during=during
    )


def hold_the_role(council: MadeCouncil, made: MadeFamily, during: DateTimeTZRange) -> object:
    worker = council.practitioners["social-worker"]
    return RoleHolding.objects.create(practitioner=worker, role="social-worker", team=worker.team, during=during)


def hold_the_role_for_all_teams(council: MadeCouncil, made: MadeFamily, during: DateTimeTZRange) -> object:
    return RoleHolding.objects.create(
        practitioner=council.practitioners["lead-practitioner"], role="lead-practitioner", during=during
    )


def join_the_family(council: MadeCouncil, made: MadeFamily, during: DateTimeTZRange) -> object:
    return FamilyMember.objects.create(family=made.family, person=made.mother, role="adult", during=during)


def relate(council: MadeCouncil, made: MadeFamily, during: DateTimeTZRange) -> object:
    return Relationship.objects.create(
        from_person=made.mother, to_person=made.children[0], kind="mother", during=during
    )


def be_on_duty(council: MadeCouncil, made: MadeFamily, during: DateTimeTZRange) -> object:
    return RotaSlot.objects.create(
        rota=council.duty_rota, practitioner=council.practitioners["duty-manager"], during=during
    )


# table, constraint, how to put another period beside the one that the factories made
ONE_AT_A_TIME = [
    ("postholding", "post_holding_one_at_a_time", hold_the_post),
    ("roleholding", "role_holding_once", hold_the_role),
    ("roleholding", "role_holding_once", hold_the_role_for_all_teams),
    ("familymember", "family_member_once", join_the_family),
    ("relationship", "relationship_once", relate),
    ("rotaslot", "rota_slot_once", be_on_duty),
]
one_at_a_time = pytest.mark.parametrize(
    ("table", "constraint", "place"), ONE_AT_A_TIME, ids=[place.__name__ for _, _, place in ONE_AT_A_TIME]
)


@one_at_a_time
def test_a_second_one_at_the_same_time_is_refused(table: str, constraint: str, place: Placed) -> None:
    council = make_council()
    made = make_family(council, children=1)
    with refused_by(constraint):
        place(council, made, since(NOW))


@one_at_a_time
def test_without_the_key_a_second_one_goes_through(table: str, constraint: str, place: Placed) -> None:
    council = make_council()
    made = make_family(council, children=1)
    take_away(f"records_{table}", constraint)
    assert place(council, made, since(NOW))
    check_constraints_now()


@one_at_a_time
def test_one_before_it_goes_through(table: str, constraint: str, place: Placed) -> None:
    council = make_council()
    made = make_family(council, children=1, start=LONG_AGO)
    assert place(council, made, since(LONG_AGO - timedelta(days=1), LONG_AGO))
    check_constraints_now()


def test_one_worker_stands_once_on_the_person_summary_screen() -> None:
    council = make_council()
    made = make_family(council, children=1)
    shown = {"child": made.children[0], "practitioner": council.second_lead, "role": "lead practitioner"}
    ProfessionalRelationship.objects.create(**shown, during=since(NOW))
    with refused_by("professional_relationship_once"):
        ProfessionalRelationship.objects.create(**shown, during=since(NOW + timedelta(days=1)))


@pytest.mark.parametrize(
    "period",
    [
        DateTimeTZRange(None, NOW),
        DateTimeTZRange(NOW, NOW),
        DateTimeTZRange(NOW, NOW + timedelta(days=1), "[]"),
        DateTimeTZRange(NOW, NOW + timedelta(days=1), "(]"),
        DateTimeTZRange(NOW, None, "()"),
    ],
    ids=["without beginning", "empty", "with its end", "without its beginning", "open below"],
)
def test_a_period_is_half_open_and_begins(period: DateTimeTZRange) -> None:
    council = make_council()
    with refused_by("absence_period_is_half_open"):
        Absence.objects.create(practitioner=council.stranger, during=period)


def test_a_period_that_ends_at_infinity_is_refused() -> None:
    council = make_council()
    with refused_by("absence_period_is_half_open"):
        Absence.objects.create(practitioner=council.stranger, during=f"[{NOW.isoformat()}, infinity)")


def test_without_the_check_an_empty_period_goes_through() -> None:
    council = make_council()
    take_away("records_absence", "absence_period_is_half_open")
    Absence.objects.create(practitioner=council.stranger, during=since(NOW, NOW))
    assert Absence.objects.filter(during__isempty=True).count() == 1


def test_leave_and_illness_may_overlap() -> None:
    council = make_council()
    later: datetime = NOW + timedelta(days=14)
    for why in ("leave", "illness"):
        Absence.objects.create(practitioner=council.stranger, during=since(NOW, later), why=why)
    assert Absence.objects.filter(practitioner=council.stranger, during__contains=NOW).count() == 2
