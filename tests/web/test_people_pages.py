"""A manager's pages about the people whose work they answer for: reallocating, who leaves, who is away."""

from datetime import timedelta
from typing import Any

import pytest

from handhold.casefiles.contents import ConversationContent
from handhold.records.models import Absence, AgencyClosure, Allocation, Practitioner
from tests.actions.walking import Walk, begin
from tests.records.factories import MadeCouncil, make_council, make_family, make_practitioner, since
from tests.web.walked import at, date_parts, filled_in, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
TODAY = date_parts("left_date", 24, 11, 2026)
MOST_STATEMENTS = 15


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def walk(council: MadeCouncil) -> Walk:
    return begin(council, make_family(council, children=2))


@pytest.fixture
def colleague(council: MadeCouncil) -> Practitioner:
    return make_practitioner(council.agencies["council"], council.teams["assessment-2"], role="social-worker")


def get(walk: Walk, address: str, by: str | Practitioner = "team-manager") -> Any:
    with at(walk.now):
        return signed_in(walk.person(by) if isinstance(by, str) else by, walk.now).get(address)


def post(walk: Walk, address: str, by: Any = "team-manager", **answers: object) -> Any:
    walk.now += timedelta(minutes=1)
    with at(walk.now):
        return signed_in(walk.person(by), walk.now).post(address, filled_in() | answers)


def page_of(walk: Walk, page: str, role: str = "social-worker") -> str:
    return f"/practitioners/{walk.person(role).ref}/{page}"


def holders(walk: Walk) -> set[int]:
    held = Allocation.objects.filter(involvement__in=walk.family.involvements, during__upper_inf=True)
    return set(held.values_list("practitioner", flat=True))


def test_from_a_childs_page_a_manager_comes_to_the_page_that_moves_this_child(
    walk: Walk, colleague: Practitioner
) -> None:
    child = walk.family.children[0]
    page = get(walk, f"/children/{child.ref}").content.decode()
    address = f"{page_of(walk, 'caseload')}?child={child.ref}"
    assert address in page
    form = get(walk, address).content.decode()
    first, second = walk.family.involvements
    assert f'value="{first.ref}" checked' in form
    assert f'value="{second.ref}" checked' not in form
    answer = post(walk, address, involvements=[first.ref], to=colleague.ref, reason="She moves team")
    assert (answer.status_code, answer["Location"]) == (302, "/work/people")
    assert holders(walk) == {colleague.pk, walk.person("social-worker").pk}


def test_who_is_not_their_manager_reads_who_can_and_nothing_of_the_children(walk: Walk) -> None:
    for by in ("practice-manager", "social-worker"):
        page = words_of(get(walk, page_of(walk, "caseload"), by).content)
        assert walk.person("team-manager").family_name in page
        assert "manager to do" in page
        assert walk.family.children[0].given_name not in page
    assert get(walk, page_of(walk, "caseload"), "lead-practitioner").status_code == 404


def test_a_form_that_lacks_something_comes_back_with_what_was_chosen(walk: Walk) -> None:
    answer = post(walk, page_of(walk, "caseload"), involvements=[walk.family.involvements[0].ref], reason="")
    assert answer.status_code == 422
    words = words_of(answer.content)
    assert "Choose who is responsible from now on" in words
    assert f'value="{walk.family.involvements[0].ref}" checked' in answer.content.decode()
    assert holders(walk) == {walk.person("social-worker").pk}


def test_a_second_click_leads_where_the_first_did(walk: Walk, colleague: Practitioner) -> None:
    refs = [one.ref for one in walk.family.involvements]
    sent = filled_in(involvements=refs, to=colleague.ref, reason="She moves team")
    answers = [post(walk, page_of(walk, "caseload"), **sent) for _ in range(2)]
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, "/work/people")] * 2


def test_the_page_of_a_leaver_shows_what_they_hold_and_moves_it(walk: Walk, colleague: Practitioner) -> None:
    words = words_of(get(walk, page_of(walk, "leaving")).content)
    assert "2 involvements of children" in words
    assert "Transfer of the" in words
    sent = {"way": "one", "everything": colleague.ref, "reason": "A new post"} | TODAY
    answer = post(walk, page_of(walk, "leaving"), **sent)
    assert answer.status_code == 302, words_of(answer.content)
    assert holders(walk) == {colleague.pk}
    assert "has left already" in words_of(get(walk, page_of(walk, "leaving")).content)


def test_each_child_to_somebody_by_the_page(walk: Walk, colleague: Practitioner) -> None:
    first, second = walk.family.involvements
    manager = walk.person("team-manager")
    sent = {"way": "each", f"child-{first.ref}": colleague.ref, f"child-{second.ref}": manager.ref, "reason": "Left"}
    assert post(walk, page_of(walk, "leaving"), **sent | TODAY).status_code == 302
    assert holders(walk) == {colleague.pk, manager.pk}


def test_the_post_of_last_resort_is_asked_for_at_its_field(walk: Walk) -> None:
    answer = post(walk, page_of(walk, "leaving", "duty-manager"), "service-manager", reason="Left", **TODAY)
    assert answer.status_code == 422
    assert "Choose who takes on “Duty manager”" in words_of(answer.content)


