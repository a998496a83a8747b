"""Rows that would mislead whoever reads them are refused: each with the mishap that its constraint names."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from handhold.records.models import (
    Account,
    Concern,
    Consent,
    Conversation,
    Decision,
    Form,
    FormAnswer,
    Meeting,
    MeetingAttendance,
    MeetingItem,
    Notice,
    Person,
    PersonChange,
    Plan,
    PlanRevision,
    QueueItem,
    Relationship,
    Run,
    RunChild,
    StepRecord,
    SubmittedForm,
    Visit,
    VisitChild,
)
from handhold.records.refs import CROCKFORD, make_ref
from tests.records.factories import (
    NOW,
    MadeCouncil,
    MadeFamily,
    make_account,
    make_concern,
    make_council,
    make_family,
    make_run,
    since,
)
from tests.records.refusals import refused_by, take_away, take_index_away

pytestmark = pytest.mark.django_db

BEFORE = NOW - timedelta(minutes=1)


class Scene:
    """One run of one family, and what a breach needs at hand."""

    def __init__(self) -> None:
        self.council: MadeCouncil = make_council()
        self.made: MadeFamily = make_family(self.council, children=1)
        self.run: Run = make_run(self.council, self.made)
        self.worker = self.council.practitioners["social-worker"]
        self.child = self.made.children[0]

    def step(self, **fields: Any) -> StepRecord:
        given = {"step": "consent", "outcome": "given", "happened_at": NOW, "recorded_at": NOW} | fields
        return StepRecord.objects.create(run=self.run, recorded_by=self.worker, **given)

    def consent(self, **fields: Any) -> Consent:
        given = {"outcome": "given", "to_what": "support", "how": "visit", "happened_at": NOW, "recorded_at": NOW}
        return Consent.objects.create(family=self.made.family, recorded_by=self.worker, **(given | fields))

    def concern(self, **fields: Any) -> Concern:
        return make_concern(self.council, **fields)

    def queue_item(self, **fields: Any) -> QueueItem:
        queue = self.council.queues["partner-led-eha"]
        return QueueItem.objects.create(queue=queue, run=self.run, put_at=NOW, **fields)

    def answer(self, **fields: Any) -> FormAnswer:
        form, _ = Form.objects.get_or_create(run=self.run, code="recording", defaults={"opened_at": NOW})
        given = {"field": "plan", "origin": "typed", "written_at": NOW} | fields
        return FormAnswer.objects.create(form=form, written_by=self.worker, **given)

    def attendance(self, **fields: Any) -> MeetingAttendance:
        meeting, _ = Meeting.objects.get_or_create(run=self.run, kind="handover", planned_at=NOW)
        return MeetingAttendance.objects.create(meeting=meeting, **fields)

    def agenda(self, meeting: Meeting) -> MeetingItem:
        return MeetingItem.objects.create(meeting=meeting, run=self.run, position=1, put_on_at=NOW)

    def change(self, **fields: Any) -> PersonChange:
        given = {"why": "The red book", "happened_date": NOW.date(), "written_at": NOW} | fields
        return PersonChange.objects.create(family=self.made.family, person=self.child, written_by=self.worker, **given)

    def visited(self, **fields: Any) -> VisitChild:
        visit, _ = Visit.objects.get_or_create(family=self.made.family, kind="ending", visited_at=NOW, by=self.worker)
        return VisitChild.objects.create(visit=visit, child=self.child, **fields)


def consent_twice_by_one_click(scene: Scene) -> None:
    step = scene.step()
    for _ in range(2):
        scene.consent(step_record=step, given_by=scene.made.mother)


def step_twice(scene: Scene) -> None:
    scene.step()
    scene.step()


def step_twice_for_a_child(scene: Scene) -> None:
    scene.step(child=scene.child)
    scene.step(child=scene.child)


def wait_twice_in_one_queue(scene: Scene) -> None:
    scene.queue_item()
    scene.queue_item()


def save_one_version_twice(scene: Scene) -> None:
    scene.answer(version=3)
    scene.answer(version=3)


def revise_a_plan_twice_at_once(scene: Scene) -> None:
    plan = Plan.objects.create(family=scene.made.family)
    for _ in range(2):
        PlanRevision.objects.create(plan=plan, number=1, written_by=scene.worker, written_at=NOW)


def send_a_form_twice(scene: Scene) -> None:
    account = make_account(scene.worker)
    for _ in range(2):
        SubmittedForm.objects.create(key="one click", account=account, at=NOW)


def put_on_the_agenda_twice(scene: Scene) -> None:
    meeting = Meeting.objects.create(series=scene.council.transfer_meeting, kind="transfer", planned_at=NOW)
    scene.agenda(meeting)
    scene.agenda(meeting)


def meet_twice_at_once(scene: Scene) -> None:
    for _ in range(2):
        Meeting.objects.create(series=scene.council.transfer_meeting, kind="transfer", planned_at=NOW)


def two_accounts_for_one_address(scene: Scene) -> None:
    Account.objects.create_user("someone@example.org")
    Account.objects.create_user("Someone@example.org")


# table, constraint, breach
BREACHES: list[tuple[str, str, Callable[[Scene], object]]] = [
    (
        "person",
        "person_died_not_before_birth",
        lambda scene: Person.objects.filter(pk=scene.child.pk).update(died_date=date(2001, 1, 1)),
    ),
    (
        "relationship",
        "relationship_of_two",
        lambda scene: Relationship.objects.create(
            from_person=scene.child, to_person=scene.child, kind="mother", during=since(NOW)
        ),
    ),
    ("personchange", "person_change_kind_known", lambda scene: scene.change(kind="married")),
    ("personchange", "person_change_corrected_with_reason", lambda scene: scene.change(kind="corrected", why="")),
    ("consent", "consent_once_per_step", consent_twice_by_one_click),
    ("consent", "consent_outcome_known", lambda scene: scene.consent(outcome="probably")),
    ("consent", "consent_happened_before_recorded", lambda scene: scene.consent(recorded_at=BEFORE)),
    ("steprecord", "step_record_once_per_round", step_twice),
    ("steprecord", "step_record_once_per_round", step_twice_for_a_child),
    ("steprecord", "step_record_happened_before_recorded", lambda scene: scene.step(recorded_at=BEFORE)),
    ("steprecord", "step_record_act_known", lambda scene: scene.step(act="guessed")),
    (
        "steprecord",
        "step_record_exception_has_reason",
        lambda scene: scene.step(act="exception-asked", exception_kind="unsafe"),
    ),
    ("concern", "concern_received_by_a_person", lambda scene: scene.concern(acknowledged_at=NOW)),
    ("concern", "concern_decided_by_a_person", lambda scene: scene.concern(decided_at=NOW, outcome="no-action")),
    (
        "concern",
        "concern_decided_by_a_person",
        lambda scene: scene.concern(decided_at=NOW, decided_by=scene.worker),
    ),
    ("queueitem", "queue_item_waits_once", wait_twice_in_one_queue),
    ("queueitem", "queue_item_taken_by_somebody", lambda scene: scene.queue_item(taken_at=NOW)),
    ("formanswer", "form_answer_version_once", save_one_version_twice),
    ("formanswer", "form_answer_origin_known", lambda scene: scene.answer(origin="dreamt")),
    ("planrevision", "plan_revision_number_once", revise_a_plan_twice_at_once),
    ("submittedform", "submitted_form_once", send_a_form_twice),
    ("meetingitem", "meeting_item_once", put_on_the_agenda_twice),
    ("meeting", "meeting_of_series_once", meet_twice_at_once),
    ("meetingattendance", "meeting_attendance_of_one", lambda scene: scene.attendance()),
    (
        "meetingattendance",
        "meeting_attendance_known",
        lambda scene: scene.attendance(person=scene.child, attendance="late"),
    ),
    ("visitchild", "visit_child_seen_if_alone", lambda scene: scene.visited(seen=False, seen_alone=True)),
    (
        "conversation",
        "conversation_with_somebody",
        lambda scene: Conversation.objects.create(how="phone", happened_at=NOW, by=scene.worker),
    ),
    (
        "decision",
        "decision_says_what",
        lambda scene: Decision.objects.create(decided_by=scene.worker, decided_at=NOW, outcome=""),
    ),
    (
        "notice",
        "notice_to_somebody",
        lambda scene: Notice.objects.create(step_record=scene.step(), how="email", told_at=NOW),
    ),
    ("run", "run_ended_somehow", lambda scene: Run.objects.filter(pk=scene.run.pk).update(ended_at=NOW)),
    ("runchild", "run_child_ended_with_outcome", lambda _: RunChild.objects.update(ended_at=NOW)),
    ("account", "account_email_in_small_letters", lambda _: Account.objects.create(email="Loud@example.org")),
]


def is_index(constraint: str) -> bool:
    """A unique constraint with a condition is an index to PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_constraint WHERE conname = %s", [constraint])
        found: int = cursor.fetchone()[0]
        return found == 0


