"""The agenda of a weekly meeting, made by itself: each family, why it waits, what can be decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from handhold.access.meetings import OpenedMeeting
from handhold.access.words import words_among
from handhold.casefiles.case import Case, load_cases
from handhold.casefiles.protocols import part_readable
from handhold.casefiles.sittings import sitting_after
from handhold.casefiles.steps_by_meaning import find_deciding_step
from handhold.documents import PackNeed, PackPerson
from handhold.protocol.allocating import roles_allocated_by
from handhold.protocol.deadlines import Deadline
from handhold.protocol.deciding import Reason, Refused, decide
from handhold.protocol.definition import Outcome, Step
from handhold.protocol.facts import Act
from handhold.queries.naming import practitioner_name, with_ages
from handhold.queries.packs import needs_of_runs
from handhold.queries.practitioners import Candidate, find_candidates
from handhold.queries.proposals import contact_of
from handhold.queries.unshown import Unshown, unshown_of
from handhold.records.models import MeetingItem, StepRecord
from handhold.working_days import DueWords, due_words

Sort = Literal["allocates", "defers", "declines"]
Fit = Literal["", "last-chance", "too-late"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A way to decide on a request: its code in the protocol, its words, who may, whether this person may."""

    code: str
    words: str
    sort: Sort
    who: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class NextLimit:
    """What has to follow the decision, and by when. `fit`: whether this sitting, or a later one, leaves room."""

    title: str
    due: DueWords
    due_date: date
    fit: Fit


@dataclass(frozen=True, slots=True)
class Decided:
    """What this sitting decided on a request."""

    words: str
    practitioner: str
    by_date: date | None
    moved_to: datetime | None
    reason: str
    corrected: str = ""
    """What stands instead since it was corrected, or that it was not so; empty where this stands."""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One request on the agenda. Open while it has offers; `gone` are the reasons why it needs no decision any more."""

    run_ref: str
    position: int
    family: str
    children: str
    pathway: str
    needs: tuple[PackNeed, ...]
    consent: str
    waits_since: date
    moved_before: int
    next_limit: NextLimit | None
    worker: PackPerson
    sender: tuple[str, str, str]
    """Reference, name and job of who asked, who may come to the meeting."""
    offers: tuple[Offer, ...]
    decided: Decided | None
    gone: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision of this sitting."""
        return self.decided is None and not self.gone


@dataclass(frozen=True, slots=True)
class Agenda:
    """A sitting with its requests, and whom they can be given to."""

    ref: str
    title: str
    planned_at: datetime
    held_at: datetime | None
    chair: str
    note: str
    lines: tuple[AgendaLine, ...]
    unshown: tuple[Unshown, ...]
    candidates: tuple[Candidate, ...]
    clauses: tuple[str, ...]

    @property
    def open_lines(self) -> tuple[AgendaLine, ...]:
        """What is not decided yet."""
        return tuple(line for line in self.lines if line.is_open)


def find_agenda(opened: OpenedMeeting) -> Agenda:
    """The agenda of a sitting, in the order in which the requests were put on it; as it was, once it has been held."""
    meeting, series = opened.meeting, opened.series
    at = meeting.held_at or opened.seat.now
    sittings = MeetingItem.objects.filter(
        run=OuterRef("run"), meeting__series=series, meeting__planned_at__lte=meeting.planned_at
    )
    items = list(
        MeetingItem.objects.filter(meeting=meeting)
        .annotate(put_on=ArraySubquery(sittings.order_by("put_on_at").values("put_on_at")))
        .select_related("run__sender__agency", "run__sender__team", "run__receiver__agency", "run__receiver__team")
        .select_related("run__family", "run__assessment", "practitioner", "moved_to")
        .order_by("position", "id")
    )
    readable, unreadable = part_readable(item.run for item in items)
    items = [item for item in items if item.run in readable]
    cases = load_cases(readable, opened.seat.now, hidden_from=opened.seat.by.pk)
    needs = needs_of_runs([item.run_id for item in items], at)
    lines = tuple(
        _line(opened, item, case, needs.get(item.run_id, ()), item.put_on)
        for item, case in zip(items, cases, strict=True)
    )
    return Agenda(
        ref=meeting.ref,
        title=series.title,
        planned_at=meeting.planned_at,
        held_at=meeting.held_at,
        chair=practitioner_name(meeting.chair) if meeting.chair else "",
        note=meeting.note,
        lines=lines,
        unshown=unshown_of(unreadable),
        candidates=_candidates(opened, cases),
        clauses=_clauses(opened),
    )


def _line(
    opened: OpenedMeeting, item: MeetingItem, case: Case, needs: tuple[PackNeed, ...], put_on: list[datetime]
) -> AgendaLine:
    step = find_deciding_step(case.pathway, opened.series.code)
    on_day = case.calendar.local_date(opened.meeting.held_at or case.now)
    refusals = _refusals(opened, case, step) if step and not item.outcome else {}
    return AgendaLine(
        run_ref=case.run.ref,
        position=item.position,
        family=case.run.family.name,
        children=with_ages((held.person for held in case.children), on_day),
        pathway=case.pathway.file.title,
        needs=needs,
        consent=_consent(case),
        waits_since=case.calendar.local_date(put_on[0]),
        moved_before=len(put_on) - 1,
        next_limit=_next_limit(opened, case, step) if step else None,
        worker=contact_of(case.worker_now),
        sender=(case.run.sender.ref, practitioner_name(case.run.sender), case.run.sender.job_title),
        offers=_offers(case, step, refusals) if step and not item.outcome else (),
        decided=replace(_decided(item, step), corrected=_corrected(case, item, step)) if item.outcome else None,
        gone=_gone(case, refusals),
    )


