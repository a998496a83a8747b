"""When somebody's membership of a family begins and ends, and the days on which it cannot."""

from __future__ import annotations

from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from handhold.access.families import Sighted
from handhold.actions.refusals import NotAllowed
from handhold.casefiles.joined import open_work_of
from handhold.casefiles.protocols import calendar_of
from handhold.queries.naming import first_name
from handhold.records.models import Family, FamilyMember, Person


def instant_of(day: date, sight: Sighted, *, born: date | None) -> datetime:
    """From when a membership runs, or until when: this instant for today, the beginning of an earlier day."""
    calendar = calendar_of(sight.protocol)
    today = calendar.local_date(sight.now)
    if day > today:
        raise NotAllowed("The day must be today or in the past. Write it down when it has come.", field="day")
    if born and day < born:
        raise NotAllowed(f"They were born on {born.day} {born:%B %Y}. The day cannot be before.", field="day")
    return sight.now if day == today else calendar.starts_at(day)


def end_membership(family: Family, person: Person, begins: datetime, sight: Sighted) -> FamilyMember | None:
    """The membership of somebody who lives elsewhere ends where the new one begins; None for who had none."""
    latest = family.memberships.filter(person=person).order_by("-during").first()
    if latest is None:
        return None
    name = first_name(person)
    if latest.during.upper is None and latest.in_household:
        raise NotAllowed(
            f"{name} is on record as living in this household already. If a birth is expected, record the birth.",
            field="known",
        )
    if latest.during.upper is None:
        close_membership(latest, begins, sight)
    elif latest.during.upper > begins:
        left = _day(latest.during.upper, sight)
        raise NotAllowed(f"{name} left this household on {left}, as the record says. The day is later.", field="day")
    return latest


def close_membership(member: FamilyMember, at: datetime, sight: Sighted) -> None:
    """A membership ends at an instant. Raises NotAllowed where it began later."""
    if at <= member.during.lower:
        since = _day(member.during.lower, sight)
        raise NotAllowed(f"What is on record of this began on {since}. The day is later than that.", field="day")
    FamilyMember.objects.filter(pk=member.pk).update(during=DateTimeTZRange(member.during.lower, at))


def check_nothing_open(person: Person) -> None:
    """Raises NotAllowed for a child about whom something is open."""
    held, moved = open_work_of([person.pk])
    if held or moved:
        raise NotAllowed(
            f"Something is open about {first_name(person)}, so they stay of this family until it ends. Choose that "
            "they live elsewhere now.",
            field="stays",
            clauses=("H1",),
        )


def _day(instant: datetime, sight: Sighted) -> str:
    day = calendar_of(sight.protocol).local_date(instant)
    return f"{day.day} {day:%B %Y}"
