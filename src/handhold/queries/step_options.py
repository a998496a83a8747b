"""Who and what can be chosen on the page of a step: each with a reference, words, and the record that it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q

from handhold.access.transfers import Opened
from handhold.casefiles.around import find_agencies_around
from handhold.casefiles.case import Case
from handhold.casefiles.contents import find_team_around
from handhold.casefiles.situations import AGES
from handhold.casefiles.steps_by_meaning import find_acceptance_step
from handhold.protocol.allocating import roles_allocated_by
from handhold.protocol.conditions import holds
from handhold.protocol.definition import Step
from handhold.queries.absences import Away, find_away_people
from handhold.queries.naming import age_in_years, age_words, first_name, listed, person_name, practitioner_name
from handhold.queries.packs import find_relationships
from handhold.queries.who_stands_first import StandsFirst, find_first
from handhold.queries.whose_move import reachable
from handhold.records.models import Agency, Consent, FamilyMember, Person, Practitioner, Relationship, RoleHolding
from handhold.working_days import council_date

Record = TypeVar("Record", Person, Practitioner, Agency)


@dataclass(frozen=True)
class Choosable(Generic[Record]):
    """One person, practitioner or agency that can be chosen."""

    ref: str
    words: str
    record: Record
    hint: str = ""
    why_first: str = ""
    """Why somebody stands before the others, where it is not that they work with the family."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """Somebody who was asked already and still has time to answer."""

    name: str
    until: date


@dataclass(frozen=True, slots=True)
class EarlierYes:
    """The family's last answer from before this transfer, where it was a yes: theirs to confirm, not to tell again."""

    ref: str
    name: str
    to_what: str
    on_date: date
    shared_with: tuple[str, ...]


@dataclass(frozen=True)
class StepOptions:
    """What is on offer. Empty where the kind of step does not ask for it."""

    children: tuple[Choosable[Person], ...] = ()
    family: tuple[Choosable[Person], ...] = ()
    ends: tuple[Choosable[Practitioner], ...] = ()
    """The worker, and the receiver where there is one."""
    around: tuple[Choosable[Practitioner], ...] = ()
    known: tuple[Choosable[Practitioner], ...] = ()
    """Those who work with the children already."""
    practitioners: tuple[Choosable[Practitioner], ...] = ()
    agencies_near: tuple[Choosable[Agency], ...] = ()
    agencies_other: tuple[Choosable[Agency], ...] = ()
    receiver: Practitioner | None = None
    awaited: Awaited | None = None
    """Whose answer is waited for, where this step would ask anew."""
    earlier_yes: EarlierYes | None = None


def pick(choosables: Iterable[Choosable[Record]], ref: str | None) -> Record | None:
    """The record behind a reference, None for one that is not on offer."""
    return next((one.record for one in choosables if one.ref == ref), None)


def pick_all(choosables: Iterable[Choosable[Record]], refs: Iterable[str]) -> tuple[Record, ...]:
    """The records behind these references, in the order of the offer."""
    wanted = set(refs)
    return tuple(one.record for one in choosables if one.ref in wanted)


def find_options(opened: Opened, step: Step) -> StepOptions:
    """What the page of this step can offer."""
    case = opened.case
    words = {*step.asks, *(word for outcome in step.outcomes.values() for word in outcome.asks)}
    chooses, consents = bool(words & {"practitioner-chosen", "conversation-partner"}), step.kind == "consent"
    near = _agencies_near(case) if consents else tuple(find_agencies_around(case)) if "agencies-told" in words else ()
    first = find_first(case, step) if chooses else ()
    known = [one.practitioner for one in first if one.can_be_chosen]
    if chooses and not first:
        known = [row.practitioner for row in find_relationships(case)]
    choosable = list(_choosable_practitioners(opened, step)) if chooses else []
    away = find_away_people((one.pk for one in (*known, *choosable)), case.protocol, case.now)
    return StepOptions(
        children=tuple(_person(held.person, case) for held in case.children),
        family=_family(case) if step.kind in ("consent", "conversation", "meeting") else (),
        ends=_ends(case),
        around=_practitioners(find_team_around(case)) if step.kind in ("notice", "meeting") else (),
        known=tuple(_with_reason(one, first) for one in _practitioners(known, away)),
        practitioners=_practitioners(choosable, away),
        agencies_near=tuple(_agency(one) for one in near),
        agencies_other=tuple(_agency(one) for one in _other_agencies(case, near)) if consents else (),
        receiver=case.people.receiver,
        awaited=_awaited(case, step),
        earlier_yes=_earlier_yes(case) if consents and _can_say_yes(case, step) else None,
    )


def _can_say_yes(case: Case, step: Step) -> bool:
    """Whether a yes is on offer as things stand: what was agreed to earlier says nothing where the family says no."""
    yes = (one for one in step.outcomes.values() if any(effect.consent == "live" for effect in one.effects))
    return any(holds(one.when, case.pathway, case.observed.facts, None) for one in yes)


def _earlier_yes(case: Case) -> EarlierYes | None:
    """From another system, or from an earlier transfer. Two statements."""
    before = Q(step_record__isnull=True) | ~Q(step_record__run=case.run)
    answers = Consent.objects.filter(before, family=case.run.family_id).select_related("given_by")
    last = answers.order_by("-happened_at", "-pk").first()
    if last is None or last.given_by is None or last.outcome != Consent.Outcome.GIVEN:
        return None
    shared = tuple(last.agencies.values_list("ref", flat=True))
    day = case.calendar.local_date(last.happened_at)
    return EarlierYes(last.given_by.ref, person_name(last.given_by), last.to_what, day, shared)


