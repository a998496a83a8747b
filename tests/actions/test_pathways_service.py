"""A young person goes from Pathways to the offer of a duty service and back, and somebody answers at every moment."""

from datetime import date, datetime, timedelta

import pytest
from tests.actions.test_foretold_is_observed import WatchedWalk
from tests.actions.walking import PDF
from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_council, make_family

from handhold.access.families import sight_of
from handhold.access.transfers import NotHere, access_transfer_to_read
from handhold.actions.by_itself import record_what_comes_by_itself
from handhold.actions.transfers import CannotBegin, start_transfer
from handhold.audit.models import AuditEvent
from handhold.casefiles import contents
from handhold.jobs.keep_time import keep_time_once
from handhold.notifications.models import OutboxMessage
from handhold.queries.falling_due import FallingDue, birthday_at
from handhold.queries.invariants import find_breaches
from handhold.queries.my_work import find_my_work
from handhold.queries.story import find_story
from handhold.queries.transfers import find_transfer_page
from handhold.records.models import Allocation, Document, Involvement, MainContact, Person, Run, RunChild, StepRecord

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


def offered(council: MadeCouncil, family: MadeFamily) -> WatchedWalk:
    """The duty service is offered, and a day has passed."""
    walk = stepped_down(begun(council, family))
    walk.now += timedelta(days=1)
    return walk


def come_by_itself(run: Run, now: datetime) -> int:
    return record_what_comes_by_itself(run.pk, now=now)


def test_the_offer_ends_by_itself_at_25_with_a_letter_to_be_sent_and_once(
    council: MadeCouncil, family: MadeFamily
) -> None:
    walk = offered(council, family)
    offer, duty = Run.objects.get(pathway="duty-offer-until-25"), council.practitioners["pathways-duty"]
    assert come_by_itself(offer, walk.now) == 0
    assert answers_for(walk) == {"duty-offer": "pathways-duty"}, "not before the birthday"
    born_on(family, walk.now.date().replace(year=walk.now.year - 25))
    assert [come_by_itself(offer, walk.now) for _ in range(2)] == [2, 0]
    assert answers_for(walk) == {}
    offer.refresh_from_db()
    assert (offer.ended_at, offer.ending) == (walk.now, "completed")
    records = StepRecord.objects.filter(run=offer).order_by("pk")
    assert [(one.step, one.outcome, one.by_time, one.recorded_by) for one in records] == [
        ("end-explained", "ready", True, duty),
        ("offer-ended", "ended", True, duty),
    ]
    letter = Document.objects.get(run=offer)
    assert bytes(letter.content).startswith(b"%PDF")
    (message,) = OutboxMessage.objects.filter(template="ended-by-itself")
    assert (message.to_address, message.context["path"]) == (duty.email, f"/transfers/{offer.ref}")
    events = AuditEvent.objects.filter(name="step.recorded", subjects__contains=[offer.ref])
    assert {one.actor_id for one in events} == {None}
    assert list(find_breaches(walk.now)) == []


def test_it_is_shown_that_nobodys_hand_ended_it_and_who_sends_the_letter_finds_it(
    council: MadeCouncil, family: MadeFamily
) -> None:
    walk = offered(council, family)
    offer, duty = Run.objects.get(pathway="duty-offer-until-25"), council.practitioners["pathways-duty"]
    born_on(family, walk.now.date().replace(year=walk.now.year - 25))
    come_by_itself(offer, walk.now)
    opened = access_transfer_to_read(offer.ref, by=duty, now=walk.now)
    writers = {event.by.split(" (")[0] for event in find_story(opened).events}
    assert "itself, as time passed" in writers
    assert [one.title for one in find_transfer_page(opened).beside.documents]


def test_a_death_is_recorded_beside_the_offer_and_nothing_of_it_is_due_any_more(
    council: MadeCouncil, family: MadeFamily
) -> None:
    walk = offered(council, family)
    duty, child = council.practitioners["pathways-duty"], walk.child_refs[0]
    run = start_transfer(family.family.ref, "duty-offer-ends-by-no-choice", [child], by=duty, now=walk.now)
    ending = WatchedWalk(council, family, run, walk.now, None, [child])
    ending.do("ending-recorded", "died", by="pathways-duty", child=child)
    ending.do("ending-agreed", "died", by="pathways-manager", child=child)
    assert answers_for(ending) == {}
    assert not Run.objects.filter(ended_at=None).exists()
    later = sight_of(duty, ending.now + timedelta(days=400))
    assert not find_my_work(later).tasks, "no letter about the offer is due"
    assert list(find_breaches(ending.now)) == []


def test_nothing_comes_by_itself_for_who_has_died_nor_for_a_sibling_who_is_younger(
    council: MadeCouncil, family: MadeFamily
) -> None:
    walk = offered(council, family)
    offer = Run.objects.get(pathway="duty-offer-until-25")
    born_on(family, walk.now.date().replace(year=walk.now.year - 25))
    Person.objects.filter(pk=family.children[0].pk).update(died_date=walk.now.date())
    assert come_by_itself(offer, walk.now) == 0


def test_a_letter_that_cannot_be_printed_leaves_the_ending_to_people(council: MadeCouncil, family: MadeFamily) -> None:
    walk = offered(council, family)
    offer = Run.objects.get(pathway="duty-offer-until-25")
    born_on(family, walk.now.date().replace(year=walk.now.year - 25))
    Person.objects.filter(pk=family.children[0].pk).update(given_name="\U0001f600")
    assert come_by_itself(offer, walk.now) == 0
    assert answers_for(walk) == {"duty-offer": "pathways-duty"}
    tasks = find_my_work(sight_of(council.practitioners["pathways-duty"], walk.now)).tasks
    assert "end-explained" in {one.step for one in tasks}


def test_what_nobody_marked_waits_for_a_person(council: MadeCouncil, family: MadeFamily) -> None:
    walk = begun(council, family)
    assert come_by_itself(walk.run, walk.now) == 0


def test_keeping_time_brings_it_about(council: MadeCouncil, family: MadeFamily) -> None:
    walk = offered(council, family)
    born_on(family, walk.now.date().replace(year=walk.now.year - 25))
    assert keep_time_once(walk.now + timedelta(minutes=1)).by_itself == 2
    assert answers_for(walk) == {}
