"""Somebody leaves: everything that they hold passes on in one act, and the database has the last word."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from tests.actions.walking import Walk, begin
from tests.records.factories import MadeCouncil, make_account, make_council, make_family, make_practitioner, since

from handhold.access.caseloads import access_person_to_read
from handhold.access.transfers import access_transfer_to_read
from handhold.actions import leaving, steps
from handhold.actions.leaving import Successors, record_leaver
from handhold.actions.refusals import NoSuchChoice, NotAllowed
from handhold.actions.steps import ask_exception
from handhold.audit.models import AuditEvent
from handhold.queries.invariants import find_breaches
from handhold.queries.leavers import find_leaver_page
from handhold.records.constraints import constraint_of
from handhold.records.models import (
    Account,
    Allocation,
    PostHolding,
    Practitioner,
    ProfessionalRelationship,
    RoleHolding,
    RotaSlot,
    Run,
)

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


def leave(
    walk: Walk,
    role: str = "social-worker",
    successors: Successors | None = None,
    *,
    by: str = "team-manager",
    day: date | None = None,
) -> Practitioner:
    walk.now += timedelta(minutes=1)
    who, last = walk.person(role), day or walk.now.date()
    named = successors or Successors()
    return record_leaver(who.ref, last, named, "A new post elsewhere", by=walk.person(by), now=walk.now)


def holders(walk: Walk, kind: str = "assessment") -> list[Practitioner]:
    held = Allocation.objects.filter(
        involvement__child__in=walk.family.children, involvement__kind=kind, during__upper_inf=True
    )
    return [one.practitioner for one in held.select_related("practitioner").order_by("involvement__child_id")]


def refusal(walk: Walk, role: str = "social-worker", successors: Successors | None = None, **how: str) -> NotAllowed:
    with pytest.raises(NotAllowed) as refused:
        leave(walk, role, successors, **how)  # type: ignore[arg-type]
    assert Practitioner.objects.get(pk=walk.person(role).pk).left_date is None
    return refused.value


def test_without_a_name_the_children_go_to_who_stands_in_by_office(walk: Walk) -> None:
    make_account(walk.person("social-worker"))
    gone = leave(walk)
    assert holders(walk) == [walk.person("team-manager")] * 2
    gone.refresh_from_db()
    assert gone.left_date == walk.now.date()
    assert not RoleHolding.objects.filter(practitioner=gone, during__upper_inf=True).exists()
    assert not Account.objects.get(practitioner=gone).is_active
    assert find_breaches(walk.now) == []
    assert AuditEvent.objects.filter(name="practitioner.left").count() == 1
    case = access_transfer_to_read(walk.run.ref, by=walk.person("team-manager"), now=walk.now).case
    assert ("worker-allocated", None) in case.observed.deadlines


def test_all_go_to_the_one_who_is_named_and_a_child_of_their_own_to_another(
    walk: Walk, council: MadeCouncil, colleague: Practitioner
) -> None:
    other = make_practitioner(council.agencies["council"], council.teams["assessment-2"], role="social-worker")
    first = walk.family.involvements[0].ref
    leave(walk, successors=Successors(colleague.ref, {first: other.ref}))
    assert holders(walk) == [other, colleague]


def test_a_lead_who_was_asked_or_has_accepted_is_let_go_and_the_transfer_asks_anew(walk: Walk) -> None:
    walk.to_lead_accepted()
    leave(walk, "lead-practitioner", by="early-help-coordinator")
    case = access_transfer_to_read(walk.run.ref, by=walk.person("social-worker"), now=walk.now).case
    assert (case.run.receiver, case.observed.facts.receiver) == (None, "none")
    assert case.records[-1].on_behalf_of_id == walk.person("lead-practitioner").pk
    assert holders(walk) == [walk.person("social-worker")] * 2, "who was responsible stays so"


def test_a_partners_lead_leaves_their_early_help_to_the_named_person_of_the_council(walk: Walk) -> None:
    walk.to_lead_accepted().to_ready_to_close()
    walk.close(walk.child_refs[0])
    leave(walk, "lead-practitioner", by="early-help-coordinator")
    assert holders(walk, "early-help") == [walk.person("early-help-coordinator")]
    assert Run.objects.get(pk=walk.run.pk).receiver is None
    assert find_breaches(walk.now) == []


def test_a_practitioner_whom_a_meeting_chose_is_let_go_too(walk: Walk) -> None:
    walk.to_practitioner_allocated()
    page = find_leaver_page(
        access_person_to_read(walk.person("support-practitioner").ref, by=walk.person("practice-manager"), now=walk.now)
    )
    assert any("takes over" in one.what for one in page.following)
    assert any("Chosen by a meeting" in one.what for one in page.following)
    leave(
        walk,
        "support-practitioner",
        Successors(roles={"support-practitioner": walk.person("practice-manager").ref}),
        by="practice-manager",
    )
    assert Run.objects.get(pk=walk.run.pk).receiver is None


def test_what_they_asked_for_stays_asked(walk: Walk) -> None:
    walk.do("early-help-considered", "universal")
    worker = walk.person("social-worker")
    ask_exception(walk.run.ref, "ending-visit", "declined", "They moved away", by=worker, now=walk.now)
    leave(walk)
    case = access_transfer_to_read(walk.run.ref, by=walk.person("team-manager"), now=walk.now).case
    assert ("ending-visit", None) in case.observed.asked


def test_they_work_with_no_child_any_more(walk: Walk, council: MadeCouncil) -> None:
    health = council.second_lead
    assert ProfessionalRelationship.objects.filter(practitioner=health, during__upper_inf=True).exists()
    council.practitioners["lead-practitioner"] = health
    leave(walk, "lead-practitioner", by="early-help-coordinator")
    assert not ProfessionalRelationship.objects.filter(practitioner=health, during__upper_inf=True).exists()


def test_the_post_of_last_resort_and_a_role_that_nobody_else_has_are_refused_until_somebody_is_named(
    walk: Walk,
) -> None:
    refused = refusal(walk, "duty-manager", by="service-manager")
    assert (refused.field, refused.clauses) == ("post-duty-manager", ("H1", "H8"))
    assert "Name who takes on" in refused.what
    deputy = walk.person("service-manager").ref
    refused = refusal(walk, "service-manager", by="duty-manager")
    assert refused.field == "role-service-manager", "no queue or meeting hangs on the post, but the procedure names it"
    named = Successors(deputy, posts={"duty-manager": deputy}, rotas={"duty-manager": deputy})
    leave(walk, "duty-manager", named, by="service-manager")
    assert PostHolding.objects.get(post__code="duty-manager", during__upper_inf=True).practitioner.ref == deputy
    assert RoleHolding.objects.filter(role="duty-manager", practitioner__ref=deputy, during__upper_inf=True).exists()
    (turn,) = RotaSlot.objects.filter(rota__code="duty-manager", during__upper_inf=True)
    assert turn.practitioner.ref == deputy


def test_without_the_question_the_database_refuses_a_vacant_post_of_last_resort(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "_named", lambda *_: {})
    with pytest.raises(IntegrityError) as refused:
        leave(walk, "duty-manager", by="service-manager")
    assert constraint_of(refused.value) == "post_of_last_resort_is_held"


def test_a_turn_of_duty_that_nobody_takes_is_left_open_to_be_filled(walk: Walk, council: MadeCouncil) -> None:
    worker, later = walk.person("social-worker"), walk.now + timedelta(days=7)
    RotaSlot.objects.create(rota=council.duty_rota, practitioner=worker, during=since(later, later + timedelta(days=1)))
    leave(walk)
    assert not RotaSlot.objects.filter(practitioner=worker).exists()


def test_only_a_manager_records_it_nobody_for_themself_and_not_ahead_of_the_day(walk: Walk) -> None:
    for by in ("social-worker", "practice-manager"):
        refused = refusal(walk, by=by)
        assert walk.person("team-manager").family_name in refused.who
    with pytest.raises(NotAllowed) as early:
        leave(walk, day=walk.now.date() + timedelta(days=1))
    assert early.value.field == "left_date"


def test_who_has_left_cannot_leave_again(walk: Walk) -> None:
    leave(walk)
    with pytest.raises(NotAllowed):
        leave(walk)


def test_something_that_comes_to_them_meanwhile_stops_the_act(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "_move_children", lambda *_: [])
    with pytest.raises(NotAllowed, match="just now"):
        leave(walk)
    monkeypatch.setattr(leaving, "_check_nothing_left", lambda _: None)
    leave(walk)
    assert holders(walk) == [walk.person("social-worker")] * 2, "without the last look a child is left with who is gone"


def test_who_leaves_while_somebody_chooses_them_is_not_chosen(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    walk.to_family_agreed("targeted").do("support-requested", "requested")
    chosen = walk.person("support-practitioner")

    def leaves() -> None:
        Practitioner.objects.filter(pk=chosen.pk).update(left_date=walk.now.date())

    monkeypatch.setattr(steps, "check_constraints_now", leaves)
    content = walk.at(practitioner=chosen, agreed_date=date(2026, 12, 11))
    with pytest.raises(NoSuchChoice):
        walk.do("support-decided", "allocated", content, by="practice-manager")
    assert Run.objects.get(pk=walk.run.pk).receiver is None
    Practitioner.objects.filter(pk=chosen.pk).update(left_date=None)
    monkeypatch.setattr(steps, "_check_still_there", lambda *_: None)
    walk.do("support-decided", "allocated", content, by="practice-manager")
    assert Run.objects.get(pk=walk.run.pk).receiver == chosen, "without the last look they would be, though gone"
