"""A protocol as it runs: its files joined, checked for shape, and indexed so that decisions are quick.

Only structure: what follows from what is written. What may be done is `deciding`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import get_args

from handhold.protocol.council import ProtocolFile
from handhold.protocol.definition import Begin, Condition, PathwayFile, Relation, Stage, Step, Variant
from handhold.protocol.facts import Child, Facts
from handhold.protocol.papers import Clause, FormFile

Slot = tuple[str, Child | None]
Check = Callable[[Facts, Child | None], bool]
ANY_MOMENT = "At any moment"
"""What stands before the title of a stage that can come at any moment, wherever a pathway is written out or drawn."""


@dataclass(frozen=True, eq=False)
class Pathway:
    """One pathway with what can happen at any moment added as its last stages. Compared and hashed by identity."""

    file: PathwayFile
    at_any_moment: PathwayFile | None
    outside_council: frozenset[str] = frozenset()
    """Roles of other agencies, who may stay silent for ever."""
    written: PathwayFile | None = None
    """The file as it was written, where this is one of its variants."""
    settings: Mapping[str, int] = field(default_factory=dict)
    """The council's numbers and choices, which its conditions may read."""
    stages: tuple[Stage, ...] = field(init=False)
    steps: dict[str, Step] = field(init=False)
    beside: frozenset[str] = field(init=False)
    checks: dict[tuple[int, int], tuple[Condition, Check]] = field(init=False, default_factory=dict)
    """Its conditions as functions, made by `conditions` when first asked: (identity, children) -> (itself, check)."""

    def __post_init__(self) -> None:
        added = _standing_in(self.at_any_moment, self.file.direction) if self.at_any_moment else []
        object.__setattr__(self, "stages", (*self.file.stages, *added))
        object.__setattr__(self, "steps", {step.id: step for stage in self.stages for step in stage.steps})
        object.__setattr__(self, "beside", frozenset(step.id for stage in added for step in stage.steps))

    @property
    def id(self) -> str:
        return self.file.id

    @property
    def origin(self) -> str:
        """The kind of involvement from which a run of this pathway comes."""
        begins = self.file.begins
        if begins is None or not (begins.opens or begins.from_involvement):
            raise ValueError(f"pathway {self.id} cannot be begun by itself")
        return str(begins.opens or begins.from_involvement)

    def number(self, written: int | str) -> int:
        """A number that a condition asks for: as it is written, or as the setting that is named holds it."""
        return written if isinstance(written, int) else self.settings[written]

    @property
    def opens_its_origin(self) -> bool:
        """Whether the beginning of a run opens the involvement from which it comes."""
        return self.file.begins is not None and self.file.begins.opens is not None

    @cache  # noqa: B019 - a pathway lives as long as the process that loaded it
    def slots(self, children: int) -> dict[Slot, int]:
        """Where each step (of each child) stands in `Facts.steps`, for a run with so many children."""
        pairs: list[Slot] = []
        for step in self.steps.values():
            pairs += [(step.id, None)] if step.per == "run" else [(step.id, child) for child in range(children)]
        return {pair: position for position, pair in enumerate(pairs)}

    @cache  # noqa: B019 - as above
    def own_steps(self, children: int) -> tuple[tuple[Step, Child | None], ...]:
        """Each step of the pathway itself (for each child), without what can happen at any moment."""
        return tuple((self.steps[name], child) for name, child in self.slots(children) if name not in self.beside)

    @cache  # noqa: B019 - as above
    def slots_of(self, step: str, children: int) -> tuple[Slot, ...]:
        """All slots of one step."""
        return tuple(slot for slot in self.slots(children) if slot[0] == step)

    @cached_property
    def headed_stages(self) -> tuple[tuple[str, Stage], ...]:
        """Each stage under its heading for people: its own by number, the rest by `ANY_MOMENT`."""
        own = len(self.file.stages)
        return tuple(
            (f"{place + 1}. {stage.title}" if place < own else f"{ANY_MOMENT}: {stage.title}", stage)
            for place, stage in enumerate(self.stages)
        )

    def concern_steps(self) -> tuple[str, str]:
        """The step that reports a safeguarding concern, and the one that decides it."""
        reported = next(step.id for step in self.steps.values() if step.kind == "concern")
        decided = next(step.id for step in self.steps.values() if step.when and step.when.matter == "concern-undecided")
        return reported, decided

    @cached_property
    def offices(self) -> frozenset[str]:
        """The roles that its effects make accountable by office, and no person of the run."""
        effects = (effect for step in self.steps.values() for one in step.outcomes.values() for effect in one.effects)
        return frozenset(effect.to for effect in effects if effect.to) - frozenset(get_args(Relation))

    @cache  # noqa: B019 - as above
    def steps_not_before(self, started_by: str) -> frozenset[str]:
        """The steps whose least time runs from the record of this one."""
        return frozenset(one.id for one in self.steps.values() if one.not_before and one.not_before.of == started_by)

    @cache  # noqa: B019 - as above
    def steps_limited_by(self, started_by: str) -> tuple[str, ...]:
        """The steps whose own limit runs from the record of this one."""
        return tuple(step.id for step in self.steps.values() if step.within and step.within.of == started_by)


def _standing_in(file: PathwayFile, direction: str) -> list[Stage]:
    """The stages of what can happen at any moment, with the steps that pathways of this direction have."""
    kept = [
        stage.model_copy(update={"steps": [s for s in stage.steps if s.only_in is None or direction in s.only_in]})
        for stage in file.stages
    ]
    return [stage for stage in kept if stage.steps]


def variants_of(file: PathwayFile) -> list[PathwayFile]:
    """The pathways that a file is for: itself, or one for each variant, with the steps that stand in it."""
    if not file.variants or file.begins is None:
        return [file]
    return [_variant(file, file.begins, variant) for variant in file.variants]


def _variant(file: PathwayFile, begins: Begin, variant: Variant) -> PathwayFile:
    kept = {step.id for step in file.steps() if step.only_from is None or variant.from_involvement in step.only_from}
    stages = [
        stage.model_copy(update={"steps": [_within(step, kept) for step in stage.steps if step.id in kept]})
        for stage in file.stages
    ]
    return file.model_copy(
        update={
            "id": variant.id,
            "title": variant.title,
            "begins": begins.model_copy(update={"from_involvement": variant.from_involvement}),
            "stages": [stage for stage in stages if stage.steps],
        }
    )


def _within(step: Step, kept: set[str]) -> Step:
    """The step, waiting only for steps that stand in the same variant."""
    return step.model_copy(update={"after": [name for name in step.after if name in kept]})


@dataclass(frozen=True, eq=False)
class Protocol:
    """A council's procedure in one version: its folder's content, named by folder and digest."""

    file: ProtocolFile
    folder: Path
    digest: str
    clauses: dict[str, Clause]
    council_clauses: tuple[str, ...]
    pathways: dict[str, Pathway]
    forms: dict[str, FormFile]
    places: dict[tuple[str, ...], tuple[str, int]]
    """(file, path of keys...) -> file and line, for faults found later."""

    @property
    def id(self) -> str:
        return self.file.authority

    @property
    def version(self) -> str:
        """The name of the version's folder: the date from which it is in force."""
        return self.folder.name
