"""What was written before the run that is open: in its own forms, and in the run that led to it (Y2, Y14).

A word of the protocol is found by the concept of the field in which it was written, whichever form that was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from handhold.casefiles.case import Case
from handhold.queries.naming import practitioner_name
from handhold.queries.plans import find_plan_of
from handhold.records.models import FormAnswer


@dataclass(frozen=True, slots=True)
class Carried:
    """Words that are known already, and where they come from."""

    text: str
    origin: str
    at: datetime | None = None


def find_written(run_id: int, concept: str, case: Case) -> Carried | None:
    """What stands last in a run's forms under a concept; None where nobody wrote it."""
    of_concept = {
        (form.id, one.id): form.title.lower()
        for form in case.protocol.forms.values()
        for part in form.sections
        for one in part.fields
        if one.concept == concept
    }
    answers = FormAnswer.objects.filter(form__run=run_id, field__in={field for _, field in of_concept})
    for answer in answers.select_related("form", "written_by").order_by("-written_at", "-version"):
        title = of_concept.get((answer.form.code, answer.field))
        if title and answer.text.strip():
            who = practitioner_name(answer.written_by)
            return Carried(answer.text, f"the {title}, written by {who}", answer.written_at)
    return None


def find_earlier(case: Case, concepts: Iterable[str]) -> Carried | None:
    """What the run that led to this one holds under these concepts, one after the other."""
    run = _earlier_run(case)
    found = [find_written(run, one, case) for one in concepts] if run else []
    known = list(dict.fromkeys(one for one in found if one))
    if not known:
        return None
    last = known[-1]
    return Carried("\n\n".join(one.text for one in known), last.origin, last.at)


def find_earlier_plan(case: Case) -> Carried | None:
    """The plan that was agreed in the run that led to this one."""
    run = _earlier_run(case)
    plan = find_plan_of(run) if run else None
    lines = (
        [line for need in plan.needs for line in (need.text, *(f"- {one.what}" for one in need.actions))]
        if plan
        else []
    )
    if plan is None or not lines:
        return None
    return Carried("\n".join(lines), f"the plan, written by {plan.written_by}", plan.written_at)


def _earlier_run(case: Case) -> int | None:
    """The run that opened the involvement from which this one comes."""
    origin = case.pathway.origin
    opened_by = (child.involvements[origin].opened_by_run_id for child in case.children if origin in child.involvements)
    return next((one for one in opened_by if one and one != case.run.pk), None)
