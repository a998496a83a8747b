"""`handhold demo`: an invented council, loaded and served, for somebody who wants to look.

Each loading step does nothing when its work is already there, so that a second start of the same data folder is quick.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone
from rich import box
from rich.console import Console
from rich.table import Table

from handhold.jobs.database import bring_up_to_date, database_running
from handhold.jobs.demo_accounts import DEMO_PASSWORD, demo_accounts, make_demo_accounts
from handhold.jobs.demo_papers import send_papers_once
from handhold.jobs.demo_referrals import receive_referrals_once
from handhold.jobs.demo_step_ups import step_up_once
from handhold.jobs.demo_transfers import walk_transfers_once
from handhold.jobs.import_folder import load_folder
from handhold.jobs.invent.command import USUAL_FAMILIES, USUAL_SEED, write_invented_folder
from handhold.jobs.invent.council import find_councils
from handhold.jobs.keep_time import time_kept_beside
from handhold.jobs.mail import mail_sent_beside
from handhold.jobs.postgres_process import PostgresNotStarted
from handhold.jobs.serving import (
    USUAL_PORT,
    PortTaken,
    ServerDied,
    address_of,
    collect_static_files,
    end_on_signals,
    listening_socket,
    wait_until_it_ends,
    web_server,
)
from handhold.records.models import Authority, Family

WIDTH = 120
SHARE_OF_OTHERS = 4
"""Of the first council's families, the others have one in so many."""


@dataclass(frozen=True)
class LoadingStep:
    """One thing that stands ready before the pages are served, with the words that announce it."""

    title: str
    load: Callable[[], object]


def loading_steps(families: int) -> tuple[LoadingStep, ...]:
    """What has to be there before the pages are served, in this order: each rests on those before it."""
    return (
        LoadingStep("Bringing the tables up to date", bring_up_to_date),
        LoadingStep("Inventing councils and their families", lambda: invent_once(families)),
        LoadingStep("Importing them", import_once),
        LoadingStep("Making accounts for its practitioners", make_demo_accounts),
        LoadingStep("Walking a few transfers on their way", walk_transfers_once),
        LoadingStep("Taking a few referrals in", receive_referrals_once),
        LoadingStep("Stepping a family up", step_up_once),
        LoadingStep("Receiving a few papers of partners", send_papers_once),
        LoadingStep("Gathering the pages' files", collect_static_files),
    )


def invented_folder(council: str) -> Path:
    """Where an invented council stands, as the CSV files that `handhold import` reads."""
    return Path(settings.DATA) / "invented" / council


def invent_once(families: int) -> None:
    """Writes the folder of each council, unless an earlier start did. Each is whole or absent.

    The first council has so many families; any other a share of them, for somebody who wants to see two procedures.
    """
    for place, council in enumerate(find_councils()):
        share = families if place == 0 else max(1, families // SHARE_OF_OTHERS)
        if not invented_folder(council).exists():
            invented_folder(council).parent.mkdir(parents=True, exist_ok=True)
            write_invented_folder(
                invented_folder(council),
                families=share,
                seed=USUAL_SEED + place,
                today=timezone.localdate(),
                council=council,
            )


def import_once() -> None:
    """Imports each folder by the same door as a council's own, unless families of that council are there already."""
    for council in find_councils():
        if not Family.objects.filter(authority__code=council).exists():
            load_folder(invented_folder(council), now=timezone.now(), console=Console(width=WIDTH))


def demo(
    port: Annotated[
        int | None, typer.Option(help="port; without it 8000, or a free one when that is taken", envvar="PORT")
    ] = None,
    host: Annotated[str, typer.Option(help="address to listen on", envvar="HOST")] = "127.0.0.1",
    families: Annotated[int, typer.Option(help="how many families to invent, the first time", min=1)] = USUAL_FAMILIES,
) -> None:
    """Serve an invented council until SIGINT or SIGTERM; DATA names the folder that keeps it."""
    end_on_signals()
    os.environ.update(HANDHOLD_DEMO="1", HANDHOLD_PLAIN_HTTP="1", HANDHOLD_HOSTS=f"localhost,127.0.0.1,[::1],{host}")
    try:
        _run(host, port, families)
    except (PortTaken, ServerDied, PostgresNotStarted) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault


def show_accounts() -> None:
    """Prints whom a visitor can sign in as, council by council."""
    found = False
    for authority in Authority.objects.order_by("pk"):
        table = Table("E-mail", "Role", "Name", "Team", box=box.SIMPLE, title=authority.name, title_justify="left")
        for account in demo_accounts(authority, timezone.now()):
            table.add_row(account.email, account.role, account.name, account.team)
        if table.row_count:
            Console(width=WIDTH).print(table)
            found = True
    if found:
        typer.echo(f"The password of each: {DEMO_PASSWORD}")


def _run(host: str, port: int | None, families: int) -> None:
    with listening_socket(host, port or USUAL_PORT, or_any=port is None) as listener:
        typer.echo(f"Data folder: {settings.DATA}")
        with database_running():
            for step in loading_steps(families):
                typer.echo(step.title)
                step.load()
            show_accounts()
            with mail_sent_beside(), time_kept_beside(), web_server(listener) as server:
                typer.echo(f"Handhold is ready: {address_of(listener)}")
                wait_until_it_ends(server)
