"""Commands on the examples of a protocol: run them without pages or database."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from handhold.protocol.examples.running import FileNotReadable, Result, Scenario, read_scenarios, run_scenario
from handhold.protocol.loading import ProtocolRefused, latest_version, load_protocol
from handhold.protocol.pathways import Protocol

examples = typer.Typer(name="examples", help="Run the examples of a protocol.", no_args_is_help=True)


@examples.callback()
def choose() -> None:
    """Examples say in plain English what a protocol lets happen and what it refuses."""


@examples.command("run")
def run(
    protocol: Annotated[str, typer.Argument(help="The protocol's name, as its folder is called.")],
    files: Annotated[list[Path] | None, typer.Argument(help="Feature files; without any, all of the protocol.")] = None,
) -> None:
    """Print each example: passed, or failed with file, line, sentence and why. Exit 1 where one failed."""
    try:
        loaded = load_protocol(latest_version(settings.HANDHOLD_PROTOCOLS, protocol))
        scenarios = read_all(files or find_feature_files(settings.HANDHOLD_PROTOCOLS / protocol))
    except (ProtocolRefused, FileNotReadable, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    results = [_run_and_print(loaded, scenario) for scenario in scenarios]
    failed = sum(not result.has_passed for result in results)
    typer.echo(f"{len(results) - failed} passed, {failed} failed")
    if failed or not results:
        raise typer.Exit(1)


def find_feature_files(folder: Path) -> list[Path]:
    """The feature files of a protocol's `examples` folder, in the order of their names."""
    return sorted((folder / "examples").glob("*.feature"))


def read_all(files: list[Path]) -> list[Scenario]:
    """The scenarios of all files. Raises FileNotReadable, and OSError for a file that is not there."""
    return [scenario for file in files for scenario in read_scenarios(file)]


def _run_and_print(protocol: Protocol, scenario: Scenario) -> Result:
    result = run_scenario(protocol, scenario)
    typer.echo(str(result))
    return result
