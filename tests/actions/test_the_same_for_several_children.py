"""Recording a step for several children in one act: all of them or none, once, with each record of its own."""

from typing import Any

import pytest
from tests.actions.walking import Walk, begin
from tests.records.factories import make_account, make_council, make_family

from handhold.access.transfers import NotHere
from handhold.actions.once import AlreadySubmitted, Submission
from handhold.actions.refusals import NoSuchChoice, StepRefused
from handhold.actions.steps import record_step_for_children
from handhold.audit.models import AuditEvent
from handhold.casefiles import contents
from handhold.records.models import Involvement, ProfessionalRelationship, Run, StepRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    """A targeted transfer of three children after the handover."""
    council = make_council()
    return begin(council, make_family(council, children=3)).to_handed_over()


def record(walk: Walk, step: str, outcome: str, content: contents.Content | None = None, **words: Any) -> None:
    sent: dict[str, Any] = {"child_refs": walk.child_refs, "by": walk.person("social-worker"), **words}
    record_step_for_children(walk.run.ref, step, outcome, content or walk.at(), now=walk.now, **sent)


def lead(walk: Walk) -> contents.RelationshipContent:
    return contents.RelationshipContent(walk.now, role="Support practitioner", contact="01632 960 003")


def test_each_child_has_a_record_and_an_entry_of_the_audit_of_its_own(walk: Walk) -> None:
    before = AuditEvent.objects.count()
    record(walk, "lead-on-record", "added", lead(walk))
    recorded = StepRecord.objects.filter(step="lead-on-record").order_by("child_id")
    assert [one.child.ref for one in recorded if one.child] == walk.child_refs
    leads = ProfessionalRelationship.objects.filter(is_lead=True, practitioner=walk.lead)
    assert {one.child.ref for one in leads} == set(walk.child_refs)
    assert AuditEvent.objects.count() == before + 3


def test_one_act_closes_every_child_and_with_the_last_of_them_the_transfer(walk: Walk) -> None:
    walk.to_ready_to_close()
    record(walk, "case-closed", "targeted-help-begins")
    still_open = Involvement.objects.filter(child__in=walk.family.children, open_during__upper_inf=True)
    assert sorted(still_open.values_list("kind", flat=True)) == ["early-help"] * 3
    assert Run.objects.get(pk=walk.run.pk).ending == "completed"


def test_where_one_child_is_refused_none_is_recorded(walk: Walk) -> None:
    walk.to_ready_to_close()
    walk.close(walk.child_refs[2])
    with pytest.raises(StepRefused) as refused:
        record(walk, "case-closed", "targeted-help-begins")
    assert {reason.child for reason in refused.value.reasons} == {2}
    closed = StepRecord.objects.filter(step="case-closed")
    assert [one.child.ref for one in closed if one.child] == [walk.child_refs[2]]


def test_without_the_refused_child_the_others_are_recorded(walk: Walk) -> None:
    walk.to_ready_to_close()
    walk.close(walk.child_refs[2])
    record(walk, "case-closed", "targeted-help-begins", child_refs=walk.child_refs[:2])
    assert StepRecord.objects.filter(step="case-closed").count() == 3


def test_a_child_named_twice_is_recorded_once(walk: Walk) -> None:
    record(walk, "lead-on-record", "added", lead(walk), child_refs=[walk.child_refs[0]] * 2)
    assert StepRecord.objects.filter(step="lead-on-record").count() == 1


def test_the_same_form_sent_twice_has_one_effect(walk: Walk) -> None:
    form = Submission("c" * 32, make_account(walk.person("social-worker")), "/")
    record(walk, "lead-on-record", "added", lead(walk), submission=form)
    walk.now = walk.now.replace(microsecond=1)
    with pytest.raises(AlreadySubmitted):
        record(walk, "lead-on-record", "added", lead(walk), submission=form)
    assert StepRecord.objects.filter(step="lead-on-record").count() == 3


@pytest.mark.parametrize("child_refs", [[], ["ZZZZZZZZ"]])
def test_no_child_or_a_child_of_another_transfer_cannot_be_named(walk: Walk, child_refs: list[str]) -> None:
    with pytest.raises(NoSuchChoice):
        record(walk, "lead-on-record", "added", lead(walk), child_refs=child_refs)


def test_a_stranger_is_answered_as_though_there_were_no_transfer(walk: Walk) -> None:
    with pytest.raises(NotHere):
        record(walk, "lead-on-record", "added", lead(walk), by=walk.council.stranger)
    assert not StepRecord.objects.filter(step="lead-on-record").exists()
