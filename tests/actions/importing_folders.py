"""Importing folders in tests: write, import, and see what changed or why it was refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.exchange.folders import NAMES, NOW, Rows, read_rows

from handhold.actions.importing import Imported, import_folder
from handhold.exchange.faults import FolderRefused
from handhold.records.models import Person


def run(
    path: Path, rows: Rows, *, dry_run: bool = False, tell: Callable[[str, int, int], None] | None = None
) -> Imported:
    """Write a folder and import it."""
    folder = read_rows(path, rows)
    return import_folder(folder, now=NOW, names=NAMES, dry_run=dry_run, tell=tell or (lambda *_: None))


def changed_files(done: Imported) -> dict[str, tuple[int, int]]:
    """New and changed rows of each file that has any."""
    return {file: (counts.new, counts.changed) for file, counts in done.counts.items() if counts.new or counts.changed}


def refusals(path: Path, rows: Rows) -> list[tuple[str, int, str]]:
    """The places of the faults by which a folder is refused."""
    with pytest.raises(FolderRefused) as refused:
        run(path, rows)
    assert all(fault.what and fault.mend for fault in refused.value.faults)
    return [(fault.file, fault.row, fault.column) for fault in refused.value.faults]


def child(name: str) -> Person:
    return Person.objects.get(given_name=name)
