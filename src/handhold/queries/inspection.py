"""One transfer whole, on one page, for an inspector, an auditor or a manager who looks back at it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handhold.access.transfers import Opened
from handhold.casefiles.case import Case
from handhold.casefiles.children import HeldChild
from handhold.casefiles.protocols import part_readable
from handhold.casefiles.revisions import revisions_of
from handhold.documents import (
    ChildsWords,
    InspectedChild,
    InspectedPaper,
    InspectedStage,
    InspectedStep,
    Inspection,
)
from handhold.protocol.standing import Standing, find_standings
from handhold.queries.earlier_runs import find_written
from handhold.queries.inspected_records import (
    day_words,
    find_decisions,
    find_exceptions,
    find_limits,
    find_oversight,
    instant_words,
    slot_title,
    when_words,
)
from handhold.queries.involved import find_allocations, involvement_name
from handhold.queries.naming import first_name, practitioner_name, with_ages
from handhold.queries.packs import CHILDS_VIEW, LANGUAGE
from handhold.queries.story import released_meanwhile
from handhold.queries.transfers import code_words, destination_words, done_words, ending_words, standing_record
from handhold.queries.what_was_decided import find_decided
from handhold.records.models import Allocation, AssessmentSection, Document, Practitioner, Run


def compose_inspection(opened: Opened) -> Inspection:
    """The whole of an opened transfer, for somebody of the council's side who sees all of it."""
    case = opened.case
    run = case.run
    destination = destination_words(case)
    return Inspection(
        made_date=case.calendar.local_date(case.now),
        language=LANGUAGE,
        authority=case.protocol.file.council,
        ref=run.ref,
        family=f"{run.family.name} family: {with_ages([held.person for held in case.children], _today(case))}",
        pathway=f"{case.pathway.file.title}{f', to {destination}' if destination else ''}",
        how_it_stands=f"Ended on {instant_words(case, run.ended_at)}, {ending_words(case)}"
        if run.ended_at
        else "On its way",
        began=f"{instant_words(case, run.started_at)}, by {_name_of(case, run.started_by_id)}",
        procedure=tuple(_procedure(case)),
        children=tuple(_children(case)),
        stages=tuple(_stages(case)),
        decisions=find_decisions(case),
        oversight=find_oversight(case),
        exceptions=find_exceptions(case),
        limits=find_limits(case),
        words_of_children=tuple(_words_of_children(case)),
        concerns=tuple(_concerns(opened)),
        earlier=tuple(_earlier(case)),
        papers=tuple(_papers(case)),
    )


def _today(case: Case) -> date:
    return case.calendar.local_date(case.now)


def _name_of(case: Case, practitioner: int) -> str:
    if practitioner == case.run.sender_id:
        return practitioner_name(case.run.sender)
    return practitioner_name(Practitioner.objects.get(pk=practitioner))


def _procedure(case: Case) -> Iterator[str]:
    """Which procedure in which version, with which of the council's numbers, and by whom those were approved."""
    file, run = case.protocol.file, case.run
    yield f"{file.title} ({file.council}), version {case.protocol.version}, {file.source.status}"
    yield f"Digest of its files: {run.protocol_digest[:16]}"
    if run.settings_revision:
        rows = revisions_of(run.authority_id, run.protocol_folder)
        row = next(one for one in rows if one.revision == run.settings_revision)
        approved = practitioner_name(row.approved_by) if row.approved_by else "nobody"
        since = f", live from {day_words(case, row.live_from)}" if row.live_from else ""
        yield f"Change {row.revision} of its numbers and choices, approved by {approved}{since}"
    for move in run.version_moves.select_related("decided_by"):
        version, by = move.from_folder.partition("/")[2], practitioner_name(move.decided_by)
        yield f"Moved from version {version} on {day_words(case, move.decided_at)} by {by}: {move.reason}"


def _children(case: Case) -> Iterator[InspectedChild]:
    """Each child with everybody who answered for them since the transfer began."""
    rows = find_allocations([held.person.pk for held in case.children], case.now)
    since = [one for one in rows if one.during.upper is None or one.during.upper > case.run.started_at]
    for held in case.children:
        own = (one for one in since if one.involvement.child_id == held.person.pk)
        yield InspectedChild(
            name=first_name(held.person), outcome=_outcome_of(case, held), held=tuple(_held(case, one) for one in own)
        )


