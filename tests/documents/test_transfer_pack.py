"""The pack: how much of it whom, and that what is missing is said in words."""

from dataclasses import replace
from datetime import date

from tests.documents.reading import text_of
from tests.documents.samples import LETTERS, PACK

from handhold.documents import PackAction, PackNeed, TransferPack, render_document
from handhold.documents.transfer_pack import find_missing_parts

TEMPLATE = LETTERS / "transfer-pack.typ"
WHOLE = replace(PACK, audience="after-acceptance", missing=("the school's report",))
HELD_BACK = (
    "14 March 2015",
    "Chidi Okafor",
    "Grace Okafor",
    "I want us all to have tea together again.",
    "Grace has been ill since the summer",
    "The family pulls together.",
    "By telephone",
    "the school's report",
    "Jo Reid, support practitioner",
)
SHARED = (
    "Mornings are hard",
    "In school by 8.50 on four days of five",
    "29 January 2027",
    "Young Carers Centre",
    "Exampleton Primary School",
    "L. Ward",
    "Samira Malik",
)


def printed(pack: TransferPack) -> str:
    return text_of(render_document(TEMPLATE, pack))


def test_after_acceptance_the_whole_pack_is_printed() -> None:
    text = printed(WHOLE)
    assert [words for words in (*SHARED, *HELD_BACK) if words not in text] == []


def test_before_acceptance_it_carries_need_agencies_and_plan_and_nothing_else() -> None:
    text = printed(replace(WHOLE, audience="before-acceptance"))
    assert [words for words in SHARED if words not in text] == []
    assert [words for words in HELD_BACK if words in text] == []
    assert "You get the whole pack once you have accepted and the family has given consent." in text


def test_what_is_held_back_is_not_even_handed_to_the_template() -> None:
    kept = WHOLE.for_audience("before-acceptance")
    held_back = (kept.children, kept.adults, kept.childs_words, kept.assessment, kept.team, kept.consents)
    assert not any(held_back)
    assert kept.next_practitioner is None
    assert kept.missing == ()


def test_a_pack_whose_audience_was_not_said_is_the_small_one() -> None:
    assert PACK.audience == "before-acceptance"
    assert [words for words in HELD_BACK if words in printed(PACK)] == []


def test_cutting_down_twice_changes_nothing() -> None:
    for once in (WHOLE.for_audience("before-acceptance"), WHOLE.for_audience("after-acceptance")):
        assert once.for_audience(once.audience) == once


def test_an_empty_pack_says_of_each_part_that_it_is_not_recorded_yet() -> None:
    empty = TransferPack(
        made_date=date(2026, 12, 2),
        language="en-GB",
        authority="City of Exampleton Council",
        pathway="Step down",
        family_name="Hart",
        responsible=PACK.responsible,
        audience="after-acceptance",
    )
    text = printed(empty)
    assert text.count("Not recorded yet") == 9
    assert "Missing from this pack: • what the family needs • other agencies • who helps next" in text


def test_a_full_pack_is_not_said_to_lack_anything() -> None:
    assert find_missing_parts(PACK) == ()
    assert "Missing from this pack" not in printed(replace(PACK, audience="after-acceptance"))


def test_needs_without_a_plan_and_actions_that_nobody_can_check_are_named() -> None:
    needs = (
        PackNeed(text="Sleep"),
        PackNeed(text="School", actions=(PackAction(what="Breakfast club", by_whom="Mum"),)),
    )
    pack = replace(PACK, needs=needs)
    assert find_missing_parts(pack) == (
        "a plan for: Sleep",
        "how it is measured, the date of the action: Breakfast club",
    )
    assert "a plan for: Sleep" in printed(pack)


def test_each_section_of_the_assessment_says_who_wrote_it_and_when() -> None:
    assert "Written by Samira Malik, 20 November 2026" in printed(WHOLE)


def test_a_child_not_born_yet_is_shown_with_the_expected_date() -> None:
    unborn = replace(PACK.children[0], name="Baby Okafor", birth_date=None, expected_date=date(2027, 2, 1))
    assert "expected 1 February 2027" in printed(replace(WHOLE, children=(unborn,)))
