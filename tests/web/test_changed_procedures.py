"""A transfer whose procedure's files were changed is one line in every list; the rest, and concerns, go on."""

import pytest

from handhold.actions.concerns import decide_concern, report_concern
from handhold.actions.meetings import Attended, RequestsUndecided, decide_request, finish_meeting
from handhold.audit.models import AuditEvent
from handhold.records.models import Concern, Meeting, MeetingItem, Run, RunChild, StepRecord
from tests.actions.walking import Walk, begin
from tests.records.factories import MadeCouncil, make_council, make_family
from tests.web.walked import at, filled_in, rename, signed_in, words_of

pytestmark = pytest.mark.django_db
SAYS = "This transfer cannot be shown: the files of its procedure were changed."


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def sound(council: MadeCouncil) -> Walk:
    return begin(council, rename(make_family(council, children=1)))


@pytest.fixture
def changed(council: MadeCouncil) -> Walk:
    """A transfer that waits in a queue."""
    return begin(council, rename(make_family(council, children=2))).to_lead_accepted().to_ready_for_oversight()


def change_files_of(walk: Walk) -> None:
    """As if a file of the version had been edited after the transfer began."""
    Run.objects.filter(pk=walk.run.pk).update(protocol_digest="0" * 64)


def look(walk: Walk, role: str, address: str) -> str:
    with at(walk.now):
        answer = signed_in(walk.person(role), walk.now).get(address)
    assert answer.status_code == 200, address
    return words_of(answer.content)


def test_it_is_one_line_of_my_work_and_the_rest_stands(changed: Walk, sound: Walk) -> None:
    assert SAYS not in look(changed, "social-worker", "/work")
    change_files_of(changed)
    page = look(changed, "social-worker", "/work")
    assert SAYS in page
    assert f"{changed.family.family.name} family , begun on" in page
    assert f"Consider early help , {sound.family.family.name} family" in page


def test_a_version_whose_folder_is_gone_is_told_the_same_way(changed: Walk) -> None:
    Run.objects.filter(pk=changed.run.pk).update(protocol_folder="york/1999-01-01")
    assert SAYS in look(changed, "social-worker", "/work")


def test_the_family_and_its_story_and_papers_are_shown(changed: Walk) -> None:
    change_files_of(changed)
    address = f"/families/{changed.family.family.ref}"
    page = look(changed, "social-worker", address)
    assert f"A transfer that cannot be shown: {changed.family.children[0].given_name}" in page
    assert "Early help considered: partner led" in look(changed, "social-worker", f"{address}/chronology")
    assert "Documents" in look(changed, "social-worker", f"{address}/papers")
    assert changed.family.children[0].given_name in look(
        changed, "social-worker", f"/children/{changed.family.children[0].ref}"
    )


def test_the_story_says_nothing_more_of_a_concern_than_before(changed: Walk) -> None:
    concern = report_concern(
        who="A boy", what="A bruise", family_ref=changed.family.family.ref, by=changed.council.stranger, now=changed.now
    )
    change_files_of(changed)
    decide_concern(concern.ref, "support-goes-on", "Known", by=changed.person("duty-manager"), now=changed.now)
    story = look(changed, "social-worker", f"/families/{changed.family.family.ref}/chronology")
    assert "concern decided" not in story.lower()


def test_the_queue_in_which_it_waits_shows_the_others(changed: Walk, council: MadeCouncil) -> None:
    other = begin(council, rename(make_family(council, children=1)))
    other.now = changed.now
    other.to_lead_accepted().to_ready_for_oversight()
    change_files_of(changed)
    page = look(other, "early-help-coordinator", "/queues/partner-led-eha")
    assert "Waiting (1)" in page
    assert f"{other.family.family.name} family" in page
    assert SAYS in page


