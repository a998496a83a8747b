"""The pack of a transfer, composed from the records (Y2, Y4): what is known once, for whoever helps next.

Who may have how much of it `access.papers` says. Making the PDF is an action.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from handhold.access.papers import sections_for
from handhold.access.transfers import Opened
from handhold.casefiles.case import Case
from handhold.documents import (
    Audience,
    ChildsWords,
    PackAction,
    PackAgency,
    PackChild,
    PackConsent,
    PackNeed,
    PackPerson,
    PackSection,
    TransferPack,
)
from handhold.queries.naming import person_name, practitioner_name
from handhold.records.models import (
    AssessmentSection,
    Consent,
    FamilyMember,
    Need,
    Person,
    PlanAction,
    PlanRevision,
    Practitioner,
    ProfessionalRelationship,
)

LANGUAGE = "en-GB"
CHILDS_VIEW = "child-view"
"""The section of an assessment that holds what the child says."""


def compose_pack(opened: Opened, audience: Audience) -> TransferPack:
    """The pack as this audience may have it. Before acceptance nothing else is even read."""
    case = opened.case
    needs, around = find_needs(case), find_relationships(case)
    proposal = TransferPack(
        made_date=case.calendar.local_date(case.now),
        language=LANGUAGE,
        authority=case.protocol.file.council,
        pathway=case.pathway.file.title,
        family_name=case.run.family.name,
        responsible=_practitioner(case.worker_now),
        needs=needs,
        agencies=tuple(_agency(one) for one in around),
    )
    if audience == "before-acceptance":
        return proposal.for_audience(audience)
    shared = sections_for(opened)
    sections = [one for one in find_sections(case) if shared.has(one.code)]
    return _whole(case, proposal, around, sections).for_audience(audience)


def _whole(
    case: Case,
    proposal: TransferPack,
    around: Sequence[ProfessionalRelationship],
    sections: Sequence[AssessmentSection],
) -> TransferPack:
    accepted = case.observed.facts.receiver == "accepted" and case.people.receiver is not None
    children = [held.person for held in case.children]
    return TransferPack(
        made_date=proposal.made_date,
        language=proposal.language,
        authority=proposal.authority,
        pathway=proposal.pathway,
        family_name=proposal.family_name,
        responsible=proposal.responsible,
        needs=proposal.needs,
        agencies=proposal.agencies,
        next_practitioner=_practitioner(case.people.receiver) if accepted and case.people.receiver else None,
        children=tuple(_child(child) for child in children),
        adults=find_adults(case),
        childs_words=tuple(_childs_words(one, children) for one in sections if one.code == CHILDS_VIEW),
        assessment=tuple(_section(case, one) for one in sections if one.code != CHILDS_VIEW),
        team=tuple(_member(one) for one in around),
        consents=find_consents(case),
        missing=_missing(case),
    )


def find_needs(case: Case) -> tuple[PackNeed, ...]:
    """The outstanding needs of the latest plan of the run, each with its actions."""
    return needs_of_runs([case.run.pk], case.now).get(case.run.pk, ())


def needs_of_runs(run_ids: Sequence[int], at: datetime) -> dict[int, tuple[PackNeed, ...]]:
    """As `find_needs`, for many runs at once, by the run's id, as the plans stood at an instant: one statement."""
    written = PlanRevision.objects.filter(plan__run__in=run_ids, written_at__lte=at)
    latest = written.order_by("plan_id", "-number").distinct("plan_id")
    actions = PlanAction.objects.filter(need=OuterRef("pk")).order_by("position")
    as_json = JSONObject(what="what", measured_by="measured_by", by_whom="by_whom", by_date="by_date")
    rows = (
        Need.objects.filter(revision__in=latest.values("pk"), outstanding=True)
        .order_by("revision_id", "position")
        .values_list("revision__plan__run_id", "text", ArraySubquery(actions.values_list(as_json)))
    )
    found: dict[int, list[PackNeed]] = defaultdict(list)
    for run_id, text, planned in rows:
        found[run_id].append(PackNeed(text=text, actions=tuple(_action(one) for one in planned)))
    return {run: tuple(needs) for run, needs in found.items()}


def _action(planned: dict[str, str | None]) -> PackAction:
    """An action as the database wrote it in JSON, where dates are words."""
    by_date = planned["by_date"]
    return PackAction(
        what=planned["what"] or "",
        measured_by=planned["measured_by"] or "",
        by_whom=planned["by_whom"] or "",
        by_date=date.fromisoformat(by_date) if by_date else None,
    )


