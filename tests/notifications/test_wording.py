"""Messages are a reference and a link: no text of ours has room for a name, and nothing else can be put in."""

import re
from string import Template

import pytest

from handhold.notifications.wording import (
    ALLOWED_VALUES,
    TEXTS,
    UnknownMessage,
    WordsInMessage,
    check_context,
    read_text,
    word_message,
)

SITE = "https://handhold.example.org"
ALSO: dict[str, dict[str, str]] = {
    "concern-not-received": {"time": "14:17", "phones": "01632 960 100 or 01632 960 101"},
    "paper-received": {"ref": "A2345678"},
    "paper-registered": {"ref": "A2345678"},
}
"""What a text says beside its link: the hour or reference of what the reader sent, and the council's own numbers."""
TEMPLATES = sorted(text.name.removesuffix(".txt") for text in TEXTS.iterdir() if text.name.endswith(".txt"))


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_text_is_a_subject_an_empty_line_and_a_link(template: str) -> None:
    subject, empty, *_ = read_text(template).split("\n")
    assert subject.startswith("Handhold: ")
    assert len(subject) < 78
    assert empty == ""
    assert set(Template(read_text(template)).get_identifiers()) == {"link", *ALSO.get(template, {})}


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_text_links_to_the_page_and_says_nothing_else_of_it(template: str) -> None:
    context = {"ref": "A2345678", "path": "/transfers/A2345678/", **ALSO.get(template, {})}
    check_context(context)
    wording = word_message(template, context, site=SITE + "/")
    assert re.findall(r"https?://\S+", wording.body) == [f"{SITE}/transfers/A2345678/"]
    assert "$" not in wording.subject + wording.body


def test_a_message_without_a_path_links_to_the_first_page() -> None:
    assert f"\n{SITE}/\n" in word_message("something-waits", {}, site=SITE).body


@pytest.mark.parametrize(
    "context",
    [
        {"ref": "Ada"},
        {"name": "A2345678"},
        {"path": "https://elsewhere.example.org/"},
        {"path": "/children/?q=Ada Okafor"},
        {"date": "next Tuesday"},
        {"time": "noon"},
        {"ref": "A2345678\n"},
        {"phones": "Ada on 01632 960 002"},
    ],
    ids=str,
)
def test_words_about_somebody_are_refused(context: dict[str, str]) -> None:
    with pytest.raises(WordsInMessage):
        check_context(context)


def test_references_paths_dates_and_times_go_through() -> None:
    context = {"ref": "A2345678", "path": "/transfers/A2345678/steps/closure/", "date": "2026-12-01", "time": "14:32"}
    context |= {"phones": "01632 960 100 or 01632 960 101"}
    check_context(context)
    assert set(context) == set(ALLOWED_VALUES)


@pytest.mark.parametrize("template", ["no-such-text", "../wording", "", "__init__"])
def test_a_text_that_is_not_there_is_unknown(template: str) -> None:
    with pytest.raises(UnknownMessage):
        read_text(template)
