"""Lists of work: narrowed and sorted by their address, saved under a name, taken out as files, within one's sight."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from django.test import Client

from handhold.actions.reminders import remind_of_limits
from handhold.audit.models import AuditEvent
from handhold.records.models import QueueItem, SavedFilter
from tests.actions.walking import PATHWAY, Walk, begin
from tests.actions.walking_from_mash import refer
from tests.records.factories import MadeCouncil, make_council, make_family, make_practitioner
from tests.web.walked import at, filled_in, rename, signed_in, words_of

pytestmark = pytest.mark.django_db
LISTS = ("/work", "/work/team", "/work/to-take", "/work/families", "/work/all")


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def walk(council: MadeCouncil) -> Walk:
    """A transfer with a joint handover meeting that is due before anything else."""
    return begin(council, rename(make_family(council, children=2))).to_practitioner_allocated()


@pytest.fixture
def other(council: MadeCouncil) -> Walk:
    """Another of the same worker, of another family, that has just begun."""
    return begin(council, rename(make_family(council, children=1)))


def looked_at(*walks: Walk) -> None:
    """Time is kept beside the pages."""
    for one in walks:
        remind_of_limits(one.run.pk, now=one.now)


def look(walk: Walk, role: str, address: str) -> str:
    with at(walk.now):
        answer = signed_in(walk.person(role), walk.now).get(address)
    assert answer.status_code == 200, answer.status_code
    return words_of(answer.content).partition("Not seen for")[0]


def named(walk: Walk) -> str:
    return f"{walk.family.family.name} family"


def client_of(walk: Walk, role: str) -> Client:
    return signed_in(walk.person(role), walk.now)


# Narrowing and sorting


@pytest.mark.parametrize("address", ["/work", "/work/families", "/work/all"])
def test_a_filter_leaves_out_the_rest_and_is_a_tag_that_can_be_taken_off(walk: Walk, other: Walk, address: str) -> None:
    looked_at(walk, other)
    asked = f"{address}?family={quote(walk.family.family.name)}&sort=family"
    page = look(walk, "social-worker", asked)
    assert named(walk) in page
    assert named(other) not in page
    assert f"Remove this filter: Family: {walk.family.family.name}" in page
    with at(walk.now):
        html = client_of(walk, "social-worker").get(asked).content.decode()
    assert f'class="moj-filter__tag" href="{address}?sort=family"' in html
    assert named(other) in look(walk, "social-worker", f"{address}?sort=family"), "taken off, it is there again"


@pytest.mark.parametrize("address", ["/work", "/work/families", "/work/all"])
def test_what_is_overdue_can_be_asked_for(walk: Walk, other: Walk, address: str) -> None:
    walk.now = other.now = walk.now + timedelta(days=10)  # the joint handover meeting was not held in time
    looked_at(walk, other)
    page = look(walk, "social-worker", f"{address}?due=overdue")
    assert named(walk) in page
    assert "Overdue by" in page
    assert named(other) not in page
    assert named(other) in look(walk, "social-worker", f"{address}?due=later")


def test_the_earliest_due_stands_first_on_every_list(walk: Walk, other: Walk) -> None:
    looked_at(walk, other)
    for address in ("/work", "/work/families", "/work/all"):
        page = look(walk, "social-worker", address)
        assert page.index(named(walk)) < page.index(named(other)), address


def test_words_that_no_list_knows_narrow_nothing(walk: Walk) -> None:
    looked_at(walk)
    for address in LISTS:
        assert "Remove this filter" not in look(walk, "social-worker", f"{address}?due=soon&sort=colour&page=x")


def test_nothing_can_be_chosen_but_what_is_in_sight(walk: Walk, council: MadeCouncil) -> None:
    refer(council)
    page = look(walk, "social-worker", "/work/all")
    assert "Step down from a single assessment" in page
    assert "From MASH, a referral" not in page, "a pathway of which they have no transfer"
    assert "From MASH, a referral" in look(walk, "service-manager", "/work/all")


# All work


def test_all_work_has_one_row_for_a_transfer_with_what_waits_first_and_for_whom(walk: Walk, other: Walk) -> None:
    looked_at(walk, other)
    page = look(walk, "team-manager", "/work/all")
    worker = walk.person("social-worker")
    assert "2 transfers." in page
    assert "Hold the joint handover meeting" in page
    assert f"{worker.given_name} {worker.family_name}" in page
    assert page.count(named(walk)) == 2, "once in the row and once in the link's own words"


def test_who_was_asked_to_lead_sees_nothing_of_the_transfer_in_all_work(council: MadeCouncil) -> None:
    walk = begin(council, rename(make_family(council, children=2))).to_lead_asked()
    assert named(walk) not in look(walk, "lead-practitioner", "/work/all")
    assert named(walk) in look(walk, "lead-practitioner", "/work"), "they are asked there"
    walk.do("lead-answer", "accepted", walk.at(agreed_date=walk.now.date()), by="lead-practitioner")
    assert named(walk) in look(walk, "lead-practitioner", "/work/all")


def test_a_stranger_has_no_row_and_no_count_in_any_list(walk: Walk) -> None:
    for address in LISTS:
        with at(walk.now):
            page = words_of(signed_in(walk.council.stranger, walk.now).get(address).content)
        assert named(walk) not in page, address
        assert "My families (0)" in page
        assert "All work (0)" in page


# To take up


@pytest.fixture
def queued(council: MadeCouncil) -> Walk:
    made = rename(make_family(council, children=2))
    return begin(council, made).to_lead_accepted().to_ready_for_oversight()


TAKE = "/work/to-take/partner-led-eha/{ref}"


def take(walk: Walk, who: Client) -> str:
    with at(walk.now):
        answer = who.post(TAKE.format(ref=walk.run.ref), filled_in(), follow=True)
    return words_of(answer.content)


def test_what_waits_in_a_queue_is_taken_with_one_press(queued: Walk) -> None:
    page = look(queued, "early-help-coordinator", "/work/to-take")
    assert "To take up (1)" in page
    assert f"Take this : {named(queued)}" in page
    assert "You have taken this up." in take(queued, client_of(queued, "early-help-coordinator"))
    item = QueueItem.objects.get(run=queued.run)
    assert item.taken_by == queued.person("early-help-coordinator")
    assert "Nothing waits in your queues" in look(queued, "early-help-coordinator", "/work/to-take")


def test_who_comes_second_is_told_who_took_it_and_when(queued: Walk, council: MadeCouncil) -> None:
    agency, team = council.agencies["council"], council.practitioners["early-help-coordinator"].team
    second = make_practitioner(agency, team, role="early-help-coordinator")
    first = queued.person("early-help-coordinator")
    take(queued, client_of(queued, "early-help-coordinator"))
    page = take(queued, signed_in(second, queued.now))
    assert f"{first.given_name} {first.family_name} took this up already: Tue 24 Nov" in page
    assert QueueItem.objects.get(run=queued.run).taken_by == first
    assert "You took this up already" in take(queued, client_of(queued, "early-help-coordinator"))


def test_nobody_takes_from_a_queue_that_they_do_not_look_after(queued: Walk) -> None:
    for role in ("social-worker", "practice-manager", "lead-practitioner"):
        with at(queued.now):
            answer = client_of(queued, role).post(TAKE.format(ref=queued.run.ref), filled_in())
        assert answer.status_code == 404, role
    assert QueueItem.objects.get(run=queued.run).taken_by is None


def test_where_more_is_to_be_written_the_row_leads_to_the_page_that_asks_for_it(council: MadeCouncil) -> None:
    walk = refer(council)
    with at(walk.now):
        html = client_of(walk, "front-door").get("/work/to-take").content.decode()
    assert f"/transfers/{walk.run.ref}/steps/" in html
    assert "Take this" not in html
    with at(walk.now):
        sent = client_of(walk, "front-door").post(f"/work/to-take/mash/{walk.run.ref}", filled_in())
    assert sent.status_code == 404


# Saved filters


def test_a_filter_is_saved_under_a_name_and_stands_above_its_list(walk: Walk) -> None:
    client, asked = client_of(walk, "social-worker"), f"due=overdue&pathway={PATHWAY}"
    with at(walk.now):
        assert "Save this filter" in words_of(client.get(f"/work?{asked}").content)
        assert "Overdue" in words_of(client.get(f"/work/filters/save/tasks?{asked}").content)
        sent = client.post(f"/work/filters/save/tasks?{asked}", filled_in(name="Late step downs"))
        assert sent["Location"] == f"/work?{asked}"
        first, beside = words_of(client.get("/work").content), words_of(client.get("/work/all").content)
    assert "Saved filters: Late step downs" in first
    assert "Late step downs" not in beside
    assert AuditEvent.objects.filter(name="filter.saved").count() == 1


def test_a_saved_filter_is_renamed_and_removed_and_is_its_owners_alone(walk: Walk) -> None:
    client, stranger = client_of(walk, "social-worker"), signed_in(walk.council.stranger, walk.now)
    with at(walk.now):
        for name in ("One", "Two"):
            client.post("/work/filters/save/all?due=today", filled_in(name=name))
        one = SavedFilter.objects.get(name="One")
        taken = client.post(f"/work/filters/{one.ref}", filled_in(name="Two"))
        assert taken.status_code == 422
        assert "You have another filter of this name." in words_of(taken.content)
        client.post(f"/work/filters/{one.ref}", filled_in(name="Three"))
        assert "Three" in words_of(client.get("/work/filters").content)
        assert stranger.get(f"/work/filters/{one.ref}").status_code == 404
        assert stranger.post(f"/work/filters/{one.ref}/remove").status_code == 404
        assert "Three" not in words_of(stranger.get("/work/filters").content)
        client.post(f"/work/filters/{one.ref}/remove")
    assert list(SavedFilter.objects.values_list("name", flat=True)) == ["Two"]


def test_a_filter_without_a_name_is_not_saved(walk: Walk) -> None:
    with at(walk.now):
        answer = client_of(walk, "social-worker").post("/work/filters/save/tasks?due=today", filled_in(name=" "))
    assert answer.status_code == 422
    assert "Write a name" in words_of(answer.content)
    assert not SavedFilter.objects.exists()


# Files


def rows_of(walk: Walk, role: str, address: str) -> list[dict[str, str]]:
    with at(walk.now):
        answer = client_of(walk, role).get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def test_a_file_holds_all_that_matches_and_not_the_page_alone(walk: Walk, council: MadeCouncil) -> None:
    for _ in range(26):
        begin(council, make_family(council, children=1))
    rows = rows_of(walk, "social-worker", "/work/export/all?as=csv")
    assert len(rows) == 27
    only = rows_of(walk, "social-worker", f"/work/export/all?family={quote(walk.family.family.name)}&as=csv")
    assert [row["Family"] for row in only] == [named(walk)]
    assert only[0]["Reference"] == walk.run.ref


def test_who_took_a_list_with_them_is_kept(walk: Walk, other: Walk) -> None:
    rows_of(walk, "social-worker", "/work/export/families?as=csv")
    event = AuditEvent.objects.get(name="worklist.exported")
    families = {walk.family.family.ref, other.family.family.ref}
    assert event.actor_id == walk.person("social-worker").pk
    assert set(event.subjects) == {walk.person("social-worker").ref, *families}


@pytest.mark.parametrize("worklist", ["tasks", "to-take", "families", "all"])
def test_every_list_is_a_file_of_what_is_in_sight(queued: Walk, worklist: str) -> None:
    def families(client: Client) -> set[str]:
        with at(queued.now):
            answer = client.get(f"/work/export/{worklist}?as=csv")
        return {row["Family"] for row in csv.DictReader(StringIO(answer.content.decode("utf-8-sig")))}

    own = families(client_of(queued, "early-help-coordinator" if worklist == "to-take" else "team-manager"))
    assert own == {named(queued)}
    assert families(signed_in(queued.council.stranger, queued.now)) == set()


def test_the_teams_list_is_a_file_too(walk: Walk) -> None:
    rows = rows_of(walk, "team-manager", "/work/export/team?as=csv")
    worker = walk.person("social-worker")
    assert {row["Whose move"] for row in rows} >= {f"{worker.given_name} {worker.family_name}"}
    assert {row["Family"] for row in rows} == {named(walk)}


def test_nothing_that_was_typed_is_a_formula_in_a_file(walk: Walk) -> None:
    family = walk.family.family
    family.name = '=HYPERLINK("http://elsewhere")'
    family.save(update_fields=["name"])
    (row,) = rows_of(walk, "social-worker", "/work/export/all?as=csv")
    assert row["Family"].startswith("'=")
    with at(walk.now):
        book = client_of(walk, "social-worker").get("/work/export/all?as=xlsx")
    assert book["Content-Disposition"] == 'attachment; filename="all-work-2026-11-24.xlsx"'
    assert b"<f>" not in ZipFile(BytesIO(book.content)).read("xl/worksheets/sheet1.xml")


def test_a_list_that_there_is_not_is_no_file(walk: Walk) -> None:
    with at(walk.now):
        client = client_of(walk, "social-worker")
        assert client.get("/work/export/everything?as=csv").status_code == 404
        assert client.get("/work/export/all?as=pdf").status_code == 404
