"""The chronology of a family: filtered by kind, child and time in its address, newest first, and whole on paper."""

from datetime import timedelta

import pytest

from handhold.audit.models import AuditEvent
from handhold.records.models import Visit, VisitChild
from tests.actions.walking import Walk, begin
from tests.records.factories import NOW, make_council, make_family
from tests.web.walked import at, rename, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15


@pytest.fixture
def walk() -> Walk:
    council = make_council()
    return begin(council, rename(make_family(council, children=2))).to_lead_accepted().to_endings()


def page(walk: Walk, query: str = "", role: str = "social-worker") -> str:
    with at(walk.now):
        answer = signed_in(walk.person(role)).get(f"/families/{walk.family.family.ref}/chronology{query}")
    assert answer.status_code == 200
    return words_of(answer.content)


def visit(walk: Walk, days: int, child: int, note: str) -> None:
    made = Visit.objects.create(
        family=walk.family.family,
        kind="home-visit",
        visited_at=NOW - timedelta(days=days),
        by=walk.person("social-worker"),
        note=note,
    )
    VisitChild.objects.create(visit=made, child=walk.family.children[child], seen=True)


def test_of_one_child_there_is_what_is_about_them_and_about_the_whole_family(walk: Walk) -> None:
    first, second = walk.family.children
    visit(walk, 3, 0, "Saw the first")
    visit(walk, 2, 1, "Saw the second")
    words = page(walk, f"?child={first.ref}")
    assert "Saw the first" in words
    assert "Saw the second" not in words
    assert f"Single assessment for {first.given_name}" in words
    assert f"Single assessment for {second.given_name}" not in words
    assert "Consent to early help: given" in words, "of the whole family"
    assert "Saw the second" in page(walk)
    assert "Saw the first" in page(walk, "?child=N0SUCH00"), "a child who is none of theirs asks for nothing"


def test_of_a_time_there_is_what_happened_from_its_first_day_to_its_last(walk: Walk) -> None:
    for days in (9, 6, 3):
        visit(walk, days, 0, f"Seen {days} days before")
    first, last = NOW - timedelta(days=6), NOW - timedelta(days=6)
    query = f"?since-day={first.day}&since-month={first.month}&since-year={first.year}"
    both = f"{query}&until-day={last.day}&until-month={last.month}&until-year={last.year}"
    after = page(walk, query)
    assert "Seen 6 days before" in after
    assert "Seen 3 days before" in after
    assert "Seen 9 days before" not in after
    day = page(walk, both)
    assert "Seen 6 days before" in day
    assert "Seen 3 days before" not in day
    assert "Remove this filter From" in day


def test_a_day_that_is_none_is_said_and_filters_nothing(walk: Walk) -> None:
    words = page(walk, "?since-day=31&since-month=2&since-year=2026")
    assert "There is a problem" in words
    assert "must be a real date" in words
    assert "Consent to early help: given" in words


def test_the_next_page_keeps_what_was_asked_for(walk: Walk) -> None:
    for days in range(30):
        visit(walk, days, 0, f"Note {days}")
    with at(walk.now):
        html = signed_in(walk.person("social-worker")).get(f"/families/{walk.family.family.ref}/chronology?kind=visit")
    assert "kind=visit&amp;page=2" in html.content.decode()
    assert "Note 29" not in words_of(html.content)
    assert "Note 29" in page(walk, "?kind=visit&page=2")


def test_on_paper_it_is_whole_with_who_made_it_and_when_and_that_is_noted(walk: Walk) -> None:
    for days in range(30):
        visit(walk, days, 0, f"Note {days}.")
    who = walk.person("social-worker")
    with at(walk.now):
        answer = signed_in(who).get(f"/families/{walk.family.family.ref}/chronology/print?kind=visit")
    words = words_of(answer.content)
    assert all(f"Note {days}." in words for days in range(30))
    assert f"Made by {who.given_name} {who.family_name}" in words
    assert "24 November 2026" in words
    assert "Visits" in words
    assert "Consent to early help: given" not in words, "what was asked for, and no more"
    (event,) = AuditEvent.objects.filter(name="chronology-print.read")
    assert event.actor_id == who.pk


def test_a_stranger_prints_nothing(walk: Walk) -> None:
    with at(walk.now):
        answer = signed_in(walk.council.stranger).get(f"/families/{walk.family.family.ref}/chronology/print")
    assert answer.status_code == 404
    assert not AuditEvent.objects.filter(name="chronology-print.read").exists()


@pytest.mark.parametrize("role", ["social-worker", "team-manager", "service-manager"])
def test_it_asks_little_of_the_database(walk: Walk, role: str) -> None:
    visit(walk, 3, 0, "Seen")
    child = walk.family.children[0].ref
    with at(walk.now):
        client = signed_in(walk.person(role))
        for query in ("", f"?child={child}", f"/print?child={child}"):
            asked = statements(client, f"/families/{walk.family.family.ref}/chronology{query}")
            assert len(asked) <= MOST_STATEMENTS, "\n".join(one[:90] for one in asked)