def test_an_absence_is_written_down_ended_and_told(walk: Walk) -> None:
    worker = walk.person("social-worker")
    sent = date_parts("from_date", 24, 11, 2026) | date_parts("to_date", 18, 12, 2026) | {"why": "illness"}
    assert post(walk, page_of(walk, "absences"), "social-worker", **sent).status_code == 302
    absence = Absence.objects.get(practitioner=worker)
    assert "Away until 18 December 2026" in words_of(get(walk, page_of(walk, "absences")).content)
    assert "Long: reallocate" in words_of(get(walk, "/work/people").content)
    assert post(walk, page_of(walk, "absences/end"), "team-manager", which=absence.pk).status_code == 302
    absence.refresh_from_db()
    assert absence.during.upper <= walk.now + timedelta(minutes=2)


def test_days_that_do_not_follow_are_said_at_their_field(walk: Walk) -> None:
    sent = date_parts("from_date", 24, 11, 2026) | date_parts("to_date", 23, 11, 2026) | {"why": "leave"}
    answer = post(walk, page_of(walk, "absences"), "social-worker", **sent)
    assert answer.status_code == 422
    assert "The last day must be the first day or later" in words_of(answer.content)


def test_a_school_that_is_closed_is_written_down_by_its_lead(walk: Walk) -> None:
    sent = date_parts("from_date", 1, 8, 2027) | date_parts("to_date", 31, 8, 2027) | {"why": "leave"}
    address = page_of(walk, "absences", "lead-practitioner")
    assert post(walk, address, "lead-practitioner", whose="agency", **sent).status_code == 302
    closure = AgencyClosure.objects.get()
    words = words_of(get(walk, address, "lead-practitioner").content)
    assert "Away from 1 August 2027 to 31 August 2027" in words
    assert post(
        walk,
        f"/practitioners/{walk.person('lead-practitioner').ref}/closures/end",
        "lead-practitioner",
        which=closure.pk,
    )
    assert not AgencyClosure.objects.exists(), "one that has not begun is taken back"


def test_who_is_neither_the_person_nor_their_manager_writes_no_absence(walk: Walk) -> None:
    sent = date_parts("from_date", 24, 11, 2026) | {"why": "leave"}
    assert post(walk, page_of(walk, "absences"), "practice-manager", **sent).status_code == 403
    assert not Absence.objects.exists()


def away(person: Practitioner, walk: Walk, days: int) -> Absence:
    start = walk.now - timedelta(hours=1)
    return Absence.objects.create(practitioner=person, during=since(start, start + timedelta(days=days)), why="illness")


def test_the_stand_in_sees_the_work_of_who_is_away_marked_with_their_name(walk: Walk) -> None:
    worker = walk.person("social-worker")
    mark = f"while {worker.given_name} {worker.family_name} is away"
    assert mark not in words_of(get(walk, "/work").content)
    away(worker, walk, 3)
    words = words_of(get(walk, "/work").content)
    assert mark in words
    assert "Reallocate what cannot wait" not in words
    assert mark not in words_of(get(walk, "/work", "practice-manager").content)


def test_a_long_absence_asks_the_manager_to_reallocate_and_a_short_one_does_not(walk: Walk) -> None:
    away(walk.person("social-worker"), walk, 21)
    words = words_of(get(walk, "/work").content)
    assert "2 children are theirs" in words
    assert "Reallocate what cannot wait" in words
    Absence.objects.all().delete()
    away(walk.person("social-worker"), walk, 9)
    assert "Reallocate what cannot wait" not in words_of(get(walk, "/work").content)


def test_who_asks_a_lead_sees_before_and_afterwards_that_they_are_away_and_who_stands_beside_them(walk: Walk) -> None:
    lead, behind = walk.person("lead-practitioner"), walk.person("early-help-coordinator")
    AgencyClosure.objects.create(agency=lead.agency, during=since(walk.now, walk.now + timedelta(days=20)), why="leave")
    walk.to_family_agreed("partner-led")
    wish = walk.at(ConversationContent, note="Her form teacher", with_person=walk.family.mother)
    walk.do("preferred-lead", "recorded", wish)
    closed = f"({lead.agency.name} is closed)"
    assert closed in words_of(get(walk, f"/transfers/{walk.run.ref}/steps/lead-asked", "social-worker").content)
    walk.lead = lead
    asked = walk.at(ConversationContent, practitioner=lead, how="telephone", confirmed=True)
    walk.do("lead-asked", "asked", asked)
    words = words_of(get(walk, f"/transfers/{walk.run.ref}", "social-worker").content)
    assert closed in words
    assert f"Meanwhile: {behind.given_name} {behind.family_name}" in words


def test_the_pages_ask_little_of_the_database_however_much_is_held(walk: Walk, council: MadeCouncil) -> None:
    for _ in range(4):
        begin(council, make_family(council, children=2))
    manager = signed_in(walk.person("team-manager"), walk.now)
    with at(walk.now):
        for address in ("/work/people", page_of(walk, "caseload"), page_of(walk, "absences")):
            assert len(statements(manager, address)) <= MOST_STATEMENTS, address
        assert len(statements(manager, page_of(walk, "leaving"))) <= 2 * MOST_STATEMENTS
