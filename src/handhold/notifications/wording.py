"""The words of a message: plain text from a file, a reference, a link. What it is about stands behind the sign-in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from string import Template

TEXTS = files("handhold.notifications") / "texts"
TEMPLATE_NAME = re.compile(r"[a-z]+(-[a-z]+)*")

# All that may stand in a message: a reference, a path of our own pages, a date, an hour, the council's numbers to ring.
# None can be a name or a story.
ALLOWED_VALUES = {
    "ref": re.compile(r"[0-9A-HJKMNP-TV-Z]{8}"),
    "path": re.compile(r"/[0-9A-Za-z/_-]*"),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "time": re.compile(r"\d{2}:\d{2}"),
    "phones": re.compile(r"[0-9 ]{3,16}( or [0-9 ]{3,16})*"),
}


class WordsInMessage(ValueError):
    """A message was given something other than a reference, a path, a date or a time: it could be about somebody."""


class UnknownMessage(LookupError):
    """There is no text of this name."""


@dataclass(frozen=True)
class Wording:
    """A message ready to be sent."""

    subject: str
    body: str


def check_context(context: Mapping[str, str]) -> None:
    """Raise WordsInMessage unless each entry is one of `ref`, `path`, `date`, `time`, `phones`, in its shape."""
    for name, value in context.items():
        shape = ALLOWED_VALUES.get(name)
        if shape is None or not shape.fullmatch(value):
            raise WordsInMessage(f"{name} is not a reference, a path, a date, a time or numbers to ring, in its shape.")


def read_text(template: str) -> str:
    """Return the text of a template. Raises UnknownMessage."""
    text = TEXTS / f"{template}.txt"
    if not TEMPLATE_NAME.fullmatch(template) or not text.is_file():
        raise UnknownMessage(template)
    return text.read_text(encoding="utf-8")


def word_message(template: str, context: Mapping[str, str], *, site: str) -> Wording:
    """Fill a text. `site` is where pages are served (https://...); a message without a path links to its first page."""
    link = site.rstrip("/") + context.get("path", "/")
    filled = Template(read_text(template)).substitute({**context, "link": link})
    subject, _, body = filled.partition("\n")
    return Wording(subject.strip(), body.strip() + "\n")
