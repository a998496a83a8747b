"""Lines of the queries as the parts of pages show them: with addresses, and the words of the source beside them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.http import urlencode

from handhold.access.transfers import Opened
from handhold.protocol.pathways import Protocol
from handhold.queries.gaps import Gap
from handhold.queries.transfers import StepLine
from handhold.web.british_dates import short_day
from handhold.web.clauses import words_of_clauses
from handhold.web.components import ClauseWords, Missing, Task

STATES = {
    "done": "Done",
    "excepted": "Excepted",
    "exception-asked": "Exception asked for",
    "ready": "To do",
    "held-back": "Cannot start yet",
    "does-not-apply": "Does not apply",
}
VERBS = {
    "acceptance": "Record the answer",
    "allocation": "Allocate",
    "assessment": "Read and authorise",
    "closure": "Go to the closure",
    "consent": "Record the answer",
    "conversation": "Record it",
    "decision": "Decide",
    "document-shared": "Record it",
    "event": "Record it",
    "form-section": "Check the section",
    "letter": "Write the letter",
    "meeting": "Record the meeting",
    "next-action": "Add it",
    "notice": "Record who was told",
    "plan": "Write the plan",
    "professional-relationship": "Add them",
    "queue": "Assign it",
    "registration": "Take it up",
    "request": "Ask",
    "visit": "Record the visit",
}
"""What a button says that leads to the page of a step of this kind."""
SEEN_ON_THE_TRANSFER = frozenset({"run-over", "does-not-apply", "not-offered"})
"""Problems that no step settles: how the transfer stands is the answer."""


def address_afterwards(opened: Opened) -> str:
    """Where an act leads: to the transfer; who saw it only to settle something comes back to their own work."""
    return reverse("transfer", args=[opened.case.run.ref]) if opened.sees("family") else reverse("my-work")


def step_address(ref: str, step: str, child_ref: str = "", page: str = "step") -> str:
    """The page of a step, for one child where it is for each child; `page` may name one of its exception pages."""
    address = reverse(page, args=[ref, step])
    return f"{address}?{urlencode({'child': child_ref})}" if child_ref else address


def tasks_of(ref: str, lines: Iterable[StepLine]) -> list[Task]:
    """Rows of a task list."""
    return [_task(ref, line) for line in lines]


def missing_of(ref: str, gaps: Iterable[Gap], protocol: Protocol) -> list[Missing]:
    """What a refusal lacks, for the panel that says so."""
    return [_missing(ref, gap, protocol) for gap in gaps]


def first_clause(protocol: Protocol, ids: Iterable[str]) -> ClauseWords | None:
    """The first of these clauses that the protocol has."""
    return next(iter(words_of_clauses(protocol, ids)), None)


def _task(ref: str, line: StepLine) -> Task:
    is_done = line.state in ("done", "excepted")
    day = f" {short_day(line.done_at)}" if is_done and line.done_at else ""
    hints = [line.done_words, f"Waits for {line.waits_for}" if line.waits_for and not is_done else ""]
    page = "step-exception-decision" if line.state == "exception-asked" else "step"
    return Task(
        title=line.title,
        whose="" if is_done else line.whose[:1].upper() + line.whose[1:],
        state=f"{STATES[line.state]}{day}",
        address=step_address(ref, line.step, line.child_ref, page),
        is_done=is_done,
        can_start=line.state != "held-back",
        due=line.due,
        hint=". ".join(hint for hint in hints if hint),
        limit="" if is_done else line.limit,
    )


def _missing(ref: str, gap: Gap, protocol: Protocol) -> Missing:
    return Missing(
        what=gap.what,
        who=gap.who,
        address=_address(ref, gap),
        link_words=VERBS.get(gap.kind, "Go there") if gap.can_do_now else "Go there",
        exception_address=step_address(ref, gap.step, gap.child_ref, "step-exception")
        if gap.exception == "ask"
        else "",
        clause=first_clause(protocol, gap.clauses),
    )


def _address(ref: str, gap: Gap) -> str:
    """Where it is settled; empty for what the very page can supply that lacks it, and for what others have to do."""
    if gap.holder_ref:
        return reverse("caseload", args=[gap.holder_ref])
    if gap.problem == "word-missing":
        return reverse("family-papers", args=[gap.family_ref]) if gap.family_ref else ""
    if gap.step:
        page = "step-exception-decision" if gap.state == "exception-asked" else "step"
        return step_address(ref, gap.step, gap.child_ref, page)
    if gap.family_ref:
        return reverse("family", args=[gap.family_ref])
    return reverse("transfer", args=[ref]) if gap.problem in SEEN_ON_THE_TRANSFER else ""
