"""Imported rows about people who work with families: details, roles that they hold, whether they sign in, absences."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from handhold.actions.imported.details import update_details
from handhold.actions.imported.periods import close_period, period_of
from handhold.actions.imported.standing import Standing
from handhold.exchange.columns import LOCAL, instant_of
from handhold.exchange.folder import Row
from handhold.exchange.tables import ABSENCES, AGENCIES, PRACTITIONERS, TEAMS
from handhold.records.models import Absence, Account, Allocation, Practitioner, RoleHolding

SHORTEST = timedelta(microseconds=1)  # a period is never empty
DETAILS = ("given_name", "family_name", "job_title", "phone", "email", "left_date")


def store_practitioners(standing: Standing) -> None:
    """Store practitioners. Whoever has left holds no role from that day on, and cannot sign in."""
    found = standing.sort(PRACTITIONERS)
    _refuse_taken_addresses(standing, found.new)
    new = [Practitioner(**_details(standing, row)) for row in found.new]
    standing.store_all(new)
    standing.remember(PRACTITIONERS, ((row, made.pk) for row, made in zip(found.new, new, strict=True)))
    pairs = list(zip(found.new, new, strict=True))
    standing.store_all([holding for row, made in pairs for holding in _first_roles(row, made)])
    standing.store_all([_account(made) for row, made in pairs if row["sign_in"] and not _has_left(standing, row)])
    stored = Practitioner.objects.in_bulk([number for _row, number in found.changed])
    records = [stored[number] for _row, number in found.changed]
    update_details(standing, PRACTITIONERS, records, [_details(standing, row) for row, _number in found.changed])
    for row, number in found.changed:
        _change_practitioner(standing, row, stored[number])
    standing.remember_changes(PRACTITIONERS, found.changed)


def _details(standing: Standing, row: Row) -> dict[str, object]:
    return {name: row[name] for name in DETAILS} | {
        "agency_id": standing.number_of(AGENCIES, row["agency"]),
        "team_id": standing.number_if_any(TEAMS, row["team"]),
    }


def _has_left(standing: Standing, row: Row) -> bool:
    left: date | None = row["left_date"]
    return left is not None and left <= standing.now.astimezone(LOCAL).date()


def _refuse_taken_addresses(standing: Standing, rows: Iterable[Row]) -> None:
    """An address that another account signs in with is a fault, and no record can be made."""
    wanted = {row["email"]: row for row in rows if row["sign_in"]}
    for email in Account.objects.filter(email__in=wanted).values_list("email", flat=True):
        what = f"Somebody else signs in with {email} already."
        mend = "Use the reference under which they were imported, or another address."
        standing.refuse(PRACTITIONERS, wanted.pop(email), "email", what, mend)


def _account(practitioner: Practitioner) -> Account:
    return Account(email=practitioner.email, practitioner=practitioner, password=make_password(None))


def _first_roles(row: Row, practitioner: Practitioner) -> list[RoleHolding]:
    start, left = row["roles_from"], row["left_date"]
    if left and start and left <= start:
        return []
    return [
        RoleHolding(practitioner=practitioner, role=role, team_id=practitioner.team_id, during=period_of(start, left))
        for role in dict.fromkeys(row["roles"])
    ]


def _change_practitioner(standing: Standing, row: Row, practitioner: Practitioner) -> None:
    has_left = _has_left(standing, row)
    if has_left:
        standing.leavers.append((row, practitioner.pk))
    _change_roles(standing, row, practitioner)
    may_sign_in = row["sign_in"] and not has_left
    account = Account.objects.filter(practitioner=practitioner).first()
    if account is None and may_sign_in:
        _refuse_taken_addresses(standing, [row])
        if not standing.faults:
            _account(practitioner).save()
    elif account:
        update_details(
            standing, PRACTITIONERS, [account], [{"email": row["email"] or account.email, "is_active": may_sign_in}]
        )


def refuse_leavers_with_children(standing: Standing) -> None:
    """Nobody leaves by an import while children are theirs. After the involvements, some of which it may have ended."""
    leavers = [number for _row, number in standing.leavers]
    open_now = Allocation.objects.filter(practitioner__in=leavers, during__upper_inf=True)
    held = Counter(open_now.values_list("practitioner_id", flat=True))
    for row, number in standing.leavers:
        if held[number]:
            what = f"{row['reference']} has left, and is responsible for {held[number]} involvements on record."
            standing.refuse(PRACTITIONERS, row, "left_date", what, "Hand them over in Handhold, then import again.")


def _change_roles(standing: Standing, row: Row, practitioner: Practitioner) -> None:
    """End the roles that are no longer named, and begin those that are new, for the team they are in now."""
    end = instant_of(row["left_date"]) if _has_left(standing, row) else None
    wanted = {} if end else {(role, practitioner.team_id) for role in row["roles"]}
    open_now = RoleHolding.objects.filter(practitioner=practitioner, during__upper_inf=True)
    held = {(holding.role, holding.team_id): holding for holding in open_now}
    for which, holding in held.items():
        if which not in wanted:
            close_period(holding, max(end or standing.now, holding.during.lower + SHORTEST))
    for role, team in sorted(set(wanted) - held.keys(), key=str):
        start = DateTimeTZRange(max(instant_of(row["roles_from"]), standing.now), None)
        RoleHolding.objects.create(practitioner=practitioner, role=role, team_id=team, during=start)


def store_absences(standing: Standing) -> None:
    """Store when practitioners are away. An absence is a plan: its end and its reason may change."""
    found = standing.sort(ABSENCES)
    new = [
        Absence(practitioner_id=standing.number_of(PRACTITIONERS, row["practitioner"]), **_plan(row))
        for row in found.new
    ]
    standing.store_all(new)
    standing.remember(ABSENCES, ((row, made.pk) for row, made in zip(found.new, new, strict=True)))
    stored = Absence.objects.in_bulk([number for _row, number in found.changed])
    records = [stored[number] for _row, number in found.changed]
    update_details(standing, ABSENCES, records, [_plan(row) for row, _number in found.changed])
    standing.remember_changes(ABSENCES, found.changed)
    # An absence has no reference of its own: the audit names who is away.
    standing.touch(Practitioner.objects.filter(absences__in=[*new, *records]).distinct())


def _plan(row: Row) -> dict[str, object]:
    return {"during": period_of(row["from"], row["to"]), "why": row["why"]}
