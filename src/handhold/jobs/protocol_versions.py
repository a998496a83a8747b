"""`handhold protocol doubts`, `diff`, `freeze`: what a version says, how it differs from another, that it is kept."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from handhold.jobs.protocol_commands import USUAL_SIBLINGS, all_names, check_with_progress
from handhold.jobs.revisions import protocol_at
from handhold.protocol.differences import Differences, find_differences
from handhold.protocol.doubts import Doubt, find_doubts
from handhold.protocol.explaining.phrases import quoted
from handhold.protocol.freezing import AlreadyFrozen, freeze
from handhold.protocol.loading import ProtocolRefused, latest_version, load_protocol
from handhold.protocol.pathways import Protocol
from handhold.protocol.scaffolding import MARK, marked_lines

SAME, DIFFERENT, TROUBLE = 0, 1, 2


def doubts(
    names: Annotated[
        list[str] | None, typer.Argument(help="Which protocols, by their folders' names; all where none is named.")
    ] = None,
) -> None:
    """List each doubt of a source with its clause, the reading built, and the numbers that belong to it."""
    for name in names or all_names():
        loaded = _loaded(name)
        found = find_doubts(loaded)
        noun = "doubt" if len(found) == 1 else "doubts"
        print(f"{loaded.id} {loaded.version}  {loaded.file.title}: {len(found)} {noun}")
        for doubt in found:
            print("\n".join(["", *_lines_of(doubt)]))


def diff(
    name: Annotated[str, typer.Argument(help="Which protocol.")],
    old: Annotated[str, typer.Argument(help="A version (2018-09-01), or one revision of its settings (2018-09-01:2).")],
    new: Annotated[str, typer.Argument(help="The version to hold against it.")],
) -> None:
    """Say in sentences what is different; ends with 0 where nothing is, 1 where something is, 2 in trouble."""
    try:
        before, after = protocol_at(_protocols(), name, old), protocol_at(_protocols(), name, new)
    except ProtocolRefused as refused:
        print(refused, file=sys.stderr)
        raise typer.Exit(TROUBLE) from refused
    found = find_differences(before, after)
    print("\n".join(_lines_of_differences(found, f"{name} {old}", f"{name} {new}")))
    raise typer.Exit(DIFFERENT if found else SAME)


def freeze_version(
    name: Annotated[str, typer.Argument(help="Which protocol.")],
    version: Annotated[str, typer.Argument(help="Which version of it: the name of its folder.")],
) -> None:
    """Check a version, keep its examples, which pass, in it and write down its digest: new transfers begin under it."""
    folder = _protocols() / name / version
    if marked := marked_lines(folder):
        print(f"{name} {version} is not frozen: {len(marked)} lines still say {MARK}.", file=sys.stderr)
        print("\n".join(marked), file=sys.stderr)
        raise typer.Exit(1)
    report = check_with_progress(folder, USUAL_SIBLINGS)
    if report.falls_short:
        print(f"{name} {version} is not frozen: `handhold protocol check {name}` does not pass.", file=sys.stderr)
        print("\n".join(str(fault) for fault in report.faults), file=sys.stderr)
        raise typer.Exit(1)
    try:
        digest = freeze(folder)
    except AlreadyFrozen as already:
        print(f"{name} {version} was frozen before, and nothing was written.", file=sys.stderr)
        raise typer.Exit(1) from already
    print(f"{name} {version} is frozen as {digest}. Keep {name}/frozen.yaml and {name}/{version}/ together.")


def _lines_of(doubt: Doubt) -> list[str]:
    clause = doubt.clause
    lines = [f"{clause.id}  {clause.section}", f"  The source: {quoted(_one_line(clause.quotation))}"]
    lines.append(f"  The doubt, and what is built: {_one_line(clause.doubt)}")
    lines += [
        f"  Read so in {quoted(reading.step)} ({'; '.join(reading.pathways)}): {reading.words}"
        for reading in doubt.readings
    ]
    lines += [f"  Setting: {setting.means}: {setting.length} ({setting.code})" for setting in doubt.settings]
    return lines if doubt.is_carried_out else [*lines, "  No step carries it out yet."]


def _lines_of_differences(found: Differences, old: str, new: str) -> list[str]:
    if not found:
        return [f"{old} and {new} say the same."]
    lines = [f"What changes from {old} to {new}"]
    for section in found.sections:
        lines += ["", section.title, *(f"- {sentence}" for sentence in section.sentences)]
    return lines


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _loaded(name: str) -> Protocol:
    try:
        return load_protocol(latest_version(_protocols(), name))
    except ProtocolRefused as refused:
        print(refused, file=sys.stderr)
        raise typer.Exit(1) from refused


def _protocols() -> Path:
    return Path(settings.HANDHOLD_PROTOCOLS)
