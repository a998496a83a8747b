"""What the closed vocabularies mean: each kind of step and each word of completeness, in words for authors and pages.

The words themselves are in `definition`; here is what stands behind them, and which word a kind of step can give.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple, get_args

from handhold.protocol.definition import ExceptionKind, Kind, Matter, Relation, Word

RELATIONS: tuple[Relation, ...] = get_args(Relation)
"""What somebody can be to a run, beside the roles that they hold."""


class KindOfStep(NamedTuple):
    """What a step of this kind records, and which words of completeness its record can hold."""

    means: str
    words: frozenset[Word] = frozenset()


KINDS: dict[Kind, KindOfStep] = {
    "acceptance": KindOfStep("somebody answers whether they take it on", frozenset({"date-agreed"})),
    "allocation": KindOfStep("somebody is made accountable", frozenset({"practitioner-chosen", "date-agreed"})),
    "assessment": KindOfStep("an assessment is finished or authorised", frozenset({"assessment-completed-or-read"})),
    "closure": KindOfStep("an involvement ends", frozenset({"date-agreed"})),
    "concern": KindOfStep("a safeguarding concern is reported"),
    "consent": KindOfStep("the family says yes or no", frozenset({"whose-consent", "sharing-agreed"})),
    "conversation": KindOfStep(
        "people speak with each other", frozenset({"wish-recorded", "need-and-plan-shared", "conversation-partner"})
    ),
    "decision": KindOfStep(
        "somebody decides, with a reason", frozenset({"practitioner-chosen", "date-agreed", "date-not-too-soon"})
    ),
    "document-shared": KindOfStep(
        "somebody is shown or sent a document",
        frozenset({"need-and-plan-shared", "documents-in-pack", "documents-acknowledged"}),
    ),
    "event": KindOfStep("something happened"),
    "form-section": KindOfStep(
        "a section of a form is filled in",
        frozenset({"plan-or-where-it-is", "lead-named", "work-summarised", "section-complete"}),
    ),
    "letter": KindOfStep(
        "a letter is written and given",
        frozenset({"letter-for-this-age", "letter-to-each-carer", "letter-to-each-agency", "letter-kept"}),
    ),
    "meeting": KindOfStep(
        "people meet, and who came is recorded",
        frozenset(
            {
                "family-attended",
                "worker-attended",
                "receiver-attended",
                "everyone-answered",
                "plan-agreed-there",
                "consent-confirmed",
                "date-agreed",
            }
        ),
    ),
    "next-action": KindOfStep("a next action is added in the case record"),
    "notice": KindOfStep("people are told", frozenset({"everyone-told", "agencies-told"})),
    "plan": KindOfStep(
        "a plan is written",
        frozenset({"outstanding-need", "action-beyond-monitoring", "smart-plan", "several-agencies"}),
    ),
    "professional-relationship": KindOfStep(
        "a practitioner is put on the child's professional relationships", frozenset({"lead-named"})
    ),
    "queue": KindOfStep("the work is put into a team's queue"),
    "registration": KindOfStep("what came in is taken up and registered", frozenset({"practitioner-chosen"})),
    "request": KindOfStep(
        "somebody is asked for something",
        frozenset(
            {
                "practitioner-chosen",
                "candidate-from-known-agency",
                "need-and-plan-shared",
                "assessment-completed-or-read",
                "date-agreed",
            }
        ),
    ),
    "visit": KindOfStep("the family is visited"),
}
"""Every kind of step."""


class WordOfCompleteness(NamedTuple):
    """A word of completeness: what is missing without it, and whether council staff alone can bring it about.

    supplied_by: who else supplies it, where it is not who does the step.
    """

    missing: str
    in_council_hands: bool = True
    supplied_by: tuple[Relation, ...] = ()


WORDS: dict[Word, WordOfCompleteness] = {
    "outstanding-need": WordOfCompleteness("The plan names no need that goes on."),
    "action-beyond-monitoring": WordOfCompleteness(
        "A need in the plan has no action yet that does more than watch or review."
    ),
    "assessment-completed-or-read": WordOfCompleteness(
        "The assessment is not finished yet, and no manager has recorded that the draft was read.",
        supplied_by=("responsible-manager",),
    ),
    "everyone-answered": WordOfCompleteness(
        "The record does not say of everybody who works with the children whether they came."
    ),
    "plan-agreed-there": WordOfCompleteness(
        "The record does not say that the family agreed to the plan.", in_council_hands=False
    ),
    "consent-confirmed": WordOfCompleteness(
        "The record does not say that the family confirmed its consent.", in_council_hands=False
    ),
    "smart-plan": WordOfCompleteness("An action of the plan lacks how it is measured, who does it, or by when."),
    "several-agencies": WordOfCompleteness("The plan names nobody of a second agency who does something."),
    "work-summarised": WordOfCompleteness("The summary of the work so far is empty."),
    "family-attended": WordOfCompleteness("The record names nobody of the family who came.", in_council_hands=False),
    "worker-attended": WordOfCompleteness("The record does not show that the responsible worker came."),
    "receiver-attended": WordOfCompleteness(
        "The record does not show that the practitioner who takes over came.", in_council_hands=False
    ),
    "everyone-told": WordOfCompleteness("Somebody in the team around the child has not been told yet."),
    "plan-or-where-it-is": WordOfCompleteness("The form says neither what the plan is nor where it can be found."),
    "lead-named": WordOfCompleteness("The lead practitioner is not named yet."),
    "letter-for-this-age": WordOfCompleteness("There is no letter yet that this child can read at their age."),
    "practitioner-chosen": WordOfCompleteness("No practitioner is chosen yet."),
    "date-agreed": WordOfCompleteness("No date is agreed yet."),
    "whose-consent": WordOfCompleteness("It is not written down whose consent it is.", in_council_hands=False),
    "sharing-agreed": WordOfCompleteness(
        "It is not written down with whom information may be shared.", in_council_hands=False
    ),
    "wish-recorded": WordOfCompleteness(
        "The family's own first choice is not written down yet.", in_council_hands=False
    ),
    "need-and-plan-shared": WordOfCompleteness(
        "It is not written down that the need, the other agencies and the proposed plan were talked about."
    ),
    "candidate-from-known-agency": WordOfCompleteness(
        "The practitioner's agency does not work with the children yet; another agency needs a reason."
    ),
    "conversation-partner": WordOfCompleteness("It is not written down with whom you spoke."),
    "section-complete": WordOfCompleteness(
        "A part of it is empty. Write it, or write why it was not obtained and what was tried."
    ),
    "documents-in-pack": WordOfCompleteness("A document that the practitioner is to have is not in the pack yet."),
    "documents-acknowledged": WordOfCompleteness(
        "The practitioner has not said of each document that they have it.",
        in_council_hands=False,
        supplied_by=("receiver",),
    ),
    "agencies-told": WordOfCompleteness("An agency that works with the children has not been told yet."),
    "letter-to-each-carer": WordOfCompleteness("There is no letter yet to each parent or carer of the household."),
    "letter-to-each-agency": WordOfCompleteness("There is no letter yet to each agency that works with the children."),
    "letter-kept": WordOfCompleteness("No letter has been made yet."),
    "date-not-too-soon": WordOfCompleteness(
        "The day lies within the time that the family is to have before it is asked again."
    ),
}
"""Every word of completeness."""

ANSWERED_BY_OTHERS: frozenset[Kind] = frozenset({"acceptance", "consent"})
"""Kinds of step whose outcome is somebody else's answer, also where council staff write it down."""

