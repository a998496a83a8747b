"""The vocabulary of examples: small, closed, in the guide, and helpful to those who miss it."""

import re
from pathlib import Path

import pytest
from tests.examples.procedures import BEGUN, PARTNER_LED, PEOPLE, ROOT, told, why_it_failed

from handhold.protocol.examples.cast import Cast
from handhold.protocol.examples.faults import ExampleNotUnderstood
from handhold.protocol.examples.phrases import EXCEPTIONS, MATTERS, WORDS
from handhold.protocol.examples.running import FileNotReadable, read_scenarios, vocabulary

GUIDE = ROOT / "docs/guide/write-an-example.md"


def test_the_vocabulary_is_small() -> None:
    assert len(vocabulary()) <= 42


def test_the_guide_has_every_sentence_and_no_other() -> None:
    written = re.findall(r"^- `(.+)`  \n  (.+)$", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert written == [(one.shown, one.means) for one in vocabulary()]


def test_the_guide_has_every_phrase_that_no_protocol_file_holds() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    phrases = [*WORDS.values(), *MATTERS.values(), *EXCEPTIONS.values()]
    assert [phrase for phrase in phrases if f"- {phrase}\n" not in guide] == []


def test_the_example_in_the_guide_passes(tmp_path: Path) -> None:
    found = re.search(r"```gherkin\n(.+?)```", GUIDE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert found is not None
    file = tmp_path / "guide.feature"
    file.write_text(found[1], encoding="utf-8")
    scenarios = read_scenarios(file)
    assert scenarios
    for scenario in scenarios:
        assert told(*(line.text for line in scenario.lines)).failure is None


def test_every_sentence_says_what_it_means() -> None:
    assert [one.template for one in vocabulary() if len(one.means) < 15] == []


MISTAKES = [
    ((), "Samira Khan ticks the green box", "No sentence of the vocabulary is like this."),
    (BEGUN, "the transfer is over", "the transfer ("),
    (BEGUN, 'Samira Khan records "Consent granted"', '"Consent given"'),
    (BEGUN, '"Make the last visit" is done', 'Near to it: "Make the ending visit"'),
    (BEGUN, 'Samira Khan records "Consent"', "begins the name of more than one outcome"),
    (BEGUN, 'Samira Khan records "Assign"', "is an outcome of several steps. Add one of: under"),
    (BEGUN, 'Jon Reid records "Consent given"', "Nobody has said who Jon Reid is."),
    (BEGUN, 'Samira Khan records "The child has the letter" for Cy', "Cy is not in this transfer; it is for Ada, Bo."),
    (BEGUN, 'Samira Khan records "The visit was made" for Ada', "done once for all children"),
    (BEGUN, "Toby Hale is a sociable worker", 'Near to it: "social worker"'),
    (BEGUN, "On Monday 1 December 2026", "1 December 2026 is a Tuesday, not a Monday."),
    (BEGUN, "On Monday 31 November 2026", "There is no Monday 31 November 2026"),
    (BEGUN, "On Monday 30 November 2026", "Time does not go back: it is Tuesday 1 December 2026 at 10:00 already."),
    (BEGUN, "a bad feeling is open about the household", 'No matter is called "a bad feeling"'),
    (BEGUN, 'Samira Khan records "Consent given", without "a stamp"', 'No word of completeness is called "a stamp"'),
    (PEOPLE, '"Step down from a single assessment" begins', "Nobody has said when this is."),
    (PEOPLE, 'Samira Khan records "Consent given"', "No transfer has begun yet."),
    (
        (*PEOPLE, "On Tuesday 1 December 2026"),
        '"Step down from a single assessment" begins for Cy',
        "children are Ada, Bo.",
    ),
    ((*PEOPLE, "On Tuesday 1 December 2026"), '"Step sideways" begins', 'No pathway is called "Step sideways".'),
    (
        BEGUN,
        'Sam Okoro records "A council worker leads", choosing Jo Reid',
        'Jo Reid cannot be chosen: "A council worker leads" chooses a child and family support practitioner or',
    ),
    (
        PARTNER_LED,
        'everything before "Close to social work" is done',
        "This could not be done by anybody in the example: Ask a practitioner to lead",
    ),
]


@pytest.mark.parametrize(("before", "mistake", "message"), MISTAKES, ids=[mistake for _, mistake, _ in MISTAKES])
def test_a_mistake_is_told_with_what_comes_near(before: tuple[str, ...], mistake: str, message: str) -> None:
    assert message in why_it_failed(*before, mistake)


MISSING = {
    "stand-in": "by role (partner: chief): say who that is, and who holds the role.",
    "receiver": "Choose somebody before.",
    "responsible-manager": "is responsible for them, under",
    "chief": "Introduce somebody who is.",
}


@pytest.mark.parametrize("missing", MISSING)
def test_whoever_is_behind_an_effect_and_is_not_there_is_asked_for(missing: str) -> None:
    with pytest.raises(ExampleNotUnderstood, match="Nobody in this example is the") as told_so:
        Cast({"partner": "chief"}).behind(missing)
    assert MISSING[missing] in str(told_so.value)


def test_capitals_and_commas_of_a_phrase_are_no_mistake() -> None:
    assert told(*BEGUN, 'Samira Khan records "early help led by a PARTNER, (a school", because "x"').has_passed


def test_the_same_words_in_two_steps_mean_the_one_that_applies() -> None:
    ready = (*PARTNER_LED, 'everything before "Assign the form to \'Partner led" is done, with Jo Reid to lead')
    said = (*ready, 'Samira Khan records "Assign"', 'the form lies in the queue "Partner led EHA"')
    assert told(*said).failure is None


def test_a_file_that_is_no_gherkin_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "broken.feature"
    file.write_text("Feature: x\n  Scenario: y\n    Given x\n    Perhaps something\n", encoding="utf-8")
    with pytest.raises(FileNotReadable, match=r"broken\.feature: (?s:.*)\(4:5\)"):
        read_scenarios(file)
