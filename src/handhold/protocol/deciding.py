"""May this be done? `decide` answers Allowed, NeedsReason or Refused, with everything that is missing at once.

Everything that a button, a server check, the explorer or a test asks goes through here. A reason names the rule and
where it comes from (a clause of the council, of law, or of the house); the words for people are made in `explaining`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from handhold.protocol import effects as e
from handhold.protocol.applying import apply
from handhold.protocol.conditions import applies, fact_of, holds, is_done, is_settled, unsettled
from handhold.protocol.definition import Outcome, Step
from handhold.protocol.facts import Act, Child, Facts
from handhold.protocol.pathways import Pathway
from handhold.protocol.vocabulary import WORDS

Problem = Literal[
    "run-over",
    "does-not-apply",
    "not-offered",
    "already-done",
    "not-yours",
    "own-work",
    "step-missing",
    "word-missing",
    "matter-open",
    "no-consent",
    "no-receiver",
    "too-early",
    "no-exception",
    "forbidden-choice",
    "exception-not-asked",
    "rests-on-it",
]


class Reason(NamedTuple):
    """Why something is refused: the problem, about which step, child or word, who can help, by which clauses."""

    problem: Problem
    step: str
    child: Child | None = None
    what: str = ""
    who: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


class Allowed(NamedTuple):
    """It may be done, and these are its effects."""

    effects: tuple[e.Effect, ...]


class NeedsReason(NamedTuple):
    """It may be done once a reason is written, by the person who does it."""

    step: str
    who: tuple[str, ...]


class Refused(NamedTuple):
    """It may not be done; every reason, in the order in which the protocol names the steps."""

    reasons: tuple[Reason, ...]


Decision = Allowed | NeedsReason | Refused

MATTER_CLAUSES: dict[str, tuple[str, ...]] = {
    "concern-undecided": ("H3",),
    "strategy-discussion-open": ("H4", "LAW2"),
    "section-47-open": ("H4", "LAW2"),
    "assessment-unfinished": ("H4",),
    "protection-plan": ("H5", "LAW3"),
}
"""The hard gates of every closure: what may not be open about the household, and the rule that says so."""

EARLY_HELP = ("early-help", "single-agency")
SOCIAL_WORK = ("care", "child-protection", "child-in-need", "assessment")
ANYBODY = "anybody"
COMPLETED = "completed"
ASKED = "asked"
"""What is done already where an exception waits for its decision: a second question would be nobody's answer."""


def decide(pathway: Pathway, facts: Facts, act: Act, *, without: Problem | None = None) -> Decision:
    """Whether the act may be done on a run with these facts. Raises KeyError for an unknown step or outcome.

    `without` leaves one guard out: for the proof that it matters, and for nothing else.
    """
    step = pathway.steps[act.step]
    match act.verb:
        case "record":
            reasons, who = _against_record(pathway, facts, act, step)
        case "ask-exception":
            reasons, who = _against_asking(pathway, facts, act, step)
        case "decide-exception":
            reasons, who = _against_exception(pathway, facts, act, step)
    if without:
        reasons = tuple(reason for reason in reasons if reason.problem != without)
    if reasons:
        return Refused(reasons)
    if not act.has_reason and _needs_reason(step, act):
        return NeedsReason(step.id, who)
    return _allowed(pathway, facts, _effects_of(pathway, facts, act, step))


def _needs_reason(step: Step, act: Act) -> bool:
    """Every exception is asked and decided with a reason; an outcome where the protocol says so."""
    return act.verb != "record" or step.outcomes[act.outcome].needs_reason


def _effects_of(pathway: Pathway, facts: Facts, act: Act, step: Step) -> tuple[e.Effect, ...]:
    match act.verb:
        case "record":
            return e.of_outcome(pathway, facts, step, act.outcome, act.child)
        case "ask-exception":
            return (e.ExceptionAsked(step.id, act.child, act.outcome),)
        case "decide-exception":
            return (e.ExceptionDecided(step.id, act.child, act.outcome == "granted"),)


