"""A step that came out otherwise, or was not so: a later record says so, and nothing that people acted on is undone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.actions.test_foretold_is_observed import without_lateness
from tests.actions.walking import Walk, begin
from tests.records.factories import make_council, make_family

from handhold.access.families import sight_of
from handhold.access.meetings import access_meeting_to_read
from handhold.access.papers import Reading
from handhold.access.transfers import Opened, access_transfer_to_change
from handhold.actions.correcting import correct_record, find_standing_record
from handhold.actions.refusals import NotAllowed, OthersRestOnIt, ReasonNeeded, StepRefused
from handhold.actions.steps import ask_exception, decide_exception
from handhold.audit.models import AuditEvent
from handhold.casefiles.contents import LetterContent, VisitContent
from handhold.casefiles.correcting import Corrected, outcome_of
from handhold.casefiles.undoing import Otherwise, decide_otherwise
from handhold.notifications.models import OutboxMessage
from handhold.protocol.correcting import Correctable, with_outcome
from handhold.protocol.observing import observe
from handhold.queries.agendas import find_agenda
from handhold.queries.chronology import chronology_read
from handhold.queries.invariants import find_breaches
from handhold.queries.story import find_story
from handhold.records.models import Consent, MeetingItem, Practitioner, QueueItem, Run, StepRecord, Visit

pytestmark = pytest.mark.django_db
WHY = "I pressed the wrong button"


@pytest.fixture
def walk() -> Walk:
    council = make_council()
    return begin(council, make_family(council, children=2))


def opened(walk: Walk, by: str | Practitioner = "service-manager") -> Opened:
    who = walk.person(by) if isinstance(by, str) else by
    return access_transfer_to_change(walk.run.ref, by=who, now=walk.now)


def correct(
    walk: Walk,
    step: str,
    outcome: str,
    *,
    by: str | Practitioner = "social-worker",
    child: str | None = None,
    reason: str = "As the mother says now.",
    agreed_date: date | None = None,
    of_exception: bool = False,
) -> StepRecord:
    """Corrects through the action; the facts observed afterwards are those that were foretold."""
    walk.now += timedelta(minutes=1)
    who = walk.person(by) if isinstance(by, str) else by
    before = opened(walk, who)
    wrong = find_standing_record(before, step, child, of_exception=of_exception)
    taken_back = outcome == "taken-back"
    said = Corrected(wrong.happened_at, reason, "", agreed_date, "" if taken_back else outcome, taken_back)
    foretold = decide_otherwise(Otherwise(before.case, wrong, said, before.by, before.words))
    record = correct_record(
        walk.run.ref,
        step,
        said,
        WHY,
        version=wrong.pk,
        child_ref=child,
        of_exception=of_exception,
        by=who,
        now=walk.now,
    )
    assert isinstance(foretold, Correctable)
    facts, observed = foretold.after, opened(walk).case.observed.facts
    assert without_lateness(observed)._replace(children=(), matters=frozenset(), known=frozenset()) == (
        without_lateness(facts)._replace(children=(), matters=frozenset(), known=frozenset())
    )
    assert list(find_breaches(walk.now)) == []
    return record


def facts_of(walk: Walk) -> dict[str, str | None]:
    case = opened(walk).case
    return {
        name: case.observed.facts.steps[place].outcome
        for (name, _), place in case.pathway.slots(len(case.children)).items()
    }


def refused(walk: Walk, step: str, outcome: str, **words: object) -> list[str]:
    """The steps whose records stand in the way."""
    count = StepRecord.objects.count()
    with pytest.raises(OthersRestOnIt) as found:
        correct(walk, step, outcome, **words)  # type: ignore[arg-type]
    assert StepRecord.objects.count() == count
    case = found.value.opened.case
    return [case.casefile.records[one.place].step for one in found.value.in_the_way]


def test_a_consent_that_was_refused_in_truth_is_so_in_the_facts_and_among_the_consents(walk: Walk) -> None:
    walk.do("early-help-considered", "partner-led")
    walk.do("assessment-shown", "shown")
    walk.do("consent", "given", walk.consent())
    wrong = StepRecord.objects.latest("pk")
    record = correct(walk, "consent", "refused")
    assert (record.corrects_id, record.outcome) == (wrong.pk, "refused")
    assert StepRecord.objects.get(pk=wrong.pk).outcome == "given", "what was written is kept"
    assert opened(walk).case.observed.facts.consent == "not-live"
    stands = Consent.objects.get(step_record__corrected_by__isnull=True)
    assert (stands.outcome, stands.given_by) == (Consent.Outcome.REFUSED, walk.family.mother)
    assert Consent.objects.get(step_record=wrong).outcome == Consent.Outcome.GIVEN
    sight = sight_of(walk.person("social-worker"), walk.now)
    (event,) = [one for one in chronology_read(walk.family.family, sight, Reading(whole=True)) if one.kind == "consent"]
    assert "refused" in event.title
    assert AuditEvent.objects.filter(name="step.corrected").count() == 1


def test_a_record_on_which_a_later_one_rests_is_not_corrected_over_it(walk: Walk) -> None:
    walk.to_lead_asked()
    assert refused(walk, "early-help-considered", "universal") == [
        "plan-proposed", "assessment-shown", "consent", "plan-agreed", "preferred-lead", "lead-asked",
    ]  # fmt: skip
    assert refused(walk, "consent", "refused") == ["lead-asked"]


def test_a_closure_by_which_somebody_else_answers_for_a_child_is_not_corrected(walk: Walk) -> None:
    walk.to_lead_accepted().to_closed()
    assert refused(walk, "case-closed", "taken-back", child=walk.child_refs[0], by="team-manager") == ["case-closed"]


def test_without_the_look_at_who_holds_a_closure_would_be_taken_back(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the guard is good for: without it a child would stand open in the transfer and closed on record."""
    monkeypatch.setattr("handhold.protocol.correcting.WHO_HOLDS", ())
    walk.to_lead_accepted().to_ready_to_close()
    walk.close(walk.child_refs[0])
    now = opened(walk, "social-worker")
    wrong = find_standing_record(now, "case-closed", walk.child_refs[0])
    said = Corrected(wrong.happened_at, "", "", None, "", taken_back=True)
    found = decide_otherwise(Otherwise(now.case, wrong, said, now.by, now.words))
    assert isinstance(found, Correctable)
    assert found.after.children != now.case.observed.facts.children


