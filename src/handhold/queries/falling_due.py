"""Runs that an age makes owed, whether anybody thinks of them or not: as a young person comes near it (Y42, Y44)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from handhold.access.families import Sighted
from handhold.casefiles.protocols import calendar_of
from handhold.protocol.deadlines import period_of
from handhold.protocol.definition import FallsDue
from handhold.protocol.pathways import Pathway
from handhold.queries.held import Held
from handhold.queries.naming import practitioner_name


@dataclass(frozen=True)
class FallingDue:
    """A run that is owed for a young person and that nobody has begun: which, by when, and whose it is."""

    child_ref: str
    name: str
    family_ref: str
    pathway: str
    title: str
    by: date
    is_late: bool
    whose: str
    """Empty where it is the person's own."""


def find_falling_due(held: Iterable[Held], sight: Sighted) -> list[FallingDue]:
    """What falls due for the young people whom the person, or somebody whom they manage, answers for; the next first.

    No statement.
    """
    found = (one for pathway in sight.protocol.pathways.values() for one in _near_by(held, pathway, sight))
    return sorted(found, key=lambda one: one.by)


def _near_by(held: Iterable[Held], pathway: Pathway, sight: Sighted) -> Iterator[FallingDue]:
    rule = pathway.file.begins.falls_due if pathway.file.begins else None
    if rule is None:
        return
    today = calendar_of(sight.protocol).local_date(sight.now)
    for one in held:
        birthday = birthday_at(one.birth_date, rule.age) if one.birth_date and one.kind == pathway.origin else None
        if pathway.id in one.pathways_begun:
            continue
        if birthday is None or not one.can_be_seen or not _is_near(birthday, rule, sight):
            continue
        whose = "" if one.practitioner.pk == sight.by.pk else practitioner_name(one.practitioner)
        yield FallingDue(
            child_ref=one.child_ref,
            name=one.child_name,
            family_ref=one.family_ref,
            pathway=pathway.id,
            title=pathway.file.title,
            by=birthday,
            is_late=today >= birthday,
            whose=whose,
        )


def _is_near(birthday: date, rule: FallsDue, sight: Sighted) -> bool:
    """Whether the time ahead of the birthday has begun, or the birthday is past."""
    calendar = calendar_of(sight.protocol)
    due_at = calendar.due_ahead_of(calendar.starts_at(birthday), period_of(sight.protocol, rule.ahead))
    return calendar.local_date(sight.now) >= calendar.local_date(due_at)


def birthday_at(born: date, age: int) -> date:
    """The day on which somebody comes to an age; who was born on 29 February does so on 1 March of other years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
