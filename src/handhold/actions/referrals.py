"""Taking in a referral: the family, where it is not on record yet, the run, and what the referrer said, in one act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from handhold.access.families import access_family_to_take_in
from handhold.access.intake import Intake, access_intake, access_people_on_record
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.refusals import HappenedLater
from handhold.actions.steps import record_step
from handhold.actions.transfers import CannotBegin, start_transfer
from handhold.audit.recording import record_event
from handhold.casefiles.contents import FormContent, WrittenAnswer
from handhold.records.models import Family, FamilyMember, Person, Practitioner, Relationship, Run


@dataclass(frozen=True)
class NewPerson:
    """Somebody of a family that is not on record. A child has a birth date, or the day on which it is expected; of
    an adult it can be unknown.

    `relation` is what an adult is to the children (mother, carer, ...).
    """

    given_name: str
    family_name: str
    birth_date: date | None = None
    expected_birth_date: date | None = None
    relation: str = ""
    is_responsible: bool = False
    """Whether an adult has parental responsibility."""
    phone: str = ""
    known_ref: str = ""
    """Whom on record they turned out to be; then what is on record of them stays as it is."""


@dataclass(frozen=True)
class NewFamily:
    """A family that is not on record, as the referrer knows it. Where some of it are, the others join their family."""

    name: str
    children: tuple[NewPerson, ...]
    adults: tuple[NewPerson, ...] = ()
    address: str = ""


@transaction.atomic
def receive_referral(
    family: NewFamily | str,
    child_refs: Sequence[str],
    answers: tuple[WrittenAnswer, ...],
    *,
    received_at: datetime,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Run:
    """Begins the run of a referral for a family on record (its reference), or for one that is put on record here.

    `child_refs` are the children of a family on record; of a new one it is for all. `answers` fill in the form of the
    step that writes the referral down; its clock runs from `received_at` (Y47). Raises NotHere for who takes no
    referrals in, CannotBegin, HappenedLater, StepRefused where the form lacks something, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    if received_at > now:
        raise HappenedLater
    intake = access_intake(by=by, now=now)
    if isinstance(family, NewFamily):
        found, refs = _put_on_record(family, intake)
    else:
        found, refs = access_family_to_take_in(family, intake.roles, by=by, now=now), list(child_refs)
    run = start_transfer(found.ref, intake.pathway.id, refs, by=by, now=now)
    outcome = next(name for name, rule in intake.step.outcomes.items() if rule.done)
    content = FormContent(received_at, answers=answers, form=intake.step.form or "")
    record_step(run.ref, intake.step.id, outcome, content, by=by, now=now)
    return run


def _put_on_record(new: NewFamily, intake: Intake) -> tuple[Family, list[str]]:
    """The family with its members and who is what to whom; the references of the children.

    Raises CannotBegin for a family without a child, NotHere for somebody known who is not of this council.
    """
    if not new.children:
        raise CannotBegin("Write down at least one child.")
    by, now = intake.sight.by, intake.sight.now
    known = access_people_on_record([one.known_ref for one in (*new.children, *new.adults) if one.known_ref], intake)
    home = _home_of(new, known)
    family = home or Family.objects.create(name=new.name, authority=by.agency.authority)
    children = [_member(family, one, FamilyMember.Role.CHILD, new.address, known, now) for one in new.children]
    for adult in new.adults:
        person = _member(family, adult, FamilyMember.Role.ADULT, new.address, known, now)
        _relate(person, adult, children, now)
    subjects = [family.ref, *(child.ref for child in children)]
    record_event("family.added-to" if home else "family.put-on-record", by=by, now=now, subjects=subjects)
    return family, [child.ref for child in children]


def _home_of(new: NewFamily, known: Iterable[FamilyMember]) -> Family | None:
    """The family of the first child who is on record, else of the first adult who is one there; None for a new one."""
    for people, role in ((new.children, FamilyMember.Role.CHILD), (new.adults, FamilyMember.Role.ADULT)):
        refs = {one.known_ref for one in people}
        for member in known:
            if member.person.ref in refs and member.role == role:
                return member.family
    return None


def _member(
    family: Family, new: NewPerson, role: FamilyMember.Role, address: str, known: Iterable[FamilyMember], now: datetime
) -> Person:
    """Somebody as a member of a family: who they turned out to be, if that is somebody, and once."""
    own = [member for member in known if member.person.ref == new.known_ref]
    person = own[0].person if own else _person(family, new, address)
    if all(member.family_id != family.pk for member in own):
        FamilyMember.objects.create(family=family, person=person, role=role, during=DateTimeTZRange(now, None))
    return person


def _person(family: Family, new: NewPerson, address: str) -> Person:
    return Person.objects.create(
        given_name=new.given_name,
        family_name=new.family_name or family.name,
        birth_date=new.birth_date,
        expected_birth_date=new.expected_birth_date,
        phone=new.phone,
        address=address,
    )


def _relate(person: Person, adult: NewPerson, children: Iterable[Person], now: datetime) -> None:
    """What an adult is to each child of whom no relationship to them stands yet."""
    standing = Relationship.objects.filter(from_person=person, during__contains=now)
    already = set(standing.values_list("to_person", flat=True))
    Relationship.objects.bulk_create(
        Relationship(
            from_person=person,
            to_person=child,
            kind=adult.relation,
            parental_responsibility=adult.is_responsible,
            during=DateTimeTZRange(now, None),
        )
        for child in children
        if child.pk not in already
    )
