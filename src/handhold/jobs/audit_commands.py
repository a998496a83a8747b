"""`handhold audit`: whether the chain of the audit holds, and where it ends."""

from typing import Annotated

import typer

from handhold.audit.chain import ChainEnd, find_end, verify_chain
from handhold.jobs.database import database_running

audit = typer.Typer(
    name="audit", help="Check who did what: every event there, unchanged, in its place.", no_args_is_help=True
)


@audit.callback()
def group() -> None:
    """Keeps `verify` a subcommand while it is the only one."""


@audit.command("verify")
def verify(
    noted: Annotated[
        str, typer.Option(help="an end that an earlier run printed (POSITION:DIGEST), kept outside this database")
    ] = "",
) -> None:
    """Compute the whole chain again; exit with 1 when anything was changed, is missing or was cut off its end."""
    with database_running():
        faults, end = verify_chain(noted=read_end(noted) if noted else None), find_end()
    for fault in faults:
        typer.echo(f"At {fault.position}: {fault.why}", err=True)
    if faults:
        raise typer.Exit(1)
    typer.echo(f"The chain holds. It ends at {end.position}:{end.digest.hex()}")
    typer.echo("Note this end somewhere else, and give it to the next check: --noted POSITION:DIGEST")


def read_end(words: str) -> ChainEnd:
    """The end of a chain as `verify` prints it. Raises typer.BadParameter."""
    position, _, digest = words.partition(":")
    try:
        return ChainEnd(int(position), bytes.fromhex(digest))
    except ValueError as fault:
        raise typer.BadParameter("An end is written POSITION:DIGEST, as `handhold audit verify` prints it.") from fault
