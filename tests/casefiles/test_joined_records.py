"""What was recorded of a joined record counts as the kept child's own: what stands in the way, and what was before."""

from datetime import timedelta

import pytest

from handhold.casefiles.case import find_matters, find_stopped_runs, load_case
from handhold.casefiles.protocols import current_protocol
from handhold.casefiles.situations import has_returned_soon, with_endings_of_plans
from handhold.queries.who_stands_first import find_previous
from handhold.records.models import FamilyMember, JoinedRecord, Person, Run
from tests.actions.walking import begin
from tests.records.factories import (
    NOW,
    MadeCouncil,
    MadeFamily,
    close_everything,
    make_concern,
    make_council,
    make_family,
    make_joined,
    since,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def kept(council: MadeCouncil) -> MadeFamily:
    return make_family(council, children=1)


@pytest.fixture
def other(council: MadeCouncil) -> MadeFamily:
    """Another family, whose child had a plan that ended ten days ago."""
    made = make_family(council, children=1, kind="child-in-need", worker=council.stranger)
    close_everything(made, at=NOW - timedelta(days=10))
    return made


def part(joining: JoinedRecord) -> None:
    by = joining.joined_by
    JoinedRecord.objects.filter(pk=joining.pk).update(undone_at=NOW, undone_by=by, undone_reason="Twins")
    Person.objects.filter(pk=joining.other_id).update(is_joined=False)


def returned_soon(run: Run) -> bool:
    protocol = current_protocol(run.authority)
    return has_returned_soon(protocol, with_endings_of_plans(run.run_children.all()), NOW)


def test_an_undecided_concern_about_the_joined_record_stops_the_kept_childs_household(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    run = begin(council, kept).run
    concern = make_concern(council, child=other.children[0])
    assert not find_stopped_runs(concern, NOW)
    joining = make_joined(council, kept.children[0], other.children[0])
    assert [one.pk for one in find_stopped_runs(concern, NOW)] == [run.pk]
    assert "concern-undecided" in find_matters(load_case(run, NOW))
    part(joining)
    assert not find_stopped_runs(concern, NOW)
    assert "concern-undecided" not in find_matters(load_case(run, NOW))


def test_one_about_the_kept_child_or_a_third_record_stops_the_household_of_the_joined_one(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    run = begin(council, make_family(council, children=1)).run
    third = make_family(council, children=1)
    for made in (kept, third):
        close_everything(made)
    doubled = other.children[0]
    FamilyMember.objects.create(family=run.family, person=doubled, role="child", during=since(NOW))
    for record in (doubled, third.children[0]):
        make_joined(council, kept.children[0], record)
    for about in (kept.children[0], third.children[0]):
        concern = make_concern(council, child=about)
        assert [one.pk for one in find_stopped_runs(concern, NOW)] == [run.pk]
        assert "concern-undecided" in find_matters(load_case(run, NOW))
        type(concern).objects.filter(pk=concern.pk).update(
            decided_at=NOW, decided_by=council.practitioners["duty-manager"], outcome="no-further-action"
        )
    assert "concern-undecided" not in find_matters(load_case(run, NOW))


def test_a_plan_that_ended_on_the_joined_record_counts_as_a_return_and_names_its_worker(
    council: MadeCouncil, kept: MadeFamily, other: MadeFamily
) -> None:
    run = begin(council, kept).run
    assert not returned_soon(run)
    assert find_previous(load_case(run, NOW)) is None
    joining = make_joined(council, kept.children[0], other.children[0])
    assert returned_soon(run)
    found = find_previous(load_case(run, NOW))
    assert found is not None
    assert found.practitioner == council.stranger
    part(joining)
    assert not returned_soon(run)
