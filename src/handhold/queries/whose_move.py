"""Whose move something is, in names that can be rung: the people behind the relations and roles of a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef

from handhold.access.transfers import Opened
from handhold.casefiles.case import Case
from handhold.protocol.deciding import ANYBODY
from handhold.protocol.vocabulary import RELATIONS
from handhold.queries.naming import listed, practitioner_name
from handhold.records.models import Practitioner, RoleHolding, RotaSlot

MOST_NAMES = 2
"""So many people behind one role are named; more are called by the role."""


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody who can be asked: name, what they are, how to reach them."""

    ref: str
    name: str
    job_title: str
    works_for: str
    phone: str
    email: str

    @property
    def introduced(self) -> str:
        """`Samira Malik, social worker, Assessment team 2`"""
        job = self.job_title[:1].lower() + self.job_title[1:]
        return ", ".join(part for part in (self.name, job, self.works_for) if part)


def reachable(who: Practitioner) -> Reachable:
    """A practitioner as pages name them. They need their agency and team loaded."""
    works_for = who.team.name if who.team else who.agency.name
    return Reachable(who.ref, practitioner_name(who), who.job_title, works_for, who.phone, who.email)


class WhosWho:
    """The people of one opened transfer by relation and role. One statement, and only if a role is asked for."""

    def __init__(self, opened: Opened) -> None:
        self.case, self.by, self.words = opened.case, opened.by, opened.words

    @cached_property
    def holders(self) -> dict[str, list[Practitioner]]:
        """Who holds each role that the pathway names, now."""
        wanted, now = sorted(roles_named(self.case)), self.case.now
        held = RoleHolding.objects.filter(practitioner=OuterRef("pk"), role__in=wanted, during__contains=now)
        turns = RotaSlot.objects.filter(practitioner=OuterRef("pk"), rota__code__in=wanted, during__contains=now)
        rows = list(
            Practitioner.objects.filter(Exists(held) | Exists(turns), agency__authority=self.case.run.authority_id)
            .select_related("agency", "team")
            .annotate(roles=ArraySubquery(held.values("role")), turns=ArraySubquery(turns.values("rota__code")))
            .order_by("family_name", "pk")
        )
        found: dict[str, list[Practitioner]] = defaultdict(list)
        for role in wanted:  # whose turn it is on the rota of that name is asked first (Y48)
            on_duty: list[Practitioner] = [row for row in rows if role in row.turns]
            found[role] = on_duty or [row for row in rows if role in row.roles]
        return found

    def is_mine(self, who: Iterable[str]) -> bool:
        """Whether the person at the page is one of these."""
        return bool(self.words.intersection(who)) or ANYBODY in who

    def people(self, who: Iterable[str]) -> tuple[Reachable, ...]:
        """Everybody behind these relations and roles, the first ones first, each once."""
        found = {one.pk: one for word in who for one in self._behind(word)}
        return tuple(reachable(one) for one in found.values())

    def named(self, who: Iterable[str]) -> str:
        """In a few words: `you`, `Dana Cole`, `a practice manager`. The first of the list who is there."""
        asked = tuple(who)
        if self.words.intersection(asked):
            return "you"
        if ANYBODY in asked:
            return "anybody"
        return next(self._words_of(asked), "nobody yet")

    def others(self, who: Iterable[str]) -> str:
        """As `named`, of everybody but the person at the page: for what they may not do themselves."""
        return next(self._words_of(tuple(who), leaving_out=self.by), "nobody yet")

    def called(self, word: str) -> str:
        """What a relation or a role is called in this council."""
        file = self.case.protocol.file
        relations = {str(relation): called for relation, called in file.relations.items()}
        return relations.get(word) or (file.roles[word].called if word in file.roles else word.replace("-", " "))

    def _words_of(self, asked: tuple[str, ...], leaving_out: Practitioner | None = None) -> Iterator[str]:
        for word in asked:
            people = [one for one in self._behind(word) if one != leaving_out]
            if len(people) > MOST_NAMES:
                yield with_article(self.called(word))
            elif people:
                yield listed([practitioner_name(one) for one in people], "or")

    def _behind(self, word: str) -> list[Practitioner]:
        people = self.case.people
        if word == "receiver":
            return [people.receiver] if people.receiver else []
        return [people.holder(word)] if word in RELATIONS else self.holders.get(word, [])


def roles_named(case: Case) -> frozenset[str]:
    """Every role, beside the relations, that some step of the pathway is for or decides upon."""
    found: set[str] = set(case.protocol.file.concern.received_by)
    for step in case.pathway.steps.values():
        found.update(step.who, step.exception.decided_by if step.exception else ())
        for outcome in step.outcomes.values():
            found.update(outcome.who or ())
    return frozenset(found - {*RELATIONS, ANYBODY})


def with_article(words: str) -> str:
    """`a practice manager`, `an early help co-ordinator`"""
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"
