"""Who receives a safeguarding concern and who answers for it, by office, and never somebody whom it is about (Y52).

Not here: who may open one (`access.concerns`), and what a transfer makes of it (`case`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from handhold.casefiles.protocols import current_protocol
from handhold.protocol.council import ConcernRule
from handhold.records.models import (
    Absence,
    Agency,
    Authority,
    Concern,
    ConcernAbout,
    ConcernHolding,
    PostHolding,
    Practitioner,
    RoleHolding,
    RotaSlot,
)

AN_INSTANT = timedelta(microseconds=1)
"""The shortest time that a period can last: two people who answer in one instant follow each other."""


@dataclass(frozen=True)
class SomebodyInOffice:
    """A practitioner who is there and could receive concerns or answer for them."""

    practitioner: Practitioner
    roles: frozenset[str]
    is_on_duty: bool
    takes_turns: bool
    is_last_resort: bool
    is_away: bool


@dataclass(frozen=True)
class Receivers:
    """Everybody of a council who could receive concerns or answer for them now, as its procedure names them."""

    rule: ConcernRule
    people: tuple[SomebodyInOffice, ...]

    def who_receive(self, about: Collection[int]) -> list[Practitioner]:
        """Who is told, sees and decides one that is about these practitioners (ids): none of them."""
        roles = set(self.rule.received_by)
        if any(roles & one.roles and one.practitioner.pk in about for one in self.people):
            roles.update(self.rule.if_about_them)
        return [one.practitioner for one in self._others(about) if roles & one.roles]

    def who_answers(self, about: Collection[int]) -> Practitioner | None:
        """Who is accountable for one: on duty by the rota, else by role; where the rota is empty, the last resort.

        Where nobody of those is there, whoever else receives it; None for a council where nobody does.
        """
        others = self._others(about)
        named = [one for one in others if self.rule.accountable in one.roles]
        takers = [one for one in self.people if self.rule.accountable in one.roles and one.takes_turns]
        is_empty = bool(takers) and not any(one.is_on_duty for one in takers)
        by_office = [
            *(one for one in named if one.is_on_duty and not one.is_away),
            *(one for one in named if not is_empty and not one.is_away),
            *(one for one in others if one.is_last_resort),
        ]
        roles = (*self.rule.if_about_them, *self.rule.received_by)
        further = [one for role in roles for one in others if role in one.roles and not one.is_away]
        return next((one.practitioner for one in (*by_office, *further, *named, *others)), None)

    def _others(self, about: Collection[int]) -> list[SomebodyInOffice]:
        return [one for one in self.people if one.practitioner.pk not in about]


def load_receivers(authority_id: int, rule: ConcernRule, now: datetime) -> Receivers:
    """All of them, in the order of their ids. One statement."""
    roles = {rule.accountable, *rule.received_by, *rule.if_about_them}
    own = {"practitioner": OuterRef("pk"), "during__contains": now}
    held = RoleHolding.objects.filter(**own, role__in=roles)
    last_resort = PostHolding.objects.filter(**own, post__must_be_held_during__isnull=False)
    rows = (
        _there(authority_id, now)
        .filter(Exists(held) | Exists(last_resort))
        .annotate(
            held_roles=ArraySubquery(held.values("role")),
            on_duty=Exists(RotaSlot.objects.filter(**own)),
            takes_turns=Exists(RotaSlot.objects.filter(practitioner=OuterRef("pk"))),
            last_resort=Exists(last_resort),
            away=Exists(Absence.objects.filter(**own)),
        )
        .select_related("agency", "team")
        .order_by("pk")
    )
    return Receivers(rule, tuple(_in_office(row) for row in rows))


def _in_office(row: Any) -> SomebodyInOffice:
    return SomebodyInOffice(row, frozenset(row.held_roles), row.on_duty, row.takes_turns, row.last_resort, row.away)


def _there(authority_id: int, now: datetime) -> QuerySet[Practitioner]:
    not_left = Q(left_date__isnull=True) | Q(left_date__gt=now.date())
    return Practitioner.objects.filter(not_left, agency__authority=authority_id)


@dataclass(frozen=True)
class AboutSomebody:
    """Somebody who works with the child, and whom a concern is about: on record, or as they were named."""

    practitioner: Practitioner | None = None
    named: str = ""


def find_named(authority_id: int, text: str, receivers: Receivers, now: datetime) -> list[AboutSomebody]:
    """Whom a free text names: anybody of the council by full name, and who receives concerns by family name alone.

    As it was written where it names nobody on record. Rather one too many is left out than one too few.
    """
    if not text.strip():
        return []
    full = Concat(F("given_name"), Value(" "), F("family_name"))
    rows = _there(authority_id, now).annotate(text=Value(text), full=full).filter(text__icontains=F("full"))
    found: dict[int, Practitioner] = {row.pk: row for row in rows.select_related("agency")}
    words = set(re.findall(r"[\w'’-]+", text.casefold()))
    for one in receivers.people:
        if set(one.practitioner.family_name.casefold().split()) <= words:
            found[one.practitioner.pk] = one.practitioner
    return [AboutSomebody(row, text) for row in found.values()] or [AboutSomebody(None, text)]


def open_concern(
    authority: Authority, *, by: Practitioner, now: datetime, about: Iterable[AboutSomebody] = (), **said: Any
) -> Concern:
    """A concern as it is sent, with whom it is about and, from this instant on, one person who answers for it.

    Nothing stops it: where nobody holds any office, whoever of the council is there answers, and else who sent it.
    """
    name = f"{by.given_name} {by.family_name}"
    concern = Concern.objects.create(authority=authority, reported_by=by, reported_name=name, sent_at=now, **said)
    keep_about(concern, about, by=by, now=now)
    receivers = load_receivers(authority.pk, current_protocol(authority).file.concern, now)
    barred = ids_about(concern)
    holder = receivers.who_answers(barred) or _anybody(authority.pk, barred, now) or by
    ConcernHolding.objects.create(concern=concern, practitioner=holder, during=DateTimeTZRange(now, None))
    return concern


def _anybody(authority_id: int, about: Collection[int], now: datetime) -> Practitioner | None:
    council = _there(authority_id, now).filter(agency__kind=Agency.Kind.COUNCIL).exclude(pk__in=about)
    return council.order_by("pk").first()


def keep_about(concern: Concern, about: Iterable[AboutSomebody], *, by: Practitioner, now: datetime) -> None:
    """Writes down whom a concern is about, each once."""
    known = ids_about(concern)
    for one in about:
        if one.practitioner is None or one.practitioner.pk not in known:
            ConcernAbout.objects.create(
                concern=concern, practitioner=one.practitioner, named=one.named, said_by=by, said_at=now
            )
            known |= {one.practitioner.pk} if one.practitioner else set()


def ids_about(concern: Concern) -> set[int]:
    """The practitioners on record whom a concern is about."""
    return set(concern.about.filter(practitioner__isnull=False).values_list("practitioner_id", flat=True))


def holder_of(concern: Concern) -> Practitioner:
    """Who answers for a concern."""
    rows = ConcernHolding.objects.filter(concern=concern, during__upper_inf=True)
    return rows.select_related("practitioner__agency", "practitioner__team").get().practitioner


def hand_on(concern: Concern, to: Practitioner, *, by: Practitioner | None, why: str, now: datetime) -> None:
    """Ends one person's answering for a concern and begins another's in the same instant."""
    held = ConcernHolding.objects.select_for_update().get(concern=concern, during__upper_inf=True)
    at = max(now, held.during.lower + AN_INSTANT)
    ConcernHolding.objects.filter(pk=held.pk).update(during=DateTimeTZRange(held.during.lower, at))
    ConcernHolding.objects.create(
        concern=concern, practitioner=to, during=DateTimeTZRange(at, None), given_by=by, why=why
    )


def pass_on_all_of(leaver: Practitioner, *, by: Practitioner | None, why: str, now: datetime) -> list[Concern]:
    """Hands every undecided concern for which somebody answers to the next by office: for who leaves or is away."""
    held = ConcernHolding.objects.filter(practitioner=leaver, during__upper_inf=True)
    concerns = list(Concern.objects.filter(holdings__in=held, decided_at__isnull=True).order_by("pk"))
    if concerns:
        rule = current_protocol(leaver.agency.authority).file.concern
        receivers = load_receivers(leaver.agency.authority_id, rule, now)
        for concern in concerns:
            barred = {leaver.pk, *ids_about(concern)}
            to = receivers.who_answers(barred) or _anybody(leaver.agency.authority_id, barred, now)
            if to is not None:
                hand_on(concern, to, by=by, why=why, now=now)
    return concerns
