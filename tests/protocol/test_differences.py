"""What a newer version changes is told in sentences, grouped by pathway; nothing that changes goes untold."""

from __future__ import annotations

import shutil
from typing import NamedTuple

import pytest
from pytest_django import Settings
from typer.testing import CliRunner, Result

from handhold.jobs.command_line import app
from handhold.protocol.differences import find_differences
from handhold.protocol.loading import load_protocol
from handhold.protocol.pathways import Protocol
from handhold.protocol.revising import with_values
from tests.protocol.small_protocol import VERSION, SmallProtocol

PATHWAY = "pathways/step-down.yaml"
MOMENT = "pathways/at-any-moment.yaml"
MAIN = "protocol.yaml"
NEWER = "2020-06-01"


class Change(NamedTuple):
    """What the newer version says in place of the older one's words; under which heading it is told, and how."""

    file: str
    old: str
    new: str
    section: str
    says: str


CHANGES = {
    "who does a step": Change(
        PATHWAY,
        "kind: acceptance\n        who: [receiver]",
        "kind: acceptance\n        who: [responsible-manager]",
        "Step down in miniature",
        "who does it was the helper; it is now the social worker's manager.",
    ),
    "what a step waits for": Change(
        PATHWAY,
        "        after: [consent]\n        within",
        "        within",
        "Step down in miniature",
        "“Ask somebody to help”: what has to be done before it is gone. It was “Ask for consent”.",
    ),
    "which number limits a step": Change(
        PATHWAY,
        "within: {setting: search, of: consent}",
        "within: {setting: answer, of: consent}",
        "Step down in miniature",
        "its limit was the number for “How long a helper is looked for”, counted from “Ask for consent”; "
        "it is now the number for “How long a helper may think”",
    ),
    "what a record must hold": Change(
        PATHWAY,
        "asks: [whose-consent]\n",
        "asks: [whose-consent, sharing-agreed]\n",
        "Step down in miniature",
        "“Ask for consent”: what keeps its record from counting was",
    ),
    "what an outcome brings about": Change(
        PATHWAY,
        "{called: Consent given, effects: [{consent: live}]}",
        "{called: Consent given}",
        "Step down in miniature",
        "the outcome “Consent given”: what it brings about is gone. It was consent is live.",
    ),
    "an outcome more": Change(
        PATHWAY,
        "          given: {called: Consent given,",
        "          later: {called: They will think, done: false}\n          given: {called: Consent given,",
        "Step down in miniature",
        "“Ask for consent” can also come out as “They will think”: nothing else follows from it.",
    ),
    "an outcome fewer": Change(
        PATHWAY,
        "          refused: {called: Consent refused, done: false, effects: [{consent: not-live}]}\n",
        "",
        "Step down in miniature",
        "“Ask for consent” can no longer come out as “Consent refused”.",
    ),
    "how a step is excepted": Change(
        PATHWAY,
        "decided_by: [responsible-manager]",
        "decided_by: [service-manager]",
        "Step down in miniature",
        "how it can be excepted was where",
    ),
    "a number": Change(
        MAIN,
        "search: {value: 10,",
        "search: {value: 12,",
        "Numbers and choices that the council may change",
        "“How long a helper is looked for” was 10 working days; it is now 12 working days. "
        "It is the limit of “Ask somebody to help”.",
    ),
    "a role": Change(
        MAIN,
        "helper: {called: helper, outside_council: true}",
        "helper: {called: helper}",
        "Roles",
        "The role “helper”: outside council is gone.",
    ),
    "a role more": Change(
        MAIN, "  duty-manager: {called", "  nurse: {called: nurse}\n  duty-manager: {called", "Roles", "“nurse” is new."
    ),
    "who looks after a queue": Change(
        MAIN,
        "looked_after_by: service-manager",
        "looked_after_by: duty-manager",
        "Queues",
        "looked after by was service-manager; it is now duty-manager.",
    ),
    "what a meeting is called": Change(
        MAIN, "called: Allocation meeting", "called: Panel", "Meetings", "The meeting “Panel”"
    ),
    "the hours of the office": Change(
        MAIN, 'office_opens: "08:30"', 'office_opens: "09:00"', "The rest of the procedure", "office opens was 08:30"
    ),
    "a field of a form": Change(
        "forms/summary.yaml",
        "label: What the family wants, concept",
        "label: What the family wants, required: false, concept",
        "Forms",
        "The form “Summary”: its field “What the family wants” was",
    ),
    "the words of a letter": Change(
        "letters/goodbye-child.typ", "", "// another letter\n", "Letters", "The letter “goodbye child” is written"
    ),
}


