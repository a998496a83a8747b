"""All figures, in the order of the table."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test.utils import setup_test_environment
from tests.actions.walking import begin
from tests.records.factories import make_council, make_family

from bench.decisions import measure_decisions
from bench.measuring import report
from bench.recorded_step import measure_recorded_steps
from bench.search import measure_search
from bench.transfer_page import measure_transfer_page
from handhold.jobs.database import bring_up_to_date, connected_as_owner, database_running

RESULTS = Path(__file__).resolve().parent.parent / "var" / "bench.json"
RESULTS_OF_SEARCH = RESULTS.with_name("bench-search.json")


def measure_all() -> None:
    """Makes a council and two transfers, measures, and reports."""
    setup_test_environment()
    call_command("collectstatic", interactive=False, verbosity=0)
    with database_running():
        bring_up_to_date()
        with connected_as_owner():
            council = make_council()
            half_way = begin(council, make_family(council, children=3)).to_practitioner_allocated()
            again = begin(council, make_family(council, children=2))
            ratios = [
                *measure_decisions(settings.HANDHOLD_PROTOCOLS),
                *measure_recorded_steps(again),
                *measure_transfer_page(half_way),
                *measure_search(council),
            ]
    report(ratios, RESULTS)


def measure_search_alone(people: int = 100_000) -> None:
    """The figures of the search, among so many people."""
    with database_running():
        bring_up_to_date()
        with connected_as_owner():
            ratios = measure_search(make_council(), people)
    report(ratios, RESULTS_OF_SEARCH)
