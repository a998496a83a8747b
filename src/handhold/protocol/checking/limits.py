"""Numbers that cannot be kept beside each other: a step that may take longer than the whole of which it is a part."""

from __future__ import annotations

from collections.abc import Iterator

from handhold.protocol.checking.places import step_places
from handhold.protocol.explaining.phrases import length
from handhold.protocol.loading import Fault
from handhold.protocol.pathways import Protocol


def find_limit_faults(protocol: Protocol) -> Iterator[Fault]:
    """Steps whose own limit is longer than that of their pathway, counted in the same unit."""
    settings = protocol.file.settings
    for place in step_places(protocol):
        within, whole = place.step.within, place.file.limit
        if not (within and whole and within.setting in settings and whole.setting in settings):
            continue
        part, all_of_it = settings[within.setting], settings[whole.setting]
        if part.unit == all_of_it.unit and part.value > all_of_it.value:
            what = f"The limit of '{place.step.id}' ({length(protocol, within.setting)}) is longer than that of the"
            mend = f"Make '{within.setting}' shorter, or '{whole.setting}' longer."
            yield (place.spot / "within").fault(
                f"{what} whole pathway ({length(protocol, whole.setting)}): the whole would be late first.", mend
            )
