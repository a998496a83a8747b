"""A child: who they are, who answers for them, when they were last seen, what is planned, what they say themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from handhold.access.families import Sighted
from handhold.access.papers import Reading, papers_in_sight, reading_of
from handhold.queries.concern_pages import ConcernOfChild, concerns_of_children
from handhold.queries.consents import ConsentLine, last_consent
from handhold.queries.families import today_of
from handhold.queries.family_papers import DocumentLine, assessments_of, documents_of
from handhold.queries.involved import (
    Accountable,
    Professional,
    as_accountable,
    find_allocations,
    find_professionals,
    involvement_name,
)
from handhold.queries.naming import age_words, person_name, practitioner_name
from handhold.queries.packs import CHILDS_VIEW
from handhold.queries.seen import LastSeen, find_last_seen
from handhold.records.models import (
    Allocation,
    AssessmentSection,
    Family,
    FamilyMember,
    Involvement,
    Need,
    Person,
    PlanAction,
    PlanRevision,
    Relationship,
)


@dataclass(frozen=True)
class Holder:
    """One person's time of being accountable."""

    name: str
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class Period:
    """An involvement from beginning to end, with who was accountable."""

    called: str
    agency: str
    start: datetime
    end: datetime | None
    reason: str
    holders: tuple[Holder, ...]


@dataclass(frozen=True)
class Action:
    """What the plan says is done about a need."""

    what: str
    by_whom: str
    by_date: date | None


@dataclass(frozen=True)
class PlannedNeed:
    """A need of the family's plan as it stands."""

    text: str
    outstanding: bool
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class OwnWords:
    """What the child, or the children of an assessment, said; who heard it, and when."""

    text: str
    heard_by: str
    at: datetime


@dataclass(frozen=True)
class HouseholdMember:
    """Somebody of the family: what they are to the child, whether they live in the household."""

    name: str
    age: str
    relation: str
    parental_responsibility: bool
    in_household: bool
    child_ref: str


@dataclass(frozen=True)
class ChildPage:
    """One child as they stand."""

    ref: str
    name: str
    full_name: str
    birth: str
    age: str
    family_ref: str
    family_name: str
    status: str
    language: str
    interpreter: bool
    communication: str
    accountable: list[Accountable]
    concerns: list[ConcernOfChild]
    """Undecided ones, for who handles them."""
    consent: ConsentLine | None
    seen: LastSeen
    professionals: list[Professional]
    periods: list[Period]
    needs: list[PlannedNeed]
    words: list[OwnWords]
    household: list[HouseholdMember]
    documents: list[DocumentLine]
    why_nothing: str
    """Why somebody has no papers of this family; empty for who has."""
    has_plan: bool
    """Whether they read a plan, if there is one."""
    has_died: bool

    @property
    def main_contact(self) -> Accountable | None:
        """Whom the child and the family ring."""
        return next((one for one in self.accountable if one.is_main_contact), None)


def child_page(child: Person, family: Family, sight: Sighted) -> ChildPage:
    """A child whom `access_child_to_read` opened, as a member of this family."""
    allocations = list(find_allocations([child.pk], sight.now))
    held = [as_accountable(row, sight.protocol) for row in allocations if _is_now(row, sight.now)]
    reading = reading_of(sight, family)
    return ChildPage(
        ref=child.ref,
        name=person_name(child),
        full_name=f"{child.given_name} {child.family_name}".strip(),
        birth=_birth(child),
        age=age_words(child, today_of(sight)),
        family_ref=family.ref,
        family_name=f"{family.name} family",
        status=", ".join(dict.fromkeys(one.involvement for one in held)) or "Nothing is open",
        language=child.first_language,
        interpreter=child.interpreter_needed,
        communication=child.communication_needs,
        accountable=held,
        concerns=concerns_of_children([child], sight)[child.pk],
        consent=last_consent(family, sight),
        seen=find_last_seen(child, sight, reading, since=min((one.since for one in held), default=None)),
        professionals=find_professionals([child], sight.now),
        periods=_periods(allocations, sight),
        needs=_needs(family, reading),
        words=_own_words(child, family, reading),
        household=_household(child, family, sight),
        documents=documents_of(papers_in_sight(sight, family, reading).filter(child=child)),
        why_nothing=reading.why_nothing,
        has_plan=reading.whole or bool(reading.plans),
        has_died=child.died_date is not None,
    )