def test_an_answer_by_which_somebody_would_be_asked_no_more_takes_the_receiver_back(walk: Walk) -> None:
    walk.to_lead_accepted()
    lead = walk.person("lead-practitioner")
    correct(walk, "lead-answer", "declined", by=lead)
    run = Run.objects.get(pk=walk.run.pk)
    assert (run.receiver, run.receiver_state) == (None, "none")
    assert facts_of(walk)["lead-asked"] is None, "somebody has to be asked anew"


def test_an_answer_that_was_a_yes_brings_back_who_was_asked(walk: Walk) -> None:
    walk.to_lead_asked()
    lead = walk.person("lead-practitioner")
    walk.do("lead-answer", "question", by=lead)
    correct(walk, "lead-answer", "accepted", by=lead, agreed_date=date(2026, 12, 1))
    run = Run.objects.get(pk=walk.run.pk)
    assert (run.receiver, run.receiver_state) == (lead, "accepted")


def test_an_answer_needs_what_its_outcome_asks(walk: Walk) -> None:
    walk.to_lead_asked()
    lead = walk.person("lead-practitioner")
    walk.do("lead-answer", "question", by=lead)
    with pytest.raises(StepRefused) as found:
        correct(walk, "lead-answer", "accepted", by=lead)
    assert [(one.problem, one.what) for one in found.value.reasons] == [("word-missing", "date-agreed")]
    with pytest.raises(ReasonNeeded):
        correct(walk, "lead-answer", "declined", by=lead, reason=" ")


def test_a_request_put_off_by_mistake_leaves_the_agenda_of_the_next_meeting(walk: Walk) -> None:
    walk.to_family_agreed("targeted").do("support-requested", "requested")
    walk.do("support-decided", "deferred", by="practice-manager")
    assert MeetingItem.objects.filter(run=walk.run, outcome="").count() == 1
    correct(walk, "support-decided", "not-appropriate", by="practice-manager")
    assert not MeetingItem.objects.filter(run=walk.run, outcome="").exists()
    assert facts_of(walk)["support-requested"] is None, "the request is done again"


