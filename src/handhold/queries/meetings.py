"""The lists of weekly meetings, who has a seat at them, and the record of one that was held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from handhold.access.meetings import OpenedMeeting, Seat, series_in_sight
from handhold.casefiles.protocols import calendar_of
from handhold.casefiles.sittings import sitting_after
from handhold.documents import AgendaItem, Attendee, MeetingRecord
from handhold.queries.agendas import Agenda, AgendaLine
from handhold.queries.naming import practitioner_name
from handhold.records.models import Meeting, MeetingAttendance, MeetingDraft, PostHolding, Practitioner, RoleHolding

LANGUAGE = "en-GB"
PAST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Sitting:
    """One sitting in a list: when, how many requests, how many wait. No reference before anything was put on it."""

    ref: str
    planned_at: datetime
    requests: int
    undecided: int
    is_held: bool


@dataclass(frozen=True, slots=True)
class SeriesOfMeetings:
    """A series: what is to come, what sat without being finished, what was held."""

    title: str
    chair: str
    coming: tuple[Sitting, ...]
    unfinished: tuple[Sitting, ...]
    past: tuple[Sitting, ...]


@dataclass(frozen=True, slots=True)
class SeatAtMeeting:
    """Somebody who may have been there, and as what. `by_office`: with a seat, not only with a request."""

    ref: str
    name: str
    role: str
    by_office: bool
    chairs: bool


def find_series(seat: Seat) -> tuple[SeriesOfMeetings, ...]:
    """The series that somebody chairs or sits on."""
    found = series_in_sight(seat)
    rows = (
        Meeting.objects.filter(series__in=[series for series, _ in found])
        .annotate(requests=Count("items"), undecided=Count("items", filter=Q(items__outcome="")))
        .order_by("planned_at")
    )
    sittings: dict[int, list[Sitting]] = {series.pk: [] for series, _ in found}
    for row in rows:
        sittings[row.series_id or 0].append(
            Sitting(row.ref, row.planned_at, row.requests, row.undecided, row.held_at is not None)
        )
    calendar, chairs = calendar_of(seat.protocol), _chairs([series.chair_post_id for series, _ in found], seat.now)
    return tuple(
        SeriesOfMeetings(
            title=series.title,
            chair=chairs.get(series.chair_post_id, ""),
            coming=_coming(sittings[series.pk], sitting_after(calendar, series, seat.now), seat.now),
            unfinished=tuple(one for one in sittings[series.pk] if not one.is_held and one.planned_at <= seat.now),
            past=tuple(reversed([one for one in sittings[series.pk] if one.is_held]))[:PAST_SHOWN],
        )
        for series, _ in found
    )


def _chairs(posts: list[int], now: datetime) -> dict[int, str]:
    """Who holds these posts."""
    holdings = PostHolding.objects.filter(post__in=posts, during__contains=now).select_related("practitioner")
    return {one.post_id: practitioner_name(one.practitioner) for one in holdings}


def _coming(sittings: list[Sitting], next_at: datetime, now: datetime) -> tuple[Sitting, ...]:
    """What is to come, with the next sitting even where nothing was put on it yet."""
    coming = [one for one in sittings if not one.is_held and one.planned_at > now]
    if not any(one.planned_at == next_at for one in sittings):
        coming.insert(0, Sitting("", next_at, 0, 0, is_held=False))
    return tuple(coming)


def find_seats(opened: OpenedMeeting, agenda: Agenda) -> tuple[SeatAtMeeting, ...]:
    """Who has a seat by office, the chair first; then the workers who brought a request."""
    roles = opened.seat.protocol.file.roles
    holdings = RoleHolding.objects.filter(
        role__in=[opened.rule.chaired_by, *opened.rule.members],
        during__contains=opened.seat.now,
        practitioner__agency__authority=opened.series.authority_id,
    ).select_related("practitioner")
    by_office = {
        one.practitioner_id: _seat(one.practitioner, roles[one.role].called, one.role == opened.rule.chaired_by)
        for one in sorted(holdings, key=lambda one: one.role == opened.rule.chaired_by)
    }
    brought = {line.sender[0]: line.sender for line in agenda.lines}
    first = sorted(by_office.values(), key=lambda seat: (not seat.chairs, seat.role, seat.name))
    known = {seat.ref for seat in first}
    others = [
        SeatAtMeeting(*sender, by_office=False, chairs=False) for ref, sender in brought.items() if ref not in known
    ]
    return (*first, *others)


def _seat(who: Practitioner, role: str, chairs: bool) -> SeatAtMeeting:
    return SeatAtMeeting(who.ref, practitioner_name(who), role, by_office=True, chairs=chairs)


def compose_record(opened: OpenedMeeting, agenda: Agenda, lines: tuple[AgendaLine, ...]) -> MeetingRecord:
    """The record of a sitting that was held, with these of its requests: all of them, or one family's alone."""
    meeting, calendar = opened.meeting, calendar_of(opened.seat.protocol)
    held = calendar.to_local(meeting.held_at or meeting.planned_at)
    return MeetingRecord(
        made_date=held.date(),
        language=LANGUAGE,
        authority=opened.seat.protocol.file.council,
        title=agenda.title,
        held_date=held.date(),
        held_from=held.time().replace(second=0, microsecond=0),
        chair=agenda.chair,
        attendance=_attendance(opened),
        items=tuple(_item(opened, line) for line in lines),
        note=agenda.note if len(lines) == len(agenda.lines) else "",
    )


def _attendance(opened: OpenedMeeting) -> tuple[Attendee, ...]:
    rows = MeetingAttendance.objects.filter(meeting=opened.meeting).select_related("practitioner").order_by("id")
    return tuple(
        Attendee(name=practitioner_name(row.practitioner), role=row.practitioner.job_title, attendance=row.attendance)
        for row in rows
        if row.practitioner
    )


def _item(opened: OpenedMeeting, line: AgendaLine) -> AgendaItem:
    decided, calendar = line.decided, calendar_of(opened.seat.protocol)
    return AgendaItem(
        title=f"{line.family} family: {line.children}",
        request=" ".join(f"{need.text.rstrip('.')}." for need in line.needs),
        outcome=decided.words if decided else " ".join(line.gone),
        practitioner=decided.practitioner if decided else "",
        by_date=decided.by_date if decided else None,
        moved_to_date=calendar.local_date(decided.moved_to) if decided and decided.moved_to else None,
        reason=decided.reason if decided else "",
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wrote to finish a meeting that could not be finished then."""

    answers: Mapping[str, object]
    saved_by: str
    saved_at: datetime


def find_draft(opened: OpenedMeeting) -> Draft | None:
    """What was kept of it, if anything."""
    row: MeetingDraft | None = getattr(opened.meeting, "draft", None)  # read with the meeting
    if row is None:
        return None
    answers = {"present": row.present, "apologies": row.apologies, "chair": row.chair, "note": row.note}
    return Draft(answers, practitioner_name(row.saved_by), row.saved_at)