def _birth(child: Person) -> str:
    """`1 September 2015`, or when the birth is expected."""
    day = child.birth_date or child.expected_birth_date
    words = f"{day.day} {day:%B} {day.year}" if day else ""
    return words if child.birth_date else f"expected {words}"


def _is_now(row: Allocation, now: datetime) -> bool:
    return bool(row.during.lower <= now) and (row.during.upper is None or now < row.during.upper)


def _periods(allocations: list[Allocation], sight: Sighted) -> list[Period]:
    """Every involvement of the child, in the order in which they began, with each accountable person."""
    holders: dict[int, list[Holder]] = {}
    involvements: dict[int, Involvement] = {}
    for row in allocations:
        involvements.setdefault(row.involvement_id, row.involvement)
        holder = Holder(practitioner_name(row.practitioner), row.during.lower, row.during.upper)
        holders.setdefault(row.involvement_id, []).append(holder)
    periods = [
        Period(
            called=involvement_name(one.kind, sight.protocol),
            agency=one.agency.name,
            start=one.open_during.lower,
            end=one.open_during.upper,
            reason=one.closing_reason.replace("-", " "),
            holders=tuple(holders[pk]),
        )
        for pk, one in involvements.items()
    ]
    return sorted(periods, key=lambda one: one.start)


def _needs(family: Family, reading: Reading) -> list[PlannedNeed]:
    """The needs of the family's newest plan that somebody reads, with their actions. One statement."""
    plans = PlanRevision.objects.filter(plan__family=family)
    plans = plans if reading.whole else plans.filter(plan__run__in=reading.plans)
    newest = plans.order_by("-written_at", "-id")
    actions = PlanAction.objects.filter(need=OuterRef("pk")).order_by("position")
    as_json = JSONObject(what="what", by_whom="by_whom", by_date="by_date")
    rows = Need.objects.filter(revision=Subquery(newest.values("pk")[:1])).order_by("position")
    return [
        PlannedNeed(text, outstanding, tuple(_action(one) for one in planned))
        for text, outstanding, planned in rows.values_list(
            "text", "outstanding", ArraySubquery(actions.values_list(as_json))
        )
    ]


def _action(planned: dict[str, str | None]) -> Action:
    by_date = planned["by_date"]
    return Action(planned["what"] or "", planned["by_whom"] or "", date.fromisoformat(by_date) if by_date else None)


def _own_words(child: Person, family: Family, reading: Reading) -> list[OwnWords]:
    """What was heard from the child in each assessment that somebody reads, newest first. One statement."""
    rows = (
        _sections_about(child, family, reading)
        .filter(code=CHILDS_VIEW)
        .select_related("written_by")
        .order_by("assessment_id", "-version")
        .distinct("assessment_id")
    )
    words = [OwnWords(row.text, practitioner_name(row.written_by), row.written_at) for row in rows]
    return sorted(words, key=lambda one: one.at, reverse=True)


def _sections_about(child: Person, family: Family, reading: Reading) -> QuerySet[AssessmentSection]:
    """What the assessments of a child say that somebody reads, whichever household they were of."""
    found = AssessmentSection.objects.filter(assessment__assessment_children__child=child)
    return found if reading.whole else found.filter(assessment__in=assessments_of(family, reading))


def _household(child: Person, family: Family, sight: Sighted) -> list[HouseholdMember]:
    """Everybody else of the family, adults first, with what they are to this child. One statement."""
    relation = Relationship.objects.filter(
        from_person=OuterRef("person"), to_person=child, during__contains=sight.now
    ).order_by("id")
    members = (
        family.memberships.filter(during__contains=sight.now)
        .exclude(person=child)
        .select_related("person")
        .annotate(
            relation=Subquery(relation.values("kind")[:1]),
            responsible=Subquery(relation.values("parental_responsibility")[:1]),
        )
        .order_by("role", "person__birth_date", "person_id")
    )
    return list(_members(members, sight))


def _members(members: Iterable[FamilyMember], sight: Sighted) -> Iterable[HouseholdMember]:
    for one in members:
        is_child = one.role == FamilyMember.Role.CHILD
        yield HouseholdMember(
            name=person_name(one.person),
            age=age_words(one.person, today_of(sight)) if is_child else "",
            relation=one.relation or "",  # type: ignore[attr-defined]
            parental_responsibility=bool(one.responsible),  # type: ignore[attr-defined]
            in_household=one.in_household,
            child_ref=one.person.ref if is_child else "",
        )