each_breach = pytest.mark.parametrize(
    ("table", "constraint", "breach"),
    BREACHES,
    ids=[f"{constraint}-{n}" for n, (_, constraint, _) in enumerate(BREACHES)],
)


@each_breach
def test_the_database_refuses(table: str, constraint: str, breach: Callable[[Scene], object]) -> None:
    scene = Scene()
    with refused_by(constraint):
        breach(scene)


@each_breach
def test_without_the_constraint_it_goes_through(table: str, constraint: str, breach: Callable[[Scene], object]) -> None:
    scene = Scene()
    if is_index(constraint):
        take_index_away(constraint)
    else:
        take_away(f"records_{table}", constraint)
    breach(scene)


def test_two_accounts_for_one_address_are_refused_in_any_letter_case() -> None:
    with refused_by("account_email_once"):
        two_accounts_for_one_address(Scene())


def test_a_step_comes_again_in_a_new_round_for_another_child_or_as_an_exception() -> None:
    scene = Scene()
    scene.step()
    scene.step(round=2)
    scene.step(child=scene.child)
    scene.step(act="exception-asked", exception_kind="unsafe", reason="Father is violent; rang the mother instead.")
    assert scene.run.step_records.count() == 4


def test_both_parents_answer_for_one_step() -> None:
    scene = Scene()
    step = scene.step()
    for parent in (scene.made.mother, scene.made.father):
        scene.consent(step_record=step, given_by=parent)
    assert step.consents.count() == 2


def test_an_unborn_child_is_a_person() -> None:
    unborn = Person.objects.create(family_name="Lewis", expected_birth_date=date(2027, 3, 1))
    assert unborn.given_name == ""


def test_references_are_eight_letters_that_cannot_be_misread() -> None:
    refs = {make_ref() for _ in range(1000)}
    assert len(refs) == 1000
    assert all(len(ref) == 8 and set(ref) <= set(CROCKFORD) for ref in refs)


def test_no_record_puts_a_name_into_a_log() -> None:
    scene = Scene()
    scene.step()
    secret = {word for person in Person.objects.all() for word in (person.given_name, person.family_name)}
    secret |= {scene.worker.given_name, scene.worker.family_name, scene.made.family.name}
    shown = [str(row) for model in apps.get_app_config("records").get_models() for row in model._default_manager.all()]
    assert len(shown) > 50
    assert not [words for words in shown for name in secret if name in words]
