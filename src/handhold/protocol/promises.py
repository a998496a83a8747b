"""What must hold in every state and in every act, said apart from the gates of `decide` that are to bring it about.

The explorer asks these of every state and act that it walks; so a guard taken out of `decide` shows up here.
"""

from __future__ import annotations

from collections.abc import Iterator

from handhold.protocol import effects as e
from handhold.protocol.conditions import is_settled
from handhold.protocol.deciding import EARLY_HELP, SOCIAL_WORK, Allowed, Problem, decide
from handhold.protocol.definition import Step
from handhold.protocol.facts import Act, Facts, StepFact
from handhold.protocol.moves import Bounds, Move
from handhold.protocol.pathways import Pathway

GUARDS: tuple[Problem, ...] = ("no-consent", "matter-open", "own-work", "step-missing")
"""The guards of `decide` whose removal must break a promise in every pathway that leads to early help.

`no-receiver` is not among them: where the gates of a pathway ask for an acceptance too, it stands behind them.
"""


def find_broken_promises(facts: Facts) -> list[str]:
    """What is wrong in a state: H1 for each child, and H10 for a child without outcome whom nobody holds."""
    problems = []
    for number, child in enumerate(facts.children, start=1):
        kinds = [kind for kind, _ in child.accountable]
        if len(kinds) != len(set(kinds)):
            problems.append(f"Child {number}: an involvement has two accountable people.")
        if kinds and child.main_contact not in kinds:
            problems.append(f"Child {number} is open and has no main contact among the accountable people.")
        if child.outcome is None and not kinds:
            problems.append(f"Child {number} is held by nobody and has no outcome.")
    return problems


def find_broken_by_move(pathway: Pathway, state: Bounds, move: Move) -> Iterator[str]:
    """What an act must not do: H2 and H10 where early help begins; H3 to H5 and the gates where something ends.

    Nothing stands before protection, nor before an ending that nobody chooses.
    """
    facts, is_choice = state.most, not _is_no_choice(pathway, move)
    takes_on = e.ReceiverStands("accepted") in move.effects
    for effect in move.effects:
        match effect:
            case e.InvolvementOpened(child, kind, holder):
                if kind in EARLY_HELP and facts.consent != "live":
                    yield f"Child {child + 1}: early help begins without live consent."
                if holder == "receiver" and facts.receiver != "accepted" and not takes_on:
                    yield f"Child {child + 1}: early help begins with somebody who has not accepted."
            case e.InvolvementClosed(child, kind) if kind not in EARLY_HELP and is_choice and _lets_go(move, child):
                for matter in sorted(facts.matters):
                    yield f"Child {child + 1}: social work ends while this is open: {matter}."
                for gate in _gates_unmet(pathway, state, move, child):
                    yield f"Child {child + 1}: social work ends and '{gate.title}' is neither done nor excepted."


def _is_no_choice(pathway: Pathway, move: Move) -> bool:
    act = move.act
    return act is not None and act.verb == "record" and pathway.steps[act.step].outcomes[act.outcome].no_choice


def _lets_go(move: Move, child: int) -> bool:
    """Whether the child is in nothing of social work once the act is done."""
    return not any(move.after.children[child].holder_of(kind) for kind in SOCIAL_WORK)


def _gates_unmet(pathway: Pathway, state: Bounds, move: Move, child: int) -> Iterator[Step]:
    """The steps that the pathway's closures wait for, and that may be neither done nor excepted for this child.

    What `decide` asked of the act itself is taken as done; any other step that is left out of the state may be missing.
    """
    if state.facts.children[child].outcome:
        return
    asked = pathway.steps[move.act.step].after if move.act else ()
    closures = (step for step in pathway.steps.values() if _ends_social_work(step))
    for name in dict.fromkeys(name for closure in closures for name in closure.after):
        gate = pathway.steps[name]
        facts = state.most if name in asked else state.facts
        if not is_settled(pathway, facts, gate, child if gate.per == "child" else None):
            yield gate


def _ends_social_work(step: Step) -> bool:
    """Whether a step closes more than early help, so that what it waits for stands before the end of social work."""
    closed = {effect.close for outcome in step.outcomes.values() for effect in outcome.effects} - {None, *EARLY_HELP}
    return step.kind == "closure" and bool(closed)


class OwnWork:
    """Tries in each state whether somebody may approve their own work, until it was seen refused to them alone (H6)."""

    def __init__(self, pathway: Pathway, without: Problem | None) -> None:
        self.pathway = pathway
        self.without = without
        self.left = [*_approvals(pathway)]

    def find_approved(self, facts: Facts) -> Iterator[str]:
        """What somebody may approve who did it."""
        for act, author in list(self.left):
            waiting = self._with_it_waiting(facts, act)
            if not isinstance(decide(self.pathway, waiting, act), Allowed):
                continue
            self.left.remove((act, author))
            if isinstance(decide(self.pathway, waiting, act._replace(own=author), without=self.without), Allowed):
                yield f"'{self.pathway.steps[act.step].title}' is done by who did what it approves."

    def _with_it_waiting(self, facts: Facts, act: Act) -> Facts:
        """The facts in which the approval is still to be given."""
        position = self.pathway.slots(len(facts.children))[act.step, act.child]
        waiting = StepFact(exception="asked" if act.verb == "decide-exception" else None)
        return facts._replace(steps=(*facts.steps[:position], waiting, *facts.steps[position + 1 :]))


def _approvals(pathway: Pathway) -> Iterator[tuple[Act, frozenset[str]]]:
    """Each act that approves other people's work, with the steps whose author may not do it."""
    for step in pathway.steps.values():
        child = 0 if step.per == "child" else None
        if step.not_by_author_of:
            outcome = next(name for name, rule in step.outcomes.items() if rule.done)
            words = frozenset((*step.asks, *step.outcomes[outcome].asks))
            by = frozenset(step.outcomes[outcome].who or step.who)
            act = Act("record", step.id, outcome, child, by, words=words, has_reason=True)
            yield act, frozenset(step.not_by_author_of)
        if step.exception:
            by = frozenset(step.exception.decided_by)
            yield Act("decide-exception", step.id, "granted", child, by, has_reason=True), frozenset({step.id})
