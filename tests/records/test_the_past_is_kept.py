"""What happened is never edited or deleted, a period is only closed, a blank only filled; the owner is refused too.

Every table is named in one of the lists below, or stands in CHANGEABLE with the reason.
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

from handhold.records.constraints import check_constraints_now
from handhold.records.models import (
    Alert,
    Allocation,
    Assessment,
    AssessmentSection,
    Concern,
    ConcernHolding,
    Consent,
    Decision,
    FamilyMember,
    Involvement,
    MainContact,
    Meeting,
    Person,
    Post,
    PostHolding,
    ProfessionalRelationship,
    QueueItem,
    Relationship,
    RoleHolding,
    Run,
    RunChild,
    StepRecord,
)
from tests.records.factories import (
    LAST_RESORT,
    LONG_AGO,
    NOW,
    MadeCouncil,
    MadeFamily,
    make_assessment,
    make_concern,
    make_council,
    make_family,
    make_run,
    since,
)
from tests.records.refusals import refused_by, take_guard_away

pytestmark = pytest.mark.django_db

START = NOW - timedelta(days=30)
SOON = NOW + timedelta(hours=1)

APPEND_ONLY = {
    "assessmentchild",
    "assessmentsection",
    "communication",
    "concernabout",
    "concerndisagreement",
    "concerndiscussion",
    "consent",
    "consentsharing",
    "conversation",
    "decision",
    "document",
    "formanswer",
    "message",
    "need",
    "notice",
    "paperattachment",
    "paperfiling",
    "paperfilingchild",
    "paperregistration",
    "paperreminder",
    "partnerpaper",
    "personchange",
    "paperreceived",
    "papershared",
    "planaction",
    "planrevision",
    "receivedmail",
    "steprecord",
    "versionmove",
    "visit",
    "visitchild",
}
PERIODS: dict[type[Model], str] = {
    Alert: "during",
    Involvement: "open_during",
    Allocation: "during",
    MainContact: "during",
    ProfessionalRelationship: "during",
    PostHolding: "during",
    ConcernHolding: "during",
    RoleHolding: "during",
    FamilyMember: "during",
    Relationship: "during",
}
FILLED_ONCE = {
    "assessment",
    "concern",
    "form",
    "joinedrecord",
    "meeting",
    "meetingattendance",
    "meetingitem",
    "plan",
    "post",
    "protocolsettings",
    "queueitem",
    "run",
    "runchild",
}
# What describes somebody as they are now; its changes are in the audit.
CHANGEABLE = {
    "account",
    "agency",
    "authority",
    "family",
    "meetingseries",
    "person",
    "practitioner",
    "queue",
    "rota",
    "team",
}
# Plans of time that are swapped and cancelled, keys of forms that grow old, what other systems call our records, words
# that no name has any more, filters that somebody saved for themself.
DELETABLE = {
    "absence",
    "agencyclosure",
    "externalreference",
    "meetingdraft",
    "nameword",
    "rotaslot",
    "savedfilter",
    "settingscheck",
    "submittedform",
}


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def made(council: MadeCouncil) -> MadeFamily:
    return make_family(council, children=1)


@pytest.fixture
def run(council: MadeCouncil, made: MadeFamily) -> Run:
    return make_run(council, made, assessment=make_assessment(council, made))


def refuses(table: str, event: str) -> bool:
    """Whether any trigger of ours on a table fires before this event."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM information_schema.triggers WHERE event_object_table = %s AND event_manipulation = %s"
            " AND action_timing = 'BEFORE'",
            [f"records_{table}", event],
        )
        found: int = cursor.fetchone()[0]
        return found > 0


def test_every_table_is_in_one_of_the_lists() -> None:
    tables = {model._meta.model_name for model in apps.get_app_config("records").get_models()}
    periods = {model._meta.model_name for model in PERIODS}
    assert tables == APPEND_ONLY | periods | FILLED_ONCE | CHANGEABLE | DELETABLE


