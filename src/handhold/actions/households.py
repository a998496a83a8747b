"""Somebody joins the household of a family or leaves it. Work that is open about them stays open, with who answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from handhold.access.families import Sighted
from handhold.access.households import (
    access_family_to_tell_of,
    access_household_to_change,
    access_person_of_household,
    access_person_to_add,
)
from handhold.access.transfers import access_transfer_to_read
from handhold.actions.announcing import tell
from handhold.actions.household_news import tell_who_answers
from handhold.actions.memberships import check_nothing_open, close_membership, end_membership, instant_of
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.refusals import NoSuchChoice, NotAllowed
from handhold.actions.transfers import write_message
from handhold.audit.recording import record_event
from handhold.casefiles.joined import kept_for
from handhold.casefiles.protocols import calendar_of
from handhold.queries.naming import first_name
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Family, FamilyMember, Message, Person, PersonChange, Practitioner, Relationship


@dataclass(frozen=True)
class Kinship:
    """What somebody of the family is to who joins it, or, `of_who_joins`, the other way round."""

    member_ref: str
    kind: str
    is_responsible: bool = False
    """Whether the elder has parental responsibility for the child."""
    of_who_joins: bool = True


@dataclass(frozen=True)
class Joins:
    """Who joins a household: somebody on record (`known_ref`), or a new person as they are described here."""

    is_child: bool
    joined_date: date
    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    expected_birth_date: date | None = None
    sex: str = ""
    phone: str = ""
    known_ref: str = ""
    kinships: tuple[Kinship, ...] = field(default=())


@transaction.atomic
def join_household(
    family_ref: str, joins: Joins, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> Person:
    """Somebody belongs to the household from a day on: new on record, or on record already and the same person.

    Nothing is opened for them. Who answers for the children hears of it, and who answers for a child who joins.
    Raises NotHere, AlreadySubmitted; NotAllowed where they live here already, or something of it cannot be.
    """
    carry_out_once(submission, now)
    family, sight = access_household_to_change(family_ref, by=by, now=now)
    person = _known(joins, sight) if joins.known_ref else _new_person(joins, sight, family)
    begins = instant_of(joins.joined_date, sight, born=person.birth_date)
    is_back = end_membership(family, person, begins, sight)
    role = FamilyMember.Role.CHILD if joins.is_child else FamilyMember.Role.ADULT
    FamilyMember.objects.create(
        family=family, person=person, role=is_back.role if is_back else role, during=DateTimeTZRange(begins, None)
    )
    _relate(family, person, joins, begins, now)
    _write_change(family, person, PersonChange.Kind.JOINED, joins.joined_date, "", by=by, now=now)
    tell_who_answers(family, sight, but=by)
    check_constraints_now()
    return person


@transaction.atomic
def move_in_again(
    family_ref: str, ref: str, day: date, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> Person:
    """Somebody of the family who lives elsewhere, or left it, lives in the household from a day on.

    Raises NotHere, AlreadySubmitted; NotAllowed as `join_household`.
    """
    carry_out_once(submission, now)
    family, sight = access_household_to_change(family_ref, by=by, now=now)
    member = access_person_of_household(family, ref, now, locked=True, now_only=False)
    begins = instant_of(day, sight, born=member.person.birth_date)
    end_membership(family, member.person, begins, sight)
    FamilyMember.objects.create(
        family=family, person=member.person, role=member.role, during=DateTimeTZRange(begins, None)
    )
    _write_change(family, member.person, PersonChange.Kind.JOINED, day, "", by=by, now=now)
    tell_who_answers(family, sight, but=by)
    check_constraints_now()
    return member.person


@transaction.atomic
def leave_household(
    family_ref: str,
    ref: str,
    day: date,
    why: str,
    *,
    stays_in_family: bool,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Person:
    """Somebody does not live in the household from a day on; they stay of the family, or leave it altogether.

    A child about whom something is open stays of the family, so that it shows here and whoever answers sees them.
    Raises NotHere, AlreadySubmitted; NotAllowed for such a child, without a reason, and for a day that cannot be.
    """
    carry_out_once(submission, now)
    family, sight = access_household_to_change(family_ref, by=by, now=now)
    member = access_person_of_household(family, ref, now, locked=True)
    if not why.strip():
        raise NotAllowed("Write where they live now, or why they belong to the family no more", field="why")
    if not member.in_household and stays_in_family:
        raise NotAllowed(f"{first_name(member.person)} is on record as living elsewhere already.", field="stays")
    if not stays_in_family:
        check_nothing_open(member.person)
    ends = instant_of(day, sight, born=None)
    close_membership(member, ends, sight)
    if stays_in_family:
        FamilyMember.objects.create(
            family=family,
            person=member.person,
            role=member.role,
            in_household=False,
            during=DateTimeTZRange(ends, None),
        )
    kind, after = PersonChange.Kind.LEFT, {"stays_in_family": stays_in_family}
    _write_change(family, member.person, kind, day, why.strip(), by=by, now=now, after=after)
    tell_who_answers(family, sight, but=by)
    check_constraints_now()
    return member.person


@transaction.atomic
def tell_of_change(
    family_ref: str, text: str, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> Message:
    """A partner says that somebody was born, moved in or left: a message on their transfer, which the council's person
    who stands behind them hears of and writes down. Raises NotHere, NoSuchChoice without words, AlreadySubmitted."""
    carry_out_once(submission, now)
    family, _, run = access_family_to_tell_of(family_ref, by=by, now=now)
    if not text.strip():
        raise NoSuchChoice
    message = write_message(run.ref, text.strip(), by=by, now=now)
    case = access_transfer_to_read(run.ref, by=by, now=now).case
    for one in {case.people.manager, case.people.stand_in} - {by, case.worker_now, case.people.receiver}:
        tell(case, "message-received", one)
    record_event("household.told-of", by=by, now=now, subjects=[family.ref, run.ref])
    check_constraints_now()
    return message


def _known(joins: Joins, sight: Sighted) -> Person:
    """Somebody on record; what is on record of them stays as it is."""
    person = access_person_to_add(joins.known_ref, sight)
    if person.is_joined:
        raise NotAllowed(f"This is the same child as record {kept_for(person).ref}. Add that one.", field="known")
    if person.died_date:
        raise NotAllowed("This person has died, as the record says.", field="known")
    if joins.is_child and person.birth_date is None and person.expected_birth_date is None:
        raise NotAllowed(
            "This person is on record as an adult, and nobody knows when they were born. Add them as an adult.",
            field="known",
        )
    return person


def _new_person(joins: Joins, sight: Sighted, family: Family) -> Person:
    today = calendar_of(sight.protocol).local_date(sight.now)
    is_unborn = joins.is_child and joins.birth_date is None and joins.expected_birth_date is not None
    if not joins.given_name.strip() and not is_unborn:
        raise NotAllowed("Enter the first name", field="given_name")
    if joins.is_child and joins.birth_date is None and joins.expected_birth_date is None:
        raise NotAllowed("Enter the date of birth, or the day on which the baby is due", field="birth_date")
    if joins.birth_date and joins.birth_date > today:
        raise NotAllowed("The date of birth must be today or in the past", field="birth_date")
    return Person.objects.create(
        given_name=joins.given_name.strip(),
        family_name=joins.family_name.strip() or family.name,
        birth_date=joins.birth_date,
        expected_birth_date=None if joins.birth_date else joins.expected_birth_date,
        sex=joins.sex,
        phone=joins.phone,
        address=_address_of(family, sight),
    )


def _address_of(family: Family, sight: Sighted) -> str:
    """Where the household lives, as its members' records say: children first."""
    members = family.memberships.filter(in_household=True, during__contains=sight.now).exclude(person__address="")
    return members.order_by("-role", "pk").values_list("person__address", flat=True).first() or ""


