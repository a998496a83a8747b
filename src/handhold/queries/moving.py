"""What would change for one transfer in another version: its steps, how they stand, by when they are due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from handhold.casefiles.case import Case
from handhold.casefiles.moving import Version, case_in, cases_before_and_in, find_misplaced, protocol_in, version_of
from handhold.casefiles.protocols import part_readable
from handhold.protocol.pathways import Slot
from handhold.protocol.standing import find_standings
from handhold.queries.naming import first_name
from handhold.records.models import Run
from handhold.working_days import Calendar

STATES = {
    "done": "done",
    "excepted": "excepted",
    "exception-asked": "waiting for the decision on an exception",
    "ready": "to do",
    "held-back": "not to start yet",
    "does-not-apply": "not asked",
}


@dataclass(frozen=True)
class Preview:
    """Moving one transfer: from which version to which, what would change, and what stands in the way."""

    ref: str
    family: str
    family_ref: str
    pathway: str
    from_version: str
    to_version: str
    is_there_already: bool
    is_readable: bool
    """Whether it can be shown under the version that it has now."""
    obstacles: tuple[str, ...]
    """What is on record and has no place there: it cannot be moved."""
    changes: tuple[str, ...]


def preview_move(run: Run, to: Version, now: datetime, *, with_names: bool = True) -> Preview:
    """What would change for this run, loaded as a case needs it. Raises ProtocolChanged where `to` cannot be read.

    Without names, as for a terminal, a child is called by their place in the transfer.
    """
    protocol = protocol_in(to, run)
    obstacles = find_misplaced(run, protocol)
    is_readable = not part_readable([run])[1]
    changes: tuple[str, ...] = ()
    if not obstacles:
        before, after = cases_before_and_in(run, to, now) if is_readable else (None, case_in(run, to, now))
        changes = tuple(_changes(before, after, with_names=with_names))
    pathway = protocol.pathways.get(run.pathway)
    return Preview(
        ref=run.ref,
        family=f"{run.family.name} family",
        family_ref=run.family.ref,
        pathway=pathway.file.title if pathway else "",
        from_version=str(version_of(run)),
        to_version=str(to),
        is_there_already=version_of(run) == to and run.protocol_digest == protocol.digest,
        is_readable=is_readable,
        obstacles=tuple(obstacles),
        changes=changes,
    )


def _changes(before: Case | None, after: Case, *, with_names: bool) -> Iterator[str]:
    """Steps that are new or gone, those that stand otherwise, limits that end otherwise."""
    places = enumerate(after.children, start=1)
    names = [first_name(held.person) if with_names else f"child {place}" for place, held in places]
    new = _states(after)
    old = _states(before) if before else {}
    if before is None:
        yield "It cannot be shown under the version that it has now; from then on it can."
    for slot, (title, state) in new.items():
        called = f"“{title}”{_whose(slot, names)}"
        if slot in old and old[slot][1] != state:
            yield f"{called} is {STATES[old[slot][1]]} now, and would be {STATES[state]}."
        elif before and slot not in old and state != "does-not-apply":
            yield f"{called} is new, and would be {STATES[state]}."
    for slot, (title, state) in old.items():
        if slot not in new and state != "does-not-apply":
            yield f"“{title}”{_whose(slot, names)} would no longer be asked. It is {STATES[state]} now."
    if before:
        yield from _limits(before, after, names)


def _states(case: Case) -> dict[Slot, tuple[str, str]]:
    """Each step (of each child): its title, and how it stands."""
    standings = find_standings(case.pathway, case.observed.facts)
    return {(one.step.id, one.child): (one.step.title, one.state) for one in standings}


def _limits(before: Case, after: Case, names: list[str]) -> Iterator[str]:
    """Each limit that ends otherwise; that of the whole transfer, which many steps have, is told once."""
    old = before.observed.deadlines
    told: set[str] = set()
    for slot, deadline in after.observed.deadlines.items():
        called = f"“{after.pathway.steps[slot[0]].title}”{_whose(slot, names)}"
        if deadline.is_whole_run and slot in old and old[slot].is_whole_run:
            called = "The whole transfer"
        if slot in old and old[slot].due_at != deadline.due_at and called not in told:
            told.add(called)
            late = ", and would be late already" if deadline.has_passed else ""
            was, would = _day(old[slot].due_at, before.calendar), _day(deadline.due_at, after.calendar)
            yield f"{called} is due {was} now, and would be due {would}{late}."


def _day(at: datetime, calendar: Calendar) -> str:
    local = calendar.local_date(at)
    return f"{local:%A} {local.day} {local:%B %Y}"


def _whose(slot: Slot, names: list[str]) -> str:
    return "" if slot[1] is None else f" for {names[slot[1]]}"
