"""A concern about somebody who works with the child passes them by: others receive it and answer for it (Y52).

Each is tried against its control: the same person, where it is not about them.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from tests.actions.walking import Walk, begin
from tests.records.factories import LONG_AGO, NOW, make_council, make_family, make_practitioner, since

from handhold.access.families import sight_of
from handhold.access.transfers import NotHere
from handhold.actions.concerns import acknowledge_concern, decide_concern, report_concern
from handhold.actions.concerns_afterwards import (
    Discussion,
    disagree_with_decision,
    hand_on_concern,
    link_concern,
    release_concern,
    say_whether_discussed,
    say_whom_it_is_about,
)
from handhold.actions.leaving import Successors, record_leaver
from handhold.actions.refusals import HappenedLater, NoSuchChoice
from handhold.actions.unreceived import say_not_received
from handhold.audit.models import AuditEvent
from handhold.casefiles.concerns import holder_of, ids_about, pass_on_all_of
from handhold.notifications.models import OutboxMessage
from handhold.queries.concerns import concerns_for
from handhold.queries.invariants import find_breaches
from handhold.records.models import Absence, Concern, PostHolding, Practitioner, RoleHolding, RotaSlot

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    """A transfer that is ready to close."""
    council = make_council()
    return begin(council, make_family(council, children=1)).to_lead_accepted().to_ready_to_close()


def about(walk: Walk, *people: Practitioner, named: str = "") -> Concern:
    """A concern about the family's child, sent by a health visitor."""
    return report_concern(
        who="A girl",
        what="He shouted at her",
        child_ref=walk.child_refs[0],
        about_refs=[one.ref for one in people],
        about_named=named,
        by=walk.council.second_lead,
        now=walk.now,
    )


def told(template: str = "concern-reported") -> set[str]:
    return set(OutboxMessage.objects.filter(template=template).values_list("to_address", flat=True))


def sees(walk: Walk, who: Practitioner) -> bool:
    return bool(concerns_for(sight_of(who, walk.now)))


def cannot(concern: Concern, who: Practitioner, walk: Walk) -> list[Callable[[], object]]:
    """Everything that can be done with a concern, by somebody from whom it is kept."""
    ref = concern.ref
    here: dict[str, Any] = {"by": who, "now": walk.now}
    return [
        partial(acknowledge_concern, ref, **here),
        partial(decide_concern, ref, "support-goes-on", "Fine", **here),
        partial(hand_on_concern, ref, walk.person("front-door").ref, "", **here),
        partial(release_concern, ref, "Nothing", **here),
        partial(link_concern, ref, walk.child_refs[0], **here),
        partial(say_whether_discussed, ref, Discussion("discussed"), **here),
        partial(say_whom_it_is_about, ref, named="Nobody", **here),
        partial(disagree_with_decision, ref, "No", **here),
    ]


def test_one_about_the_duty_manager_passes_them_by_and_the_service_manager_has_it(walk: Walk) -> None:
    duty, service, door = walk.person("duty-manager"), walk.person("service-manager"), walk.person("front-door")
    concern = about(walk, duty)
    assert told() == {service.email, door.email}
    assert holder_of(concern) == service
    assert (sees(walk, duty), sees(walk, service), sees(walk, door)) == (False, True, True)
    for act in cannot(concern, duty, walk):
        with pytest.raises(NotHere):
            act()
    acknowledge_concern(concern.ref, by=service, now=walk.now)


def test_one_that_is_not_about_them_reaches_the_duty_manager_and_not_the_service_manager(walk: Walk) -> None:
    duty, service = walk.person("duty-manager"), walk.person("service-manager")
    concern = about(walk)
    assert holder_of(concern) == duty
    assert duty.email in told()
    assert service.email not in told()
    assert (sees(walk, duty), sees(walk, service)) == (True, False)
    with pytest.raises(NotHere):
        acknowledge_concern(concern.ref, by=service, now=walk.now)


def test_the_job_that_says_it_waits_does_not_tell_whom_it_is_about(walk: Walk) -> None:
    duty, service = walk.person("duty-manager"), walk.person("service-manager")
    concern = about(walk, duty)
    say_not_received(concern.pk, now=walk.now + timedelta(minutes=16))
    assert told("concern-waits") == {service.email}
    control = about(walk)
    say_not_received(control.pk, now=walk.now + timedelta(minutes=16))
    assert duty.email in told("concern-waits")


@pytest.mark.parametrize("words", ["the duty manager, {given} {family}", "{GIVEN} {FAMILY} hit him", "Mrs {family}"])
def test_a_free_text_that_names_who_would_receive_it_keeps_it_from_them(walk: Walk, words: str) -> None:
    duty = walk.person("duty-manager")
    Practitioner.objects.filter(pk=duty.pk).update(given_name="Rutherford", family_name="Pennyfeather")
    said = {"given": "Rutherford", "family": "Pennyfeather", "GIVEN": "RUTHERFORD", "FAMILY": "PENNYFEATHER"}
    concern = about(walk, named=words.format(**said))
    assert ids_about(concern) == {duty.pk}
    assert holder_of(concern) != duty


