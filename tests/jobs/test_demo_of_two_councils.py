"""The demo with two councils: each has its people, families and transfers, and neither sees anything of the other."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from handhold.access.families import families_in_sight, sight_of
from handhold.actions.importing import import_folder
from handhold.exchange.reading import read_folder
from handhold.jobs.demo_accounts import demo_accounts, make_demo_accounts
from handhold.jobs.demo_stories import read_stories
from handhold.jobs.demo_transfers import walk_stories
from handhold.jobs.import_folder import find_protocol_names
from handhold.jobs.invent.command import USUAL_SEED, write_invented_folder
from handhold.jobs.invent.council import find_councils
from handhold.queries.invariants import find_breaches
from handhold.records.models import Account, Authority, Concern, Document, Family, Practitioner, Run

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
FAMILIES = 40

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def councils(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Authority]]:
    """Both councils, made once: each test looks at them within their transaction, and what it does is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_councils(tmp_path_factory.mktemp("councils"))
        transaction.set_rollback(True)


def make_councils(path: Path) -> list[Authority]:
    """Both councils, imported, with accounts and transfers on their way."""
    for place, council in enumerate(find_councils()):
        folder = path / council
        write_invented_folder(folder, families=FAMILIES, seed=USUAL_SEED + place, today=NOW.date(), council=council)
        read, _ = read_folder(folder)
        names, _ = find_protocol_names(read)
        import_folder(read, now=NOW, names=names)
    make_demo_accounts()
    found = list(Authority.objects.order_by("pk"))
    for authority in found:
        stories = read_stories(authority)
        assert stories
        walk_stories(authority, stories, now=NOW)
    return found


def test_each_council_has_its_people_and_transfers_on_their_way(councils: list[Authority]) -> None:
    assert [one.code for one in councils] == find_councils()
    for authority in councils:
        assert Run.objects.filter(authority=authority).count() >= 4
        roles = {account.role for account in demo_accounts(authority, NOW)}
        assert {"social-worker", "team-manager", "service-manager", "lead-practitioner", "front-door"} <= roles
    assert not find_breaches(NOW)


def test_nobody_of_one_council_sees_a_family_of_the_other(councils: list[Authority]) -> None:
    for authority in councils:
        others = Family.objects.exclude(authority=authority)
        for who in Practitioner.objects.filter(agency__authority=authority, account__isnull=False, left_date=None):
            assert not families_in_sight(sight_of(who, NOW)).filter(pk__in=others).exists(), str(who)


def test_every_address_of_the_other_council_is_no_page(councils: list[Authority]) -> None:
    first, second = councils
    for own, other in ((first, second), (second, first)):
        manager = Account.objects.get(email=account_of(own, "service-manager"))
        browser = Client()
        browser.force_login(manager)
        for address in addresses_of(other):
            assert browser.get(address).status_code == 404, f"{manager.email} sees {address}"
    at_home = Client()
    at_home.force_login(Account.objects.get(email=account_of(second, "service-manager")))
    answers = {address: at_home.get(address).status_code for address in addresses_of(second)}
    assert set(answers.values()) == {200}, "whoever belongs there sees them"


def account_of(authority: Authority, role: str) -> str:
    return next(one.email for one in demo_accounts(authority, NOW) if one.role == role)


def addresses_of(authority: Authority) -> list[str]:
    """Pages about a family, a child, a transfer, a paper of the council."""
    runs = Run.objects.filter(authority=authority)
    found = [f"/transfers/{run.ref}" for run in runs]
    found += [f"/families/{run.family.ref}" for run in runs]
    found += [f"/families/{run.family.ref}/papers" for run in runs]
    found += [f"/children/{row.child.ref}" for run in runs for row in run.run_children.all()]
    papers = Document.objects.filter(family__authority=authority)
    found += [f"/documents/{paper.ref}" for paper in papers]
    return found + [f"/concerns/{one.ref}" for one in Concern.objects.filter(authority=authority)]