def test_a_request_that_was_to_be_put_off_is_put_on_the_next_meeting(walk: Walk) -> None:
    walk.to_practitioner_allocated()
    correct(walk, "support-decided", "deferred", by="practice-manager")
    assert MeetingItem.objects.filter(run=walk.run, outcome="").count() == 1
    assert Run.objects.get(pk=walk.run.pk).receiver is None
    assert opened(walk).case.records[-1].practitioner is None


def test_a_form_assigned_by_mistake_leaves_its_queue(walk: Walk) -> None:
    walk.to_lead_accepted().to_ready_for_oversight()
    assert QueueItem.objects.filter(run=walk.run, taken_at__isnull=True).count() == 1
    correct(walk, "assigned-to-partner-led-eha", "taken-back")
    assert not QueueItem.objects.filter(run=walk.run, taken_at__isnull=True).exists()
    walk.do("assigned-to-partner-led-eha", "assigned")
    assert QueueItem.objects.filter(run=walk.run, taken_at__isnull=True).count() == 1


def test_a_visit_that_was_not_made_is_taken_back_and_can_be_recorded(walk: Walk) -> None:
    walk.do("early-help-considered", "universal")
    walk.do("ending-visit", "visited", walk.at(VisitContent, seen=tuple(walk.family.children), note="All at home"))
    record = correct(walk, "ending-visit", "taken-back")
    assert record.act == StepRecord.Act.TAKEN_BACK
    assert facts_of(walk)["ending-visit"] is None
    sight = sight_of(walk.person("social-worker"), walk.now)
    assert not [one for one in chronology_read(walk.family.family, sight, Reading(whole=True)) if one.kind == "visit"]
    walk.do("ending-visit", "visited", walk.at(VisitContent, seen=tuple(walk.family.children)))
    assert [one.round for one in StepRecord.objects.filter(step="ending-visit", corrects=None).order_by("pk")] == [1, 2]
    assert Visit.objects.filter(family=walk.family.family).count() == 2


def exception_from_the_visit(walk: Walk, *, decided: bool | None = None) -> None:
    walk.do("early-help-considered", "universal")
    walk.now += timedelta(minutes=1)
    worker, manager = walk.person("social-worker"), walk.person("team-manager")
    ask_exception(walk.run.ref, "ending-visit", "declined", "They moved", by=worker, now=walk.now)
    if decided is not None:
        walk.now += timedelta(minutes=1)
        decide_exception(walk.run.ref, "ending-visit", granted=decided, reason="So", by=manager, now=walk.now)


def exception_of(walk: Walk) -> str | None:
    case = opened(walk).case
    return case.observed.facts.steps[case.pathway.slots(2)["ending-visit", None]].exception


def test_an_exception_asked_for_another_reason_still_waits(walk: Walk) -> None:
    exception_from_the_visit(walk)
    record = correct(walk, "ending-visit", "not-possible", of_exception=True)
    assert (record.exception_kind, record.outcome) == ("not-possible", "")
    assert exception_of(walk) == "asked"


def test_an_exception_that_was_asked_is_taken_back_and_can_be_asked_again(walk: Walk) -> None:
    exception_from_the_visit(walk)
    correct(walk, "ending-visit", "taken-back", of_exception=True)
    assert exception_of(walk) is None
    ask_exception(walk.run.ref, "ending-visit", "unsafe", "A dog", by=walk.person("social-worker"), now=walk.now)
    assert exception_of(walk) == "asked"


def test_what_somebody_decided_on_is_not_taken_back_under_them(walk: Walk) -> None:
    exception_from_the_visit(walk, decided=True)
    decision = find_standing_record(opened(walk), "ending-visit", None, of_exception=True)
    assert outcome_of(decision) == "granted"
    correct(walk, "ending-visit", "taken-back", of_exception=True, by="team-manager")
    assert exception_of(walk) == "asked", "the question waits again"
    correct(walk, "ending-visit", "taken-back", of_exception=True)
    assert exception_of(walk) is None


def test_who_asked_does_not_decide_by_correcting_the_decision(walk: Walk) -> None:
    exception_from_the_visit(walk, decided=False)
    with pytest.raises(StepRefused) as found:
        correct(walk, "ending-visit", "granted", of_exception=True)
    assert {one.problem for one in found.value.reasons} == {"not-yours", "own-work"}
    correct(walk, "ending-visit", "granted", of_exception=True, by="team-manager")
    assert exception_of(walk) == "granted"


