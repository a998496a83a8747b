"""For tests of pages: somebody signed in, at the time to which a walk has come, and the forms that a page shows."""

import re
from datetime import datetime, timedelta
from html import unescape
from uuid import uuid4

import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handhold.records.models import Account, Practitioner
from tests.records.factories import NOW, MadeFamily, make_account


def signed_in(practitioner: Practitioner, now: datetime = NOW) -> Client:
    """A browser in which this practitioner signed in at `now`; their account is made when they have none."""
    account = Account.objects.filter(practitioner=practitioner).first() or make_account(practitioner)
    client = Client()
    with at(now):  # a session lasts for hours, a walk takes minutes
        client.force_login(account)
    return client


def rename(made: MadeFamily) -> MadeFamily:
    """Names that nobody else can have by chance, for tests that look for what must not stand on a page."""
    for number, person in enumerate((*made.children, made.mother, made.father)):
        person.given_name = f"{('Anwen', 'Bryok', 'Ceri', 'Delyth', 'Eluned', 'Ffion')[number]}-{person.ref}"
        person.save(update_fields=["given_name"])
    made.family.name = f"Zennor-{made.family.ref}"
    made.family.save(update_fields=["name"])
    return made


def at(now: datetime) -> time_machine.travel:
    """`with at(walk.now):` the pages' clock runs on from a minute after this."""
    return time_machine.travel(now + timedelta(minutes=1), tick=True)


def filled_in(**answers: object) -> dict[str, object]:
    """A form as it is sent, with its key."""
    return {"once": str(uuid4())} | answers


def filled_in_as(prefix: str, **answers: object) -> dict[str, object]:
    """As `filled_in`, for one of several forms on a page."""
    return {f"{prefix}-{name}": value for name, value in filled_in(**answers).items()}


def date_parts(name: str, day: int, month: int, year: int) -> dict[str, object]:
    """The three boxes of a date."""
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


def words_of(html: bytes) -> str:
    """What stands on a page, without its markup."""
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", html.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(text))


def statements(client: Client, address: str) -> list[str]:
    """What one GET asks the database, without the marks of transactions."""
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
