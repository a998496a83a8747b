"""The record of a meeting: each item with what became of it."""

from dataclasses import replace

from tests.documents.reading import text_of
from tests.documents.samples import LETTERS, MEETING

from handhold.documents import MeetingRecord, render_document


def printed(record: MeetingRecord) -> str:
    return text_of(render_document(LETTERS / "meeting-record.typ", record))


def test_it_says_when_it_was_held_who_chaired_and_who_was_there() -> None:
    text = printed(MEETING)
    assert "Held on 1 December 2026 at 10:00. Chair: Dana Cole." in text
    assert "Ravi Shah Practice manager apologies" in text


def test_each_item_says_its_outcome_and_what_belongs_to_it() -> None:
    text = printed(MEETING)
    assert "1. Okafor family (3 children)" in text
    assert "Outcome: Accepted Practitioner: Jo Reid Done by: 11 December 2026" in text
    assert "Moved to the meeting on: 8 December 2026 Reason: The assessment has not been read" in text


def test_an_item_without_an_outcome_says_so() -> None:
    assert "3. Lewis family (unborn baby) Outcome: Not recorded yet" in printed(MEETING)


def test_an_empty_meeting_says_so() -> None:
    text = printed(replace(MEETING, items=(), attendance=(), chair="", held_from=None, note=""))
    assert "Held on 1 December 2026. Chair: Not recorded yet." in text
    assert "Who was there Not recorded yet" in text
    assert "Nothing was brought to this meeting." in text
