"""What comes about as time passes, where the procedure says so (`by_itself`): recorded once, with its letter, and told.

It is a record like any other, which says that nobody's hand made it and who answered for it then. What cannot be made
so (a letter that cannot be printed, a gate that somebody has to open) is left to those whose move it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from handhold.access.transfers import Opened, access_transfer_as_time_passes
from handhold.actions.steps import record_opened
from handhold.casefiles.case import Case
from handhold.casefiles.contents import Content, LetterContent
from handhold.casefiles.protocols import protocol_of
from handhold.casefiles.situations import AGES, years_old
from handhold.documents import DocumentFault
from handhold.notifications.outbox import put_in_outbox
from handhold.protocol.deciding import Allowed, decide
from handhold.protocol.definition import Step
from handhold.protocol.facts import Act
from handhold.protocol.standing import Standing, find_standings
from handhold.queries.endings_letters import LetterWords, find_letter_known, print_endings_letter
from handhold.records.models import Person, Run

Found = tuple[Standing, str, Content]


@transaction.atomic
def record_what_comes_by_itself(run_id: int, *, now: datetime) -> int:
    """Records each such step of one run that may be done now, one after the other; returns how many.

    The children are locked, and each step is decided on the transfer as it then stands: a second worker finds it done.
    Raises ProtocolChanged.
    """
    run = Run.objects.select_related("authority").get(pk=run_id)
    if run.ended_at or not _some_come_by_themselves(run):
        return 0
    done = 0
    while True:
        opened = access_transfer_as_time_passes(run.ref, now=now)
        found = next(_find(opened), None)
        if found is None:
            return done
        _record(opened, *found)
        done += 1


def _some_come_by_themselves(run: Run) -> bool:
    steps = protocol_of(run).pathways[run.pathway].steps.values()
    return any(outcome.by_itself for step in steps for outcome in step.outcomes.values())


def _find(opened: Opened) -> Iterator[Found]:
    """Each that is allowed now, with what is written down."""
    case = opened.case
    if case.run.ended_at:
        return
    for standing in find_standings(case.pathway, case.observed.facts):
        if standing.state != "ready" or standing.step.every:  # what falls due again would never be over
            continue
        step, child = standing.step, None if standing.child is None else case.children[standing.child].person
        for name, outcome in step.outcomes.items():
            content = _content_of(case, step, child) if outcome.by_itself and _is_of_age(case, step, child) else None
            if content is None:
                continue
            words = opened.words
            act = Act("record", step.id, name, standing.child, words, frozenset(), content.words(case))
            if isinstance(decide(case.pathway, case.observed.facts, act), Allowed):
                yield standing, name, content


def _is_of_age(case: Case, step: Step, child: Person | None) -> bool:
    """Whether this very child lives and has come to the age of which the step speaks, and not only a sibling."""
    ages = [AGES[word] for word in (step.when.known or () if step.when else ()) if word in AGES]
    if child is None:
        return not ages
    today, born = case.calendar.local_date(case.now), child.birth_date
    return child.died_date is None and all(born is not None and years_old(born, today) >= age for age in ages)


def _content_of(case: Case, step: Step, child: Person | None) -> Content | None:
    """A letter as it is made from the record, or nothing but that it happened; None where it cannot be made."""
    if step.letter is None or child is None:
        return Content(case.now, by_time=True)
    known, today = find_letter_known(case, step, child), case.calendar.local_date(case.now)
    words = LetterWords(known.recipient, known.address, today)
    try:
        pdf = print_endings_letter(case, step, child, case.worker_now, words)
    except DocumentFault:
        return None
    return LetterContent(
        case.now, by_time=True, title=known.title, recipient=known.recipient, address=known.address, pdf=pdf
    )


def _record(opened: Opened, standing: Standing, outcome: str, content: Content) -> None:
    case = opened.case
    child = None if standing.child is None else case.children[standing.child].person
    answers = case.worker_now
    record_opened(
        opened, "record", standing.step.id, outcome, content, child_ref=child.ref if child else None, reason=""
    )
    if isinstance(content, LetterContent) and answers.email:
        context = {"ref": case.run.ref, "path": f"/transfers/{case.run.ref}"}
        put_in_outbox("ended-by-itself", to_address=answers.email, now=case.now, context=context, run=case.run)