def find_relationships(case: Case) -> list[ProfessionalRelationship]:
    """Who works with the run's children now beside the two ends of the transfer, each person once."""
    ends = {case.people.worker.pk, case.run.receiver_id}
    rows = (
        ProfessionalRelationship.objects.filter(
            child__in=[held.person.pk for held in case.children], during__contains=case.now
        )
        .select_related("practitioner__agency")
        .order_by("practitioner__agency__name", "practitioner__family_name", "id")
    )
    once: dict[int, ProfessionalRelationship] = {}
    for row in rows:
        if row.practitioner_id not in ends:
            once.setdefault(row.practitioner_id, row)
    return list(once.values())


def find_sections(case: Case) -> list[AssessmentSection]:
    """What the assessment says, section by section, as it stands."""
    if case.run.assessment_id is None:
        return []
    rows = AssessmentSection.objects.filter(assessment=case.run.assessment_id).select_related("written_by")
    latest = rows.order_by("code", "-version").distinct("code")
    return sorted(latest, key=lambda one: one.pk)


def find_adults(case: Case) -> tuple[PackPerson, ...]:
    """The adults of the family, with what they are to these children."""
    children = [held.person.pk for held in case.children]
    to_these = Q(
        person__relationships_from__to_person__in=children, person__relationships_from__during__contains=case.now
    )
    rows = (
        FamilyMember.objects.filter(family=case.run.family_id, role=FamilyMember.Role.ADULT, during__contains=case.now)
        .select_related("person")
        .annotate(kinds=ArrayAgg("person__relationships_from__kind", filter=to_these, distinct=True, default=[]))
        .order_by("person_id")
    )
    return tuple(
        PackPerson(
            name=person_name(row.person), role=", ".join(row.kinds), phone=row.person.phone, email=row.person.email
        )
        for row in rows
    )


def find_consents(case: Case) -> tuple[PackConsent, ...]:
    """What the family answered when they were asked, in the order in which they did."""
    rows = (
        Consent.objects.filter(family=case.run.family_id, step_record__corrected_by__isnull=True)
        .filter(Q(step_record__run=case.run) | Q(step_record__isnull=True))
        .select_related("given_by")
        .annotate(shared=ArrayAgg("agencies__name", filter=Q(agencies__isnull=False), distinct=True, default=[]))
        .order_by("happened_at", "id")
    )
    return tuple(
        PackConsent(
            given_by=person_name(row.given_by) if row.given_by else "The family",
            outcome=row.get_outcome_display(),
            to_what=row.to_what,
            shared_with=tuple(row.shared),
            how=row.how,
            happened_date=case.calendar.local_date(row.happened_at),
        )
        for row in rows
    )


def _missing(case: Case) -> tuple[str, ...]:
    """What is known to be missing beside empty parts."""
    assessment = case.run.assessment
    lacks = [
        ("the manager's authorisation of the assessment", assessment is not None and assessment.authorised_at is None),
        ("live consent", case.observed.facts.consent != "live"),
    ]
    return tuple(words for words, is_missing in lacks if is_missing)


def _practitioner(who: Practitioner) -> PackPerson:
    return PackPerson(
        name=practitioner_name(who), role=who.job_title, agency=who.agency.name, phone=who.phone, email=who.email
    )


def _member(one: ProfessionalRelationship) -> PackPerson:
    who = one.practitioner
    return PackPerson(
        name=practitioner_name(who),
        role=one.role,
        agency=who.agency.name,
        phone=one.contact or who.phone,
        email=who.email,
    )


def _agency(one: ProfessionalRelationship) -> PackAgency:
    who = one.practitioner
    return PackAgency(
        name=who.agency.name, person=practitioner_name(who), what=one.role, phone=who.phone or who.agency.phone
    )


def _child(child: Person) -> PackChild:
    speaks = f"Interpreter needed: {child.first_language}" if child.interpreter_needed else child.first_language
    return PackChild(
        name=person_name(child),
        birth_date=child.birth_date,
        expected_date=child.expected_birth_date,
        needs_to_communicate=". ".join(words for words in (speaks, child.communication_needs) if words),
    )


def _section(case: Case, section: AssessmentSection) -> PackSection:
    return PackSection(
        title=section.code.replace("-", " ").capitalize(),
        text=section.text,
        written_by=practitioner_name(section.written_by),
        written_date=_day(case, section),
    )


def _childs_words(section: AssessmentSection, children: Sequence[Person]) -> ChildsWords:
    """The section speaks for all children of the assessment; where there is but one, by name."""
    child = person_name(children[0]) if len(children) == 1 else "The children"
    return ChildsWords(child=child, words=section.text, heard_by=practitioner_name(section.written_by))


def _day(case: Case, section: AssessmentSection) -> date:
    return case.calendar.local_date(section.written_at)
