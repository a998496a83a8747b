"""A refusal in words says what is missing, by which clause, who can supply it and whether it can be excepted."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from handhold.protocol.deciding import NeedsReason, Problem, Reason
from handhold.protocol.definition import ExceptionKind, Kind, Matter, Word
from handhold.protocol.explaining import Names, explain_pathway, sentence_of, sentence_of_needed_reason
from handhold.protocol.explaining.refusals import WHAT_IS_MISSING, cited
from handhold.protocol.pathways import Pathway, Protocol
from handhold.protocol.vocabulary import EXCEPTIONS, KINDS, MATTERS, WORDS
from tests.protocol.small_protocol import SmallProtocol

OKAFORS = Names(("Ada", "Obi"), {"responsible-worker": "Samira Malik", "responsible-manager": "Dana Cole"})

ABOUT: dict[Problem, str] = {
    "run-over": "stays-with-social-work",
    "not-offered": "Consent given",
    "own-work": "closure-begun",
    "word-missing": "letter-for-this-age",
    "matter-open": "concern-undecided",
    "no-consent": "not-live",
    "no-receiver": "asked",
    "no-exception": "not-possible",
    "forbidden-choice": "Choose something else",
}
"""What a reason of each kind is about, where it is about something."""


def test_every_word_of_the_vocabularies_has_words_for_people() -> None:
    assert set(WHAT_IS_MISSING) == set(get_args(Problem))
    assert set(WORDS) == set(get_args(Word))
    assert set(KINDS) == set(get_args(Kind))
    assert set(MATTERS) == set(get_args(Matter))
    assert set(EXCEPTIONS) == set(get_args(ExceptionKind))


@pytest.mark.parametrize("problem", get_args(Problem))
def test_every_problem_is_a_sentence_with_its_clause(york: Protocol, step_down: Pathway, problem: Problem) -> None:
    who = ("responsible-worker", "service-manager")
    reason = Reason(problem, "endings-letter", 1, ABOUT.get(problem, ""), who, ("H10", "Y26"))
    said = sentence_of(york, step_down, reason, OKAFORS)
    assert said.what_is_missing[0].isupper() or said.what_is_missing.startswith("“")
    assert said.what_is_missing.endswith(".")
    assert "-" not in said.what_is_missing.replace("child-", ""), "no code stands in a sentence"
    assert said.who_can_supply == "Samira Malik or the service manager"
    assert (said.clause, said.origin) == ("H10", "House rule")
    assert said.quotation == "Nobody is let go before somebody else holds."


@pytest.mark.parametrize("word", get_args(Word))
def test_every_word_of_completeness_says_what_is_missing(york: Protocol, step_down: Pathway, word: Word) -> None:
    said = sentence_of(york, step_down, Reason("word-missing", "plan-proposed", None, word, (), ("Y11",)))
    assert WORDS[word].missing in said.what_is_missing


@pytest.mark.parametrize("matter", get_args(Matter))
def test_every_open_matter_is_named_and_cannot_be_excepted(york: Protocol, step_down: Pathway, matter: Matter) -> None:
    said = sentence_of(york, step_down, Reason("matter-open", "case-closed", 0, matter, (), ("H3",)))
    assert said.what_is_missing.lower() == f"{MATTERS[matter]}.".lower()
    assert said.exception_hint == "No exception can be made."


def test_a_missing_step_names_the_child_and_how_it_can_be_excepted(york: Protocol, step_down: Pathway) -> None:
    reason = Reason("step-missing", "endings-letter", 1, "", ("responsible-worker",), ("Y26", "Y3"))
    said = sentence_of(york, step_down, reason, OKAFORS)
    assert said.what_is_missing == "“Write the endings letter” is not done yet for Obi."
    assert said.exception_hint.startswith("Where it would not be safe, you can ask for an exception; ")
    assert (said.clause, said.origin) == ("Y26", "York")
    assert [clause.id for clause in said.clauses] == ["Y26", "Y3"]
    assert said.quotation == york.clauses["Y26"].quotation


def test_without_names_children_are_counted_and_people_are_called_by_what_they_do(
    york: Protocol, step_down: Pathway
) -> None:
    reason = Reason("step-missing", "endings-letter", 1, "", ("responsible-worker",), ("Y26",))
    said = sentence_of(york, step_down, reason)
    assert said.what_is_missing.endswith("for child 2.")
    assert said.who_can_supply == york.file.relations["responsible-worker"]


def test_a_missing_step_that_is_hard_says_that_no_exception_can_be_made(york: Protocol, step_down: Pathway) -> None:
    said = sentence_of(york, step_down, Reason("step-missing", "closure-overseen", None, "", (), ("Y57",)))
    assert said.exception_hint == "No exception can be made."


def test_who_decides_a_concern_is_found_in_the_protocol(york: Protocol, step_down: Pathway) -> None:
    said = sentence_of(york, step_down, Reason("matter-open", "case-closed", None, "concern-undecided", (), ("H3",)))
    assert "duty manager" in said.who_can_supply
    elsewhere = sentence_of(york, step_down, Reason("matter-open", "case-closed", None, "protection-plan", (), ("H5",)))
    assert elsewhere.who_can_supply == ""


@pytest.mark.parametrize(
    ("clause", "origin", "called"), [("Y9", "council", "York"), ("LAW1", "law", "Law"), ("H2", "house", "House rule")]
)
def test_a_clause_says_who_says_so(york: Protocol, clause: str, origin: str, called: str) -> None:
    found = cited(york, clause)
    assert (found.origin, found.origin_called) == (origin, called)
    assert found.quotation


def test_the_words_of_another_council_are_its_own(small: SmallProtocol) -> None:
    protocol = small.load()
    reason = Reason("step-missing", "goodbye-visit", None, "", ("responsible-worker",), ("S3",))
    said = sentence_of(protocol, protocol.pathways["step-down"], reason)
    assert said.what_is_missing == "“Visit to say goodbye” is not done yet."
    assert said.origin == "Small"


def test_a_needed_reason_is_asked_for_without_blame(step_down: Pathway) -> None:
    said = sentence_of_needed_reason(step_down, NeedsReason("closure-overseen", ("responsible-manager",)))
    assert said.startswith("Write down why: “Oversee the closure”")


def test_an_explanation_has_every_step_every_clause_of_a_step_and_every_outcome(
    york: Protocol, step_down: Pathway
) -> None:
    page = explain_pathway(york, step_down)
    for step in step_down.steps.values():
        assert f"### {step.title}\n" in page
        assert f"({', '.join(step.clauses)})" in page
        for outcome in step.outcomes.values():
            assert f"“{outcome.called}”" in page


def test_an_explanation_says_when_after_what_and_within_what_time(small: SmallProtocol) -> None:
    protocol = small.load()
    page = explain_pathway(protocol, protocol.pathways["step-down"])
    answer = page[page.index("### Answer whether you will help") : page.index("### Visit to say goodbye")]
    assert "The helper does this (somebody answers whether they take it on). (S2)" in answer
    assert "- Only when the destination is early help." in answer
    assert "- After “Ask somebody to help”." in answer
    assert "- Within 3 working days of “Ask somebody to help”." in answer
    assert "It can come out as “I cannot” (with a reason, and the step is still to be done)." in answer
    assert "To be done again: “Ask somebody to help”." in answer
    assert "- No exception can be made." in answer
    visit = page[page.index("### Visit to say goodbye") :]
    assert "It can be excepted where the family declined or it would not be safe; the social" in visit


def test_an_explanation_says_who_can_be_chosen_and_what_must_not_be(small: SmallProtocol) -> None:
    small.replace(
        "pathways/step-down.yaml",
        "done: false\n            needs_reason",
        "forbidden: Ask them.\n            needs_reason",
    )
    small.replace("pathways/step-down.yaml", "called: I will,", "called: I will, allocates: [team-manager, helper],")
    protocol = small.load()
    page = explain_pathway(protocol, protocol.pathways["step-down"])
    assert "    - Whoever is chosen has the role of team manager or helper." in page
    assert "- It must not come out as “I cannot”: Ask them.\n" in page
    assert "It can come out as “I cannot”" not in page


def test_an_explanation_says_what_comes_about_by_itself(york: Protocol) -> None:
    page = explain_pathway(york, york.pathways["duty-offer-until-25"])
    assert "- It can come out as “The offer ends” (which comes about by itself)." in page


def test_an_explanation_changes_with_the_councils_own_numbers(small: SmallProtocol) -> None:
    protocol = small.load()
    longer = protocol.file.settings["answer"].model_copy(update={"value": 1})
    file = protocol.file.model_copy(update={"settings": {**protocol.file.settings, "answer": longer}})
    page = explain_pathway(replace(protocol, file=file), protocol.pathways["step-down"])
    assert "Within 1 working day of “Ask somebody to help”." in page
