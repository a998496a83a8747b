"""The children of runs, with what is open about each and who holds it; read for many runs at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from handhold.casefiles.situations import with_endings_of_plans
from handhold.records.models import Allocation, Assessment, Involvement, MainContact, Person, Run, RunChild

_ID_AND_KIND = JSONObject(id="id", kind="kind")


@dataclass
class HeldChild:
    """One child of a run: who they are, what is open about them, who holds it."""

    row: RunChild
    person: Person
    involvements: dict[str, Involvement] = field(default_factory=dict)
    allocations: dict[str, Allocation] = field(default_factory=dict)
    main_contact: MainContact | None = None


def load_children(runs: Sequence[Run]) -> dict[int, list[HeldChild]]:
    """The children of each run (by its id) in the order of their ids, with what is open about each: two statements."""
    unfinished = Assessment.objects.filter(family=OuterRef("run__family"), authorised_at__isnull=True).order_by("id")
    rows = RunChild.objects.filter(run__in=runs).select_related("child").order_by("run_id", "child_id")
    rows = with_endings_of_plans(rows).annotate(unfinished=ArraySubquery(unfinished.values(row=_ID_AND_KIND)))
    found = [HeldChild(row, row.child) for row in rows]
    held_as: dict[int, list[HeldChild]] = defaultdict(list)
    of_run: dict[int, list[HeldChild]] = {run.pk: [] for run in runs}
    for child in found:
        held_as[child.person.pk].append(child)
        of_run[child.row.run_id].append(child)
    allocations = Allocation.objects.filter(
        involvement__child__in=held_as, involvement__open_during__upper_inf=True, during__upper_inf=True
    ).select_related("involvement", "practitioner__agency", "practitioner__team")
    for allocation in allocations.annotate(contact_id=_of_contact("pk"), contact_during=_of_contact("during")):
        contact = _contact_of(allocation)
        for child in held_as[allocation.involvement.child_id]:
            child.involvements[allocation.involvement.kind] = allocation.involvement
            child.allocations[allocation.involvement.kind] = allocation
            child.main_contact = contact or child.main_contact
    return of_run


def _of_contact(field: str) -> Subquery:
    """Of the main contact that goes with an allocation, if one does: the database lets none be without (0005)."""
    contacts = MainContact.objects.filter(
        involvement=OuterRef("involvement"), practitioner=OuterRef("practitioner"), during__upper_inf=True
    )
    return Subquery(contacts.values(field)[:1])


def _contact_of(allocation: Allocation) -> MainContact | None:
    pk: int | None = allocation.contact_id  # type: ignore[attr-defined]
    if pk is None:
        return None
    return MainContact(
        pk=pk,
        child_id=allocation.involvement.child_id,
        involvement=allocation.involvement,
        practitioner=allocation.practitioner,
        during=allocation.contact_during,  # type: ignore[attr-defined]
    )


def unfinished_at(children: Iterable[HeldChild]) -> list[tuple[int, str]]:
    """Id and kind of each assessment of the children's family that nobody has authorised, as read with the children."""
    first = next(iter(children), None)
    rows: list[dict[str, Any]] = first.row.unfinished if first else []  # type: ignore[attr-defined]
    return [(row["id"], row["kind"]) for row in rows]
