"""What time alone brings about: reminders, what goes up to somebody above, concerns that nobody received; and the look,
once a day, whether the promises hold.

Once, until stopped, or beside the pages of the demo. It keeps nothing to itself: it may be killed anywhere and started
again, and any number of these can run beside each other.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated

import typer
from django.db import DatabaseError, connection
from django.utils import timezone
from rich.console import Console
from rich.progress import track

from handhold.actions.by_itself import record_what_comes_by_itself
from handhold.actions.concern_reminders import remind_of_decision
from handhold.actions.looking import is_time_to_look, keep_look
from handhold.actions.paper_reminders import remind_of_papers
from handhold.actions.reminders import forget_clocks, put_off, remind_of_limits
from handhold.actions.unreceived import say_not_received
from handhold.casefiles.offices import NobodyHoldsThisRole
from handhold.casefiles.protocols import ProtocolChanged
from handhold.jobs.checking_numbers import NumbersChecker, numbers_checked_beside
from handhold.jobs.database import database_running
from handhold.jobs.invariants import one_snapshot
from handhold.jobs.serving import end_on_signals
from handhold.protocol.loading import ProtocolRefused
from handhold.queries.invariants import find_breaches
from handhold.queries.run_clocks import find_runs_to_look_at
from handhold.queries.undecided import find_undecided
from handhold.queries.unreceived import find_unreceived

PAUSE_SECONDS = 30.0
STOP_SECONDS = 10.0
MANY = 50  # from so many transfers on it takes seconds, and the progress is shown
PUT_OFF_FOR = timedelta(hours=1)

Stopped = Callable[[], bool]


@dataclass
class Kept:
    """What one look at the clock came to."""

    looked_at: int = 0
    reminders: int = 0
    concerns: int = 0
    papers: int = 0
    by_itself: int = 0
    """Steps that came about as time passed."""
    decisions: int = 0
    """Words about the decision on a concern of which no transfer says them."""
    unreadable: dict[int, str] = field(default_factory=dict)
    """The ids of transfers that could not be looked at, and why; they are tried again in an hour."""

    def __str__(self) -> str:
        return (
            f"Looked at {self.looked_at} transfers; {self.reminders} reminders; {self.concerns} concerns not received; "
            f"{self.by_itself} steps that time brought about; "
            f"{self.decisions} reminders of concerns to decide; {self.papers} reminders of papers."
        )


def keep_time(
    once: Annotated[bool, typer.Option("--once", help="say what is owed now, then end")] = False,
    every: Annotated[float, typer.Option(help="seconds between two looks at the clock", min=0.1)] = PAUSE_SECONDS,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="first forget when each transfer changes next")] = False,
) -> None:
    """Remind of limits, take them up when they pass, tell of concerns that nobody received; until SIGINT or SIGTERM.

    Nothing is said twice, however many of these run and however often one is killed.
    """
    end_on_signals()
    console = Console(stderr=True)
    with database_running(), numbers_checked_beside() as checker:
        if rebuild:
            typer.echo(f"Forgot the clocks of {forget_clocks()} transfers; each is looked at again.")
        while True:
            kept = keep_time_once(timezone.now(), console=console)
            look_at_the_promises(timezone.now())
            checker.look(wait=once)
            if once or kept.unreadable:
                _report(kept)
            if once:
                return
            time.sleep(every)


def keep_time_once(now: datetime, *, console: Console | None = None, is_stopped: Stopped = lambda: False) -> Kept:
    """Says everything that is owed at `now`; each transfer and each concern in a transaction of its own.

    Concerns come first: their limit is in minutes.
    """
    kept = Kept()
    for concern in find_unreceived(now):
        kept.concerns += say_not_received(concern, now=now)
    for concern in find_undecided(now):
        kept.decisions += remind_of_decision(concern, now=now)
    kept.papers += remind_of_papers(now)
    runs = find_runs_to_look_at(now)
    shows = console is not None and len(runs) >= MANY
    for run in track(runs, "Looking at transfers", console=console, transient=True) if shows else runs:
        if is_stopped():
            break
        _look_at(run, now, kept)
    return kept


def look_at_the_promises(now: datetime) -> None:
    """Once a day: whether the promises hold on the records as they are, for the page that shows it."""
    if is_time_to_look(now):
        with one_snapshot():
            breaches = find_breaches(now)
        keep_look(breaches, now)


def _look_at(run: int, now: datetime, kept: Kept) -> None:
    """One transfer that cannot be read holds up nobody else's time."""
    kept.looked_at += 1
    try:
        kept.by_itself += record_what_comes_by_itself(run, now=now)
        kept.reminders += remind_of_limits(run, now=now)
    except (ProtocolChanged, ProtocolRefused, NobodyHoldsThisRole) as fault:
        kept.unreadable[run] = str(fault)
        put_off(run, until=now + PUT_OFF_FOR, now=now)


def _report(kept: Kept) -> None:
    typer.echo(str(kept))
    for run, why in kept.unreadable.items():
        typer.echo(f"Transfer {run} could not be looked at, and is tried again in an hour: {why}", err=True)


@contextmanager
def time_kept_beside(every: float = PAUSE_SECONDS) -> Iterator[None]:
    """Keeps time from a thread of its own while the body runs. The database must be there for longer."""
    stopped = threading.Event()
    keeper = threading.Thread(target=_keep_until, args=(stopped, every), name="time", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopped.set()
        keeper.join(STOP_SECONDS)


def _keep_until(stopped: threading.Event, every: float) -> None:
    try:
        with numbers_checked_beside() as checker:
            while not stopped.is_set():
                _keep_or_wait(stopped, checker)
                stopped.wait(every)
    finally:
        connection.close()


def _keep_or_wait(stopped: threading.Event, checker: NumbersChecker) -> None:
    """A database that is away for a moment is no reason never to look at the clock again."""
    try:
        keep_time_once(timezone.now(), is_stopped=stopped.is_set)
        look_at_the_promises(timezone.now())
        checker.look()
    except DatabaseError:
        connection.close()
