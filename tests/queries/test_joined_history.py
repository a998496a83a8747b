"""The chronology of a child tells what lies on a record that was joined to theirs, and of nobody else there."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
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
)

from handhold.access.families import sight_of
from handhold.access.papers import reading_of
from handhold.queries.chronology import Asked, chronology_read, find_children
from handhold.queries.events import Event
from handhold.queries.naming import person_name
from handhold.records.models import Conversation, JoinedRecord, Person, Run, RunChild, Visit, VisitChild

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=2)
SECRET = "Words about a sibling and a parent"


@dataclass
class Two:
    """A child and a record that is the same child, in a family of two children with a transfer that has ended."""

    council: MadeCouncil
    kept: MadeFamily
    other: MadeFamily

    @property
    def child(self) -> Person:
        return self.kept.children[0]

    @property
    def twice(self) -> Person:
        return self.other.children[0]

    @property
    def mark(self) -> str:
        return f"From record {self.twice.ref}, which was joined."

    def join(self) -> JoinedRecord:
        return make_joined(self.council, self.child, self.twice)

    def told(self, *, role: str = "social-worker", asked: Asked | None = None) -> list[Event]:
        sight = sight_of(self.council.practitioners[role], LATER)
        family = self.kept.family
        return chronology_read(family, sight, reading_of(sight, family), asked or Asked())

    def told_elsewhere(self) -> list[Event]:
        return [one for one in self.told() if self.mark in one.text]


@pytest.fixture
def two() -> Two:
    council = make_council()
    kept, other = make_family(council, children=1), make_family(council, children=2)
    walk = begin(council, other)
    walk.do("early-help-considered", "partner-led", reason=SECRET)
    end(walk.run)
    visit = Visit.objects.create(
        family=other.family,
        run=walk.run,
        kind="home-visit",
        visited_at=NOW,
        by=council.practitioners["social-worker"],
        note=SECRET,
    )
    for child in other.children:
        VisitChild.objects.create(visit=visit, child=child, seen=True, seen_alone=child == other.children[0])
    Conversation.objects.create(
        run=walk.run,
        with_person=other.mother,
        how="telephone",
        happened_at=NOW,
        about=SECRET,
        by=council.practitioners["social-worker"],
    )
    close_everything(other, at=NOW + timedelta(hours=1))
    return Two(council, kept, other)


def end(run: Run) -> None:
    RunChild.objects.filter(run=run).update(outcome="moved", ended_at=NOW + timedelta(hours=1))
    Run.objects.filter(pk=run.pk).update(ended_at=NOW + timedelta(hours=1), ending="moved")


def test_without_a_joining_nothing_of_the_other_record_is_told(two: Two) -> None:
    assert two.told_elsewhere() == []
    assert not any(two.twice.pk in one.about for one in two.told())


def test_involvements_visits_and_steps_of_the_joined_record_are_the_childs_own(two: Two) -> None:
    two.join()
    found = two.told_elsewhere()
    assert {one.kind for one in found} == {"involvement", "responsible", "visit", "decision"}
    assert all(one.about == {two.child.pk} for one in found)
    (visit,) = (one for one in found if one.kind == "visit")
    assert visit.text.startswith(f"Seen alone: {person_name(two.twice)}.")


def test_nothing_of_anybody_else_in_the_other_family_is_told(two: Two) -> None:
    two.join()
    told = "\n".join(f"{one.title} {one.text}" for one in two.told())
    assert SECRET not in told
    for other in (two.other.children[1], two.other.mother, two.other.father):
        assert person_name(other) not in told
    assert not any(one.run_ref for one in two.told_elsewhere())


def test_words_of_a_transfer_that_moved_nobody_else_are_told(two: Two) -> None:
    alone = make_family(two.council, children=1)
    walk = begin(two.council, alone)
    walk.do("early-help-considered", "partner-led", reason="They would like help with mornings")
    end(walk.run)
    close_everything(alone, at=NOW + timedelta(hours=1))
    make_joined(two.council, two.child, alone.children[0])
    assert any("They would like help with mornings" in one.text for one in two.told())


def test_asked_for_the_child_alone_they_are_told_too(two: Two) -> None:
    two.join()
    sight = sight_of(two.council.practitioners["social-worker"], LATER)
    (child,) = find_children(two.kept.family, sight)
    asked = [one for one in two.told(asked=Asked(child=child)) if two.mark in one.text]
    assert len(asked) == len(two.told_elsewhere()) > 0


def test_a_record_of_the_same_family_is_marked_and_told_once(two: Two) -> None:
    kept, twice = two.other.children[1], two.other.children[0]
    make_joined(two.council, kept, twice)
    sight = sight_of(two.council.practitioners["service-manager"], LATER)
    events = chronology_read(two.other.family, sight, reading_of(sight, two.other.family))
    assert not any(twice.pk in one.about for one in events)
    assert [one.kind for one in events].count("visit") == 1


def test_a_released_concern_about_the_joined_record_is_told_and_another_is_not(two: Two) -> None:
    two.join()
    by = two.council.practitioners["duty-manager"]
    decided = {"decided_at": NOW, "decided_by": by, "outcome": "no-further-action"}
    make_concern(two.council, child=two.twice, family=two.other.family)
    released = {"released_at": NOW, "released_by": by, "released_words": "Somebody was worried"}
    make_concern(two.council, child=two.twice, family=two.other.family, **decided, **released)
    told = [one for one in two.told() if one.title == "A safeguarding concern"]
    assert [one.text for one in told] == [f"Somebody was worried\n{two.mark}"]


def test_who_sees_the_other_family_reads_nothing_of_the_kept_child(two: Two) -> None:
    two.join()
    sight = sight_of(two.council.practitioners["service-manager"], LATER)
    events = chronology_read(two.other.family, sight, reading_of(sight, two.other.family))
    assert not any(two.child.pk in one.about for one in events)
    assert any(two.twice.pk in one.about for one in events)
