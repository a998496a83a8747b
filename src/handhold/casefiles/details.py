"""Keeps what was written down with a step: the visit, the consent, the meeting, the plan ... of a step record.

One function for each sort of content, chosen by its class. What the step brings about is `writing`.
"""

from __future__ import annotations

import hashlib
from functools import singledispatch

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Max, Q

from handhold.casefiles import contents, contents_of_papers
from handhold.casefiles.case import Case
from handhold.casefiles.keeping_papers import (
    keep_agencies_told,
    keep_letters,
    keep_received_papers,
    keep_shared_papers,
)
from handhold.casefiles.steps_by_meaning import find_deciding_step
from handhold.protocol.definition import Step
from handhold.records.models import (
    Assessment,
    Consent,
    ConsentSharing,
    Conversation,
    Decision,
    Document,
    Form,
    FormAnswer,
    Meeting,
    MeetingAttendance,
    MeetingItem,
    Need,
    Notice,
    Plan,
    PlanAction,
    PlanRevision,
    ProfessionalRelationship,
    StepRecord,
    Visit,
    VisitChild,
)


class EditedMeanwhile(Exception):
    """Somebody else saved this text after it was shown; nothing of either is lost."""


DECIDING = frozenset({"decision", "closure", "assessment", "acceptance", "allocation"})


@singledispatch
def keep_details(content: contents.Content, case: Case, record: StepRecord) -> None:
    """Keeps the content of a step record. Raises EditedMeanwhile where another version was saved since it was shown."""
    step = case.pathway.steps[record.step]
    if step.kind == "assessment" and step.outcomes[record.outcome].done and case.run.assessment_id:
        Assessment.objects.filter(pk=case.run.assessment_id, authorised_at__isnull=True).update(
            authorised_at=record.happened_at, authorised_by=record.recorded_by
        )
    MeetingItem.objects.filter(run=case.run, outcome="").filter(
        meeting__series__code__in=_heard_by(case, record)
    ).update(outcome=record.outcome, reason=record.reason, practitioner=record.practitioner, by_date=record.agreed_date)
    if step.kind in DECIDING:
        Decision.objects.create(
            run=case.run,
            step_record=record,
            decided_by=record.recorded_by,
            decided_at=record.happened_at,
            outcome=record.outcome,
            reason=record.reason,
        )


def _heard_by(case: Case, record: StepRecord) -> set[str]:
    """The meetings whose agenda this step answers."""
    deciding = {series: find_deciding_step(case.pathway, series) for series in case.protocol.file.meetings}
    return {series for series, step in deciding.items() if step is not None and step.id == record.step}


@keep_details.register
def _(content: contents.ConsentContent, case: Case, record: StepRecord) -> None:
    consent = Consent.objects.create(
        family_id=case.run.family_id,
        given_by=content.given_by,
        step_record=record,
        outcome=answer_of(case.pathway.steps[record.step], record.outcome),
        to_what=content.to_what,
        how=content.how,
        happened_at=record.happened_at,
        recorded_at=record.recorded_at,
        recorded_by=record.recorded_by,
        note=content.note,
    )
    ConsentSharing.objects.bulk_create(ConsentSharing(consent=consent, agency=one) for one in content.shared_with)


def answer_of(step: Step, outcome: str) -> str:
    """Which of the four answers an outcome is: by its own name, else by what it does to the consent."""
    if outcome in Consent.Outcome.values:
        return outcome
    gives = any(one.consent == "live" for one in step.outcomes[outcome].effects)
    return Consent.Outcome.GIVEN if gives else Consent.Outcome.REFUSED


@keep_details.register
def _(content: contents.ConversationContent, case: Case, record: StepRecord) -> None:
    with_practitioner = content.practitioner or content.spoken_with
    if content.with_person or with_practitioner:
        Conversation.objects.create(
            run=case.run,
            step_record=record,
            with_practitioner=with_practitioner,
            with_person=content.with_person,
            how=content.how,
            happened_at=record.happened_at,
            about=content.note,
            by=record.recorded_by,
        )


@keep_details.register
def _(content: contents.MeetingContent, case: Case, record: StepRecord) -> None:
    meeting = Meeting.objects.create(
        run=case.run,
        step_record=record,
        kind=record.step,
        planned_at=record.happened_at,
        held_at=record.happened_at,
        chair=record.recorded_by,
        note=content.note,
    )
    # Once each: worker and receiver can be one person, where a worker goes on to lead the family's early help.
    people = {(one.practitioner, one.person): one.answer for one in content.attendances}
    MeetingAttendance.objects.bulk_create(
        MeetingAttendance(meeting=meeting, practitioner=practitioner, person=person, attendance=answer)
        for (practitioner, person), answer in people.items()
    )
    if content.consent_confirmed:
        Consent.objects.create(
            family_id=case.run.family_id,
            step_record=record,
            outcome=Consent.Outcome.GIVEN,
            to_what="early help",
            how="confirmed at the meeting",
            happened_at=record.happened_at,
            recorded_at=record.recorded_at,
            recorded_by=record.recorded_by,
            note=content.note,
        )


