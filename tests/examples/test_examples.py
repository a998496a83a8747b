"""Every example of every version of every protocol, one test each."""

from collections import Counter

import pytest
from tests.examples.procedures import PROTOCOLS, feature_files, protocol_in, versions

from handhold.protocol.examples.running import Scenario, read_scenarios, run_scenario
from handhold.protocol.freezing import examples_of

EXAMPLES = [
    pytest.param(folder, scenario, id=f"{folder}-{scenario.file.stem}-{scenario.line}")
    for folder in versions()
    for file in examples_of(PROTOCOLS / folder)
    for scenario in read_scenarios(file)
]


@pytest.mark.parametrize(("folder", "scenario"), EXAMPLES)
def test_the_example_comes_out_as_it_says(folder: str, scenario: Scenario) -> None:
    result = run_scenario(protocol_in(folder), scenario)
    assert result.has_passed, str(result)


def test_there_are_examples_of_every_subject() -> None:
    subjects = {file.stem for file in feature_files("york")}
    assert subjects >= {
        "at-any-moment",
        "closing",
        "consent",
        "endings",
        "from-a-plan",
        "partner-led",
        "pathways",
        "plan",
        "siblings",
        "targeted",
    }


def test_no_two_examples_of_a_file_have_one_name() -> None:
    for file in feature_files("york"):
        # the examples of an outline share their name and differ in their place
        names = Counter(
            (scenario.name, tuple(line.text for line in scenario.lines)) for scenario in read_scenarios(file)
        )
        assert [name for name, count in names.items() if count > 1] == []


def test_every_example_names_a_clause_that_exists() -> None:
    clauses = protocol_in("york/2018-09-01").clauses
    scenarios = [scenario for file in feature_files("york") for scenario in read_scenarios(file)]
    assert [one.place for one in scenarios if not one.tags or not one.tags <= set(clauses)] == []
