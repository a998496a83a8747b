"""What is defined and nothing uses: a role, setting, queue, meeting or form that can only mislead who reads it."""

from __future__ import annotations

from collections.abc import Iterator

from handhold.protocol.checking.places import all_parts, form_spot, main_spot
from handhold.protocol.council import ProtocolFile
from handhold.protocol.definition import Condition, Effect, Limit, Shape
from handhold.protocol.loading import Fault
from handhold.protocol.pathways import Protocol


def find_unused_faults(protocol: Protocol) -> Iterator[Fault]:
    """Definitions that no step, limit or rule names."""
    file, top = protocol.file, main_spot(protocol)
    used = {name for part, _ in all_parts(protocol) for name in _names_used(part)}
    for called, key in (("role", "roles"), ("setting", "settings"), ("queue", "queues"), ("meeting", "meetings")):
        for name in getattr(file, key):
            if (called, name) not in used:
                yield (top / key / name).fault(
                    f"Nothing uses the {called} '{name}'.", "Use it in a step, or remove it."
                )
    for form in protocol.forms:
        if ("form", form) not in used:
            what = f"No step opens or fills in the form '{form}'."
            yield form_spot(protocol, form).fault(what, "Name it in a step, or remove the file.")


def _names_used(part: Shape) -> Iterator[tuple[str, str]]:
    """What one part of a protocol names: (role, ...), (setting, ...), ..."""
    if isinstance(part, ProtocolFile):
        yield from (("role", name) for pair in part.stand_ins.items() for name in pair)
        yield from (("role", name) for roles in part.sight.values() for name in roles)
    if isinstance(part, Limit):
        yield "setting", part.setting
    if isinstance(part, Condition):
        rounds = (part.round_at_least or {}).values()
        names = (*(part.chosen or ()), *(part.not_chosen or ()), *(name for name in rounds if isinstance(name, str)))
        yield from (("setting", name) for name in names)
    if isinstance(part, Effect):
        yield "queue", part.put_in_queue or ""
        yield "meeting", part.put_on_meeting or ""
        yield "form", part.open_form or ""
    for key in ("who", "decided_by", "limit_goes_to", "then_to", "received_by", "chased_by"):
        yield from (("role", name) for name in getattr(part, key, None) or ())
    for key, called in (
        ("looked_after_by", "role"),
        ("chaired_by", "role"),
        ("accountable", "role"),
        ("not_received_after", "setting"),
        ("not_seen_after", "setting"),
        ("returns_within", "setting"),
        ("ahead", "setting"),
        ("escalated_after", "setting"),
        ("long_absence", "setting"),
        ("form", "form"),
        ("queue", "queue"),
        ("due", "setting"),
    ):
        yield called, getattr(part, key, None) or ""