def _refusals(opened: OpenedMeeting, case: Case, step: Step) -> dict[str, tuple[Reason, ...]]:
    """By outcome: why this person could not record it now, once it is all filled in: by `decide`."""
    words, found = words_among(opened.seat.by, case, opened.seat.roles, frozenset()), {}
    own = case.observed.own(str(opened.seat.by.pk))
    for code, outcome in step.outcomes.items():
        asked = frozenset((*step.asks, *outcome.asks))
        act = Act("record", step.id, code, None, words, own, asked, has_reason=True)
        answer = decide(case.pathway, case.observed.facts, act)
        found[code] = answer.reasons if isinstance(answer, Refused) else ()
    return found


def _offers(case: Case, step: Step, refusals: dict[str, tuple[Reason, ...]]) -> tuple[Offer, ...]:
    roles = case.protocol.file.roles
    return tuple(
        Offer(
            code=code,
            words=outcome.called,
            sort=sort_of(outcome),
            who=" or ".join(roles[one].called for one in outcome.who or step.who if one in roles),
            is_own=not refusals[code],
        )
        for code, outcome in step.outcomes.items()
    )


def sort_of(outcome: Outcome) -> Sort:
    """Whether an outcome gives the family to somebody, moves the request to a later sitting, or turns it down."""
    if "practitioner-chosen" in outcome.asks:
        return "allocates"
    return "defers" if any(effect.put_on_meeting for effect in outcome.effects) else "declines"


def _gone(case: Case, refusals: dict[str, tuple[Reason, ...]]) -> tuple[str, ...]:
    """Why nobody at all can decide the request now: empty where it is only not for this person."""
    shared = [reason for reasons in refusals.values() for reason in reasons if reason.problem != "not-yours"]
    words = {
        "run-over": "The transfer is over.",
        "does-not-apply": "The support asked for has changed; this meeting is not asked any more.",
        "already-done": "It was decided outside this meeting.",
    }
    steps = case.pathway.steps
    found = [words.get(one.problem, f"“{steps[one.step].title}” has to be done again first.") for one in shared]
    return tuple(dict.fromkeys(found))


def _decided(item: MeetingItem, step: Step | None) -> Decided:
    outcome = step.outcomes.get(item.outcome) if step else None
    return Decided(
        words=outcome.called if outcome else "Taken back before the meeting decided",
        practitioner=practitioner_name(item.practitioner) if item.practitioner else "",
        by_date=item.by_date,
        moved_to=item.moved_to.planned_at if item.moved_to else None,
        reason=item.reason,
    )


def _corrected(case: Case, item: MeetingItem, step: Step | None) -> str:
    """What was decided stands in the minutes as it was said; what stands in its place is told beside it."""
    for one in (*case.records, *case.stand.taken_back):
        before = [earlier for earlier in case.corrections.get(one.pk, ()) if step and earlier.step == step.id]
        if any((earlier.outcome, earlier.reason) == (item.outcome, item.reason) for earlier in before):
            known = step.outcomes.get(one.outcome) if step and one.outcome != item.outcome else None
            taken_back = one.act == StepRecord.Act.TAKEN_BACK
            return "the record was taken back" if taken_back else known.called if known else ""
    return ""


def _next_limit(opened: OpenedMeeting, case: Case, step: Step) -> NextLimit | None:
    """The first limit that runs already for what follows the decision, held against when this meeting sits."""
    waiting = [
        (deadline, case.pathway.steps[name].title)
        for (name, _), deadline in case.observed.deadlines.items()
        if step.id in case.pathway.steps[name].after and not deadline.is_whole_run
    ]
    if not waiting:
        return None
    deadline, title = min(waiting, key=lambda one: one[0].due_at)
    due = due_words(case.now, deadline.due_at, case.calendar)
    return NextLimit(title, due, case.calendar.local_date(deadline.due_at), _fit(opened, case, deadline))


def _fit(opened: OpenedMeeting, case: Case, deadline: Deadline) -> Fit:
    if opened.meeting.planned_at > deadline.due_at:
        return "too-late"
    following = sitting_after(case.calendar, opened.series, opened.meeting.planned_at)
    return "last-chance" if following > deadline.due_at else ""


def _consent(case: Case) -> str:
    """How the family's consent stands, and since when."""
    asking = {step.id: step for step in case.pathway.steps.values() if step.kind == "consent"}
    answers = [one for (name, _), one in case.observed.standing.items() if name in asking]
    if not answers:
        return "Not asked yet"
    last = max(answers, key=lambda one: one.recorded_at)
    day = case.calendar.local_date(last.happened_at)
    words = asking[last.step].outcomes[last.outcome].called
    live = "" if case.observed.facts.consent == "live" else " (not live)"
    return f"{words}{live}, {day.day} {day:%b %Y}"


def _candidates(opened: OpenedMeeting, cases: Sequence[Case]) -> tuple[Candidate, ...]:
    """Whom the requests of this agenda can be given to: asked only where somebody could be."""
    roles = {
        role
        for case in cases
        if (step := find_deciding_step(case.pathway, opened.series.code))
        for outcome in step.outcomes.values()
        if sort_of(outcome) == "allocates"
        for role in roles_allocated_by(case.protocol, outcome, step.who)
    }
    return find_candidates(opened.series.authority_id, roles, opened.seat.now) if roles else ()


def _clauses(opened: OpenedMeeting) -> tuple[str, ...]:
    """What the procedure says of this meeting and of what it decides."""
    pathways = opened.seat.protocol.pathways.values()
    steps = [step for pathway in pathways if (step := find_deciding_step(pathway, opened.series.code))]
    return tuple(dict.fromkeys((*opened.rule.clauses, *(clause for step in steps for clause in step.clauses))))