def test_the_meeting_that_was_to_hear_it_hears_the_others_and_is_not_finished_over_it(council: MadeCouncil) -> None:
    walk = begin(council, rename(make_family(council, children=1))).to_family_agreed("targeted")
    walk.do("support-requested", "requested")
    meeting = Meeting.objects.get()
    change_files_of(walk)
    page = look(walk, "practice-manager", f"/meetings/{meeting.ref}")
    assert SAYS in page
    assert "Nothing has been put on this meeting" not in page
    with pytest.raises(RequestsUndecided) as left:
        finish_meeting(meeting.ref, Attended(present=frozenset()), by=walk.person("practice-manager"), now=walk.now)
    assert (left.value.families, left.value.unreadable) == ((), (f"{walk.family.family.name} family",))


def test_what_was_written_to_finish_it_is_kept_and_only_what_is_missing_is_named(council: MadeCouncil) -> None:
    walk, other = (begin(council, rename(make_family(council, children=1))) for _ in range(2))
    for one in (walk, other):
        one.to_family_agreed("targeted").do("support-requested", "requested")
    meeting, manager = Meeting.objects.get(), walk.person("practice-manager")
    decide_request(meeting.ref, other.run.ref, "deferred", reason="Full", by=manager, now=other.now)
    change_files_of(walk)
    typed = filled_in(present=[manager.ref], chair=manager.ref, note="Next week at 10.")
    with at(other.now):
        answer = signed_in(manager, other.now).post(f"/meetings/{meeting.ref}/finish", typed)
        again = signed_in(walk.person("transfer-meeting-chair"), other.now).get(f"/meetings/{meeting.ref}")
    assert answer.status_code == 422
    said = words_of(answer.content)
    assert f"Only this cannot be read now: {walk.family.family.name} family." in said
    assert "Still open" not in said
    assert "Next week at 10." in answer.content.decode(), "what was typed stays"
    assert "Next week at 10." in again.content.decode(), "also for somebody else, later"
    assert MeetingItem.objects.get(meeting=meeting, run=other.run).outcome == "deferred", "what was decided stands"


def concern_about(walk: Walk) -> Concern:
    ref = walk.family.children[0].ref
    return report_concern(who="Ada", what="A bruise", child_ref=ref, by=walk.council.stranger, now=walk.now)


def test_a_concern_is_decided_on_its_page_and_stands_on_the_transfer(changed: Walk) -> None:
    concern = concern_about(changed)
    change_files_of(changed)
    page = look(changed, "duty-manager", f"/concerns/{concern.ref}")
    assert "The support planned is still right" in page
    with at(changed.now):
        answer = signed_in(changed.person("duty-manager"), changed.now).post(
            f"/concerns/{concern.ref}/decision", filled_in(outcome="support-goes-on", reason="It is known")
        )
    assert answer.status_code == 302
    concern.refresh_from_db()
    assert concern.outcome == "support-goes-on"
    decided = StepRecord.objects.get(run=changed.run, step="concern-decided")
    assert (decided.outcome, decided.reason) == ("support-goes-on", "It is known")
    assert AuditEvent.objects.filter(name="concern.decided").count() == 1
    changed.run.refresh_from_db()
    assert changed.run.ended_at is None


def test_a_decision_that_stops_the_transfer_ends_it_though_nothing_of_it_can_be_shown(changed: Walk) -> None:
    concern = concern_about(changed)
    change_files_of(changed)
    decide_concern(concern.ref, "social-work-stays", "Harm", by=changed.person("duty-manager"), now=changed.now)
    changed.run.refresh_from_db()
    assert changed.run.ending == "stays-with-social-work"
    assert set(RunChild.objects.filter(run=changed.run).values_list("outcome", flat=True)) == {"stays-with-social-work"}
    assert not changed.run.queue_items.filter(taken_at__isnull=True).exists()


def test_a_second_concern_is_decided_after_the_first(changed: Walk) -> None:
    first, second = concern_about(changed), concern_about(changed)
    change_files_of(changed)
    for concern in (first, second):
        decide_concern(concern.ref, "support-goes-on", "Known", by=changed.person("duty-manager"), now=changed.now)
    rounds = StepRecord.objects.filter(run=changed.run, step="concern-decided").values_list("round", flat=True)
    assert sorted(rounds) == [1, 2]