Against = tuple[tuple[Reason, ...], tuple[str, ...]]
"""What stands against an act, and who may do it."""


def _against_record(pathway: Pathway, facts: Facts, act: Act, step: Step) -> Against:
    outcome = step.outcomes[act.outcome]
    if outcome.forbidden:
        return (Reason("forbidden-choice", step.id, act.child, outcome.forbidden, (), tuple(step.clauses)),), ()
    reasons = (
        *_reasons_of_state(pathway, facts, step, act.child),
        *_reasons_of_repeat(pathway, facts, step, outcome, act.child),
        *_reasons_of_actor(step, act, outcome.who or step.who),
        *missing_before(pathway, facts, step, act.child),
        *_missing_words(step, outcome, act),
        *hard_gates(facts, step, outcome),
    )
    return reasons, tuple(outcome.who or step.who)


def _against_asking(pathway: Pathway, facts: Facts, act: Act, step: Step) -> Against:
    """Anybody who may do the step may ask that it be excepted, for a kind that the step allows (H7)."""
    if step.exception is None or act.outcome not in step.exception.kinds:
        return (Reason("no-exception", step.id, act.child, act.outcome, (), tuple(step.clauses)),), ()
    reasons = (
        *_reasons_of_state(pathway, facts, step, act.child),
        *(_already(step, act.child) if is_done(pathway, facts, step, act.child) else ()),
        *(_already(step, act.child, ASKED) if fact_of(pathway, facts, step.id, act.child).exception == ASKED else ()),
        *_reasons_of_actor(step, act, step.who),
    )
    return reasons, tuple(step.who)


def _against_exception(pathway: Pathway, facts: Facts, act: Act, step: Step) -> Against:
    """A second person decides: `granted` or `refused`, never who asked (H6, H7)."""
    deciders = step.exception.decided_by if step.exception else []
    if fact_of(pathway, facts, step.id, act.child).exception != "asked":
        return (Reason("exception-not-asked", step.id, act.child, "", tuple(step.who), ("H7",)),), ()
    reasons = (
        *_reasons_of_state(pathway, facts, step, act.child),
        *_reasons_of_actor(step, act, deciders),
        *((Reason("own-work", step.id, act.child, step.id, tuple(deciders), ("H6",)),) if step.id in act.own else ()),
    )
    return reasons, tuple(deciders)


def missing_before(pathway: Pathway, facts: Facts, step: Step, child: Child | None) -> Iterator[Reason]:
    """What must be done, excepted or not apply before this step, and is not: one reason for each step and child.

    Then the least time of the step itself, while it has not passed.
    """
    for name in step.after:
        earlier = pathway.steps[name]
        for whose in unsettled(pathway, facts, name, child):
            yield Reason("step-missing", name, whose, "", tuple(earlier.who), tuple(earlier.clauses))
    if step.not_before and step.id not in facts.elapsed:
        yield Reason("too-early", step.id, child, step.not_before.setting, (), tuple(step.clauses))


def hard_gates(facts: Facts, step: Step, outcome: Outcome) -> Iterator[Reason]:
    """The gates that no exception opens: open matters at a closure, consent and a receiver before early help begins."""
    opened = [effect for effect in outcome.effects if effect.open]
    if is_ending(step, outcome) and not _social_work_goes_on(facts, outcome):
        for matter in sorted(facts.matters):
            yield Reason("matter-open", step.id, None, matter, (), MATTER_CLAUSES[matter])
    if any(effect.open in EARLY_HELP for effect in opened) and facts.consent != "live":
        yield Reason("no-consent", step.id, None, facts.consent, (), ("H2", "LAW1"))
    takes_on = any(effect.receiver == "accepted" for effect in outcome.effects)
    if any(effect.to == "receiver" for effect in opened) and facts.receiver != "accepted" and not takes_on:
        yield Reason("no-receiver", step.id, None, facts.receiver, (), ("H10",))


