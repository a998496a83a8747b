"""The numbers of a council's procedure as they are live, who changed them when, and what waits to be approved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from handhold.access.families import Sighted
from handhold.access.procedures import may_oversee
from handhold.casefiles.protocols import current_version, find_earlier, live_folder
from handhold.casefiles.revisions import find_problem_of_approval, live_among, revisions_of
from handhold.protocol.explaining.phrases import UNITS, length
from handhold.protocol.pathways import Protocol
from handhold.protocol.revising import with_values
from handhold.queries.naming import practitioner_name
from handhold.records.models import Practitioner, ProtocolSettings, SettingsCheck

State = Literal["waiting", "failed", "ready", "live", "past"]


@dataclass(frozen=True, slots=True)
class Number:
    """One number or choice: what it is for, how it stands, by which clauses, and how the procedure itself has it."""

    code: str
    means: str
    value: int
    unit: str
    length: str
    own_length: str
    is_choice: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A revision: what it changes, who proposed it and why, and how it stands."""

    revision: int
    changes: tuple[str, ...]
    reason: str
    proposed_by: str
    proposed_at: datetime | None
    state: State
    faults: tuple[str, ...]
    approved_by: str
    live_from: datetime | None
    problem: str
    """Why who looks cannot make it live; empty where they can."""
    progress: str = ""
    """How far its check has come; empty before it has begun and once it is done."""


@dataclass(frozen=True, slots=True)
class NumbersPage:
    """All numbers, and every revision of them, the newest first."""

    version: str
    numbers: tuple[Number, ...]
    revisions: tuple[RevisionLine, ...]
    may_change: bool
    has_changes: bool
    """Whether something is otherwise than in the version before, or in the procedure's own numbers."""


def find_numbers(sight: Sighted) -> NumbersPage:
    """The numbers as they are live for the council of whoever looks, with each change that was proposed."""
    authority = sight.by.agency.authority
    rows, own = revisions_of(authority.pk, live_folder(authority)), current_version(authority)
    return NumbersPage(
        version=sight.protocol.version,
        numbers=tuple(_number(sight.protocol, own, code) for code in sight.protocol.file.settings),
        revisions=tuple(reversed([_revision(row, rows, own, sight.by) for row in rows])),
        may_change=may_oversee(sight),
        has_changes=find_earlier(authority) is not None,
    )


def find_number(sight: Sighted, code: str) -> Number | None:
    """One number; None where the procedure has no such number."""
    if code not in sight.protocol.file.settings:
        return None
    return _number(sight.protocol, current_version(sight.by.agency.authority), code)


def _number(protocol: Protocol, own: Protocol, code: str) -> Number:
    setting = protocol.file.settings[code]
    return Number(
        code=code,
        means=setting.means,
        value=setting.value,
        unit="" if setting.is_choice else f"{UNITS[setting.unit]}s",
        length=length(protocol, code),
        own_length=length(own, code),
        is_choice=setting.is_choice,
        clauses=tuple(setting.clauses),
    )


def _revision(row: ProtocolSettings, rows: Sequence[ProtocolSettings], own: Protocol, by: Practitioner) -> RevisionLine:
    before = live_among(one for one in rows if one.revision < row.revision)
    return RevisionLine(
        revision=row.revision,
        changes=tuple(_changes(with_values(own, before.values if before else {}), with_values(own, row.values))),
        reason=row.reason,
        proposed_by=practitioner_name(row.proposed_by) if row.proposed_by else "",
        proposed_at=row.proposed_at,
        state=_state(row, live_among(rows)),
        faults=tuple(row.faults.splitlines()),
        approved_by=practitioner_name(row.approved_by) if row.approved_by else "",
        live_from=row.live_from,
        problem=find_problem_of_approval(row, live_among(rows), by),
        progress=_progress(row),
    )


def _progress(row: ProtocolSettings) -> str:
    """`7 of 40 pathways are checked`"""
    check: SettingsCheck | None = getattr(row, "check_progress", None) if row.checked_at is None else None
    return f"{len(check.walked)} of {check.pathways} pathways are checked" if check else ""


def _changes(before: Protocol, after: Protocol) -> Iterator[str]:
    """`From the completion ... meeting: 5 working days, then 7 working days`"""
    for code, setting in after.file.settings.items():
        if length(before, code) != length(after, code):
            yield f"{setting.means}: {length(before, code)}, then {length(after, code)}"


def _state(row: ProtocolSettings, live: ProtocolSettings | None) -> State:
    if row.live_from:
        return "live" if live and live.pk == row.pk else "past"
    if row.checked_at is None:
        return "waiting"
    return "failed" if row.faults else "ready"
