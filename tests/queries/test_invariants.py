"""`find_breaches` is silent after whole transfers, and finds each breach that is forced in past the database's guards.

Each is forced in by taking away what refuses it, as a repair by hand would: so the search is shown not to lean on it.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from tests.actions.walking import Walk, begin
from tests.records.factories import LONG_AGO, NOW, make_council, make_family, make_joined, make_person, since
from tests.records.refusals import take_away, take_guard_away

from handhold.actions.concerns import report_concern
from handhold.casefiles.concerns import holder_of
from handhold.queries.invariants import CHECKS, find_breaches
from handhold.records.models import (
    Allocation,
    ConcernAbout,
    ConcernHolding,
    FamilyMember,
    Involvement,
    MainContact,
    Person,
    PostHolding,
    Practitioner,
    QueueItem,
    RoleHolding,
    Run,
    RunChild,
    StepRecord,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    """Two transfers beside each other: one that is closed for its first child of two, one that has begun."""
    council = make_council()
    begin(council, make_family(council, children=1))
    walk = begin(council, make_family(council, children=2)).to_lead_accepted().to_ready_to_close()
    walk.close(walk.child_refs[0])
    return walk


def found(walk: Walk) -> set[tuple[str, str]]:
    """The breaches: promise, and the record that they are about."""
    return {(breach.promise, breach.about) for breach in find_breaches(walk.now)}


def involvement_of(walk: Walk, kind: str) -> Involvement:
    return Involvement.objects.get(child__in=walk.family.children, kind=kind, open_during__upper_inf=True)


# Silent where all holds


def test_nothing_is_found_after_transfers_by_both_branches() -> None:
    council = make_council()
    partner_led = begin(council, make_family(council, children=2)).to_lead_accepted().to_closed()
    partner_led.do("form-taken-up", "taken-up", by="early-help-coordinator")
    targeted = begin(council, make_family(council, children=1)).to_handed_over().to_closed()
    ended = Run.objects.exclude(pathway="early-help-led-by-a-partner")
    assert set(ended.values_list("ending", flat=True)) == {"completed"}
    assert find_breaches(targeted.now) == []


def test_nothing_is_found_in_the_middle_of_things(walk: Walk) -> None:
    report_concern(who="A girl", what="A bruise", child_ref=walk.child_refs[1], by=walk.council.stranger, now=walk.now)
    assert find_breaches(walk.now) == []


def test_early_help_by_one_parents_consent_and_a_managers_word_is_no_breach() -> None:
    council = make_council()
    walk = begin(council, make_family(council, children=1)).to_lead_accepted()
    walk.do("consent", "disputed", walk.consent())
    walk.do("what-no-consent-means", "one-consent-suffices", by="team-manager")
    walk.to_closed()
    assert Involvement.objects.filter(kind="early-help").exists()
    assert find_breaches(walk.now) == []


def test_it_says_what_it_looks_at(walk: Walk) -> None:
    told: list[tuple[str, int, int]] = []
    find_breaches(walk.now, lambda called, done, of: told.append((called, done, of)))
    assert [done for _, done, _ in told] == list(range(len(CHECKS)))
    assert {of for _, _, of in told} == {len(CHECKS)}


# Each breach is found


def nobody_accountable(walk: Walk) -> tuple[str, str]:
    take_away("records_involvement", "involvement_has_accountable_person")
    take_away("records_maincontact", "main_contact_is_accountable")
    involvement = involvement_of(walk, "early-help")
    held = Allocation.objects.get(involvement=involvement)
    walk.now += timedelta(minutes=1)
    Allocation.objects.filter(pk=held.pk).update(during=since(held.during.lower, walk.now))
    return ("H1", f"involvement {involvement.ref}")


def nobody_accountable_for_a_time(walk: Walk) -> tuple[str, str]:
    expected = nobody_accountable(walk)
    later = walk.now + timedelta(minutes=5)
    again = {"involvement": involvement_of(walk, "early-help"), "practitioner": walk.person("support-practitioner")}
    Allocation.objects.create(**again, during=since(later))
    walk.now += timedelta(minutes=10)
    return expected


def two_accountable(walk: Walk) -> tuple[str, str]:
    take_away("records_allocation", "allocation_one_at_a_time")
    involvement = involvement_of(walk, "assessment")
    second = walk.person("support-practitioner")
    Allocation.objects.create(involvement=involvement, practitioner=second, during=since(NOW))
    return ("H1", f"involvement {involvement.ref}")


def accountable_for_what_is_closed(walk: Walk) -> tuple[str, str]:
    take_away("records_allocation", "allocation_within_involvement")
    closed = Involvement.objects.get(child=walk.family.children[0], kind="assessment")
    worker = walk.person("social-worker")
    Allocation.objects.create(involvement=closed, practitioner=worker, during=since(walk.now))
    return ("H1", f"involvement {closed.ref}")


def no_main_contact(walk: Walk) -> tuple[str, str]:
    take_away("records_involvement", "involvement_has_main_contact")
    child = walk.family.children[1]
    contact = MainContact.objects.get(child=child)
    MainContact.objects.filter(pk=contact.pk).update(during=since(contact.during.lower, walk.now))
    return ("H1", f"child {child.ref}")


def two_main_contacts(walk: Walk) -> tuple[str, str]:
    take_away("records_maincontact", "main_contact_one_at_a_time")
    contact = MainContact.objects.get(child=walk.family.children[1])
    MainContact.objects.create(
        child=contact.child, involvement=contact.involvement, practitioner=contact.practitioner, during=since(NOW)
    )
    return ("H1", f"child {contact.child.ref}")


def main_contact_who_is_not_accountable(walk: Walk) -> tuple[str, str]:
    take_away("records_maincontact", "main_contact_is_accountable")
    child = walk.family.children[1]
    contact = MainContact.objects.get(child=child)
    MainContact.objects.filter(pk=contact.pk).update(during=since(contact.during.lower, walk.now))
    another = walk.person("support-practitioner")
    MainContact.objects.create(
        child=child, involvement=contact.involvement, practitioner=another, during=since(walk.now)
    )
    return ("H1", f"child {child.ref}")


def a_member_twice(walk: Walk) -> tuple[str, str]:
    take_away("records_familymember", "family_member_once")
    mother = FamilyMember.objects.get(person=walk.family.mother)
    FamilyMember.objects.create(family=mother.family, person=mother.person, role=mother.role, during=since(NOW))
    return ("H9", f"family {walk.family.family.ref}")


def a_role_twice(walk: Walk) -> tuple[str, str]:
    take_away("records_roleholding", "role_holding_once")
    who = walk.council.second_lead
    RoleHolding.objects.create(practitioner=who, role="lead-practitioner", during=since(NOW))
    return ("H9", f"practitioner {who.ref}")


def vacant_last_resort(walk: Walk) -> tuple[str, str]:
    take_away("records_post", "post_of_last_resort_is_held")
    post = walk.council.posts["duty-manager"]
    PostHolding.objects.filter(post=post).update(during=since(LONG_AGO, walk.now))
    return ("H1", "post duty-manager")


def last_resort_held_by_one_who_has_left(walk: Walk) -> tuple[str, str]:
    leaves(walk.person("duty-manager"), walk)
    return ("H1", "council york")


def accountable_person_has_left(walk: Walk) -> tuple[str, str]:
    leaves(walk.person("social-worker"), walk)
    return ("H1", f"involvement {involvement_of(walk, 'assessment').ref}")


def leaves(who: Practitioner, walk: Walk) -> None:
    Practitioner.objects.filter(pk=who.pk).update(left_date=walk.now.date())


def child_held_by_nobody(walk: Walk) -> tuple[str, str]:
    involvement = involvement_of(walk, "assessment")
    for table in (MainContact, Allocation):
        held = table.objects.get(involvement=involvement, during__upper_inf=True)
        table.objects.filter(pk=held.pk).update(during=since(held.during.lower, walk.now))
    Involvement.objects.filter(pk=involvement.pk).update(
        open_during=since(involvement.open_during.lower, walk.now), closing_reason="mistake"
    )
    return ("H10", f"run {walk.run.ref}")


def ended_and_a_child_without_outcome(walk: Walk) -> tuple[str, str]:
    QueueItem.objects.filter(run=walk.run).update(taken_at=walk.now, taken_by=walk.person("social-worker"))
    Run.objects.filter(pk=walk.run.pk).update(ended_at=walk.now, ending="completed")
    return ("H11", f"run {walk.run.ref}")


def ended_and_still_in_a_queue(walk: Walk) -> tuple[str, str]:
    RunChild.objects.filter(run=walk.run, outcome="").update(outcome="early-help", ended_at=walk.now)
    Run.objects.filter(pk=walk.run.pk).update(ended_at=walk.now, ending="completed")
    return ("H8", f"run {walk.run.ref}")


def concern_that_is_nobodys(walk: Walk) -> tuple[str, str]:
    concern = report_concern(who="A boy", what="A bruise", by=walk.council.stranger, now=walk.now)
    Practitioner.objects.filter(concern_holdings__concern=concern).update(left_date=walk.now.date())
    return ("H3", f"concern {concern.ref}")


def concern_without_anybody(walk: Walk) -> tuple[str, str]:
    concern = report_concern(who="A boy", what="A bruise", by=walk.council.stranger, now=walk.now)
    take_away("records_concern", "concern_has_accountable_person")
    take_guard_away("records_concernholding")
    ConcernHolding.objects.filter(concern=concern).delete()
    return ("H3", f"concern {concern.ref}")


def concern_of_whom_it_is_about(walk: Walk) -> tuple[str, str]:
    concern = report_concern(who="A boy", what="A bruise", by=walk.council.stranger, now=walk.now)
    ConcernAbout.objects.create(
        concern=concern, practitioner=holder_of(concern), said_by=walk.council.stranger, said_at=walk.now
    )
    return ("H3", f"concern {concern.ref}")


def early_help_without_consent(walk: Walk) -> tuple[str, str]:
    opened = involvement_of(walk, "early-help")
    take_guard_away("records_steprecord")
    StepRecord.objects.filter(run=walk.run, step="consent").update(outcome="refused")
    return ("H2", f"involvement {opened.ref}")


def receiver_stored_wrongly(walk: Walk) -> tuple[str, str]:
    Run.objects.filter(pk=walk.run.pk).update(receiver_state="asked")
    return ("H9", f"run {walk.run.ref}")


def procedure_that_is_not_there_any_more(walk: Walk) -> tuple[str, str]:
    Run.objects.filter(pk=walk.run.pk).update(protocol_digest="0" * 64)
    return ("H9", f"run {walk.run.ref}")


def joined_though_something_is_open(walk: Walk) -> tuple[str, str]:
    take_away("records_person", "person_joined_or_not")
    involvement = involvement_of(walk, "early-help")
    make_joined(walk.council, walk.family.children[1], involvement.child)
    return ("H1", f"involvement {involvement.ref}")


def joined_though_a_transfer_moves_them(walk: Walk) -> tuple[str, str]:
    take_away("records_person", "person_joined_or_not")
    make_joined(walk.council, walk.family.children[0], walk.family.children[1])
    return ("H1", f"run {walk.run.ref}")


def hidden_by_no_other_record(walk: Walk) -> tuple[str, str]:
    take_away("records_person", "person_joined_by_a_record")
    child = make_person(birth_date=date(2015, 9, 1))
    Person.objects.filter(pk=child.pk).update(is_joined=True)
    return ("H9", f"child {child.ref}")


def joined_and_shown(walk: Walk) -> tuple[str, str]:
    take_away("records_person", "person_joined_or_not")
    child = make_person(birth_date=date(2015, 9, 1))
    make_joined(walk.council, walk.family.children[0], child)
    Person.objects.filter(pk=child.pk).update(is_joined=False)
    return ("H9", f"child {child.ref}")


def event_changed(walk: Walk) -> tuple[str, str]:
    take_guard_away("audit_event")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_event SET actor_id = 0 WHERE id = (SELECT event_id FROM audit_link WHERE position = 2)"
        )
    return ("H9", "audit event 2")


BREACHES: list[Callable[[Walk], tuple[str, str]]] = [
    nobody_accountable,
    nobody_accountable_for_a_time,
    two_accountable,
    accountable_for_what_is_closed,
    no_main_contact,
    two_main_contacts,
    main_contact_who_is_not_accountable,
    a_member_twice,
    a_role_twice,
    vacant_last_resort,
    last_resort_held_by_one_who_has_left,
    accountable_person_has_left,
    child_held_by_nobody,
    ended_and_a_child_without_outcome,
    ended_and_still_in_a_queue,
    concern_that_is_nobodys,
    concern_of_whom_it_is_about,
    concern_without_anybody,
    early_help_without_consent,
    receiver_stored_wrongly,
    procedure_that_is_not_there_any_more,
    joined_though_something_is_open,
    joined_though_a_transfer_moves_them,
    hidden_by_no_other_record,
    joined_and_shown,
    event_changed,
]


@pytest.mark.parametrize("force_in", BREACHES, ids=lambda one: one.__name__)
def test_a_breach_is_found_by_its_promise_and_its_record(
    walk: Walk, force_in: Callable[[Walk], tuple[str, str]]
) -> None:
    assert find_breaches(walk.now) == []
    expected = force_in(walk)
    assert expected in found(walk)


def test_a_breach_is_told_in_words_with_references_and_without_names(walk: Walk) -> None:
    for force_in in (accountable_person_has_left, no_main_contact, receiver_stored_wrongly):
        force_in(walk)
    words = " ".join(str(breach) for breach in find_breaches(walk.now))
    assert f"Practitioner {walk.person('social-worker').ref}, who is accountable, has left." in words
    names = {child.given_name for child in walk.family.children}
    names |= {one.family_name for one in walk.council.practitioners.values()}
    assert not [name for name in names if name in words]