def _relate(family: Family, person: Person, joins: Joins, begins: datetime, now: datetime) -> None:
    """What the others are to who joins, and what they are to the others, where nothing of it stands yet."""
    refs = {one.member_ref for one in joins.kinships}
    members = family.memberships.filter(during__contains=now, person__ref__in=refs).select_related("person")
    people = {one.person.ref: one.person for one in members}
    if refs - people.keys():
        raise NoSuchChoice
    for one in joins.kinships:
        other = people[one.member_ref]
        elder, younger = (other, person) if one.of_who_joins else (person, other)
        standing = Relationship.objects.filter(from_person=elder, to_person=younger, during__contains=now)
        if elder.pk != younger.pk and not standing.exists():
            Relationship.objects.create(
                from_person=elder,
                to_person=younger,
                kind=one.kind,
                parental_responsibility=one.is_responsible,
                during=DateTimeTZRange(begins, None),
            )


def _write_change(
    family: Family,
    person: Person,
    kind: PersonChange.Kind,
    day: date,
    why: str,
    *,
    by: Practitioner,
    now: datetime,
    after: Mapping[str, object] | None = None,
) -> None:
    PersonChange.objects.create(
        family=family,
        person=person,
        kind=kind,
        happened_date=day,
        after=dict(after or {}),
        why=why,
        written_by=by,
        written_at=now,
    )
    name = "household.joined" if kind == PersonChange.Kind.JOINED else "household.left"
    record_event(
        name,
        by=by,
        now=now,
        subjects=[family.ref, person.ref],
        after={"day": day.isoformat(), "why": why, **(after or {})},
    )
