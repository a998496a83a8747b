"""Two versions side by side: the pathways and their steps, then what all pathways share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from handhold.protocol.definition import PathwayFile, Step
from handhold.protocol.differences.facets import Facets, as_written, facets_of_outcome, facets_of_step
from handhold.protocol.differences.shared import find_shared_differences
from handhold.protocol.differences.wording import Section, added, facets_told, removed
from handhold.protocol.explaining.phrases import all_of, people, quoted
from handhold.protocol.pathways import Pathway, Protocol


@dataclass(frozen=True)
class Differences:
    """What is different, part by part; without a section the two are the same."""

    sections: tuple[Section, ...]

    def __bool__(self) -> bool:
        return bool(self.sections)


def find_differences(old: Protocol, new: Protocol) -> Differences:
    """All that the newer of two versions changes, grouped by pathway, then by what all pathways share."""
    sections = [*_of_pathways(old, new), *find_shared_differences(old, new)]
    return Differences(tuple(section for section in sections if section.sentences))


def _of_pathways(old: Protocol, new: Protocol) -> Iterator[Section]:
    """One section for each pathway; pathways that change alike (variants of one file) stand together."""
    found = [
        (pathway, tuple(_of_pathway(old, new, old.pathways[name], pathway)))
        for name, pathway in new.pathways.items()
        if name in old.pathways
    ]
    alike = groupby(sorted(found, key=lambda one: one[1]), key=lambda one: one[1])
    for sentences, pathways in alike:
        yield Section(all_of(pathway.file.title for pathway, _ in pathways), sentences)
    yield Section("Pathways", tuple(_added_and_removed(old, new)))
    yield Section("What can happen at any moment", tuple(_of_any_moment(old, new)))


def _added_and_removed(old: Protocol, new: Protocol) -> Iterator[str]:
    for name, pathway in new.pathways.items():
        if name not in old.pathways:
            yield added("pathway", pathway.file.title, f"{len(pathway.steps)} steps")
    for name, pathway in old.pathways.items():
        if name not in new.pathways:
            yield removed("pathway", pathway.file.title)


def _of_pathway(old: Protocol, new: Protocol, before: Pathway, after: Pathway) -> Iterator[str]:
    yield from facets_told("The pathway", _of_file(old, before.file), _of_file(new, after.file))
    yield from _of_steps(_Side(old, before, _own(before)), _Side(new, after, _own(after)))


def _of_any_moment(old: Protocol, new: Protocol) -> Iterator[str]:
    """Told once, through the pathway of both in which most of those steps stand."""
    shared = [name for name in new.pathways if name in old.pathways]
    if not shared:
        return
    most = max(shared, key=lambda name: len(new.pathways[name].beside) + len(old.pathways[name].beside))
    before, after = old.pathways[most], new.pathways[most]
    yield from _of_steps(_Side(old, before, _beside(before)), _Side(new, after, _beside(after)))


@dataclass(frozen=True)
class _Side:
    """Some steps of a pathway in one version."""

    protocol: Protocol
    pathway: Pathway
    steps: dict[str, Step]

    def facets(self, name: str) -> Facets:
        return facets_of_step(self.protocol, self.pathway, self.steps[name])

    def outcome(self, name: str, outcome: str) -> Facets:
        return facets_of_outcome(self.protocol, self.pathway, self.steps[name].outcomes[outcome])


def _own(pathway: Pathway) -> dict[str, Step]:
    return {name: step for name, step in pathway.steps.items() if name not in pathway.beside}


def _beside(pathway: Pathway) -> dict[str, Step]:
    return {name: step for name, step in pathway.steps.items() if name in pathway.beside}


def _of_steps(old: _Side, new: _Side) -> Iterator[str]:
    for name, step in new.steps.items():
        if name not in old.steps:
            yield added("step", step.title, f"by {people(new.protocol, step.who)}, {_clauses(step)}")
    for name, step in old.steps.items():
        if name not in new.steps:
            yield removed("step", step.title)
    for name, step in new.steps.items():
        if name in old.steps and old.steps[name] != step:
            yield from _of_step(old, new, name)


def _of_step(old: _Side, new: _Side, name: str) -> Iterator[str]:
    """What is different in a step, or that its files differ in something that has no words."""
    called = quoted(new.steps[name].title)
    told = [*facets_told(called, old.facets(name), new.facets(name)), *_of_outcomes(old, new, name)]
    yield from told or [f"{called} is written differently, in words that mean the same."]


def _of_outcomes(old: _Side, new: _Side, name: str) -> Iterator[str]:
    before, after, called = old.steps[name].outcomes, new.steps[name].outcomes, quoted(new.steps[name].title)
    for outcome in after:
        words = quoted(after[outcome].called)
        if outcome not in before:
            what = new.outcome(name, outcome).get("what it brings about", "nothing else follows from it")
            yield f"{called} can also come out as {words}: {what}."
        else:
            of_step = f"{called}, the outcome {words}"
            yield from facets_told(of_step, old.outcome(name, outcome), new.outcome(name, outcome))
    for outcome in before:
        if outcome not in after:
            yield f"{called} can no longer come out as {quoted(before[outcome].called)}."


def _of_file(protocol: Protocol, file: PathwayFile) -> Facets:
    """What a pathway says beside its steps; of a limit, by which setting, as its number is told among the settings."""
    parts = {
        "its title": file.title,
        "its summary": file.summary,
        "its direction": file.direction,
        "how it begins": file.begins,
        "where it leads": file.destinations,
        "its limit": file.limit,
        "whom to tell when a limit passes": people(protocol, file.limit_goes_to) if file.limit_goes_to else "",
        "its stages": [stage.title for stage in file.stages],
        "its clauses": file.clauses,
    }
    return {name: as_written(part) for name, part in parts.items() if part}


def _clauses(step: Step) -> str:
    return f"for {', '.join(step.clauses)}"
