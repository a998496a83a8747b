"""The sections of a form, filled in from what is known: each field with where its words come from (Y2, Y34)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from handhold.casefiles.case import Case
from handhold.casefiles.contents import tried_field, why_not_field
from handhold.protocol.definition import Step
from handhold.protocol.papers import FormField
from handhold.protocol.vocabulary import DECISIONS_OF
from handhold.queries.earlier_runs import Carried, find_earlier, find_earlier_plan, find_written
from handhold.queries.early_help_papers import REGISTERED, find_early_help_papers
from handhold.queries.naming import practitioner_name
from handhold.queries.packs import find_relationships
from handhold.queries.plans import find_plan
from handhold.queries.transfers import standing_record
from handhold.queries.whose_move import reachable
from handhold.records.models import AssessmentSection, FormAnswer, Need, PlanRevision


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of a section: what is asked, what stands in it, and what was carried into it."""

    id: str
    label: str
    hint: str
    is_required: bool
    text: str
    carried: Carried | None
    clauses: tuple[str, ...]
    or_not_obtained: bool = False
    why_not: str = ""
    tried: str = ""


@dataclass(frozen=True, slots=True)
class SectionText:
    """The section of a form. `version` is 0 before it was saved for the first time."""

    title: str
    version: int
    written_by: str
    written_at: datetime | None
    fields: tuple[FieldLine, ...]


def find_section(case: Case, step: Step) -> SectionText:
    """The section that a step fills in: as it was saved last, or filled in from the records."""
    form = case.protocol.forms[step.form or ""]
    answers = list(
        FormAnswer.objects.filter(form__run=case.run, form__code=form.id)
        .select_related("written_by")
        .order_by("field", "-version")
        .distinct("field")
    )
    standing = {answer.field: answer for answer in answers}
    last = max(answers, key=lambda answer: answer.version, default=None)
    fields = [field for section in form.sections for field in section.fields]
    last_texts = {name: answer.text for name, answer in standing.items()}
    return SectionText(
        title=f"{form.title}. {form.sections[0].title}",
        version=last.version if last else 0,
        written_by=practitioner_name(last.written_by) if last else "",
        written_at=last.written_at if last else None,
        fields=tuple(_field(case, field, last_texts) for field in fields),
    )


def _field(case: Case, field: FormField, standing: Mapping[str, str]) -> FieldLine:
    carried = _first_known(case, field.fills_from)
    text = standing.get(field.id, carried.text if carried else "")
    return FieldLine(
        field.id,
        field.label,
        field.hint,
        field.required,
        text,
        carried,
        tuple(field.clauses),
        field.or_not_obtained,
        standing.get(why_not_field(field.id), ""),
        standing.get(tried_field(field.id), ""),
    )


def _first_known(case: Case, sources: list[str]) -> Carried | None:
    found = (_source(name)(case) for name in sources)
    return next((one for one in found if one is not None), None)


def _source(name: str) -> Callable[[Case], Carried | None]:
    return _from_decisions(name.removeprefix(DECISIONS_OF)) if name.startswith(DECISIONS_OF) else SOURCES[name]


def _section_of_assessment(code: str) -> Callable[[Case], Carried | None]:
    def find(case: Case) -> Carried | None:
        row = (
            AssessmentSection.objects.filter(assessment=case.run.assessment_id, code=code)
            .select_related("written_by")
            .order_by("-version")
            .first()
        )
        if row is None or not row.text.strip():
            return None
        return Carried(row.text, f"the assessment, written by {practitioner_name(row.written_by)}", row.written_at)

    return find


def _from_first_decision(case: Case) -> Carried | None:
    """Why the first decision of the pathway came out as it did, in its own words."""
    first = next((step for step in case.pathway.steps.values() if step.kind == "decision"), None)
    record = standing_record(case, first.id, None) if first and (first.id, None) in case.observed.standing else None
    if first is None or record is None:
        return None
    text = f"{first.outcomes[record.outcome].called}. {record.reason}".strip()
    return Carried(text, f"this transfer, written by {practitioner_name(record.recorded_by)}", record.recorded_at)


