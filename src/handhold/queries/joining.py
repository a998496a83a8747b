"""Two records of a child beside each other, which of them is kept and why; and what was joined, by whom, when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from handhold.access.families import Sighted, access_child_to_read
from handhold.access.joining import BothHaveWork, JoinedChild, OpenedJoining, check_may_join, children_on_record
from handhold.access.refusals import NotAllowed
from handhold.access.transfers import NotHere
from handhold.casefiles.joined import open_work_of
from handhold.casefiles.protocols import calendar_of, part_readable, protocol_of
from handhold.queries import unshown
from handhold.queries.involved import Accountable, find_accountable_for, involvement_name
from handhold.queries.likely_duplicates import Likely, likely_duplicates_of
from handhold.queries.naming import listed, person_name, practitioner_name
from handhold.queries.transfers import code_words
from handhold.records.models import FamilyMember, Involvement, JoinedRecord, Person, RunChild

NONE = "Not on record"
Facts = tuple[tuple[str, str], ...]
Row = tuple[str, str, str, bool]
"""Label, what each of two records says, and whether they differ."""


def beside_each_other(first: Facts, second: Facts) -> list[Row]:
    """What two records say, but for what neither says."""
    pairs = [(label, mine, theirs) for (label, mine), (_, theirs) in zip(first, second, strict=True)]
    return [(*row, row[1] != row[2]) for row in pairs if row[1:] != (NONE, NONE)]


@dataclass(frozen=True, slots=True)
class OpenTransfer:
    """A transfer that moves a child now, and who began it or holds the child by it."""

    title: str
    with_whom: str
    phone: str


@dataclass(frozen=True, slots=True)
class RecordOfChild:
    """One of the two records: what it says of the child, and what is open."""

    ref: str
    name: str
    facts: Facts
    """Label and value, the same labels in the same order for both."""
    past: tuple[str, ...]
    """Each involvement that has ended, in words."""
    accountable: tuple[Accountable, ...]
    transfers: tuple[OpenTransfer, ...]

    @property
    def has_work(self) -> bool:
        """Whether something is open."""
        return bool(self.accountable or self.transfers)


@dataclass(frozen=True, slots=True)
class TwoRecords:
    """Both, the one that would be kept first. `refused`: why they cannot be joined, empty where they can."""

    kept: RecordOfChild
    other: RecordOfChild
    can_swap: bool
    refused: str
    both_have_work: bool

    @property
    def rows(self) -> list[Row]:
        """What they say of the child."""
        return beside_each_other(self.kept.facts, self.other.facts)


@dataclass(frozen=True, slots=True)
class JoiningPage:
    """What was joined, and whether it stands."""

    ref: str
    kept_ref: str
    kept_name: str
    other_ref: str
    other_name: str
    rows: list[Row]
    joined_at: datetime
    joined_by: str
    reason: str
    undone_at: datetime | None
    undone_by: str
    undone_reason: str
    opens_kept: bool


@dataclass(frozen=True, slots=True)
class JoinedPage:
    """The page of a record that was joined: `kept_ref` leads to the child, `family_ref` to a family, if they see it."""

    ref: str
    name: str
    kept_ref: str
    kept_name: str
    family_ref: str


def find_likely(child: Person, sight: Sighted) -> list[Likely]:
    """The records of other children that may be this child's too, the likeliest first."""
    likely = likely_duplicates_of(child, sight)
    children = set(children_on_record(sight).filter(person__in=[one.person_id for one in likely])) if likely else set()
    return [one for one in likely if one.person_id in children]


def find_two_records(first: Person, second: Person, sight: Sighted, *, keep: str = "") -> TwoRecords:
    """The two beside each other. The one with open work is kept; where neither has any, the one asked for (`keep`)."""
    held, moved = open_work_of([first.pk, second.pk])
    busy = {one.involvement.child_id for one in held} | {one.child_id for one in moved}
    is_second = first.pk not in busy if second.pk in busy else not busy and keep == second.ref
    kept, other = (second, first) if is_second else (first, second)
    refused, both = "", False
    try:
        check_may_join(kept, other, busy)
    except NotAllowed as found:
        refused, both = found.what, isinstance(found, BothHaveWork)
    mine, theirs = _records([kept, other], moved, sight)
    return TwoRecords(mine, theirs, not busy and not refused, refused, both)