@keep_details.register
def _(content: contents.NoticeContent, case: Case, record: StepRecord) -> None:
    Notice.objects.bulk_create(
        Notice(step_record=record, to_practitioner=one, how=content.how, told_at=record.happened_at)
        for one in content.told
    )


@keep_details.register
def _(content: contents.VisitContent, case: Case, record: StepRecord) -> None:
    visit = Visit.objects.create(
        family_id=case.run.family_id,
        run=case.run,
        step_record=record,
        kind=record.step,
        visited_at=record.happened_at,
        by=record.recorded_by,
        note=content.note,
    )
    alone = {child.pk for child in content.seen_alone}
    seen = {child.pk for child in content.seen} | alone
    VisitChild.objects.bulk_create(
        VisitChild(visit=visit, child=one.person, seen=one.person.pk in seen, seen_alone=one.person.pk in alone)
        for one in case.children
    )


@keep_details.register
def _(content: contents.LetterContent, case: Case, record: StepRecord) -> None:
    Document.objects.create(
        family_id=case.run.family_id,
        run=case.run,
        child=record.child,
        kind=record.step,
        title=content.title,
        sha256=hashlib.sha256(content.pdf).hexdigest(),
        content=content.pdf,
        made_at=record.recorded_at,
        made_by=record.recorded_by,
        recipient=content.recipient,
        address=content.address,
    )


@keep_details.register
def _(content: contents.PlanContent, case: Case, record: StepRecord) -> None:
    plan, _ = Plan.objects.get_or_create(run=case.run, defaults={"family_id": case.run.family_id})
    standing = plan.revisions.aggregate(last=Max("number"))["last"] or 0
    if standing != content.edited_revision:
        raise EditedMeanwhile
    revision = PlanRevision.objects.create(
        plan=plan, number=standing + 1, written_by=record.recorded_by, written_at=record.recorded_at
    )
    needs = Need.objects.bulk_create(
        Need(revision=revision, position=place, text=need.text, outstanding=need.outstanding)
        for place, need in enumerate(content.needs, start=1)
    )
    PlanAction.objects.bulk_create(
        PlanAction(
            need=row,
            position=place,
            what=action.what,
            measured_by=action.measured_by,
            by_whom=action.by_whom,
            by_date=action.by_date,
            only_monitors=action.only_monitors,
        )
        for row, need in zip(needs, content.needs, strict=True)
        for place, action in enumerate(need.actions, start=1)
    )


@keep_details.register
def _(content: contents.FormContent, case: Case, record: StepRecord) -> None:
    code = case.pathway.steps[record.step].form or record.step
    form, _ = Form.objects.get_or_create(run=case.run, code=code, defaults={"opened_at": record.recorded_at})
    standing = form.answers.aggregate(last=Max("version"))["last"] or 0
    if standing != content.edited_version:
        raise EditedMeanwhile
    FormAnswer.objects.bulk_create(
        FormAnswer(
            form=form,
            field=answer.field,
            text=answer.text,
            origin=_origin_of(answer),
            origin_label=answer.origin_label,
            origin_at=answer.origin_at,
            written_by=record.recorded_by,
            written_at=record.recorded_at,
            version=standing + 1,
        )
        for answer in content.answers
    )


def _origin_of(answer: contents.WrittenAnswer) -> str:
    """Typed here, carried as it was, or carried and then edited: what tell-once counts."""
    if not answer.carried_text:
        return FormAnswer.Origin.TYPED
    return FormAnswer.Origin.CARRIED if answer.text == answer.carried_text else FormAnswer.Origin.EDITED


@keep_details.register
def _(content: contents.RelationshipContent, case: Case, record: StepRecord) -> None:
    child, receiver = record.child, case.people.receiver
    if child is None or receiver is None:
        raise ValueError("A lead is put on record for a child, once there is one.")
    # The lead before, and what this lead was to the child until now: a health visitor may come to lead.
    before = Q(is_lead=True) | Q(practitioner=receiver, role=content.role)
    for other in ProfessionalRelationship.objects.filter(before, child=child, during__upper_inf=True):
        ProfessionalRelationship.objects.filter(pk=other.pk).update(
            during=DateTimeTZRange(other.during.lower, record.recorded_at)
        )
    ProfessionalRelationship.objects.create(
        child=child,
        practitioner=receiver,
        role=content.role,
        contact=content.contact,
        during=DateTimeTZRange(record.recorded_at, None),
        is_lead=True,
    )


keep_details.register(contents_of_papers.SharedPapersContent, keep_shared_papers)
keep_details.register(contents_of_papers.ReceivedPapersContent, keep_received_papers)
keep_details.register(contents_of_papers.AgenciesToldContent, keep_agencies_told)
keep_details.register(contents_of_papers.LettersContent, keep_letters)
