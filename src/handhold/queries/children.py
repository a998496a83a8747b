"""A child: who they are, who answers for them, when they were last seen, what is planned, what they say themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from handhold.access.families import Sighted
from handhold.access.papers import Reading, answers_known, papers_in_sight, papers_of_joined, reading_of
from handhold.casefiles.protocols import calendar_of
from handhold.queries.before_the_door import AlertLine, Speaking, find_door
from handhold.queries.concern_pages import ConcernOfChild, concerns_of_children
from handhold.queries.consents import ConsentLine
from handhold.queries.family_papers import DocumentLine, documents_of
from handhold.queries.involved import (
    Accountable,
    Professional,
    as_accountable,
    find_allocations,
    find_professionals,
    involvement_name,
)
from handhold.queries.joined_history import EarlierTransfer, JoinedLine, earlier_transfers, joined_lines
from handhold.queries.members import HouseholdMember, find_household, today_of
from handhold.queries.naming import age_words, person_name, practitioner_name
from handhold.queries.own_words import OwnWords, find_own_words
from handhold.queries.seen import LastSeen, find_last_seen, visits_on_which_seen
from handhold.records.models import (
    Allocation,
    Document,
    Family,
    Involvement,
    JoinedRecord,
    Need,
    Person,
    PlanAction,
    PlanRevision,
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
    record: str = ""
    """The reference of the joined record that it comes from."""


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
    """What is open, and since when: `Early help since 9 December 2026`."""
    speaking: Speaking
    alerts: tuple[AlertLine, ...]
    knows_answers: bool
    """Whether they know of every answer of the family; a partner knows of those of their own transfers."""
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
    joined: tuple[JoinedLine, ...] = ()
    """The records that were joined to this one: what they tell of the child stands here too."""
    earlier: tuple[EarlierTransfer, ...] = ()
    """Their transfers, which are another family's."""
    may_part: bool = False
    """Whether this person may say that one of them is not this child's."""

    @property
    def main_contact(self) -> Accountable | None:
        """Whom the child and the family ring."""
        return next((one for one in self.accountable if one.is_main_contact), None)


def child_page(child: Person, family: Family, sight: Sighted, joinings: Sequence[JoinedRecord] = ()) -> ChildPage:
    """A child whom `access_child_to_read` opened, as a member of this family, with what joined records tell of them."""
    others = {one.other_id: one.other for one in joinings}
    allocations = list(find_allocations([child.pk, *others], sight.now))
    held = [as_accountable(row, sight.protocol) for row in allocations if _is_now(row, sight.now)]
    reading = reading_of(sight, family)
    answers, visits = answers_known(sight, family), visits_on_which_seen([child.pk, *others], sight)
    door = find_door(family, [child], sight.by, sight.now, answers, visits)
    return ChildPage(
        ref=child.ref,
        name=person_name(child),
        full_name=f"{child.given_name} {child.family_name}".strip(),
        birth=_birth(child),
        age=age_words(child, today_of(sight)),
        family_ref=family.ref,
        family_name=f"{family.name} family",
        status=_status(held, allocations, sight),
        speaking=door.speaking_with(child),
        alerts=door.alerts,
        knows_answers=reading.of_council,
        accountable=held,
        concerns=concerns_of_children([child], sight, {one.other_id: one.kept_id for one in joinings})[child.pk],
        consent=door.consent,
        seen=find_last_seen(child, door.visits, sight, since=min((one.since for one in held), default=None)),
        professionals=find_professionals([child, *others.values()], sight.now),
        periods=_periods(allocations, sight, {pk: one.ref for pk, one in others.items()}),
        needs=_needs(family, reading),
        words=find_own_words(child, family, sight, reading, list(others)),
        household=find_household(child, family, sight, door),
        documents=documents_of(_letters_to(child, others, sight, family, reading)),
        why_nothing=reading.why_nothing,
        has_plan=reading.whole or bool(reading.plans),
        has_died=child.died_date is not None,
        joined=joined_lines(joinings),
        earlier=earlier_transfers(joinings) if reading.whole else (),
        may_part=sight.sees_index or any(one.practitioner_id in (sight.by.pk, *sight.manages) for one in held),
    )


def _letters_to(
    child: Person, others: Collection[int], sight: Sighted, family: Family, reading: Reading
) -> QuerySet[Document]:
    own = papers_in_sight(sight, family, reading).filter(child=child)
    if not others:
        return own
    joined = papers_of_joined(sight, family, reading, others)
    return Document.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=joined.values("pk")))


def _status(held: list[Accountable], allocations: list[Allocation], sight: Sighted) -> str:
    """Each involvement that is open, with the day on which it began."""
    since = {row.involvement.kind: row.involvement.open_during.lower for row in allocations if _is_now(row, sight.now)}
    local_date = calendar_of(sight.protocol).local_date
    days = {one.involvement: local_date(since[one.kind]) for one in held}
    return ", ".join(f"{called} since {day.day} {day:%B %Y}" for called, day in days.items()) or "Nothing is open"


def _birth(child: Person) -> str:
    """`1 September 2015`, or when the birth is expected."""
    day = child.birth_date or child.expected_birth_date
    words = f"{day.day} {day:%B} {day.year}" if day else ""
    return words if child.birth_date else f"expected {words}"


def _is_now(row: Allocation, now: datetime) -> bool:
    return bool(row.during.lower <= now) and (row.during.upper is None or now < row.during.upper)


def _periods(allocations: list[Allocation], sight: Sighted, records: Mapping[int, str]) -> list[Period]:
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
            record=records.get(one.child_id, ""),
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
