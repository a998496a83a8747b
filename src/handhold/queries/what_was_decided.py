"""What the deciding step of a family's runs came to, with the level of need before it, in words (Y6)."""

from __future__ import annotations

from collections.abc import Iterable

from handhold.casefiles.protocols import protocol_of
from handhold.casefiles.steps_by_meaning import effects_of
from handhold.protocol.definition import Step
from handhold.protocol.pathways import Pathway
from handhold.records.models import Run, StepRecord


def find_decided(runs: Iterable[Run]) -> dict[int, str]:
    """By run (its id): how each decision came out by which its destination was chosen. One statement.

    The runs' procedures are readable. A run of which nothing is decided yet is left out.
    """
    steps = {run.pk: deciding_steps(protocol_of(run).pathways[run.pathway]) for run in runs}
    names = {one.id for found in steps.values() for one in found}
    records = StepRecord.objects.filter(run__in=steps, step__in=names, act=StepRecord.Act.RECORDED)
    records = records.filter(corrected_by__isnull=True).order_by("round", "pk")
    outcomes = {(run, step): outcome for run, step, outcome in records.values_list("run_id", "step", "outcome")}
    words = {
        run: [one.outcomes[outcomes[run, one.id]].called for one in found if (run, one.id) in outcomes]
        for run, found in steps.items()
    }
    return {run: ". ".join(said) for run, said in words.items() if said}


def deciding_steps(pathway: Pathway) -> list[Step]:
    """The first decision that chooses a destination, after the decisions that it waits for."""
    steps = pathway.steps
    first = next((one for one in steps.values() if one.kind == "decision" and _chooses_destination(one)), None)
    if first is None:
        return []
    return [*(steps[name] for name in first.after if steps[name].kind == "decision"), first]


def _chooses_destination(step: Step) -> bool:
    return any(effect.destination for effect in effects_of(step))
