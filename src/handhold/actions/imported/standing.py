"""How one import stands: which rows are new, changed or known, what they became, and which cannot be followed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.crypto import salted_hmac

from handhold.exchange.columns import Table
from handhold.exchange.faults import Fault
from handhold.exchange.folder import Folder, Row
from handhold.records.models import Authority, ExternalReference

BATCH = 1_000
AnyModel = TypeVar("AnyModel", bound=Model)
Tell = Callable[[str, int, int], None]


@dataclass
class Counts:
    """What became of the rows of one file."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass
class Sorted:
    """The rows of one file: those never seen before, and those that read otherwise than at the last import."""

    new: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, int]] = field(default_factory=list)  # with the number of the record


@dataclass
class Standing:
    """One import while it runs. `faults` are rows that cannot be followed; with any, nothing of the import lasts."""

    folder: Folder
    now: datetime
    tell: Tell
    authority: Authority = field(init=False)
    known: dict[tuple[str, str], ExternalReference] = field(default_factory=dict)
    counts: dict[str, Counts] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)  # references of new and changed records, for the audit
    leavers: list[tuple[Row, int]] = field(default_factory=list)  # practitioners who have left since
    file: str = ""  # the file whose rows are being stored

    def work_for(self, authority: Authority) -> None:
        """Settle whose import it is, and fetch all that earlier ones stored."""
        self.authority = authority
        self.known = {(known.kind, known.reference): known for known in authority.external_references.all()}

    def number_of(self, table: Table, reference: str) -> int:
        """Return the number of the record that a row became. It was checked that the row is there."""
        return self.known[table.file, reference].object_id

    def number_if_any(self, table: Table, reference: str | None) -> int | None:
        """Return the number of the record that a row became, or None for an empty cell."""
        return self.number_of(table, reference) if reference else None

    def sort(self, table: Table) -> Sorted:
        """Part the rows of a file into new, changed and unchanged ones, and count them."""
        self.file = table.file
        found = Sorted()
        counts = self.counts.setdefault(table.file, Counts())
        for row in self.folder.of(table):
            known = self.known.get((table.file, row.key(table)))
            if known is None:
                found.new.append(row)
            elif known.digest != digest_of_row(row):
                found.changed.append((row, known.object_id))
            else:
                counts.same += 1
        counts.new, counts.changed = len(found.new), len(found.changed)
        self.tell(table.file, 0, counts.new)
        return found

    def store_all(self, records: Sequence[AnyModel]) -> None:
        """Insert records in batches, telling how far it is."""
        if not records:
            return
        everything: QuerySet[AnyModel] = QuerySet(type(records[0]))
        for start in range(0, len(records), BATCH):
            everything.bulk_create(records[start : start + BATCH])
            self.tell(self.file, min(start + BATCH, len(records)), len(records))
        self.touch(records)

    def touch(self, records: Iterable[object]) -> None:
        """Note the references of new or changed records."""
        self.touched.update(ref for ref in (getattr(record, "ref", "") for record in records) if ref)

    def remember(self, table: Table, became: Iterable[tuple[Row, int]]) -> None:
        """Store which record each new row became."""
        references = [
            ExternalReference(
                authority=self.authority,
                kind=table.file,
                reference=row.key(table),
                object_id=number,
                digest=digest_of_row(row),
            )
            for row, number in became
        ]
        ExternalReference.objects.bulk_create(references, batch_size=BATCH)
        self.known |= {(made.kind, made.reference): made for made in references}

    def remember_changes(self, table: Table, rows: Iterable[tuple[Row, int]]) -> None:
        """Store how changed rows read now, so that the same folder changes nothing the next time."""
        changed = []
        for row, _number in rows:
            known = self.known[table.file, row.key(table)]
            known.digest = digest_of_row(row)
            changed.append(known)
        ExternalReference.objects.bulk_update(changed, ["digest"], batch_size=BATCH)

    def refuse(self, table: Table, row: Row, column: str, what: str, mend: str) -> None:
        """Note that a row cannot be followed."""
        self.faults.append(Fault(table.file, row.number, column, what, mend))


def digest_of_row(row: Row) -> str:
    """Return a keyed digest of what a row says. Without the installation's secret nothing can be found by trying."""
    words = "\n".join(f"{column}={row.cells[column]}" for column in sorted(row.cells))
    return salted_hmac("handhold.import", words, algorithm="sha256").hexdigest()
