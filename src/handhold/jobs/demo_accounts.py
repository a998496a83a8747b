"""Accounts of the invented council's practitioners, all with one password, and whom to show to a visitor.

Only for the demo: real accounts are made by an administrator or come from the council's directory.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.db.models import Count, Q

from handhold.records.models import Account, Authority, Practitioner, RoleHolding

DEMO_PASSWORD = "walk beside the family"  # noqa: S105 (known to everybody, for people who do not exist)


@dataclass(frozen=True)
class DemoAccount:
    """What a visitor needs to sign in as somebody."""

    email: str
    name: str
    role: str
    team: str


def make_demo_accounts() -> int:
    """Gives every practitioner with an e-mail address an account; returns how many were new."""
    # One hash for all: argon2 is slow on purpose, and these people share their password anyway.
    password = make_password(DEMO_PASSWORD)
    without = Practitioner.objects.filter(account=None, left_date=None).exclude(email="").order_by("pk")
    accounts = [Account(email=who.email.lower(), password=password, practitioner=who) for who in without]
    # The import makes accounts too, without a password.
    Account.objects.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX).update(password=password)
    return len(Account.objects.bulk_create(accounts, ignore_conflicts=True))


def demo_accounts(authority: Authority, now: datetime) -> list[DemoAccount]:
    """One account for each role that anybody of a council holds at `now`: of each the person with most open work.

    Managers are chosen from the team of the social worker shown, so that one family can be walked through by this cast.
    """
    held = list(
        RoleHolding.objects.filter(
            during__contains=now, practitioner__account__isnull=False, practitioner__agency__authority=authority
        )
        .select_related("practitioner__team", "practitioner__agency")
        .annotate(
            open_work=Count(
                "practitioner__allocations",
                filter=Q(practitioner__allocations__during__contains=now),
            )
        )
        .order_by("-open_work", "pk")
    )
    worker = next((holding for holding in held if holding.role == "social-worker"), None)
    team = worker.practitioner.team_id if worker else None
    held.sort(key=lambda holding: team is None or holding.practitioner.team_id != team)
    return [_shown(holding) for holding in _first_of_each_role(held)]


def _first_of_each_role(held: Iterable[RoleHolding]) -> list[RoleHolding]:
    first: dict[str, RoleHolding] = {}
    for holding in held:
        first.setdefault(holding.role, holding)
    return [first[role] for role in sorted(first)]


def _shown(holding: RoleHolding) -> DemoAccount:
    who = holding.practitioner
    return DemoAccount(
        email=who.email.lower(),
        name=f"{who.given_name} {who.family_name}",
        role=holding.role,
        team=who.team.name if who.team else who.agency.name,
    )
