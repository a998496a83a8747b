"""What was written down when a run began from outside: the referral, shown wherever somebody works on it (Y2)."""

from __future__ import annotations

from dataclasses import dataclass

from handhold.access.papers import is_council_side
from handhold.access.transfers import Opened
from handhold.casefiles.steps_by_meaning import find_intake_step
from handhold.protocol.definition import Step
from handhold.records.models import FormAnswer


@dataclass(frozen=True, slots=True)
class CameIn:
    """One field of what came in."""

    label: str
    text: str


def find_came_in(opened: Opened, step: Step) -> tuple[CameIn, ...]:
    """The referral, for the council's side, on every page but that on which it is written; in the form's order."""
    case = opened.case
    intake = find_intake_step(case.pathway)
    if intake is None or intake.id == step.id or not is_council_side(opened):
        return ()
    answers = FormAnswer.objects.filter(form__run=case.run, form__code=intake.form or "").order_by("version")
    written = dict(answers.values_list("field", "text"))
    form = case.protocol.forms[intake.form or ""]
    fields = [field for part in form.sections for field in part.fields]
    return tuple(CameIn(one.label, written[one.id]) for one in fields if written.get(one.id, "").strip())
