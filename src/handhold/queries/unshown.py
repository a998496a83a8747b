"""Transfers that cannot be shown, because the files of their procedure were changed: one line each, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from handhold.records.models import Run

TITLE = "A transfer that cannot be shown"


@dataclass(frozen=True, slots=True)
class Unshown:
    """A transfer of which nothing is said but whose it is and when it began."""

    run_ref: str
    family: str
    started_at: datetime


def unshown_of(runs: Iterable[Run]) -> tuple[Unshown, ...]:
    """The lines for some transfers, each with its family loaded; each once."""
    each = {run.pk: run for run in runs}.values()
    return tuple(Unshown(run.ref, f"{run.family.name} family", run.started_at) for run in each)