def _from_plan(case: Case) -> Carried | None:
    plan = find_plan(case)
    lines = [line for need in plan.needs for line in (need.text, *(f"- {action.what}" for action in need.actions))]
    if not lines:
        return None
    return Carried("\n".join(lines), f"the early help plan, written by {plan.written_by}", plan.written_at)


def _from_early_help_plan(case: Case) -> Carried | None:
    """The last plan of the family's earlier transfers, of which early help came: it is not told a second time."""
    latest = PlanRevision.objects.filter(plan__family=case.run.family_id).order_by("-written_at", "-pk").values("pk")
    needs = Need.objects.filter(revision=latest[:1]).select_related("revision__written_by").order_by("position")
    rows = list(needs.prefetch_related("actions"))
    if not rows:
        return None
    lines = [line for need in rows for line in (need.text, *(f"- {action.what}" for action in need.actions.all()))]
    revision = rows[0].revision
    origin = f"the early help plan, written by {practitioner_name(revision.written_by)}"
    return Carried("\n".join(lines), origin, revision.written_at)


def _from_decisions(who: str) -> Callable[[Case], Carried | None]:
    """What stands on record of the decisions that this role or relation may take: how each came out, and why."""

    def find(case: Case) -> Carried | None:
        own = (step for step, _ in case.pathway.own_steps(1) if step.kind == "decision" and who in step.who)
        records = [
            (one, standing_record(case, one.id, None)) for one in own if (one.id, None) in case.observed.standing
        ]
        lines = [f"{one.title}: {one.outcomes[row.outcome].called}. {row.reason}" for one, row in records if row]
        return Carried("\n".join(lines), "what is on record of this step up", case.now) if lines else None

    return find


def _from_receiver(case: Case) -> Carried | None:
    receiver = case.people.receiver
    if receiver is None:
        return None
    who = reachable(receiver)
    text = ", ".join(part for part in (who.introduced, who.phone, who.email) if part)
    return Carried(text, "this transfer")


def _from_relationships(case: Case) -> Carried | None:
    rows = find_relationships(case)
    lines = [f"{row.practitioner.agency.name}: {practitioner_name(row.practitioner)}, {row.role}" for row in rows]
    return Carried("\n".join(lines), "the children's professional relationships") if lines else None


def _from_registered_papers(case: Case) -> Carried | None:
    """What the last early help assessment says that is registered (L11)."""
    found = next((one for one in find_early_help_papers(case) if one.is_registered and one.text.strip()), None)
    if found is None:
        return None
    return Carried(found.text, f"the registered early help assessment, written by {found.sender}", found.received_at)


SOURCES: dict[str, Callable[[Case], Carried | None]] = {
    "referral-said": lambda case: find_written(case.run.pk, "presenting-need", case),
    "referral-family-view": lambda case: find_written(case.run.pk, "family-view", case),
    "earlier-summary": lambda case: find_earlier(case, ("presenting-need", "work-so-far")),
    "earlier-family-view": lambda case: find_earlier(case, ("family-view",)),
    "earlier-plan": find_earlier_plan,
    "assessment-needs": _section_of_assessment("needs"),
    "assessment-analysis": _section_of_assessment("analysis"),
    "assessment-child-view": _section_of_assessment("child-view"),
    "assessment-family-view": _section_of_assessment("family-view"),
    "first-decision": _from_first_decision,
    "plan": _from_plan,
    "early-help-plan": _from_early_help_plan,
    "receiver": _from_receiver,
    "professional-relationships": _from_relationships,
    REGISTERED: _from_registered_papers,
}
"""How each source of the vocabulary is found; `decisions-of-...` names a role of the procedure instead."""
