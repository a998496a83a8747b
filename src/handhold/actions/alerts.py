"""Alerts: written and ended by the council's people. What was written stays; an alert is over from one instant on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from handhold.access.alerts import access_alert_to_end, access_family_to_alert
from handhold.access.refusals import NoSuchChoice
from handhold.actions.once import Submission, carry_out_once
from handhold.audit.recording import record_event
from handhold.records.alert_kinds import ALERT_KINDS
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Alert, FamilyMember, Person, Practitioner


@dataclass(frozen=True)
class AlertWords:
    """What is written: a kind of `ALERT_KINDS`, why, of whom (a reference; empty for the family), who else sees it."""

    kind: str
    reason: str
    person_ref: str = ""
    is_shared: bool = False


@transaction.atomic
def write_alert(
    family_ref: str, words: AlertWords, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> Alert:
    """An alert that stands from now on. Raises NotHere, AlreadySubmitted; NoSuchChoice for a kind or a person that is
    not there, and without a reason."""
    carry_out_once(submission, now)
    family, _ = access_family_to_alert(family_ref, by=by, now=now)
    if words.kind not in ALERT_KINDS or not words.reason.strip():
        raise NoSuchChoice
    members = FamilyMember.objects.filter(family=family, during__contains=now).select_related("person")
    member = members.filter(person__ref=words.person_ref).first() if words.person_ref else None
    if words.person_ref and member is None:
        raise NoSuchChoice
    alert = Alert.objects.create(
        family=family,
        person=member.person if member else None,
        kind=words.kind,
        reason=words.reason.strip(),
        during=DateTimeTZRange(now, None),
        is_shared=words.is_shared,
        written_by=by,
    )
    after = {"kind": alert.kind, "reason": alert.reason, "is_shared": alert.is_shared}
    record_event("alert.written", by=by, now=now, subjects=_subjects(alert, alert.person), after=after)
    check_constraints_now()
    return alert


@transaction.atomic
def end_alert(ref: str, why: str, *, by: Practitioner, now: datetime, submission: Submission | None = None) -> Alert:
    """An alert is over; one that was over already stays as it was. Raises NotHere, AlreadySubmitted.

    NoSuchChoice without a reason.
    """
    carry_out_once(submission, now)
    alert, _ = access_alert_to_end(ref, by=by, now=now)
    if not why.strip():
        raise NoSuchChoice
    if alert.during.upper is None:
        alert.during = DateTimeTZRange(alert.during.lower, now)
        alert.ended_by, alert.why_ended = by, why.strip()
        alert.save(update_fields=["during", "ended_by", "why_ended"])
        record_event(
            "alert.ended", by=by, now=now, subjects=_subjects(alert, alert.person), after={"why": alert.why_ended}
        )
    check_constraints_now()
    return alert


def _subjects(alert: Alert, person: Person | None) -> list[str]:
    return [alert.ref, alert.family.ref, *([person.ref] if person else [])]
