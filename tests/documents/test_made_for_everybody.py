"""Each document is made to PDF/UA-1 and PDF/A-2a: tagged, titled, in a language, its fonts within, always the same."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.documents.reading import levels_of, open_pdf, skips_a_level, tags_of, text_of
from tests.documents.samples import (
    BARE_INSPECTION,
    DOCUMENTS,
    ENDING,
    FAMILY,
    FOR_ADA,
    FOR_CHIDI,
    FOR_THE_UNBORN,
    LETTERS,
    PACK,
    nobody_follows,
)

from handhold.documents import DocumentData, DocumentFault, TransferPack, render_document
from handhold.documents.rendering import _press

EMPTY_PACK = TransferPack(
    made_date=PACK.made_date,
    language="en-GB",
    authority=PACK.authority,
    pathway=PACK.pathway,
    family_name="Hart",
    responsible=PACK.responsible,
    audience="after-acceptance",
)
ALL: list[tuple[str, DocumentData]] = [
    *DOCUMENTS.items(),
    ("endings-letter-young.typ", FOR_THE_UNBORN),
    ("endings-letter-young.typ", nobody_follows(FOR_CHIDI)),
    ("endings-letter-young.typ", nobody_follows(FOR_THE_UNBORN)),
    ("endings-letter-child.typ", nobody_follows(ENDING)),
    ("endings-letter-young-person.typ", nobody_follows(FOR_ADA)),
    ("family-letter.typ", nobody_follows(FAMILY)),
    ("transfer-pack.typ", PACK),
    ("transfer-pack.typ", EMPTY_PACK),
    ("inspection.typ", BARE_INSPECTION),
]
UNTAGGED = '#set document(title: "A")\n#set text(font: "Arimo")\nNo heading, no data.'


@pytest.mark.parametrize(("template", "data"), ALL)
def test_it_is_tagged_titled_and_says_its_language(template: str, data: DocumentData) -> None:
    pdf = render_document(LETTERS / template, data)
    with open_pdf(pdf) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "en-GB"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        metadata = document.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert len(metadata["dc:title"]) > 8
    levels = levels_of(tags_of(pdf))
    assert levels.count(1) == 1
    assert not skips_a_level(levels)


@pytest.mark.parametrize(("template", "data"), ALL)
def test_only_the_packages_own_font_is_used_and_it_is_embedded(template: str, data: DocumentData) -> None:
    with open_pdf(render_document(LETTERS / template, data)) as document:
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        assert fonts
        for font in fonts:
            assert "Arimo" in str(font.BaseFont)
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


@pytest.mark.parametrize(("template", "data"), ALL)
def test_no_blank_is_left_by_what_is_not_known(template: str, data: DocumentData) -> None:
    text = text_of(render_document(LETTERS / template, data))
    for blank in ("none", "()", "None", " , ", ": .", "( )", "[]"):
        assert blank not in text


@pytest.mark.parametrize(("template", "data"), ALL)
def test_the_same_data_gives_the_same_bytes_also_from_a_fresh_compiler(template: str, data: DocumentData) -> None:
    first = render_document(LETTERS / template, data)
    _press.cache_clear()
    assert render_document(LETTERS / template, data) == first


def test_another_date_gives_other_bytes() -> None:
    later = replace(ENDING, made_date=ENDING.made_date + timedelta(days=1))
    template = LETTERS / "endings-letter-child.typ"
    assert render_document(template, later) != render_document(template, ENDING)


def test_tables_have_a_head_and_lists_their_items() -> None:
    tags = tags_of(render_document(LETTERS / "transfer-pack.typ", DOCUMENTS["transfer-pack.typ"]))
    assert tags.count("Table") == tags.count("THead") == 5
    assert tags.count("TH") == 4 + 4 + 4 + 3 + 5
    assert tags.count("LI") == tags.count("LBody") >= 6


def test_a_template_without_a_title_is_refused(tmp_path: Path) -> None:
    titled, untitled = tmp_path / "titled.typ", tmp_path / "untitled.typ"
    titled.write_text(UNTAGGED)
    untitled.write_text(UNTAGGED.replace('#set document(title: "A")', ""))
    assert render_document(titled, {"made_date": "2026-12-02"}).startswith(b"%PDF")
    with pytest.raises(DocumentFault, match="title"):
        render_document(untitled, {"made_date": "2026-12-02"})


def test_a_heading_that_skips_a_level_is_refused(tmp_path: Path) -> None:
    template = tmp_path / "skips.typ"
    template.write_text(UNTAGGED + "\n= One\n=== Three")
    with pytest.raises(DocumentFault, match="heading"):
        render_document(template, {"made_date": "2026-12-02"})
