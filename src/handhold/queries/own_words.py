"""What a child says themself: as it stands in assessments, and in the forms of transfers that ask for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from handhold.access.families import Sighted
from handhold.access.papers import Reading
from handhold.protocol.pathways import Protocol
from handhold.queries.family_papers import assessments_of
from handhold.queries.naming import practitioner_name
from handhold.queries.packs import CHILDS_VIEW
from handhold.queries.transfers import code_words
from handhold.records.models import AssessmentChild, AssessmentSection, Family, FormAnswer, Person, Practitioner


@dataclass(frozen=True)
class OwnWords:
    """What the child, or the children of an assessment or a transfer, said; where it stands, who heard it, when."""

    text: str
    where: str
    heard_by: str
    at: datetime


def find_own_words(
    child: Person, family: Family, sight: Sighted, reading: Reading, joined: Collection[int] = ()
) -> list[OwnWords]:
    """What was heard from the child, as far as somebody reads it, newest first, each in its last version.

    `joined` are the ids of records that were joined to the child's: of those, what assessments of nobody else say.
    One statement.
    """
    said = _in_assessments(child, family, reading, joined).union(_in_forms(child, sight.protocol, reading))
    forms = {code: form.title for code, form in sight.protocol.forms.items()}
    words = (_words(row, forms) for row in said if row["text"].strip())
    return sorted(words, key=lambda one: one.at, reverse=True)


def _words(row: dict[str, Any], forms: dict[str, str]) -> OwnWords:
    by = Practitioner(given_name=row["by_given"], family_name=row["by_family"])
    where = forms.get(row["where"], code_words(row["where"]))
    return OwnWords(row["text"], where, practitioner_name(by), row["written_at"])


def _in_assessments(
    child: Person, family: Family, reading: Reading, joined: Collection[int]
) -> QuerySet[AssessmentSection, Any]:
    """What the assessments of a child say that somebody reads, whichever household they were of."""
    about = Q(assessment__assessment_children__child=child)
    if joined and reading.whole:
        others = AssessmentChild.objects.filter(assessment=OuterRef("assessment")).exclude(child__in=joined)
        about |= Q(~Exists(others), assessment__assessment_children__child__in=joined)
    found = AssessmentSection.objects.filter(about, code=CHILDS_VIEW)
    found = found if reading.whole else found.filter(assessment__in=assessments_of(family, reading))
    last = found.order_by("assessment_id", "-version").distinct("assessment_id")
    return AssessmentSection.objects.filter(pk__in=last.values("pk")).values(
        "text",
        "written_at",
        where=F("assessment__kind"),
        by_given=F("written_by__given_name"),
        by_family=F("written_by__family_name"),
    )


def _in_forms(child: Person, protocol: Protocol, reading: Reading) -> QuerySet[FormAnswer, Any]:
    """What was typed into the fields that ask for it; what was carried into them stands where it came from."""
    fields = Q(pk__in=())
    for form, field in _fields_that_ask(protocol):
        fields |= Q(form__code=form, field=field)
    found = FormAnswer.objects.filter(fields, form__run__run_children__child=child)
    found = found if reading.whole else found.filter(form__run__in=reading.papers)
    last = found.order_by("form_id", "field", "-version").distinct("form_id", "field")
    typed = FormAnswer.objects.filter(pk__in=last.values("pk")).exclude(origin=FormAnswer.Origin.CARRIED)
    return typed.values(
        "text",
        "written_at",
        where=F("form__code"),
        by_given=F("written_by__given_name"),
        by_family=F("written_by__family_name"),
    )


def _fields_that_ask(protocol: Protocol) -> Iterator[tuple[str, str]]:
    for code, form in protocol.forms.items():
        for section in form.sections:
            yield from ((code, field.id) for field in section.fields if field.concept == CHILDS_VIEW)
