"""Faults in a template name file and line; fonts and templates are found where they should be."""

from datetime import date
from pathlib import Path

import pytest
from tests.documents.samples import ENDING, LETTERS

from handhold.documents import (
    FontsNotInstalled,
    MadeDateMissing,
    TemplateFault,
    find_parts,
    find_template,
    find_template_for_age,
    render_document,
)
from handhold.documents.rendering import FONTS_BESIDE_THIS_FILE

DATA = {"made_date": date(2026, 12, 2), "name": "Ada"}
HEAD = '#set document(title: "A letter")\n#set text(font: "Arimo")\n#let data = json(bytes(sys.inputs.data))\n'


def made_of(folder: Path, text: str) -> Path:
    template = folder / "letter.typ"
    template.write_text(HEAD + text)
    return template


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Hello\n#let a = (1\n", 5, "unclosed delimiter"),
        ("Hello\n\n#unknown\n", 6, "unknown variable: unknown"),
        ("#data.surname\n", 4, "does not contain key"),
        ('#import "gone.typ": x\n', 4, "not found"),
    ],
)
def test_a_fault_names_file_line_and_what_is_wrong(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(TemplateFault, match=message) as fault:
        render_document(made_of(tmp_path, text), DATA)
    assert (fault.value.file, fault.value.line) == (str(tmp_path / "letter.typ"), line)
    assert f"letter.typ, line {line}: " in str(fault.value)


def test_a_fault_in_a_file_that_a_template_uses_names_that_file(tmp_path: Path) -> None:
    (tmp_path / "layout.typ").write_text("#let f(x) = {\n  x.nothing\n}\n")
    with pytest.raises(TemplateFault) as fault:
        render_document(made_of(tmp_path, '#import "layout.typ": f\n#f(1)'), DATA)
    assert (fault.value.file, fault.value.line) == (str(tmp_path / "layout.typ"), 2)


def test_the_same_template_without_the_fault_is_printed(tmp_path: Path) -> None:
    assert render_document(made_of(tmp_path, "#data.name\n"), DATA).startswith(b"%PDF")


def test_a_template_that_was_mended_is_read_again(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault):
        render_document(made_of(tmp_path, "#data.surname"), DATA)
    assert render_document(made_of(tmp_path, "#data.name"), DATA).startswith(b"%PDF")


def test_a_template_cannot_read_what_lies_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    inside = tmp_path / "letters"
    inside.mkdir()
    with pytest.raises(TemplateFault, match="escape"):
        render_document(made_of(inside, '#read("../secret.txt")'), DATA)


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match=r"gone\.typ: there is no such template"):
        render_document(tmp_path / "gone.typ", DATA)


def test_data_without_a_date_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MadeDateMissing):
        render_document(made_of(tmp_path, "Hello"), {"name": "Ada"})


def test_data_that_is_not_plain_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="cannot be filled with a PosixPath"):
        render_document(made_of(tmp_path, "Hello"), DATA | {"name": tmp_path})


def test_missing_fonts_are_said_with_the_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = made_of(tmp_path, "Hello")
    with pytest.raises(FontsNotInstalled, match="make setup"):
        render_document(template, DATA, fonts=tmp_path)
    monkeypatch.setenv("HANDHOLD_FONTS", str(tmp_path))
    with pytest.raises(FontsNotInstalled, match="HANDHOLD_FONTS"):
        render_document(template, DATA)
    assert render_document(template, DATA, fonts=FONTS_BESIDE_THIS_FILE).startswith(b"%PDF")


def test_a_template_in_the_familys_language_is_preferred(tmp_path: Path) -> None:
    own, polish = tmp_path / "family-letter.typ", tmp_path / "family-letter.pl.typ"
    own.touch()
    polish.touch()
    assert find_template(tmp_path, "family-letter", "pl") == polish
    assert find_template(tmp_path, "family-letter", "pl-PL") == polish
    assert find_template(tmp_path, "family-letter", "en-GB") == own
    assert find_template(tmp_path, "family-letter", "ur") == own


@pytest.mark.parametrize(
    ("age", "reader"),
    [
        (None, "young"),
        (0, "young"),
        (6, "young"),
        (7, "child"),
        (11, "child"),
        (12, "young-person"),
        (25, "young-person"),
    ],
)
def test_each_age_has_its_endings_letter(age: int | None, reader: str) -> None:
    assert find_template_for_age(LETTERS, "endings-letter", age, "en-GB") == LETTERS / f"endings-letter-{reader}.typ"


@pytest.mark.parametrize("name", ["duty-offer-letter", "duty-offer-ends-letter", "pathways-ends-letter"])
def test_a_letter_of_which_there_is_one_is_for_the_ages_that_it_says(name: str) -> None:
    assert find_template_for_age(LETTERS, name, 21, "en-GB") == LETTERS / f"{name}.typ"
    with pytest.raises(TemplateFault, match=f"one {name} must be for a child of 9; found none"):
        find_template_for_age(LETTERS, name, 9, "en-GB")


def test_a_letter_is_known_to_speak_of_what_stands_in_it() -> None:
    offer = find_parts(LETTERS / "duty-offer-letter.typ")
    assert {"own_words", "child_words"} <= offer
    assert "ends_date" not in offer, "it says no last day, so none is asked"
    assert "ends_date" in find_parts(LETTERS / "pathways-ends-letter.typ")


def test_a_letter_for_an_age_is_found_in_the_childs_language(tmp_path: Path) -> None:
    for name in ("endings-letter-child.typ", "endings-letter-child.pl.typ"):
        (tmp_path / name).write_text("// Ages: 7-11\n")
    assert find_template_for_age(tmp_path, "endings-letter", 9, "pl").name == "endings-letter-child.pl.typ"
    assert find_template_for_age(tmp_path, "endings-letter", 9, "cy").name == "endings-letter-child.typ"


@pytest.mark.parametrize(
    ("ages", "message"),
    [
        ("// Ages: 12-", "one endings-letter must be for a child of 9; found none"),
        ("// Ages: 0-17", "found endings-letter-a.typ and endings-letter-b.typ"),
        ("// Ages: small", "'small' are no ages"),
        ("", "does not say for which ages it is"),
    ],
)
def test_ages_that_leave_a_child_out_or_overlap_are_faults(tmp_path: Path, ages: str, message: str) -> None:
    for letter in "ab":
        (tmp_path / f"endings-letter-{letter}.typ").write_text(ages)
    with pytest.raises(TemplateFault, match=message):
        find_template_for_age(tmp_path, "endings-letter", 9, "en-GB")


def test_no_shipped_template_fetches_anything() -> None:
    texts = {path.name: path.read_text() for path in LETTERS.parents[2].rglob("*.typ")}
    assert "endings-letter-child.typ" in texts
    assert [name for name, text in texts.items() if "@preview" in text or "://" in text] == []


def test_the_sample_letter_needs_no_environment() -> None:
    assert render_document(LETTERS / "endings-letter-child.typ", ENDING).startswith(b"%PDF")
