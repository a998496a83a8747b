"""What is on record of somebody of a family, written down anew: a birth that was expected, a detail that was wrong.

The person's row says what is so now; what stood before is kept beside it (`PersonChange`), with who, when and why.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from handhold.access.families import Sighted
from handhold.access.households import access_household_to_change, access_person_of_household
from handhold.actions.household_news import tell_who_answers
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.refusals import NotAllowed
from handhold.audit.recording import record_event
from handhold.casefiles.joined import kept_for
from handhold.casefiles.protocols import calendar_of
from handhold.queries.naming import months_between
from handhold.records.constraints import check_constraints_now
from handhold.records.models import FamilyMember, Person, PersonChange, Practitioner

MONTHS_FROM_EXPECTED = 6
"""A birth date this far from the expected day is a slip of a year, or the day that was expected is wrong."""


@dataclass(frozen=True)
class Birth:
    """What is written down of a birth. `sex` is empty where nobody said."""

    given_name: str
    family_name: str
    birth_date: date
    sex: str = ""


@dataclass(frozen=True)
class Details:
    """Who somebody is, as it should read."""

    given_name: str
    family_name: str
    known_as: str = ""
    birth_date: date | None = None
    expected_birth_date: date | None = None
    sex: str = ""


@transaction.atomic
def record_birth(
    family_ref: str, ref: str, birth: Birth, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> Person:
    """A child who was expected is born. Everything that is open about them, and every transfer, goes on as it is.

    Raises NotHere, AlreadySubmitted; NotAllowed where the birth is on record, or the date cannot be right.
    """
    carry_out_once(submission, now)
    family, sight = access_household_to_change(family_ref, by=by, now=now)
    member = access_person_of_household(family, ref, now, locked=True)
    person = member.person
    _check_own_record(person)
    _check_birth(person, birth, sight)
    values = asdict(birth)
    _write(member, PersonChange.Kind.BORN, values, "", birth.birth_date, by=by, now=now)
    tell_who_answers(family, sight, but=by)
    check_constraints_now()
    return person


@transaction.atomic
def correct_person(
    family_ref: str,
    ref: str,
    details: Details,
    why: str,
    *,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Person:
    """Name, dates or sex of somebody read otherwise from now on; what stood before is kept, and letters stay as made.

    A birth that was written down for the wrong child is taken back so: without the date, the child is expected again.
    Raises NotHere, AlreadySubmitted; NotAllowed without a reason, a change, or a date of a child.
    """
    carry_out_once(submission, now)
    family, sight = access_household_to_change(family_ref, by=by, now=now)
    member = access_person_of_household(family, ref, now, locked=True)
    _check_details(member, details, why, sight)
    changed = {name: value for name, value in asdict(details).items() if getattr(member.person, name) != value}
    if not changed:
        raise NotAllowed("Nothing of this is different from what is on record. Change what is wrong.")
    day = calendar_of(sight.protocol).local_date(now)
    _write(member, PersonChange.Kind.CORRECTED, changed, why.strip(), day, by=by, now=now)
    tell_who_answers(family, sight, but=by)
    check_constraints_now()
    return member.person


def _write(
    member: FamilyMember,
    kind: PersonChange.Kind,
    values: dict[str, Any],
    why: str,
    day: date,
    *,
    by: Practitioner,
    now: datetime,
) -> None:
    """The new values on the person, the old ones beside them, and the event."""
    person = member.person
    before = {name: _plain(getattr(person, name)) for name in values}
    after = {name: _plain(value) for name, value in values.items()}
    for name, value in values.items():
        setattr(person, name, value)
    person.save(update_fields=[*values])
    PersonChange.objects.create(
        family=member.family,
        person=person,
        kind=kind,
        happened_date=day,
        before=before,
        after=after,
        why=why,
        written_by=by,
        written_at=now,
    )
    name = "person.born" if kind == PersonChange.Kind.BORN else "person.corrected"
    subjects = [person.ref, member.family.ref]
    record_event(name, by=by, now=now, subjects=subjects, before=before, after=after | {"why": why})


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _check_own_record(person: Person) -> None:
    """Raises NotAllowed for a record that was joined to another, where the child is worked with."""
    if person.is_joined:
        kept = kept_for(person).ref
        raise NotAllowed(f"This is the same child as record {kept}. Write it down there.")


def _check_birth(person: Person, birth: Birth, sight: Sighted) -> None:
    if person.birth_date is not None:
        raise NotAllowed(
            f"The birth is on record already: {_day(person.birth_date)}. If that is wrong, correct it.",
            field="birth_date",
        )
    if person.expected_birth_date is None or person.died_date is not None:
        raise NotAllowed("No birth is expected here. If what is on record is wrong, correct it.")
    if not birth.given_name.strip():
        raise NotAllowed("Enter the first name", field="given_name")
    if birth.birth_date > calendar_of(sight.protocol).local_date(sight.now):
        raise NotAllowed("The date of birth must be today or in the past", field="birth_date")
    if months_between(*sorted((birth.birth_date, person.expected_birth_date))) >= MONTHS_FROM_EXPECTED:
        raise NotAllowed(
            f"That is half a year or more from the day when the baby was due, {_day(person.expected_birth_date)}. "
            "Check the year. If the day that was expected is wrong, correct that first.",
            field="birth_date",
        )


def _check_details(member: FamilyMember, details: Details, why: str, sight: Sighted) -> None:
    _check_own_record(member.person)
    is_child = member.role == FamilyMember.Role.CHILD
    today = calendar_of(sight.protocol).local_date(sight.now)
    if not why.strip():
        raise NotAllowed("Write how you know what is right", field="why")
    if not details.given_name.strip() and (details.birth_date or not is_child):
        raise NotAllowed("Enter the first name", field="given_name")
    if is_child and details.birth_date is None and details.expected_birth_date is None:
        raise NotAllowed("Enter the date of birth, or the day on which the baby is due", field="birth_date")
    if details.birth_date and details.birth_date > today:
        raise NotAllowed("The date of birth must be today or in the past", field="birth_date")
    died = member.person.died_date
    if died and (details.birth_date or today) > died:
        raise NotAllowed(f"They died on {_day(died)}. A birth is not after that.", field="birth_date")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
