"""Recording a step: what is written, who may, and that one form has one effect."""

from datetime import timedelta
from typing import Any

import pytest
from tests.actions.walking import Walk, a_plan, begin
from tests.records.factories import make_account, make_council, make_family

from handhold.access.transfers import NotHere
from handhold.actions.meetings import Attended, finish_meeting
from handhold.actions.once import AlreadySubmitted, Submission
from handhold.actions.refusals import HappenedLater, NoSuchChoice, ReasonNeeded, StepRefused
from handhold.actions.steps import ask_exception, decide_exception, record_step
from handhold.actions.transfers import write_message
from handhold.audit.models import AuditEvent
from handhold.casefiles import contents
from handhold.casefiles.details import EditedMeanwhile
from handhold.notifications.models import OutboxMessage
from handhold.records.models import (
    Consent,
    Decision,
    MeetingAttendance,
    MeetingItem,
    PlanRevision,
    ProfessionalRelationship,
    QueueItem,
    Run,
    StepRecord,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    """A transfer of two children that has just begun."""
    council = make_council()
    return begin(council, make_family(council, children=2))


def problems(error: pytest.ExceptionInfo[StepRefused]) -> set[tuple[str, str]]:
    """What a refusal names: (problem, step or word)."""
    return {(reason.problem, reason.what or reason.step) for reason in error.value.reasons}


def test_a_step_leaves_one_record_one_decision_and_one_audit_event(walk: Walk) -> None:
    before = AuditEvent.objects.count()
    walk.do("early-help-considered", "targeted")
    record = StepRecord.objects.get(step="early-help-considered")
    assert (record.outcome, record.recorded_by) == ("targeted", walk.person("social-worker"))
    assert Decision.objects.filter(step_record=record).count() == 1
    assert AuditEvent.objects.count() == before + 1
    assert AuditEvent.objects.latest("id").name == "step.recorded"


def test_a_stranger_is_answered_as_though_there_were_no_transfer(walk: Walk) -> None:
    with pytest.raises(NotHere):
        walk.do("early-help-considered", "targeted", by=walk.council.stranger)
    with pytest.raises(NotHere):
        record_step("ZZZZZZZZ", "consent", "given", contents.Content(walk.now), by=walk.council.stranger, now=walk.now)
    assert not StepRecord.objects.filter(step="early-help-considered").exists()


def test_somebody_who_sees_the_transfer_but_whose_move_it_is_not_is_refused(walk: Walk) -> None:
    with pytest.raises(StepRefused) as refused:
        walk.do("consent", "given", walk.consent(), by="service-manager")
    assert ("not-yours", "consent") in problems(refused)


def test_the_same_form_sent_twice_has_one_effect(walk: Walk) -> None:
    account = make_account(walk.person("social-worker"))
    form = Submission("a" * 32, account, f"/transfers/{walk.run.ref}")
    written = contents.Content(walk.now)
    sent: Any = {"reason": "Right", "by": walk.person("social-worker"), "submission": form}
    record_step(walk.run.ref, "early-help-considered", "targeted", written, now=walk.now, **sent)
    later = walk.now + timedelta(seconds=1)
    with pytest.raises(AlreadySubmitted) as again:
        record_step(walk.run.ref, "early-help-considered", "targeted", written, now=later, **sent)
    assert again.value.answer_url == f"/transfers/{walk.run.ref}"
    assert StepRecord.objects.filter(step="early-help-considered").count() == 1


def test_a_form_of_another_account_does_not_tell_where_it_leads(walk: Walk) -> None:
    sent = Submission("a-form", make_account(walk.person("social-worker")), "/transfers/AAAAAAAA")
    write_message(walk.run.ref, "Good morning", by=walk.person("social-worker"), now=walk.now, submission=sent)
    copied = Submission("a-form", make_account(walk.person("team-manager")), "/")
    with pytest.raises(AlreadySubmitted) as again:
        write_message(walk.run.ref, "Good morning", by=walk.person("team-manager"), now=walk.now, submission=copied)
    assert again.value.answer_url == "/"


def test_after_the_worker_has_left_the_manager_who_holds_the_family_hears_the_answer(walk: Walk) -> None:
    walk.to_lead_asked().do("worker-left", "left")
    walk.do("lead-answer", "declined", by="lead-practitioner")
    told = set(OutboxMessage.objects.filter(template="answered").values_list("to_address", flat=True))
    assert told == {walk.person("team-manager").email}


def test_a_refused_form_can_be_sent_again_once_the_reason_is_there(walk: Walk) -> None:
    account = make_account(walk.person("social-worker"))
    form = Submission("b" * 32, account, "/")
    worker = walk.person("social-worker")
    content = contents.Content(walk.now)
    with pytest.raises(ReasonNeeded):
        record_step(
            walk.run.ref, "early-help-considered", "targeted", content, by=worker, now=walk.now, submission=form
        )
    record_step(
        walk.run.ref,
        "early-help-considered",
        "targeted",
        content,
        reason="Right",
        by=worker,
        now=walk.now,
        submission=form,
    )
    assert StepRecord.objects.filter(step="early-help-considered").count() == 1


def test_nothing_is_recorded_that_has_yet_to_happen(walk: Walk) -> None:
    with pytest.raises(HappenedLater):
        walk.do("assessment-shown", "shown", contents.Content(walk.now + timedelta(days=1)))


def test_a_worker_who_goes_on_to_lead_came_once_to_the_handover_meeting(walk: Walk) -> None:
    walk.to_practitioner_allocated()
    worker = walk.person("social-worker")
    Run.objects.filter(pk=walk.run.pk).update(receiver=worker)
    people = [contents.Attendance("present", practitioner=worker)] * 2
    family = contents.Attendance("present", person=walk.family.mother)
    walk.do("handover-meeting", "held", walk.at(contents.MeetingContent, attendances=(family, *people)))
    assert MeetingAttendance.objects.filter(practitioner=worker).count() == 1


@pytest.mark.parametrize(("step", "outcome"), [("no-such-step", "done"), ("consent", "no-such-outcome")])
def test_what_the_run_does_not_have_cannot_be_recorded(walk: Walk, step: str, outcome: str) -> None:
    with pytest.raises(NoSuchChoice):
        walk.do(step, outcome)


def test_nobody_is_chosen_who_has_left_or_is_of_another_council(walk: Walk) -> None:
    walk.to_family_agreed("partner-led")
    walk.do("preferred-lead", "recorded", walk.at(contents.ConversationContent, note="Her form teacher"))
    gone, elsewhere = walk.person("lead-practitioner"), make_council(code="elsewhere").second_lead
    gone.left_date = walk.now.date()
    gone.save()
    for somebody in (gone, elsewhere):
        asked = walk.at(contents.ConversationContent, practitioner=somebody, how="telephone", confirmed=True)
        with pytest.raises(NoSuchChoice):
            walk.do("lead-asked", "asked", asked)
    assert Run.objects.get(pk=walk.run.pk).receiver is None


def test_nobody_is_allocated_who_has_not_the_role(walk: Walk) -> None:
    walk.to_family_agreed("targeted")
    walk.do("support-requested", "requested")
    teacher = walk.at(practitioner=walk.person("lead-practitioner"), agreed_date=walk.now.date())
    with pytest.raises(NoSuchChoice):
        walk.do("support-decided", "allocated", teacher, by="practice-manager")
    walk.do("worker-left", "left")
    with pytest.raises(NoSuchChoice):
        walk.do("worker-allocated", "allocated", walk.at(practitioner=walk.council.second_lead), by="team-manager")
    walk.do("worker-allocated", "allocated", walk.at(practitioner=walk.council.stranger), by="team-manager")
    assert Run.objects.get(pk=walk.run.pk).sender == walk.council.stranger


def test_somebody_who_works_with_a_child_already_can_come_to_lead(walk: Walk) -> None:
    walk.to_lead_asked(walk.council.second_lead)
    walk.do("lead-answer", "accepted", walk.at(agreed_date=walk.now.date()), by=walk.council.second_lead)
    walk.to_endings()
    child = walk.child_refs[0]
    as_before = walk.at(contents.RelationshipContent, role="Health visitor", contact="01632 960 003")
    walk.do("lead-on-record", "added", as_before, child=child)
    now = ProfessionalRelationship.objects.filter(child__ref=child, during__upper_inf=True)
    assert [(one.practitioner, one.is_lead) for one in now] == [(walk.council.second_lead, True)]


@pytest.mark.parametrize(
    ("step", "outcome"), [("concern-reported", "reported"), ("concern-decided", "support-goes-on")]
)
def test_a_concern_is_not_written_down_as_a_mere_step(walk: Walk, step: str, outcome: str) -> None:
    with pytest.raises(NoSuchChoice):
        walk.do(step, outcome, by="duty-manager")
    assert not StepRecord.objects.filter(step=step).exists()


def test_a_step_of_each_child_asks_for_a_child_of_this_run(walk: Walk) -> None:
    with pytest.raises(NoSuchChoice):
        walk.do("child-stays", "stays")
    with pytest.raises(NoSuchChoice):
        walk.do("child-stays", "stays", child="ZZZZZZZZ")


def test_a_plan_that_only_monitors_is_refused_with_its_clause(walk: Walk) -> None:
    walk.do("early-help-considered", "partner-led")
    monitoring = walk.at(contents.PlanContent, needs=a_plan(only_monitors=True))
    with pytest.raises(StepRefused) as refused:
        walk.do("plan-proposed", "written", monitoring)
    assert problems(refused) == {("word-missing", "action-beyond-monitoring")}
    assert "Y11" in refused.value.reasons[0].clauses
    assert not PlanRevision.objects.exists()


def test_two_editors_of_one_plan_nobody_overwrites_the_other_unseen(walk: Walk) -> None:
    walk.do("early-help-considered", "partner-led")
    first = walk.at(contents.PlanContent, needs=a_plan(), edited_revision=0)
    walk.do("plan-proposed", "written", first)
    with pytest.raises(EditedMeanwhile):
        walk.do("plan-proposed", "written", first)
    assert PlanRevision.objects.count() == 1
    walk.do("plan-proposed", "written", walk.at(contents.PlanContent, needs=a_plan(), edited_revision=1))
    assert PlanRevision.objects.count() == 2


def test_consent_keeps_whose_to_what_how_and_with_whom(walk: Walk) -> None:
    walk.do("early-help-considered", "partner-led")
    with pytest.raises(StepRefused) as refused:
        walk.do("consent", "given", walk.at(contents.ConsentContent, given_by=walk.family.mother))
    assert problems(refused) == {("word-missing", "whose-consent"), ("word-missing", "sharing-agreed")}
    walk.do("consent", "given", walk.consent())
    consent = Consent.objects.get()
    assert (consent.given_by, consent.to_what, consent.how) == (walk.family.mother, "early help", "face to face")
    assert [agency.kind for agency in consent.agencies.all()] == ["school"]


def test_the_lead_is_told_that_she_was_asked_and_nothing_about_the_family(walk: Walk) -> None:
    walk.to_lead_asked()
    message = OutboxMessage.objects.get(template="asked-to-lead")
    assert message.to_address == walk.person("lead-practitioner").email
    assert message.context == {"ref": walk.run.ref, "path": f"/transfers/{walk.run.ref}/proposal"}


def test_a_lead_who_declined_sees_nothing_any_more(walk: Walk) -> None:
    walk.to_lead_asked()
    lead = walk.person("lead-practitioner")
    walk.do("lead-answer", "declined", by=lead)
    assert Run.objects.get(pk=walk.run.pk).receiver is None
    with pytest.raises(NotHere):
        walk.do("lead-answer", "accepted", walk.at(agreed_date=walk.now.date()), by=lead)


def test_a_request_goes_on_the_next_meeting_by_itself_and_a_deferred_one_on_the_one_after(walk: Walk) -> None:
    walk.to_family_agreed("targeted")
    walk.do("support-requested", "requested")
    first = MeetingItem.objects.select_related("meeting").get()
    with pytest.raises(ReasonNeeded):
        walk.do("support-decided", "deferred", by="transfer-meeting-chair", reason="")
    walk.do("support-decided", "deferred", by="transfer-meeting-chair", reason="The chair is ill")
    first.refresh_from_db()
    second = MeetingItem.objects.select_related("meeting").exclude(pk=first.pk).get()
    assert (first.outcome, first.reason, first.moved_to) == ("deferred", "The chair is ill", second.meeting)
    assert second.meeting.planned_at - first.meeting.planned_at == timedelta(days=7)


def test_a_request_does_not_go_on_a_meeting_that_was_finished_ahead_of_its_time(walk: Walk) -> None:
    walk.to_family_agreed("targeted")
    walk.do("support-requested", "requested")
    finished = MeetingItem.objects.select_related("meeting").get().meeting
    walk.do("early-help-considered", "partner-led")
    chair = walk.person("transfer-meeting-chair")
    finish_meeting(finished.ref, Attended(frozenset({chair.ref})), by=chair, now=walk.now)
    walk.do("early-help-considered", "targeted")
    walk.do("support-requested", "requested")
    waiting = MeetingItem.objects.select_related("meeting").get(outcome="")
    assert waiting.meeting.held_at is None
    assert waiting.meeting.planned_at - finished.planned_at == timedelta(days=7)


def test_a_request_taken_back_leaves_the_agenda_and_can_be_put_on_the_same_meeting_again(walk: Walk) -> None:
    walk.to_family_agreed("targeted")
    walk.do("support-requested", "requested")
    first = MeetingItem.objects.get()
    walk.do("early-help-considered", "partner-led")
    first.refresh_from_db()
    assert first.outcome == "taken-back"
    walk.do("early-help-considered", "targeted")
    walk.do("support-requested", "requested")
    second = MeetingItem.objects.get(outcome="")
    assert second.meeting == first.meeting
    walk.do("transfer-cancelled", "cancelled")
    second.refresh_from_db()
    assert second.outcome == "taken-back"


def test_the_chair_does_not_allocate_a_practitioner(walk: Walk) -> None:
    walk.to_family_agreed("targeted")
    walk.do("support-requested", "requested")
    chosen = walk.at(practitioner=walk.person("support-practitioner"), agreed_date=walk.now.date())
    with pytest.raises(StepRefused) as refused:
        walk.do("support-decided", "allocated", chosen, by="transfer-meeting-chair")
    assert problems(refused) == {("not-yours", "support-decided")}


def test_the_form_lies_in_its_queue_until_the_co_ordinator_takes_it_up(walk: Walk) -> None:
    walk.to_lead_accepted().to_ready_for_oversight()
    item = QueueItem.objects.get()
    assert (item.queue.code, item.taken_at) == ("partner-led-eha", None)
    walk.do("form-taken-up", "taken-up", by="early-help-coordinator")
    item.refresh_from_db()
    assert item.taken_by == walk.person("early-help-coordinator")


def test_nobody_oversees_a_closure_that_they_began(walk: Walk) -> None:
    walk.to_lead_accepted().to_endings()
    walk.do("closure-begun", "begun", by="team-manager")
    with pytest.raises(StepRefused) as refused:
        walk.do("closure-overseen", "agreed", by="team-manager")
    assert ("own-work", "closure-begun") in problems(refused)


def test_an_exception_is_decided_by_a_second_person(walk: Walk) -> None:
    walk.do("early-help-considered", "partner-led")
    worker, manager = walk.person("social-worker"), walk.person("team-manager")
    ask_exception(walk.run.ref, "ending-visit", "unsafe", "Threats at the door", by=worker, now=walk.now)
    with pytest.raises(StepRefused) as refused:
        decide_exception(walk.run.ref, "ending-visit", granted=True, reason="Yes", by=worker, now=walk.now)
    assert ("not-yours", "ending-visit") in problems(refused)
    decide_exception(walk.run.ref, "ending-visit", granted=True, reason="Agreed", by=manager, now=walk.now)
    kinds = list(StepRecord.objects.filter(step="ending-visit").values_list("act", "exception_kind", "outcome"))
    assert kinds == [("exception-asked", "unsafe", ""), ("exception-decided", "", "granted")]
    assert OutboxMessage.objects.filter(template="decision-needed", to_address=manager.email).exists()


def test_a_hard_gate_cannot_be_excepted(walk: Walk) -> None:
    walk.do("early-help-considered", "partner-led")
    with pytest.raises(StepRefused) as refused:
        ask_exception(
            walk.run.ref, "consent", "declined", "They said no", by=walk.person("social-worker"), now=walk.now
        )
    assert problems(refused) == {("no-exception", "declined")}
