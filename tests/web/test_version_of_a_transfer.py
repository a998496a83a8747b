"""The page that moves a transfer to the version in use, and the picture of where it stands."""

import re
import xml.etree.ElementTree as ET

import pytest

from handhold.casefiles.contents import LetterContent
from handhold.records.models import ProtocolSettings, Run, VersionMove
from tests.actions.walking import PDF, Walk, begin
from tests.records.factories import make_council, make_family
from tests.web.walked import at, filled_in, rename, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15


@pytest.fixture
def walk() -> Walk:
    council = make_council()
    return begin(council, rename(make_family(council, children=2))).to_lead_accepted()


def address(walk: Walk, page: str = "version") -> str:
    return f"/transfers/{walk.run.ref}/{page}"


def look(walk: Walk, role: str, page: str = "version") -> tuple[int, str]:
    with at(walk.now):
        answer = signed_in(walk.person(role), walk.now).get(address(walk, page))
    return answer.status_code, words_of(answer.content)


def set_longer_handover(walk: Walk) -> None:
    """Other numbers are live since the transfer began."""
    ProtocolSettings.objects.create(
        authority=walk.council.authority,
        protocol_folder=walk.run.protocol_folder,
        revision=1,
        values={"whole-transfer": 20},
        checked_at=walk.now,
        live_from=walk.now,
        approved_by=walk.person("duty-manager"),
    )


def test_nothing_is_to_be_moved_where_it_is_decided_by_the_version_in_use(walk: Walk) -> None:
    status, words = look(walk, "service-manager")
    assert (status, "There is nothing to move." in words) == (200, True)


def test_what_would_change_is_told_and_then_it_is_moved_with_a_reason(walk: Walk) -> None:
    set_longer_handover(walk)
    _, words = look(walk, "service-manager")
    assert "and would be due" in words
    with at(walk.now):
        client = signed_in(walk.person("service-manager"), walk.now)
        without = client.post(address(walk), filled_in(reason=" "))
        done = client.post(address(walk), filled_in(reason="The law says so"), follow=True)
    assert (without.status_code, "Write why it is moved" in words_of(without.content)) == (422, True)
    assert "The transfer is decided by the version in use from here on." in words_of(done.content)
    assert VersionMove.objects.get().reason == "The law says so"
    story = look(walk, "social-worker", "story")[1]
    assert "Moved to another version of the procedure" in story
    assert "The law says so" in story


def test_one_whose_files_were_changed_can_be_moved_too(walk: Walk) -> None:
    set_longer_handover(walk)
    Run.objects.filter(pk=walk.run.pk).update(protocol_digest="0" * 64)
    _, words = look(walk, "service-manager")
    assert "It cannot be shown under the version that it has now" in words
    assert "Move this transfer" in words


@pytest.mark.parametrize("role", ["social-worker", "team-manager", "lead-practitioner"])
def test_it_is_there_for_nobody_but_who_oversees_transfers(walk: Walk, role: str) -> None:
    assert look(walk, role)[0] == 404
    link = "The version of the procedure that it is decided by"
    if role != "lead-practitioner":
        assert link not in look(walk, role, "")[1]


def test_the_picture_says_in_words_where_the_transfer_stands(walk: Walk) -> None:
    with at(walk.now):
        page = signed_in(walk.person("social-worker"), walk.now).get(address(walk, "picture")).content.decode()
    drawn = re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert drawn is not None
    written = " ".join("".join(ET.fromstring(drawn[0]).itertext()).split())
    assert "YOU ARE HERE" in written
    assert "Cannot start yet" in written
    in_words = words_of(page[page.index('id="in-words"') :].encode())
    assert "Consider early help. Done." in in_words
    assert "You are here: Make the ending visit . To do now." in in_words
    assert "concern" not in in_words.lower()


def test_a_step_for_each_child_says_for_whom_it_is_done(walk: Walk) -> None:
    done, open_ = walk.family.children
    letter = walk.at(LetterContent, title="Goodbye", recipient="The child", pdf=PDF)
    walk.do("endings-letter", "given", letter, child=done.ref)
    words = look(walk, "social-worker", "picture")[1]
    assert f"Done: {done.given_name}; To do now: {open_.given_name}." in words


@pytest.mark.parametrize("which", ["picture", "version"])
def test_it_asks_little_of_the_database(walk: Walk, which: str) -> None:
    set_longer_handover(walk)
    with at(walk.now):
        client = signed_in(walk.person("service-manager"), walk.now)
        client.get(address(walk, which))  # what a process reads once
        asked = statements(client, address(walk, which))
    assert len(asked) <= MOST_STATEMENTS, "\n".join(one[:150] for one in asked)
