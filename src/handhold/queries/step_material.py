"""What a person needs before them to do a step: the plan, the assessment, the agencies, all that is to be overseen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handhold.access.concerns import concerns_to_handle
from handhold.access.families import sight_of
from handhold.access.papers import (
    NOT_AGREED,
    find_withheld,
    is_council_side,
    reads_assessment,
    reads_papers,
    reads_plan,
    sections_for,
)
from handhold.access.transfers import Opened
from handhold.casefiles.case import Case, load_surroundings
from handhold.casefiles.papers import asks_for
from handhold.casefiles.steps_by_meaning import effects_of
from handhold.documents import PackSection
from handhold.protocol.definition import Step
from handhold.protocol.facts import Child
from handhold.protocol.standing import Standing, find_standings
from handhold.queries.came_in import CameIn, find_came_in
from handhold.queries.early_help_papers import REGISTERED, EarlyHelpPaper, find_early_help_papers
from handhold.queries.gaps import title_of
from handhold.queries.handovers import HandoverLine, find_handovers
from handhold.queries.naming import practitioner_name
from handhold.queries.packs import find_relationships, find_sections
from handhold.queries.papers_to_share import SharedLine, find_shared_lines
from handhold.queries.plans import PlanText, find_plan
from handhold.queries.starting import Room, find_rooms
from handhold.queries.transfers import done_words, exception_words, standing_record
from handhold.queries.who_stands_first import previous_words
from handhold.records.models import Conversation, FormAnswer, StepRecord

SHOWS_PLAN = frozenset({"conversation", "request", "notice", "decision", "acceptance", "meeting"})


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A settled step, to be overseen: how it came out, why, by whom; an exception with both of its reasons."""

    title: str
    words: str
    reason: str
    happened_at: datetime
    is_exception: bool
    step: str
    child_ref: str


@dataclass(frozen=True, slots=True)
class ConcernLine:
    """A concern about the household that has not been decided."""

    ref: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Material:
    """What is shown beside the form. Each is empty where the step does not need it."""

    plan: PlanText | None = None
    plan_comes_first: bool = False
    wishes: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    sections: tuple[PackSection, ...] = ()
    referral: tuple[PackSection, ...] = ()
    """What the form of the run says, for who decides on it."""
    returns_to: str = ""
    """To whom a family returns that came back soon."""
    summary: tuple[SummaryLine, ...] = ()
    handovers: tuple[HandoverLine, ...] = ()
    unregistered: tuple[EarlyHelpPaper, ...] = ()
    """Early help assessments that nobody has registered yet: beside what is filled in, never withheld (L11)."""
    papers: tuple[SharedLine, ...] = ()
    """What was put into the pack, each to be opened."""
    rooms: tuple[Room, ...] = ()
    came_in: tuple[CameIn, ...] = ()
    """The referral from which the run began."""
    why_nothing: str = ""
    """Why the assessment is not shown to who may not read it."""
    concerns: tuple[ConcernLine, ...] = ()
    """On the page of the step that decides on concerns: those that wait, for who receives them."""


def find_material(opened: Opened, step: Step, child: Child | None) -> Material:
    """What this step's page shows."""
    case = opened.case
    after_plan = any(case.pathway.steps[name].kind == "plan" for name in step.after)
    oversees = bool(step.not_by_author_of)
    oversees_the_end = oversees and case.pathway.file.direction == "down" and step.id not in case.pathway.beside
    asks = step.kind == "request"
    has_papers = asks_for(step, "documents-acknowledged")
    shows_assessment = step.kind in ("assessment", "document-shared") and not has_papers
    shows_plan = oversees or (after_plan and step.kind in SHOWS_PLAN)
    may_read = not shows_assessment or reads_assessment(opened)
    answers = step.kind in ("decision", "allocation") and case.pathway.file.direction != "down"
    return Material(
        plan=find_plan(case) if shows_plan and reads_plan(opened) else None,
        plan_comes_first=step.kind == "conversation",
        wishes=_wishes(case) if _chooses_a_person(step) else (),
        agencies=_agencies(case) if asks else (),
        sections=_sections(opened) if shows_assessment and may_read else (),
        unregistered=_unregistered(opened, step),
        came_in=find_came_in(opened, step),
        papers=find_shared_lines(case) if has_papers and reads_papers(opened) else (),
        why_nothing="" if may_read else NOT_AGREED,
        referral=_referral(case) if answers or (oversees and step.kind == "assessment") else (),
        returns_to=previous_words(case) if answers else "",
        summary=_summary(opened, step) if oversees or answers or step.kind == "closure" else (),
        handovers=find_handovers(case, step, child) if step.kind == "closure" or oversees_the_end else (),
        concerns=_concerns(opened) if step.id == case.pathway.concern_steps()[1] else (),
        rooms=_rooms(case) if any(effect.put_on_meeting for effect in effects_of(step)) else (),
    )


def _unregistered(opened: Opened, step: Step) -> tuple[EarlyHelpPaper, ...]:
    form = opened.case.protocol.forms.get(step.form or "")
    sources = {name for part in form.sections for one in part.fields for name in one.fills_from} if form else set()
    if REGISTERED not in sources or not is_council_side(opened):
        return ()
    return tuple(one for one in find_early_help_papers(opened.case) if not one.is_registered)


