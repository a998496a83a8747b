"""What a pathway towards social work changes in the rules of an ending: early help may end while social work holds."""

from __future__ import annotations

import pytest

from handhold.protocol.deciding import Allowed, Refused, decide
from handhold.protocol.effects import InvolvementClosed, of_outcome
from handhold.protocol.exploring import explore, start_of
from handhold.protocol.facts import Act, ChildFacts, Facts, held
from handhold.protocol.pathways import Protocol
from tests.protocol.building import concern_steps, pathway, step

ENDS_EARLY_HELP = step(
    "early-help-closed",
    {"closed": {"effects": [{"close": "early-help"}, {"end_child": "social-work"}]}},
    kind="closure",
    per="child",
)
TRIED = pathway(step("visit"), ENDS_EARLY_HELP, beside=concern_steps())
END = Act("record", "early-help-closed", "closed", 0, frozenset({"responsible-worker"}), has_reason=True)


def with_children(*accountable: tuple[tuple[str, str], ...]) -> Facts:
    facts = start_of(TRIED, len(accountable))
    children = tuple(ChildFacts(held(*pairs), pairs[0][0]) for pairs in accountable)
    return facts._replace(children=children, matters=frozenset({"assessment-unfinished"}))


def test_early_help_ends_while_the_social_workers_assessment_goes_on() -> None:
    facts = with_children((("early-help", "responsible-worker"), ("assessment", "receiver")))
    assert isinstance(decide(TRIED, facts, END), Allowed)


def test_early_help_does_not_end_over_an_open_matter_where_social_work_holds_nobody() -> None:
    facts = with_children((("early-help", "responsible-worker"),))
    answer = decide(TRIED, facts, END)
    assert isinstance(answer, Refused)
    assert [reason.problem for reason in answer.reasons] == ["matter-open"]


def test_social_work_has_to_hold_every_child_who_is_left() -> None:
    facts = with_children(
        (("early-help", "responsible-worker"), ("assessment", "receiver")), (("early-help", "responsible-worker"),)
    )
    assert isinstance(decide(TRIED, facts, END), Refused)


@pytest.mark.parametrize(
    "name",
    [
        "step-up-by-a-partner-lead",
        "step-up-by-a-targeted-worker",
        "advice-from-mash",
        "step-up-from-one-service",
        "step-up-from-one-targeted-service",
        "advice-for-one-service",
    ],
)
def test_a_way_up_holds_every_child_and_has_no_trap(york: Protocol, name: str) -> None:
    """A referral that ends over what stands before the end of early help lets nobody go."""
    walked = explore(york.pathways[name])
    assert (walked.violations, walked.traps) == ([], [])


def test_a_way_up_without_the_guard_of_open_matters_is_caught(york: Protocol) -> None:
    assert explore(york.pathways["step-up-by-a-partner-lead"], without="matter-open", only_first=True).violations


def test_what_takes_the_other_children_on_closes_nothing_of_a_child_with_an_outcome(york: Protocol) -> None:
    """A sibling whose early help ended elsewhere keeps their referral, and whoever answers for it."""
    tried = york.pathways["step-up-by-a-partner-lead"]
    children = (
        ChildFacts(held(("early-help", "responsible-worker"), ("referral", "front-door")), "early-help"),
        ChildFacts(held(("referral", "front-door")), "referral", "went-on-elsewhere"),
    )
    facts = start_of(tried, 2)._replace(children=children)
    effects = of_outcome(tried, facts, tried.steps["social-worker-allocated"], "assessment", None)
    assert [one.child for one in effects if isinstance(one, InvolvementClosed)] == [0]
