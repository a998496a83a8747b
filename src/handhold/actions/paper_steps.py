"""What a registered paper counts as in the runs of its children: the steps that the procedure names for its sort."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, tzinfo
from zoneinfo import ZoneInfo

from handhold.access.transfers import Opened, access_transfer_to_settle
from handhold.actions.steps import act_of, record_opened
from handhold.casefiles.contents import Content
from handhold.casefiles.protocols import part_readable
from handhold.protocol.deciding import Allowed, decide
from handhold.protocol.partner_papers import PaperRule
from handhold.records.models import PaperRegistration, Practitioner, Run

MIDDAY = time(12)


def record_in_runs(registered: PaperRegistration, rule: PaperRule, *, by: Practitioner, now: datetime) -> None:
    """Records, in each open run of a child of the paper, that it was sent and that it is registered (Y29, Y41).

    What was sent through the run itself is not recorded twice. The caller has checked that this person registers
    papers, and holds the transaction.
    """
    children = registered.filing.children.all()
    runs = Run.objects.filter(family=registered.filing.family, run_children__child__in=children, ended_at__isnull=True)
    for run in part_readable(runs.select_related("authority").distinct().order_by("pk"))[0]:
        _record(run.ref, registered, rule.recorded_as, by, now)
        _record(run.ref, registered, [rule.then_recorded] if rule.then_recorded else [], by, now)


def _record(ref: str, registered: PaperRegistration, steps: Iterable[str], by: Practitioner, now: datetime) -> None:
    """The first of the steps that this person can record now, by the first outcome that they can."""
    opened = access_transfer_to_settle(ref, by=by, now=now)
    content = Content(_happened_at(registered, opened, now))
    for step in steps:
        if step not in opened.case.pathway.steps:
            continue
        outcome = _outcome_for(opened, step, content)
        if outcome:
            record_opened(opened, "record", step, outcome, content, child_ref=None, reason="")
            return


def _outcome_for(opened: Opened, step: str, content: Content) -> str:
    """The first outcome that may be recorded; empty where the step is done, or not to be done."""
    case = opened.case
    for outcome in case.pathway.steps[step].outcomes:
        act = act_of(opened, "record", step, outcome, content, child_ref=None, has_reason=False)
        if isinstance(decide(case.pathway, case.observed.facts, act), Allowed):
            return outcome
    return ""


def _happened_at(registered: PaperRegistration, opened: Opened, now: datetime) -> datetime:
    """Midday of the paper's day, for a day since the run began; else now."""
    zone: tzinfo = ZoneInfo(opened.case.calendar.zone)
    at = datetime.combine(registered.paper_date, MIDDAY, zone)
    return at if opened.case.run.started_at <= at <= now else now
