"""`handhold protocol settings` and `move`: a council's numbers, and transfers that are to have another version."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Annotated

import typer
from django.utils import timezone

from handhold.access.procedures import RUN_FOR_CASE
from handhold.access.transfers import NotHere
from handhold.actions.checks_of_settings import CheckedElsewhere, take_up_check
from handhold.actions.moving import CannotMove, move_run
from handhold.actions.settings import NotReadyToGoLive, approve_revision, check_revision, find_waiting_revisions
from handhold.casefiles.moving import Version, live_version_of, version_of
from handhold.casefiles.protocols import live_folder
from handhold.jobs.database import database_running
from handhold.queries.moving import Preview, preview_move
from handhold.records.models import Authority, Practitioner, ProtocolSettings, Run


def settings_command(
    authority: Annotated[str, typer.Argument(help="Which council, by its code; all where none is named.")] = "",
    *,
    revision: Annotated[int | None, typer.Option(min=1, help="Check this revision; without it, all that wait.")] = None,
    approved_by: Annotated[str, typer.Option(help="Then make it live: the address of who approves it.")] = "",
) -> None:
    """Check proposed numbers by exploring the procedure with them; with an approver, make one revision live.

    Ends with status 1 where a check found a fault, or the revision cannot go live.
    """
    if approved_by and not (authority and revision):
        raise typer.BadParameter("Name the council and the revision that is approved.")
    with database_running():
        rows = [_revision(authority, revision)] if revision else _waiting(authority)
        if not rows:
            print("No numbers wait for their check.")
        found = [_checked(row) for row in rows]
        if approved_by:
            _approve(found[0], approved_by)
    if any(row.faults for row in found):
        raise typer.Exit(1)


def move_command(
    authority: Annotated[str, typer.Argument(help="Which council, by its code.")],
    *,
    decided_by: Annotated[str, typer.Option(help="The address of who decided it: they oversee all transfers.")],
    reason: Annotated[str, typer.Option(help="Why, for whoever reads it later.")],
    version: Annotated[str, typer.Option("--from", help="Only those of this version (2018-09-01, 2018-09-01:2).")] = "",
    to: Annotated[str, typer.Option(help="Into this version; without it, the one in use.")] = "",
    carry_out: Annotated[bool, typer.Option("--yes", help="Move them, and do not only say what would change.")] = False,
) -> None:
    """Say what would change for each transfer that is on its way, and move them by a named decision.

    For rules of safety and of law that are to reach families at once. Ends with status 1 where one cannot be moved.
    """
    with database_running():
        council, by = _council(authority), _practitioner(decided_by)
        target = _version(council, to) if to else live_version_of(council)
        runs = _runs(council, _version(council, version) if version else None)
        previews = [_previewed(run, target) for run in runs]
        moving = [preview for preview in previews if not (preview.obstacles or preview.is_there_already)]
        left = [preview.ref for preview in previews if preview.obstacles]
        if carry_out:
            left += [preview.ref for preview in moving if not _moved(preview, target, reason, by)]
    verb = "moved" if carry_out else "would be moved"
    print(f"{len(moving)} of {len(runs)} {verb} to {target}; {len(left)} cannot be.")
    if left:
        raise typer.Exit(1)


def _checked(row: ProtocolSettings) -> ProtocolSettings:
    try:
        checked = check_revision(row, timezone.now, _told, prover=take_up_check(row, timezone.now))
    except CheckedElsewhere:
        print(f"{row.authority.code} {row.protocol_folder}, settings {row.revision}: another process checks it now.")
        return row
    words = "nothing found; it waits for its approval" if not checked.faults else "it cannot go live"
    if checked.live_from:
        words = "it is live"
    print(f"{checked.authority.code} {checked.protocol_folder}, settings {checked.revision}: {words}.")
    for line in checked.faults.splitlines():
        print(f"  {line}")
    return checked


def _told(pathway: str, children: int, states: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{pathway}, {children}: {states:,} states", end="", file=sys.stderr)


def _approve(row: ProtocolSettings, address: str) -> None:
    try:
        approve_revision(row.protocol_folder, row.revision, by=_practitioner(address), now=timezone.now())
    except (NotReadyToGoLive, NotHere) as problem:
        words = str(problem) or f"{address} does not oversee this council's transfers."
        print(f"It is not live. {words}", file=sys.stderr)
        raise typer.Exit(1) from problem
    print("It is live: transfers that begin from now on have these numbers.")


def _previewed(run: Run, target: Version) -> Preview:
    preview = preview_move(run, target, timezone.now(), with_names=False)
    print(f"{run.ref}, {preview.pathway}, from {preview.from_version}")
    for line in _lines_of(preview):
        print(f"  {line}")
    return preview


def _lines_of(preview: Preview) -> Iterable[str]:
    if preview.is_there_already:
        return ["It is decided by that version already."]
    if preview.obstacles:
        return [f"It cannot be moved. {obstacle}" for obstacle in preview.obstacles]
    return preview.changes or ["Nothing that is asked or due changes."]


def _moved(preview: Preview, target: Version, reason: str, by: Practitioner) -> bool:
    try:
        move_run(preview.ref, target, reason, by=by, now=timezone.now())
    except (CannotMove, NotHere) as problem:
        print(f"{preview.ref} is not moved. {str(problem) or 'It has ended meanwhile.'}", file=sys.stderr)
        return False
    return True


def _runs(council: Authority, version: Version | None) -> list[Run]:
    """The transfers on their way; only those of one version where one is named."""
    runs = Run.objects.filter(authority=council, ended_at__isnull=True).select_related(*RUN_FOR_CASE).order_by("pk")
    return [run for run in runs if version is None or version_of(run) == version]


def _version(council: Authority, words: str) -> Version:
    """`2018-09-01` or `2018-09-01:2`, of the council's procedure."""
    name, _, revision = words.partition(":")
    if revision and not revision.isdecimal():
        raise typer.BadParameter("Name a version by its folder (2018-09-01), or a revision of it as 2018-09-01:2.")
    return Version(f"{council.protocol}/{name}", int(revision or 0))


def _revision(authority: str, revision: int) -> ProtocolSettings:
    if not authority:
        raise typer.BadParameter("Name the council too.")
    council = _council(authority)
    rows = ProtocolSettings.objects.select_related("authority").filter(authority=council, revision=revision)
    row = rows.filter(protocol_folder=live_folder(council)).first()
    if row is None:
        raise typer.BadParameter(f"The version in use has no revision {revision} of its settings.")
    return row


def _waiting(authority: str) -> list[ProtocolSettings]:
    return [row for row in find_waiting_revisions() if not authority or row.authority.code == authority]


def _council(code: str) -> Authority:
    found = Authority.objects.filter(code=code).first()
    if found is None:
        raise typer.BadParameter(f"There is no council '{code}' here.")
    return found


def _practitioner(address: str) -> Practitioner:
    found = Practitioner.objects.select_related("agency__authority").filter(email__iexact=address).first()
    if found is None:
        raise typer.BadParameter(f"Nobody here has the address {address}.")
    return found
