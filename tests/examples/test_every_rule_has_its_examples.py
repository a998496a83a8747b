"""For every clause an example that goes through and one that is refused; for every limit one met and one missed."""

from collections.abc import Iterable

import pytest
from tests.examples.procedures import protocol_in, results_of

from handhold.protocol.examples.running import Result

YORK, LEEDS = "york/2018-09-01", "leeds/2022-07-28"
OWN_CLAUSES = {YORK: [f"Y{number}" for number in range(1, 58)], LEEDS: [f"L{number}" for number in range(1, 26)]}
"""Every clause of each source; none is left out, for each is carried out by a step that can be refused."""
CLAUSES = [(folder, clause) for folder, clauses in OWN_CLAUSES.items() for clause in clauses]
DAYS_OF_CLAUSES = {"Y23": "handover", "Y25": "handover"}
"""The time limits that two clauses share, so that each needs examples of its own."""
HOUSE = [f"H{number}" for number in range(1, 12)]
PROMISES = [(folder, clause) for folder in OWN_CLAUSES for clause in HOUSE]


def tagged(results: Iterable[Result], clause: str) -> list[Result]:
    return [result for result in results if clause in result.scenario.tags and result.has_passed]


def goes_through(results: Iterable[Result], clause: str) -> bool:
    """Whether an example tagged so does a step of the clause, and nothing in it is refused."""
    return any(
        clause in result.shown.done_under and not result.shown.refused_under for result in tagged(results, clause)
    )


def is_refused(results: Iterable[Result], clause: str) -> bool:
    """Whether an example tagged so has a refusal that cites the clause."""
    return any(clause in result.shown.refused_under for result in tagged(results, clause))


@pytest.mark.parametrize(("folder", "clause"), CLAUSES)
def test_the_clause_has_an_example_that_goes_through(folder: str, clause: str) -> None:
    assert goes_through(results_of(folder), clause)


@pytest.mark.parametrize(("folder", "clause"), CLAUSES)
def test_the_clause_has_an_example_that_is_refused(folder: str, clause: str) -> None:
    assert is_refused(results_of(folder), clause)


@pytest.mark.parametrize(("folder", "clause"), CLAUSES)
def test_without_the_examples_of_a_clause_it_would_be_missed(folder: str, clause: str) -> None:
    others = [result for result in results_of(folder) if clause not in result.scenario.tags]
    assert not goes_through(others, clause)
    assert not is_refused(others, clause)


@pytest.mark.parametrize(("folder", "clause"), PROMISES)
def test_each_promise_of_the_house_is_the_subject_of_an_example(folder: str, clause: str) -> None:
    assert tagged(results_of(folder), clause)


def limits_of(folder: str) -> set[str]:
    protocol = protocol_in(folder)
    limits = {step.within.setting for one in protocol.pathways.values() for step in one.steps.values() if step.within}
    return limits | {one.file.limit.setting for one in protocol.pathways.values() if one.file.limit}


@pytest.mark.parametrize("folder", OWN_CLAUSES)
def test_every_limit_has_an_example_that_meets_it(folder: str) -> None:
    met = {limit for result in results_of(folder) for limit in result.shown.limits_met}
    assert limits_of(folder) - met == set()


@pytest.mark.parametrize("folder", OWN_CLAUSES)
def test_every_limit_has_an_example_that_misses_it(folder: str) -> None:
    missed = {limit for result in results_of(folder) for limit in result.shown.limits_missed}
    assert limits_of(folder) - missed == set()


@pytest.mark.parametrize(("clause", "limit"), DAYS_OF_CLAUSES.items())
def test_a_limit_that_clauses_share_is_met_and_missed_under_each(clause: str, limit: str) -> None:
    shown = [result.shown for result in tagged(results_of(YORK), clause)]
    assert any(limit in one.limits_met for one in shown)
    assert any(limit in one.limits_missed for one in shown)


def test_the_limits_are_read_from_the_procedure() -> None:
    assert {"handover", "no-consent", "whole-transfer"} <= limits_of(YORK)
    assert {"summary-received", "disagreement-settled", "ending-confirmed"} <= limits_of(LEEDS)


@pytest.mark.parametrize("folder", OWN_CLAUSES)
def test_no_clause_of_a_source_is_forgotten_here(folder: str) -> None:
    letter = OWN_CLAUSES[folder][0][0]
    assert {clause for clause in protocol_in(folder).clauses if clause.startswith(letter) and clause[1:].isdigit()} == {
        *OWN_CLAUSES[folder]
    }
