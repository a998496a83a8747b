"""The papers that go with a family to whoever takes over: what stands in each, and each on paper (L20, L22)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from handhold.casefiles.case import Case
from handhold.casefiles.contents_of_papers import PaperMade
from handhold.casefiles.papers import (
    ASSESSMENT,
    FINAL_PLAN,
    SUMMARY,
    asks_for,
    find_papers_shared,
    find_papers_to_share,
)
from handhold.documents import PackSection, find_template, render_document
from handhold.queries.form_sections import FieldLine, SectionText, find_section
from handhold.queries.letter_parts import LANGUAGE
from handhold.queries.naming import practitioner_name
from handhold.queries.packs import find_sections
from handhold.queries.transfers import code_words
from handhold.records.models import PlanRevision

TEMPLATE = "shared-paper"
REDACTED = "redacted version"


@dataclass(frozen=True, slots=True)
class PartLine:
    """A section of a paper that can be left out."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class CarriedPlan:
    """The last plan that is on record for the family, to begin with."""

    text: str
    origin: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class PapersToShare:
    """What the page that shares the papers begins with."""

    codes: tuple[str, ...]
    parts: tuple[PartLine, ...]
    plan: CarriedPlan | None


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A paper that was shared, to be opened and acknowledged."""

    code: str
    title: str
    document_ref: str


@dataclass(frozen=True)
class PaperWords:
    """What the worker adds: the final plan as it stands, whether it is a redacted version, what is left out."""

    final_plan: str = ""
    plan_is_redacted: bool = False
    left_out: tuple[str, ...] = ()


def find_papers_page(case: Case) -> PapersToShare:
    """Which papers are asked for, the sections of the assessment, the last plan on record."""
    codes = find_papers_to_share(case)
    sections = find_sections(case) if ASSESSMENT in codes else []
    parts = tuple(PartLine(one.code, code_words(one.code)) for one in sections)
    return PapersToShare(codes, parts, _last_plan(case) if FINAL_PLAN in codes else None)


def find_shared_lines(case: Case) -> tuple[SharedLine, ...]:
    """The papers that are in the pack now."""
    return tuple(SharedLine(one.code, one.document.title, one.document.ref) for one in find_papers_shared(case))


def paper_title(case: Case, code: str, *, is_redacted: bool = False) -> str:
    """What a paper is called here, marked where something was taken out of it."""
    called = {
        ASSESSMENT: case.protocol.file.involvements.get("assessment", "Assessment"),
        SUMMARY: "Summary of advice",
        FINAL_PLAN: "Final social work plan",
    }[code]
    return f"{called} ({REDACTED})" if is_redacted else called


def make_papers(case: Case, words: PaperWords) -> tuple[PaperMade, ...]:
    """Each paper on paper, those left empty not. Raises DocumentFault where one cannot be printed."""
    made = []
    for code in find_papers_to_share(case):
        sections = _sections_of(case, code, words)
        is_redacted = (code == FINAL_PLAN and words.plan_is_redacted) or (code == ASSESSMENT and bool(words.left_out))
        if sections:
            title = paper_title(case, code, is_redacted=is_redacted)
            left_out = words.left_out if code == ASSESSMENT else ()
            made.append(PaperMade(code, title, _print(case, title, sections, is_redacted), is_redacted, left_out))
    return tuple(made)


def _sections_of(case: Case, code: str, words: PaperWords) -> tuple[PackSection, ...]:
    match code:
        case "summary":
            return _summary(case)
        case "final-plan":
            text = words.final_plan.strip()
            return (PackSection(title="The plan as it ends", text=text),) if text else ()
        case _:
            return _assessment(case, words.left_out)


def _assessment(case: Case, left_out: Collection[str]) -> tuple[PackSection, ...]:
    return tuple(
        PackSection(
            title=code_words(one.code),
            text=one.text,
            written_by=practitioner_name(one.written_by),
            written_date=case.calendar.local_date(one.written_at),
        )
        for one in find_sections(case)
        if one.code not in left_out
    )


def _summary(case: Case) -> tuple[PackSection, ...]:
    """The summary of advice as it was written; empty before it is."""
    step = next(step for step in case.pathway.steps.values() if asks_for(step, "section-complete"))
    section: SectionText = find_section(case, step)
    if section.version == 0:
        return ()
    return tuple(PackSection(title=line.label, text=_words_of(line)) for line in section.fields if _words_of(line))


def _words_of(line: FieldLine) -> str:
    if line.text.strip() or not (line.why_not or line.tried):
        return line.text
    return f"Not obtained. {line.why_not}\nWhat was tried: {line.tried}"


def _print(case: Case, title: str, sections: tuple[PackSection, ...], is_redacted: bool) -> bytes:
    template = find_template(case.protocol.folder / "letters", TEMPLATE, LANGUAGE)
    data: dict[str, object] = {
        "made_date": case.calendar.local_date(case.now),
        "language": LANGUAGE,
        "authority": case.protocol.file.council,
        "title": title,
        "family_name": case.run.family.name,
        "is_redacted": is_redacted,
        "sections": sections,
    }
    return render_document(template, data)


def _last_plan(case: Case) -> CarriedPlan | None:
    """The family's last plan of another run, as lines. Two statements."""
    revisions = PlanRevision.objects.filter(plan__family=case.run.family_id).exclude(plan__run=case.run)
    last = revisions.select_related("written_by").prefetch_related("needs__actions").order_by("-written_at").first()
    if last is None:
        return None
    lines = [
        line for need in last.needs.all() for line in (need.text, *(f"- {one.what}" for one in need.actions.all()))
    ]
    return CarriedPlan(
        "\n".join(lines), f"the plan on record, written by {practitioner_name(last.written_by)}", last.written_at
    )
