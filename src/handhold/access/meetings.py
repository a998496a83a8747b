"""The doors to meetings that sit every week and to queues: for those who chair, sit on or look after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handhold.access.transfers import NotHere, is_there
from handhold.access.words import roles_of
from handhold.casefiles.protocols import current_protocol
from handhold.protocol.council import MeetingRule, QueueRule
from handhold.protocol.pathways import Protocol
from handhold.records.models import Meeting, MeetingSeries, Practitioner, Queue


@dataclass(frozen=True)
class Seat:
    """Who asks, when, by which procedure of their council, and with which roles."""

    by: Practitioner
    now: datetime
    protocol: Protocol
    roles: frozenset[str]


@dataclass(frozen=True)
class OpenedMeeting:
    """One sitting, opened by somebody who chairs the series or sits on it."""

    meeting: Meeting
    series: MeetingSeries
    rule: MeetingRule
    seat: Seat

    @property
    def chairs(self) -> bool:
        """Whether they hold the role that chairs it."""
        return self.rule.chaired_by in self.seat.roles


def seat_of(by: Practitioner, now: datetime) -> Seat:
    """The roles of somebody. Raises NotHere for one who has left."""
    if not is_there(by, now):
        raise NotHere
    return Seat(by, now, current_protocol(by.agency.authority), roles_of(by, now))


def series_in_sight(seat: Seat) -> list[tuple[MeetingSeries, MeetingRule]]:
    """The series that somebody chairs or sits on, with what the procedure says of each."""
    rules = {code: rule for code, rule in seat.protocol.file.meetings.items() if sits_on(seat, rule)}
    found = MeetingSeries.objects.filter(authority=seat.by.agency.authority_id, code__in=rules)
    return [(series, rules[series.code]) for series in found.select_related("chair_post").order_by("title", "pk")]


def queues_in_sight(seat: Seat) -> list[tuple[Queue, QueueRule]]:
    """The queues that somebody looks after, with what the procedure says of each."""
    rules = {code: rule for code, rule in seat.protocol.file.queues.items() if rule.looked_after_by in seat.roles}
    found = Queue.objects.filter(authority=seat.by.agency.authority_id, code__in=rules)
    return [(queue, rules[queue.code]) for queue in found.order_by("label", "pk")]


def access_meeting_to_read(ref: str, *, by: Practitioner, now: datetime) -> OpenedMeeting:
    """One sitting of a series, for those who chair it or sit on it. Raises NotHere."""
    return _open(ref, by, now, for_change=False)


def access_meeting_to_change(ref: str, *, by: Practitioner, now: datetime) -> OpenedMeeting:
    """As `access_meeting_to_read`, with the meeting locked until the transaction ends."""
    return _open(ref, by, now, for_change=True)


def access_queue_to_read(code: str, *, by: Practitioner, now: datetime) -> tuple[Queue, QueueRule, Seat]:
    """A queue, for those who look after it. Raises NotHere."""
    seat = seat_of(by, now)
    found = next((pair for pair in queues_in_sight(seat) if pair[0].code == code), None)
    if found is None:
        raise NotHere
    return *found, seat


def sits_on(seat: Seat, rule: MeetingRule) -> bool:
    """Whether somebody's roles have a seat at a meeting."""
    return bool(seat.roles.intersection({rule.chaired_by, *rule.members}))


def _open(ref: str, by: Practitioner, now: datetime, *, for_change: bool) -> OpenedMeeting:
    seat = seat_of(by, now)
    meetings = Meeting.objects.select_related("series__chair_post", "chair", "draft__saved_by")
    if for_change:
        meetings = meetings.select_for_update(of=("self",), no_key=True)
    meeting = meetings.filter(ref=ref, series__authority=by.agency.authority_id).first()
    if meeting is None or meeting.series is None:
        raise NotHere
    rule = seat.protocol.file.meetings.get(meeting.series.code)
    if rule is None or not sits_on(seat, rule):
        raise NotHere
    return OpenedMeeting(meeting, meeting.series, rule, seat)
