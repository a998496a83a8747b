"""Papers that leads of other agencies owe while they lead early help: which, about whom, by when (Y30, Y31, Y41).

Computed from what was received; a paper that came counts from its day, whether or not it is registered yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from handhold.access.families import Sighted
from handhold.access.partner_papers import with_filing
from handhold.casefiles.protocols import calendar_of, part_readable, protocol_of
from handhold.protocol.deadlines import period_of
from handhold.protocol.loading import papers_of
from handhold.protocol.partner_papers import PaperRule, PapersFile
from handhold.protocol.pathways import Protocol
from handhold.queries.held import Held
from handhold.queries.naming import practitioner_name
from handhold.records.models import (
    Agency,
    Authority,
    Family,
    FamilyMember,
    Involvement,
    PaperRegistration,
    PartnerPaper,
    Practitioner,
    Run,
    StepRecord,
)
from handhold.working_days import DueWords, due_words


@dataclass(frozen=True)
class OwedPaper:
    """A paper that a lead owes: of which sort, about which family, and when it falls or fell due."""

    family: Family
    lead: Practitioner
    kind: str
    rule: PaperRule
    started_at: datetime
    due_at: datetime
    is_followed: bool = False
    """Whether a run of the family waits for it, and reminds of it by its own limits."""


@dataclass(frozen=True)
class OwedLine:
    """The same for a page."""

    family_ref: str
    family: str
    kind: str
    called: str
    due: DueWords
    is_late: bool
    is_followed: bool
    lead: str
    agency: str
    phone: str


def find_owed(authority: Authority, protocol: Protocol, now: datetime) -> list[OwedPaper]:
    """What is owed at `now` by every lead of a council; the earliest due first. At most four statements."""
    return _owed(_led_since(authority, now), protocol) if papers_of(protocol) else []


def _owed(led: dict[tuple[Family, Practitioner], datetime], protocol: Protocol) -> list[OwedPaper]:
    rules = papers_of(protocol)
    if rules is None or not led:
        return []
    followed, sent = _in_runs(led, rules)
    last, calendar = _later_of(_last_received(led), sent), calendar_of(protocol)
    owed = [
        OwedPaper(
            family,
            who,
            kind,
            rule,
            start,
            calendar.due_at(start, period_of(protocol, rule.due)),
            (family.pk, kind) in followed,
        )
        for (family, who), since in led.items()
        for kind, rule in rules.kinds.items()
        if (start := _runs_from(rule, since, last.get((family.pk, kind)))) is not None
    ]
    return sorted(owed, key=lambda one: (one.due_at, one.family.pk, one.kind))


def owed_lines(owed: Iterable[OwedPaper], protocol: Protocol, now: datetime) -> list[OwedLine]:
    """Rows for a page."""
    calendar = calendar_of(protocol)
    return [
        OwedLine(
            family_ref=one.family.ref,
            family=f"{one.family.name} family",
            kind=one.kind,
            called=one.rule.called,
            due=due_words(now, one.due_at, calendar),
            is_late=now > one.due_at,
            is_followed=one.is_followed,
            lead=practitioner_name(one.lead),
            agency=one.lead.agency.name,
            phone=one.lead.phone,
        )
        for one in owed
    ]


def owed_by(sight: Sighted, held: Iterable[Held]) -> list[OwedLine]:
    """What the person who is looking owes for what they answer for. No statement for the council's own staff."""
    if sight.by.agency.kind == Agency.Kind.COUNCIL:
        return []
    led: dict[tuple[Family, Practitioner], datetime] = {}
    for one in held:
        if one.kind == Involvement.Kind.EARLY_HELP and one.practitioner.pk == sight.by.pk and one.family_id:
            key = (Family(pk=one.family_id, ref=one.family_ref, name=one.family_name), sight.by)
            led[key] = min(led.get(key, one.held_since), one.held_since)
    return owed_lines(_owed(led, sight.protocol), sight.protocol, sight.now)


