"""A pathway as a page of sentences: each step, who does it, when, after what, within what time, and what follows."""

from __future__ import annotations

from collections.abc import Iterator

from handhold.protocol.definition import Begin, Outcome, PathwayFile, Step
from handhold.protocol.explaining.phrases import (
    again,
    all_of,
    condition,
    effect,
    involvement,
    least_time,
    length,
    limit,
    one_of,
    people,
    quoted,
    sentence,
    title,
)
from handhold.protocol.pathways import Pathway, Protocol
from handhold.protocol.vocabulary import EXCEPTIONS, KINDS, WORDS


def explain_pathway(protocol: Protocol, pathway: Pathway) -> str:
    """The pathway in sentences, as Markdown."""
    lines = [*_opening(protocol, pathway)]
    for heading, stage in pathway.headed_stages:
        lines += ["", f"## {heading}"]
        for step in stage.steps:
            lines += ["", f"### {step.title}", ""]
            lines += _about_step(protocol, pathway, step)
    return "\n".join(lines) + "\n"


def _opening(protocol: Protocol, pathway: Pathway) -> Iterator[str]:
    file = pathway.file
    yield f"# {file.title}"
    yield ""
    yield f"{protocol.file.council}: {protocol.file.title} ({protocol.file.source.status}, version {protocol.version})."
    yield ""
    yield sentence(" ".join(file.summary.split()))
    if file.begins:
        yield ""
        yield sentence(_beginning(protocol, pathway, file.begins)) + _clauses(file.begins.clauses)
    for destination in file.destinations.values():
        yield f"- It can lead to {destination.called}.{_clauses(destination.clauses)}"
    yield from _limit_of_all(protocol, pathway, file)


def _beginning(protocol: Protocol, pathway: Pathway, begins: Begin) -> str:
    origin = quoted(involvement(protocol, pathway, "origin"))
    who = f"is begun by {people(protocol, begins.who)}" if begins.who else "begins from another pathway"
    due = ""
    if begins.falls_due:
        ahead = length(protocol, begins.falls_due.ahead)
        due = f"; it falls due {ahead} before the young person turns {begins.falls_due.age}"
    return f"It {'opens' if begins.opens else 'comes from'} {origin} and {who}{due}"


def _limit_of_all(protocol: Protocol, pathway: Pathway, file: PathwayFile) -> Iterator[str]:
    if file.limit:
        yield ""
        yield sentence(f"it is done {limit(protocol, pathway, file.limit)}") + _clauses(file.clauses)
    if file.limit_goes_to:
        yield f"When a limit passes, {people(protocol, file.limit_goes_to)} is told."


def _about_step(protocol: Protocol, pathway: Pathway, step: Step) -> Iterator[str]:
    each = ", for each child" if step.per == "child" else ""
    who = people(protocol, step.who)
    yield sentence(f"{who} does this{each} ({KINDS[step.kind].means})") + _clauses(step.clauses)
    yield from _when_and_after(protocol, pathway, step)
    if step.not_by_author_of:
        authored = one_of(title(pathway, name) for name in step.not_by_author_of)
        yield f"- Never by the same person who recorded {authored}."
    for word in step.asks:
        yield f"- It does not count while this is so: {WORDS[word].missing}"
    if step.optional:
        yield "- It may be done and need not."
    if step.repeats:
        yield "- It may be recorded again."
    for outcome in step.outcomes.values():
        yield from _about_outcome(protocol, pathway, outcome)
    yield from _exception(protocol, step)
    if step.help:
        yield f"- Help: {_one_line(step.help)}"
    if step.reading:
        yield f"- How the source is read: {_one_line(step.reading)}"


def _when_and_after(protocol: Protocol, pathway: Pathway, step: Step) -> Iterator[str]:
    if step.when:
        yield f"- Only when {condition(protocol, pathway, step.when)}."
    if step.after:
        yield f"- After {all_of(title(pathway, name) for name in step.after)}."
    if step.within:
        yield f"- {sentence(limit(protocol, pathway, step.within))}"
    if step.not_before:
        yield f"- {sentence(least_time(protocol, pathway, step.not_before))}"
    if step.every:
        yield f"- {sentence(again(protocol, pathway, step.every))}"


def _about_outcome(protocol: Protocol, pathway: Pathway, outcome: Outcome) -> Iterator[str]:
    if outcome.forbidden:
        yield f"- It must not come out as {quoted(outcome.called)}: {_one_line(outcome.forbidden).rstrip('.')}."
        return
    yield f"- It can come out as {quoted(outcome.called)}{_conditions_of_outcome(protocol, pathway, outcome)}."
    if outcome.allocates:
        roles = one_of(protocol.file.roles[role].called for role in outcome.allocates)
        yield f"    - Whoever is chosen has the role of {roles}."
    for word in outcome.asks:
        yield f"    - It does not count while this is so: {WORDS[word].missing}"
    if outcome.effects:
        yield f"    - Then {all_of(effect(protocol, pathway, one) for one in outcome.effects)}."
    voided = [name for name in outcome.voids if name in pathway.steps]
    if voided:
        yield f"    - To be done again: {all_of(title(pathway, name) for name in voided)}."


def _conditions_of_outcome(protocol: Protocol, pathway: Pathway, outcome: Outcome) -> str:
    parts = []
    if outcome.when:
        parts.append(f"when {condition(protocol, pathway, outcome.when)}")
    if outcome.who:
        parts.append(f"recorded by {people(protocol, outcome.who)}")
    if outcome.no_choice:
        parts.append("which nobody chooses, so that no gate stands before it")
    if outcome.by_itself:
        parts.append("which comes about by itself")
    if outcome.needs_reason:
        parts.append("with a reason")
    if not outcome.done:
        parts.append("and the step is still to be done")
    return f" ({', '.join(parts)})" if parts else ""


def _exception(protocol: Protocol, step: Step) -> Iterator[str]:
    if step.exception is None:
        yield "- No exception can be made."
        return
    kinds = one_of(EXCEPTIONS[kind] for kind in step.exception.kinds)
    yield f"- It can be excepted where {kinds}; {people(protocol, step.exception.decided_by)} decides, never who asks."


def _clauses(clauses: list[str]) -> str:
    return f" ({', '.join(clauses)})" if clauses else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
