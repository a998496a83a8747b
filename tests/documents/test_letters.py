"""The endings letters for each age and the letter to the family: what they say, on one page, in a reader's words."""

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.documents.reading import open_pdf, text_of
from tests.documents.samples import ENDING, FAMILY, FOR_ADA, FOR_CHIDI, FOR_THE_UNBORN, LETTERS, nobody_follows

from handhold.documents import EndingsLetter, FamilyLetter, Helper, render_document

YOUNG, CHILD, YOUNG_PERSON = (f"endings-letter-{age}.typ" for age in ("young", "child", "young-person"))
BY_AGE = [(YOUNG, FOR_CHIDI), (YOUNG, FOR_THE_UNBORN), (CHILD, ENDING), (YOUNG_PERSON, FOR_ADA)]
ALL = [*BY_AGE, ("family-letter.typ", FAMILY)]

Letter = EndingsLetter | FamilyLetter
JARGON = re.compile(
    r"practitioner|consent|referral|allocat|assessment|threshold|outcome|step(ping)? down|intervention|safeguard|agenc",
    re.IGNORECASE,
)
FOR_GROWN_UPS = "For the grown-up who reads this aloud."


def read(template: str, letter: Letter) -> str:
    return text_of(render_document(LETTERS / template, letter))


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence from the greeting to the farewell."""
    story = re.split(r"(?:Dear|Hello) \w+,", text, maxsplit=1)[1].split(FOR_GROWN_UPS)[0]
    return [words for sentence in re.split(r"[.?!:•]", story) if (words := re.findall(r"[\w’']+", sentence))]


@pytest.mark.parametrize(("template", "letter"), ALL)
def test_it_fits_on_one_page(template: str, letter: Letter) -> None:
    with open_pdf(render_document(LETTERS / template, letter)) as document:
        assert len(document.pages) == 1


@pytest.mark.parametrize(("template", "letter"), ALL)
def test_it_names_who_helps_next_from_when_and_how_to_reach_them(template: str, letter: Letter) -> None:
    text = read(template, letter)
    for words in ("Jo", "Wednesday 9 December", "01632 960 202", "jo.reid@council.example"):
        assert words in text
    assert "the Early Help duty desk: 01632 960 200 (Monday to Friday, 9 to 5)" in text


@pytest.mark.parametrize(("template", "letter"), ALL)
def test_it_says_who_wrote_it_and_where_to_turn_in_danger(template: str, letter: Letter) -> None:
    text = read(template, letter)
    assert "Samira Malik" in text
    assert "999" in text
    assert "City of Exampleton Council" in text


@pytest.mark.parametrize(("template", "letter"), BY_AGE)
def test_it_says_when_social_work_ends_or_when_somebody_else_begins(template: str, letter: EndingsLetter) -> None:
    assert "Friday 11 December" in read(template, letter)


@pytest.mark.parametrize(("template", "letter"), ALL)
def test_where_nobody_follows_it_says_how_to_come_back(template: str, letter: Letter) -> None:
    alone = nobody_follows(letter)
    text = read(template, replace(alone, agreed=()) if isinstance(alone, FamilyLetter) else alone)
    assert "Children's front door: 01632 960 300" in text
    assert "Jo Reid" not in text


@pytest.mark.parametrize(("template", "letter"), ALL)
def test_a_goodbye_visit_is_announced_thanked_for_or_not_mentioned(template: str, letter: Letter) -> None:
    ahead = read(template, letter)
    behind = read(template, replace(letter, made_date=date(2026, 12, 10)))
    without = read(template, replace(letter, goodbye_visit_date=None))
    assert re.search(r"(more time|once more),? on Wednesday 9 December", ahead)
    assert re.search(r"(see you|seeing (me|you)) on Wednesday 9 December", behind)
    assert "goodbye" not in without.replace("says goodbye", "").lower().replace("goodbye, chidi", "")


@pytest.mark.parametrize(("template", "letter"), ALL)
def test_somebody_who_cannot_be_reached_yet_will_get_in_touch(template: str, letter: Letter) -> None:
    unreachable = Helper(name="Jo Reid", first_name="Jo")
    text = read(template, replace(letter, next_helper=unreachable))
    assert "You can ring ." not in text
    assert "Jo will tell you how to get in touch." in text or FOR_GROWN_UPS in text


def test_a_child_under_twelve_gets_short_sentences_of_everyday_words() -> None:
    for template, letter in (
        (YOUNG, FOR_CHIDI),
        (CHILD, replace(ENDING, next_helper=replace(FOR_ADA.sender, job_title="", works_for=""))),
    ):
        text = read(template, letter)
        lengths = [len(words) for words in sentences(text)]
        assert sum(lengths) / len(lengths) <= 10
        assert max(lengths) <= 22
        assert not JARGON.search(text.split(FOR_GROWN_UPS)[0])


def test_the_check_for_jargon_finds_it() -> None:
    assert JARGON.search("Your allocated practitioner will complete the assessment.")


def test_the_letter_for_a_small_child_has_a_part_for_whoever_reads_it_aloud() -> None:
    story, for_grown_ups = read(YOUNG, FOR_CHIDI).split(FOR_GROWN_UPS)
    assert "Hello Chidi" in story
    assert "01632 960 202" in for_grown_ups
    assert "01632 960 202" not in story


def test_the_letter_for_an_unborn_child_goes_to_the_parents() -> None:
    text = read(YOUNG, FOR_THE_UNBORN)
    assert "Dear Grace and Emeka" in text
    assert "Hello" not in text


@pytest.mark.parametrize(("template", "letter"), [(YOUNG, FOR_CHIDI), (CHILD, ENDING), (YOUNG_PERSON, FOR_ADA)])
def test_the_childs_own_words_stand_in_it_as_they_were_said(template: str, letter: EndingsLetter) -> None:
    assert f"You told me: “{letter.child_words}”" in read(template, letter)
    assert "You told me" not in read(template, replace(letter, child_words=""))


def test_the_family_is_told_what_it_agreed_to_and_that_it_can_change_its_mind() -> None:
    text = read("family-letter.typ", FAMILY)
    assert "What you agreed to • Jo visits you at home every week until Easter." in text
    assert "You can say no to it, or to a part of it, at any time. Tell Jo." in text
    assert "If you are not happy with us: Complaints and feedback: 01632 960 500." in text
    assert "Ada, Obi and Chidi" in text


def test_a_family_of_another_language_is_offered_the_letter_in_it() -> None:
    assert "in Polish, or read aloud" in read("family-letter.typ", replace(FAMILY, other_language="Polish"))
    assert "read aloud" not in read("family-letter.typ", FAMILY)


def test_a_letter_that_is_handed_over_carries_no_address() -> None:
    assert "12 Example Road" in read(CHILD, ENDING)
    assert "12 Example Road" not in read(CHILD, replace(ENDING, address=()))


def test_a_longer_letter_goes_on_with_numbered_pages_and_loses_nothing() -> None:
    long = replace(FOR_ADA, next_steps=tuple(f"Agreed step number {n}." for n in range(40)))
    pdf = render_document(LETTERS / YOUNG_PERSON, long)
    text = text_of(pdf)
    with open_pdf(pdf) as document:
        assert len(document.pages) == 2
    assert "Page 1 of 2" in text
    assert all(f"Agreed step number {n}." in text for n in range(40))
    assert "Page 1" not in read(YOUNG_PERSON, FOR_ADA)
