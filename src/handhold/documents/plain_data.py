"""Turns the data of a document into plain JSON values, and finds where in it something stands."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time

LINE_BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff]")


def as_plain(value: object) -> object:
    """JSON values for dataclasses, mappings, sequences, dates (ISO) and plain values.

    Text is composed (NFC), line breaks become one sign, and signs that nobody sees are dropped; words stay as they
    were written. Raises TypeError for anything else.
    """
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return INVISIBLE.sub("", LINE_BREAKS.sub("\n", unicodedata.normalize("NFC", value)))
        case date() | time():
            return value.isoformat()
        case Mapping():
            return {str(key): as_plain(part) for key, part in value.items()}
        case list() | tuple():
            return [as_plain(part) for part in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"A document cannot be filled with a {type(value).__name__}. Hand over plain values.")


def texts_within(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Each text in plain data with its place, such as "needs[0].text"."""
    match value:
        case str():
            yield place, value
        case dict():
            for key, part in value.items():
                yield from texts_within(part, f"{place}.{key}" if place else str(key))
        case list():
            for number, part in enumerate(value):
                yield from texts_within(part, f"{place}[{number}]")
