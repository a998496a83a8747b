"""What is written about a family: its assessments, its answers to offers of support, its documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Q, QuerySet

from handhold.access.families import Sighted
from handhold.access.papers import Reading, answers_known, papers_in_sight, reading_of
from handhold.queries.naming import listed, person_name, practitioner_name
from handhold.queries.partner_papers import PaperLine, family_paper_lines
from handhold.queries.transfers import code_words
from handhold.records.models import (
    Allocation,
    Assessment,
    AssessmentChild,
    AssessmentSection,
    Consent,
    Document,
    Family,
    Practitioner,
    Run,
)


@dataclass(frozen=True)
class Signed:
    """Who did it, and when."""

    by: str
    at: datetime


@dataclass(frozen=True)
class Section:
    """A section of an assessment as it stands: the last version of its text."""

    title: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class AssessmentLine:
    """An assessment: about whom, what it recommends, how far it has come, what it says."""

    ref: str
    kind: str
    children: str
    started_date: date
    recommendation: str
    authorised: Signed | None
    draft_read: Signed | None
    may_mark_read: bool
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class ConsentAnswer:
    """One answer of the family to an offer of support; `stands` for the last one."""

    outcome: str
    to_what: str
    given_by: str
    how: str
    shared_with: str
    happened_at: datetime
    written_by: str
    note: str
    stands: bool
    is_live: bool


@dataclass(frozen=True)
class DocumentLine:
    """A letter or pack as it was made."""

    ref: str
    title: str
    child: str
    recipient: str
    made: datetime
    made_by: str
    record: str = ""
    """Of a letter to a child that lies on a record which was joined to theirs: which."""


@dataclass(frozen=True)
class FamilyPapers:
    """All of it, newest first."""

    ref: str
    name: str
    assessments: list[AssessmentLine]
    consents: list[ConsentAnswer]
    documents: list[DocumentLine]
    received: list[PaperLine]
    """What partners sent in, registered or not (L11)."""
    why_nothing: str
    """Why somebody has no papers of this family; empty for who has."""


def family_papers(family: Family, sight: Sighted) -> FamilyPapers:
    """The papers of a family that `access_family_to_read` opened: as much of them as the person may have."""
    reading = reading_of(sight, family)
    return FamilyPapers(
        ref=family.ref,
        name=f"{family.name} family",
        assessments=_assessments(family, sight, reading),
        consents=_consents(family, sight, reading),
        documents=documents_of(papers_in_sight(sight, family, reading)),
        received=family_paper_lines(family, sight, reading),
        why_nothing=reading.why_nothing,
    )


def _assessments(family: Family, sight: Sighted, reading: Reading) -> list[AssessmentLine]:
    """With whether the person may say that they have read the draft, as `mark_draft_read` asks it."""
    about = AssessmentChild.objects.filter(assessment=OuterRef(OuterRef("pk"))).values("child")
    held = Allocation.objects.filter(
        practitioner__in=sight.manages, during__contains=sight.now, involvement__child__in=about
    )
    own = AssessmentSection.objects.filter(assessment=OuterRef("pk"), written_by=sight.by)
    rows = (
        assessments_of(family, reading)
        .select_related("authorised_by", "draft_read_by")
        .prefetch_related("children")
        .annotate(is_managed=Exists(held), is_own=Exists(own))
        .order_by("-started_date", "-id")
    )
    sections = _sections(family, reading)
    return [_assessment(row, sight, sections.get(row.pk, ())) for row in rows]


def assessments_of(family: Family, reading: Reading) -> QuerySet[Assessment]:
    """The assessments of a family that somebody reads: all, or those of their own transfers."""
    found = Assessment.objects.filter(family=family)
    own = Run.objects.filter(pk__in=reading.papers).values("assessment")
    return found if reading.whole else found.filter(pk__in=own)


def _sections(family: Family, reading: Reading) -> dict[int, tuple[Section, ...]]:
    """The sections of every assessment of the family, each in its last version, as they were begun."""
    rows = AssessmentSection.objects.filter(assessment__family=family).select_related("written_by")
    found: dict[int, tuple[Section, ...]] = {}
    for row in rows.order_by("assessment_id", "code", "-version").distinct("assessment_id", "code"):
        if not reading.has_section(row.assessment_id, row.code):
            continue
        section = Section(code_words(row.code), row.text, practitioner_name(row.written_by), row.written_at)
        found[row.assessment_id] = (*found.get(row.assessment_id, ()), section)
    return found


def _assessment(row: Assessment, sight: Sighted, sections: tuple[Section, ...]) -> AssessmentLine:
    is_draft = row.authorised_at is None and row.draft_read_at is None
    oversees = sight.sees_all or row.is_managed  # type: ignore[attr-defined]
    return AssessmentLine(
        ref=row.ref,
        kind=code_words(row.kind),
        children=listed(person_name(child) for child in row.children.all()),
        started_date=row.started_date,
        recommendation=code_words(row.recommendation) if row.recommendation else "",
        authorised=_signed(row.authorised_by, row.authorised_at),
        draft_read=_signed(row.draft_read_by, row.draft_read_at),
        may_mark_read=bool(is_draft and oversees and not row.is_own),  # type: ignore[attr-defined]
        sections=sections,
    )


def _signed(by: Practitioner | None, at: datetime | None) -> Signed | None:
    return Signed(practitioner_name(by), at) if by and at else None


def _consents(family: Family, sight: Sighted, reading: Reading) -> list[ConsentAnswer]:
    rows = (
        answers_known(sight, family)
        .select_related("given_by", "recorded_by", "step_record")
        .annotate(shared=ArrayAgg("agencies__name", filter=Q(agencies__isnull=False), distinct=True, default=[]))
        .order_by("-happened_at", "-id")
    )
    return [_consent(row, reading, stands=place == 0) for place, row in enumerate(rows)]


def _consent(row: Consent, reading: Reading, *, stands: bool) -> ConsentAnswer:
    return ConsentAnswer(
        outcome=row.get_outcome_display(),
        to_what=row.to_what,
        given_by=person_name(row.given_by) if row.given_by else "",
        how=row.how,
        shared_with=listed(row.shared),  # type: ignore[attr-defined]
        happened_at=row.happened_at,
        written_by=practitioner_name(row.recorded_by),
        note=row.note if reading.has_note_of(row) else "",
        stands=stands,
        is_live=stands and row.outcome == Consent.Outcome.GIVEN,
    )


def documents_of(documents: QuerySet[Document]) -> list[DocumentLine]:
    """Documents for a list, newest first; their bytes stay where they are."""
    rows: Iterable[Document] = documents.defer("content").select_related("child", "made_by").order_by("-made_at", "-id")
    return [
        DocumentLine(
            ref=row.ref,
            title=row.title,
            child=person_name(row.child) if row.child else "",
            recipient=row.recipient,
            made=row.made_at,
            made_by=practitioner_name(row.made_by) if row.made_by else "",
            record=row.child.ref if row.child and row.child.is_joined else "",
        )
        for row in rows
    ]
