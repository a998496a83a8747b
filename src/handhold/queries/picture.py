"""The picture of a transfer's pathway with how each of its steps stands now, and the same in words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from handhold.access.transfers import Opened
from handhold.protocol.drawing import HERE, LOOK_OF_HERE, Mark, draw_pathway
from handhold.protocol.standing import Standing, State, find_standings
from handhold.queries.naming import first_name, listed

STATES: dict[State, str] = {
    "done": "Done",
    "excepted": "Excepted",
    "exception-asked": "An exception was asked for",
    "ready": "To do now",
    "held-back": "Cannot start yet",
    "does-not-apply": "Not asked as things stand",
}
LOOKS: dict[State, str] = {
    "done": 'fillcolor="#cce2d8"',
    "excepted": 'fillcolor="#cce2d8"',
    "exception-asked": LOOK_OF_HERE,
    "ready": LOOK_OF_HERE,
    "held-back": 'fillcolor="#ffffff"',
    "does-not-apply": 'style="rounded,dashed"',
}


@dataclass(frozen=True, slots=True)
class StepInPicture:
    """A step and how it stands, as it is read out."""

    title: str
    state: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class PicturePage:
    """The picture of one transfer."""

    ref: str
    family: str
    pathway: str
    svg: str
    stages: tuple[tuple[str, tuple[StepInPicture, ...]], ...]


def find_picture(opened: Opened) -> PicturePage:
    """The pathway drawn, with `you are here` at what can be done now. What a concern is about stands in no picture."""
    case = opened.case
    hidden = case.pathway.concern_steps()
    by_step: dict[str, list[Standing]] = defaultdict(list)
    for standing in find_standings(case.pathway, case.observed.facts):
        if standing.step.id not in hidden and not standing.is_beside:
            by_step[standing.step.id].append(standing)
    names = [first_name(held.person) for held in case.children]
    marks = {step: _mark(standings, names) for step, standings in by_step.items()}
    picture = draw_pathway(case.protocol, case.pathway, marks=marks)
    return PicturePage(
        ref=case.run.ref,
        family=f"{case.run.family.name} family",
        pathway=case.pathway.file.title,
        svg=picture.svg,
        stages=tuple(
            (stage.title, tuple(_line(step.title, by_step[step.id], names) for step in stage.steps))
            for stage in case.pathway.file.stages
        ),
    )


def _line(title: str, standings: list[Standing], names: list[str]) -> StepInPicture:
    return StepInPicture(title, _words(standings, names), _is_here(standings))


def _mark(standings: list[Standing], names: list[str]) -> Mark:
    words = _words(standings, names)
    state: State = "ready" if _is_here(standings) else standings[0].state
    return Mark(f"{HERE}: {words}" if _is_here(standings) else words, LOOKS[state])


def _is_here(standings: list[Standing]) -> bool:
    return any(one.state in ("ready", "exception-asked") for one in standings)


def _words(standings: list[Standing], names: list[str]) -> str:
    """How the step stands; for each child, where it does not stand alike for all."""
    states = list(dict.fromkeys(one.state for one in standings))
    if len(states) == 1:
        return STATES[states[0]]
    parts = []
    for state in states:
        whose = listed(names[one.child] for one in standings if one.state == state and one.child is not None)
        parts.append(f"{STATES[state]}: {whose}")
    return "; ".join(parts)
