"""For every clause an example that goes through and one that is refused; for every limit one met and one missed."""

from collections.abc import Iterable
from functools import cache

import pytest
from tests.examples.procedures import protocol_in, results_of

from handhold.protocol.examples.covering import Shown, limits_of, what_is_shown
from handhold.protocol.examples.running import Result

YORK, LEEDS = "york/2018-09-01", "leeds/2022-07-28"
OWN_CLAUSES = {YORK: [f"Y{number}" for number in range(1, 58)], LEEDS: [f"L{number}" for number in range(1, 26)]}
"""Every clause of each source; none is left out, for each is carried out by a step that can be refused."""
CLAUSES = [(folder, clause) for folder, clauses in OWN_CLAUSES.items() for clause in clauses]
DAYS_OF_CLAUSES = {"Y23": "handover", "Y25": "handover"}
"""The time limits that two clauses share, so that each needs examples of its own."""
HOUSE = [f"H{number}" for number in range(1, 12)]
PROMISES = [(folder, clause) for folder in OWN_CLAUSES for clause in HOUSE]


@cache
def shown_by(folder: str) -> Shown:
    return what_is_shown(results_of(folder))


def tagged(results: Iterable[Result], clause: str) -> list[Result]:
    return [result for result in results if clause in result.scenario.tags and result.has_passed]


@pytest.mark.parametrize(("folder", "clause"), CLAUSES)
def test_the_clause_has_an_example_that_goes_through(folder: str, clause: str) -> None:
    assert clause in shown_by(folder).through


@pytest.mark.parametrize(("folder", "clause"), CLAUSES)
def test_the_clause_has_an_example_that_is_refused(folder: str, clause: str) -> None:
    assert clause in shown_by(folder).refused


@pytest.mark.parametrize(("folder", "clause"), CLAUSES)
def test_without_the_examples_of_a_clause_it_would_be_missed(folder: str, clause: str) -> None:
    others = [result for result in results_of(folder) if clause not in result.scenario.tags]
    shown = what_is_shown(others)
    assert clause not in shown.through | shown.refused


@pytest.mark.parametrize(("folder", "clause"), PROMISES)
def test_each_promise_of_the_house_is_the_subject_of_an_example(folder: str, clause: str) -> None:
    assert tagged(results_of(folder), clause)


@pytest.mark.parametrize("folder", OWN_CLAUSES)
def test_every_limit_has_an_example_that_meets_it(folder: str) -> None:
    assert limits_of(protocol_in(folder)) - shown_by(folder).limits_met == set()


@pytest.mark.parametrize("folder", OWN_CLAUSES)
def test_every_limit_has_an_example_that_misses_it(folder: str) -> None:
    assert limits_of(protocol_in(folder)) - shown_by(folder).limits_missed == set()


@pytest.mark.parametrize(("clause", "limit"), DAYS_OF_CLAUSES.items())
def test_a_limit_that_clauses_share_is_met_and_missed_under_each(clause: str, limit: str) -> None:
    shown = [result.shown for result in tagged(results_of(YORK), clause)]
    assert any(limit in one.limits_met for one in shown)
    assert any(limit in one.limits_missed for one in shown)


def test_the_limits_are_read_from_the_procedure() -> None:
    assert {"handover", "no-consent", "whole-transfer"} <= limits_of(protocol_in(YORK))
    assert {"summary-received", "disagreement-settled", "ending-confirmed"} <= limits_of(protocol_in(LEEDS))


@pytest.mark.parametrize("folder", OWN_CLAUSES)
def test_no_clause_of_a_source_is_forgotten_here(folder: str) -> None:
    letter = OWN_CLAUSES[folder][0][0]
    assert {clause for clause in protocol_in(folder).clauses if clause.startswith(letter) and clause[1:].isdigit()} == {
        *OWN_CLAUSES[folder]
    }