def _concerns(opened: Opened) -> tuple[ConcernLine, ...]:
    """Each has a page of its own, where who receives it decides on it."""
    case = opened.case
    about = load_surroundings([case.run], case.now).concerns.get(case.run.family_id, [])
    handled = set(concerns_to_handle(sight_of(opened.by, case.now)).filter(pk__in=[one.pk for one in about]))
    about = [one for one in about if one in handled]
    return tuple(ConcernLine(one.ref, one.sent_at) for one in about if one.decided_at is None)


def _chooses_a_person(step: Step) -> bool:
    words = {*step.asks, *(word for outcome in step.outcomes.values() for word in outcome.asks)}
    return "practitioner-chosen" in words and step.kind in ("request", "decision")


def _referral(case: Case) -> tuple[PackSection, ...]:
    """The form of the run as it was saved last. One statement."""
    forms = case.protocol.forms.values()
    labels = {(one.id, field.id): field.label for one in forms for part in one.sections for field in part.fields}
    rows = FormAnswer.objects.filter(form__run=case.run).select_related("written_by", "form")
    latest = rows.order_by("form__code", "field", "-version").distinct("form__code", "field")
    last = {(row.form.code, row.field): row for row in latest if row.text.strip()}
    return tuple(_answer(case, labels[name], last[name]) for name in labels if name in last)


def _answer(case: Case, label: str, row: FormAnswer) -> PackSection:
    written_date = case.calendar.local_date(row.written_at)
    return PackSection(
        title=label, text=row.text, written_by=practitioner_name(row.written_by), written_date=written_date
    )


def _summary(opened: Opened, step: Step) -> tuple[SummaryLine, ...]:
    standings = find_standings(opened.case.pathway, opened.case.observed.facts)
    withheld, shown = find_withheld(opened), step.not_by_author_of
    told = (one for one in standings if not one.is_beside or one.step.id in shown)
    found = (_summary_line(opened, one, withheld) for one in told)
    return tuple(line for line in found if line is not None)


def _summary_line(opened: Opened, standing: Standing, withheld: frozenset[int]) -> SummaryLine | None:
    case, step, child = opened.case, standing.step, standing.child
    record = standing_record(case, step.id, child)
    if standing.state not in ("done", "excepted") or record is None:
        return None
    is_exception = record.act == StepRecord.Act.EXCEPTION_DECIDED
    words, reason = done_words(step, record), record.reason
    if is_exception:
        asked = _asked_for(case, record)
        why = "" if record.pk in withheld else f": {exception_words(asked.exception_kind)}"
        words = f"{words}. Asked for by {practitioner_name(asked.recorded_by)}{why}"
        reason = f"{asked.reason}\n{record.reason}"
    return SummaryLine(
        title=title_of(opened, step, child),
        words=words,
        reason="" if record.pk in withheld else reason,
        happened_at=record.happened_at,
        is_exception=is_exception,
        step=step.id,
        child_ref="" if child is None else case.children[child].person.ref,
    )


def _asked_for(case: Case, granted: StepRecord) -> StepRecord:
    """The record that asked for an exception which was granted."""
    before = case.records[: case.records.index(granted)]
    earlier = (one for one in reversed(before) if one.step == granted.step and one.child_id == granted.child_id)
    return next(one for one in earlier if one.act == StepRecord.Act.EXCEPTION_ASKED)


def _wishes(case: Case) -> tuple[str, ...]:
    """What the family said in the conversations of this transfer that ask for their wish."""
    asking = [step.id for step in case.pathway.steps.values() if "wish-recorded" in step.asks]
    rows = Conversation.objects.filter(
        step_record__run=case.run, step_record__step__in=asking, step_record__corrected_by__isnull=True
    ).order_by("-pk")
    return tuple(row.about for row in rows[:1] if row.about)


def _agencies(case: Case) -> tuple[str, ...]:
    return tuple(
        f"{row.practitioner.agency.name}: {practitioner_name(row.practitioner)}, {row.role}"
        for row in find_relationships(case)
    )


def _sections(opened: Opened) -> tuple[PackSection, ...]:
    case, shared = opened.case, sections_for(opened)
    return tuple(
        PackSection(
            title=row.code.replace("-", " ").capitalize(),
            text=row.text,
            written_by=practitioner_name(row.written_by),
            written_date=case.calendar.local_date(row.written_at),
        )
        for row in find_sections(case)
        if shared.has(row.code)
    )


def _rooms(case: Case) -> tuple[Room, ...]:
    """Whether the next meetings leave room for what must follow them."""
    assessment, begins = case.run.assessment, case.pathway.file.begins
    started = {one.step: one.happened_at for one in case.records if (one.step, None) in case.observed.standing}
    if begins and begins.after_step_of_record:
        started[begins.after_step_of_record] = (assessment.authorised_at if assessment else None) or case.now
    return find_rooms(case.protocol, case.pathway, case.run.authority_id, started, case.now)
