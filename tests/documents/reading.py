"""Reads back what stands in a PDF: its text, as a reader would copy it, and the tags of its structure."""

import io
import re
from collections.abc import Iterator
from itertools import pairwise

import pikepdf

MAPPING = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
SPACE_BEFORE_SIGN = re.compile(r" ([,.:;!?)])")
HEX = re.compile(rb"<([0-9a-fA-F]+)>")


def open_pdf(pdf: bytes) -> pikepdf.Pdf:
    """The document, opened."""
    return pikepdf.open(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """All text in the order of the pages, white space folded, page headers and footers included."""
    with open_pdf(pdf) as document:
        text = " ".join("".join(_texts_of_page(page)) for page in document.pages)
    return SPACE_BEFORE_SIGN.sub(r"\1", " ".join(text.split()))


def tags_of(pdf: bytes) -> list[str]:
    """The structure's tags in reading order, without the root."""
    with open_pdf(pdf) as document:
        return list(_tags_below(document.Root.StructTreeRoot))


def _tags_below(element: pikepdf.Object) -> Iterator[str]:
    children = element.get("/K", pikepdf.Array())
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            if "/S" in child:
                yield str(child.S).removeprefix("/")
            yield from _tags_below(child)


def _texts_of_page(page: pikepdf.Page) -> Iterator[str]:
    fonts = {name: _letters_of(font) for name, font in page.Resources.get("/Font", {}).items()}
    letters: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "Tf":
            letters = fonts[str(instruction.operands[0])]
        elif operator in {"Tj", "TJ"}:
            yield from (_read(piece, letters) for piece in _strings(instruction.operands[0]))
        elif operator == "ET":
            yield " "


def _strings(operand: pikepdf.Object) -> Iterator[bytes]:
    for piece in operand if isinstance(operand, pikepdf.Array) else [operand]:
        if isinstance(piece, pikepdf.String):
            yield bytes(piece)


def _read(glyphs: bytes, letters: dict[int, str]) -> str:
    return "".join(letters.get(int.from_bytes(glyphs[i : i + 2]), "\ufffd") for i in range(0, len(glyphs), 2))


def _letters_of(font: pikepdf.Object) -> dict[int, str]:
    """Glyph to text, from the table that a PDF carries so that its text can be copied."""
    letters: dict[int, str] = {}
    for kind, body in MAPPING.findall(font.ToUnicode.read_bytes()):
        for line in body.strip().splitlines():
            numbers = HEX.findall(line)
            first, text = int(numbers[0], 16), bytes.fromhex(numbers[-1].decode()).decode("utf-16-be")
            if kind == b"char":
                letters[first] = text
            else:
                last = int(numbers[1], 16)
                letters |= {first + n: chr(ord(text) + n) for n in range(last - first + 1)}
    return letters


def levels_of(tags: list[str]) -> list[int]:
    """The levels of the headings, in reading order."""
    return [int(tag[1]) for tag in tags if re.fullmatch(r"H\d", tag)]


def skips_a_level(levels: list[int]) -> bool:
    """Whether a heading stands more than one level below the one before it."""
    return any(after > before + 1 for before, after in pairwise([0, *levels]))
