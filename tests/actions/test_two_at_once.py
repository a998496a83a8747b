"""Two officers at once, each by a connection of their own: one effect, an answer for the other, and nobody is let go.

Where the guard is a lock or a second look, the same race is run with it taken away, and then goes wrong.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError, Event, current_thread, get_ident, main_thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.actions.walking import Walk, begin
from tests.records.factories import make_account, make_council, make_family

from handhold.access import transfers as doors
from handhold.access.transfers import NotHere
from handhold.actions import steps
from handhold.actions.announcing import announce
from handhold.actions.concerns import report_concern
from handhold.actions.once import AlreadySubmitted, Submission
from handhold.actions.refusals import StepRefused
from handhold.actions.steps import record_step
from handhold.audit.models import AuditLink
from handhold.casefiles.contents import Content
from handhold.protocol.deciding import decide
from handhold.queries.invariants import find_breaches
from handhold.records.constraints import constraint_of
from handhold.records.models import Concern, Involvement, Person, Practitioner, Run, StepRecord

pytestmark = pytest.mark.django_db(transaction=True)

A_MOMENT = 0.3  # seconds in which somebody who need not wait has long done what they do
A_LONG_TIME = 20.0

Act = Callable[[], Any]


@pytest.fixture
def walk() -> Walk:
    """A transfer of two children that is ready to close."""
    council = make_council()
    return begin(council, make_family(council, children=2)).to_lead_accepted().to_ready_to_close()


@contextmanager
def officers() -> Iterator[Callable[[Act], "Future[Any]"]]:
    """People who act at once: each act gets a connection of its own, and ends in what it returned or raised."""

    def carried_out(act: Act) -> Any:
        connection.ensure_connection()
        try:
            return act()
        except (StepRefused, NotHere, AlreadySubmitted, IntegrityError) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor() as threads:
        yield lambda act: threads.submit(carried_out, act)


def both(first: Act, second: Act) -> list[Any]:
    """What came of two acts that were begun at once."""
    with officers() as begin_act:
        return [done.result(A_LONG_TIME) for done in (begin_act(first), begin_act(second))]


@pytest.fixture
def decided_together(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Two officers' acts wait for each other before they decide; for a moment only where a lock holds one of them up.

    What comes before them, in the test's own thread, waits for nobody: it would break the barrier.
    """
    together, patience = Barrier(2), A_LONG_TIME if "without_lock" in request.fixturenames else A_MOMENT * 2
    decided = set()

    def decide_together(*facts: Any) -> Any:
        if current_thread() is not main_thread() and get_ident() not in decided:
            decided.add(get_ident())
            with suppress(BrokenBarrierError):
                together.wait(patience)
        return decide(*facts)

    monkeypatch.setattr(steps, "decide", decide_together)


