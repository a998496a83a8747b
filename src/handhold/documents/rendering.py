"""Fills a template of the protocol with plain data and makes a PDF of it, to PDF/UA-1 and PDF/A-2a, always the same.

The data reaches the template as one JSON value, never as markup, so that nothing that somebody wrote can become a
command. Only the package's own fonts are used: a sign that they lack is refused by name before anything is printed.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import cast

import typst

from handhold.documents.faults import (
    CharactersNotInFont,
    DocumentFault,
    FontsNotInstalled,
    MadeDateMissing,
    TemplateFault,
)
from handhold.documents.inspection import Inspection
from handhold.documents.letters import EndingsLetter, FamilyLetter
from handhold.documents.meeting_record import MeetingRecord
from handhold.documents.plain_data import as_plain, texts_within
from handhold.documents.transfer_pack import TransferPack

FONTS_BESIDE_THIS_FILE = Path(__file__).parent / "fonts"

FAULT_PLACE = re.compile(r"┌─ (?P<file>.+?):(?P<line>\d+):\d+")
UNPRINTABLE = re.compile(r"the text `\"(?P<text>.*?)\"` could not be displayed with font")
ESCAPED = re.compile(r"\\u\{(?P<code>[0-9a-f]+)\}")

DocumentData = EndingsLetter | FamilyLetter | TransferPack | MeetingRecord | Inspection | Mapping[str, object]


@dataclass(frozen=True)
class Press:
    """One compiler for one fonts folder, used by one thread at a time: it cannot be entered twice."""

    compiler: typst.Compiler
    turn: Lock


def render_document(template: Path, data: DocumentData, *, fonts: Path | None = None) -> bytes:
    """The PDF of a template filled with data, which must say its `made_date` and `language`.

    fonts: the folder of the fonts; where it is not given, HANDHOLD_FONTS, or the package's own folder.
    A pack is cut down to what its audience may have. Raises TemplateFault, CharactersNotInFont, FontsNotInstalled or
    MadeDateMissing.
    """
    plain = as_plain(data.for_audience(data.audience) if isinstance(data, TransferPack) else data)
    made_at = _made_at(plain)
    press = _press(fonts or Path(os.environ.get("HANDHOLD_FONTS") or FONTS_BESIDE_THIS_FILE))
    if not template.is_file():
        raise TemplateFault(str(template), 0, "there is no such template.")
    try:
        with press.turn:
            pdf = press.compiler.compile(
                template,
                format="pdf",
                root=template.parent,
                sys_inputs={"data": json.dumps(plain, ensure_ascii=False)},
                pdf_standards=["ua-1", "a-2a"],
                timestamp=made_at,
            )
    except typst.TypstError as error:
        raise _fault_of(error, template, plain) from error
    return cast("bytes", pdf)  # a PDF without an output file is always bytes


@lru_cache(maxsize=4)
def _press(fonts: Path) -> Press:
    """Starting a compiler reads the fonts; making a letter with one that runs takes a tenth of that."""
    if not any(fonts.glob("*.ttf")):
        raise FontsNotInstalled(fonts)
    own_fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    return Press(typst.Compiler(font_paths=own_fonts, ignore_system_fonts=True), Lock())


def _made_at(plain: object) -> datetime:
    if not isinstance(plain, dict) or not plain.get("made_date"):
        raise MadeDateMissing
    return datetime.combine(date.fromisoformat(plain["made_date"]), time(), UTC)


def _fault_of(error: typst.TypstError, template: Path, plain: object) -> DocumentFault:
    unprintable = "".join(match["text"] for match in UNPRINTABLE.finditer(error.diagnostic))
    if unprintable:
        text = ESCAPED.sub(lambda escape: chr(int(escape["code"], 16)), unprintable)
        characters = tuple(dict.fromkeys(text))
        places = tuple(place for place, words in texts_within(plain) if set(words) & set(characters))
        return CharactersNotInFont(characters, places)
    place = FAULT_PLACE.search(error.diagnostic)
    if place is None:
        return TemplateFault(str(template), 0, error.message)
    folder = template.parent.resolve()
    file = Path(place["file"]).resolve()  # the compiler names it as seen from the working directory
    shown = template.parent / file.relative_to(folder) if file.is_relative_to(folder) else file
    return TemplateFault(str(shown), int(place["line"]), error.message)
