"""Why a document could not be made. Each is built from its facts, and says what to do."""

import unicodedata
from pathlib import Path


class DocumentFault(Exception):
    """A document could not be made; nothing was printed."""


class FontsNotInstalled(DocumentFault):
    """The fonts folder is missing or empty."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"No fonts in {folder}. Run `make setup`, or set HANDHOLD_FONTS to a folder with the Arimo fonts."
        )


class MadeDateMissing(DocumentFault):
    """The data does not say on which date the document is made."""

    def __init__(self) -> None:
        super().__init__("A document needs its made_date: what is printed must not depend on when it is printed.")


class TemplateFault(DocumentFault):
    """A template is not well formed, or asks for something that the data lacks: file, line, and what is wrong."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}, line {line}: {message}" if line else f"{file}: {message}")
        self.file, self.line, self.message = file, line, message


class CharactersNotInFont(DocumentFault):
    """The data holds characters that the letters' font cannot print.

    characters: each of them once. places: where in the data they stand.
    """

    def __init__(self, characters: tuple[str, ...], places: tuple[str, ...]) -> None:
        named = ", ".join(f"{sign} ({unicodedata.name(sign, f'U+{ord(sign):04X}').lower()})" for sign in characters)
        super().__init__(
            f"The font of the letters lacks: {named}. They stand in: {', '.join(places) or 'the template'}. "
            "Write these words in Latin, Greek, Cyrillic or Hebrew letters, or send this letter by hand."
        )
        self.characters, self.places = characters, places