@pytest.mark.parametrize("model", list(apps.get_app_config("records").get_models()), ids=str)
def test_every_table_has_the_guards_of_its_list(model: type[Model]) -> None:
    table = model._meta.model_name or ""
    assert refuses(table, "DELETE") == (table not in DELETABLE)
    assert refuses(table, "UPDATE") == (table not in DELETABLE | CHANGEABLE)


def record_step(council: MadeCouncil, run: Run, **fields: Any) -> StepRecord:
    worker = council.practitioners["social-worker"]
    given = {"step": "early-help-considered", "outcome": "yes", "happened_at": NOW, "recorded_at": NOW} | fields
    return StepRecord.objects.create(run=run, recorded_by=worker, **given)


def test_a_step_is_corrected_by_a_later_record_only(council: MadeCouncil, run: Run) -> None:
    step = record_step(council, run)
    with refused_by("past_is_kept"):
        StepRecord.objects.filter(pk=step.pk).update(outcome="no")
    with refused_by("past_is_kept"):
        step.delete()
    correction = record_step(council, run, outcome="no", corrects=step)
    with refused_by("step_record_corrected_once"):
        record_step(council, run, outcome="yes", corrects=step)
    assert correction.corrects == step


def test_consent_and_texts_are_never_edited(council: MadeCouncil, made: MadeFamily, run: Run) -> None:
    worker = council.practitioners["social-worker"]
    consent = Consent.objects.create(
        family=made.family,
        given_by=made.mother,
        outcome="refused",
        to_what="support",
        how="visit",
        happened_at=NOW,
        recorded_at=NOW,
        recorded_by=worker,
    )
    decision = Decision.objects.create(run=run, decided_by=worker, decided_at=NOW, outcome="granted")
    with refused_by("past_is_kept"):
        Consent.objects.filter(pk=consent.pk).update(outcome="given")
    with refused_by("past_is_kept"):
        Decision.objects.filter(pk=decision.pk).update(decided_by=council.practitioners["team-manager"])
    with refused_by("past_is_kept"):
        AssessmentSection.objects.all().delete()


def test_without_the_guard_a_refusal_of_consent_becomes_consent(council: MadeCouncil, run: Run) -> None:
    step = record_step(council, run, outcome="refused")
    take_guard_away("records_steprecord")
    assert StepRecord.objects.filter(pk=step.pk).update(outcome="given") == 1


def test_nobody_is_deleted(council: MadeCouncil, made: MadeFamily) -> None:
    unknown = Person.objects.create(family_name="Unknown", birth_date=date(2020, 2, 29))
    with refused_by("past_is_kept"):
        unknown.delete()
    take_guard_away("records_person")
    assert unknown.delete()[0] == 1


def test_an_open_period_is_closed_once_and_for_all(made: MadeFamily) -> None:
    membership = FamilyMember.objects.filter(person=made.father)
    assert membership.update(during=since(START, NOW)) == 1
    for later in (since(START), since(START, SOON), since(START, NOW - timedelta(days=1))):
        with refused_by("period_is_only_closed"):
            membership.update(during=later)


@pytest.mark.parametrize(
    ("start", "end"),
    [(START - timedelta(days=1), None), (START + timedelta(days=1), None), (START - timedelta(days=1), NOW)],
    ids=["earlier", "later", "earlier and closed"],
)
def test_a_period_never_gets_another_beginning(made: MadeFamily, start: datetime, end: datetime | None) -> None:
    with refused_by("period_is_only_closed"):
        FamilyMember.objects.filter(person=made.father).update(during=since(start, end))


def test_who_was_accountable_is_not_rewritten(council: MadeCouncil, made: MadeFamily) -> None:
    other = council.practitioners["support-practitioner"]
    with refused_by("period_is_only_closed"):
        Allocation.objects.update(practitioner=other)
    with refused_by("period_is_only_closed"):
        Allocation.objects.update(practitioner=other, during=since(START, NOW))
    with refused_by("period_is_only_closed"):
        MainContact.objects.all().delete()


def test_without_the_guard_who_was_accountable_is_rewritten(council: MadeCouncil, made: MadeFamily) -> None:
    take_guard_away("records_allocation")
    take_guard_away("records_maincontact")
    other = council.practitioners["support-practitioner"]
    assert Allocation.objects.update(practitioner=other) == MainContact.objects.update(practitioner=other) == 1
    check_constraints_now()


