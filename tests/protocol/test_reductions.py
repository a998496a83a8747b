"""What the explorer leaves out loses neither a violation nor a trap: held against the walk of everything.

The small pathways are invented at random and broken at random; whatever the walk of everything finds, the reduced walk
finds too. The named ones are those that an earlier, careless reduction got wrong.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handhold.protocol.deciding import decide
from handhold.protocol.exploring import Exploration, explore, start_of
from handhold.protocol.facts import Facts
from handhold.protocol.moves import Bounds, Moves
from handhold.protocol.pathways import Pathway
from handhold.protocol.reducing import Everything, Reduction
from tests.protocol.building import HELP_BEGINS, Described, closure, concern_steps, pathway, step

WITHIN = {"setting": "any", "of": "first"}
RULE = {"kinds": ["declined"], "decided_by": ["team-manager"]}
NAMES = ("first", "second", "third", "fourth")

BROKEN_CLOSURE = [*HELP_BEGINS, {"main_contact": "referral"}]


def problems(found: Exploration) -> set[str]:
    return {words for words, _ in found.violations}


def assert_nothing_is_lost(tried: Pathway, siblings: int = 1) -> tuple[Exploration, Exploration]:
    everything = explore(tried, siblings, reduction=Everything)
    reduced = explore(tried, siblings)
    assert problems(everything) <= problems(reduced)
    assert not everything.traps or reduced.traps
    return everything, reduced


def test_a_plain_step_stays_done_when_what_came_before_it_is_undone() -> None:
    tried = pathway(
        step("first", {"again": {"done": False, "voids": ["first"]}, "done": {}}, repeats=True, who=["receiver"]),
        step("second", after=["first"]),
        step("third", {"done": {"voids": ["first"]}}, after=["second"], who=["receiver"]),
        step("fourth", {"done": {"effects": [{"open_matter": "section-47-open"}]}}, after=["third", "second"]),
        closure("fourth"),
    )
    everything, reduced = assert_nothing_is_lost(tried)
    assert "second" in Reduction(Moves(tried)).plain.names
    assert everything.traps
    assert reduced.traps


def test_a_limit_that_a_voided_step_started_still_runs() -> None:
    tried = pathway(
        step("first", {"asked": {}, "back": {"done": False}}, repeats=True),
        step("second", {"undone": {"voids": ["first"]}}, repeats=True),
        step("third", within=WITHIN, who=["receiver"]),
        step("fourth", {"done": {"effects": [{"open_matter": "section-47-open"}]}}, when={"late": ["third"]}),
        closure("first"),
    )
    assert_nothing_is_lost(tried)


def test_a_round_that_an_outcome_without_readers_begins_is_counted() -> None:
    tried = pathway(
        step("first", {"declined": {"done": False}}, repeats=True),
        step("second", {"chosen": {"effects": [{"close": "origin"}]}}, when={"round_at_least": {"first": 3}}),
        closure(),
    )
    everything, reduced = assert_nothing_is_lost(tried)
    assert problems(everything) == problems(reduced) != set()


def test_an_outcome_that_does_not_count_starts_a_least_time_all_the_same() -> None:
    tried = pathway(
        step("first", {"asked": {"done": False}, "given": {"when": {"destination": ["help"]}}}, repeats=True),
        step("second", not_before={"setting": "any", "of": "first"}),
        closure("second"),
    )
    everything, reduced = assert_nothing_is_lost(tried)
    assert not everything.traps
    assert not reduced.traps
    assert "second" not in reduced.never_done


def test_what_is_excepted_calls_for_its_substitute() -> None:
    tried = pathway(
        step("first", exception=RULE),
        step("second", when={"excepted": ["first"]}, after=["first"]),
        closure("first", "second"),
    )
    kept = Reduction(Moves(tried))
    assert kept.plain.names == {"first", "second"}
    everything, reduced = assert_nothing_is_lost(tried)
    assert not everything.traps
    assert not reduced.traps


@pytest.mark.parametrize("substitute_waits_for", ["first", "third"])
def test_a_substitute_that_waits_for_something_else_is_walked_by_itself(substitute_waits_for: str) -> None:
    tried = pathway(
        step("first", exception=RULE),
        step("second", when={"excepted": ["first"]}, after=[substitute_waits_for]),
        step("third", who=["receiver"]),
        closure("first", "second"),
    )
    is_plain = "first" in Reduction(Moves(tried)).plain.names
    assert is_plain == (substitute_waits_for == "first")
    assert_nothing_is_lost(tried)


@pytest.mark.parametrize("effects", [HELP_BEGINS, BROKEN_CLOSURE], ids=["right", "broken"])
def test_two_siblings_are_as_each_of_them(effects: list[Described]) -> None:
    tried = pathway(
        step("first", {"given": {"effects": [{"consent": "live"}]}}),
        step("second", {"yes": {"effects": [{"receiver": "accepted"}]}}),
        step("third", per="child"),
        closure("first", "second", "third", effects=effects),
        beside=concern_steps(),
    )
    everything, reduced = assert_nothing_is_lost(tried, 2)
    assert bool(everything.violations) == bool(reduced.violations) == (effects is BROKEN_CLOSURE)
    assert reduced.states < everything.states / 10


def test_the_reductions_of_yorks_step_down_leave_out_what_only_opens_gates(step_down: Pathway) -> None:
    plain = Reduction(Moves(step_down)).plain.names
    assert {"ending-visit", "endings-letter", "closure-overseen", "section-2-written"} <= plain
    assert plain.isdisjoint({"consent", "lead-answer", "support-decided", "case-closed", "early-help-considered"})


def reduction_of(*beside: Described) -> Reduction:
    return Reduction(Moves(pathway(step("first"), closure("first"), beside=(*concern_steps(), *beside))))


TO_MANAGER = {"reallocate_from": "responsible-worker", "to": "responsible-manager"}


def leaving(effects: list[Described], voids: list[str]) -> tuple[Described, ...]:
    return (
        step("worker-left", {"left": {"effects": effects}}, repeats=True),
        step("worker-allocated", {"done": {"voids": voids}}, when={"outcome": {"worker-left": ["left"]}}, repeats=True),
    )


@pytest.mark.parametrize(
    ("effects", "voids", "is_idle"),
    [
        ([TO_MANAGER], ["worker-left"], True),
        ([TO_MANAGER, {"consent": "not-live"}], ["worker-left"], False),
        ([TO_MANAGER, {"main_contact": "early-help"}], ["worker-left"], False),
        ([TO_MANAGER], ["worker-left", "first"], False),
    ],
)
def test_who_leaves_is_left_out_where_nothing_else_comes_of_it(
    effects: list[Described], voids: list[str], *, is_idle: bool
) -> None:
    idle = reduction_of(*leaving(effects, voids)).interruptions.idle
    assert ({"worker-left", "worker-allocated"} <= idle) is is_idle


@pytest.mark.parametrize(
    ("decided", "passes"),
    [
        ({}, True),
        ({"after": ["concern-reported"]}, False),
        ({"who": ["partner"]}, False),
        ({"when": {"matter": "concern-undecided", "destination": ["help"]}}, False),
        ({"when": {"matter": "concern-undecided", "late": ["concern-decided"]}, "within": WITHIN}, False),
        ({"repeats": False}, False),
    ],
)
def test_a_concern_passes_where_council_staff_can_always_decide_it(decided: Described, *, passes: bool) -> None:
    reported, usual = concern_steps()
    tried = pathway(step("first"), closure("first"), beside=(reported, {**usual, **decided}))
    assert Reduction(Moves(tried)).interruptions.passing == ({"concern-undecided"} if passes else set())


@pytest.mark.parametrize(
    ("odd", "alike"),
    [
        ({}, True),
        ({"voids": ["first"]}, False),
        ({"who": ["partner"]}, False),
        ({"effects": [{"end_child": "moved"}]}, False),
        ({"done": False}, False),
    ],
)
def test_two_outcomes_are_alike_where_the_same_follows_from_both(odd: Described, *, alike: bool) -> None:
    ended = [{"close": "every"}, {"end_child": "ended"}]
    ways = {
        "died": {"when": {"outcome": {"reported": ["died"]}}, "effects": ended},
        "moved": {"when": {"outcome": {"reported": ["moved"]}}, "effects": ended, **odd},
    }
    reported = step("reported", {"died": {}, "moved": {}}, per="child", repeats=True)
    kept = reduction_of(reported, step("confirmed", ways, per="child", after=["reported"]))
    assert kept.unread.are_alike(kept.pathway.steps["reported"], "died", "moved") is alike
    assert ("reported" in kept.plain.names) is alike


effects = st.sampled_from(
    [
        {"consent": "live"},
        {"consent": "not-live"},
        {"receiver": "accepted"},
        {"receiver": "none"},
        {"destination": "help"},
        {"destination": "nothing"},
        {"open_matter": "section-47-open"},
        {"settle_matter": "section-47-open"},
        {"reallocate_from": "responsible-worker", "to": "responsible-manager"},
        {"put_on_meeting": "any"},
        {"close": "origin"},
        {"close": "every"},
        {"open": "early-help-offer", "to": "team-manager"},
        {"open": "child-in-need", "to": "receiver"},
        {"main_contact": "early-help"},
        {"open": "early-help", "to": "receiver"},
        {"end_child": "stays"},
    ]
)


@st.composite
def conditions(draw: st.DrawFn, names: tuple[str, ...]) -> Described | None:
    name = draw(st.sampled_from(names))
    return draw(
        st.sampled_from(
            [
                None,
                None,
                {"destination": ["help"]},
                {"receiver": ["accepted"]},
                {"matter": "section-47-open"},
                {"outcome": {name: ["done"]}},
                {"not_outcome": {name: ["done"]}},
                {"outcome": {name: ["other"]}},
                {"excepted": [name]},
                {"round_at_least": {name: "twice"}},
                {"chosen": [draw(st.sampled_from(["yes", "no"]))]},
                {"late": [name]},
                {"involvement_open": "early-help"},
                {"involvement_not_open": "early-help"},
                {"some_child_still_open": draw(st.booleans())},
                {"known": ["turned-21"]},
                {"not_known": ["returned-soon"]},
                {"any_of": [{"excepted": [name]}, {"destination": ["nothing"]}]},
            ]
        )
    )


@st.composite
def steps(draw: st.DrawFn, position: int, names: tuple[str, ...]) -> Described:
    """A step that waits for some of those before it, and may void or read any other."""
    others = tuple(name for name in names if name != names[position])
    some_effects = st.lists(effects, max_size=1)
    voided = st.lists(st.sampled_from(others), max_size=1)
    outcomes: Described = {"done": {"effects": draw(some_effects), "voids": draw(voided)}}
    if draw(st.booleans()):
        outcomes["other"] = {"done": draw(st.booleans()), "effects": draw(some_effects), "voids": draw(voided)}
    else:
        outcomes["other"] = {"done": True, "when": draw(conditions(others))}
    more: dict[str, Any] = {
        "after": draw(st.lists(st.sampled_from(names[:position]), max_size=2, unique=True)) if position else [],
        "when": draw(conditions(others)),
        "who": [draw(st.sampled_from(["responsible-worker", "team-manager", "receiver", "partner"]))],
        "repeats": draw(st.booleans()),
        "per": draw(st.sampled_from(["run", "run", "child"])),
    }
    if draw(st.booleans()):
        more["exception"] = RULE
    if draw(st.booleans()):
        more["within"] = {"setting": "any", "of": draw(st.sampled_from(("start", *others)))}
        if draw(st.booleans()):
            more["within"]["until"] = draw(st.sampled_from(others))
    if draw(st.booleans()):
        more["not_before"] = {"setting": "any", "of": draw(st.sampled_from(("start", *others)))}
    return step(names[position], outcomes, **more)


@st.composite
def pathways(draw: st.DrawFn) -> Pathway:
    names = NAMES[: draw(st.integers(min_value=2, max_value=3))]
    drawn = [draw(steps(position, names)) for position in range(len(names))]
    after = draw(st.lists(st.sampled_from(names), max_size=len(names), unique=True))
    closing = draw(st.sampled_from([None, HELP_BEGINS, BROKEN_CLOSURE]))
    interrupted = draw(st.sampled_from([(), concern_steps(), draw(comings_and_goings(names)), draw(endings(names))]))
    return pathway(*drawn, closure(*after, effects=closing, when=draw(conditions(names))), beside=interrupted)


@st.composite
def comings_and_goings(draw: st.DrawFn, names: tuple[str, ...]) -> tuple[Described, ...]:
    """Somebody leaves and somebody is allocated; now and then that touches what the run reads."""
    to_manager = {"reallocate_from": "responsible-worker", "to": "responsible-manager"}
    voided = draw(st.lists(st.sampled_from(names), max_size=1))
    left = {"left": {"effects": [to_manager, *draw(st.lists(effects, max_size=1))]}}
    allocated = {"allocated": {"voids": ["worker-left", *voided]}}
    return (
        step("worker-left", left, repeats=True),
        step("worker-allocated", allocated, when={"outcome": {"worker-left": ["left"]}}, repeats=True),
    )


@st.composite
def endings(draw: st.DrawFn, names: tuple[str, ...]) -> tuple[Described, ...]:
    """An ending is reported and then confirmed as reported; now and then one of the ways differs from its like."""
    odd = draw(st.lists(effects, max_size=1))
    confirmed: Described = {
        way: {
            "when": {"outcome": {"reported": [way]}},
            "no_choice": True,
            "effects": [*(odd if way == "died" else ()), {"close": "every"}, {"end_child": way}],
        }
        for way in ("died", "moved")
    }
    confirmed["not-so"] = {"done": False, "voids": ["reported", *draw(st.lists(st.sampled_from(names), max_size=1))]}
    return (
        step("reported", {"died": {}, "moved": {}}, per="child", repeats=True),
        step("confirmed", confirmed, per="child", after=["reported"], when=draw(conditions(names))),
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tried=pathways())
def test_whatever_the_walk_of_everything_finds_the_reduced_walk_finds(tried: Pathway) -> None:
    everything = explore(tried, reduction=Everything)
    reduced = explore(tried)
    assert problems(everything) <= problems(reduced)
    assert not everything.traps or reduced.traps
    assert set(reduced.never_done) <= set(everything.never_done)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tried=pathways())
def test_an_answer_that_is_remembered_is_the_one_that_would_be_given(tried: Pathway) -> None:
    for children in (1, 2):
        moves = Moves(tried)
        for facts in some_states(moves, children):
            for slot in tried.slots(children):
                for attempt in moves.attempts(slot):
                    assert moves.answers.decide(facts, attempt.act) == decide(tried, facts, attempt.act)


def some_states(moves: Moves, children: int) -> list[Facts]:
    """The first few hundred states of a walk that leaves nothing out."""
    found = {start_of(moves.pathway, children): None}
    for facts in iter(found_so_far := list(found)):
        for move in moves.from_state(Bounds(facts, facts, facts)):
            if move.after not in found and len(found) < 300:
                found[move.after] = None
                found_so_far.append(move.after)
    return list(found)
