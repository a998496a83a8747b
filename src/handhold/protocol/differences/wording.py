"""How a difference is said: what is new, what is gone, what was so and is now otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handhold.protocol.differences.facets import Facets
from handhold.protocol.explaining.phrases import quoted


@dataclass(frozen=True)
class Section:
    """One part of a procedure, and the sentences about it."""

    title: str
    sentences: tuple[str, ...]


def added(sort: str, called: str, more: str = "") -> str:
    """That something is new."""
    return f"The {sort} {quoted(called)} is new{f' ({more})' if more else ''}."


def removed(sort: str, called: str) -> str:
    """That something is gone."""
    return f"The {sort} {quoted(called)} is gone."


def changed(subject: str, what: str, before: str, after: str) -> str:
    """That something was so and is now otherwise."""
    if not before:
        return _ended(f"{subject}: {what} is new. It is {after}")
    if not after:
        return _ended(f"{subject}: {what} is gone. It was {before}")
    return _ended(f"{subject}: {what} was {before.rstrip('.')}; it is now {after}")


def facets_told(subject: str, before: Facets, after: Facets) -> Iterator[str]:
    """A sentence for every facet in which the two differ."""
    for name in dict.fromkeys((*before, *after)):
        if before.get(name, "") != after.get(name, ""):
            yield changed(subject, name, before.get(name, ""), after.get(name, ""))


def _ended(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."
