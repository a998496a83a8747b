"""The papers that go with a family to whoever takes over: which there are, which were shared, what was left out.

A pathway has them where a step of it asks that the documents are in the pack (L22); elsewhere the pack is composed from
the records as they stand.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from handhold.casefiles.case import Case
from handhold.protocol.definition import Step, Word
from handhold.protocol.pathways import Pathway
from handhold.records.models import PaperShared

SUMMARY, FINAL_PLAN, ASSESSMENT = "summary", "final-plan", "assessment"
WITH_A_PLAN: Container[str] = frozenset({"child-in-need", "child-protection", "care"})
"""Involvements that a social work plan belongs to."""


@dataclass(frozen=True)
class SharedSections:
    """Which sections of the assessment whoever takes over has. `is_whole`: nothing holds any of it back."""

    is_whole: bool
    is_shared: bool = False
    left_out: frozenset[str] = frozenset()

    def has(self, code: str) -> bool:
        """Whether they have this section."""
        return self.is_whole or (self.is_shared and code not in self.left_out)


def asks_for(step: Step, word: Word) -> bool:
    """Whether the step, or one of its outcomes, asks for a word of completeness."""
    return word in step.asks or any(word in outcome.asks for outcome in step.outcomes.values())


def find_sharing_step(pathway: Pathway) -> Step | None:
    """The step that puts the papers into the pack; None where the pathway has none."""
    return next((step for step in pathway.steps.values() if asks_for(step, "documents-in-pack")), None)


def find_summary_form(pathway: Pathway) -> str:
    """The form of the section that goes along complete; empty where there is none."""
    return next((step.form or "" for step in pathway.steps.values() if asks_for(step, "section-complete")), "")


def find_papers_to_share(case: Case) -> tuple[str, ...]:
    """The codes of the papers that whoever takes over is to have, in the order in which they are read (L19, L22)."""
    found = (
        (SUMMARY, bool(find_summary_form(case.pathway))),
        (FINAL_PLAN, case.pathway.origin in WITH_A_PLAN),
        (ASSESSMENT, case.run.assessment_id is not None),
    )
    return tuple(code for code, is_there in found if is_there)


def find_papers_shared(case: Case) -> list[PaperShared]:
    """The papers as they were shared last, while that stands, with their documents' titles. One statement."""
    step = find_sharing_step(case.pathway)
    if step is None or (step.id, None) not in case.observed.standing:
        return []
    rows = PaperShared.objects.filter(step_record__run=case.run).select_related("document").defer("document__content")
    last = rows.order_by("-step_record_id", "id")
    newest = next((row.step_record_id for row in last[:1]), None)
    return [row for row in last if row.step_record_id == newest]


def find_shared_sections(case: Case) -> SharedSections:
    """What of the assessment whoever takes over has: where papers are shared, what is in the one that was."""
    if find_sharing_step(case.pathway) is None:
        return SharedSections(is_whole=True)
    rows = PaperShared.objects.filter(step_record__run=case.run, code=ASSESSMENT).order_by("-id")
    last = rows.first()
    return SharedSections(False, last is not None, frozenset(last.left_out if last else ()))
