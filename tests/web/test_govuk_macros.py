"""GOV.UK's components as we draw them are GOV.UK's: held against every fixture that its npm package brings."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from handhold.web.govuk_macros import GOVUK_MACROS, macro_name

ROOT = Path(__file__).resolve().parent.parent.parent
COMPONENTS = ROOT / "node_modules/govuk-frontend/dist/govuk/components"
FIXTURES = sorted(COMPONENTS.glob("*/fixtures.json"))
Token = tuple[str, ...]


class Tokens(HTMLParser):
    """Tags with their attributes in order, and words: what a browser sees, without the layout of the source."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(("<", tag, *(f"{name}={self.plain(value or '')}" for name, value in sorted(attrs))))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((">", tag))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(("words", self.plain(data)))

    @staticmethod
    def plain(text: str) -> str:
        return re.sub(r"\s+", " ", text).strip()


def tokens(html: str) -> list[Token]:
    parser = Tokens()
    parser.feed(html)
    parser.close()
    return parser.found


def fixtures_in(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["fixtures"]
    return found


def test_every_fixture_of_govuk_is_there() -> None:
    assert sum(len(fixtures_in(file)) for file in FIXTURES) == 657


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.parent.name)
def test_a_component_is_drawn_as_govuk_draws_it(file: Path) -> None:
    draw = GOVUK_MACROS[macro_name(file.parent.name)]
    differing = [
        fixture["name"] for fixture in fixtures_in(file) if tokens(draw(fixture["options"])) != tokens(fixture["html"])
    ]
    assert differing == []


def test_the_comparison_sees_a_difference() -> None:
    assert tokens("<p class='a'>word  word</p>") == tokens('<p class="a">\n word word</p>')
    assert tokens("<p class='a'>word</p>") != tokens("<p class='b'>word</p>")
    assert tokens("<p>word</p>") != tokens("<p>words</p>")


def test_what_people_wrote_is_never_markup() -> None:
    assert "<b>" not in GOVUK_MACROS["govukTag"]({"text": "<b>Ada</b>"})
    assert "<b>" in GOVUK_MACROS["govukTag"]({"html": "<b>Ada</b>"})
