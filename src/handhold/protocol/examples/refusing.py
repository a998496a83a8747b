"""The engine's answers in words: what an example says of a refusal, and what a failed example says was answered."""

from __future__ import annotations

from typing import cast

from handhold.protocol.deciding import Allowed, Decision, NeedsReason, Problem, Reason
from handhold.protocol.definition import ExceptionKind, Matter, Word
from handhold.protocol.examples.phrases import EXCEPTIONS, MATTERS, WORDS
from handhold.protocol.pathways import Pathway, Protocol

PROBLEMS: dict[Problem, str] = {
    "run-over": "{step}: the transfer is over",
    "does-not-apply": "{step} does not apply here",
    "not-offered": "{step}: '{what}' is not offered",
    "already-done": "{step} is done already",
    "not-yours": "{step} is not theirs to do",
    "own-work": "{step}: nobody approves their own work, here '{what}'",
    "step-missing": "{step} is missing",
    "word-missing": "{step} lacks {what}",
    "matter-open": "{step} has to wait for {what}",
    "no-consent": "{step}: there is no live consent",
    "no-receiver": "{step}: nobody has agreed to lead",
    "no-exception": "{step} can not be excepted as {what}",
    "exception-not-asked": "{step}: nobody has asked for an exception",
}
"""How each kind of problem is said. `step` is the title with the child's name, `what` what the problem is about."""


def words_of_answer(pathway: Pathway, protocol: Protocol, children: tuple[str, ...], answer: Decision) -> str:
    """The whole answer: each reason a sentence, with its clauses."""
    match answer:
        case Allowed():
            return "It went through."
        case NeedsReason(step, who):
            return f'A reason is asked for "{pathway.steps[step].title}" ({_people(protocol, who)}).'
        case _:
            return " ".join(words_of_reason(pathway, protocol, children, reason) for reason in answer.reasons)


def words_of_reason(pathway: Pathway, protocol: Protocol, children: tuple[str, ...], reason: Reason) -> str:
    """One reason: what is missing or wrong, who can put it right, under which clauses."""
    whose = f" for {children[reason.child]}" if reason.child is not None else ""
    step = f'"{pathway.steps[reason.step].title}"{whose}'
    who = f", which is for {_people(protocol, reason.who)}" if reason.who else ""
    what = PROBLEMS[reason.problem].format(step=step, what=_what(pathway, reason))
    return f"{what}{who} ({', '.join(reason.clauses)})."


def _what(pathway: Pathway, reason: Reason) -> str:
    """What a problem is about, in the words of examples."""
    match reason.problem:
        case "word-missing":
            return WORDS[cast("Word", reason.what)]
        case "matter-open":
            return MATTERS[cast("Matter", reason.what)]
        case "no-exception":
            return EXCEPTIONS[cast("ExceptionKind", reason.what)]
        case "own-work":
            return pathway.steps[reason.what].title
        case _:
            return reason.what


def _people(protocol: Protocol, who: tuple[str, ...]) -> str:
    called: dict[str, str] = {name: role.called for name, role in protocol.file.roles.items()}
    called.update({str(name): words for name, words in protocol.file.relations.items()})
    return " or ".join(called.get(one, one) for one in who)
