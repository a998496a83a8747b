"""The whole of a transfer on one page and on paper: for the council's side alone, and with everything on it."""

from __future__ import annotations

import pytest

from handhold.audit.models import AuditEvent
from tests.actions.walking import begin
from tests.documents.reading import text_of
from tests.records.factories import make_council, make_family
from tests.web.stepping import Pages
from tests.web.walked import at, rename, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15


@pytest.fixture
def pages() -> Pages:
    council = make_council()
    return Pages(begin(council, rename(make_family(council, children=2))))


def whole(pages: Pages, by: str = "social-worker") -> str:
    with at(pages.walk.now):
        answer = signed_in(pages.walk.person(by)).get(f"/transfers/{pages.walk.run.ref}/whole")
    assert answer.status_code == 200
    return words_of(answer.content)


def test_it_tells_who_decided_what_and_who_answered_for_each_child(pages: Pages) -> None:
    pages.walk.to_practitioner_allocated()
    words, walk = whole(pages), pages.walk
    worker = walk.person("social-worker")
    assert f"Single assessment: {worker.given_name} {worker.family_name}, from" in words
    assert "Consider early help: " in words
    assert "Case Transfer Protocol" in words
    assert "version 2018-09-01" in words
    assert "Digest of its files: " in words
    assert "No exception was asked for." in words


def test_each_limit_says_whether_it_was_kept(pages: Pages) -> None:
    pages.walk.to_handed_over()
    words = whole(pages)
    assert "5 working days (Y23)" in words
    assert "kept" in words


def test_a_direction_stands_with_what_was_recorded_since_and_whether_it_was_overseen_again(pages: Pages) -> None:
    walk = pages.walk.to_handed_over().to_ready_for_oversight()
    walk.do("closure-overseen", "sent-back", by="team-manager", reason="See Ada alone before you close")
    words = whole(pages)
    assert "Oversee the closure: Not yet" in words
    assert "See Ada alone before you close" in words
    assert "It has not been overseen again since." in words
    walk.do("closure-begun", "begun")
    walk.do("closure-overseen", "agreed", by="team-manager")
    words = whole(pages)
    assert "Recorded since, until it was overseen again: Begin the closure: " in words
    assert "It has not been overseen again since." not in words


def test_the_same_is_a_pdf_and_that_it_was_taken_is_noted(pages: Pages) -> None:
    pages.walk.to_handed_over().to_endings()
    with at(pages.walk.now):
        answer = signed_in(pages.walk.person("team-manager")).get(f"/transfers/{pages.walk.run.ref}/whole.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = text_of(answer.content if not answer.streaming else b"".join(answer))
    assert "The whole transfer" in text
    assert "Oversight, and whether its directions were followed" in text
    assert AuditEvent.objects.filter(name="inspection.read").exists()


@pytest.mark.parametrize("who", ["support-practitioner", "lead-practitioner", "transfer-meeting-chair"])
@pytest.mark.parametrize("page", ["whole", "whole.pdf"])
def test_who_is_not_of_the_council_s_side_finds_no_such_page(pages: Pages, who: str, page: str) -> None:
    pages.walk.to_practitioner_allocated()
    with at(pages.walk.now):
        answer = signed_in(pages.walk.person(who)).get(f"/transfers/{pages.walk.run.ref}/{page}")
    assert answer.status_code == 404


def test_it_takes_few_statements(pages: Pages) -> None:
    pages.walk.to_handed_over().to_endings()
    with at(pages.walk.now):
        client = signed_in(pages.walk.person("social-worker"))
        assert len(statements(client, f"/transfers/{pages.walk.run.ref}/whole")) <= MOST_STATEMENTS
