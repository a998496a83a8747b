"""Which transfers stand in somebody's lists: exactly those that they may open, and all in which they have a move."""

import pytest
from tests.access.test_doors import EVERYBODY, STAGES, come_to, opens, somebody
from tests.actions.walking import begin
from tests.records.factories import make_council, make_family

from handhold.access.families import sight_of
from handhold.access.transfers import access_transfer_to_read
from handhold.access.worklists import transfers_in_sight, transfers_with_moves
from handhold.actions.reminders import remind_of_limits

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("stage", STAGES)
def test_a_transfer_stands_in_the_list_of_whoever_may_open_it_and_of_nobody_else(stage: str) -> None:
    walk = come_to(stage)
    remind_of_limits(walk.run.pk, now=walk.now)
    walk.run.refresh_from_db()
    for name in EVERYBODY:
        by = somebody(walk, name)
        listed = transfers_in_sight(sight_of(by, walk.now)).filter(pk=walk.run.pk).exists()
        may = opens(access_transfer_to_read, walk.run.ref, by=by, now=walk.now) and walk.run.ended_at is None
        assert listed == may, (stage, name)


def test_who_oversees_a_council_is_not_shown_every_transfer_as_one_that_may_wait_for_them() -> None:
    council = make_council()
    quiet = begin(council, make_family(council, children=1))
    overseer = sight_of(council.practitioners["service-manager"], quiet.now)
    assert set(transfers_with_moves(overseer)) == {quiet.run}, "nobody has looked at it yet, so it might"
    remind_of_limits(quiet.run.pk, now=quiet.now)
    assert set(transfers_with_moves(overseer)) == set()
    assert set(transfers_in_sight(overseer)) == {quiet.run}
    quiet.do("early-help-considered", "targeted")
    assert set(transfers_with_moves(overseer)) == {quiet.run}, "something was done since"
