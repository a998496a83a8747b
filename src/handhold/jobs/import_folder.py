"""`handhold import`: reads a folder of CSV files and stores it whole, or says every fault and stores nothing."""

import signal
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table as Grid

from handhold.actions.importing import Imported, import_folder
from handhold.casefiles.protocols import current_version
from handhold.exchange.checking_services import ProtocolNames
from handhold.exchange.faults import Fault, FolderRefused
from handhold.exchange.folder import Folder
from handhold.exchange.reading import read_folder
from handhold.exchange.tables import AUTHORITY
from handhold.jobs.database import bring_up_to_date, database_running
from handhold.protocol.loading import ProtocolRefused
from handhold.records.models import Authority

INTERRUPTED = 130


def import_command(
    folder: Annotated[Path, typer.Argument(help="the folder of CSV files", exists=True, file_okay=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say what would be done, and change nothing")] = False,
) -> None:
    """Import a folder of families, people, practitioners and casework. See docs/guide/import.md for its files."""
    console = Console(highlight=False)
    # Whatever ends the import ends it as Ctrl-C does: the transaction is taken back, the database let go.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        with database_running():
            if settings.DATABASE_IS_EMBEDDED:
                bring_up_to_date()
            done = load_folder(folder, now=timezone.now(), dry_run=dry_run, console=console)
    except FolderRefused as refused:
        _show_faults(refused.faults, console)
        raise typer.Exit(1) from refused
    except KeyboardInterrupt as interrupted:
        console.print("Interrupted. Nothing was changed.")
        raise typer.Exit(INTERRUPTED) from interrupted
    _show_counts(done, console)


def load_folder(folder: Path, *, now: datetime, console: Console, dry_run: bool = False) -> Imported:
    """Read and store a folder, showing how far it is. Raises FolderRefused with every fault."""
    with _progress(console) as progress:
        reading = progress.add_task("Reading", total=None)
        rows, faults = read_folder(folder, tell=lambda file: progress.update(reading, description=f"Reading {file}"))
        names, unknown = find_protocol_names(rows)
        faults += unknown
        progress.update(reading, description=f"Read {len(rows):,} rows", total=1, completed=1)
        steps = _Steps(progress)
        return import_folder(rows, now=now, names=names, read_faults=faults, dry_run=dry_run, tell=steps.tell)


def find_protocol_names(folder: Folder) -> tuple[ProtocolNames | None, list[Fault]]:
    """Return the codes of the protocol that the folder's authority works by, or the fault that there is none such."""
    named = next((row["protocol"] for row in folder.of(AUTHORITY) if row["protocol"]), None)
    if named is None:
        return None, []
    try:
        protocol = current_version(Authority(protocol=named)).file
    except ProtocolRefused as refused:
        mend = "Name a folder under `protocols`; `handhold protocol check` says what is wrong with one."
        return None, [Fault(AUTHORITY.file, 2, "protocol", str(refused.faults[0]), mend)]
    return ProtocolNames(named, list(protocol.roles), list(protocol.queues), list(protocol.meetings)), []


class _Steps:
    """Shows each file that is being stored as a bar of its own."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.tasks: dict[str, TaskID] = {}

    def tell(self, file: str, done: int, of: int) -> None:
        if not of:
            return
        if file not in self.tasks:
            self.tasks[file] = self.progress.add_task(f"Storing {file}", total=of)
        self.progress.update(self.tasks[file], completed=done, total=of)


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    # Where nobody watches (a log, a pipe) there is nothing to draw.
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _show_faults(faults: list[Fault], console: Console) -> None:
    for fault in faults:
        console.print(str(fault), markup=False, soft_wrap=True)
    noun = "fault" if len(faults) == 1 else "faults"
    console.print(f"{len(faults)} {noun}. Nothing was imported.", markup=False)


def _show_counts(done: Imported, console: Console) -> None:
    if done.is_nothing_new:
        console.print("Nothing new: every row was imported before.")
        return
    grid = Grid("File", "New", "Changed", "As before", box=None)
    for file, counts in done.counts.items():
        grid.add_row(file, f"{counts.new:,}", f"{counts.changed:,}", f"{counts.same:,}")
    console.print(grid)
    console.print("This is what would be done. Nothing was changed." if done.is_dry_run else "Imported.")
