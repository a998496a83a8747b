"""What somebody could do to a step now, asked of `decide` itself, so that no page promises what an act then refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from handhold.access.transfers import Opened
from handhold.casefiles.contents import words_on_record
from handhold.protocol.deciding import Allowed, Reason, Refused, decide
from handhold.protocol.definition import Step, Word
from handhold.protocol.facts import Act, Child

ONLY_ON_RECORD: frozenset[Word] = frozenset({"assessment-completed-or-read"})
"""Words that nobody can bring by what they write on the page of a step."""
ON_A_PAGE: frozenset[str] = frozenset(get_args(Word)) - ONLY_ON_RECORD

Verb = Literal["record", "ask-exception", "decide-exception"]


@dataclass(frozen=True)
class Offers:
    """The outcomes that this person can record now; and where there are none, every reason why.

    `fitting` are those whose time it is, whoever may record them: consent is not withdrawn before it was given.
    """

    outcomes: tuple[str, ...]
    fitting: tuple[str, ...]
    reasons: tuple[Reason, ...]


def find_offers(opened: Opened, step: Step, child: Child | None) -> Offers:
    """Asked as though everything that the page can ask for were written."""
    found: dict[str, tuple[Reason, ...]] = {}
    for outcome in step.outcomes:
        answer = _ask(opened, "record", step, outcome, child)
        found[outcome] = answer.reasons if isinstance(answer, Refused) else ()
    allowed = tuple(outcome for outcome, reasons in found.items() if not reasons)
    refusals = {} if allowed else dict.fromkeys(reason for reasons in found.values() for reason in reasons)
    shared = [reason for reason in refusals if all(reason in reasons for reasons in found.values())]
    fitting = tuple(name for name, reasons in found.items() if all(one.problem != "not-offered" for one in reasons))
    return Offers(allowed, fitting or tuple(step.outcomes), tuple(shared or refusals))


def may_ask_exception(opened: Opened, step: Step, child: Child | None) -> bool:
    """Whether this person can ask now that the step be excepted."""
    if step.exception is None:
        return False
    return isinstance(_ask(opened, "ask-exception", step, step.exception.kinds[0], child), Allowed)


def may_decide_exception(opened: Opened, step: Step, child: Child | None) -> bool:
    """Whether this person can decide now on an exception that was asked for."""
    return isinstance(_ask(opened, "decide-exception", step, "granted", child), Allowed)


def why_not_decide_exception(opened: Opened, step: Step, child: Child | None) -> tuple[Reason, ...]:
    """Every reason why this person cannot decide on an exception now."""
    answer = _ask(opened, "decide-exception", step, "granted", child)
    return answer.reasons if isinstance(answer, Refused) else ()


def why_not_ask_exception(opened: Opened, step: Step, child: Child | None) -> tuple[Reason, ...]:
    """Every reason why this person cannot ask for an exception now."""
    kind = step.exception.kinds[0] if step.exception else ""
    answer = _ask(opened, "ask-exception", step, kind, child)
    return answer.reasons if isinstance(answer, Refused) else ()


def _ask(opened: Opened, verb: Verb, step: Step, outcome: str, child: Child | None) -> Allowed | Refused:
    case = opened.case
    words = ON_A_PAGE | (words_on_record(case) & ONLY_ON_RECORD)
    own = case.observed.own(str(opened.by.pk))
    answer = decide(
        case.pathway, case.observed.facts, Act(verb, step.id, outcome, child, opened.words, own, words, has_reason=True)
    )
    # A reason is given here, so that decide cannot ask for one.
    return answer if isinstance(answer, Refused) else Allowed(())
