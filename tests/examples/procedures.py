"""The protocols of the project with their feature files, for the tests of this folder."""

from functools import cache
from pathlib import Path

from handhold.protocol.examples.running import Line, Result, Scenario, read_scenarios, run_scenario
from handhold.protocol.freezing import examples_of
from handhold.protocol.loading import load_protocol
from handhold.protocol.pathways import Protocol

ROOT = Path(__file__).resolve().parent.parent.parent
PROTOCOLS = ROOT / "protocols"

PEOPLE = (
    "Samira Khan is a social worker",
    "Priya Nair is a social work team manager",
    "Sam Okoro is a service manager",
    "Dana Cole is the early help co-ordinator",
    "Marcus Webb is a practice manager",
    "Jo Reid is a lead practitioner",
    "Chidi Obi is a child and family support practitioner",
    "Ruth Lane is a duty manager",
    "a family with the children Ada (9) and Bo (14)",
    "Samira Khan is responsible for them, under Priya Nair",
)
BEGUN = (
    *PEOPLE,
    '"Authorise the single assessment" was done by Priya Nair on Tuesday 1 December 2026 at 09:30',
    "On Tuesday 1 December 2026 at 10:00",
    '"Step down from a single assessment" begins',
)
PARTNER_LED = (*BEGUN, 'Samira Khan records "Early help led by a partner", because "the school knows them"')
TARGETED = (*BEGUN, 'Samira Khan records "Targeted early help", because "visits at home"')


@cache
def protocol_in(folder: str) -> Protocol:
    """The protocol of a folder such as `york/2018-09-01`."""
    return load_protocol(PROTOCOLS / folder)


def versions() -> list[str]:
    """Every version that has examples, as `name/date`; a frozen one has those that were kept in it."""
    found = sorted(PROTOCOLS.glob("*/*/protocol.yaml"))
    return [file.parent.relative_to(PROTOCOLS).as_posix() for file in found if examples_of(file.parent)]


def feature_files(name: str) -> list[Path]:
    """The feature files of a protocol that are being written, which its newest version has to pass."""
    return sorted((PROTOCOLS / name / "examples").glob("*.feature"))


@cache
def results_of(folder: str) -> tuple[Result, ...]:
    """What came of every example of a version."""
    files = examples_of(PROTOCOLS / folder)
    return tuple(run_scenario(protocol_in(folder), scenario) for file in files for scenario in read_scenarios(file))


def told(*sentences: str, folder: str = "york/2018-09-01") -> Result:
    """What comes of a scenario of these sentences; the line of each is its place from 1."""
    lines = tuple(Line(number, text) for number, text in enumerate(sentences, start=1))
    return run_scenario(protocol_in(folder), Scenario(Path("told.feature"), 1, "told", frozenset(), lines))


def why_it_failed(*sentences: str) -> str:
    """The message of the failure at the last of these sentences, which must fail, and no earlier one."""
    failure = told(*sentences).failure
    assert failure is not None, f"It went through: {sentences[-1]}"
    assert failure.line.number == len(sentences), f"Line {failure.line.number} failed already: {failure.why}"
    return failure.why