@pytest.fixture
def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No children are locked."""
    monkeypatch.setattr(doors, "lock_children", lambda _: None)


def closing(walk: Walk, by: str = "social-worker", *, seconds: int = 0, submission: Submission | None = None) -> Act:
    """Closes the first child."""
    child, now = walk.child_refs[0], walk.now + timedelta(minutes=1, seconds=seconds)
    who: dict[str, Any] = {"by": walk.person(by), "now": now, "reason": "It is time.", "submission": submission}
    return lambda: record_step(walk.run.ref, "case-closed", "early-help-begins", Content(now), child_ref=child, **who)


def problems(answers: list[Any]) -> list[str]:
    """What those answers that are refusals name."""
    return [reason.problem for answer in answers if isinstance(answer, StepRefused) for reason in answer.reasons]


def closings(walk: Walk) -> int:
    return StepRecord.objects.filter(run=walk.run, step="case-closed").count()


def early_help(walk: Walk) -> int:
    return Involvement.objects.filter(child__in=walk.family.children, kind="early-help").count()


# The same thing twice


@pytest.mark.usefixtures("decided_together")
def test_two_who_close_the_same_child_close_it_once_and_the_second_is_told(walk: Walk) -> None:
    answers = both(closing(walk), closing(walk, by="team-manager"))
    assert "does-not-apply" in problems(answers)
    assert (closings(walk), early_help(walk)) == (1, 1)
    assert find_breaches(walk.now + timedelta(minutes=2)) == []


@pytest.mark.usefixtures("decided_together", "without_lock")
def test_without_the_lock_on_the_children_both_are_let_through_and_only_the_database_stops_the_second(
    walk: Walk,
) -> None:
    answers = both(closing(walk), closing(walk, by="team-manager"))
    stopped = [answer for answer in answers if isinstance(answer, IntegrityError)]
    assert [constraint_of(error) for error in stopped] == ["step_record_once_per_round"]
    assert (closings(walk), early_help(walk)) == (1, 1)


@pytest.mark.usefixtures("decided_together")
def test_of_two_answers_to_one_request_the_first_stands() -> None:
    council = make_council()
    walk = begin(council, make_family(council, children=1)).to_lead_asked()
    lead, worker, now = walk.person("lead-practitioner"), walk.person("social-worker"), walk.now + timedelta(minutes=1)

    def answering(answer: str, by: Practitioner) -> Act:
        content = Content(now, agreed_date=now.date())
        return lambda: record_step(walk.run.ref, "lead-answer", answer, content, reason="So", by=by, now=now)

    answers = both(answering("accepted", lead), answering("declined", worker))
    assert sum(isinstance(answer, StepRefused | NotHere) for answer in answers) == 1
    stands = StepRecord.objects.get(run=walk.run, step="lead-answer").outcome
    assert Run.objects.get(pk=walk.run.pk).receiver_state == {"accepted": "accepted", "declined": "none"}[stands]
    assert find_breaches(now + timedelta(minutes=1)) == []


def test_one_form_sent_twice_at_once_has_one_effect_and_both_get_its_answer(walk: Walk) -> None:
    form = Submission("c" * 32, make_account(walk.person("social-worker")), "/the-answer")

    answers = both(closing(walk, submission=form), closing(walk, seconds=1, submission=form))
    again = [answer for answer in answers if isinstance(answer, AlreadySubmitted)]
    assert [answer.answer_url for answer in again] == ["/the-answer"]
    assert (closings(walk), early_help(walk)) == (1, 1)


# A closure, and a concern at the same instant


def test_a_closure_does_not_pass_a_concern_that_came_while_it_was_being_closed(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, came_in_time = close_while_a_concern_is_reported(walk, monkeypatch)
    assert came_in_time
    assert problems([closed]) == ["matter-open"]
    assert early_help(walk) == 0
    assert find_breaches(walk.now + timedelta(minutes=2)) == []


def test_without_the_second_look_the_closure_would_pass_it(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "_check_nothing_came_up", lambda *_: None)
    close_while_a_concern_is_reported(walk, monkeypatch)
    assert early_help(walk) == 1


def test_were_the_children_locked_against_being_named_the_concern_would_have_to_wait(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lock_wholly(ref: str) -> None:
        list(Person.objects.select_for_update().filter(runs__ref=ref).order_by("pk"))

    monkeypatch.setattr(doors, "lock_children", lock_wholly)
    _, came_in_time = close_while_a_concern_is_reported(walk, monkeypatch, patience=A_MOMENT)
    assert not came_in_time


def close_while_a_concern_is_reported(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, patience: float = A_LONG_TIME
) -> tuple[Any, bool]:
    """A closure is decided, and waits; a concern is sent meanwhile. Returns what came of the closure, and whether the
    concern was sent before the closure went on.
    """
    decided, sent, in_time = Event(), Event(), []

    def announce_later(*what: Any) -> None:
        decided.set()
        in_time.append(sent.wait(patience))
        announce(*what)

    monkeypatch.setattr(steps, "announce", announce_later)
    with officers() as begin_act:
        closed = begin_act(closing(walk))
        assert decided.wait(A_LONG_TIME)
        begin_act(reporting(walk)).result(A_LONG_TIME)
        sent.set()
        return closed.result(A_LONG_TIME), in_time == [True]


def reporting(walk: Walk) -> Act:
    """Somebody reports a concern about the first child."""
    child, by, now = walk.child_refs[0], walk.council.second_lead, walk.now + timedelta(minutes=1)
    return lambda: report_concern(who="A girl", what="A bruise", child_ref=child, by=by, now=now)


def test_a_concern_that_comes_as_the_closure_is_committed_stands_after_it_on_the_closed_case(walk: Walk) -> None:
    looked, may_commit = Event(), Event()

    def close_slowly() -> Any:
        with transaction.atomic():
            closed = closing(walk)()
            looked.set()
            assert may_commit.wait(A_LONG_TIME)
            return closed

    with officers() as begin_act:
        closed = begin_act(close_slowly)
        assert looked.wait(A_LONG_TIME)
        reported = begin_act(reporting(walk))
        with pytest.raises(TimeoutError):
            reported.result(A_MOMENT)
        may_commit.set()
        assert not isinstance(closed.result(A_LONG_TIME), Exception)
        assert isinstance(reported.result(A_LONG_TIME), Concern)
    names = list(AuditLink.objects.order_by("-position").values_list("event__name", flat=True)[:2])
    assert names == ["concern.reported", "step.recorded"]
    assert (early_help(walk), Concern.objects.get().decided_at) == (1, None)
    assert find_breaches(walk.now + timedelta(minutes=2)) == []
