"""The facets of a step, as an author would name them, each in words: by them what differs is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from handhold.protocol.definition import Condition, Effect, ExceptionRule, Limit, Outcome, Shape, Step
from handhold.protocol.explaining.phrases import all_of, condition, effect, people, plain, quoted, title
from handhold.protocol.pathways import Pathway, Protocol
from handhold.protocol.vocabulary import EXCEPTIONS, KINDS, WORDS

Facets = dict[str, str]
"""What a facet is called -> its words. A facet without words is left out."""

IN_WORDS_OF_THEIR_OWN = frozenset({"id", "outcomes"})


def facets_of_step(protocol: Protocol, pathway: Pathway, step: Step) -> Facets:
    """All that is said about a step, its outcomes apart from it."""
    found = {
        CALLED.get(name, plain(name)): _words(protocol, pathway, name, getattr(step, name))
        for name in type(step).model_fields
        if name not in IN_WORDS_OF_THEIR_OWN
    }
    return {name: words for name, words in found.items() if words}


def facets_of_outcome(protocol: Protocol, pathway: Pathway, outcome: Outcome) -> Facets:
    """All that is said about one outcome."""
    found = {
        CALLED_OF_OUTCOMES.get(name) or CALLED.get(name, plain(name)): _words(
            protocol, pathway, name, getattr(outcome, name)
        )
        for name in type(outcome).model_fields
    }
    return {name: words for name, words in found.items() if words}


CALLED: Mapping[str, str] = {
    "title": "its title",
    "kind": "its kind",
    "who": "who does it",
    "per": "for whom it is done",
    "when": "when it applies",
    "after": "what has to be done before it",
    "within": "its limit",
    "asks": "what keeps its record from counting",
    "repeats": "whether it may be recorded again",
    "exception": "how it can be excepted",
    "not_by_author_of": "whose author may not do it",
    "help": "its help",
    "reading": "how the source is read",
    "clauses": "the clauses that it carries out",
    "form": "the form that it fills in",
    "letter": "the letter that it writes",
    "fills_from": "where its fields are filled in from",
    "only_from": "the variants in which it stands",
    "not_before": "its least time",
    "every": "how often it falls due",
}

CALLED_OF_OUTCOMES: Mapping[str, str] = {
    "called": "what it is called",
    "who": "who may record it",
    "when": "when it is offered",
    "allocates": "which roles can be chosen",
    "forbidden": "why it is forbidden",
    "done": "whether the step is done by it",
    "needs_reason": "whether it needs a reason",
    "effects": "what it brings about",
    "voids": "what is to be done again after it",
}


def _words(protocol: Protocol, pathway: Pathway, name: str, value: Any) -> str:
    """One facet in words; what has no words of its own is told as it is written in the file."""
    if value in (None, [], ""):
        return ""
    say = _SAY.get(name)
    return say(protocol, pathway, value) if say else as_written(value)


def as_written(value: Any) -> str:
    """A value of a file, as an author reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Shape):
        return as_written({name: one for name, one in dict(value).items() if one not in (None, [], "")})
    if isinstance(value, dict):
        return "; ".join(f"{plain(str(key))}: {as_written(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(as_written(one) for one in value)
    return " ".join(str(value).split())


def _titles(pathway: Pathway, names: Iterable[str]) -> str:
    return all_of(title(pathway, name) if name in pathway.steps else plain(name) for name in names)


def _condition(protocol: Protocol, pathway: Pathway, rule: Condition) -> str:
    return f"only when {condition(protocol, pathway, rule)}"


def _limit(protocol: Protocol, pathway: Pathway, rule: Limit) -> str:
    """By the meaning of its setting: a number that was changed is told once, among the settings."""
    setting = protocol.file.settings[rule.setting].means
    start = "the start of the transfer" if rule.of == "start" else _titles(pathway, [rule.of])
    end = f", until {_titles(pathway, [rule.until])} is done" if rule.until else ""
    return f"the number for {quoted(setting)}, counted from {start}{end}"


def _exception(protocol: Protocol, _pathway: Pathway, rule: ExceptionRule) -> str:
    kinds = all_of(EXCEPTIONS[kind] for kind in rule.kinds)
    return f"where {kinds}; {people(protocol, rule.decided_by)} decides"


def _effects(protocol: Protocol, pathway: Pathway, rules: list[Effect]) -> str:
    return all_of(_each_effect(protocol, pathway, rules))


def _each_effect(protocol: Protocol, pathway: Pathway, rules: list[Effect]) -> Iterator[str]:
    for rule in rules:
        yield effect(protocol, pathway, rule)


_SAY: Mapping[str, Callable[[Protocol, Pathway, Any], str]] = {
    "title": lambda _protocol, _pathway, words: quoted(words),
    "called": lambda _protocol, _pathway, words: quoted(words),
    "kind": lambda _protocol, _pathway, kind: KINDS[kind].means,
    "who": lambda protocol, _pathway, who: people(protocol, who),
    "allocates": lambda protocol, _pathway, who: people(protocol, who),
    "per": lambda _protocol, _pathway, per: "each child" if per == "child" else "the whole transfer",
    "when": _condition,
    "after": lambda _protocol, pathway, names: _titles(pathway, names),
    "not_by_author_of": lambda _protocol, pathway, names: _titles(pathway, names),
    "voids": lambda _protocol, pathway, names: _titles(pathway, names),
    "within": _limit,
    "not_before": _limit,
    "every": _limit,
    "asks": lambda _protocol, _pathway, words: all_of(WORDS[word].missing.rstrip(".") for word in words),
    "exception": _exception,
    "effects": _effects,
}
