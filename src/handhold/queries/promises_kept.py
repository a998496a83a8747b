"""Whether the promises held when somebody last looked, for who sees every transfer of a council."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from handhold.access.families import Sighted
from handhold.access.transfers import NotHere
from handhold.audit.models import PromisesLook
from handhold.queries.invariants import CHECKS
from handhold.records.models import Concern, FamilyMember, Involvement, Post, Run


@dataclass(frozen=True)
class Broken:
    """A promise that did not hold: the clause of the house, about which record, in words."""

    promise: str
    about: str
    words: str


@dataclass(frozen=True)
class PromisesPage:
    """The last look; `looked_at` is None where nobody has looked yet."""

    looked_at: datetime | None
    asked: tuple[str, ...]
    broken: tuple[Broken, ...]


def find_promises_page(sight: Sighted) -> PromisesPage:
    """The last look, with what concerns this council. Raises NotHere for who does not see every transfer."""
    if not sight.sees_all:
        raise NotHere
    look = PromisesLook.objects.order_by("-looked_at", "-pk").first()
    if look is None:
        return PromisesPage(None, _asked(), ())
    broken = (Broken(*one) for one in look.breaches)
    return PromisesPage(look.looked_at, _asked(), tuple(_of_council(broken, sight.by.agency.authority_id, sight)))


def _asked() -> tuple[str, ...]:
    return tuple(check.called for check in CHECKS)


def _of_council(broken: Iterable[Broken], authority: int, sight: Sighted) -> Iterable[Broken]:
    """What is about a record of this council, or about none in particular (the audit is one for all)."""
    own = {"council": {sight.by.agency.authority.code}}
    rows = list(broken)
    for sort, find in _REFERENCES.items():
        asked = {one.about.partition(" ")[2] for one in rows if one.about.partition(" ")[0] == sort}
        own[sort] = set(find(authority, asked)) if asked else set()
    for one in rows:
        sort, _, reference = one.about.partition(" ")
        if sort not in own or reference in own[sort]:
            yield one


def _references(rows: QuerySet[Involvement] | QuerySet[Run] | QuerySet[Concern], asked: set[str]) -> Iterable[str]:
    return rows.filter(ref__in=asked).values_list("ref", flat=True)


_REFERENCES: dict[str, Callable[[int, set[str]], Iterable[str]]] = {
    "involvement": lambda council, asked: _references(Involvement.objects.filter(agency__authority=council), asked),
    "run": lambda council, asked: _references(Run.objects.filter(authority=council), asked),
    "concern": lambda council, asked: _references(Concern.objects.filter(authority=council), asked),
    "child": lambda council, asked: FamilyMember.objects.filter(
        family__authority=council, person__ref__in=asked
    ).values_list("person__ref", flat=True),
    "post": lambda council, asked: Post.objects.filter(authority=council, code__in=asked).values_list(
        "code", flat=True
    ),
}
"""By sort of record: which of these references are the council's own."""
