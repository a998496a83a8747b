"""When somebody is away, or their agency is closed: plans, which may be changed. Who stands in is told.

An absence moves nobody: whoever is accountable stays so, and who stands in by office sees their work and does it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from handhold.access.caseloads import OpenedPerson, access_person_to_read
from handhold.access.transfers import NotHere, is_there
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.reallocating import reach
from handhold.actions.refusals import NotAllowed
from handhold.audit.recording import record_event
from handhold.casefiles.protocols import calendar_of
from handhold.notifications.outbox import put_in_outbox
from handhold.queries.naming import practitioner_name
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Absence, Agency, AgencyClosure, Practitioner

WAITING = ("H8",)
ONE_DAY = timedelta(days=1)


@transaction.atomic
def record_absence(
    ref: str,
    from_date: date,
    to_date: date | None,
    why: str,
    *,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Absence:
    """Somebody is away from the first day to the last, both whole; without a last day nobody knows how long.

    Raises NotHere, NotAllowed (not yours; days that do not follow; away then already), AlreadySubmitted.
    """
    carry_out_once(submission, now)
    opened = _access_to_change(ref, by, now)
    during = _whole_days(opened, from_date, to_date)
    same = Absence.objects.filter(practitioner=opened.person, during__overlap=during)
    if same.exists():
        raise NotAllowed("An absence on these days is on record. End that one first.", field="from_date")
    absence = Absence.objects.create(practitioner=opened.person, during=during, why=why)
    _write_down("absence.recorded", opened, after={"from": from_date, "to": to_date, "why": why})
    return absence


@transaction.atomic
def end_absence(
    ref: str, absence_id: int, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> None:
    """Somebody is back now, or will not be away after all. What has been stays on record. Raises as above."""
    carry_out_once(submission, now)
    opened = _access_to_change(ref, by, now)
    found = Absence.objects.select_for_update().filter(practitioner=opened.person, pk=absence_id).first()
    if found is None:
        raise NotHere
    _end(found, now)
    _write_down("absence.ended", opened, before={"from": found.during.lower, "to": found.during.upper})


@transaction.atomic
def record_closure(
    ref: str,
    from_date: date,
    to_date: date | None,
    why: str,
    *,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> AgencyClosure:
    """The agency of this practitioner is closed from the first day to the last: a school in August. Raises as above."""
    carry_out_once(submission, now)
    opened = _access_to_change(ref, by, now)
    agency = opened.person.agency
    if agency.kind == Agency.Kind.COUNCIL:
        raise NotAllowed("The council is never closed to a family: its posts and rotas answer.", clauses=WAITING)
    during = _whole_days(opened, from_date, to_date)
    if AgencyClosure.objects.filter(agency=agency, during__overlap=during).exists():
        raise NotAllowed("A closure on these days is on record. End that one first.", field="from_date")
    closure = AgencyClosure.objects.create(agency=agency, during=during, why=why)
    _write_down("agency.closure-recorded", opened, after={"agency": agency.ref, "from": from_date, "to": to_date})
    return closure


@transaction.atomic
def end_closure(
    ref: str, closure_id: int, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> None:
    """The agency of this practitioner is open again, or will not be closed after all. Raises as `record_absence`."""
    carry_out_once(submission, now)
    opened = _access_to_change(ref, by, now)
    found = AgencyClosure.objects.select_for_update().filter(agency=opened.person.agency, pk=closure_id).first()
    if found is None:
        raise NotHere
    _end(found, now)
    _write_down("agency.closure-ended", opened, before={"from": found.during.lower, "to": found.during.upper})


def _access_to_change(ref: str, by: Practitioner, now: datetime) -> OpenedPerson:
    """The practitioner, their row locked so that two plans of one person do not cross. Raises NotHere, NotAllowed."""
    opened = access_person_to_read(ref, by=by, now=now)
    if not opened.may_record_absence:
        raise NotAllowed(
            f"When {practitioner_name(opened.person)} is away, they say themself, or their manager.",
            who=reach(opened.manager),
            clauses=WAITING,
        )
    list(Practitioner.objects.select_for_update(no_key=True).filter(pk=opened.person.pk).values_list("pk"))
    return opened


def _whole_days(opened: OpenedPerson, from_date: date, to_date: date | None) -> DateTimeTZRange:
    """From the beginning of the first day to the end of the last, by the clock on the wall."""
    if to_date is not None and to_date < from_date:
        raise NotAllowed("The last day must be the first day or later.", field="to_date")
    calendar = calendar_of(opened.sight.protocol)
    if to_date is not None and to_date < calendar.local_date(opened.sight.now):
        raise NotAllowed(
            "The last day must be today or later: nobody has to stand in for what is over.", field="to_date"
        )
    end = calendar.starts_at(to_date + ONE_DAY) if to_date else None
    return DateTimeTZRange(calendar.starts_at(from_date), end)


def _end(planned: Absence | AgencyClosure, now: datetime) -> None:
    """One that has begun ends now; one that has not is taken off the plan; one that is over stays as it was."""
    if planned.during.lower >= now:
        planned.delete()
    elif planned.during.upper is None or planned.during.upper > now:
        planned.during = DateTimeTZRange(planned.during.lower, now)
        planned.save(update_fields=["during"])


def _write_down(
    event: str, opened: OpenedPerson, *, before: dict[str, object] | None = None, after: dict[str, object] | None = None
) -> None:
    """Audit, and a message to who stands in and to the person, but for who did it."""
    by, now = opened.sight.by, opened.sight.now
    record_event(event, by=by, now=now, subjects=[opened.person.ref, opened.manager.ref], before=before, after=after)
    for one in (opened.manager, opened.person):
        if one.pk != by.pk and one.email and is_there(one, now):
            context = {"path": f"/practitioners/{opened.person.ref}/absences"}
            put_in_outbox("absence-changed", to_address=one.email, now=now, context=context)
    check_constraints_now()
