"""Families in sight, and one family: its members, who is responsible for each child, who else helps, its transfers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Q, QuerySet

from handhold.access.beginnings import is_in_the_way, may_begin
from handhold.access.families import Sighted, families_in_sight, works_with
from handhold.access.papers import answers_known, runs_of_their_own
from handhold.casefiles.joined import with_same_as
from handhold.casefiles.protocols import part_readable, protocol_of
from handhold.protocol.pathways import Pathway
from handhold.queries import unshown
from handhold.queries.before_the_door import AlertLine, find_door
from handhold.queries.consents import ConsentLine
from handhold.queries.involved import Accountable, Professional, find_accountable_for, find_professionals
from handhold.queries.members import AdultLine, ChildLine, adult_lines, child_line, today_of
from handhold.queries.naming import first_name, listed, person_name, practitioner_name, with_ages
from handhold.queries.seen import visits_on_which_seen
from handhold.queries.transfers import code_words
from handhold.queries.what_was_decided import find_decided
from handhold.records.models import Family, FamilyMember, Person, Run


@dataclass(frozen=True)
class FamilyRow:
    """A family in a list."""

    ref: str
    name: str
    children: str
    responsible: str


@dataclass(frozen=True)
class TransferLine:
    """A transfer of the family: of which children, from when, by whom, and how it ended."""

    ref: str
    title: str
    children: str
    started_at: datetime
    sender: str
    receiver: str
    ended_at: datetime | None
    ending: str
    decided: str = ""
    """The level of need and where it leads, once that is decided (Y6)."""


@dataclass(frozen=True)
class Beginning:
    """A pathway that can begin here now, and for which children."""

    pathway: str
    title: str
    children: str


@dataclass(frozen=True)
class FamilyPage:
    """One family as it stands."""

    ref: str
    name: str
    children: list[ChildLine]
    adults: list[AdultLine]
    others: list[Professional]
    consent: ConsentLine | None
    alerts: tuple[AlertLine, ...]
    open_transfers: list[TransferLine]
    past_transfers: list[TransferLine]
    beginnings: list[Beginning]


def families_matching(sight: Sighted, words: str, *, among: QuerySet[Family] | None = None) -> QuerySet[Family]:
    """The families in sight by name; with words, those where each word is part of the family's or a member's name.

    `among` is for who looks for one of other families than those.
    """
    families = (families_in_sight(sight) if among is None else among).order_by("name", "id")
    for word in words.split():
        members = FamilyMember.objects.filter(during__contains=sight.now).filter(
            Q(person__given_name__icontains=word)
            | Q(person__known_as__icontains=word)
            | Q(person__family_name__icontains=word)
        )
        families = families.filter(Q(name__icontains=word) | Q(pk__in=members.values("family")))
    return families


def family_rows(families: Sequence[Family], sight: Sighted) -> list[FamilyRow]:
    """The rows of one page of that list, in its order. Two statements."""
    members = FamilyMember.objects.filter(
        family__in=[one.pk for one in families],
        role=FamilyMember.Role.CHILD,
        during__contains=sight.now,
        person__is_joined=False,
    ).select_related("person")
    children: dict[int, list[Person]] = {one.pk: [] for one in families}
    for member in members.order_by("person__birth_date", "person_id"):
        children[member.family_id].append(member.person)
    held = find_accountable_for((child.pk for some in children.values() for child in some), sight.protocol, sight.now)
    return [_row(family, children[family.pk], held, today_of(sight)) for family in families]


def _row(family: Family, children: list[Person], held: list[Accountable], today: date) -> FamilyRow:
    ids = {child.pk for child in children}
    people = dict.fromkeys(one.name for one in held if one.child_id in ids)
    return FamilyRow(
        family.ref, f"{family.name} family", with_ages(children, today), listed(people) or "Nothing is open"
    )


def family_page(family: Family, sight: Sighted) -> FamilyPage:
    """A family that `access_family_to_read` opened. Seven statements."""
    members = _members(family, sight)
    children = sorted((one for one in members if one.role == FamilyMember.Role.CHILD), key=_eldest_first)
    adults = [one for one in members if one.role == FamilyMember.Role.ADULT]
    own = {one.person_id: one.person for one in children if one.is_theirs}  # type: ignore[attr-defined]
    by_id = {one.person_id: one.person for one in children}
    held = find_accountable_for(own, sight.protocol, sight.now)
    runs = _runs_of(family, sight)
    decided = find_decided(part_readable(runs)[0])
    lines = [_transfer(run, by_id, decided) for run in runs]
    answers, visits = answers_known(sight, family), visits_on_which_seen(own, sight)
    door = find_door(family, own.values(), sight.by, sight.now, answers, visits)
    return FamilyPage(
        ref=family.ref,
        name=f"{family.name} family",
        children=[child_line(one, held, door, sight) for one in children if not one.is_doubled],  # type: ignore[attr-defined]
        adults=adult_lines(adults, by_id, door, sight.now),
        others=find_professionals(own.values(), sight.now),
        consent=door.consent,
        alerts=door.alerts,
        open_transfers=[line for line in lines if line.ended_at is None],
        past_transfers=[line for line in lines if line.ended_at is not None],
        beginnings=find_beginnings(sight, by_id, held, _moving(runs)),
    )


def _members(family: Family, sight: Sighted) -> list[FamilyMember]:
    """Who belongs to the family now, each with whether this person sees their own matters (`is_theirs`)."""
    own = FamilyMember.objects.filter(works_with(sight), pk=OuterRef("pk"))
    rows = family.memberships.filter(during__contains=sight.now).select_related("person")
    return list(with_same_as(rows.annotate(is_theirs=Exists(own)), sight.now))


def find_members(family: Family, sight: Sighted) -> list[tuple[str, str]]:
    """Reference and name of each member now, adults first. One statement."""
    rows = family.memberships.filter(during__contains=sight.now).select_related("person")
    return [(row.person.ref, person_name(row.person)) for row in rows.order_by("role", "person__birth_date", "pk")]


def _eldest_first(member: FamilyMember) -> tuple[date, int]:
    return member.person.birth_date or member.person.expected_birth_date or date.max, member.person_id


def _runs_of(family: Family, sight: Sighted) -> list[Run]:
    """The family's transfers, newest first, each with the ids of its children, and of those who still move; for a
    partner, those in which they have a part."""
    runs = family.runs if sight.is_of_council else family.runs.filter(pk__in=runs_of_their_own(sight).values("pk"))
    return list(
        runs.select_related("sender", "receiver", "authority")
        .annotate(
            child_ids=ArrayAgg("run_children__child", default=[]),
            moving_ids=ArrayAgg("run_children__child", filter=Q(run_children__ended_at__isnull=True), default=[]),
        )
        .order_by("-started_at", "-id")
    )


def _moving(runs: Iterable[Run]) -> dict[int, set[str]]:
    """By child, the pathways by which they are on their way now."""
    found: dict[int, set[str]] = {}
    for run in runs:
        for child in run.moving_ids if run.ended_at is None else ():  # type: ignore[attr-defined]
            found.setdefault(child, set()).add(run.pathway)
    return found


def _transfer(run: Run, children: dict[int, Person], decided: Mapping[int, str]) -> TransferLine:
    readable, _ = part_readable([run])
    names = [first_name(children[pk]) for pk in run.child_ids if pk in children]  # type: ignore[attr-defined]
    return TransferLine(
        ref=run.ref,
        title=protocol_of(run).pathways[run.pathway].file.title if readable else unshown.TITLE,
        children=listed(names),
        started_at=run.started_at,
        sender=practitioner_name(run.sender),
        receiver=practitioner_name(run.receiver) if run.receiver else "",
        ended_at=run.ended_at,
        ending=code_words(run.ending),
        decided=decided.get(run.pk, ""),
    )


def find_beginnings(
    sight: Sighted, children: dict[int, Person], held: Iterable[Accountable], moving: Mapping[int, set[str]]
) -> list[Beginning]:
    """The pathways that this person can begin now: from an involvement that they, or their team, answer for.

    Those that lead down or up stand before those that go on beside.
    """
    held = list(held)
    found = []
    pathways = sorted(sight.protocol.pathways.items(), key=lambda one: one[1].file.direction == "beside")
    for name, pathway in pathways:
        able = _ready_to_begin(pathway, held, sight)
        ready = [children[pk] for pk in able if not is_in_the_way(sight.protocol, pathway, moving.get(pk, ()))]
        if ready:
            found.append(Beginning(name, pathway.file.title, listed(map(first_name, ready))))
    return found


def _ready_to_begin(pathway: Pathway, held: Iterable[Accountable], sight: Sighted) -> list[int]:
    begins = pathway.file.begins
    if begins is None or not may_begin(pathway, sight.roles):
        return []
    return [
        one.child_id
        for one in held
        if one.kind == begins.from_involvement
        and (one.practitioner_id == sight.by.pk or (one.team_id and one.team_id == sight.by.team_id))
    ]
