"""Filters of lists of work that somebody saves for themselves: saved, renamed, removed. No record about a family."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from handhold.access.transfers import NotHere
from handhold.actions.refusals import NotAllowed
from handhold.audit.recording import record_event
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Practitioner, SavedFilter


@transaction.atomic
def save_filter(worklist: str, name: str, asked: str, *, by: Practitioner, now: datetime) -> SavedFilter:
    """Keeps what was asked of a list under a name. One that has the name already is replaced by it: they said so."""
    _wait_for(by)
    saved, _ = SavedFilter.objects.update_or_create(
        practitioner=by, worklist=worklist, name=name, defaults={"asked": asked, "saved_at": now}
    )
    return _noted(saved, "filter.saved", by, now)


@transaction.atomic
def rename_filter(ref: str, name: str, *, by: Practitioner, now: datetime) -> SavedFilter:
    """Another name for one of their own. Raises NotHere, NotAllowed where another has the name."""
    _wait_for(by)
    saved = find_own_filter(ref, by)
    same = SavedFilter.objects.filter(practitioner=by, worklist=saved.worklist, name=name).exclude(pk=saved.pk)
    if same.exists():
        raise NotAllowed("You have another filter of this name. Choose a different name.", field="name")
    saved.name = name
    saved.save(update_fields=["name"])
    return _noted(saved, "filter.renamed", by, now)


@transaction.atomic
def remove_filter(ref: str, *, by: Practitioner, now: datetime) -> None:
    """Removes one of their own; nothing that was done with it changes. Raises NotHere."""
    saved = find_own_filter(ref, by)
    _noted(saved, "filter.removed", by, now)
    saved.delete()


def find_own_filter(ref: str, by: Practitioner) -> SavedFilter:
    """One of their own. Raises NotHere."""
    saved = SavedFilter.objects.filter(ref=ref, practitioner=by).first()
    if saved is None:
        raise NotHere
    return saved


def _wait_for(by: Practitioner) -> None:
    """Two browsers of one person do this one after the other."""
    Practitioner.objects.select_for_update(no_key=True).get(pk=by.pk)


def _noted(saved: SavedFilter, event: str, by: Practitioner, now: datetime) -> SavedFilter:
    record_event(event, by=by, now=now, subjects=[saved.ref, by.ref])
    check_constraints_now()
    return saved
