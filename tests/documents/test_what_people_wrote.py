"""What somebody wrote stays text: markup, long names, other scripts, odd signs."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.reading import open_pdf, text_of
from tests.documents.samples import ENDING, ENDINGS, FAMILY, LETTERS, MEETING, PACK

from handhold.documents import AgendaItem, CharactersNotInFont, DocumentData, Helper, PackAgency, render_document
from handhold.documents.rendering import FONTS_BESIDE_THIS_FILE, _press

CHILD = LETTERS / "endings-letter-child.typ"
MARKUP = '#text(red)[*Ada*] $x^2$ _y_ `raw` @ref <label> // gone? \\ = Title #panic("x") ] } "'


def test_markup_in_what_people_wrote_stays_text() -> None:
    letter = replace(ENDING, child_name=MARKUP, own_words=MARKUP, went_well=(MARKUP,), child_words=MARKUP)
    text = text_of(render_document(CHILD, letter))
    assert text.replace("\u200b", "").count(MARKUP) >= 5


def test_markup_in_a_family_name_stays_text_in_title_and_table() -> None:
    pack = replace(PACK, family_name=MARKUP, agencies=(replace(PACK.agencies[0], name=MARKUP),))
    pdf = render_document(LETTERS / "transfer-pack.typ", pack)
    with open_pdf(pdf) as document:
        assert document.open_metadata()["dc:title"] == f"Transfer pack: the {MARKUP} family"


def test_the_same_markup_put_into_a_template_would_be_carried_out(tmp_path: Path) -> None:
    template = tmp_path / "joined.typ"
    template.write_text('#set document(title: "A")\n#set text(font: "Arimo")\n#text(fill: red)[*Ada*]')
    assert text_of(render_document(template, {"made_date": "2026-12-02"})) == "Ada"


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc", "Cf", "Z"]), min_size=1, max_size=40))
def test_any_western_text_comes_out_as_it_was_written(words: str) -> None:
    text = text_of(render_document(CHILD, replace(ENDING, own_words=words)))
    assert words in text


@pytest.mark.parametrize(
    "name",
    ["Siân Ŵyn Llŷr", "Łucja Świętosławska-Żółć", "Ngọc Hường", "Ömer Şahin", "Ιωάννα", "Олександра", "N’Golo", "יעל"],
)
def test_names_of_many_languages_are_printed(name: str) -> None:
    written = text_of(render_document(CHILD, replace(ENDING, addressed_to=name)))
    assert name in written or name[::-1] in written  # right-to-left letters stand in the order of the page


@pytest.mark.parametrize(
    ("words", "lacking"),
    [
        ("میرا نام", {"م", "ی", "ر", "ا", "ن"}),
        ("日本", {"日", "本"}),
        ("I like my dog 🐶", {"🐶"}),
    ],
)
def test_signs_that_the_font_lacks_are_named_with_their_place_and_nothing_is_printed(
    words: str, lacking: set[str]
) -> None:
    with pytest.raises(CharactersNotInFont) as refused:
        render_document(CHILD, replace(ENDING, went_well=("You read a lot.", words)))
    assert set(refused.value.characters) == lacking
    assert refused.value.places == ("went_well[1]",)
    assert "went_well[1]" in str(refused.value)


def test_a_sign_that_the_font_lacks_is_named_in_words() -> None:
    with pytest.raises(CharactersNotInFont, match="dog face"):
        render_document(CHILD, replace(ENDING, own_words="🐶"))


def test_letters_and_marks_apart_are_put_together_and_invisible_signs_dropped() -> None:
    letter = replace(ENDING, addressed_to="Zoe\u0308\u200b \ufeffBru\u0302le\x00\x07")
    assert "Zoë Brûle" in text_of(render_document(CHILD, letter))


def test_new_lines_and_paragraphs_are_kept_whatever_machine_they_come_from() -> None:
    note = "First line\r\nsecond line\r\n\r\nNew paragraph\vend"
    text = text_of(render_document(LETTERS / "meeting-record.typ", replace(MEETING, note=note)))
    assert "First line second line New paragraph end" in text


LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmondeley"


LONG_HELPER = Helper(name=f"{LONG} {LONG}", first_name=LONG, job_title="Support practitioner", phone="01632 960 202")
WITH_LONG_NAMES: list[tuple[str, DocumentData]] = [
    *((name, replace(letter, child_name=LONG, next_helper=LONG_HELPER)) for name, letter in ENDINGS.items()),
    ("family-letter.typ", replace(FAMILY, greeting=LONG, next_helper=LONG_HELPER, children=(LONG,) * 4)),
    ("transfer-pack.typ", replace(PACK, family_name=LONG, agencies=(PackAgency(name=LONG, person=LONG),))),
    ("meeting-record.typ", replace(MEETING, items=(AgendaItem(title=LONG, practitioner=LONG),))),
]


@pytest.mark.parametrize(("template", "data"), WITH_LONG_NAMES)
def test_very_long_names_are_printed_whole(template: str, data: DocumentData) -> None:
    text = text_of(render_document(LETTERS / template, data)).replace("\u200b", "")
    assert LONG in text.replace("- ", "-").replace(" ", "")


def test_threads_wait_for_their_turn_and_all_get_their_letter() -> None:
    letters: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: letters.extend(render_document(CHILD, ENDING) for _ in range(10)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(letters) == 40
    assert len(set(letters)) == 1


def test_without_turns_two_threads_get_into_each_others_way() -> None:
    compiler, refused = (
        _press(FONTS_BESIDE_THIS_FILE).compiler,
        [],
    )

    def print_many() -> None:
        for number in range(30):
            try:
                compiler.compile(f'#set document(title: "{number}")'.encode(), format="pdf")
            except RuntimeError as error:
                refused.append(str(error))

    threads = [threading.Thread(target=print_many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert "Already borrowed" in refused
