"""Dates are the council's own: at half past eleven in the evening, UTC, of a summer's day it is the next day there."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from handhold.access.families import sight_of
from handhold.access.transfers import is_there
from handhold.casefiles.bindings import find_unbound
from handhold.casefiles.offices import load_offices
from handhold.casefiles.protocols import current_protocol
from handhold.queries.concerns import find_subject
from handhold.queries.practitioners import find_candidates
from handhold.queries.signed_in import find_signed_in
from handhold.records.models import Account, Practitioner
from handhold.working_days import InstantWithoutZone, council_date
from tests.records.factories import MadeCouncil, make_account, make_council, make_family

LAST_DAY = date(2027, 6, 30)
FIRST_DAY_GONE = date(2027, 7, 1)
EVENING = datetime(2027, 6, 30, 22, 30, tzinfo=UTC)  # half past eleven on the council's wall
AFTER_MIDNIGHT = EVENING + timedelta(hours=1)  # half past midnight there, and still 30 June in UTC
STAND_INS = {"social-worker": "team-manager"}


@pytest.mark.parametrize(
    ("instant", "on_the_wall"),
    [
        ("2027-06-30T22:59:59", LAST_DAY),
        ("2027-06-30T23:00:00", FIRST_DAY_GONE),
        ("2027-06-30T23:30:00", FIRST_DAY_GONE),
        ("2027-12-31T23:30:00", date(2027, 12, 31)),
        ("2027-03-28T00:30:00", date(2027, 3, 28)),
        ("2027-10-30T23:30:00", date(2027, 10, 31)),
        ("2027-10-31T23:30:00", date(2027, 10, 31)),
    ],
)
def test_the_councils_date_is_the_one_on_its_wall(instant: str, on_the_wall: date) -> None:
    assert council_date(datetime.fromisoformat(instant).replace(tzinfo=UTC)) == on_the_wall


def test_an_instant_without_its_zone_has_no_date() -> None:
    with pytest.raises(InstantWithoutZone):
        council_date(EVENING.replace(tzinfo=None))


@pytest.fixture
def council() -> MadeCouncil:
    """A council whose team manager leaves at the end of June."""
    made = make_council()
    leaver = made.practitioners["team-manager"]
    leaver.left_date = FIRST_DAY_GONE
    leaver.save()
    return made


def leaver_of(council: MadeCouncil) -> Practitioner:
    return council.practitioners["team-manager"]


def is_in_the_frame(council: MadeCouncil, now: datetime) -> bool:
    account = Account.objects.filter(practitioner=leaver_of(council)).first() or make_account(leaver_of(council))
    return find_signed_in(account, now) is not None


def stands_in(council: MadeCouncil, now: datetime) -> bool:
    worker = council.practitioners["social-worker"]
    return load_offices([worker], STAND_INS.values(), now).stand_in_of(worker, STAND_INS) == leaver_of(council)


def binds_the_role(council: MadeCouncil, now: datetime) -> bool:
    unbound = find_unbound(current_protocol(council.authority), council.authority, now)
    return not any(one.name.startswith("role team-manager") for one in unbound)


def can_be_chosen(council: MadeCouncil, now: datetime) -> bool:
    return leaver_of(council).ref in {one.ref for one in find_candidates(council.authority.pk, ["team-manager"], now)}


def is_let_in(council: MadeCouncil, now: datetime) -> bool:
    return is_there(leaver_of(council), now)


@pytest.mark.django_db
@pytest.mark.parametrize("is_one", [is_let_in, is_in_the_frame, stands_in, binds_the_role, can_be_chosen])
def test_whoever_leaves_is_there_until_midnight_of_the_council(
    council: MadeCouncil, is_one: Callable[[MadeCouncil, datetime], bool]
) -> None:
    assert is_one(council, EVENING)
    assert not is_one(council, AFTER_MIDNIGHT)


@pytest.mark.django_db
def test_a_child_is_a_year_older_from_midnight_of_the_council(council: MadeCouncil) -> None:
    made = make_family(council, children=1)
    made.children[0].birth_date = date(2020, 7, 1)
    made.children[0].save()
    worker = council.practitioners["social-worker"]

    def words(now: datetime) -> str:
        return find_subject(sight_of(worker, now), child_ref=made.children[0].ref, family_ref="").words

    assert ", 6, " in words(EVENING)
    assert ", 7, " in words(AFTER_MIDNIGHT)
