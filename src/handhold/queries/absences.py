"""Who is away, until when: their own absences, and the times in which their agency is closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, F, Value

from handhold.access.caseloads import OpenedPerson
from handhold.casefiles.case import Case
from handhold.casefiles.protocols import calendar_of
from handhold.protocol.deadlines import period_of
from handhold.protocol.pathways import Protocol
from handhold.queries.naming import practitioner_name
from handhold.queries.whose_move import Reachable, reachable
from handhold.records.models import Absence, AgencyClosure, Practitioner

ONE_DAY = timedelta(days=1)
WHYS = {"leave": "leave", "illness": "illness", "training": "training", "other": "another reason"}


@dataclass(frozen=True, slots=True)
class Away:
    """One time of being away. `end` is the instant at which they are back; None where nobody knows.

    `closed` names the agency, where it is the agency that is closed.
    """

    start: datetime
    end: datetime | None
    is_now: bool
    closed: str
    first_day: date
    last_day: date | None

    @property
    def words(self) -> str:
        """`away until 7 December 2026`, `away from 3 to 31 August 2027 (Oak Lane School is closed)`"""
        closed = f" ({self.closed} is closed)" if self.closed else ""
        last = f"{_day(self.last_day)}" if self.last_day else ""
        if self.is_now:
            return f"away {f'until {last}' if last else 'for now, and nobody knows how long'}{closed}"
        return f"away from {_day(self.first_day)}{f' to {last}' if last else ''}{closed}"


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """A row of somebody's absences; `ref` is what ends or takes it back."""

    ref: int
    words: str
    why: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class AbsencesPage:
    """When somebody is away, who stands in for them meanwhile, and when their agency is closed."""

    ref: str
    name: str
    is_self: bool
    may_record: bool
    stand_in: Reachable
    agency: str
    agency_ref: str
    agency_is_council: bool
    absences: tuple[AbsenceLine, ...]
    closures: tuple[AbsenceLine, ...]
    long_absence: str
    """`10 working days`: from this length on the manager is asked to reallocate; empty where the council sets none."""


def find_away_people(practitioner_ids: Iterable[int], protocol: Protocol, now: datetime) -> dict[int, Away]:
    """For each of these who is away now, or will be, the first such time that is not over. One statement."""
    ids = set(practitioner_ids)
    if not ids:
        return {}
    own = Absence.objects.filter(practitioner__in=ids, during__endswith__isnull=True) | Absence.objects.filter(
        practitioner__in=ids, during__endswith__gt=now
    )
    absences = own.values_list("practitioner_id", "during", Value("", output_field=CharField()))
    closed = Practitioner.objects.filter(pk__in=ids, agency__closures__during__endswith__gt=now)
    closures = closed.values_list("pk", F("agency__closures__during"), "agency__name")
    found: dict[int, Away] = {}
    for practitioner, during, name in absences.union(closures, all=True):
        away = away_of(during, name, protocol, now)
        earlier = found.get(practitioner)
        if earlier is None or _comes_first(away, earlier):
            found[practitioner] = away
    return found


def receiver_away(case: Case) -> str:
    """When whoever is asked or takes over is away, and who stands beside them meanwhile; empty while they are there."""
    receiver, stand_in = case.people.receiver, case.people.stand_in
    if receiver is None or case.run.ended_at:
        return ""
    away = find_away_people([receiver.pk], case.protocol, case.now).get(receiver.pk)
    if away is None:
        return ""
    beside = ", ".join(part for part in (reachable(stand_in).introduced, stand_in.phone) if part)
    return f"{practitioner_name(receiver)} is {away.words}. Meanwhile: {beside}."


def away_of(during: Any, closed: str, protocol: Protocol, now: datetime) -> Away:
    """A period of the records as a time of being away."""
    start, end = during.lower, during.upper
    calendar = calendar_of(protocol)
    last = calendar.local_date(end - ONE_DAY) if end else None
    return Away(start, end, start <= now and (end is None or now < end), closed, calendar.local_date(start), last)


def is_long(away: Away, protocol: Protocol) -> bool:
    """Whether the manager is asked to reallocate: as long as the council's setting has it, or without a known end."""
    setting = protocol.file.long_absence
    if setting is None:
        return False
    period, calendar = period_of(protocol, setting), calendar_of(protocol)
    if away.end is None or away.last_day is None:
        return True
    if period.unit == "working-days":
        return calendar.working_days_between(away.first_day - ONE_DAY, away.last_day) >= period.amount
    return calendar.due_at(away.start, period) <= away.end


def find_absences(opened: OpenedPerson) -> AbsencesPage:
    """The absences of a practitioner whom `access_person_to_read` opened, those that are over left out."""
    person, now, protocol = opened.person, opened.sight.now, opened.sight.protocol
    own = _lines(Absence.objects.filter(practitioner=person), protocol, now)
    closures = _lines(AgencyClosure.objects.filter(agency=person.agency), protocol, now)
    setting = protocol.file.long_absence
    return AbsencesPage(
        ref=person.ref,
        name=practitioner_name(person),
        is_self=opened.is_self,
        may_record=opened.may_record_absence,
        stand_in=reachable(opened.manager),
        agency=person.agency.name,
        agency_ref=person.agency.ref,
        agency_is_council=person.agency.kind == person.agency.Kind.COUNCIL,
        absences=own if opened.may_record_absence else (),
        closures=closures,
        long_absence=str(period_of(protocol, setting)) if setting else "",
    )


def _lines(rows: Iterable[Absence | AgencyClosure], protocol: Protocol, now: datetime) -> tuple[AbsenceLine, ...]:
    times = [(row, away_of(row.during, "", protocol, now)) for row in rows]
    kept = sorted((pair for pair in times if pair[1].end is None or pair[1].end > now), key=lambda pair: pair[1].start)
    return tuple(
        AbsenceLine(row.pk, away.words[:1].upper() + away.words[1:], WHYS.get(row.why, row.why), away.is_now)
        for row, away in kept
    )


def _comes_first(one: Away, other: Away) -> bool:
    """Of two times the one that is now; of two that are now, the one that lasts longer; else the earlier."""
    if one.is_now and other.is_now:
        return one.end is None or (other.end is not None and one.end > other.end)
    return one.is_now or (not other.is_now and one.start < other.start)


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else ""
