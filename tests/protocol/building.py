"""Pathways written in Python, for tests that need one of their own: a step is its dictionary, as in a file."""

from __future__ import annotations

from typing import Any

from handhold.protocol.definition import PathwayFile
from handhold.protocol.pathways import Pathway

Described = dict[str, Any]

SETTINGS = {"yes": 1, "no": 0, "twice": 2}
"""What their conditions can read of the council's settings."""

USUAL_DESTINATIONS = {
    "help": {"called": "early help", "early_help": True, "clauses": ["S1"]},
    "nothing": {"called": "no further help", "early_help": False, "clauses": ["S1"]},
}


def step(name: str, outcomes: Described | None = None, **more: Any) -> Described:
    """A step that the responsible worker does, with one outcome `done` where no others are given."""
    described = {name: {"called": name, **outcome} for name, outcome in (outcomes or {"done": {}}).items()}
    usual = {"title": name, "kind": "event", "who": ["responsible-worker"], "clauses": ["S1"]}
    return {"id": name, **usual, "outcomes": described, **more}


def closure(*after: str, effects: list[Described] | None = None, **more: Any) -> Described:
    """The closure of each child: nothing follows, unless effects say otherwise."""
    usual = [{"close": "origin"}, {"end_child": "universal-services"}]
    outcomes = {"closed": {"effects": usual if effects is None else effects}}
    return step("closed", outcomes, kind="closure", per="child", after=list(after), **more)


def pathway(*steps: Described, beside: tuple[Described, ...] = ()) -> Pathway:
    """A pathway of these steps in one stage, and of what can happen at any moment."""
    begins = {"from_involvement": "assessment", "who": ["responsible-worker"], "clauses": ["S1"]}
    head = {"id": "tried", "title": "Tried", "summary": "Tried.", "clauses": ["S1"]}
    file = {**head, "direction": "down", "begins": begins, "destinations": USUAL_DESTINATIONS}
    own = PathwayFile.model_validate({**file, "stages": [{"title": "All", "steps": list(steps)}]})
    return Pathway(own, _beside(beside) if beside else None, frozenset({"partner"}), settings=SETTINGS)


def _beside(steps: tuple[Described, ...]) -> PathwayFile:
    head = {"id": "at-any-moment", "title": "At any moment", "summary": "At any moment.", "direction": "beside"}
    return PathwayFile.model_validate({**head, "stages": [{"title": "At any moment", "steps": list(steps)}]})


def concern_steps() -> tuple[Described, ...]:
    """Reporting a concern, and deciding on it."""
    reported = {"reported": {"effects": [{"open_matter": "concern-undecided"}]}}
    decided = {"decided": {"effects": [{"settle_matter": "concern-undecided"}]}}
    return (
        step("concern-reported", reported, kind="concern", who=["anybody"], repeats=True),
        step("concern-decided", decided, who=["duty-manager"], when={"matter": "concern-undecided"}, repeats=True),
    )


HELP_BEGINS = [
    {"open": "early-help", "to": "receiver"},
    {"close": "origin"},
    {"main_contact": "early-help"},
    {"end_child": "early-help"},
]
"""What a closure brings about where somebody else takes over."""
