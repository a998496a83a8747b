"""Corrections: a later record that names the earlier one. What stands, and what was written before, from the records.

A record is corrected in when it happened, in its words or in how it came out, or it is taken back. What a changed
outcome leads to is `undoing`.
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
    """What the record is to say. `outcome`: where it came out otherwise; of an exception its kind, or the answer.

    taken_back: nothing of it was so.
    """

    happened_at: datetime
    reason: str
    note: str
    agreed_date: date | None = None
    outcome: str = ""
    taken_back: bool = False


@dataclass(frozen=True)
class Stand:
    """What stands of the records of a run."""

    records: list[StepRecord]
    """In the order in which they were first written, each as its last correction has it."""
    earlier: dict[int, tuple[StepRecord, ...]]
    """By the id of a record that was corrected or taken back: what was written before, the oldest first."""
    taken_back: list[StepRecord]
    """The records that took another back."""

    def first_of(self, record: StepRecord) -> StepRecord:
        """The record as it was first written."""
        return self.earlier.get(record.pk, (record,))[0]

    def authors_before(self, record: StepRecord) -> frozenset[int]:
        """Ids of who said of it how it came out, before whoever says so now."""
        said = _outcomes_said((*self.earlier.get(record.pk, ()), record))
        return frozenset(one.recorded_by_id for one in said) - {record.recorded_by_id}


def as_they_stand(written: Iterable[StepRecord]) -> Stand:
    """Records in the order in which they were first written, each as its last correction has it.

    Who said how it came out, and when, is its author: a correction of the day or of the words approves nobody's work.
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
    stand = Stand([], {}, [])
    for pk in order:
        *before, last = versions[pk]
        if before:
            stand.earlier[last.pk] = tuple(before)
        if last.act == StepRecord.Act.TAKEN_BACK:
            stand.taken_back.append(last)
        else:
            stand.records.append(_as_its_author_wrote(last, before) if before else last)
    return stand


def _as_its_author_wrote(correction: StepRecord, before: list[StepRecord]) -> StepRecord:
    """The correction, with who said how it came out, and when. Never saved: the past is append-only."""
    author = _outcomes_said((*before, correction))[-1]
    correction.corrected_at, correction.corrector = correction.recorded_at, correction.recorded_by  # type: ignore[attr-defined]
    correction.recorded_at, correction.recorded_by = author.recorded_at, author.recorded_by
    return correction


def _outcomes_said(versions: Iterable[StepRecord]) -> list[StepRecord]:
    """The first version, and each by which the record came out otherwise than in the one before."""
    said: list[StepRecord] = []
    for one in versions:
        if not said or outcome_of(said[-1]) != outcome_of(one):
            said.append(one)
    return said


def outcome_of(record: StepRecord) -> str:
    """How a step came out; the kind of an exception that was asked for; what was decided on it."""
    return record.exception_kind if record.act == StepRecord.Act.EXCEPTION_ASKED else record.outcome


def note_of(record: StepRecord) -> str | None:
    """The words that were noted with a record; None where its sort has none."""
    first, *others = (
        model.objects.filter(step_record=record.pk).values_list(words, flat=True) for model, words in NOTES.items()
    )
    found = list(first.union(*others)[:1])
    return str(found[0]) if found else None


def write_correction(wrong: StepRecord, corrected: Corrected, why: str, by: Practitioner, now: datetime) -> StepRecord:
    """The later record that says when it happened and in which words, with what was written down beside it, and why."""
    return write_later_record(
        wrong,
        corrected,
        why,
        by,
        now,
        outcome=wrong.outcome,
        exception_kind=wrong.exception_kind,
        practitioner=wrong.practitioner,
    )


def write_later_record(
    wrong: StepRecord, corrected: Corrected, why: str, by: Practitioner, now: datetime, *, answer: str = "", **said: Any
) -> StepRecord:
    """The later record, which says this too, with what was written down beside the earlier one, and why.

    answer: what the family is now said to have answered, where the record keeps their consent.
    """
    record = StepRecord.objects.create(
        run_id=wrong.run_id,
        step=wrong.step,
        child_id=wrong.child_id,
        round=wrong.round,
        act=wrong.act,
        reason=corrected.reason,
        happened_at=corrected.happened_at,
        recorded_at=now,
        recorded_by=by,
        on_behalf_of_id=wrong.on_behalf_of_id,
        corrects_id=wrong.pk,
        agreed_date=corrected.agreed_date,
        **said,
    )
    for model, times, words, parts in DETAILS:
        changed = dict.fromkeys(times, corrected.happened_at) | ({words: corrected.note} if words else {})
        if model is Consent and answer:
            changed["outcome"] = answer
        for row in model.objects.filter(step_record=wrong.pk).values():
            copied = _copy(model, row, {**changed, "step_record_id": record.pk})
            for part, whole in parts:
                for one in part.objects.filter(**{whole: row["id"]}).values():
                    _copy(part, one, {whole: copied.pk})
    _keep_why(record, why, by, now)
    return record


def take_record_back(wrong: StepRecord, why: str, by: Practitioner, now: datetime) -> StepRecord:
    """The later record by which nothing of the earlier one was so; what was written down beside it goes with it."""
    record = StepRecord.objects.create(
        run_id=wrong.run_id,
        step=wrong.step,
        child_id=wrong.child_id,
        round=wrong.round,
        act=StepRecord.Act.TAKEN_BACK,
        reason=why,
        happened_at=now,
        recorded_at=now,
        recorded_by=by,
        corrects_id=wrong.pk,
    )
    _keep_why(record, why, by, now)
    return record


def _keep_why(record: StepRecord, why: str, by: Practitioner, now: datetime) -> None:
    Decision.objects.create(
        run_id=record.run_id, step_record=record, decided_by=by, decided_at=now, outcome=CORRECTED, reason=why
    )


def _copy(model: Any, row: dict[str, Any], changed: dict[str, Any]) -> Any:
    """A row like this one, with some of it changed; the row itself stays as it is."""
    kept = {name: value for name, value in row.items() if name not in ("id", "ref")}
    return model.objects.create(**{**kept, **changed})
