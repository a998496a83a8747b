"""Reallocation outside a run: one child, a family, everything; nobody is let go, and transfers on their way follow."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from tests.actions.walking import Walk, begin
from tests.records.factories import MadeCouncil, make_account, make_council, make_family, make_practitioner

from handhold.access.transfers import NotHere, access_transfer_to_read
from handhold.actions import reallocating
from handhold.actions.once import AlreadySubmitted, Submission
from handhold.actions.reallocating import reallocate
from handhold.actions.refusals import HandsOnToNobodyElse, NotAllowed
from handhold.audit.models import AuditEvent
from handhold.casefiles.handing_over import hand_over
from handhold.notifications.models import OutboxMessage
from handhold.queries.invariants import find_breaches
from handhold.records.models import Allocation, MainContact, Practitioner, ProfessionalRelationship, Run

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def walk(council: MadeCouncil) -> Walk:
    return begin(council, make_family(council, children=2))


@pytest.fixture
def colleague(council: MadeCouncil) -> Practitioner:
    """Another social worker of the same team."""
    return make_practitioner(council.agencies["council"], council.teams["assessment-2"], role="social-worker")


def refs_of(person: Practitioner) -> list[str]:
    held = Allocation.objects.filter(practitioner=person, during__upper_inf=True)
    return list(held.values_list("involvement__ref", flat=True))


def move(
    walk: Walk,
    to: Practitioner,
    refs: Sequence[str] | None = None,
    *,
    holder: Practitioner | None = None,
    by: Practitioner | str = "team-manager",
    submission: Submission | None = None,
) -> None:
    walk.now += timedelta(minutes=1)
    leaving = holder or walk.person("social-worker")
    who = walk.person(by) if isinstance(by, str) else by
    asked = refs_of(leaving) if refs is None else refs
    reallocate(leaving.ref, asked, to.ref, "Her caseload", by=who, now=walk.now, submission=submission)


def holders(walk: Walk, kind: str = "assessment") -> set[Practitioner]:
    held = Allocation.objects.filter(
        involvement__child__in=walk.family.children, involvement__kind=kind, during__upper_inf=True
    )
    return {one.practitioner for one in held.select_related("practitioner")}


def test_the_old_allocation_ends_at_the_instant_at_which_the_new_begins_and_the_main_contact_follows(
    walk: Walk, colleague: Practitioner
) -> None:
    move(walk, colleague)
    for involvement in walk.family.involvements:
        old, new = Allocation.objects.filter(involvement=involvement).order_by("during")
        assert (old.during.upper, new.during.lower) == (walk.now, walk.now)
        assert new.practitioner == colleague
        (contact,) = MainContact.objects.filter(child=involvement.child, during__upper_inf=True)
        assert contact.practitioner == colleague
    assert find_breaches(walk.now) == []


def test_one_child_of_a_family_can_be_moved_and_the_others_stay(walk: Walk, colleague: Practitioner) -> None:
    move(walk, colleague, [walk.family.involvements[0].ref])
    assert holders(walk) == {colleague, walk.person("social-worker")}
    assert Run.objects.get(pk=walk.run.pk).sender == walk.person("social-worker")


def test_it_is_audited_once_and_both_are_told(walk: Walk, colleague: Practitioner) -> None:
    OutboxMessage.objects.all().delete()
    move(walk, colleague)
    (event,) = AuditEvent.objects.filter(name="involvement.reallocated")
    assert event.actor_id == walk.person("team-manager").pk
    assert {child.ref for child in walk.family.children} <= set(event.subjects)
    told = set(OutboxMessage.objects.values_list("template", "to_address"))
    assert told == {
        ("reallocated-to-you", colleague.email),
        ("reallocated-from-you", walk.person("social-worker").email),
    }


def test_a_transfer_on_its_way_goes_on_with_the_new_worker(walk: Walk, colleague: Practitioner) -> None:
    walk.to_lead_accepted()
    move(walk, colleague)
    case = access_transfer_to_read(walk.run.ref, by=colleague, now=walk.now).case
    assert (case.people.worker, case.worker_now) == (colleague, colleague)
    walk.do("closure-begun", "begun", by=colleague)
    with pytest.raises(NotHere):
        access_transfer_to_read(walk.run.ref, by=make_stranger(walk), now=walk.now)


def make_stranger(walk: Walk) -> Practitioner:
    return walk.council.stranger


@pytest.mark.parametrize(
    "state", ["to_lead_asked", "to_lead_accepted", "to_practitioner_allocated", "to_handed_over", "to_ready_to_close"]
)
def test_the_new_worker_closes_the_children_from_whichever_state(
    walk: Walk, colleague: Practitioner, state: str
) -> None:
    if state == "to_ready_to_close":
        walk.to_lead_accepted()
    getattr(walk, state)()
    move(walk, colleague)
    opened = access_transfer_to_read(walk.run.ref, by=colleague, now=walk.now)
    assert opened.case.people.worker == colleague
    assert "responsible-worker" in opened.words
    assert opened.case.observed.facts.children[0].holder_of("assessment") == "responsible-worker"
    if state == "to_ready_to_close":
        for child in walk.child_refs:
            walk.do("case-closed", "early-help-begins", by=colleague, child=child)
        assert find_breaches(walk.now) == []


def test_to_the_manager_it_goes_by_the_step_that_says_so_and_back_by_the_other(
    walk: Walk, colleague: Practitioner
) -> None:
    manager = walk.person("team-manager")
    move(walk, manager)
    case = access_transfer_to_read(walk.run.ref, by=manager, now=walk.now).case
    assert ("worker-left", None) in case.observed.standing
    assert ("worker-allocated", None) in case.observed.deadlines, "the manager holds for two days, not for ever"
    move(walk, colleague, holder=manager)
    case = access_transfer_to_read(walk.run.ref, by=colleague, now=walk.now).case
    assert ("worker-left", None) not in case.observed.standing
    assert (case.people.worker, case.run.sender) == (colleague, colleague)


def test_who_takes_early_help_over_is_the_transfers_receiver_and_lead_on_record(
    walk: Walk, council: MadeCouncil
) -> None:
    walk.to_handed_over().to_ready_for_oversight()
    walk.do("closure-overseen", "agreed", by="team-manager")
    first = walk.child_refs[0]
    walk.close(first)
    other = make_practitioner(council.agencies["council"], council.teams["targeted"], role="support-practitioner")
    move(walk, other, holder=walk.person("support-practitioner"), by="practice-manager")
    assert holders(walk, "early-help") == {other}
    run = Run.objects.get(pk=walk.run.pk)
    assert (run.receiver, run.receiver_state) == (other, "accepted")
    case = access_transfer_to_read(walk.run.ref, by=other, now=walk.now).case
    assert case.observed.facts.children[0].holder_of("early-help") == "receiver"
    leads = ProfessionalRelationship.objects.filter(child__ref=first, is_lead=True, during__upper_inf=True)
    assert [one.practitioner for one in leads] == [other]
    walk.close(walk.child_refs[1])
    assert holders(walk, "early-help") == {other}, "whoever is allocated now takes the second child on too"


def test_a_partners_early_help_goes_to_the_named_person_and_the_transfer_asks_anew(walk: Walk) -> None:
    walk.to_lead_accepted().to_ready_to_close()
    walk.close(walk.child_refs[0])
    coordinator = walk.person("early-help-coordinator")
    move(walk, coordinator, holder=walk.person("lead-practitioner"), by="early-help-coordinator")
    assert holders(walk, "early-help") == {coordinator}
    assert Run.objects.get(pk=walk.run.pk).receiver is None
    case = access_transfer_to_read(walk.run.ref, by=coordinator, now=walk.now).case
    assert ("lead-asked", None) not in case.observed.standing


def refusal(walk: Walk, to: Practitioner, **how: object) -> NotAllowed:
    before = list(Allocation.objects.order_by("pk").values())
    with pytest.raises(NotAllowed) as refused:
        move(walk, to, **how)  # type: ignore[arg-type]
    assert list(Allocation.objects.order_by("pk").values()) == before
    return refused.value


def test_who_is_not_their_manager_is_told_who_is(walk: Walk, colleague: Practitioner) -> None:
    for by in (colleague, walk.person("social-worker"), walk.person("practice-manager")):
        refused = refusal(walk, colleague, by=by)
        assert walk.person("team-manager").family_name in refused.who
        assert refused.clauses


def test_a_partner_a_leaver_somebody_of_another_role_and_the_same_person_take_nothing(
    walk: Walk, colleague: Practitioner
) -> None:
    assert "a partner accepts first" in refusal(walk, walk.person("lead-practitioner")).what
    assert "does not work as" in refusal(walk, walk.person("support-practitioner")).what
    assert "answers for them already" in refusal(walk, walk.person("social-worker")).what
    Practitioner.objects.filter(pk=colleague.pk).update(left_date=walk.now.date())
    assert "works here now" in refusal(walk, colleague).what


def test_nothing_chosen_is_refused(walk: Walk, colleague: Practitioner) -> None:
    assert refusal(walk, colleague, refs=[]).field == "involvements"


def test_what_somebody_else_holds_by_now_is_refused_with_their_name(walk: Walk, colleague: Practitioner) -> None:
    refs = refs_of(walk.person("social-worker"))
    move(walk, colleague)
    refused = refusal(walk, walk.person("team-manager"), refs=refs)
    assert colleague.family_name in refused.what


def test_of_another_council_nothing_is_there(walk: Walk, colleague: Practitioner) -> None:
    elsewhere = make_council(code="elsewhere")
    with pytest.raises(NotHere):
        move(walk, colleague, by=elsewhere.practitioners["team-manager"])


def test_a_double_click_moves_once(walk: Walk, colleague: Practitioner) -> None:
    account = make_account(walk.person("team-manager"))
    refs, form = refs_of(walk.person("social-worker")), Submission("one", account, "/work/people")
    move(walk, colleague, refs, submission=form)
    with pytest.raises(AlreadySubmitted):
        move(walk, colleague, refs, submission=form)
    assert AuditEvent.objects.filter(name="involvement.reallocated").count() == 1


def test_somebody_who_left_meanwhile_takes_nothing(
    walk: Walk, colleague: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leaves(*_: object, **__: object) -> None:
        Practitioner.objects.filter(pk=colleague.pk).update(left_date=walk.now.date())

    monkeypatch.setattr(reallocating, "tell_both", leaves)
    assert "has left" in refusal(walk, colleague).what
    monkeypatch.setattr(reallocating, "check_still_there", lambda *_: None)
    move(walk, colleague)
    assert holders(walk) == {colleague}, "without the last look they would hold, though they are gone"


def test_a_worker_who_leaves_twice_moves_nobody_and_is_told_what_to_do_instead(walk: Walk) -> None:
    walk.do("worker-left", "left")
    with pytest.raises(HandsOnToNobodyElse) as refused:
        walk.do("worker-left", "left", by="team-manager")
    assert refused.value.holder == walk.person("team-manager")


def test_allocating_another_than_who_holds_since_is_refused_and_naming_who_holds_is_true(
    walk: Walk, colleague: Practitioner
) -> None:
    walk.do("worker-left", "left")
    walk.now += timedelta(minutes=1)
    case = access_transfer_to_read(walk.run.ref, by=walk.person("team-manager"), now=walk.now).case
    hand_over([child.allocations["assessment"] for child in case.children], colleague, walk.now)
    with pytest.raises(HandsOnToNobodyElse):
        walk.do("worker-allocated", "allocated", walk.at(practitioner=walk.person("social-worker")), by="team-manager")
    walk.do("worker-allocated", "allocated", walk.at(practitioner=colleague), by="team-manager")
    case = access_transfer_to_read(walk.run.ref, by=colleague, now=walk.now).case
    assert ("worker-left", None) not in case.observed.standing
