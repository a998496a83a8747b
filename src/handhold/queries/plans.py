"""The plan of a transfer as it stands: its revision, who wrote it, every need with its actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from handhold.casefiles.case import Case
from handhold.queries.naming import practitioner_name
from handhold.records.models import Need, PlanAction, PlanRevision

ACTION_FIELDS = ("what", "measured_by", "by_whom", "by_date", "only_monitors")


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action of a plan."""

    what: str
    measured_by: str = ""
    by_whom: str = ""
    by_date: date | None = None
    only_monitors: bool = False


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need of a plan, with its actions."""

    text: str
    outstanding: bool
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True, slots=True)
class PlanText:
    """A plan. `number` is 0, and the rest empty, before anything is written."""

    number: int
    written_by: str
    written_at: datetime | None
    needs: tuple[NeedLine, ...]


def find_plan(case: Case) -> PlanText:
    """The latest revision of the run's plan. One statement."""
    return find_plan_of(case.run.pk)


def find_plan_of(run_id: int) -> PlanText:
    """The latest revision of the plan of a run, by its id. One statement."""
    latest = PlanRevision.objects.filter(plan__run=run_id).order_by("-number").values("pk")[:1]
    actions = PlanAction.objects.filter(need=OuterRef("pk")).order_by("position")
    needs = list(
        Need.objects.filter(revision=Subquery(latest))
        .select_related("revision__written_by")
        .annotate(planned=ArraySubquery(actions.values(json=JSONObject(**{name: name for name in ACTION_FIELDS}))))
        .order_by("position")
    )
    if not needs:  # a plan without a need cannot be recorded (Y11)
        return PlanText(0, "", None, ())
    revision = needs[0].revision
    return PlanText(
        revision.number,
        practitioner_name(revision.written_by),
        revision.written_at,
        tuple(NeedLine(need.text, need.outstanding, tuple(map(_action, need.planned))) for need in needs),
    )


def _action(row: dict[str, Any]) -> ActionLine:
    by_date = date.fromisoformat(row["by_date"]) if row["by_date"] else None
    return ActionLine(row["what"], row["measured_by"], row["by_whom"], by_date, row["only_monitors"])