def _outcome_of(case: Case, held: HeldChild) -> str:
    if not held.row.outcome:
        return "No outcome yet"
    ended = f", {day_words(case, held.row.ended_at)}" if held.row.ended_at else ""
    return f"{code_words(held.row.outcome)}{ended}"


def _held(case: Case, row: Allocation) -> str:
    """`Single assessment: Samira Malik, from 2 November 2026 to 9 December 2026`"""
    to = f" to {day_words(case, row.during.upper)}" if row.during.upper else ", now"
    what = involvement_name(row.involvement.kind, case.protocol)
    return f"{what}: {practitioner_name(row.practitioner)}, from {day_words(case, row.during.lower)}{to}"


def _stages(case: Case) -> Iterator[InspectedStage]:
    """Each step that came up, in the order of the procedure. What is about a concern has its own page."""
    hidden = case.pathway.concern_steps()
    standings = [one for one in find_standings(case.pathway, case.observed.facts) if one.step.id not in hidden]
    for stage in case.pathway.stages:
        names = {step.id for step in stage.steps}
        steps = tuple(_step(case, one) for one in standings if one.step.id in names and _came_up(one))
        if steps:
            yield InspectedStage(title=stage.title, steps=steps)


def _came_up(standing: Standing) -> bool:
    if standing.state in ("done", "excepted", "exception-asked"):
        return True
    return standing.state != "does-not-apply" and not standing.is_beside and not standing.step.optional


def _step(case: Case, standing: Standing) -> InspectedStep:
    record = standing_record(case, standing.step.id, standing.child)
    return InspectedStep(
        title=slot_title(case, standing.step, (standing.step.id, standing.child)),
        how=done_words(standing.step, record) if record else "Not done yet",
        when=when_words(case, record) if record else "",
        clauses=", ".join(standing.step.clauses),
    )


def _words_of_children(case: Case) -> Iterator[ChildsWords]:
    """What the children said: in the assessment of the transfer, and in its own forms."""
    names = [first_name(held.person) for held in case.children]
    child = names[0] if len(names) == 1 else "The children"
    if case.run.assessment_id:
        rows = AssessmentSection.objects.filter(assessment=case.run.assessment_id, code=CHILDS_VIEW)
        last = rows.select_related("written_by").order_by("-version").first()
        if last:
            heard_by, day = practitioner_name(last.written_by), case.calendar.local_date(last.written_at)
            yield ChildsWords(child=child, words=last.text, heard_by=heard_by, said_date=day)
    written = find_written(case.run.pk, CHILDS_VIEW, case)
    if written:
        said = case.calendar.local_date(written.at) if written.at else None
        yield ChildsWords(child=child, words=written.text, heard_by=written.origin, said_date=said)


def _concerns(opened: Opened) -> Iterator[str]:
    """Those that a social worker has released, of the time of the transfer."""
    case = opened.case
    for one in released_meanwhile(opened):
        yield f"{day_words(case, one.sent_at)}: {one.released_words}"


def _earlier(case: Case) -> Iterator[str]:
    """What there was with the family before: contacts, referrals, transfers, each with what was decided."""
    before = Run.objects.filter(family=case.run.family_id, started_at__lt=case.run.started_at).exclude(pk=case.run.pk)
    runs = list(before.select_related("authority").order_by("-started_at", "-id"))
    decided = find_decided(part_readable(runs)[0]) if runs else {}
    for run in runs:
        pathway = case.protocol.pathways.get(run.pathway)
        title = pathway.file.title if pathway else code_words(run.pathway)
        ended = f"ended {day_words(case, run.ended_at)}" if run.ended_at else "on its way"
        said = f": {decided[run.pk]}" if run.pk in decided else ""
        yield f"{title}, begun {day_words(case, run.started_at)}, {ended}{said}"


def _papers(case: Case) -> Iterator[InspectedPaper]:
    rows = Document.objects.filter(run=case.run).defer("content").order_by("made_at", "id")
    for one in rows:
        yield InspectedPaper(ref=one.ref, title=one.title, recipient=one.recipient, made=day_words(case, one.made_at))
