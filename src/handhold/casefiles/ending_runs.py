"""The end of a run: by its own act, or because another run has closed what it comes from. Nothing here decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from handhold.casefiles.protocols import part_readable, protocol_of
from handhold.protocol.deciding import COMPLETED, EARLY_HELP
from handhold.protocol.moves import ELSEWHERE
from handhold.records.models import Involvement, MeetingItem, Person, Practitioner, QueueItem, Run, RunChild

TAKEN_BACK = "taken-back"
"""The outcome of a request that left the agenda before a meeting decided on it."""


def end_run(run: Run, ending: str, *, by: Practitioner, now: datetime) -> None:
    """The run is over: a child without outcome keeps this one, and nothing of it lies in a queue or on an agenda."""
    RunChild.objects.filter(run=run, outcome="").update(outcome=ending, ended_at=now)
    QueueItem.objects.filter(run=run, taken_at__isnull=True).update(taken_at=now, taken_by=by)
    take_off_agendas(run)
    Run.objects.filter(pk=run.pk).update(ended_at=now, ending=ending)
    run.ended_at, run.ending = now, ending


def take_off_agendas(run: Run, series: Iterable[str] | None = None) -> None:
    """What no meeting of these series (of any) has decided yet is marked as taken back."""
    waiting = MeetingItem.objects.filter(run=run, outcome="")
    if series is not None:
        waiting = waiting.filter(meeting__series__code__in=list(series))
    waiting.update(outcome=TAKEN_BACK)


def end_elsewhere(child: Person, kind: str, *, beside: Run, by: Practitioner, now: datetime) -> None:
    """Ends the child's part in every other run that comes from an involvement which was just closed.

    A run of which no child has anything left is over. The caller holds the lock on the child.
    """
    open_runs = Run.objects.filter(run_children__child=child, ended_at__isnull=True).exclude(pk=beside.pk)
    for run in part_readable(open_runs.select_related("authority").distinct())[0]:
        if protocol_of(run).pathways[run.pathway].origin == kind:
            RunChild.objects.filter(run=run, child=child, outcome="").update(outcome=ELSEWHERE, ended_at=now)
        if not _goes_on(run):
            end_run(run, COMPLETED, by=by, now=now)


def _goes_on(run: Run) -> bool:
    """Whether a child of the run has no outcome yet, or early help that it led to goes on."""
    children = RunChild.objects.filter(run=run)
    if children.filter(outcome="").exists():
        return True
    return Involvement.objects.filter(
        child__in=children.values("child"), kind__in=EARLY_HELP, open_during__upper_inf=True
    ).exists()