MATTERS: dict[Matter, str] = {
    "concern-undecided": "a safeguarding concern about a child of this household has not been decided yet",
    "strategy-discussion-open": "a strategy discussion about a child of this household is not finished",
    "section-47-open": "a section 47 enquiry about a child of this household is not finished",
    "assessment-unfinished": "an assessment of a child of this household is not finished",
    "protection-plan": "a child of this household has a child protection plan, which only its conference ends",
}
"""What can be open about a household, as a clause of a sentence."""

EXCEPTIONS: dict[ExceptionKind, str] = {
    "declined": "the family declined",
    "not-possible": "it was not possible",
    "unsafe": "it would not be safe",
    "not-applicable": "it does not apply to this family",
}
"""Why a practice gate can be excepted, as a clause of a sentence."""

SOURCES: dict[str, str] = {
    "assessment-needs": "the needs that the assessment of this run names",
    "assessment-analysis": "its analysis",
    "assessment-child-view": "what the children say in it",
    "assessment-family-view": "what the family says in it",
    "referral-said": "what whoever referred the family said",
    "referral-family-view": "what the family said when it was referred",
    "first-decision": "how the first decision of this pathway came out, and why",
    "plan": "the plan that is written in this run",
    "early-help-plan": "the newest plan of any run of the family",
    "earlier-summary": "the need and the work so far, as an earlier run has them",
    "earlier-family-view": "what the family said in an earlier run",
    "earlier-plan": "the plan of an earlier run",
    "registered-early-help-assessment": "the newest early help assessment that is registered",
    "receiver": "who takes over, and how they are reached",
    "professional-relationships": "who else works with the children",
}
"""Where a field of a form can be filled in from, by what it is there."""

DECISIONS_OF = "decisions-of-"
"""Before a role or a relation: the decisions of the pathway that these may take, how each came out, and why."""


def is_source(name: str, roles: Collection[str]) -> bool:
    """Whether a field can be filled in from it, in a procedure with these roles."""
    who = name.removeprefix(DECISIONS_OF)
    return name in SOURCES or (who != name and who in {*RELATIONS, *roles})
