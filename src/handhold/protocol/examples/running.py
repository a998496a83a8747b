"""Reads examples and runs them: each scenario in a world of its own, with what failed, where, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gherkin.errors import ParserError
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from handhold.protocol.examples import acts, expectations, givens, refusals
from handhold.protocol.examples.cast import Cast
from handhold.protocol.examples.faults import EngineDisagrees, ExampleNotUnderstood, ExpectationNotMet
from handhold.protocol.examples.sentences import VOCABULARY, Sentence, find_sentence
from handhold.protocol.examples.world import Shown, World
from handhold.protocol.pathways import Protocol
from handhold.working_days import Calendar

SENTENCES_OF = (givens, acts, expectations, refusals)
"""The modules that hold the sentences; importing them fills the vocabulary."""


@dataclass(frozen=True)
class Line:
    """One sentence of a scenario and where it stands."""

    number: int
    text: str


@dataclass(frozen=True)
class Scenario:
    """One example: its name, its tags (clause ids), its sentences, those of the background first."""

    file: Path
    line: int
    name: str
    tags: frozenset[str]
    lines: tuple[Line, ...]

    @property
    def place(self) -> str:
        """`file:line`, as editors understand it."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Failure:
    """Where a scenario stopped, and why."""

    line: Line
    why: str


@dataclass(frozen=True)
class Result:
    """What came of a scenario, with what it has shown."""

    scenario: Scenario
    failure: Failure | None = None
    shown: Shown = field(default_factory=Shown)

    @property
    def has_passed(self) -> bool:
        return self.failure is None

    def __str__(self) -> str:
        if self.failure is None:
            return f"passed  {self.scenario.place}  {self.scenario.name}"
        where = f"{self.scenario.file}:{self.failure.line.number}"
        return f"FAILED  {where}  {self.scenario.name}\n        {self.failure.line.text}\n        {self.failure.why}"


class FileNotReadable(Exception):
    """The file is no Gherkin; the message says where."""


def vocabulary() -> list[Sentence]:
    """Every sentence that an example can use: the scene first, then acts, expectations and refusals."""
    modules = [module.__name__ for module in SENTENCES_OF]
    return sorted(VOCABULARY, key=lambda one: modules.index(one.speak.__module__))


def read_scenarios(file: Path) -> list[Scenario]:
    """The scenarios of one file, in its order. Raises FileNotReadable, and OSError where there is no such file."""
    try:
        document: dict[str, Any] = dict(Parser().parse(file.read_text(encoding="utf-8")))
    except ParserError as error:
        raise FileNotReadable(f"{file}: {error}") from error
    document["uri"] = str(file)
    numbers = dict(_line_numbers(document))
    return [_scenario(file, pickle, numbers) for pickle in Compiler().compile(document)]  # type: ignore[arg-type]


def run_scenario(protocol: Protocol, scenario: Scenario) -> Result:
    """Runs one example on a fresh world. Never raises for what the example says."""
    calendar = Calendar(opening_time=protocol.file.office_opens, closing_time=protocol.file.office_closes)
    world = World(protocol, Cast(protocol.file.stand_ins), calendar)
    line = Line(scenario.line, scenario.name)
    try:
        for line in scenario.lines:
            _speak(world, line)
        world.check_expected()
    except (ExampleNotUnderstood, ExpectationNotMet, EngineDisagrees) as failed:
        return Result(scenario, Failure(line, str(failed)), world.shown)
    return Result(scenario, None, world.shown)


def _speak(world: World, line: Line) -> None:
    """One sentence; a refusal that no sentence has expected fails at the next one that is not about it."""
    known, said = find_sentence(line.text)
    if known.speak.__module__ != refusals.__name__:
        world.check_expected()
    world.line = line.number
    known.speak(world, said)


def _scenario(file: Path, pickle: Any, numbers: dict[str, int]) -> Scenario:
    lines = tuple(Line(numbers[step["astNodeIds"][0]], step["text"]) for step in pickle["steps"])
    tags = frozenset(tag["name"].removeprefix("@") for tag in pickle["tags"])
    return Scenario(file, pickle["location"]["line"], pickle["name"], tags, lines)


def _line_numbers(node: Any) -> Iterator[tuple[str, int]]:
    """The line of every part of the file that has an id."""
    if isinstance(node, dict):
        if "id" in node and "location" in node:
            yield node["id"], node["location"]["line"]
        for value in node.values():
            yield from _line_numbers(value)
    elif isinstance(node, list):
        for value in node:
            yield from _line_numbers(value)
