"""The doors to a council's numbers and to the version that a transfer runs under: for those who oversee all transfers.

Who they are, the procedure says (`sight: transfer`). To read the procedure is everybody's.
"""

from datetime import datetime

from handhold.access.families import Sighted, sight_of
from handhold.access.transfers import NotHere, lock_children
from handhold.records.models import Authority, Practitioner, ProtocolSettings, Run

RUN_FOR_CASE = (
    "sender__agency",
    "sender__team",
    "receiver__agency",
    "receiver__team",
    "family",
    "assessment",
    "authority",
)


def may_oversee(sight: Sighted) -> bool:
    """Whether they may propose and approve numbers, and move transfers to another version."""
    return sight.sees_all


def access_settings_to_change(*, by: Practitioner, now: datetime) -> Sighted:
    """The numbers of somebody's council, locked for this transaction, for who oversees it. Raises NotHere."""
    sight = sight_of(by, now)
    if not may_oversee(sight):
        raise NotHere
    # One after the other: two proposals at once would have one number.
    list(Authority.objects.select_for_update(no_key=True).filter(pk=by.agency.authority_id).values_list("pk"))
    return sight


def access_revision_to_change(
    folder: str, revision: int, *, by: Practitioner, now: datetime
) -> tuple[ProtocolSettings, Sighted]:
    """One revision of the numbers, locked, for who oversees. Raises NotHere."""
    sight = access_settings_to_change(by=by, now=now)
    rows = ProtocolSettings.objects.filter(authority=by.agency.authority_id, protocol_folder=folder, revision=revision)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise NotHere
    return row, sight


def access_run_to_move(ref: str, *, by: Practitioner, now: datetime, is_to_change: bool = False) -> Run:
    """A transfer that has not ended, for who oversees it; its children locked where it is to be changed.

    The procedure that it runs under need not be readable: moving it is the way on from there. Raises NotHere.
    """
    if not may_oversee(sight_of(by, now)):
        raise NotHere
    if is_to_change:
        lock_children(ref)
    runs = Run.objects.filter(ref=ref, authority=by.agency.authority_id, ended_at__isnull=True)
    run = runs.select_related(*RUN_FOR_CASE).first()
    if run is None:
        raise NotHere
    return run
