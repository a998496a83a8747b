"""What is wrong with a folder of files, said so that whoever made the files can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong. `row` is the row as a spreadsheet counts it (1 is the header), 0 the file as a whole."""

    file: str
    row: int
    column: str
    what: str
    mend: str

    def __str__(self) -> str:
        places = [self.file or "the folder"]
        places += [f"row {self.row}"] if self.row else []
        places += [f"column {self.column}"] if self.column else []
        return f"{', '.join(places)}: {self.what} {self.mend}".strip()


class FolderRefused(Exception):
    """A folder has faults and was refused whole: nothing of it is stored. `faults` lists all that were found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
