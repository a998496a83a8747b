"""This record is wrong: a later one names it. What it said can still be read; nothing is decided anew (H9)."""

from datetime import datetime, timedelta

import pytest
from tests.actions.walking import Walk, begin
from tests.records.factories import make_council, make_family

from handhold.access.families import sight_of
from handhold.access.papers import Reading
from handhold.access.transfers import Opened, access_transfer_to_read
from handhold.actions.correcting import correct_record
from handhold.actions.refusals import HappenedLater, HappenedTooEarly, NoSuchChoice, NotAllowed
from handhold.actions.steps import record_step
from handhold.audit.models import AuditEvent
from handhold.casefiles.contents import Content, VisitContent
from handhold.casefiles.correcting import Corrected
from handhold.queries.children import child_page
from handhold.queries.chronology import chronology_read
from handhold.queries.story import find_story
from handhold.records.models import Consent, Practitioner, StepRecord, Visit

pytestmark = pytest.mark.django_db
WHY = "I took the wrong day from my diary"


@pytest.fixture
def walk() -> Walk:
    council = make_council()
    return begin(council, make_family(council, children=2))


def visited(walk: Walk) -> Walk:
    walk.do("early-help-considered", "universal")
    walk.do("ending-visit", "visited", walk.at(VisitContent, seen=tuple(walk.family.children), note="All at home"))
    return walk


def opened(walk: Walk) -> Opened:
    return access_transfer_to_read(walk.run.ref, by=walk.person("social-worker"), now=walk.now)


def standing(walk: Walk, step: str = "ending-visit") -> StepRecord:
    return [one for one in opened(walk).case.records if one.step == step][-1]


def correct(
    walk: Walk,
    happened_at: datetime,
    *,
    step: str = "ending-visit",
    reason: str = "It is right for this family.",
    note: str = "All at home, and the grandmother",
    by: str | Practitioner = "social-worker",
    version: int = 0,
) -> StepRecord:
    walk.now += timedelta(minutes=1)
    who = walk.person(by) if isinstance(by, str) else by
    said = Corrected(happened_at, reason, note)
    shown = version or standing(walk, step).pk
    return correct_record(walk.run.ref, step, said, WHY, version=shown, by=who, now=walk.now)


def test_the_day_and_the_words_are_written_anew_and_the_earlier_record_stays(walk: Walk) -> None:
    wrong = standing(visited(walk))
    day = walk.now - timedelta(days=3)
    record = correct(walk, day)
    assert StepRecord.objects.get(pk=wrong.pk).happened_at == wrong.happened_at, "what was written is kept"
    assert (record.corrects_id, record.outcome, record.round) == (wrong.pk, wrong.outcome, wrong.round)
    case = opened(walk).case
    (stands,) = [one for one in case.records if one.step == "ending-visit"]
    assert (stands.pk, stands.happened_at) == (record.pk, day)
    assert [one.pk for one in case.corrections[record.pk]] == [wrong.pk]
    assert case.observed.standing["ending-visit", None].happened_at == day
    assert AuditEvent.objects.filter(name="step.corrected").count() == 1


def test_last_seen_and_the_chronology_follow_the_visit_that_stands(walk: Walk) -> None:
    visited(walk)
    day = walk.now - timedelta(days=3)
    correct(walk, day)
    sight = sight_of(walk.person("social-worker"), walk.now)
    page = child_page(walk.family.children[0], walk.family.family, sight)
    assert page.seen.seen is not None
    assert page.seen.seen.at == day, "not on the day on which nobody was there"
    visits = [one for one in chronology_read(walk.family.family, sight, Reading(whole=True)) if one.kind == "visit"]
    assert [(one.happened_at, "grandmother" in one.text) for one in visits] == [(day, True)]
    assert Visit.objects.filter(family=walk.family.family).count() == 2


