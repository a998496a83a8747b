"""Search among many invented people: the share found with a letter wrong in each of both names, and the time it takes.

`python -m bench search`, or with a number of people. The floor is the plain scan that search was before: each word
somewhere in a name, which finds nobody whose name is misspelt.
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from rich.console import Console
from tests.records.factories import LONG_AGO, NOW, MadeCouncil

from bench.measuring import Ratio, measure
from handhold.access.families import Sighted, sight_of
from handhold.queries.asked_words import read_asked
from handhold.queries.searching import find_all
from handhold.records.models import Family, FamilyMember, NameWord, Person

FIRST_PAGE = 20
ASKED = 400
LETTERS = "abcdefghijklmnopqrstuvwxyz"
BRITISH = ("en_GB", "en_US")
OTHERS = ("pl_PL", "ro_RO", "tr_TR", "it_IT", "es_ES", "fr_FR", "de_DE", "pt_PT", "nl_NL", "cs_CZ", "sv_SE", "en_IN")
OF_OTHERS = 0.25
"""The part of people whose names are not of the first lists."""
FAMILY_SIZE = 3
BATCH = 5_000


@dataclass(frozen=True)
class Names:
    """Names to invent people from."""

    given: list[str]
    family: list[str]


def measure_search(council: MadeCouncil, people: int = 100_000) -> list[Ratio]:
    """Invents people, says how many are found, and times a search against a scan."""
    chance = random.Random(17)
    console = Console(width=160)
    invent_people(council, people, chance)
    asked = [(one, misspelt(one, chance)) for one in _some(people, chance)]
    sight = sight_of(council.practitioners["service-manager"], NOW)
    found = sum(one.pk in _found(typed, sight) for one, typed in asked)
    scanned = sum(one.pk in _scanned(typed) for one, typed in asked)
    console.print(f"{people:,} people, {NameWord.objects.count():,} words; one letter wrong in each of both names:")
    console.print(f"in the first {FIRST_PAGE}: {found} of {len(asked)}; by a scan {scanned}")
    console.print(explain(asked[0][1], sight))
    ours, floor = cycle(typed for _, typed in asked), cycle(f"{one.given_name} {one.family_name}" for one, _ in asked)
    return [
        measure(
            f"a search among {people:,} people, a letter wrong in each name",
            ("words that are like, then people", lambda: _found(next(ours), sight)),
            ("a scan for both names", lambda: _scanned(next(floor))),
            pairs=40,
            inner=2,
        )
    ]


def invent_people(council: MadeCouncil, people: int, chance: random.Random) -> None:
    """Families of three children each, by bulk load, and the statistics that the planner goes by."""
    rows = _invented(people, chance)
    while batch := list(islice(rows, BATCH)):
        made = Person.objects.bulk_create(batch)
        groups = [made[start : start + FAMILY_SIZE] for start in range(0, len(made), FAMILY_SIZE)]
        families = Family.objects.bulk_create(
            Family(name=group[0].family_name, authority=council.authority) for group in groups
        )
        FamilyMember.objects.bulk_create(
            FamilyMember(
                family=family, person=one, role=FamilyMember.Role.CHILD, during=DateTimeTZRange(LONG_AGO, None)
            )
            for family, group in zip(families, groups, strict=True)
            for one in group
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE records_person, records_nameword, records_family, records_familymember")


def misspelt(person: Person, chance: random.Random) -> str:
    """Both names with one letter left out, doubled, put in, taken for another, or two the other way round."""
    return f"{_slip(person.given_name, chance)} {_slip(person.family_name, chance)}"


def explain(typed: str, sight: Sighted) -> str:
    """How the people of one search are found. Raises RuntimeError where that reads every person."""
    with CaptureQueriesContext(connection) as asked:
        _found(typed, sight)
        plans = [_plan_of(one["sql"]) for one in asked.captured_queries if "records_person" in one["sql"]]
    for plan in plans:
        if "Seq Scan on records_person" in plan:
            raise RuntimeError(f"Every person is read:\n{plan}")
    return "\n".join(
        line for plan in plans for line in plan.splitlines() if "on records_person" in line or "on person" in line
    )


def _plan_of(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}")
        return "\n".join(line for (line,) in cursor.fetchall())


def _invented(people: int, chance: random.Random) -> Iterator[Person]:
    names, others = _names_of(BRITISH), _names_of(OTHERS)
    for _ in range(people):
        some = others if chance.random() < OF_OTHERS else names
        # Some names are far more frequent than others: the square of chance favours the beginning of the list.
        yield Person(
            given_name=some.given[int(len(some.given) * chance.random() ** 2)],
            family_name=some.family[int(len(some.family) * chance.random() ** 2)],
            birth_date=date(2008, 9, 1) + timedelta(days=chance.randrange(6_500)),
        )


def _names_of(locales: tuple[str, ...]) -> Names:
    providers = [importlib.import_module(f"faker.providers.person.{locale}").Provider for locale in locales]
    given = dict.fromkeys(name for one in providers for name in one.first_names)
    family = dict.fromkeys(name for one in providers for name in one.last_names)
    return Names([one for one in given if len(one) > 2], [one for one in family if len(one) > 2])


def _some(people: int, chance: random.Random) -> list[Person]:
    rows = list(Person.objects.filter(given_name__regex=r"^\S{4,}$", family_name__regex=r"^\S{4,}$").order_by("pk"))
    return chance.sample(rows, min(ASKED, people, len(rows)))


def _slip(name: str, chance: random.Random) -> str:
    place, kind = chance.randrange(1, len(name) - 1), chance.randrange(4)
    if kind == 0:
        return name[:place] + name[place + 1 :]
    if kind == 1:
        return name[:place] + chance.choice(LETTERS) + name[place:]
    if kind == 2:
        return name[:place] + chance.choice(LETTERS) + name[place + 1 :]
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def _found(typed: str, sight: Sighted) -> set[int]:
    people = find_all(read_asked(typed, NOW.date()), sight).people
    return {one.pk for one in people[:FIRST_PAGE]}


def _scanned(typed: str) -> set[int]:
    rows = Person.objects.all()
    for word in typed.split():
        rows = rows.filter(Q(given_name__icontains=word) | Q(known_as__icontains=word) | Q(family_name__icontains=word))
    return {one.pk for one in rows.order_by("family_name", "given_name", "pk")[:FIRST_PAGE]}
