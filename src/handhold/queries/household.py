"""Who belongs to a family, who did, and what was written down of it: for the page where that is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from handhold.access.families import Sighted, families_in_sight
from handhold.casefiles.joined import is_doubled
from handhold.queries.members import today_of
from handhold.queries.naming import age_words, first_name, is_unborn, person_name, practitioner_name
from handhold.records.models import Family, FamilyMember, PersonChange

CALLED = {
    "given_name": "first name",
    "family_name": "family name",
    "known_as": "name that they use",
    "birth_date": "date of birth",
    "expected_birth_date": "day on which the baby was due",
    "sex": "sex",
}


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Somebody of the family, or who was. `left_at` is None for who is of it."""

    ref: str
    name: str
    about: str
    """`child, 11`, `adult`, `baby, due on 10 December 2026`"""
    is_child: bool
    is_unborn: bool
    in_household: bool
    has_died: bool
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What was written down: in words, each detail before and after, why, by whom and when."""

    words: str
    details: tuple[str, ...]
    why: str
    by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class HouseholdPage:
    """The page about who belongs to a family."""

    ref: str
    name: str
    here: tuple[MemberLine, ...]
    elsewhere: tuple[MemberLine, ...]
    gone: tuple[MemberLine, ...]
    changes: tuple[ChangeLine, ...]
    """None for who sees the index alone: why somebody moved is the family's."""
    sees_family: bool
    """Whether whoever looks may open the family's page."""


def find_household_page(family: Family, sight: Sighted) -> HouseholdPage:
    """Of a family that `access_household_to_read` opened. Three statements."""
    rows = family.memberships.filter(~is_doubled(sight.now)).select_related("person").order_by("during")
    latest = {one.person_id: one for one in rows}.values()
    today = today_of(sight)
    lines = [_member(one, today, sight.now) for one in sorted(latest, key=_adults_last)]
    sees_family = families_in_sight(sight).filter(pk=family.pk).exists()
    changes = PersonChange.objects.filter(family=family).select_related("person", "written_by").order_by("-pk")
    return HouseholdPage(
        ref=family.ref,
        name=f"{family.name} family",
        here=tuple(one for one in lines if one.left_at is None and one.in_household),
        elsewhere=tuple(one for one in lines if one.left_at is None and not one.in_household),
        gone=tuple(one for one in lines if one.left_at is not None),
        changes=tuple(_change(one) for one in changes) if sees_family else (),
        sees_family=sees_family,
    )


def _adults_last(member: FamilyMember) -> tuple[bool, date, int]:
    born = member.person.birth_date or member.person.expected_birth_date or date.max
    return member.role != FamilyMember.Role.CHILD, born, member.person_id


def _member(member: FamilyMember, today: date, now: datetime) -> MemberLine:
    person, is_child = member.person, member.role == FamilyMember.Role.CHILD
    about = "child" if is_child else "adult"
    if is_unborn(person) and person.expected_birth_date:
        about = f"baby, due on {long_day(person.expected_birth_date)}"
    elif age := age_words(person, today):
        about = f"{about}, {age}"
    left_at = member.during.upper
    return MemberLine(
        ref=person.ref,
        name=person_name(person),
        about=about,
        is_child=is_child,
        is_unborn=is_unborn(person) and person.died_date is None,
        in_household=member.in_household,
        has_died=person.died_date is not None,
        left_at=left_at if left_at and left_at <= now else None,
    )


def _change(change: PersonChange) -> ChangeLine:
    name, day = first_name(change.person), long_day(change.happened_date)
    words = {
        PersonChange.Kind.BORN: f"{name} was born on {day}",
        PersonChange.Kind.CORRECTED: f"What is on record of {name} was corrected",
        PersonChange.Kind.JOINED: f"{name} joined the household on {day}",
        PersonChange.Kind.LEFT: f"{name} left the household on {day}"
        + ("" if change.after.get("stays_in_family") else ", and belongs to the family no more"),
    }[PersonChange.Kind(change.kind)]
    details = _details(change.before, change.after) if change.kind == PersonChange.Kind.CORRECTED else ()
    return ChangeLine(words, details, change.why, practitioner_name(change.written_by), change.written_at)


def _details(before: Mapping[str, str | None], after: Mapping[str, str | None]) -> tuple[str, ...]:
    """`Date of birth: 3 December 2026, before that 2 December 2026`"""
    return tuple(
        f"{called[:1].upper()}{called[1:]}: {_said(after.get(name))}, before that {_said(before.get(name))}"
        for name, called in CALLED.items()
        if name in after
    )


def _said(value: str | None) -> str:
    if not value:
        return "nothing"
    try:
        return long_day(date.fromisoformat(value))
    except ValueError:
        return value


def long_day(day: date) -> str:
    """`3 December 2026`"""
    return f"{day.day} {day:%B %Y}"
