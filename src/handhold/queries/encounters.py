"""What happened between people, for a chronology: visits, meetings, conversations, answers to offers of support.

Of each, as much as somebody may read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from handhold.access.families import Sighted
from handhold.access.papers import Reading, answers_known
from handhold.queries.events import Event, joined
from handhold.queries.names_in_json import PERSON, PRACTITIONER, named
from handhold.queries.naming import first_name, listed, person_name, practitioner_name
from handhold.queries.transfers import code_words
from handhold.records.models import (
    Conversation,
    Family,
    Meeting,
    MeetingAttendance,
    Person,
    Practitioner,
    Visit,
    VisitChild,
)

NOT_SHARED = "What was noted is not shared with you."


SEEN = JSONObject(id="child_id", seen="seen", alone="seen_alone", who=named("child", PERSON))
PRESENT = JSONObject(
    is_person="person_id", person=named("person", PERSON), practitioner=named("practitioner", PRACTITIONER)
)


def find_encounters(family: Family, sight: Sighted, reading: Reading) -> Iterator[Event]:
    """All of them, in no order."""
    yield from _visits(family, reading)
    yield from _meetings(family, reading)
    yield from _conversations(family, reading)
    yield from _consents(family, sight, reading)


def _visits(family: Family, reading: Reading) -> Iterator[Event]:
    for visit in (
        Visit.objects.filter(family=family, step_record__corrected_by__isnull=True)
        .select_related("by", "run")
        .annotate(children=ArraySubquery(_seen().values(json=SEEN)))
    ):
        if reading.knows_of_visit(visit.run_id, visit.by_id):
            yield _visit(visit, visit.note if reading.sees_what_happened(visit.run_id, visit.by_id) else NOT_SHARED)


def _visit(visit: Visit, note: str) -> Event:
    rows: list[dict[str, Any]] = visit.children  # type: ignore[attr-defined]
    alone = [first_name(Person(**row["who"])) for row in rows if row["alone"]]
    seen = [first_name(Person(**row["who"])) for row in rows if row["seen"]]
    words = f"Seen: {listed(seen) or 'no child'}." + (f" Seen alone: {listed(alone)}." if alone else "")
    return Event(
        "visit",
        visit.visited_at,
        code_words(visit.kind) or "Visit",
        practitioner_name(visit.by),
        joined(words, note),
        visit.run.ref if visit.run else "",
        visit.step_record_id,
        about=frozenset(row["id"] for row in rows),
        run_id=visit.run_id,
    )


def _meetings(family: Family, reading: Reading) -> Iterator[Event]:
    rows = Meeting.objects.filter(
        run__family=family, held_at__isnull=False, step_record__corrected_by__isnull=True
    ).select_related("chair", "run")
    for meeting in rows.annotate(present=ArraySubquery(_present().values(json=PRESENT))):
        if not reading.sees_what_happened(meeting.run_id, meeting.chair_id or 0):
            continue
        there = [_attendee(one) for one in meeting.present]
        yield Event(
            "meeting",
            meeting.held_at or meeting.planned_at,
            code_words(meeting.kind),
            practitioner_name(meeting.chair) if meeting.chair else "",
            joined(f"Present: {listed(there)}." if there else "", meeting.note),
            meeting.run.ref if meeting.run else "",
            meeting.step_record_id,
            run_id=meeting.run_id,
        )


def _present() -> QuerySet[MeetingAttendance]:
    rows = MeetingAttendance.objects.filter(meeting=OuterRef("pk"), attendance=MeetingAttendance.Answer.PRESENT)
    return rows.order_by("pk")


def _seen() -> QuerySet[VisitChild]:
    return VisitChild.objects.filter(visit=OuterRef("pk")).order_by("pk")


def _attendee(one: dict[str, Any]) -> str:
    if one["is_person"]:
        return person_name(Person(**one["person"]))
    return practitioner_name(Practitioner(**one["practitioner"]))


def _conversations(family: Family, reading: Reading) -> Iterator[Event]:
    members = family.memberships.values("person")
    rows = Conversation.objects.filter(Q(run__family=family) | Q(with_person__in=members, run__isnull=True)).filter(
        step_record__corrected_by__isnull=True
    )
    for one in rows.select_related("with_practitioner", "with_person", "by", "run"):
        if not reading.sees_what_happened(one.run_id, one.by_id):
            continue
        other = (one.with_person and person_name(one.with_person)) or (
            one.with_practitioner and practitioner_name(one.with_practitioner)
        )
        how = f" ({one.how})" if one.how else ""
        yield Event(
            "conversation",
            one.happened_at,
            f"Conversation with {other}{how}",
            practitioner_name(one.by),
            one.about,
            one.run.ref if one.run else "",
            one.step_record_id,
            run_id=one.run_id,
        )


def _consents(family: Family, sight: Sighted, reading: Reading) -> Iterator[Event]:
    rows = answers_known(sight, family).select_related("given_by", "recorded_by", "step_record__run")
    for one in rows:
        who = f" by {person_name(one.given_by)}" if one.given_by else ""
        yield Event(
            "consent",
            one.happened_at,
            f"Consent to {one.to_what or 'support'}: {one.get_outcome_display().lower()}{who}",
            practitioner_name(one.recorded_by),
            one.note if reading.has_note_of(one) else "",
            one.step_record.run.ref if one.step_record else "",
            one.step_record_id,
            about=frozenset([one.child_id] if one.child_id else []),
            run_id=one.step_record.run_id if one.step_record else None,
        )
