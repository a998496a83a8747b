"""A refusal in plain words: what is missing, which clause says so, who can supply it, and whether it can be excepted.

Nobody is blamed: what is missing is said, not who left it out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from handhold.protocol.deciding import ASKED, NeedsReason, Problem, Reason
from handhold.protocol.definition import ExceptionKind, Matter, Step, Word
from handhold.protocol.explaining.phrases import condition, least_time, one_of, people, person, plain, quoted, sentence
from handhold.protocol.pathways import Pathway, Protocol
from handhold.protocol.vocabulary import EXCEPTIONS, MATTERS, WORDS

LAW = "LAW"
Origin = Literal["council", "law", "house"]


@dataclass(frozen=True)
class Names:
    """Who is meant in one run: the children in its order, and people by their relation to it. Either may be empty."""

    children: tuple[str, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)


NOBODY_NAMED = Names()


@dataclass(frozen=True)
class Cited:
    """A clause beside a refusal: its own words, and who says so."""

    id: str
    section: str
    quotation: str
    origin: Origin
    origin_called: str


@dataclass(frozen=True)
class RefusalWords:
    """One reason of a refusal, ready for a page."""

    what_is_missing: str
    who_can_supply: str
    exception_hint: str
    clauses: tuple[Cited, ...]

    @property
    def clause(self) -> str:
        """The id of the first clause that says so."""
        return self.clauses[0].id if self.clauses else ""

    @property
    def quotation(self) -> str:
        """The words of that clause."""
        return self.clauses[0].quotation if self.clauses else ""

    @property
    def origin(self) -> str:
        """Who says so, as a reader knows them: the council, the law, or this house."""
        return self.clauses[0].origin_called if self.clauses else ""


def sentence_of(protocol: Protocol, pathway: Pathway, reason: Reason, names: Names = NOBODY_NAMED) -> RefusalWords:
    """The words of one reason. `names` puts people's own names in the place of their relation to the run."""
    said = _Said(protocol, pathway, reason, names)
    return RefusalWords(
        what_is_missing=sentence(WHAT_IS_MISSING[reason.problem](said)),
        who_can_supply=said.who(),
        exception_hint=_exception_hint(said),
        clauses=tuple(cited(protocol, clause) for clause in reason.clauses),
    )


def sentence_of_needed_reason(pathway: Pathway, answer: NeedsReason) -> str:
    """What a page asks where an act may be done once a reason is written."""
    step = quoted(pathway.steps[answer.step].title)
    return f"Write down why: {step} is kept with its reason, for whoever reads it later."


def cited(protocol: Protocol, clause: str) -> Cited:
    """A clause with its words and its origin. Raises KeyError for a clause that does not exist."""
    found = protocol.clauses[clause]
    if clause in protocol.council_clauses:
        return Cited(clause, found.section, found.quotation, "council", plain(protocol.file.authority).title())
    if clause.startswith(LAW):
        return Cited(clause, found.section, found.quotation, "law", "Law")
    return Cited(clause, found.section, found.quotation, "house", "House rule")


@dataclass(frozen=True)
class _Said:
    """What the sentences about one reason are made from."""

    protocol: Protocol
    pathway: Pathway
    reason: Reason
    names: Names

    @property
    def step(self) -> Step:
        return self.pathway.steps[self.reason.step]

    @property
    def title(self) -> str:
        return quoted(self.step.title)

    @property
    def whose(self) -> str:
        """For which child, where the step is for each child."""
        child = self.reason.child
        if child is None:
            return ""
        return f" for {self.names.children[child] if child < len(self.names.children) else f'child {child + 1}'}"

    def who(self) -> str:
        """Who can supply it: by name where the run knows who stands in that relation, else by role."""
        codes = self.reason.who or self._who_settles()
        called = dict.fromkeys(self.names.people.get(code) or person(self.protocol, code) for code in codes)
        return one_of(called) if called else ""

    def _who_settles(self) -> tuple[str, ...]:
        """Who decides on an open matter, where the protocol has a step for it."""
        steps = self.pathway.steps.values()
        settling = (step for step in steps if step.when and step.when.matter == self.reason.what)
        return tuple(next(settling).who) if self._is_settled_here() else ()

    def _is_settled_here(self) -> bool:
        steps = self.pathway.steps.values()
        return self.reason.problem == "matter-open" and any(
            step.when and step.when.matter == self.reason.what for step in steps
        )


