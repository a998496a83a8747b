"""Reallocation of many families at once: each by the same act as singly, each with its own answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from handhold.access.caseloads import lock_children_and_those_beside
from handhold.access.transfers import NotHere
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.reallocating import MovedMeanwhile, reallocate
from handhold.actions.refusals import NotAllowed
from handhold.records.models import Involvement, Practitioner


@dataclass(frozen=True)
class ToMove:
    """What one person answers for in one family, as it stood when it was chosen: references."""

    holder: str
    family: str
    involvements: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """How it came out for one of them: moved, somebody else had moved it meanwhile, or refused, with why."""

    asked: ToMove
    outcome: Literal["done", "taken", "refused"]
    why: str = ""


@transaction.atomic
def reallocate_each(
    moves: Sequence[ToMove],
    to_ref: str,
    reason: str,
    *,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> list[Answer]:
    """Moves what can be moved, and says of each how it came out. What is refused holds up nothing else.

    1 once  2 every child locked, in the order of their ids, so that two who do this at once wait and do not stop each
    other  3 each by `reallocate`. Raises AlreadySubmitted.
    """
    carry_out_once(submission, now)
    refs = {ref for one in moves for ref in one.involvements}
    own = Involvement.objects.filter(ref__in=refs, agency__authority=by.agency.authority_id)
    lock_children_and_those_beside(set(own.values_list("child", flat=True)))
    return [_reallocate_one(one, to_ref, reason, by, now) for one in moves]


def _reallocate_one(asked: ToMove, to_ref: str, reason: str, by: Practitioner, now: datetime) -> Answer:
    try:
        with transaction.atomic():
            reallocate(asked.holder, asked.involvements, to_ref, reason, by=by, now=now)
    except MovedMeanwhile:
        return Answer(asked, "taken")
    except NotAllowed as refused:
        return Answer(asked, "refused", refused.what)
    except NotHere:
        return Answer(asked, "refused", "Nobody answers for these children any more.")
    return Answer(asked, "done")
