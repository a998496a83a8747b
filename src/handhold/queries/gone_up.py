"""What has gone up to somebody above those whose move it is: to whom, by name, beside the work that waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from handhold.access.settling import OF_THE_WHOLE_RUN
from handhold.casefiles.moves import Move
from handhold.notifications.models import Reminder
from handhold.records.models import Run


@dataclass(frozen=True, slots=True)
class GoneTo:
    """Somebody to whom an overdue move has gone up."""

    practitioner_id: int
    name: str


def with_what_has_gone_up(runs: QuerySet[Run]) -> QuerySet[Run]:
    """The same runs, each with what has gone up in it (`gone_up`): in the same statement."""
    escalated = Reminder.objects.filter(run=OuterRef("pk"), occasion=Reminder.Occasion.ESCALATED, told__isnull=False)
    row = JSONObject(
        step="step",
        child="child",
        started_at="started_at",
        due_at="due_at",
        to="told",
        given_name="told__given_name",
        family_name="told__family_name",
    )
    return runs.annotate(gone_up=ArraySubquery(escalated.order_by("pk").values(row=row)))


def find_gone_to(move: Move) -> list[GoneTo]:
    """To whom an overdue move has gone up, each once; nobody while its limit runs. Its run is one of those above."""
    if move.deadline is None or not move.deadline.has_passed:
        return []
    rows: list[dict[str, Any]] = move.case.run.gone_up  # type: ignore[attr-defined]
    names = {row["to"]: f"{row['given_name']} {row['family_name']}" for row in rows if _is_of(row, move)}
    return [GoneTo(person, name) for person, name in names.items()]


def _is_of(row: dict[str, Any], move: Move) -> bool:
    limit = move.deadline
    if limit is None:
        return False
    children = {move.case.children[place].person.pk for place in move.children} | {None}
    step = OF_THE_WHOLE_RUN if limit.is_whole_run else move.standing.step.id
    same_limit = (datetime.fromisoformat(row["started_at"]), datetime.fromisoformat(row["due_at"])) == (
        limit.started_at,
        limit.due_at,
    )
    return same_limit and row["step"] == step and row["child"] in children
