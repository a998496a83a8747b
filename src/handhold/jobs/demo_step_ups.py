"""Families on their way up to social work, for the demo: begun and brought so far by the real actions.

Told in the words of the invented council's file (`step_ups`); the instants are those of the last working days.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from ruamel.yaml import YAML

from handhold.actions.steps import record_step
from handhold.actions.transfers import start_transfer
from handhold.casefiles import contents
from handhold.casefiles.protocols import calendar_of, current_protocol
from handhold.jobs.demo_stories import Days
from handhold.protocol.definition import Step
from handhold.protocol.pathways import Pathway
from handhold.records.models import Allocation, Authority, Family, Practitioner, RoleHolding, Run, RunChild

STEP_UPS = Path(__file__).parent / "invent" / "step_ups"
BETWEEN_ACTS = timedelta(minutes=10)


def step_up_once() -> None:
    """Brings the step ups of each council on their way, all or none; does nothing where any is there already."""
    now = timezone.now()
    for authority in Authority.objects.order_by("pk"):
        file = STEP_UPS / f"{authority.code}.yaml"
        if file.exists():
            told = YAML(typ="safe").load(file)["step_ups"]
            if not Run.objects.filter(authority=authority, pathway__in=[one["pathway"] for one in told]).exists():
                step_up(authority, told, now=now)


@transaction.atomic
def step_up(authority: Authority, told: list[dict[str, Any]], *, now: datetime) -> list[Run]:
    """Does what the file says for each for whom a family is there; returns the runs."""
    protocol = current_protocol(authority)
    calendar = calendar_of(protocol)
    days = Days(calendar, calendar.local_date(now), now)
    runs = []
    for one in told:
        pathway, lead = protocol.pathways[one["pathway"]], _named(authority, one["led_by"])
        family, children = _family_of(lead, pathway, days.at(-one["begun"])) if lead else (None, [])
        if lead and family:
            at = days.at(-one["begun"])
            run = start_transfer(family.ref, pathway.id, children, by=lead, now=at)
            for act in one["acts"]:
                at = days.after(at + BETWEEN_ACTS, -act["day"] if "day" in act else None, "")
                _do(run, pathway, act, lead, at)
            runs.append(run)
    return runs


def _do(run: Run, pathway: Pathway, act: dict[str, Any], lead: Practitioner, at: datetime) -> None:
    step, by = pathway.steps[act["step"]], lead if act["by"] == "lead" else _holder(lead, act["by"], at)
    content = _content(step, act, lead, at)
    record_step(run.ref, step.id, act["outcome"], content, reason=act.get("reason", ""), by=by, now=at)


def _content(step: Step, act: dict[str, Any], lead: Practitioner, at: datetime) -> contents.Content:
    if step.kind == "form-section":
        answers = tuple(contents.WrittenAnswer(field, text) for field, text in act["answers"].items())
        return contents.FormContent(at, answers=answers, form=step.form or "")
    if "chooses" in act:
        return contents.Content(at, practitioner=_holder(lead, act["chooses"], at))
    if "with" in act:
        return contents.ConversationContent(at, how="telephone", spoken_with=_holder(lead, act["with"], at))
    return contents.Content(at)


def _family_of(lead: Practitioner, pathway: Pathway, at: datetime) -> tuple[Family | None, list[str]]:
    """The first family of theirs that nothing moves yet, with the children whom they answer for."""
    moving = RunChild.objects.filter(ended_at__isnull=True, run__ended_at__isnull=True).values("child")
    held = Allocation.objects.filter(practitioner=lead, involvement__kind=pathway.origin, during__contains=at)
    children = held.exclude(involvement__child__in=moving).values("involvement__child")
    family = Family.objects.filter(memberships__person__in=children, memberships__role="child").order_by("pk").first()
    if family is None:
        return None, []
    own = family.memberships.filter(person__in=children, role="child", during__upper_inf=True)
    return family, list(own.order_by("person_id").values_list("person__ref", flat=True))


def _named(authority: Authority, name: str) -> Practitioner | None:
    given, _, last = name.partition(" ")
    found = Practitioner.objects.filter(agency__authority=authority, given_name=given, family_name=last, left_date=None)
    return found.select_related("agency__authority", "team").first()


def _holder(near: Practitioner, role: str, at: datetime) -> Practitioner:
    """The first who holds a role in somebody's council."""
    held = RoleHolding.objects.filter(
        role=role, during__contains=at, practitioner__agency__authority=near.agency.authority_id
    ).select_related("practitioner__agency__authority", "practitioner__team")
    return held.order_by("pk")[0].practitioner
