"""Commands on the examples of a protocol: run them without pages or database."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from handhold.protocol.examples.running import FileNotReadable, Result, Scenario, read_scenarios, run_scenario
from handhold.protocol.freezing import examples_of, frozen_versions
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
    """Print each example: passed, or failed with file, line, sentence and why. Exit 1 where one failed.

    Without files: those that are being written, by the newest version; then those of each frozen version, by it.
    """
    try:
        newest = latest_version(settings.HANDHOLD_PROTOCOLS, protocol)
        of_versions = {newest: files} if files else _examples_of_versions(newest)
        told = [(load_protocol(version), _read_all(chosen)) for version, chosen in of_versions.items()]
    except (ProtocolRefused, FileNotReadable, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    results = [_run_and_print(loaded, scenario) for loaded, scenarios in told for scenario in scenarios]
    failed = sum(not result.has_passed for result in results)
    typer.echo(f"{len(results) - failed} passed, {failed} failed")
    if failed or not results:
        raise typer.Exit(1)


def _examples_of_versions(newest: Path) -> dict[Path, list[Path]]:
    """Version -> its feature files: the newest, and every frozen one."""
    frozen = [newest.parent / name for name in frozen_versions(newest.parent)]
    return {version: examples_of(version) for version in dict.fromkeys([newest, *frozen])}


def _read_all(files: list[Path]) -> list[Scenario]:
    """The scenarios of all files. Raises FileNotReadable, and OSError for a file that is not there."""
    return [scenario for file in files for scenario in read_scenarios(file)]


def _run_and_print(protocol: Protocol, scenario: Scenario) -> Result:
    result = run_scenario(protocol, scenario)
    typer.echo(str(result))
    return result
