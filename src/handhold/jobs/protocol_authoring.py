"""`handhold protocol new`, `words`: for whoever writes a protocol a folder to begin with, and each word there is."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from handhold.protocol.scaffolding import MARK, NewProtocol, NotScaffolded, write_scaffold
from handhold.protocol.words_for_authors import tables


def new(
    name: Annotated[str, typer.Argument(help="The folder's name: lower case, hyphens between words.")],
    *,
    title: Annotated[str, typer.Option(help="What the procedure is called.")] = "",
    council: Annotated[str, typer.Option(help="What the council is called.")] = "",
    in_force: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day from which it holds; without it today.")
    ] = None,
) -> None:
    """Write the folder of a new protocol, which passes the check, with a mark in every line that is to be replaced.

    It is written beside the others: in `protocols/` of Handhold, or in the folder that HANDHOLD_PROTOCOLS names.
    """
    called = council or f"{name.replace('-', ' ').title()} Council"
    begun = NewProtocol(name, title or "Step down to early help", called, in_force.date() if in_force else _today())
    try:
        written = write_scaffold(Path(settings.HANDHOLD_PROTOCOLS), begun)
    except NotScaffolded as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from refused
    for path in written:
        typer.echo(path)
    typer.echo(f"\nIt works as it stands: `handhold protocol check {name}`, `handhold examples run {name}`.")
    typer.echo(f"Then replace the lines with the word {MARK}. The guide is docs/guide/write-a-protocol.md.")


def words() -> None:
    """Print every word that a protocol can be written with, as the tables of the guide."""
    typer.echo("\n".join(tables().values()), nl=False)


def _today() -> date:
    return datetime.now().astimezone().date()
