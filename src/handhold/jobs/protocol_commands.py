"""`handhold protocol ...`: check, explain and draw the procedures that are written as data. Needs no database."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from handhold.protocol.deciding import Problem
from handhold.protocol.drawing import draw_pathway
from handhold.protocol.explaining import explain_pathway
from handhold.protocol.loading import ProtocolRefused, latest_version, load_protocol
from handhold.protocol.pathways import Pathway, Protocol
from handhold.protocol.promises import GUARDS
from handhold.protocol.proving import Report, prove
from handhold.protocol.schema import schemas
from handhold.protocol.sharing_out import Explored

protocol = typer.Typer(name="protocol", help="Check, explain and draw procedures.", no_args_is_help=True)

USUAL_FOLDER = Path("docs/generated")
USUAL_SIBLINGS = 2
PROCESSES = 2
FULL_SIBLINGS = 3
SHOWN_TRAPS = 5


@protocol.command("check")
def check(
    names: Annotated[list[str] | None, typer.Argument(help="Which protocols; all of them where none is named.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    siblings: Annotated[int, typer.Option(min=1, help="Explore with one child up to so many.")] = USUAL_SIBLINGS,
    full: Annotated[bool, typer.Option("--full", help=f"Explore with up to {FULL_SIBLINGS} children.")] = False,
    without: Annotated[
        str, typer.Option(help=f"Take one guard away; the check then has to fail. One of: {', '.join(GUARDS)}.")
    ] = "",
) -> None:
    """List every fault, violation and trap, and each clause not covered; ends with status 1 where there is any."""
    guard = next((known for known in GUARDS if known == without), None)
    if without and guard is None:
        raise typer.BadParameter(f"There is no guard called '{without}'. Choose one of: {', '.join(GUARDS)}.")
    deepest = max(siblings, FULL_SIBLINGS) if full else siblings
    reports = [_checked(name, deepest, guard) for name in names or all_names()]
    if as_json:
        print(json.dumps({"protocols": [report.as_plain_data() for report in reports]}, indent=2))
    else:
        for report in reports:
            print("\n".join(_lines_of(report)))
    if any(report.falls_short for report in reports):
        raise typer.Exit(1)


@protocol.command("explain")
def explain(
    name: Annotated[str, typer.Argument(help="Which protocol.")],
    pathway: Annotated[str, typer.Argument(help="Which pathway of it.")],
) -> None:
    """Say in sentences what a pathway asks, of whom, when, and what follows."""
    loaded = _loaded(name)
    print(explain_pathway(loaded, _pathway(loaded, pathway)), end="")


@protocol.command("draw")
def draw(
    name: Annotated[str, typer.Argument(help="Which protocol.")],
    pathway: Annotated[str, typer.Argument(help="Which pathway of it; all of them where none is named.")] = "",
    to: Annotated[Path, typer.Option(help="Into which folder.")] = USUAL_FOLDER,
    here: Annotated[list[str] | None, typer.Option(help="Mark this step: you are here.")] = None,
) -> None:
    """Draw pathways as SVG, each with a page of sentences beside it."""
    loaded = _loaded(name)
    chosen = [_pathway(loaded, pathway)] if pathway else list(loaded.pathways.values())
    for one in chosen:
        for path, content in pages_of(loaded, one, here or ()).items():
            _write(to / path, content)


@protocol.command("schema")
def schema(to: Annotated[Path, typer.Option(help="Into which folder.")] = USUAL_FOLDER) -> None:
    """Write the JSON Schemas with which editors help while a protocol is written."""
    for path, content in schema_files().items():
        _write(to / path, content)


def pages_of(loaded: Protocol, pathway: Pathway, here: Collection[str] = ()) -> dict[str, str]:
    """What is generated for a pathway: file name -> content."""
    picture = draw_pathway(loaded, pathway, here)
    page = explain_pathway(loaded, pathway)
    heading, rest = page.split("\n", 1)
    shown = f"{heading}\n\n![{pathway.file.title}, drawn]({pathway.id}.svg)\n{rest}"
    return {f"{loaded.id}/{pathway.id}.svg": picture.svg, f"{loaded.id}/{pathway.id}.md": shown}


def schema_files() -> dict[str, str]:
    """What is generated for editors: file name -> content."""
    return {f"schema/{name}.json": json.dumps(found, indent=2) + "\n" for name, found in schemas().items()}


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    print(path)


def _loaded(name: str) -> Protocol:
    """The newest version of a protocol; its faults are printed and end the command."""
    try:
        return load_protocol(latest_version(_protocols(), name))
    except ProtocolRefused as refused:
        print("\n".join(str(fault) for fault in refused.faults), file=sys.stderr)
        raise typer.Exit(1) from refused


def _pathway(loaded: Protocol, name: str) -> Pathway:
    if name not in loaded.pathways:
        raise typer.BadParameter(f"There is no pathway called '{name}'. Choose one of: {', '.join(loaded.pathways)}.")
    return loaded.pathways[name]


def all_names() -> list[str]:
    """Every folder of protocols that has a version."""
    return sorted({path.parent.parent.name for path in _protocols().glob("*/*/protocol.yaml")})


def _protocols() -> Path:
    return Path(settings.HANDHOLD_PROTOCOLS)


def _checked(name: str, siblings: int, without: Problem | None) -> Report:
    """The report on the newest version of a protocol."""
    try:
        return check_with_progress(latest_version(_protocols(), name), siblings, without)
    except ProtocolRefused as refused:
        return Report(name, faults=refused.faults)


def check_with_progress(version: Path, siblings: int, without: Problem | None = None) -> Report:
    """The report on one version of a protocol, with progress on a terminal."""
    name = version.parent.name
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as shown:
        task = shown.add_task(f"{name}: reading", total=None)

        def told(pathway: str, children: int, states: int) -> None:
            shown.update(task, description=f"{name}: {pathway}, {_children(children)}, {states:,} states")

        try:
            return prove(load_protocol(version), siblings, told, without, processes=PROCESSES)
        except ProtocolRefused as refused:
            return Report(name, faults=refused.faults)


def _lines_of(report: Report) -> list[str]:
    """The report as text."""
    lines = [f"{report.id} {report.version}  {report.title}".rstrip()]
    lines += [f"  Fault: {fault}" for fault in report.faults] or ["  No fault."]
    for walked in report.explored:
        lines += _lines_of_walk(walked)
    for caught, words in ((True, "Guards without which a promise breaks"), (False, "Other gates stand before")):
        named = [guard for guard, was_caught in report.guards.items() if was_caught == caught]
        if named:
            lines.append(f"  {words}: {', '.join(named)}.")
    coverage = report.coverage
    cited, shown, total = len(coverage.cited), len(coverage.exemplified), len(coverage.total)
    if total:
        lines.append(f"  Clauses: {total}, of which {cited} are carried out and {shown} shown by an example.")
    if coverage.missing:
        lines.append(f"  Not yet covered ({len(coverage.missing)}): {', '.join(coverage.missing)}")
    if coverage.not_refused:
        lines.append(f"  Gates of which no example shows a refusal: {', '.join(coverage.not_refused)}")
    if coverage.limits_not_shown:
        lines.append(f"  Limits that no examples show both met and missed: {', '.join(coverage.limits_not_shown)}")
    return lines


def _lines_of_walk(walked: Explored) -> list[str]:
    found = walked.found
    counts = f"{len(found.violations)} violations, {len(found.traps)} traps"
    lines = [
        f"  {found.pathway}, {_children(found.siblings)}: {found.states:,} states in {walked.seconds:.1f} s, {counts}"
    ]
    for what, trace in found.violations:
        lines += [f"    Violation: {what}", *_numbered(trace)]
    for trap in found.traps[:SHOWN_TRAPS]:
        lines += ["    Trap: from here council staff alone cannot bring every child to an outcome."]
        lines += _numbered(trap.trace)
        if trap.waits_for:
            lines.append(f"      Then the closure waits for: {'; '.join(trap.waits_for)}.")
    return lines


def _numbered(trace: list[str]) -> list[str]:
    return [f"      {number}. {sentence}" for number, sentence in enumerate(trace, start=1)] or ["      at the start"]


def _children(count: int) -> str:
    return "1 child" if count == 1 else f"{count} children"
