"""What must be known before a visit or a letter: alerts, how to speak with people, what the family answered last.

All of it in one statement, as each page about a family has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from handhold.access.alerts import alerts_known
from handhold.queries.consents import ConsentLine, consent_of
from handhold.queries.names_in_json import PERSON, PRACTITIONER, named
from handhold.queries.naming import person_name, practitioner_name
from handhold.records.alert_kinds import ALERT_KINDS, AlertKind
from handhold.records.models import (
    Alert,
    Communication,
    Consent,
    Family,
    FamilyMember,
    Person,
    Practitioner,
    VisitChild,
)

FORMATS = {
    "large-print": "Large print",
    "easy-read": "Easy read",
    "braille": "Braille",
    "audio": "Audio",
    "british-sign-language": "British Sign Language",
    "makaton": "Makaton",
    "pictures": "Pictures or symbols",
}
"""In which form somebody is written or spoken to, by its code."""


@dataclass(frozen=True)
class AlertLine:
    """An alert: of whom (empty for the family), since when, by whom; once it is over, until when, by whom, why."""

    ref: str
    called: str
    whom: str
    reason: str
    since: datetime
    by: str
    at_the_door: bool
    is_shared: bool
    until: datetime | None
    ended_by: str
    why_ended: str


@dataclass(frozen=True)
class Speaking:
    """How to speak with one person and reach them, in words; empty, or None, where nobody has written it down."""

    language: str
    formats: str = ""
    needs: str = ""
    safe_to_contact: bool | None = None
    how_to_contact: str = ""
    written_by: str = ""
    written_at: datetime | None = None
    codes: tuple[str, ...] = ()
    """The forms by their codes."""
    interpreter_needed: bool | None = None

    @property
    def words(self) -> str:
        """`Polish, interpreter needed. Large print. Explain things twice`"""
        return ". ".join(one.rstrip(".") for one in (self.language, self.formats, self.needs) if one)


@dataclass(frozen=True)
class Door:
    """What is known before somebody knocks. Alerts stand in the order of their kinds."""

    alerts: tuple[AlertLine, ...]
    consent: ConsentLine | None = None
    """What the family answered last, as far as this person knows of it; None where it was never asked."""
    written: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    visits: tuple[Mapping[str, Any], ...] = ()
    """`child` (their id), `alone`, `at` and `by` of the last visit of each sort on which they were seen."""

    def speaking_with(self, person: Person) -> Speaking:
        """How to speak with a member of the family."""
        row = self.written.get(person.pk, {})
        return Speaking(
            language=_language(person, row.get("interpreter")),
            formats=", ".join(FORMATS.get(code, code) for code in row.get("formats", ())),
            needs=person.communication_needs,
            safe_to_contact=row.get("safe"),
            how_to_contact=row.get("how", ""),
            written_by=practitioner_name(Practitioner(**row["by"])) if row else "",
            written_at=datetime.fromisoformat(row["at"]) if row else None,
            codes=tuple(row.get("formats", ())),
            interpreter_needed=person.interpreter_needed or row.get("interpreter"),
        )


def find_door(
    family: Family,
    children: Iterable[Person],
    by: Practitioner,
    now: datetime,
    answers: QuerySet[Consent] | None = None,
    visits: QuerySet[VisitChild] | None = None,
) -> Door:
    """What somebody may know of a family, and of these of its children in any other. One statement.

    `answers` are the family's answers that they know of, `visits` the last on which its children were seen, where the
    page says them.
    """
    alerts = alerts_known(family, children, by).filter(during__contains=now)
    last = (Consent.objects.none() if answers is None else answers).order_by("-happened_at", "-id")
    found = (
        Family.objects.filter(pk=family.pk)
        .values(
            standing=ArraySubquery(alerts.order_by("pk").values(json=_alert_json())),
            spoken=ArraySubquery(_spoken(family, now)),
            answered=ArraySubquery(last.values(json=_answer_json())[:1]),
            visited=ArraySubquery((VisitChild.objects.none() if visits is None else visits).values(json=_visit_json())),
        )
        .get()
    )
    return Door(
        alerts=tuple(_in_order(map(_from_json, found["standing"]))),
        consent=consent_of(found["answered"][0]) if found["answered"] else None,
        written={row["person"]: row for row in found["spoken"]},
        visits=tuple(found["visited"] or ()),
    )


def find_all_alerts(family: Family, by: Practitioner, now: datetime) -> tuple[list[AlertLine], list[AlertLine]]:
    """Those of a family that stand, and those that are over, the last first. One statement."""
    lines = _in_order(_line(row) for row in with_names(alerts_known(family, (), by)))
    over = [one for one in lines if one.until is not None and one.until <= now]
    return [one for one in lines if one not in over], sorted(over, key=lambda one: one.until or now, reverse=True)


def with_names(alerts: QuerySet[Alert]) -> QuerySet[Alert]:
    """The same alerts, with whom they name."""
    return alerts.select_related("person", "written_by", "ended_by").order_by("pk")


def _in_order(lines: Iterable[AlertLine]) -> list[AlertLine]:
    places = [kind.called for kind in ALERT_KINDS.values()]
    return sorted(lines, key=lambda one: places.index(one.called) if one.called in places else len(places))


def _line(row: Alert) -> AlertLine:
    kind = _kind(row.kind)
    return AlertLine(
        ref=row.ref,
        called=kind.called,
        whom=person_name(row.person) if row.person else "",
        reason=row.reason,
        since=row.during.lower,
        by=practitioner_name(row.written_by),
        at_the_door=kind.at_the_door,
        is_shared=row.is_shared,
        until=row.during.upper,
        ended_by=practitioner_name(row.ended_by) if row.ended_by else "",
        why_ended=row.why_ended,
    )


def _kind(code: str) -> AlertKind:
    """A kind that the file knows no more is said by its code."""
    return ALERT_KINDS.get(code) or AlertKind(code, code.replace("-", " ").capitalize())


def _from_json(row: Mapping[str, Any]) -> AlertLine:
    """One that stands, as the database wrote it in JSON."""
    kind = _kind(row["kind"])
    return AlertLine(
        ref=row["ref"],
        called=kind.called,
        whom=person_name(Person(**row["person"])) if row["person"]["family_name"] else "",
        reason=row["reason"],
        since=datetime.fromisoformat(row["since"]),
        by=practitioner_name(Practitioner(**row["by"])),
        at_the_door=kind.at_the_door,
        is_shared=row["is_shared"],
        until=None,
        ended_by="",
        why_ended="",
    )


def _alert_json() -> JSONObject:
    return JSONObject(
        ref="ref",
        kind="kind",
        reason="reason",
        is_shared="is_shared",
        since=F("during__startswith"),
        person=named("person", PERSON),
        by=named("written_by", PRACTITIONER),
    )


def _spoken(family: Family, now: datetime) -> QuerySet[Communication, Any]:
    """Of each member, what was written last."""
    members = FamilyMember.objects.filter(family=family, during__contains=now).values("person")
    last = Communication.objects.filter(person=OuterRef("person")).order_by("-id").values("pk")[:1]
    shown = JSONObject(
        person="person_id",
        interpreter="interpreter_needed",
        formats="formats",
        safe="safe_to_contact",
        how="how_to_contact",
        at="written_at",
        by=named("written_by", PRACTITIONER),
    )
    return Communication.objects.filter(person__in=members, pk=Subquery(last)).values(json=shown)


def _answer_json() -> JSONObject:
    return JSONObject(
        outcome="outcome", to_what="to_what", happened_at="happened_at", given_by=named("given_by", PERSON)
    )


def _visit_json() -> JSONObject:
    return JSONObject(
        child="child_id", alone="seen_alone", at=F("visit__visited_at"), by=named("visit__by", PRACTITIONER)
    )


def _language(person: Person, said: bool | None) -> str:
    """`Polish, interpreter needed`, `English`; empty where neither is known. `said`: what was written down of it."""
    needed = "interpreter needed" if person.interpreter_needed else "no interpreter needed" if said is False else ""
    words = ", ".join(one for one in (person.first_language, needed) if one)
    return words[:1].upper() + words[1:]
