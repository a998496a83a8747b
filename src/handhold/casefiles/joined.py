"""Records that are one child: which stands for which, what is open for one, and what joining and parting write.

Nothing is moved: whoever reads a child's history asks for it with the records that were joined to theirs.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from handhold.records.models import (
    Allocation,
    FamilyMember,
    JoinedRecord,
    Person,
    Practitioner,
    RunChild,
)

People = Collection[int] | QuerySet[Any, Any]
STANDING = Q(undone_at__isnull=True)


def standing() -> QuerySet[JoinedRecord]:
    """The joinings that nobody has undone."""
    return JoinedRecord.objects.filter(STANDING)


def joined_to(children: People) -> QuerySet[JoinedRecord]:
    """The joinings by which other records are these children, in the order in which they were joined."""
    return standing().filter(kept__in=children).select_related("other", "kept").order_by("joined_at", "pk")


def kept_of(children: People) -> dict[int, int]:
    """By the id of each record that was joined to one of these children: the id of that child. One statement."""
    return dict(standing().filter(kept__in=children).values_list("other", "kept"))


def with_joined(name: str, children: People) -> Q:
    """Rows whose `name` is one of these children, or a record that was joined to one: a child's whole history."""
    others = standing().filter(kept__in=children).values("other")
    return Q(**{f"{name}__in": children}) | Q(**{f"{name}__in": others})


def same_child(name: str, people: People) -> Q:
    """Rows whose `name` is one of these people or the same child as one, either way round.

    For what stands in the way of an act; not for what somebody reads: sight of a joined record is no sight of the
    child whom it stands for.
    """
    kept = standing().filter(Q(kept__in=people) | Q(other__in=people)).values("kept")
    return Q(**{f"{name}__in": people}) | Q(**{f"{name}__in": kept}) | with_joined(name, kept)


WAYS_TO_BE_ONE = {
    "as_own": (),
    "as_kept": (("records_joined", "other"),),
    "as_joined": (("joined_to", "kept"),),
    "as_joined_too": (("joined_to", "kept"), ("records_joined", "other")),
}
"""How somebody can be the same child as another: by which joinings, and which end of each, one leads to the other."""


def of_same_child(members: QuerySet[FamilyMember], outer: str) -> dict[str, QuerySet[FamilyMember]]:
    """By each way to be one: the memberships of whoever is the same child as `outer` of the statement around it.

    Each alone finds its rows by keys, which all of them in one condition would not.
    """
    found = {}
    for word, joinings in WAYS_TO_BE_ONE.items():
        path, conditions = "person", {}
        for joining, end in joinings:
            conditions[f"{path}__{joining}__undone_at__isnull"] = True
            path = f"{path}__{joining}__{end}"
        found[word] = members.filter(**{path: OuterRef(outer)}, **conditions)
    return found


def with_same_as(members: QuerySet[FamilyMember], now: datetime) -> QuerySet[FamilyMember]:
    """Members of families, each with the reference of the record that is kept for them (`same_as`; None for their own).

    And with whether that one is of the same family (`is_doubled`): then this one stands in no list of it.
    """
    own = standing().filter(other=OuterRef("person"))
    return members.annotate(same_as=Subquery(own.values("kept__ref")[:1]), is_doubled=is_doubled(now))


def is_doubled(now: datetime) -> Exists:
    """Of a member of a family: whether the record that is kept for them is of the same family."""
    beside = FamilyMember.objects.filter(
        family=OuterRef("family"),
        during__contains=now,
        person__records_joined__other=OuterRef("person"),
        person__records_joined__undone_at__isnull=True,
    )
    return Exists(beside)


def kept_for(person: Person) -> Person:
    """The record that is kept for somebody: their own, or the one to which theirs was joined."""
    if not person.is_joined:
        return person
    return standing().select_related("kept").get(other=person).kept


def open_work_of(people: People) -> tuple[list[Allocation], list[RunChild]]:
    """What is open for some records: each open involvement with who answers for it, and their part in open runs."""
    held = Allocation.objects.filter(
        involvement__child__in=people, involvement__open_during__upper_inf=True, during__upper_inf=True
    ).select_related("involvement__child", "practitioner__agency", "practitioner__team")
    moved = RunChild.objects.filter(child__in=people, ended_at__isnull=True, run__ended_at__isnull=True)
    return (
        list(held.order_by("involvement__child_id", "involvement_id")),
        list(moved.select_related("run__authority", "run__sender__agency", "child").order_by("run_id", "child_id")),
    )


def join(kept: Person, other: Person, reason: str, *, by: Practitioner, now: datetime) -> JoinedRecord:
    """Writes that `other` is the same child as `kept`. The caller holds both locks and has asked what is open."""
    joining = JoinedRecord.objects.create(kept=kept, other=other, joined_at=now, joined_by=by, reason=reason)
    Person.objects.filter(pk=other.pk).update(is_joined=True)
    return joining


def part(joining: JoinedRecord, reason: str, *, by: Practitioner, now: datetime) -> None:
    """Writes that the two are not one child: all is as before. The caller holds both locks."""
    JoinedRecord.objects.filter(pk=joining.pk).update(undone_at=now, undone_by=by, undone_reason=reason)
    Person.objects.filter(pk=joining.other_id).update(is_joined=False)