def test_an_exception_on_which_the_oversight_rests_is_not_refused_afterwards(walk: Walk) -> None:
    exception_from_the_visit(walk, decided=True)
    for child in walk.child_refs:
        letter = {"title": "Goodbye", "recipient": "The child", "pdf": b"%PDF-1.7 invented"}
        from_now = walk.at(LetterContent, **letter)
        walk.do("endings-letter", "given", from_now, child=child)
    walk.do("closure-begun", "begun")
    walk.do("closure-overseen", "agreed", by="team-manager")
    assert refused(walk, "ending-visit", "refused", of_exception=True, by="team-manager") == ["closure-overseen"]


def test_nobody_corrects_what_they_may_not_record(walk: Walk) -> None:
    walk.do("early-help-considered", "partner-led")
    walk.do("assessment-shown", "shown")
    walk.do("consent", "given", walk.consent())
    with pytest.raises(StepRefused) as found:
        correct(walk, "consent", "refused", by="team-manager")
    assert [one.problem for one in found.value.reasons] == ["not-yours"]


def test_who_says_how_a_step_came_out_does_not_approve_it_and_neither_does_who_said_it_before(walk: Walk) -> None:
    walk.to_lead_accepted().to_ready_for_oversight()
    manager = walk.person("team-manager")
    (begun,) = [one for one in opened(walk).case.casefile.records if one.step == "closure-begun"]
    as_corrected = with_outcome(begun, "begun", str(manager.pk))
    assert (as_corrected.by, as_corrected.also_by) == (str(manager.pk), frozenset({begun.by}))
    case = opened(walk).case
    casefile = replace(case.casefile, records=(*case.casefile.records[:-1], as_corrected))
    seen = observe(case.protocol, case.pathway, casefile, case.calendar, walk.now)
    assert "closure-begun" in seen.own(str(manager.pk)) & seen.own(begun.by)


def test_what_was_written_in_a_place_of_its_own_is_written_anew(walk: Walk) -> None:
    walk.to_family_agreed("partner-led")
    with pytest.raises(NotAllowed, match="place of its own"):
        correct(walk, "plan-proposed", "taken-back")


def test_those_who_wrote_on_since_are_told(walk: Walk) -> None:
    walk.do("early-help-considered", "universal")
    walk.do("ending-visit", "visited", walk.at(VisitContent, seen=tuple(walk.family.children)))
    walk.do("closure-begun", "begun", by="team-manager")
    OutboxMessage.objects.all().delete()
    correct(walk, "ending-visit", "taken-back")
    (message,) = OutboxMessage.objects.filter(template="record-corrected")
    assert message.to_address == walk.person("team-manager").email


def test_the_story_shows_what_it_said_before_and_what_was_not_so_at_all(walk: Walk) -> None:
    walk.do("early-help-considered", "partner-led")
    walk.do("assessment-shown", "shown")
    walk.do("consent", "given", walk.consent())
    correct(walk, "consent", "refused")
    correct(walk, "assessment-shown", "taken-back")
    events = {one.title: one for one in find_story(opened(walk)).events}
    event = events["Ask the family for consent to early help"]
    (before,) = event.corrections
    assert (event.words[0], before.words[0], before.why) == ("Consent refused.", "Consent given.", WHY)
    assert before.said_by.endswith(walk.person("social-worker").family_name)
    shown = events["Show the family the assessment"]
    assert (shown.was_taken_back, shown.correct, len(shown.corrections)) == (True, None, 1)
    assert event.correct is not None


def test_what_a_meeting_decided_stays_in_its_minutes_with_what_stands_since(walk: Walk) -> None:
    walk.to_practitioner_allocated()
    meeting = MeetingItem.objects.get(run=walk.run).meeting
    correct(walk, "support-decided", "not-appropriate", by="practice-manager")
    minutes = find_agenda(access_meeting_to_read(meeting.ref, by=walk.person("practice-manager"), now=walk.now))
    (line,) = minutes.lines
    assert line.decided is not None
    assert (line.decided.words, line.decided.corrected) == (
        "Allocate a practitioner, with a date",
        "Not right for this service",
    )
