"""Where things stand in a protocol's files: the parts of a protocol, each with what is needed to name its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handhold.protocol.definition import Outcome, PathwayFile, Shape, Step
from handhold.protocol.loading import AT_ANY_MOMENT, Fault, papers_of
from handhold.protocol.partner_papers import PAPERS_FILE
from handhold.protocol.pathways import Pathway, Protocol

Path = tuple[str, ...]


@dataclass(frozen=True)
class Spot:
    """A place in a file of the protocol: from here faults are written."""

    protocol: Protocol
    file: str
    path: Path = ()

    def __truediv__(self, key: str | int) -> Spot:
        """The place of a key or an item below this one."""
        return Spot(self.protocol, self.file, (*self.path, str(key)))

    def fault(self, what: str, mend: str) -> Fault:
        """A fault at the nearest place above whose line is known."""
        for length in range(len(self.path), 0, -1):
            place = self.protocol.places.get((self.file, *self.path[:length]))
            if place:
                return Fault(*place, what, mend)
        return Fault(self.file, 1, what, mend)


@dataclass(frozen=True)
class StepPlace:
    """A step, where it stands, and the pathways in which it can be done."""

    step: Step
    spot: Spot
    file: PathwayFile
    pathways: tuple[Pathway, ...]
    is_beside: bool

    def outcomes(self) -> Iterator[tuple[str, Outcome, Spot]]:
        """Each outcome with its place."""
        for name, outcome in self.step.outcomes.items():
            yield name, outcome, self.spot / "outcomes" / name


def main_spot(protocol: Protocol) -> Spot:
    """The top of `protocol.yaml`."""
    return Spot(protocol, f"{_folder(protocol)}/protocol.yaml")


def pathway_spot(protocol: Protocol, file: PathwayFile) -> Spot:
    """The top of a pathway's file."""
    return Spot(protocol, f"{_folder(protocol)}/pathways/{file.id}.yaml")


def form_spot(protocol: Protocol, form: str) -> Spot:
    """The top of a form's file."""
    return Spot(protocol, f"{_folder(protocol)}/forms/{form}.yaml")


def papers_spot(protocol: Protocol) -> Spot:
    """The top of `partner-papers.yaml`."""
    return Spot(protocol, f"{_folder(protocol)}/{PAPERS_FILE}")


def pathway_files(protocol: Protocol) -> list[tuple[PathwayFile, tuple[Pathway, ...]]]:
    """Each pathway's file with the pathways that its steps belong to; what can happen at any moment is in all."""
    everywhere = tuple(protocol.pathways.values())
    written = {(pathway.written or pathway.file).id: pathway.written or pathway.file for pathway in everywhere}
    files = [
        (file, tuple(pathway for pathway in everywhere if (pathway.written or pathway.file) is file))
        for file in written.values()
    ]
    beside = next((pathway.at_any_moment for pathway in everywhere if pathway.at_any_moment), None)
    return [*files, (beside, everywhere)] if beside else [*files]


def step_places(protocol: Protocol) -> Iterator[StepPlace]:
    """Every step of every file, doubled ones too."""
    for file, pathways in pathway_files(protocol):
        top = pathway_spot(protocol, file)
        for number, stage in enumerate(file.stages):
            for position, step in enumerate(stage.steps):
                spot = top / "stages" / number / "steps" / position
                standing_in = tuple(pathway for pathway in pathways if step.id in pathway.steps)
                yield StepPlace(step, spot, file, standing_in, file.id == AT_ANY_MOMENT)


def parts_below(shape: Shape, spot: Spot) -> Iterator[tuple[Shape, Spot]]:
    """The part and every part within it, each with its place."""
    yield shape, spot
    for name in type(shape).model_fields:
        yield from _parts_in(getattr(shape, name), spot / name)


def _parts_in(value: object, spot: Spot) -> Iterator[tuple[Shape, Spot]]:
    if isinstance(value, Shape):
        yield from parts_below(value, spot)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _parts_in(item, spot / str(key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _parts_in(item, spot / position)


def all_parts(protocol: Protocol) -> Iterator[tuple[Shape, Spot]]:
    """Every part of every file of the version."""
    yield from parts_below(protocol.file, main_spot(protocol))
    for file, _ in pathway_files(protocol):
        yield from parts_below(file, pathway_spot(protocol, file))
    for form in protocol.forms.values():
        yield from parts_below(form, form_spot(protocol, form.id))
    papers = papers_of(protocol)
    if papers:
        yield from parts_below(papers, papers_spot(protocol))


def _folder(protocol: Protocol) -> str:
    return protocol.folder.relative_to(protocol.folder.parent.parent).as_posix()
