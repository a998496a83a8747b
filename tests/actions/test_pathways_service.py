"""A young person goes from Pathways to the offer of a duty service and back, and somebody answers at every moment."""

from datetime import date, timedelta

import pytest
from tests.actions.test_foretold_is_observed import WatchedWalk
from tests.actions.walking import PDF
from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_council, make_family

from handhold.access.families import sight_of
from handhold.access.transfers import NotHere
from handhold.actions.transfers import CannotBegin, start_transfer
from handhold.casefiles import contents
from handhold.queries.falling_due import FallingDue, birthday_at
from handhold.queries.invariants import find_breaches
from handhold.queries.my_work import find_my_work
from handhold.records.models import Allocation, Involvement, MainContact, Run, RunChild

pytestmark = pytest.mark.django_db
REASSESSMENT = "reassessment-before-21"
TURNS_21 = date(2027, 2, 10)


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def family(council: MadeCouncil) -> MadeFamily:
    """A young person with whom Pathways works, 21 in eleven weeks."""
    made = make_family(council, children=1, kind="pathways", worker=council.practitioners["pathways-worker"])
    born_on(made, TURNS_21.replace(year=TURNS_21.year - 21))
    return made


def born_on(family: MadeFamily, day: date) -> None:
    family.children[0].birth_date = day
    family.children[0].save(update_fields=["birth_date"])


def begun(council: MadeCouncil, family: MadeFamily, pathway: str = REASSESSMENT) -> WatchedWalk:
    worker, refs = council.practitioners["pathways-worker"], [family.children[0].ref]
    run = start_transfer(family.family.ref, pathway, refs, by=worker, now=NOW)
    return WatchedWalk(council, family, run, NOW, None, refs)


def stepped_down(walk: WatchedWalk) -> WatchedWalk:
    child = walk.child_refs[0]
    heard = walk.at(contents.ConversationContent, note="I want to manage by myself.", how="visit")
    letter = walk.at(contents.LetterContent, title="A letter", recipient="Kit", address="", pdf=PDF)
    walk.do("own-view-heard", "heard", heard, by="pathways-worker")
    walk.do("support-reassessed", "no-more-support", by="pathways-worker")
    walk.do("outcome-overseen", "agreed", by="pathways-manager")
    walk.do("offer-explained", "given", letter, by="pathways-worker", child=child)
    walk.do("ending-visit", "visited", walk.at(contents.VisitContent), by="pathways-worker")
    walk.do("stepped-down", "duty-offer-begins", by="pathways-worker", child=child)
    return walk


def answers_for(walk: WatchedWalk) -> dict[str, str]:
    """Who answers for what of the young person now: (involvement, role of who holds it)."""
    roles = {practitioner.pk: role for role, practitioner in walk.council.practitioners.items()}
    open_now = Allocation.objects.filter(involvement__child=walk.family.children[0], during__upper_inf=True)
    return {one.involvement.kind: roles[one.practitioner_id] for one in open_now.select_related("involvement")}


def test_from_pathways_to_the_offer_of_a_duty_service_and_back(council: MadeCouncil, family: MadeFamily) -> None:
    walk = stepped_down(begun(council, family))
    assert answers_for(walk) == {"duty-offer": "pathways-duty"}
    contact = MainContact.objects.get(child=family.children[0], during__upper_inf=True)
    assert contact.involvement.kind == "duty-offer"
    walk.run.refresh_from_db()
    assert walk.run.ended_at is not None

    offer = Run.objects.get(pathway="duty-offer-until-25")
    assert (offer.sender, offer.ended_at) == (council.practitioners["pathways-duty"], None)
    again = WatchedWalk(council, family, offer, walk.now, None, walk.child_refs)
    chosen = again.at(contents.Content, practitioner=council.practitioners["pathways-worker"])
    again.do("taken-up-again", "taken-on", chosen, by="pathways-duty", child=walk.child_refs[0])
    assert answers_for(again) == {"pathways": "pathways-worker"}
    assert list(find_breaches(again.now)) == []


