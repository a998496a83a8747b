"""The closed vocabulary of examples: how a sentence is written down once, as template, and recognised.

A template is plain text with `{name}` where something is filled in (`{name:kind}` where name and kind differ,
`{name:a|b}` where one of several words stands) and `[...]` around what may be left out. What stands between quotation
marks is a phrase of the protocol. Every sentence of the vocabulary stands in the guide; a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from handhold.protocol.examples.faults import ExampleNotUnderstood
from handhold.protocol.examples.world import World

Said = Mapping[str, str]
"""What an example fills into a sentence, by name; empty where it was left out."""

NAME = r"[A-Z][\w'’-]*"
AGE = r"\((?:\d+|unborn)\)"
PERSON = rf"{NAME}(?: {NAME})*"
DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d{1,2} [A-Z][a-z]+ \d{4}"
KINDS = {
    "article": r"a|an|the|of",
    "person": PERSON,
    "children": rf"{NAME}(?:, {NAME})*(?: and {NAME})?",
    "ages": rf"{NAME} {AGE}(?:, {NAME} {AGE})*(?: and {NAME} {AGE})?",
    "date": DAY,
    "time": r"\d\d:\d\d",
    "clause": r"[A-Z]+\d+",
    "clauses": r"[A-Z]+\d+(?:, [A-Z]+\d+)*(?: and [A-Z]+\d+)?",
    "role": r"[a-zA-Z][^\"]*",
    "words": r"[a-z0-9][^\",]*",
    "quoted": r"\"[^\"]+\"(?:, \"[^\"]+\")*(?: and \"[^\"]+\")?",
}
"""What can be filled in. `quoted` is one or several phrases, each between quotation marks."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of the vocabulary: how it is written, what it means, what it does."""

    template: str
    means: str
    pattern: re.Pattern[str]
    speak: Callable[[World, Said], None]

    @property
    def shown(self) -> str:
        """The template for readers: `<person>` to fill in, `(is / is not)` to choose from, `[...]` to leave out."""
        return re.sub(r"\{([^:}]+):?([^}]*)\}", _shown, self.template)


VOCABULARY: list[Sentence] = []
"""Every sentence, in the order in which the modules of sentences name them."""


def sentence(template: str) -> Callable[[Callable[[World, Said], None]], Callable[[World, Said], None]]:
    """Adds a sentence to the vocabulary; the function's docstring says what it means."""

    def added(speak: Callable[[World, Said], None]) -> Callable[[World, Said], None]:
        means = " ".join((speak.__doc__ or "").split())
        VOCABULARY.append(Sentence(template, means, _compiled(template), speak))
        return speak

    return added


def find_sentence(text: str) -> tuple[Sentence, Said]:
    """The sentence that a line of an example is, with what it fills in. Raises ExampleNotUnderstood."""
    found = [(one, match) for one in VOCABULARY if (match := one.pattern.fullmatch(text))]
    if len(found) == 1:
        known, match = found[0]
        return known, match.groupdict(default="")
    if found:
        raise ExampleNotUnderstood(f"This can be read in several ways: {'; '.join(one.shown for one, _ in found)}.")
    near = get_close_matches(text, [one.shown for one in VOCABULARY], n=3, cutoff=0.3)
    mend = f"Near to it: {'; '.join(near)}." if near else "The guide lists every sentence."
    raise ExampleNotUnderstood(f"No sentence of the vocabulary is like this. {mend}")


def phrases_in(quoted: str) -> list[str]:
    """The phrases between the quotation marks."""
    return re.findall(r'"([^"]+)"', quoted)


def names_in(listed: str) -> list[str]:
    """The names, or clauses, of `Ada, Bo and Cy`."""
    return [name for name in re.split(r", | and ", listed) if name]


def _shown(field: re.Match[str]) -> str:
    name, kind = field[1], field[2]
    if "|" in kind:
        return f"({kind.replace('|', ' / ')})"
    return f'"<{name}>"' if kind == "quoted" else f"<{name}>"


def _compiled(template: str) -> re.Pattern[str]:
    parts = re.split(r"(\{[^}]+\}|\[|\])", template)
    return re.compile("".join(_part(part) for part in parts))


def _part(part: str) -> str:
    if part in ("[", "]"):
        return "(?:" if part == "[" else ")?"
    if not part.startswith("{"):
        return re.escape(part)
    name, _, kind = part[1:-1].partition(":")
    if "|" in kind:
        return f"(?P<{name}>{'|'.join(re.escape(word) for word in kind.split('|'))})"
    return f"(?P<{name}>{KINDS[kind or name]})"
