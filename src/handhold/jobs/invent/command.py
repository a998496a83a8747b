"""`handhold invent`: writes a folder of invented families, for demonstrations, practice and measurements."""

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Annotated, Any

import typer
from django.utils import timezone
from rich.console import Console

from handhold.exchange.columns import Table
from handhold.exchange.tables import AGENCIES, FAMILIES, FAMILY_MEMBERS, PEOPLE, RELATIONSHIPS
from handhold.exchange.writing import write_table
from handhold.jobs.invent.casework import Casework
from handhold.jobs.invent.council import find_councils, invent_council
from handhold.jobs.invent.households import Household, Households, Member
from handhold.jobs.invent.states import share_out
from handhold.jobs.invent.stories import Stories

USUAL_FAMILIES = 300
USUAL_SEED = 7
DAYS_OF_A_YEAR = 365.25
YEARS_OF_AGE = (20.9, 24.7, 19.5, 22.3)


class FolderNotEmpty(Exception):
    """The folder holds files already; they might be somebody's."""


def invent(
    folder: Annotated[Path, typer.Argument(help="where to write; a new or empty folder")],
    families: Annotated[int, typer.Option(help="how many families", min=1, max=100_000)] = USUAL_FAMILIES,
    seed: Annotated[int, typer.Option(help="the same seed invents the same people")] = USUAL_SEED,
    today: Annotated[
        datetime | None, typer.Option(help="the day that they are invented for; without it today", formats=["%Y-%m-%d"])
    ] = None,
    council: Annotated[str, typer.Option(help="which council is invented around them")] = "",
) -> None:
    """Write a folder of invented families, which `handhold import` reads. Nobody in it exists."""
    try:
        day = today.date() if today else timezone.localdate()
        rows = write_invented_folder(folder, families=families, seed=seed, today=day, council=council)
    except FolderNotEmpty as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault
    Console().print(f"{families} invented families, {rows:,} rows: {folder}", highlight=False)


def write_invented_folder(folder: Path, *, families: int, seed: int, today: date, council: str = "") -> int:
    """Write the folder whole, or not at all, and return its number of rows. Raises FolderNotEmpty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(f"{folder} is not empty. Name a new folder: nothing is overwritten.")
    draft = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    rows = sum(write_table(draft, table, found) for table, found in invent_rows(families, seed, today, council).items())
    if folder.exists():
        folder.rmdir()
    draft.rename(folder)
    return rows


def invent_rows(families: int, seed: int, today: date, council: str = "") -> dict[Table, list[dict[str, Any]]]:
    """Invent a council and so many families, with a young person who lives alone for each hundred; return all rows."""
    made = invent_council(council or find_councils()[0], seed=seed, today=today)
    names = {agency["reference"]: agency["name"] for agency in made.rows[AGENCIES]}
    casework = Casework(made, Stories(names, seed=seed), seed=seed, today=today)
    rows = dict(made.rows)
    for table in (FAMILIES, PEOPLE, FAMILY_MEMBERS, RELATIONSHIPS):
        rows[table] = []
    young_people = families // 100 if "pathways" in made.plan["holds"] else 0
    states = share_out(families, Random(f"states {seed}"))
    households = Households(made.plan, made.schools, seed=seed, today=today)
    for household, state in zip(households.invent(families), states, strict=True):
        known_since = casework.add(household, state)
        _add_household(rows, household, known_since)
    _add_young_people(rows, households, casework, young_people, today)
    return rows | casework.rows | casework.encounters.rows


def _add_young_people(
    rows: dict[Table, list[dict[str, Any]]], households: Households, casework: Casework, count: int, today: date
) -> None:
    """People who were in care and are grown up: some close to 21 or 25, when somebody has to think of them."""
    for place in range(count):
        born = today - timedelta(days=round(DAYS_OF_A_YEAR * YEARS_OF_AGE[place % len(YEARS_OF_AGE)]))
        household = households.invent_young_person(f"P{place + 1:05d}", born)
        _add_household(rows, household, casework.add_young_person(household))


def _add_household(rows: dict[Table, list[dict[str, Any]]], household: Household, known_since: date) -> None:
    rows[FAMILIES].append({"reference": household.reference, "name": household.name})
    for member in household.members:
        rows[PEOPLE].append(_person(member))
        rows[FAMILY_MEMBERS].append(
            {
                "family": household.reference,
                "person": member.reference,
                "role": member.role,
                "in_household": member.in_household,
                "from": _since(member, known_since),
            }
        )
    for who, relation, other, responsible in household.related:
        rows[RELATIONSHIPS].append(
            {
                "from_person": who.reference,
                "kind": relation,
                "to_person": other.reference,
                "parental_responsibility": responsible,
                "from": _since(other, known_since),
            }
        )


def _since(member: Member, known_since: date) -> date:
    """A child belongs from birth on; an unborn one, or an adult, from when the family was first known."""
    return member.birth_date if member.role == "child" and member.birth_date else known_since


def _person(member: Member) -> dict[str, Any]:
    details = {name: value for name, value in member.details.items() if name != "relation"}
    return details | {
        "reference": member.reference,
        "given_name": member.given_name,
        "family_name": member.family_name,
        "known_as": member.known_as,
        "birth_date": member.birth_date,
        "expected_birth_date": member.expected_birth_date,
        "sex": member.sex,
    }