def test_the_offer_ends_at_25_and_not_before(council: MadeCouncil, family: MadeFamily) -> None:
    walk = stepped_down(begun(council, family))
    offer = Run.objects.get(pathway="duty-offer-until-25")
    ending = WatchedWalk(council, family, offer, walk.now, None, walk.child_refs)
    letter = ending.at(contents.LetterContent, title="A letter", recipient="Kit", address="", pdf=PDF)
    with pytest.raises(AssertionError, match="does-not-apply"):
        ending.do("end-explained", "given", letter, by="pathways-duty", child=walk.child_refs[0])
    born_on(family, NOW.date().replace(year=NOW.year - 25))
    ending.do("end-explained", "given", letter, by="pathways-duty", child=walk.child_refs[0])
    ending.do("offer-ended", "ended", by="pathways-duty", child=walk.child_refs[0])
    assert answers_for(ending) == {}
    offer.refresh_from_db()
    assert offer.ended_at is not None


def test_an_involvement_that_another_run_closes_ends_the_childs_part_in_this_one(
    council: MadeCouncil, family: MadeFamily
) -> None:
    reassessment, ending = begun(council, family), begun_beside(council, family)
    born_on(family, NOW.date().replace(year=NOW.year - 25))
    talked = ending.at(contents.ConversationContent, note="I am fine.", how="visit")
    letter = ending.at(contents.LetterContent, title="A letter", recipient="Kit", address="", pdf=PDF)
    ending.do("ending-talked-about", "talked", talked, by="pathways-worker")
    ending.do("ending-visit", "visited", ending.at(contents.VisitContent), by="pathways-worker")
    ending.do("ending-letter", "given", letter, by="pathways-worker", child=ending.child_refs[0])
    ending.do("ending-overseen", "agreed", by="pathways-manager")
    ending.do("pathways-ended", "ended", by="pathways-worker", child=ending.child_refs[0])
    reassessment.run.refresh_from_db()
    assert reassessment.run.ended_at is not None
    assert RunChild.objects.get(run=reassessment.run).outcome == "went-on-elsewhere"
    assert not Involvement.objects.filter(child=family.children[0], open_during__upper_inf=True).exists()
    assert list(find_breaches(ending.now)) == []


def begun_beside(council: MadeCouncil, family: MadeFamily) -> WatchedWalk:
    """The ending prepared while the reassessment is on its way, which no page lets anybody begin."""
    run = Run.objects.get()
    run.pk, run.ref, run.pathway = None, "BES1DE00", "ending-before-25"
    run.save(force_insert=True)
    RunChild.objects.create(run=run, child=family.children[0])
    return WatchedWalk(council, family, run, NOW, None, [family.children[0].ref])


def test_nobody_else_begins_it_and_not_twice(council: MadeCouncil, family: MadeFamily) -> None:
    begun(council, family)
    with pytest.raises(CannotBegin):
        begun(council, family)
    stranger, refs = council.practitioners["social-worker"], [family.children[0].ref]
    with pytest.raises(NotHere):
        start_transfer(family.family.ref, "ending-before-25", refs, by=stranger, now=NOW)


# What falls due


def due_for(council: MadeCouncil, role: str, days: int = 0) -> list[FallingDue]:
    return find_my_work(sight_of(council.practitioners[role], NOW + timedelta(days=days))).falling_due


def test_the_reassessment_stands_in_the_workers_list_three_months_ahead(
    council: MadeCouncil, family: MadeFamily
) -> None:
    (due,) = due_for(council, "pathways-worker")
    assert (due.pathway, due.by, due.is_late, due.whose) == (REASSESSMENT, TURNS_21, False, "")
    (managers,) = due_for(council, "pathways-manager")
    assert managers.whose, "the manager sees whose it is"
    assert due_for(council, "social-worker") == []


@pytest.mark.parametrize(("days", "expected"), [(-15, []), (-14, [False]), (77, [False]), (78, [True])])
def test_it_comes_into_the_list_on_its_day_and_is_late_on_the_birthday(
    council: MadeCouncil, family: MadeFamily, days: int, expected: list[bool]
) -> None:
    assert [one.is_late for one in due_for(council, "pathways-worker", days)] == expected


def test_once_it_is_begun_it_is_in_the_list_no_more(council: MadeCouncil, family: MadeFamily) -> None:
    begun(council, family)
    assert due_for(council, "pathways-worker") == []


def test_who_was_born_on_a_leap_day_comes_of_age_on_the_first_of_march() -> None:
    assert birthday_at(date(2008, 2, 29), 21) == date(2029, 3, 1)
    assert birthday_at(date(2008, 2, 29), 20) == date(2028, 2, 29)
