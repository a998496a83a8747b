"""What the examples of a version show: of each clause that it goes through and is refused, of each limit both ways.

A tag alone shows nothing: an example counts for a clause where it passes and does a step of that clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handhold.protocol.checking.places import all_parts
from handhold.protocol.definition import Limit, Step
from handhold.protocol.examples.running import FileNotReadable, Result, read_scenarios, run_scenario
from handhold.protocol.freezing import examples_of
from handhold.protocol.loading import Fault
from handhold.protocol.pathways import Protocol


@dataclass(frozen=True)
class Shown:
    """What the examples that passed show together, and a fault for each that did not."""

    through: frozenset[str] = frozenset()
    """Clauses of which an example that is tagged so does a step, and nothing in it is refused."""
    refused: frozenset[str] = frozenset()
    """Clauses that a refusal in an example that is tagged so cites."""
    exemplified: frozenset[str] = frozenset()
    """Clauses of which an example that is tagged so does a step, or is refused one."""
    limits_met: frozenset[str] = frozenset()
    limits_missed: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()


NOTHING_SHOWN = Shown()


@dataclass(frozen=True)
class Coverage:
    """Which clauses of the council's source are cited by a part of the protocol, and which are shown by an example."""

    total: tuple[str, ...]
    cited: frozenset[str]
    exemplified: frozenset[str]
    not_refused: tuple[str, ...] = ()
    """Clauses that are a gate and of which no example shows a refusal."""
    limits_not_shown: tuple[str, ...] = ()
    """Limits of which no example shows both that they are met and that they are missed."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The clauses not yet covered, in the order of the source: not cited, or without an example."""
        return tuple(clause for clause in self.total if clause not in self.cited & self.exemplified)


def coverage_of(protocol: Protocol, shown: Shown) -> Coverage:
    """What is covered: cited by a part of this version, and shown by its examples."""
    own, gates, limits = set(protocol.council_clauses), gates_of(protocol), limits_of(protocol)
    cited = {clause for part, _ in all_parts(protocol) for clause in getattr(part, "clauses", ())}
    return Coverage(
        total=protocol.council_clauses,
        cited=frozenset(cited & own),
        exemplified=frozenset(shown.exemplified & own),
        not_refused=tuple(one for one in protocol.council_clauses if one in gates and one not in shown.refused),
        limits_not_shown=tuple(sorted(limits - (shown.limits_met & shown.limits_missed))),
    )


def shown_by_examples(protocol: Protocol) -> Shown:
    """Runs every example of the version. It takes some seconds for hundreds of them."""
    results: list[Result] = []
    faults: list[Fault] = []
    for file in examples_of(protocol.folder):
        try:
            results += [run_scenario(protocol, scenario) for scenario in read_scenarios(file)]
        except FileNotReadable as unread:
            faults.append(Fault(file.name, 1, f"The examples cannot be read: {unread}.", _MEND_GHERKIN))
    return what_is_shown(results, faults)


def what_is_shown(results: Iterable[Result], faults: Iterable[Fault] = ()) -> Shown:
    """What these results show together."""
    known = list(results)
    passed = [one for one in known if one.has_passed]
    return Shown(
        through=frozenset(clause for one in passed for clause in _gone_through(one)),
        exemplified=frozenset(clause for one in passed for clause in one.scenario.tags & _clauses_shown(one)),
        refused=frozenset(clause for one in passed for clause in one.scenario.tags & one.shown.refused_under),
        limits_met=frozenset(limit for one in passed for limit in one.shown.limits_met),
        limits_missed=frozenset(limit for one in passed for limit in one.shown.limits_missed),
        faults=(*faults, *(_fault(one) for one in known if not one.has_passed)),
    )


def _gone_through(result: Result) -> Iterator[str]:
    return (clause for clause in result.scenario.tags & result.shown.done_under if not result.shown.refused_under)


def _clauses_shown(result: Result) -> set[str]:
    return result.shown.done_under | result.shown.refused_under


def _fault(result: Result) -> Fault:
    failure = result.failure
    line, why = (failure.line.number, failure.why) if failure else (result.scenario.line, "")
    what = f"The example “{result.scenario.name}” fails: {why}"
    return Fault(result.scenario.file.name, line, what, "Change what the procedure says, or the example.")


_MEND_GHERKIN = "Write it as the guide shows: Feature, Scenario, Given, When, Then."


def gates_of(protocol: Protocol) -> frozenset[str]:
    """The clauses of steps that can be refused to who may do them: something is missing, or a second person is."""
    return frozenset(clause for step in _steps(protocol) if _is_gate(step) for clause in step.clauses)


def _is_gate(step: Step) -> bool:
    asked = any(outcome.asks or outcome.when for outcome in step.outcomes.values())
    return bool(step.after or step.asks or step.not_by_author_of or step.not_before or asked)


def limits_of(protocol: Protocol) -> frozenset[str]:
    """The settings that are the limit of a step or of a whole pathway."""
    limits: list[Limit | None] = [step.within for step in _steps(protocol)]
    limits += [pathway.file.limit for pathway in protocol.pathways.values()]
    return frozenset(limit.setting for limit in limits if limit)


def _steps(protocol: Protocol) -> Iterator[Step]:
    for pathway in protocol.pathways.values():
        yield from pathway.steps.values()