def _not_offered(said: _Said) -> str:
    chosen = f"{quoted(said.reason.what)} cannot be chosen as things stand now"
    rules = (one.when for one in said.step.outcomes.values() if one.called == said.reason.what and one.when)
    only = next((condition(said.protocol, said.pathway, rule) for rule in rules), "")
    return f"{chosen}, but only when {only}" if only else chosen


def _already_done(said: _Said) -> str:
    if said.reason.what == ASKED:
        return f"an exception to {said.title} has been asked for already{said.whose}, and waits for its decision"
    return f"{said.title} is done already{said.whose}, and the record of it stands"


def _own_work(said: _Said) -> str:
    done = quoted(said.pathway.steps[said.reason.what].title)
    return f"you recorded {done} yourself, and nobody approves their own work: somebody else has to do this"


def _no_consent(said: _Said) -> str:
    if said.reason.what == "none":
        return "the family has not given consent to early help yet"
    return "there is no live consent to early help: it was refused or withdrawn, or the parents disagree"


def _no_receiver(said: _Said) -> str:
    if said.reason.what == "asked":
        return "the practitioner who was asked to take over has not accepted yet"
    return "nobody has accepted to take over yet"


def _no_exception(said: _Said) -> str:
    if said.step.exception is None:
        return f"no exception can be made from {said.title}"
    kinds = one_of(EXCEPTIONS[kind] for kind in said.step.exception.kinds)
    asked = EXCEPTIONS[cast("ExceptionKind", said.reason.what)]
    return f"{said.title} can be excepted where {kinds}, not where {asked}"


def _too_early(said: _Said) -> str:
    rule = said.step.not_before
    least = f": it is done {least_time(said.protocol, said.pathway, rule)}" if rule else ""
    return f"it is too early for {said.title}{said.whose}{least}"


WHAT_IS_MISSING: dict[Problem, Callable[[_Said], str]] = {
    "run-over": lambda said: f"this transfer is over ({plain(said.reason.what)}), so nothing more is recorded in it",
    "does-not-apply": lambda said: f"{said.title} does not apply{said.whose} as things stand now",
    "not-offered": _not_offered,
    "already-done": _already_done,
    "not-yours": lambda said: f"{said.title} is for {people(said.protocol, said.reason.who)} to do",
    "own-work": _own_work,
    "step-missing": lambda said: f"{said.title} is not done yet{said.whose}",
    "word-missing": lambda said: f"{said.title}{said.whose}: {WORDS[cast('Word', said.reason.what)].missing}",
    "matter-open": lambda said: MATTERS[cast("Matter", said.reason.what)],
    "no-consent": _no_consent,
    "no-receiver": _no_receiver,
    "too-early": _too_early,
    "no-exception": _no_exception,
    "forbidden-choice": lambda said: said.reason.what.rstrip("."),
    "rests-on-it": lambda said: f"the record of {said.title}{said.whose} rests on it, and is corrected first",
    "exception-not-asked": lambda said: f"nobody has asked that {said.title} be excepted{said.whose}",
}
"""For each kind of problem what is missing, as a sentence without capital and full stop."""

HARD_GATES: frozenset[Problem] = frozenset({"matter-open", "no-consent", "no-receiver", "own-work"})


def _exception_hint(said: _Said) -> str:
    """Whether the gate can be excepted, why and by whom; nothing where a gate is not what stands in the way."""
    rule = said.step.exception
    if said.reason.problem in HARD_GATES or (said.reason.problem == "step-missing" and rule is None):
        return "No exception can be made."
    if said.reason.problem != "step-missing" or rule is None:
        return ""
    kinds = one_of(EXCEPTIONS[kind] for kind in rule.kinds)
    return f"Where {kinds}, you can ask for an exception; {people(said.protocol, rule.decided_by)} decides."