def test_facts_and_effects_stay_as_they_were_decided(walk: Walk) -> None:
    walk.to_lead_accepted()
    before = opened(walk).case.observed.facts
    correct(walk, walk.now - timedelta(hours=2), step="consent", note="By telephone")
    assert opened(walk).case.observed.facts == before
    assert Consent.objects.filter(step_record__corrected_by__isnull=True).count() == 1


def test_a_limit_is_counted_from_the_corrected_day(walk: Walk) -> None:
    walk.to_lead_asked()
    due = opened(walk).case.observed.deadlines["lead-answer", None].due_at
    correct(walk, walk.now - timedelta(days=1), step="lead-asked")
    assert opened(walk).case.observed.deadlines["lead-answer", None].due_at < due


def test_the_story_shows_what_stands_with_what_was_written_before(walk: Walk) -> None:
    visited(walk)
    correct(walk, walk.now - timedelta(days=3))
    correct(walk, walk.now - timedelta(days=2), note="Two of them", by="team-manager")
    (event,) = [one for one in find_story(opened(walk)).events if one.title == "Make the ending visit"]
    assert "Two of them" in event.words
    last, first = event.corrections
    assert last.corrected_by.endswith(walk.person("team-manager").family_name)
    assert ("All at home, and the grandmother" in last.words, "All at home" in first.words) == (True, True)
    assert {last.why, first.why} == {WHY}


def test_a_correction_by_the_manager_does_not_make_it_their_own_work(walk: Walk) -> None:
    walk.to_lead_accepted().to_ready_for_oversight()
    correct(walk, walk.now - timedelta(minutes=5), step="closure-begun", by="team-manager")
    walk.do("closure-overseen", "agreed", by="team-manager")


def test_only_who_wrote_it_down_or_their_manager_corrects_it(walk: Walk) -> None:
    visited(walk)
    with pytest.raises(NoSuchChoice):
        correct(walk, walk.now, step="consent", version=1)
    walk.to_family_agreed("targeted").do("support-requested", "requested")
    with pytest.raises(NotAllowed) as refused:
        correct(walk, walk.now - timedelta(hours=1), by="practice-manager")
    assert walk.person("social-worker").family_name in refused.value.who


def test_two_who_correct_the_same_record_do_not_overwrite_each_other(walk: Walk) -> None:
    shown = standing(visited(walk)).pk
    correct(walk, walk.now - timedelta(days=3), version=shown)
    with pytest.raises(NotAllowed, match="meanwhile"):
        correct(walk, walk.now - timedelta(days=2), version=shown, by="team-manager")
    assert StepRecord.objects.filter(corrects__isnull=False).count() == 1


def test_a_day_before_everything_and_one_after_it_was_written_are_refused(walk: Walk) -> None:
    visited(walk)
    with pytest.raises(HappenedTooEarly) as early:
        correct(walk, walk.now - timedelta(days=400))
    assert early.value.earliest == (walk.family.involvements[0].open_during.lower).date()
    with pytest.raises(HappenedLater):
        correct(walk, walk.now + timedelta(seconds=90))
    assert not StepRecord.objects.filter(corrects__isnull=False).exists()


def test_a_step_is_not_recorded_of_a_day_before_the_childs_involvement(walk: Walk) -> None:
    worker = walk.person("social-worker")
    began = walk.family.involvements[0].open_during.lower
    with pytest.raises(HappenedTooEarly):
        record_step(
            walk.run.ref,
            "early-help-considered",
            "universal",
            Content(began - timedelta(days=1)),
            reason="So.",
            by=worker,
            now=walk.now,
        )
    record_step(
        walk.run.ref, "early-help-considered", "universal", Content(began), reason="So.", by=worker, now=walk.now
    )


def test_when_an_assessment_was_authorised_is_not_written_anew_here(walk: Walk) -> None:
    with pytest.raises(NotAllowed, match="stands with the assessment"):
        correct(walk, walk.now - timedelta(hours=1), step="assessment-authorised", by="team-manager")
