"""Importing a folder: all of its files, checked and stored in one transaction, or nothing of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, connection, transaction

from handhold.actions.imported.assessments import store_assessments, store_sections
from handhold.actions.imported.casework import store_involvements, store_professional_relationships
from handhold.actions.imported.encounters import store_consents, store_visits
from handhold.actions.imported.people import (
    store_alerts,
    store_families,
    store_family_members,
    store_people,
    store_relationships,
)
from handhold.actions.imported.practitioners import (
    refuse_leavers_with_children,
    store_absences,
    store_practitioners,
)
from handhold.actions.imported.refusals import fault_of
from handhold.actions.imported.services import (
    store_agencies,
    store_authority,
    store_meetings,
    store_posts,
    store_queues,
    store_rotas,
    store_teams,
)
from handhold.actions.imported.standing import Counts, Standing, Tell
from handhold.audit.recording import record_event
from handhold.exchange.checking import find_faults
from handhold.exchange.checking_services import ProtocolNames
from handhold.exchange.faults import Fault, FolderRefused
from handhold.exchange.folder import Folder
from handhold.records.constraints import check_constraints_now

# In an order in which each file finds what it refers to.
STORES: tuple[Callable[[Standing], None], ...] = (
    store_authority,
    store_agencies,
    store_teams,
    store_practitioners,
    store_absences,
    store_posts,
    store_queues,
    store_meetings,
    store_rotas,
    store_families,
    store_people,
    store_family_members,
    store_relationships,
    store_alerts,
    store_involvements,
    refuse_leavers_with_children,
    store_professional_relationships,
    store_assessments,
    store_sections,
    store_visits,
    store_consents,
)
SUBJECTS_OF_EVENT = 500
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('handhold.import'))"


@dataclass(frozen=True)
class Imported:
    """What an import did, or would have done: the rows of each file, new, changed and the same as before."""

    counts: dict[str, Counts]
    is_dry_run: bool

    @property
    def is_nothing_new(self) -> bool:
        """Say whether every row was known already."""
        return not any(counts.new or counts.changed for counts in self.counts.values())


def import_folder(
    folder: Folder,
    *,
    now: datetime,
    names: ProtocolNames | None = None,
    read_faults: Sequence[Fault] = (),
    dry_run: bool = False,
    tell: Tell = lambda _file, _done, _of: None,
) -> Imported:
    """Store the rows of a folder that was read without fault, and return what was done.

    `read_faults` were found while the folder was read, and are told with all others; `names` are the codes of the
    authority's protocol; `tell` hears file, rows done and rows in all. A dry run does the same and takes it back.
    Raises FolderRefused with every fault, and then, as after any exception, nothing is stored.
    """
    # 1. What the folder says by itself.
    faults = [*read_faults, *find_faults(folder, now=now, names=names)]
    if faults:
        raise FolderRefused(faults)
    with transaction.atomic():
        # 2. One import at a time: two of the same folder would both find every row new.
        with connection.cursor() as cursor:
            cursor.execute(ONE_AT_A_TIME)
        # 3. What it says against what is on record; the database has the last word, inside the transaction.
        standing = Standing(folder, now, tell)
        _store(standing)
        _record(standing)
        if dry_run:
            transaction.set_rollback(True)
    return Imported(standing.counts, dry_run)


def _store(standing: Standing) -> None:
    try:
        for store in STORES:
            store(standing)
            if standing.faults:
                # Later files would stumble over what is missing; the faults of this one are told together.
                raise FolderRefused(standing.faults)
        check_constraints_now()
    except DatabaseError as refusal:
        # What was found before says it better, with its row.
        raise FolderRefused(standing.faults or [fault_of(refusal, standing.file)]) from refusal


def _record(standing: Standing) -> None:
    """Write to the audit which records were made or changed, some hundred to an event."""
    subjects = sorted(standing.touched)
    for start in range(0, len(subjects), SUBJECTS_OF_EVENT):
        part = subjects[start : start + SUBJECTS_OF_EVENT]
        record_event("folder.imported", by=None, now=standing.now, subjects=part, after={"records": part})
