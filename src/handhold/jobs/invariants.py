"""`handhold invariants`: asks of the live database whether the promises hold, and names every breach."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from handhold.jobs.database import database_running
from handhold.queries.invariants import CHECKS, Breach, find_breaches

NOT_READY = 2


def invariants() -> None:
    """Ask the live database whether the promises hold: nobody let go, the past whole. Changes nothing."""
    console = Console(highlight=False)
    with database_running():
        if not _is_up_to_date():
            console.print("The tables of this database are not up to date. Run `handhold migrate` first.", markup=False)
            raise typer.Exit(NOT_READY)
        with one_snapshot():
            breaches = _asked(console)
    for breach in breaches:
        console.print(str(breach), markup=False, soft_wrap=True)
    noun = "breach" if len(breaches) == 1 else "breaches"
    console.print(
        f"{len(breaches)} {noun} of {len(CHECKS)} checks." if breaches else f"{len(CHECKS)} checks: all holds."
    )
    if breaches:
        raise typer.Exit(1)


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Has everything that is read within it be as it was at one instant, whatever others write, and nothing written."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _asked(console: Console) -> list[Breach]:
    columns = (TextColumn("Looking at {task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("records", total=len(CHECKS))

        def told(called: str, done: int, of: int) -> None:
            progress.update(task, description=called, completed=done, total=of)

        return find_breaches(timezone.now(), told)


def _is_up_to_date() -> bool:
    """Whether every migration has been applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
