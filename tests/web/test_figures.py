"""Figures for managers: exceptions counted, each number opening exactly its rows; who came back; what was typed."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from handhold.actions.steps import ask_exception, decide_exception
from handhold.records.models import Run, RunChild
from tests.actions.walking import Walk, begin
from tests.records.factories import MadeCouncil, make_council, make_family, open_involvement
from tests.web.walked import at, rename, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def walk(council: MadeCouncil) -> Walk:
    return begin(council, rename(make_family(council, children=1)))


def page(walk: Walk, by: str, address: str = "/figures") -> tuple[int, str]:
    with at(walk.now + timedelta(hours=1)):
        answer = signed_in(walk.person(by), walk.now).get(address)
    return answer.status_code, answer.content.decode()


def ask(walk: Walk, kind: str = "declined", reason: str = "Rung twice, and a note left") -> None:
    walk.now += timedelta(minutes=1)
    ask_exception(walk.run.ref, "ending-visit", kind, reason, by=walk.person("social-worker"), now=walk.now)


def decide(walk: Walk, *, granted: bool) -> None:
    walk.now += timedelta(minutes=1)
    manager = walk.person("team-manager")
    decide_exception(walk.run.ref, "ending-visit", granted=granted, reason="So be it", by=manager, now=walk.now)


def test_an_exception_is_counted_by_step_reason_team_and_who_decided(walk: Walk) -> None:
    walk.to_handed_over()
    ask(walk)
    _, html = page(walk, "team-manager")
    assert "Make the ending visit 1 asked for: Make the ending visit 0 0 1 waiting" in words_of(html.encode())
    decide(walk, granted=True)
    words = words_of(page(walk, "team-manager")[1].encode())
    manager = walk.person("team-manager")
    assert "The family declined 1 asked for: The family declined 1 granted: The family declined 0 0" in words
    assert f"{manager.given_name} {manager.family_name} 1 asked for" in words
    assert "Assessment team 2 1 asked for" in words


def test_each_number_opens_exactly_its_rows(walk: Walk) -> None:
    walk.to_handed_over()
    ask(walk)
    decide(walk, granted=False)
    ask(walk, "unsafe", "He was told not to come near")
    _, html = page(walk, "service-manager")
    opened = {
        words: page(walk, "service-manager", unescape(address))[1]
        for address, words in re.findall(r'href="(/figures/exceptions[^"]*)">\d+<span[^>]*>\s*([^<]*)<', html)
    }
    refused = next(shown for words, shown in opened.items() if words == "refused: Make the ending visit")
    waiting = next(shown for words, shown in opened.items() if words == "waiting: Make the ending visit")
    both = next(shown for words, shown in opened.items() if words == "asked for: Make the ending visit")
    assert "Exceptions (1)" in refused
    assert "Rung twice" in refused
    assert "He was told" not in refused
    assert "He was told" in waiting
    assert "Exceptions (2)" in both


@pytest.mark.parametrize("who", ["social-worker", "lead-practitioner", "support-practitioner"])
@pytest.mark.parametrize("address", ["/figures", "/figures/exceptions"])
def test_who_manages_nobody_has_no_figures(walk: Walk, who: str, address: str) -> None:
    assert page(walk, who, address)[0] == 404


def test_a_manager_counts_the_transfers_of_their_own_people_alone(walk: Walk, council: MadeCouncil) -> None:
    walk.to_handed_over()
    ask(walk)
    other = council.practitioners["pathways-manager"]
    with at(walk.now):
        answer = signed_in(other).get("/figures")
    assert "None was asked for in this time." in words_of(answer.content)


def test_who_came_back_is_told_of_those_of_whom_it_can_be_known(walk: Walk) -> None:
    walk.to_handed_over().to_closed()
    ended = RunChild.objects.get(run=walk.run).ended_at
    assert ended is not None
    assert "not known yet" in page(walk, "service-manager")[1]
    child = walk.family.children[0]
    again = ended + timedelta(days=100)
    open_involvement(walk.council, walk.family, child, kind="assessment", start=again)
    walk.now = ended + timedelta(days=200)
    status, html = page(walk, "service-manager")
    assert status == 200
    words = words_of(html.encode())
    assert "Early help Assessment team 2 1 0 of 1 1 of 1 not known yet" in words


def test_how_soon_who_takes_over_met_the_family(walk: Walk) -> None:
    walk.to_handed_over()
    words = words_of(page(walk, "service-manager")[1].encode())
    assert "Step down from a single assessment 1 " in words
    assert Run.objects.get(pk=walk.run.pk).receiver is not None


def test_a_time_that_ends_before_it_begins_is_said_at_the_field(walk: Walk) -> None:
    address = "/figures?since-day=2&since-month=3&since-year=2026&until-day=1&until-month=3&until-year=2026"
    status, html = page(walk, "service-manager", address)
    assert status == 422
    assert "The last day must be the same as the first or later" in html


def test_it_takes_few_statements(walk: Walk) -> None:
    walk.to_handed_over()
    ask(walk)
    with at(walk.now):
        assert len(statements(signed_in(walk.person("team-manager")), "/figures")) <= MOST_STATEMENTS


def test_who_takes_over_does_not_read_in_figures_why_something_would_be_unsafe(walk: Walk) -> None:
    walk.to_handed_over()
    ask(walk, "unsafe", "He was told not to come near")
    assert "He was told not to come near" in page(walk, "team-manager", "/figures/exceptions")[1]
    Run.objects.filter(pk=walk.run.pk).update(receiver=walk.person("team-manager"))
    status, html = page(walk, "team-manager", "/figures/exceptions")
    assert status == 200
    assert "He was told not to come near" not in html
    assert "Why is for the side that hands over to know" in html