def test_a_free_text_that_names_a_worker_in_full_is_about_them(walk: Walk) -> None:
    worker = walk.person("social-worker")
    Practitioner.objects.filter(pk=worker.pk).update(given_name="Rutherford", family_name="Pennyfeather")
    assert ids_about(about(walk, named="It is Rutherford Pennyfeather")) == {worker.pk}
    assert ids_about(about(walk, named="A Mr Pennyfeather at school")) == set(), "that can be anybody of the name"


def test_a_free_text_that_names_nobody_on_record_is_kept_as_it_was_written(walk: Walk) -> None:
    concern = about(walk, named="The caretaker")
    assert [(one.practitioner, one.named) for one in concern.about.all()] == [(None, "The caretaker")]
    assert holder_of(concern) == walk.person("duty-manager")


def test_who_sends_it_cannot_keep_it_from_themself_and_a_wrong_reference_stops_nothing(walk: Walk) -> None:
    sender = walk.council.second_lead
    concern = report_concern(
        who="A girl", what="Me", about_refs=[sender.ref, "ZZZZZZZZ"], about_named="", by=sender, now=walk.now
    )
    assert ids_about(concern) == set()


def test_somebody_of_another_council_is_nobody_here(walk: Walk) -> None:
    elsewhere = make_council(code="elsewhere")
    assert ids_about(about(walk, elsewhere.practitioners["duty-manager"])) == set()
    concern = about(walk)
    for role in ("duty-manager", "front-door", "service-manager"):
        with pytest.raises(NotHere):
            acknowledge_concern(concern.ref, by=elsewhere.practitioners[role], now=walk.now)


def test_where_it_is_about_everybody_who_receives_it_somebody_of_the_council_still_has_it(walk: Walk) -> None:
    everybody = [walk.person(role) for role in ("duty-manager", "front-door", "service-manager")]
    concern = about(walk, *everybody)
    assert holder_of(concern) not in everybody
    assert told() == {holder_of(concern).email}
    acknowledge_concern(concern.ref, by=holder_of(concern), now=walk.now)


def test_one_said_to_be_about_them_afterwards_is_taken_from_them_in_the_same_instant(walk: Walk) -> None:
    duty, service, door = walk.person("duty-manager"), walk.person("service-manager"), walk.person("front-door")
    concern = about(walk)
    later = walk.now + timedelta(minutes=3)
    say_whom_it_is_about(concern.ref, refs=[duty.ref], by=door, now=later)
    first, second = concern.holdings.order_by("pk")
    assert (first.practitioner, second.practitioner) == (duty, service)
    assert first.during.upper == second.during.lower == later
    assert not sees(walk, duty)
    assert service.email in told()
    assert find_breaches(later) == []


def test_where_nobody_is_on_duty_the_post_of_last_resort_answers(walk: Walk) -> None:
    service = walk.person("service-manager")
    holdings = PostHolding.objects.filter(post__must_be_held_during__isnull=False)
    holdings.update(during=since(holdings.get().during.lower, NOW))
    PostHolding.objects.create(post=walk.council.posts["duty-manager"], practitioner=service, during=since(NOW))
    assert holder_of(about(walk)) == walk.person("duty-manager"), "by the rota"
    RotaSlot.objects.update(during=since(NOW - timedelta(days=9), NOW))
    concern = about(walk)
    assert holder_of(concern) == service
    assert sees(walk, service), "who answers for it sees it"


def test_where_no_office_is_held_it_is_sent_all_the_same_and_somebody_answers(walk: Walk) -> None:
    RoleHolding.objects.filter(during__upper_inf=True).update(during=since(LONG_AGO, walk.now))
    RotaSlot.objects.all().delete()
    Absence.objects.create(practitioner=walk.person("duty-manager"), during=since(NOW))
    assert holder_of(about(walk)) == walk.person("duty-manager"), "who holds the post of last resort"


def test_it_is_handed_on_to_a_colleague_in_one_instant(walk: Walk) -> None:
    duty, door = walk.person("duty-manager"), walk.person("front-door")
    concern = about(walk)
    later = walk.now + timedelta(minutes=5)
    hand_on_concern(concern.ref, door.ref, "I am off at five", by=duty, now=later)
    assert holder_of(concern) == door
    assert [one.during.lower for one in concern.holdings.order_by("pk")][1] == later
    assert told("concern-handed-on") == {door.email}
    assert AuditEvent.objects.filter(name="concern.handed-on").count() == 1


@pytest.mark.parametrize("who", ["social-worker", "service-manager", "duty-manager"])
def test_it_is_not_handed_to_who_does_not_receive_it_or_has_it(walk: Walk, who: str) -> None:
    concern = about(walk)
    with pytest.raises(NoSuchChoice):
        hand_on_concern(concern.ref, walk.person(who).ref, "", by=walk.person("front-door"), now=walk.now)