def test_saving_a_row_unchanged_is_no_change(made: MadeFamily) -> None:
    made.allocations[0].save()
    assert Allocation.objects.get(pk=made.allocations[0].pk).during == since(START)


def test_an_authorised_assessment_stands(council: MadeCouncil, made: MadeFamily) -> None:
    assessment = make_assessment(council, made, authorised_at=None)
    Assessment.objects.filter(pk=assessment.pk).update(recommendation="no-further-action")
    Assessment.objects.filter(pk=assessment.pk).update(
        authorised_at=NOW, authorised_by=council.practitioners["team-manager"]
    )
    with refused_by("blank_is_only_filled"):
        Assessment.objects.filter(pk=assessment.pk).update(recommendation="early-help")
    with refused_by("blank_is_only_filled"):
        Assessment.objects.filter(pk=assessment.pk).update(authorised_at=None, authorised_by=None)


def test_a_concern_is_decided_once(council: MadeCouncil) -> None:
    concern = make_concern(council)
    found = Concern.objects.filter(pk=concern.pk)
    duty = council.practitioners["duty-manager"]
    found.update(acknowledged_at=SOON, acknowledged_by=duty)
    found.update(decided_at=SOON, decided_by=duty, outcome="strategy-discussion")
    for undone in ({"outcome": "no-action"}, {"what": "Nothing"}, {"acknowledged_at": None, "acknowledged_by": None}):
        with refused_by("blank_is_only_filled"):
            found.update(**undone)


def test_a_run_changes_hands_until_it_has_ended(council: MadeCouncil, run: Run) -> None:
    found = Run.objects.filter(pk=run.pk)
    for receiver in (council.practitioners["lead-practitioner"], None, council.second_lead):
        assert found.update(receiver=receiver) == 1
    RunChild.objects.filter(run=run).update(outcome="transferred", ended_at=SOON)
    found.update(ended_at=SOON, ending="closed")
    for undone in ({"receiver": council.stranger}, {"ended_at": None, "ending": ""}):
        with refused_by("blank_is_only_filled"):
            found.update(**undone)
    with refused_by("blank_is_only_filled"):
        RunChild.objects.filter(run=run).update(outcome="stayed")


def test_work_is_taken_from_a_queue_once(council: MadeCouncil, run: Run) -> None:
    item = QueueItem.objects.create(queue=council.queues["partner-led-eha"], run=run, put_at=NOW)
    taken = QueueItem.objects.filter(pk=item.pk)
    taken.update(taken_by=council.practitioners["early-help-coordinator"], taken_at=SOON)
    with refused_by("blank_is_only_filled"):
        taken.update(taken_by=council.practitioners["practice-manager"])


def test_a_planned_meeting_moves_and_a_held_one_stays(council: MadeCouncil, run: Run) -> None:
    meeting = Meeting.objects.create(run=run, kind="joint-handover", planned_at=NOW)
    found = Meeting.objects.filter(pk=meeting.pk)
    found.update(planned_at=SOON)
    found.update(held_at=SOON)
    with refused_by("blank_is_only_filled"):
        found.update(planned_at=NOW)


def test_a_post_of_last_resort_stays_one(council: MadeCouncil) -> None:
    post = Post.objects.filter(pk=council.posts[LAST_RESORT].pk)
    for weaker in (None, since(LONG_AGO, NOW), since(NOW)):
        with refused_by("blank_is_only_filled"):
            post.update(must_be_held_during=weaker)
    with refused_by("blank_is_only_filled"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_post WHERE id = %s", [post.get().pk])


def test_without_the_guard_the_last_resort_is_left(council: MadeCouncil) -> None:
    take_guard_away("records_post")
    assert Post.objects.filter(pk=council.posts[LAST_RESORT].pk).update(must_be_held_during=None) == 1
    PostHolding.objects.filter(post=council.posts[LAST_RESORT]).update(during=since(LONG_AGO, NOW))
    check_constraints_now()
