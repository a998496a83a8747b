"""The doubts of a source: each with its clause, the reading that the protocol builds, and the settings that go with it.

Only what is written in the files. A doubt that nothing reads is a fault of `checking`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handhold.protocol.council import Setting
from handhold.protocol.definition import Step
from handhold.protocol.explaining.phrases import length
from handhold.protocol.papers import Clause
from handhold.protocol.pathways import Pathway, Protocol


@dataclass(frozen=True)
class Reading:
    """How a step reads a doubt, and the pathways in which the step stands."""

    step: str
    words: str
    pathways: tuple[str, ...]


@dataclass(frozen=True)
class DoubtSetting:
    """A number by which a doubt is settled: its code, what it is for, and its length (`5 working days`)."""

    code: str
    means: str
    length: str


@dataclass(frozen=True)
class Doubt:
    """A statement of the source that can be read in more than one way, and what is built."""

    clause: Clause
    readings: tuple[Reading, ...]
    settings: tuple[DoubtSetting, ...]
    is_carried_out: bool
    """Whether any step or setting cites the clause yet."""


def find_doubts(protocol: Protocol) -> list[Doubt]:
    """Every doubt, in the order of the sources, with the values that the settings of this protocol have."""
    return [_doubt(protocol, clause) for clause in protocol.clauses.values() if clause.doubt]


def _doubt(protocol: Protocol, clause: Clause) -> Doubt:
    steps = [(title, step) for title, step in _all_steps(protocol) if clause.id in step.clauses]
    settings = list(_settings_of(protocol, clause.id))
    numbers = tuple(DoubtSetting(code, setting.means, length(protocol, code)) for code, setting in settings)
    return Doubt(clause, tuple(_readings(steps)), numbers, bool(steps or settings))


def _readings(steps: list[tuple[str, Step]]) -> Iterator[Reading]:
    """Each reading once, with every pathway in which its step stands."""
    found: dict[tuple[str, str], list[str]] = {}
    for title, step in steps:
        if step.reading:
            found.setdefault((step.title, " ".join(step.reading.split())), []).append(title)
    for (called, words), titles in found.items():
        yield Reading(called, words, tuple(dict.fromkeys(titles)))


def _settings_of(protocol: Protocol, clause: str) -> Iterator[tuple[str, Setting]]:
    for code, setting in protocol.file.settings.items():
        if clause in setting.clauses:
            yield code, setting


def _all_steps(protocol: Protocol) -> Iterator[tuple[str, Step]]:
    """Each step with the title of the pathway that it is written in."""
    for pathway in protocol.pathways.values():
        for step in pathway.steps.values():
            yield _title_of(pathway, step), step


def _title_of(pathway: Pathway, step: Step) -> str:
    if step.id in pathway.beside and pathway.at_any_moment:
        return pathway.at_any_moment.title
    return pathway.file.title
