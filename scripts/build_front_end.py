"""Copies the third-party files of the pages and letters from node_modules to the ignored folders that serve them.

Changes on the way what a council may not use: the GDS Transport font, the crown and the GOV.UK icons go, and addresses
of images become relative, so that hashed file names work. Nothing here is specific to one page.
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src/handhold/web/static/vendor"
FONTS = ROOT / "src/handhold/documents/fonts"

GOVUK = MODULES / "govuk-frontend/dist/govuk"
MOJ = MODULES / "@ministryofjustice/frontend/moj"
ARIMO = MODULES / "@expo-google-fonts/arimo"

FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
SOURCE_MAP = re.compile(r"/\*#\s*sourceMappingURL=[^*]*\*/|^//# sourceMappingURL=.*$", re.MULTILINE)
CREST = re.compile(r"url\(/assets/images/govuk-crest\.svg\)")
IMAGE = re.compile(r"url\(/assets/images/([^)]+)\)")
FONT_STYLES = {
    "400Regular": "Regular",
    "400Regular_Italic": "Italic",
    "700Bold": "Bold",
    "700Bold_Italic": "BoldItalic",
}


def build_style(source: Path, target: Path) -> None:
    """Writes a style sheet without licensed fonts, crest or source map, its images beside it."""
    css = FONT_FACE.sub("", source.read_text(encoding="utf-8"))
    css = CREST.sub("none", css.replace("GDS Transport,", "").replace('"GDS Transport",', ""))
    css = SOURCE_MAP.sub("", IMAGE.sub(r"url(images/\1)", css))
    target.write_text(css, encoding="utf-8")
    for name in set(re.findall(r"url\(images/([^)]+)\)", css)):
        shutil.copyfile(source.parent / "assets/images" / name, target.parent / "images" / name)


def build_script(source: Path, target: Path) -> None:
    """Writes a script without its source map, which is not served."""
    target.write_text(SOURCE_MAP.sub("", source.read_text(encoding="utf-8")), encoding="utf-8")


def build() -> None:
    """Makes both folders anew."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    shutil.rmtree(FONTS, ignore_errors=True)
    (VENDOR / "images").mkdir(parents=True)
    FONTS.mkdir(parents=True)
    build_style(GOVUK / "govuk-frontend.min.css", VENDOR / "govuk.css")
    build_style(MOJ / "moj-frontend.min.css", VENDOR / "moj.css")
    build_script(GOVUK / "all.bundle.js", VENDOR / "govuk.js")
    build_script(MOJ / "all.bundle.js", VENDOR / "moj.js")
    for folder, style in FONT_STYLES.items():
        shutil.copyfile(ARIMO / folder / f"Arimo_{folder}.ttf", FONTS / f"Arimo-{style}.ttf")
    shutil.copyfile(ARIMO / "LICENSE_FONT", FONTS / "LICENSE")


if __name__ == "__main__":
    build()
