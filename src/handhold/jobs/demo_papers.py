"""Papers that partners sent, for the demo: one registered, one to register, one from a stranger, one that may not open.

Told in words of the invented council's file (`papers`); kept by the real actions, the mails as mails.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from ruamel.yaml import YAML

from handhold.actions.paper_matching import children_of
from handhold.actions.partner_papers import register_paper, submit_paper
from handhold.actions.received_mails import keep_mail
from handhold.casefiles.protocols import calendar_of, current_protocol
from handhold.protocol.loading import papers_of
from handhold.queries.naming import first_name
from handhold.records.models import (
    Agency,
    Allocation,
    Authority,
    Family,
    FamilyMember,
    Involvement,
    PartnerPaper,
    Practitioner,
    RoleHolding,
    Run,
)

PAPERS = Path(__file__).parent / "invent" / "papers"
ONE_DAY = timedelta(days=1)
OFFICE_HOUR = time(10)


def send_papers_once() -> None:
    """Sends the papers of each council, all or none; does nothing where papers are there already."""
    if PartnerPaper.objects.exists():
        return
    now = timezone.now()
    for authority in Authority.objects.order_by("pk"):
        file, rules = PAPERS / f"{authority.code}.yaml", papers_of(current_protocol(authority))
        if file.exists() and rules:
            send_papers(authority, YAML(typ="safe").load(file), received_by=rules.received_by, now=now)


@transaction.atomic
def send_papers(authority: Authority, told: dict[str, Any], *, received_by: list[str], now: datetime) -> None:
    """Sends what leads wrote about families of theirs, registers the first, keeps the mails."""
    held = RoleHolding.objects.filter(
        role__in=received_by, during__contains=now, practitioner__agency__authority=authority
    ).select_related("practitioner__agency__authority")
    team = held.order_by("pk")[0].practitioner
    first = _led(authority, now)[: len(told["written"])]
    for place, (family, lead) in enumerate(first):
        paper = _send(family, lead, told["written"][place], now)
        if place == 0:
            day = paper.paper_date or now.date()
            register_paper(paper.ref, paper.kind, paper_date=day, by=team, now=now - timedelta(hours=1))
    if "long_ago" in told:
        _send_long_ago(authority, told["long_ago"], team, {one.pk for one, _ in first}, now)
    for mail in told["mailed"]:
        keep_mail(_as_mail(mail), authority=authority, now=now - timedelta(hours=mail["hours_ago"]))


def _send_long_ago(
    authority: Authority, said: dict[str, Any], team: Practitioner, sent: set[int], now: datetime
) -> None:
    """What leads sent and the team registered so many working days after they began, but for the last few of them."""
    calendar = calendar_of(current_protocol(authority))
    led = Allocation.objects.filter(
        involvement__kind=Involvement.Kind.EARLY_HELP, during__contains=now, practitioner__agency__authority=authority
    ).exclude(practitioner__agency__kind=Agency.Kind.COUNCIL)
    rows = led.select_related("involvement", "practitioner__agency__authority", "practitioner__team")
    families: dict[Family, Allocation] = {}
    for row in rows.order_by("during"):
        member = FamilyMember.objects.filter(person=row.involvement.child_id, role="child", during__contains=now)
        for one in member.select_related("family__authority"):
            if one.family_id not in sent:
                families.setdefault(one.family, row)
    for family, row in list(families.items())[: -said["still_owed"]]:
        began = calendar.local_date(row.involvement.open_during.lower)
        at = calendar.to_instant(calendar.add_working_days(began, said["working_days"]), OFFICE_HOUR)
        if at < now:
            paper = _send(family, row.practitioner, {**said, "days_ago": 0}, at)
            register_paper(paper.ref, paper.kind, paper_date=at.date(), by=team, now=at + timedelta(hours=1))


def _led(authority: Authority, now: datetime) -> list[tuple[Family, Practitioner]]:
    """Families that somebody of another agency leads or has accepted to lead, each with that person."""
    ours = Practitioner.objects.filter(agency__authority=authority).exclude(agency__kind=Agency.Kind.COUNCIL)
    found: dict[int, tuple[Family, Practitioner]] = {}
    runs = Run.objects.filter(receiver__in=ours, receiver_state="accepted", ended_at__isnull=True)
    for run in runs.select_related("family__authority", "receiver__agency__authority", "receiver__team").order_by("pk"):
        if run.receiver:
            found.setdefault(run.family_id, (run.family, run.receiver))
    rows = Allocation.objects.filter(during__contains=now, practitioner__in=ours).order_by("pk")
    for row in rows.select_related("involvement", "practitioner__agency__authority", "practitioner__team"):
        member = FamilyMember.objects.filter(person=row.involvement.child_id, role="child", during__contains=now)
        for one in member.select_related("family__authority"):
            found.setdefault(one.family_id, (one.family, row.practitioner))
    return list(found.values())


def _send(family: Family, lead: Practitioner, said: dict[str, Any], now: datetime) -> PartnerPaper:
    at = now - ONE_DAY * said["days_ago"]
    children = children_of(family, at)
    today = calendar_of(current_protocol(family.authority)).local_date(at)
    text = said["text"].format(child=first_name(children[0]))
    refs = [child.ref for child in children]
    return submit_paper(family.ref, said["kind"], refs, paper_date=today, text=text, by=lead, now=at)


def _as_mail(said: dict[str, Any]) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = said["from"], said["subject"], f"<{said['id']}@example.org>"
    made.set_content(said["text"])
    if "file" in said:
        content = said["file"]["content"].encode()
        made.add_attachment(content, maintype="application", subtype="pdf", filename=said["file"]["name"])
    return made.as_bytes()