def _awaited(case: Case, step: Step) -> Awaited | None:
    """Until the time of who was asked has passed, asking anew says why (Y16)."""
    answering, receiver = find_acceptance_step(case.pathway), case.people.receiver
    is_asked = case.observed.facts.receiver == "asked"
    if answering is None or receiver is None or step.id not in answering.after or not is_asked:
        return None
    limit = case.observed.deadlines.get((answering.id, None))
    if limit is None or limit.is_whole_run or limit.has_passed:
        return None
    return Awaited(practitioner_name(receiver), case.calendar.local_date(limit.due_at))


def _family(case: Case) -> tuple[Choosable[Person], ...]:
    """Adults first, with what they are responsible for; then the children who are born. One statement.

    Who is grown up and whom this is about stands before everybody: a care leaver answers for themselves.
    """
    own = [held.person.pk for held in case.children]
    grown_up = {held.person.pk for held in case.children if _is_grown_up(held.person, case)}
    responsible = Relationship.objects.filter(
        from_person=OuterRef("person"), to_person__in=own, parental_responsibility=True, during__contains=case.now
    )
    rows = (
        FamilyMember.objects.filter(
            family=case.run.family_id,
            during__contains=case.now,
            person__died_date__isnull=True,
            person__birth_date__isnull=False,
            person__is_joined=False,
        )
        .annotate(responsible_for=ArraySubquery(responsible.values("to_person")))
        .select_related("person")
    )

    def place(row: FamilyMember) -> tuple[bool, bool, bool, int]:
        is_child = row.role == FamilyMember.Role.CHILD
        return row.person_id not in grown_up, row.person_id in own, not is_child, row.person_id

    found = sorted(rows, key=place)
    return tuple(
        _person(row.person, case, "" if row.role == FamilyMember.Role.CHILD else _responsibility(row, case))
        for row in found
    )


def _is_grown_up(person: Person, case: Case) -> bool:
    age = age_in_years(person, case.calendar.local_date(case.now))
    return age is not None and age >= AGES["turned-18"]


def _responsibility(row: FamilyMember, case: Case) -> str:
    """`Has parental responsibility for Temi`: for whom of the transfer's children, where it is not for all."""
    ids: list[int] = row.responsible_for  # type: ignore[attr-defined]
    names = [first_name(held.person) for held in case.children if held.person.pk in ids]
    if not names:
        return "No parental responsibility on record"
    words = "Has parental responsibility"
    return words if len(names) == len(case.children) else f"{words} for {listed(names)}"


def _ends(case: Case) -> tuple[Choosable[Practitioner], ...]:
    return _practitioners(one for one in (case.people.worker, case.people.receiver) if one is not None)


def _choosable_practitioners(opened: Opened, step: Step) -> Iterable[Practitioner]:
    """Everybody of the council's partnership who is there, or who holds the role that is allocated here.

    Of the chooser's own team first, then by agency and name.
    """
    case, now, by = opened.case, opened.case.now, opened.by
    choosing = [one for one in step.outcomes.values() if "practitioner-chosen" in (*step.asks, *one.asks)]
    roles = frozenset[str]().union(*(roles_allocated_by(case.protocol, one, step.who) for one in choosing))
    held = RoleHolding.objects.filter(practitioner=OuterRef("pk"), role__in=roles, during__contains=now)
    rows = (
        Practitioner.objects.filter(Exists(held) if roles else Q(), agency__authority=case.run.authority_id)
        .filter(Q(left_date__isnull=True) | Q(left_date__gt=council_date(now)))
        .select_related("agency", "team")
        .order_by("agency__name", "family_name", "given_name", "pk")
    )
    return sorted(rows, key=lambda one: by.team_id is None or one.team_id != by.team_id)


def _agencies_near(case: Case) -> tuple[Agency, ...]:
    """The agencies that help these children already, and the receiver's."""
    found = {row.practitioner.agency_id: row.practitioner.agency for row in find_relationships(case)}
    if case.people.receiver:
        found[case.people.receiver.agency_id] = case.people.receiver.agency
    return tuple(found.values())


def _other_agencies(case: Case, near: Iterable[Agency]) -> Iterable[Agency]:
    others = Agency.objects.filter(authority=case.run.authority_id).exclude(pk__in=[one.pk for one in near])
    return others.order_by("name")


def _person(one: Person, case: Case, hint: str = "") -> Choosable[Person]:
    age = age_words(one, case.calendar.local_date(case.now))
    is_child = any(held.person.pk == one.pk for held in case.children)
    return Choosable(one.ref, f"{first_name(one)} ({age})" if is_child else person_name(one), one, hint)


def _practitioners(
    found: Iterable[Practitioner], away: Mapping[int, Away] | None = None
) -> tuple[Choosable[Practitioner], ...]:
    times = away or {}
    return tuple(
        Choosable(one.ref, ", ".join(part for part in (practitioner_name(one), one.job_title) if part), one, hint)
        for one in found
        for hint in [_at(one, times.get(one.pk))]
    )


def _with_reason(one: Choosable[Practitioner], first: Iterable[StandsFirst]) -> Choosable[Practitioner]:
    why = next((known.why for known in first if known.practitioner == one.record), "")
    return replace(one, why_first=why)


def _at(one: Practitioner, away: Away | None) -> str:
    """Where they work, and until when they are away: whoever asks them sees it before."""
    return ", ".join(part for part in (reachable(one).works_for, away.words if away else "") if part)


def _agency(one: Agency) -> Choosable[Agency]:
    return Choosable(one.ref, one.name, one)