def _records(two: list[Person], moved: Iterable[RunChild], sight: Sighted) -> list[RecordOfChild]:
    """Four statements for both."""
    held = find_accountable_for([one.pk for one in two], sight.protocol, sight.now)
    ended = list(Involvement.objects.filter(child__in=two, open_during__upper_inf=False).order_by("open_during"))
    facts = find_facts(two, sight)
    return [
        RecordOfChild(
            ref=child.ref,
            name=person_name(child),
            facts=facts[child.pk],
            past=tuple(_period(one, sight) for one in ended if one.child_id == child.pk),
            accountable=tuple(one for one in held if one.child_id == child.pk),
            transfers=tuple(_transfer(one) for one in moved if one.child_id == child.pk),
        )
        for child in two
    ]


def find_facts(children: Collection[Person], sight: Sighted) -> dict[int, Facts]:
    """What records say of some children, by their ids: the same labels in the same order. One statement."""
    rows = FamilyMember.objects.filter(person__in=children, role=FamilyMember.Role.CHILD, during__contains=sight.now)
    families: dict[int, list[str]] = {}
    for row in rows.select_related("family").order_by("pk"):
        families.setdefault(row.person_id, []).append(f"{row.family.name} family")
    return {one.pk: tuple(_facts(one, families.get(one.pk, ()))) for one in children}


def _facts(child: Person, families: Iterable[str]) -> Iterable[tuple[str, str]]:
    yield "Name", f"{child.given_name} {child.family_name}".strip() or person_name(child)
    yield "Known as", child.known_as or NONE
    yield "Born", _born(child)
    yield "Died", day_words(child.died_date) if child.died_date else NONE
    yield "Sex", child.sex or NONE
    yield "Address", child.address or NONE
    yield "NHS number", child.nhs_number or NONE
    yield "Unique pupil number", child.upn or NONE
    yield "Family", listed(families) or NONE


def _born(child: Person) -> str:
    if child.birth_date:
        return day_words(child.birth_date)
    return f"Expected {day_words(child.expected_birth_date)}" if child.expected_birth_date else NONE


def day_words(day: date) -> str:
    """`1 September 2015`"""
    return f"{day.day} {day:%B} {day.year}"


def _period(one: Involvement, sight: Sighted) -> str:
    calendar = calendar_of(sight.protocol)
    first, last = (day_words(calendar.local_date(at)) for at in (one.open_during.lower, one.open_during.upper))
    return f"{involvement_name(one.kind, sight.protocol)}, {first} to {last}: {code_words(one.closing_reason).lower()}"


def _transfer(one: RunChild) -> OpenTransfer:
    run, who = one.run, one.run.sender
    readable, _ = part_readable([run])
    title = protocol_of(run).pathways[run.pathway].file.title if readable else unshown.TITLE
    return OpenTransfer(title, practitioner_name(who), who.phone or who.agency.phone)


def joining_page(opened: OpenedJoining) -> JoiningPage:
    """A joining that `access_joining_to_read` opened."""
    one, sight = opened.joining, opened.sight
    facts = find_facts([one.kept, one.other], sight)
    return JoiningPage(
        ref=one.ref,
        kept_ref=one.kept.ref,
        kept_name=person_name(one.kept),
        other_ref=one.other.ref,
        other_name=person_name(one.other),
        rows=beside_each_other(facts[one.kept_id], facts[one.other_id]),
        joined_at=one.joined_at,
        joined_by=practitioner_name(one.joined_by),
        reason=one.reason,
        undone_at=one.undone_at,
        undone_by=practitioner_name(one.undone_by) if one.undone_by else "",
        undone_reason=one.undone_reason,
        opens_kept=_opens(one, sight),
    )


def _opens(joining: JoinedRecord, sight: Sighted) -> bool:
    try:
        access_child_to_read(joining.kept.ref, by=sight.by, now=sight.now)
    except NotHere:
        return False
    return True


def joined_page(found: JoinedChild) -> JoinedPage:
    """The page of a record that was joined: of the child who is kept only what this person sees."""
    return JoinedPage(
        ref=found.other.ref,
        name=person_name(found.other),
        kept_ref=found.kept.ref if found.sees_kept else "",
        kept_name=person_name(found.kept) if found.sees_kept else "",
        family_ref=found.family_ref,
    )