def test_it_is_not_handed_to_whom_it_is_about(walk: Walk) -> None:
    concern = about(walk, walk.person("front-door"))
    with pytest.raises(NoSuchChoice):
        hand_on_concern(concern.ref, walk.person("front-door").ref, "", by=walk.person("duty-manager"), now=walk.now)


def test_what_somebody_answers_for_passes_on_in_the_act_in_which_they_leave(walk: Walk) -> None:
    """Not to a colleague whom it is about, who would be the next by office."""
    council, door = walk.council, walk.person("front-door")
    concern, meant = about(walk), about(walk, walk.person("service-manager"))
    hand_on_concern(concern.ref, door.ref, "", by=walk.person("duty-manager"), now=walk.now + timedelta(minutes=1))
    other = make_practitioner(council.agencies["council"], council.teams["front-door"], role="front-door")
    later = walk.now + timedelta(hours=1)
    named = Successors(other.ref, posts={"front-door": other.ref})
    record_leaver(door.ref, later.date(), named, "A new post", by=walk.person("service-manager"), now=later)
    assert holder_of(concern) == walk.person("duty-manager")
    assert holder_of(meant) == walk.person("duty-manager"), "it was not theirs, and stays where it was"
    assert walk.person("duty-manager").email in told("concern-handed-on")
    assert find_breaches(later) == []
    again = later + timedelta(hours=1)
    assert pass_on_all_of(walk.person("duty-manager"), by=None, why="Ill", now=again) == [concern, meant]
    assert holder_of(meant) == other


def test_whether_the_family_had_been_spoken_with_is_said_by_sender_or_front_door_and_the_last_word_counts(
    walk: Walk,
) -> None:
    concern, sender, door = about(walk), walk.council.second_lead, walk.person("front-door")
    assert concern.discussions.count() == 0, "it was sent without"
    say_whether_discussed(concern.ref, Discussion("not-reached", "No answer"), by=sender, now=walk.now)
    later, on = walk.now + timedelta(hours=1), walk.now.date()
    say_whether_discussed(concern.ref, Discussion("discussed", "They are upset", on), by=door, now=later)
    assert [one.outcome for one in concern.discussions.order_by("said_at")] == ["not-reached", "discussed"]
    with pytest.raises(NotHere):
        say_whether_discussed(concern.ref, Discussion("discussed"), by=walk.person("social-worker"), now=later)
    with pytest.raises(NoSuchChoice):
        say_whether_discussed(concern.ref, Discussion("hinted"), by=sender, now=later)
    to_come = Discussion("discussed", on=on + timedelta(days=1))
    with pytest.raises(HappenedLater):
        say_whether_discussed(concern.ref, to_come, by=sender, now=later)


def test_a_child_is_found_afterwards_and_from_then_on_nothing_of_the_family_closes(walk: Walk) -> None:
    concern = report_concern(who="A girl", what="A bruise", by=walk.council.second_lead, now=walk.now)
    door, child = walk.person("front-door"), walk.family.children[0]
    with pytest.raises(NotHere):
        link_concern(concern.ref, child.ref, by=walk.council.second_lead, now=walk.now)
    link_concern(concern.ref, child.ref, by=door, now=walk.now)
    concern.refresh_from_db()
    assert (concern.child, concern.family) == (child, walk.family.family)
    elsewhere = make_family(make_council(code="elsewhere"))
    for wrong in (child.ref, "ZZZZZZZZ", elsewhere.children[0].ref):
        with pytest.raises(NoSuchChoice):
            link_concern(concern.ref, wrong, by=door, now=walk.now)


def test_who_sent_it_can_disagree_once_it_is_decided_and_who_answers_for_it_is_told(walk: Walk) -> None:
    concern, sender, duty = about(walk), walk.council.second_lead, walk.person("duty-manager")
    with pytest.raises(NoSuchChoice):
        disagree_with_decision(concern.ref, "Too soon", by=sender, now=walk.now)
    decide_concern(concern.ref, "support-goes-on", "Fine", answer="Thank you", by=duty, now=walk.now)
    assert told("concern-decided") == {sender.email}
    disagree_with_decision(concern.ref, "He came again today", by=sender, now=walk.now)
    assert told("concern-disagreed") == {duty.email}
    with pytest.raises(NoSuchChoice):
        disagree_with_decision(concern.ref, "Not mine", by=duty, now=walk.now)


def test_it_is_released_once_after_its_decision(walk: Walk) -> None:
    concern, duty = about(walk), walk.person("duty-manager")
    with pytest.raises(NoSuchChoice):
        release_concern(concern.ref, "Seen", by=duty, now=walk.now)
    decide_concern(concern.ref, "support-goes-on", "Fine", by=duty, now=walk.now)
    release_concern(concern.ref, "A worry was looked into", by=duty, now=walk.now)
    release_concern(concern.ref, "Something else", by=duty, now=walk.now + timedelta(hours=1))
    concern.refresh_from_db()
    assert (concern.released_words, concern.released_by) == ("A worry was looked into", duty)
