"""The rows of the panel `Before social work ends`, with their addresses and the words of the source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handhold.protocol.pathways import Protocol
from handhold.queries.before_the_end import GapRow
from handhold.queries.gaps import Gap
from handhold.web.components import ClauseWords
from handhold.web.transfers.shown import VERBS, first_clause, step_address
from handhold.working_days import DueWords


@dataclass(frozen=True, slots=True)
class Way:
    """A link: to the page of a step for this child, or for all of them where `child` is empty."""

    child: str
    address: str


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One row: what, whose move and by when, where it is done; `verb` is empty where it only can be looked at."""

    what: str
    whose: str
    due: DueWords | None
    verb: str
    ways: tuple[Way, ...]
    exception_words: str
    exceptions: tuple[Way, ...]
    clause: ClauseWords | None


def panel_rows(ref: str, rows: Iterable[GapRow], protocol: Protocol) -> list[PanelRow]:
    """The rows of a transfer's panel, in their order."""
    return [_row(ref, row, protocol) for row in rows]


def _row(ref: str, row: GapRow, protocol: Protocol) -> PanelRow:
    gap = row.first
    page = "step-exception-decision" if gap.state == "exception-asked" else "step"
    return PanelRow(
        what=gap.title if len(row.gaps) > 1 else gap.what,
        whose=_whose(gap),
        due=gap.due,
        verb=_verb(gap) if row.place == "mine" else "",
        ways=tuple(_way(ref, one, page) for one in row.gaps if one.step),
        exception_words=gap.exception_words,
        exceptions=tuple(_way(ref, one, "step-exception") for one in row.gaps if one.exception == "ask"),
        clause=first_clause(protocol, gap.clauses),
    )


def _way(ref: str, gap: Gap, page: str) -> Way:
    return Way(gap.child_name, step_address(ref, gap.step, gap.child_ref, page))


def _verb(gap: Gap) -> str:
    return "Decide on the exception" if gap.exception == "decide" else VERBS.get(gap.kind, "Go there")


def _whose(gap: Gap) -> str:
    """`You`, `Dana Cole, once “Make the ending visit” is done`, `Who decides: Dana Cole`"""
    if gap.problem != "step-missing":
        return f"Who decides: {gap.who}"
    if gap.state == "exception-asked":
        return f"An exception was asked for. Who decides: {gap.who}"
    who = f"{gap.who[:1].upper()}{gap.who[1:]}"
    several = "” and " in gap.waits_for or ", " in gap.waits_for
    return f"{who}, once {gap.waits_for} {'are' if several else 'is'} done" if gap.waits_for else who
