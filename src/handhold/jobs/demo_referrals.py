"""Referrals on their way, for the demo: families that nobody knew, taken in and screened by the real actions.

Told in the words of the invented council's file (`referrals`); the instants are those of the last working days.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from ruamel.yaml import YAML

from handhold.actions.referrals import NewFamily, NewPerson, receive_referral
from handhold.actions.steps import record_step
from handhold.casefiles import contents
from handhold.casefiles.protocols import calendar_of, current_protocol
from handhold.casefiles.steps_by_meaning import find_intakes
from handhold.jobs.demo_stories import Days
from handhold.protocol.pathways import Pathway
from handhold.records.models import Authority, Practitioner, RoleHolding, Run

REFERRALS = Path(__file__).parent / "invent" / "referrals"
BETWEEN_ACTS = timedelta(minutes=20)


def receive_referrals_once() -> None:
    """Takes in the referrals of each council, all or none; does nothing where any was taken in already."""
    now = timezone.now()
    for authority in Authority.objects.order_by("pk"):
        file, intakes = REFERRALS / f"{authority.code}.yaml", find_intakes(current_protocol(authority))
        taken_in = Run.objects.filter(authority=authority, pathway__in=intakes).exists()
        if file.exists() and intakes and not taken_in:
            receive_referrals(authority, YAML(typ="safe").load(file), now=now)


@transaction.atomic
def receive_referrals(authority: Authority, told: dict[str, Any], *, now: datetime) -> list[Run]:
    """Takes each of them in as the file says, and does what was done since; returns the runs."""
    protocol = current_protocol(authority)
    calendar = calendar_of(protocol)
    days = Days(calendar, calendar.local_date(now), now)
    (name, roles), *_ = find_intakes(protocol).items()
    door = _holder(authority, sorted(roles), now)
    found = []
    for one in told["referrals"]:
        at = days.at(-one["received"], one["time"])
        answers = tuple(contents.WrittenAnswer(field, text) for field, text in one["answers"].items())
        run = receive_referral(_family(one["family"], now), [], answers, received_at=at, by=door, now=at)
        for act in one["acts"]:
            at = days.after(at + BETWEEN_ACTS, -act["day"] if "day" in act else None, "")
            _do(run, protocol.pathways[name], act, told["plan"], _actor(authority, act["by"], door, at), at)
        found.append(run)
    return found


def _do(run: Run, pathway: Pathway, act: dict[str, Any], plan: Any, by: Practitioner, at: datetime) -> None:
    content: contents.Content = contents.Content(at)
    if pathway.steps[act["step"]].kind == "plan":
        content = contents.PlanContent(at, needs=tuple(_need(one) for one in plan))
    if pathway.steps[act["step"]].kind == "notice":
        content = contents.NoticeContent(at, how="telephone")
    record_step(run.ref, act["step"], act["outcome"], content, reason=act.get("reason", ""), by=by, now=at)


def _need(told: dict[str, Any]) -> contents.PlannedNeed:
    return contents.PlannedNeed(told["need"], True, tuple(contents.PlannedAction(**one) for one in told["actions"]))


def _family(told: dict[str, Any], now: datetime) -> NewFamily:
    children, adults = (tuple(_person(one, told["name"], now) for one in told[kind]) for kind in ("children", "adults"))
    return NewFamily(told["name"], children, adults, told["address"])


def _person(told: dict[str, Any], family_name: str, now: datetime) -> NewPerson:
    weeks = told.get("due_in_weeks")
    return NewPerson(
        told["given"],
        told.get("family", family_name),
        told.get("born"),
        (now + timedelta(weeks=weeks)).date() if weeks else None,
        told.get("relation", ""),
        told.get("is_responsible", False),
        told.get("phone", ""),
    )


def _actor(authority: Authority, role: str, door: Practitioner, at: datetime) -> Practitioner:
    """Who took the referral in, where they hold the role; else the first who does."""
    holds_it = RoleHolding.objects.filter(practitioner=door, role=role, during__contains=at).exists()
    return door if holds_it else _holder(authority, [role], at)


def _holder(authority: Authority, roles: list[str], now: datetime) -> Practitioner:
    held = RoleHolding.objects.filter(
        role__in=roles, during__contains=now, practitioner__agency__authority=authority, practitioner__left_date=None
    ).select_related("practitioner__agency__authority", "practitioner__team")
    return held.order_by("role", "pk")[0].practitioner