def _led_since(authority: Authority, now: datetime) -> dict[tuple[Family, Practitioner], datetime]:
    """The families whose early help somebody of another agency leads, and since when. Two statements."""
    holds = "person__involvements__allocations__practitioner"
    others = [kind for kind in Agency.Kind.values if kind != Agency.Kind.COUNCIL]
    members = FamilyMember.objects.filter(
        role=FamilyMember.Role.CHILD,
        during__contains=now,
        family__authority=authority,
        person__involvements__kind=Involvement.Kind.EARLY_HELP,
        person__involvements__allocations__during__contains=now,
        **{f"{holds}__agency__authority": authority, f"{holds}__agency__kind__in": others},
    )
    since = F("person__involvements__allocations__during__startswith")
    rows = list(members.select_related("family").annotate(lead_id=F(holds), since=since).order_by("pk"))
    leads = Practitioner.objects.select_related("agency").in_bulk({row.lead_id for row in rows})
    found: dict[tuple[Family, Practitioner], datetime] = {}
    for row in rows:
        key = (row.family, leads[row.lead_id])
        found[key] = min(found.get(key, row.since), row.since)
    return found


def _last_received(led: dict[tuple[Family, Practitioner], datetime]) -> dict[tuple[int, str], datetime]:
    """When the last paper of each sort came, by family; as what it was registered goes before as what it was sent."""
    families = {family.pk for family, _ in led}
    papers = with_filing(PartnerPaper.objects.filter(filings__family__in=families)).filter(filed_family__in=families)
    registered = PaperRegistration.objects.filter(filing=OuterRef("filing_id"))
    found: dict[tuple[int, str], datetime] = {}
    for paper in papers.distinct().annotate(registered_as=Subquery(registered.values("kind")[:1])):
        key = (paper.filed_family, paper.registered_as or paper.kind)
        found[key] = max(found.get(key, paper.received_at), paper.received_at)
    return found


def _in_runs(
    led: dict[tuple[Family, Practitioner], datetime], rules: PapersFile
) -> tuple[set[tuple[int, str]], dict[tuple[int, str], datetime]]:
    """Which sorts an open run of the family waits for, and when the last of each was sent through one."""
    names = {name: kind for kind, rule in rules.kinds.items() for name in rule.recorded_as}
    records = StepRecord.objects.filter(run=OuterRef("pk"), step__in=names, act=StepRecord.Act.RECORDED)
    records = records.filter(corrected_by__isnull=True).order_by("recorded_at")
    rows = records.values(row=JSONObject(step="step", at="recorded_at"))
    runs = Run.objects.filter(family__in={family.pk for family, _ in led}, ended_at__isnull=True)
    readable = part_readable(runs.annotate(recorded=ArraySubquery(rows)))[0]
    steps = {run.pk: protocol_of(run).pathways[run.pathway].steps.keys() for run in readable}
    followed: set[tuple[int, str]] = {
        (run.family_id, kind)
        for run in readable
        for kind, rule in rules.kinds.items()
        if steps[run.pk] & {*rule.recorded_as}
    }
    sent: dict[tuple[int, str], datetime] = {}
    for run in readable:
        for row in run.recorded or ():  # type: ignore[attr-defined]
            key, at = (run.family_id, names[row["step"]]), datetime.fromisoformat(row["at"])
            sent[key] = max(sent.get(key, at), at)
    return followed, sent


def _later_of(
    one: dict[tuple[int, str], datetime], other: dict[tuple[int, str], datetime]
) -> dict[tuple[int, str], datetime]:
    return {key: max(found[key] for found in (one, other) if key in found) for key in {*one, *other}}


def _runs_from(rule: PaperRule, since: datetime, last: datetime | None) -> datetime | None:
    """From when the limit of the next one runs; None for one that came and does not come again."""
    if last is None or last < since:
        return since
    return last if rule.every else None
