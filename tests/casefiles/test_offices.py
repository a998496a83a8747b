"""Who stands in for whom: by the role that the procedure names, of the same team first, never somebody who has left."""

from datetime import timedelta

import pytest

from handhold.casefiles.offices import load_offices
from handhold.records.models import Practitioner
from tests.records.factories import LONG_AGO, NOW, MadeCouncil, make_council, make_practitioner

pytestmark = pytest.mark.django_db

STAND_INS = {"social-worker": "team-manager"}


@pytest.fixture
def council() -> MadeCouncil:
    """A council whose social worker's team has one manager, and another team a second one."""
    council = make_council()
    make_practitioner(council.agencies["council"], council.teams["assessment-3"], role="team-manager", start=LONG_AGO)
    return council


def stand_in(council: MadeCouncil) -> Practitioner:
    """Who stands in for the social worker."""
    worker = council.practitioners["social-worker"]
    return load_offices([worker], STAND_INS.values(), NOW).stand_in_of(worker, STAND_INS)


def test_the_manager_of_the_same_team_stands_in(council: MadeCouncil) -> None:
    assert stand_in(council) == council.practitioners["team-manager"]


def test_one_who_has_left_stands_in_for_nobody_though_their_role_was_never_ended(council: MadeCouncil) -> None:
    own = council.practitioners["team-manager"]
    Practitioner.objects.filter(pk=own.pk).update(left_date=NOW.date())
    found = stand_in(council)
    assert found != own
    assert found.team == council.teams["assessment-3"]


def test_one_who_will_leave_stands_in_until_then(council: MadeCouncil) -> None:
    own = council.practitioners["team-manager"]
    Practitioner.objects.filter(pk=own.pk).update(left_date=(NOW + timedelta(days=1)).date())
    assert stand_in(council) == own
