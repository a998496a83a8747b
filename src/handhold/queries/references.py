"""Where a reference leads: to the page of what it names, if its reader may open it; else nowhere, as if it were none.

A reference is ours (8 letters and digits, of a child, family, transfer, concern, paper ...), or the one under which
another system knows a person, a family or an assessment that was imported from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.base import Model

from handhold.access.caseloads import access_person_to_read
from handhold.access.concerns import access_concern_to_read
from handhold.access.families import Sighted, access_child_to_read, access_family_to_read, families_in_sight
from handhold.access.finding import members_in_sight
from handhold.access.meetings import access_meeting_to_read
from handhold.access.papers import access_document_to_read
from handhold.access.partner_papers import access_paper_to_read
from handhold.access.transfers import NotHere, access_proposal_to_read
from handhold.queries.asked_words import Asked
from handhold.records.models import (
    Assessment,
    Concern,
    Document,
    ExternalReference,
    Family,
    FamilyMember,
    Meeting,
    PartnerPaper,
    Person,
    Practitioner,
    Run,
)

THEIRS = re.compile(r"(?=.*\d)\S{1,60}")
IMPORTED: dict[str, type[Model]] = {"people.csv": Person, "families.csv": Family, "assessments.csv": Assessment}


@dataclass(frozen=True, slots=True)
class Place:
    """A page, by the name of its address, and the reference in it."""

    page: str
    ref: str


def find_place(asked: Asked, sight: Sighted) -> Place | None:
    """The page of what the whole of it names; None where it names nothing, or nothing that the reader may open."""
    for kind, ref in (*_ours(asked), *_theirs(asked, sight)):
        try:
            return OPENED_BY[kind](ref, sight)
        except NotHere:
            continue
    return None


def _ours(asked: Asked) -> list[tuple[str, str]]:
    """Which tables have this reference: one statement over all of them."""
    if not asked.reference:
        return []
    rows: list[QuerySet[Any, Any]] = [
        QuerySet(model).filter(ref=asked.reference).values_list(Value(name, CharField()), "ref").order_by()
        for name, model in MODELS.items()
    ]
    return list(rows[0].union(*rows[1:], all=True))


def _theirs(asked: Asked, sight: Sighted) -> list[tuple[str, str]]:
    """What another system's reference became. Two statements where there is one; letters are tried in both cases."""
    if not THEIRS.fullmatch(asked.text):
        return []
    written = {asked.text, asked.text.upper(), asked.text.lower()}
    known = ExternalReference.objects.filter(
        authority=sight.by.agency.authority_id, kind__in=IMPORTED, reference__in=written
    )
    found = []
    for row in known.order_by("kind", "pk"):
        became: QuerySet[Model] = QuerySet(IMPORTED[row.kind]).filter(pk=row.object_id)
        found += [(IMPORTED[row.kind].__name__, str(ref)) for ref in became.values_list("ref", flat=True)]
    return found


def _person(ref: str, sight: Sighted) -> Place:
    """A child's own page; of an adult that of the family."""
    member = members_in_sight(sight).filter(person__ref=ref).select_related("family").order_by("pk").first()
    if member is None:
        raise NotHere
    if member.role == FamilyMember.Role.ADULT:
        return Place("family", member.family.ref)
    access_child_to_read(ref, by=sight.by, now=sight.now)
    return Place("child", ref)


def _run(ref: str, sight: Sighted) -> Place:
    opened = access_proposal_to_read(ref, by=sight.by, now=sight.now)
    return Place("transfer" if opened.sees("transfer") else "proposal", ref)


def _assessment(ref: str, sight: Sighted) -> Place:
    family = families_in_sight(sight).filter(assessments__ref=ref).first()
    if family is None:
        raise NotHere
    return Place("family-papers", family.ref)


def _opened(page: str, door: Callable[..., object]) -> Callable[[str, Sighted], Place]:
    def place(ref: str, sight: Sighted) -> Place:
        door(ref, by=sight.by, now=sight.now)
        return Place(page, ref)

    return place


MODELS: dict[str, type[Model]] = {
    model.__name__: model
    for model in (Person, Family, Run, Concern, PartnerPaper, Meeting, Document, Assessment, Practitioner)
}
OPENED_BY: dict[str, Callable[[str, Sighted], Place]] = {
    "Person": _person,
    "Family": _opened("family", access_family_to_read),
    "Run": _run,
    "Concern": _opened("concern", access_concern_to_read),
    "PartnerPaper": _opened("paper", access_paper_to_read),
    "Meeting": _opened("meeting", access_meeting_to_read),
    "Document": _opened("document", access_document_to_read),
    "Assessment": _assessment,
    "Practitioner": _opened("caseload", access_person_to_read),
}
