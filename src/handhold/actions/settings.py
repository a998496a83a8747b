"""A council's numbers and choices: one is proposed, the combination is checked, a second person makes it live.

A revision is never edited: a proposal that was wrong is followed by another. Transfers on their way keep theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from handhold.access.procedures import access_revision_to_change, access_settings_to_change
from handhold.actions.once import Submission, carry_out_once
from handhold.audit.recording import record_event
from handhold.casefiles.protocols import live_folder, protocol_at
from handhold.casefiles.revisions import find_problem_of_approval, live_among, revisions_of
from handhold.protocol.loading import Fault
from handhold.protocol.pathways import Protocol
from handhold.protocol.proving import Report, prove
from handhold.protocol.revising import find_value_problem
from handhold.protocol.sharing_out import Progress
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Practitioner, ProtocolSettings

SIBLINGS = 1
"""With how many children the combination is explored before it goes live."""


class ValueRefused(Exception):
    """This number cannot be proposed; the words say why and what to enter."""


_IN_USE = "Enter another number: this is the one in use."


class NotReadyToGoLive(Exception):
    """This revision cannot go live; the words say why, who can, or what to do instead."""


@transaction.atomic
def propose_value(
    setting: str,
    value: int,
    reason: str,
    *,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> ProtocolSettings:
    """A revision of the live numbers with one of them changed. It waits for its check.

    Raises NotHere, ValueRefused, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    sight = access_settings_to_change(by=by, now=now)
    live = sight.protocol.file.settings.get(setting)
    if live is None:
        raise ValueRefused("There is no such number or choice in the procedure.")
    problem = find_value_problem(sight.protocol, setting, value)
    if problem or value == live.value:
        in_use = "Choose the other: this is how it stands." if live.is_choice else _IN_USE
        raise ValueRefused(problem or in_use)
    if live.is_choice:
        value = bool(value)
    authority = by.agency.authority
    folder = live_folder(authority)
    earlier = revisions_of(authority.pk, folder)
    base = live_among(earlier)
    revision = ProtocolSettings.objects.create(
        authority=authority,
        protocol_folder=folder,
        revision=earlier[-1].revision + 1 if earlier else 1,
        values={**(base.values if base else {}), setting: value},
        reason=reason,
        proposed_by=by,
        proposed_at=now,
    )
    record_event(
        "settings.proposed",
        by=by,
        now=now,
        subjects=[_subject(revision)],
        before={setting: live.value},
        after={setting: value},
    )
    check_constraints_now()
    return revision


def check_revision(
    revision: ProtocolSettings,
    now: Callable[[], datetime],
    progress: Progress | None = None,
    prover: Callable[[Protocol, int, Progress | None], Report] = prove,
) -> ProtocolSettings:
    """Explores the procedure with these numbers and keeps what was found, once. It takes a minute: not for a page.

    `now` is asked when it is done; `prover` is `prove` but for tests. Of two checks at once the first is kept.
    """
    if revision.checked_at is not None:
        return revision
    found = prover(protocol_at(revision.authority_id, revision.protocol_folder, revision.revision), SIBLINGS, progress)
    with transaction.atomic():
        waiting = ProtocolSettings.objects.filter(pk=revision.pk, checked_at__isnull=True)
        at = now()
        if waiting.update(checked_at=at, faults="\n".join(_lines_of(found))):
            passed = {"passed": not found.falls_short}
            record_event("settings.checked", by=None, now=at, subjects=[_subject(revision)], after=passed)
        check_constraints_now()
    revision.refresh_from_db()
    return revision


def find_waiting_revisions() -> list[ProtocolSettings]:
    """The proposals that nobody has checked yet, oldest first."""
    rows = ProtocolSettings.objects.filter(checked_at__isnull=True, live_from__isnull=True)
    return list(rows.select_related("authority").order_by("proposed_at", "pk"))


def _subject(row: ProtocolSettings) -> str:
    """A revision as the audit names it: council and number."""
    return f"set-{row.authority_id}-{row.revision}"


def _lines_of(report: Report) -> list[str]:
    """What the check found, a line each; nothing where the combination may go live."""
    lines = [_words_of(fault) for fault in report.faults]
    for walked in report.explored:
        lines += [f"{walked.found.pathway}: {what}" for what, _ in walked.found.violations]
        if walked.found.traps:
            waits = "; ".join(walked.found.traps[0].waits_for)
            words = f"{walked.found.pathway}: there is a state from which staff alone cannot bring it to an end"
            lines.append(f"{words}, for it waits for: {waits}." if waits else f"{words}.")
    return lines


def _words_of(fault: Fault) -> str:
    return f"{fault.what} {fault.mend}".strip()


@transaction.atomic
def approve_revision(
    folder: str, revision: int, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> ProtocolSettings:
    """Makes a checked revision live: transfers that begin from now on have its numbers. A second person does it (H6).

    Raises NotHere, NotReadyToGoLive, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    row, _ = access_revision_to_change(folder, revision, by=by, now=now)
    problem = find_problem_of_approval(row, live_among(revisions_of(row.authority_id, folder)), by)
    if problem:
        raise NotReadyToGoLive(problem)
    ProtocolSettings.objects.filter(pk=row.pk).update(live_from=now, approved_by=by)
    record_event("settings.made-live", by=by, now=now, subjects=[_subject(row)], after=row.values)
    check_constraints_now()
    row.refresh_from_db()
    return row
