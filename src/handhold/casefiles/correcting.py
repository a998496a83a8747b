"""Corrections: a later record that names the earlier one. What stands, and what was written before, from the records.

Only when it happened and the words are corrected; the outcome, and all that followed from it, stays as it was decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from handhold.records.models import (
    Consent,
    ConsentSharing,
    Conversation,
    Decision,
    Meeting,
    MeetingAttendance,
    Notice,
    Practitioner,
    StepRecord,
    Visit,
    VisitChild,
)

CORRECTED = "corrected"
"""The outcome of the decision that keeps why a record was corrected."""

# What was written down with a step: when it happened, its words, and what hangs on it.
DETAILS: tuple[tuple[Any, tuple[str, ...], str, tuple[tuple[Any, str], ...]], ...] = (
    (Visit, ("visited_at",), "note", ((VisitChild, "visit_id"),)),
    (Conversation, ("happened_at",), "about", ()),
    (Meeting, ("planned_at", "held_at"), "note", ((MeetingAttendance, "meeting_id"),)),
    (Consent, ("happened_at",), "note", ((ConsentSharing, "consent_id"),)),
    (Notice, ("told_at",), "", ()),
)
NOTES = {model: words for model, _, words, _ in DETAILS if words}


@dataclass(frozen=True)
class Corrected:
    """What the record is to say."""

    happened_at: datetime
    reason: str
    note: str
    agreed_date: date | None = None


def as_they_stand(written: Iterable[StepRecord]) -> tuple[list[StepRecord], dict[int, tuple[StepRecord, ...]]]:
    """Records in the order in which they were first written, each as its last correction has it.

    The second part holds, by the id of a record that was corrected, what was written before, the oldest first. Who
    wrote a record down, and when, stays as it was at first: a correction approves nobody's work.
    """
    order: list[int] = []
    versions: dict[int, list[StepRecord]] = {}
    first: dict[int, int] = {}
    for record in written:
        original = record.pk if record.corrects_id is None else first[record.corrects_id]
        first[record.pk] = original
        versions.setdefault(original, []).append(record)
        if record.pk == original:
            order.append(original)
    standing, earlier = [], {}
    for pk in order:
        *before, last = versions[pk]
        if before:
            last = _first_written_as(last, before[0])
            earlier[last.pk] = tuple(before)
        standing.append(last)
    return standing, earlier


def _first_written_as(correction: StepRecord, original: StepRecord) -> StepRecord:
    """The correction, with who wrote the record down at first, and when. Never saved: the past is append-only."""
    correction.corrected_at, correction.corrector = correction.recorded_at, correction.recorded_by  # type: ignore[attr-defined]
    correction.recorded_at, correction.recorded_by = original.recorded_at, original.recorded_by
    return correction


def note_of(record: StepRecord) -> str | None:
    """The words that were noted with a record; None where its sort has none."""
    for model, words in NOTES.items():
        found = model.objects.filter(step_record=record.pk).values_list(words, flat=True).first()
        if found is not None:
            return str(found)
    return None


def write_correction(wrong: StepRecord, corrected: Corrected, why: str, by: Practitioner, now: datetime) -> StepRecord:
    """The later record, with what was written down beside it, and why."""
    record = StepRecord.objects.create(
        run_id=wrong.run_id,
        step=wrong.step,
        child_id=wrong.child_id,
        round=wrong.round,
        act=wrong.act,
        outcome=wrong.outcome,
        reason=corrected.reason,
        happened_at=corrected.happened_at,
        recorded_at=now,
        recorded_by=by,
        on_behalf_of_id=wrong.on_behalf_of_id,
        corrects_id=wrong.pk,
        practitioner_id=wrong.practitioner_id,
        agreed_date=corrected.agreed_date,
    )
    for model, times, words, parts in DETAILS:
        for row in model.objects.filter(step_record=wrong.pk).values():
            said = dict.fromkeys(times, corrected.happened_at) | ({words: corrected.note} if words else {})
            copied = _copy(model, row, {**said, "step_record_id": record.pk})
            for part, whole in parts:
                for one in part.objects.filter(**{whole: row["id"]}).values():
                    _copy(part, one, {whole: copied.pk})
    Decision.objects.create(
        run_id=wrong.run_id, step_record=record, decided_by=by, decided_at=now, outcome=CORRECTED, reason=why
    )
    return record


def _copy(model: Any, row: dict[str, Any], changed: dict[str, Any]) -> Any:
    """A row like this one, with some of it changed; the row itself stays as it is."""
    kept = {name: value for name, value in row.items() if name not in ("id", "ref")}
    return model.objects.create(**{**kept, **changed})
