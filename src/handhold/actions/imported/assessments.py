"""Imported rows about assessments: begun, read, authorised, and what was written in them, version by version."""

from typing import Any

from handhold.actions.imported.standing import Standing
from handhold.exchange.folder import Row
from handhold.exchange.tables import ASSESSMENT_SECTIONS, ASSESSMENTS, FAMILIES, PEOPLE, PRACTITIONERS
from handhold.records.models import Assessment, AssessmentChild, AssessmentSection

# What an assessment comes to say later; once it is said, it stays.
LATER = ("draft_read_at", "draft_read_by_id", "authorised_at", "authorised_by_id", "recommendation")


def store_assessments(standing: Standing) -> None:
    """Store assessments and their children. A changed row can say that one was read or authorised since."""
    found = standing.sort(ASSESSMENTS)
    new = [Assessment(**_settled(standing, row), **_later(standing, row)) for row in found.new]
    standing.store_all(new)
    standing.remember(ASSESSMENTS, ((row, made.pk) for row, made in zip(found.new, new, strict=True)))
    standing.store_all(
        [
            AssessmentChild(assessment=made, child_id=standing.number_of(PEOPLE, child))
            for row, made in zip(found.new, new, strict=True)
            for child in dict.fromkeys(row["children"])
        ]
    )
    stored = Assessment.objects.in_bulk([number for _row, number in found.changed])
    for row, number in found.changed:
        _change_assessment(standing, row, stored[number])
    standing.remember_changes(ASSESSMENTS, found.changed)


def _settled(standing: Standing, row: Row) -> dict[str, Any]:
    return {
        "family_id": standing.number_of(FAMILIES, row["family"]),
        "kind": row["kind"],
        "started_date": row["started_date"],
    }


def _later(standing: Standing, row: Row) -> dict[str, Any]:
    return {
        "draft_read_at": row["draft_read_at"],
        "draft_read_by_id": standing.number_if_any(PRACTITIONERS, row["draft_read_by"]),
        "authorised_at": row["authorised_at"],
        "authorised_by_id": standing.number_if_any(PRACTITIONERS, row["authorised_by"]),
        "recommendation": row["recommendation"],
    }


def _change_assessment(standing: Standing, row: Row, assessment: Assessment) -> None:
    for name, value in _settled(standing, row).items():
        if getattr(assessment, name) != value:
            _refuse(standing, row, name.removesuffix("_id"))
    children = set(assessment.assessment_children.values_list("child_id", flat=True))
    if children != {standing.number_of(PEOPLE, child) for child in row["children"]}:
        _refuse(standing, row, "children")
    changed = []
    for name, value in _later(standing, row).items():
        stands = getattr(assessment, name)
        may_change = not stands or (name == "recommendation" and assessment.authorised_at is None)
        if value and value != stands and not may_change:
            _refuse(standing, row, name.removesuffix("_id"))
        elif value and value != stands:
            changed.append((name, value))
    if changed and not standing.faults:
        Assessment.objects.filter(pk=assessment.pk).update(**dict(changed))
        standing.touch([assessment])


def _refuse(standing: Standing, row: Row, column: str) -> None:
    what = f"The assessment was imported before with another {column}, which stays on record."
    standing.refuse(ASSESSMENTS, row, column, what, "Put it back; a new assessment has a reference of its own.")


def store_sections(standing: Standing) -> None:
    """Store what was written. A changed text becomes a later version; the one before stays."""
    found = standing.sort(ASSESSMENT_SECTIONS)
    new = [_section(standing, row, 1) for row in found.new]
    standing.store_all(new)
    standing.remember(ASSESSMENT_SECTIONS, ((row, made.pk) for row, made in zip(found.new, new, strict=True)))
    for row, _number in found.changed:
        wanted = _section(standing, row, 1)
        latest = AssessmentSection.objects.filter(assessment_id=wanted.assessment_id, code=wanted.code)
        stands = latest.order_by("-version").first()
        if stands and (stands.text != wanted.text or stands.written_at != wanted.written_at):
            wanted.version = stands.version + 1
            if wanted.written_at <= stands.written_at:
                mend = "Fill in when the new text was written."
                standing.refuse(ASSESSMENT_SECTIONS, row, "written_at", "A changed text was written later.", mend)
            wanted.save()
    standing.remember_changes(ASSESSMENT_SECTIONS, found.changed)


def _section(standing: Standing, row: Row, version: int) -> AssessmentSection:
    return AssessmentSection(
        assessment_id=standing.number_of(ASSESSMENTS, row["assessment"]),
        code=row["code"],
        text=row["text"],
        written_by_id=standing.number_of(PRACTITIONERS, row["written_by"]),
        written_at=row["written_at"],
        version=version,
    )
