"""A version of a protocol with a council's own numbers and choices in place of the files': one revision of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handhold.protocol.applying import LAST_ROUND_COUNTED
from handhold.protocol.definition import Unit
from handhold.protocol.pathways import Protocol

MOST: Mapping[Unit, int] = {
    "working-days": 260,
    "calendar-days": 365,
    "calendar-months": 120,
    "minutes": 1440,
    "times": LAST_ROUND_COUNTED,
    "yes-or-no": 1,
}
"""No number is larger than this: one above it is a slip of the hand, or is not counted so far."""


def with_values(protocol: Protocol, values: Mapping[str, int]) -> Protocol:
    """The protocol with these values; settings that are not named keep the file's, names that it lacks are left out."""
    numbers = {
        name: setting.model_copy(update={"value": values[name]}) if name in values else setting
        for name, setting in protocol.file.settings.items()
    }
    chosen = {name: setting.value for name, setting in numbers.items()}
    return replace(
        protocol,
        file=protocol.file.model_copy(update={"settings": numbers}),
        pathways={name: replace(pathway, settings=chosen) for name, pathway in protocol.pathways.items()},
    )


def find_value_problem(protocol: Protocol, setting: str, value: int) -> str:
    """What is wrong with a number for this setting, in words for who typed it; empty where nothing is.

    Raises KeyError for a setting that the protocol does not have.
    """
    unit = protocol.file.settings[setting].unit
    most = MOST[unit]
    if value < 1 and unit != "yes-or-no":
        return "Enter 1 or more: a limit of nothing has passed before anybody can keep it."
    return f"Enter {most} or fewer." if value > most else ""
