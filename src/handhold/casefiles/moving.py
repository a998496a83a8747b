"""A run under another version than the one it began under: whether its records have a place there, its case there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Value

from handhold.casefiles.case import Case, load_cases
from handhold.casefiles.protocols import live_folder, live_revision, protocol_at
from handhold.protocol.definition import Step
from handhold.protocol.pathways import Pathway, Protocol
from handhold.records.models import Authority, Form, MeetingItem, QueueItem, Run, StepRecord


@dataclass(frozen=True)
class Version:
    """A version as a run can have it: a folder with one revision of its council's settings."""

    folder: str
    revision: int

    def __str__(self) -> str:
        name = self.folder.partition("/")[2]
        return f"{name} with change {self.revision} of its numbers" if self.revision else name


def version_of(run: Run) -> Version:
    """The version that a run is decided under now."""
    return Version(run.protocol_folder, run.settings_revision)


def live_version_of(authority: Authority) -> Version:
    """The version under which transfers of this council begin now."""
    folder = live_folder(authority)
    return Version(folder, live_revision(authority.pk, folder))


def protocol_in(version: Version, run: Run) -> Protocol:
    """The procedure of a version, for the run's council. Raises ProtocolChanged."""
    return protocol_at(run.authority_id, version.folder, version.revision)


def case_in(run: Run, version: Version, now: datetime) -> Case:
    """The case as it would stand under this version; nothing is written. Its records must have their place there."""
    return load_cases([_moved(run, version)], now)[0]


def cases_before_and_in(run: Run, version: Version, now: datetime) -> tuple[Case, Case]:
    """The case as it stands, and as it would under this version, in as many statements as one. As `case_in`."""
    before, after = load_cases([run, _moved(run, version)], now)
    return before, after


def _moved(run: Run, version: Version) -> Run:
    """The run as it would be; not the row."""
    moved = copy(run)
    moved.protocol_folder, moved.settings_revision = version.folder, version.revision
    moved.protocol_digest = protocol_in(version, run).digest
    return moved


def find_misplaced(run: Run, protocol: Protocol) -> list[str]:
    """What is on record of a run and has no place in a procedure, in sentences; empty where the run can be moved."""
    pathway = protocol.pathways.get(run.pathway)
    if pathway is None:
        return ["This version has no such pathway."]
    return list(dict.fromkeys((*_records(run, pathway), *_elsewhere(run, protocol))))


def _records(run: Run, pathway: Pathway) -> Iterator[str]:
    rows = StepRecord.objects.filter(run=run).order_by("id")
    for step, child, act, outcome, kind in rows.values_list("step", "child", "act", "outcome", "exception_kind"):
        rule = pathway.steps.get(step)
        if rule is None:
            yield f"The step “{_plain(step)}” is on record, and this version does not have it."
        elif (child is None) != (rule.per == "run"):
            whose = "each child" if child else "all children at once"
            yield f"“{rule.title}” is on record for {whose}, and is not asked so in this version."
        elif act == StepRecord.Act.RECORDED and outcome not in rule.outcomes:
            yield f"“{rule.title}” came out as “{_plain(outcome)}”, and this version does not have that outcome."
        elif act == StepRecord.Act.EXCEPTION_ASKED and not _allows(rule, kind):
            yield f"An exception from “{rule.title}” is on record, and this version does not allow it."


def _allows(rule: Step, kind: str) -> bool:
    return rule.exception is not None and kind in rule.exception.kinds


def _elsewhere(run: Run, protocol: Protocol) -> Iterator[str]:
    """Queues, meetings and forms in which the run stands now. One statement."""
    file = protocol.file
    known: dict[str, Mapping[str, object]] = {"queue": file.queues, "meeting": file.meetings, "form": protocol.forms}
    for sort, code, called in _places_of(run):
        if code not in known[sort]:
            yield f"It is in the {sort} “{called or _plain(code)}”, and this version does not have that {sort}."


def _places_of(run: Run) -> QuerySet[Any, tuple[str, str, str]]:
    """Sort, code and name of each."""
    queues = QueueItem.objects.filter(run=run, taken_at__isnull=True)
    items = MeetingItem.objects.filter(run=run, outcome="", meeting__series__isnull=False)
    return queues.values_list(Value("queue"), "queue__code", "queue__label").union(
        items.values_list(Value("meeting"), "meeting__series__code", "meeting__series__title"),
        Form.objects.filter(run=run).values_list(Value("form"), "code", Value("")),
    )


def _plain(code: str) -> str:
    return code.replace("-", " ")
