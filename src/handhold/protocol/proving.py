"""The whole check of a protocol as one report: faults, examples, every state that can be reached, guards, clauses.

What `handhold protocol check` prints, and what a version has to pass before it goes live.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from handhold.protocol.checking import find_faults
from handhold.protocol.checking.places import step_places
from handhold.protocol.deciding import Problem
from handhold.protocol.examples.covering import NOTHING_SHOWN, Coverage, coverage_of, shown_by_examples
from handhold.protocol.exploring import Exploration, explore
from handhold.protocol.loading import Fault
from handhold.protocol.pathways import Protocol
from handhold.protocol.promises import GUARDS
from handhold.protocol.reading import is_switched_off
from handhold.protocol.sharing_out import Explored, Progress, Walk, walk_all, walk_one


@dataclass
class Report:
    """What the check found. A protocol with faults of its files is not explored."""

    id: str
    version: str = ""
    title: str = ""
    faults: list[Fault] = field(default_factory=list)
    coverage: Coverage = field(default_factory=lambda: Coverage((), frozenset(), frozenset()))
    explored: list[Explored] = field(default_factory=list)
    guards: dict[str, bool] = field(default_factory=dict)

    @property
    def falls_short(self) -> bool:
        """Whether there is a fault, a violation, a trap, or a clause that nothing carries out or no example shows.

        A guard before which other gates of this protocol stand anyway does not count.
        """
        broken = any(walked.found.violations or walked.found.traps for walked in self.explored)
        return bool(self.faults or self.coverage.missing) or broken

    def as_plain_data(self) -> dict[str, Any]:
        """The report as it is written in JSON."""
        return {
            "id": self.id,
            "version": self.version,
            "clauses": {
                "total": len(self.coverage.total),
                "cited": len(self.coverage.cited),
                "exemplified": len(self.coverage.exemplified),
                "missing": list(self.coverage.missing),
            },
            "examples": {
                "not_refused": list(self.coverage.not_refused),
                "limits_not_shown": list(self.coverage.limits_not_shown),
            },
            "faults": [asdict(fault) for fault in self.faults],
            "explored": [_explored_as_plain_data(walked) for walked in self.explored],
            "guards": [{"id": guard, "caught": caught} for guard, caught in self.guards.items()],
        }


def _explored_as_plain_data(walked: Explored) -> dict[str, Any]:
    found = walked.found
    return {
        "pathway": found.pathway,
        "siblings": found.siblings,
        "states": found.states,
        "seconds": round(walked.seconds, 1),
        "violations": [{"what": what, "trace": trace} for what, trace in found.violations],
        "traps": [{"trace": trap.trace, "waits_for": trap.waits_for} for trap in found.traps],
    }


def prove(
    protocol: Protocol,
    siblings: int = 1,
    progress: Progress | None = None,
    without: Problem | None = None,
    *,
    processes: int = 1,
) -> Report:
    """Checks a protocol: its faults and examples, every pathway with one child up to so many, each guard taken away.

    `without` takes one guard away for the whole check, which then has to fall short. With more than one process the
    pathways are walked as the version's files have them.
    """
    report = Report(protocol.id, protocol.version, protocol.file.title)
    report.faults = find_faults(protocol)
    if report.faults:
        report.coverage = coverage_of(protocol, NOTHING_SHOWN)
        return report
    shown = shown_by_examples(protocol)
    report.coverage = coverage_of(protocol, shown)
    walks = [Walk(name, children, without) for name in protocol.pathways for children in range(1, siblings + 1)]
    if processes > 1:
        report.explored = walk_all(protocol.folder, walks, processes, progress)
    else:
        report.explored = [walk_one(protocol, walk, progress) for walk in walks]
    report.faults = sorted({*shown.faults, *find_faults_of_reach(protocol, report.explored)})
    if without is None:
        report.guards = {guard: _matters(protocol, guard) for guard in GUARDS}
    return report


def _matters(protocol: Protocol, guard: Problem) -> bool:
    """Whether a promise is broken in some pathway once the guard is taken away."""
    walks = (explore(pathway, without=guard, only_first=True) for pathway in protocol.pathways.values())
    return any(found.violations for found in walks)


def find_faults_of_reach(protocol: Protocol, explored: list[Explored]) -> set[Fault]:
    """A fault for each step that no state of any pathway allows to be done, unless the council chose that none is."""
    walked = [one.found for one in explored if one.found.siblings == 1]
    return {
        place.spot.fault(
            f"The step '{place.step.id}' can never be done: no run comes to it.",
            "Look at its `when` and `after`, and at what should bring them about.",
        )
        for place in step_places(protocol)
        if all(place.step.id in found.never_done for found in walked if _has_step(protocol, found, place.step.id))
        and not all(is_switched_off(pathway, place.step.id) for pathway in place.pathways)
    }


def _has_step(protocol: Protocol, found: Exploration, step: str) -> bool:
    return step in protocol.pathways[found.pathway].steps
