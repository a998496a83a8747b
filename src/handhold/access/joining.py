"""The doors to two records that are one child: who joins them, who hears of it, who parts them again, who reads.

Joining and finding is for those who see the index of children. Undoing is also for who answers for the kept child, and
for who manages them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from handhold.access.families import Sighted, access_child_to_read, sight_of
from handhold.access.refusals import NotAllowed
from handhold.access.transfers import NotHere
from handhold.casefiles.joined import joined_to, kept_for, open_work_of, standing
from handhold.casefiles.offices import load_offices
from handhold.records.models import Allocation, FamilyMember, JoinedRecord, Person, Practitioner

ONCE = ("H1",)


class BothHaveWork(NotAllowed):
    """Something is open on each of two records."""


@dataclass(frozen=True)
class OpenedJoining:
    """A joining, opened by somebody who may undo it while it stands."""

    joining: JoinedRecord
    sight: Sighted


@dataclass(frozen=True)
class JoinedChild:
    """A record that was joined, and the child whose record is kept."""

    other: Person
    kept: Person
    sees_kept: bool
    family_ref: str
    """The family in which the joined record lies, for who sees it; else empty."""


def access_record_to_join(ref: str, *, by: Practitioner, now: datetime) -> tuple[Person, Sighted]:
    """The record of a child of the council, for who sees the index. Raises NotHere."""
    sight = sight_of(by, now)
    found = find_record(ref, sight)
    if found is None:
        raise NotHere
    return found, sight


def find_record(ref: str, sight: Sighted) -> Person | None:
    """The same, of somebody's sight; None where there is none. One statement."""
    return Person.objects.filter(ref=ref, pk__in=children_on_record(sight)).first() if sight.sees_index else None


def access_records_to_join(refs: Collection[str], *, by: Practitioner, now: datetime) -> tuple[list[Person], Sighted]:
    """Records of children of the council, in the order of `refs`, locked in that of their ids, for who sees the index.

    Raises NotHere for everybody else, and where one is none.
    """
    sight = sight_of(by, now)
    if not sight.sees_index:
        raise NotHere
    rows = Person.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    locked = {one.ref: one for one in rows.filter(ref__in=refs, pk__in=children_on_record(sight))}
    if not locked.keys() >= set(refs):
        raise NotHere
    return [locked[ref] for ref in refs], sight


def children_on_record(sight: Sighted) -> QuerySet[FamilyMember, int]:
    """The ids of all who are or were a child of a family of the council, as a subquery."""
    members = FamilyMember.objects.filter(family__authority=sight.by.agency.authority_id, role=FamilyMember.Role.CHILD)
    return members.values_list("person", flat=True)


def check_may_join(kept: Person, other: Person, busy: Collection[int]) -> None:
    """Raises NotAllowed where two records cannot become one child so, with what would do: BothHaveWork, where neither
    could be kept. `busy`: what `with_work` says of them. The answer holds for as long as both are locked.
    """
    if kept.pk == other.pk:
        raise NotAllowed("This is the same record. Enter the reference of the other one.", field="other")
    for one in (kept, other):
        if one.is_joined:
            raise NotAllowed(
                f"Record {one.ref} was joined to record {kept_for(one).ref}. Join the two with that one.", field="other"
            )
    own = joined_to([other.pk]).first()
    if own is not None:
        raise NotAllowed(
            f"Record {own.other.ref} was joined to record {other.ref}. Keep that one, or take those two apart first.",
            field="other",
        )
    if {kept.pk, other.pk}.issubset(busy):
        raise BothHaveWork("Something is open on both records.", field="other", clauses=ONCE)
    if other.pk in busy:
        raise NotAllowed(
            f"Something is open on record {other.ref} now, so that is the one to keep. Look at both again.",
            field="other",
            clauses=ONCE,
        )


def with_work(people: Collection[int]) -> set[int]:
    """The ids of those of these people for whom something is open. Two statements."""
    held, moved = open_work_of(people)
    return {one.involvement.child_id for one in held} | {one.child_id for one in moved}


def access_joining_to_read(ref: str, *, by: Practitioner, now: datetime) -> OpenedJoining:
    """A joining of the council, for who sees the index, answers for the kept child or manages who does.

    Raises NotHere.
    """
    sight = sight_of(by, now)
    rows = JoinedRecord.objects.select_related("kept", "other", "joined_by", "undone_by")
    joining = rows.filter(ref=ref, kept__in=children_on_record(sight)).first()
    if joining is None or not may_undo(sight, joining.kept_id):
        raise NotHere
    return OpenedJoining(joining, sight)


def access_joining_to_undo(ref: str, *, by: Practitioner, now: datetime) -> OpenedJoining:
    """As `access_joining_to_read`, with both records locked, in the order of their ids. Raises NotHere."""
    opened = access_joining_to_read(ref, by=by, now=now)
    both = (opened.joining.kept_id, opened.joining.other_id)
    list(Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=both).order_by("pk").values("pk"))
    opened.joining.refresh_from_db()
    return opened


def may_undo(sight: Sighted, kept_id: int) -> bool:
    """Whether somebody may say of this child that a record is not theirs. One statement at most."""
    holders = {sight.by.pk, *sight.manages}
    held = Allocation.objects.filter(involvement__child=kept_id, practitioner__in=holders, during__contains=sight.now)
    return sight.sees_index or held.exists()


def who_hears_of(kept: Person, sight: Sighted) -> list[Practitioner]:
    """Those who answer for a child now and who manages each of them, each once."""
    held = [one.practitioner for one in open_work_of([kept.pk])[0]]
    stand_ins = sight.protocol.file.stand_ins
    offices = load_offices(held, stand_ins.values(), sight.now) if held else None
    managers = [offices.stand_in_of(one, stand_ins) for one in held] if offices else []
    return list({one.pk: one for one in (*held, *managers)}.values())


def joinings_of(ref: str) -> list[JoinedRecord]:
    """The standing joinings of a record: to another, or of others to it. Who may see what of them, the caller asks."""
    rows = standing().filter(Q(kept__ref=ref) | Q(other__ref=ref)).select_related("kept", "other", "joined_by")
    return list(rows.order_by("joined_at", "pk"))


def access_joined_child_to_read(joining: JoinedRecord, *, by: Practitioner, now: datetime) -> JoinedChild:
    """A record that was joined, for who sees the child who is kept, or the family in which the record lies.

    Raises NotHere for who sees neither.
    """
    kept, other = joining.kept, joining.other
    family_ref, sees_kept = _family_in_sight(other, by, now), bool(_family_in_sight(kept, by, now))
    if not (family_ref or sees_kept):
        raise NotHere
    return JoinedChild(other, kept, sees_kept, family_ref)


def _family_in_sight(child: Person, by: Practitioner, now: datetime) -> str:
    try:
        return access_child_to_read(child.ref, by=by, now=now)[1].ref
    except NotHere:
        return ""