def is_ending(step: Step, outcome: Outcome) -> bool:
    """Whether the outcome lets a child go: out of social work or its front door, and into social work in the same act.

    Towards protection nothing stands in the way, and before an ending that nobody chooses neither.
    """
    if outcome.no_choice or any(effect.open in SOCIAL_WORK for effect in outcome.effects):
        return False
    return step.kind == "closure" or any(effect.close not in {None, *EARLY_HELP} for effect in outcome.effects)


def _social_work_goes_on(facts: Facts, outcome: Outcome) -> bool:
    """Whether the outcome ends early help alone, of children whom social work holds: that lets nobody go (Y50)."""
    closed = {effect.close for effect in outcome.effects if effect.close}
    open_children = [child for child in facts.children if child.outcome is None]
    held = (any(child.holder_of(kind) for kind in SOCIAL_WORK) for child in open_children)
    return bool(closed) and closed <= {*EARLY_HELP} and all(held)


def is_complete(pathway: Pathway, facts: Facts) -> bool:
    """Whether every child has an outcome, and early help goes on for none or no step of the pathway is left to do."""
    if any(child.outcome is None for child in facts.children):
        return False
    if not any(child.holder_of(kind) for child in facts.children for kind in EARLY_HELP):
        return True
    return all(is_settled(pathway, facts, step, child) for step, child in pathway.own_steps(len(facts.children)))


def _allowed(pathway: Pathway, facts: Facts, effects: tuple[e.Effect, ...]) -> Allowed:
    """The effects, and the end of the run where they leave nothing to do."""
    if any(child.outcome is None for child in facts.children) and not any(isinstance(x, e.ChildEnded) for x in effects):
        return Allowed(effects)
    after = apply(pathway, facts, effects)
    if after.ended is None and is_complete(pathway, after):
        effects = (*effects, e.RunEnded(COMPLETED))
    return Allowed(effects)


def _reasons_of_state(pathway: Pathway, facts: Facts, step: Step, child: Child | None) -> Iterator[Reason]:
    if facts.ended:
        yield Reason("run-over", step.id, child, facts.ended, (), ("H9",))
    elif not applies(pathway, facts, step, child):
        yield Reason("does-not-apply", step.id, child, "", (), tuple(step.clauses))


def _reasons_of_repeat(
    pathway: Pathway, facts: Facts, step: Step, outcome: Outcome, child: Child | None
) -> Iterator[Reason]:
    if not holds(outcome.when, pathway, facts, child):
        yield Reason("not-offered", step.id, child, outcome.called, (), tuple(step.clauses))
    fact = fact_of(pathway, facts, step.id, child)
    is_recorded = fact.outcome is not None and step.outcomes[fact.outcome].done
    if is_recorded and not step.repeats:  # one that was excepted can still be done after all
        yield from _already(step, child)


def _already(step: Step, child: Child | None, what: str = "") -> tuple[Reason, ...]:
    return (Reason("already-done", step.id, child, what, (), ("H9",)),)


def _reasons_of_actor(step: Step, act: Act, who: list[str]) -> Iterator[Reason]:
    if ANYBODY not in who and not act.by.intersection(who):
        yield Reason("not-yours", step.id, act.child, "", tuple(who), tuple(step.clauses))
    for authored in step.not_by_author_of if act.verb == "record" else ():
        if authored in act.own:
            yield Reason("own-work", step.id, act.child, authored, tuple(who), ("H6",))


def _missing_words(step: Step, outcome: Outcome, act: Act) -> Iterator[Reason]:
    for word in (*step.asks, *outcome.asks):
        if word not in act.words:
            who: tuple[str, ...] = WORDS[word].supplied_by or tuple(step.who)
            yield Reason("word-missing", step.id, act.child, word, who, tuple(step.clauses))