@pytest.fixture
def newer(small: SmallProtocol) -> SmallProtocol:
    """The miniature with a second version, which says the same until a test changes it."""
    shutil.copytree(small.root / VERSION, small.root / "small" / NEWER)
    return small


def change(newer: SmallProtocol, file: str, old: str, new: str) -> None:
    path = newer.root / "small" / NEWER / file
    text = path.read_text(encoding="utf-8")
    assert not old or text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def both(newer: SmallProtocol) -> tuple[Protocol, Protocol]:
    return load_protocol(newer.root / VERSION), load_protocol(newer.root / "small" / NEWER)


def test_two_versions_that_say_the_same_have_no_difference(newer: SmallProtocol) -> None:
    assert not find_differences(*both(newer))


@pytest.mark.parametrize("name", CHANGES)
def test_it_tells(name: str, newer: SmallProtocol) -> None:
    told = CHANGES[name]
    change(newer, told.file, told.old, told.new)
    sections = {section.title: " ".join(section.sentences) for section in find_differences(*both(newer)).sections}
    assert told.says in sections[told.section]


def test_a_step_that_is_new_and_one_that_is_gone_are_told_each_way(newer: SmallProtocol) -> None:
    change(newer, PATHWAY, "      - id: help-reconsidered\n", "      - id: help-thought-over\n")
    older, later = both(newer)
    (section,) = find_differences(older, later).sections
    assert section.sentences == (
        "The step “Decide whether help is still looked for” is new (by the social worker's manager, for S1).",
        "The step “Decide whether help is still looked for” is gone.",
    )


def test_what_can_happen_at_any_moment_is_told_once(newer: SmallProtocol) -> None:
    path = newer.root / "small" / NEWER / MOMENT
    older = load_protocol(newer.root / VERSION)
    first = next(
        step for step in older.pathways["step-down"].steps.values() if step.id in older.pathways["step-down"].beside
    )
    path.write_text(path.read_text(encoding="utf-8").replace(first.title, "Say it"), encoding="utf-8")
    (section,) = find_differences(*both(newer)).sections
    assert section.title == "What can happen at any moment"
    assert section.sentences == (f"“Say it”: its title was “{first.title}”; it is now “Say it”.",)


def test_a_difference_that_no_words_tell_is_told_all_the_same(newer: SmallProtocol) -> None:
    """Another role of the same name: the words for people are the same, and the rule is not."""
    for version in (VERSION, f"small/{NEWER}"):
        path = newer.root / version / MAIN
        two = "  team-manager: {called: service manager}"
        path.write_text(path.read_text(encoding="utf-8").replace("  team-manager: {called: team manager}", two))
        pathway = newer.root / version / PATHWAY
        who = "kind: acceptance\n        who: [{}]"
        code = "service-manager" if version == VERSION else "team-manager"
        text = pathway.read_text(encoding="utf-8")
        pathway.write_text(text.replace(who.format("receiver"), who.format(code)), encoding="utf-8")
    (section,) = find_differences(*both(newer)).sections
    assert section.sentences == ("“Answer whether you will help” is written differently, in words that mean the same.",)


def test_only_the_number_differs_between_two_revisions(small: SmallProtocol) -> None:
    loaded = small.load()
    (section,) = find_differences(loaded, with_values(loaded, {"search": 12, "gone": 4})).sections
    changed = "“How long a helper is looked for” was 10 working days; it is now 12 working days."
    assert section.sentences == (f"{changed} It is the limit of “Ask somebody to help”.",)


@pytest.fixture
def shop(newer: SmallProtocol, settings: Settings) -> SmallProtocol:
    """The miniature in both versions as the only council's protocol."""
    settings.HANDHOLD_PROTOCOLS = newer.root
    return newer


def diff(*words: str) -> Result:
    return CliRunner().invoke(app, ["protocol", "diff", *words])


def test_the_command_ends_with_0_where_nothing_differs(shop: SmallProtocol) -> None:
    told = diff("small", "2020-01-01", NEWER)
    assert (told.exit_code, told.output) == (0, f"small 2020-01-01 and small {NEWER} say the same.\n")


def test_the_command_ends_with_1_where_something_differs_and_says_what(shop: SmallProtocol) -> None:
    change(shop, MAIN, "search: {value: 10,", "search: {value: 12,")
    told = diff("small", "2020-01-01", NEWER)
    assert told.exit_code == 1
    assert f"What changes from small 2020-01-01 to small {NEWER}" in told.output
    assert "- “How long a helper is looked for” was 10 working days; it is now 12 working days." in told.output


def test_the_command_ends_with_2_where_a_version_is_not_there(shop: SmallProtocol) -> None:
    told = diff("small", "2020-01-01", "2021-01-01")
    assert told.exit_code == 2
    assert "There is no version 2021-01-01 of small." in told.output
