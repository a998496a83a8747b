"""Waits without an end: a step that waits for somebody has a limit, and somebody to go to when it passes (H8)."""

from __future__ import annotations

from collections.abc import Iterator

from handhold.protocol.checking.places import StepPlace, pathway_spot, step_places
from handhold.protocol.definition import Step
from handhold.protocol.loading import AT_ANY_MOMENT, Fault
from handhold.protocol.pathways import Protocol


def find_wait_faults(protocol: Protocol) -> Iterator[Fault]:
    """Steps that can wait for ever, and limits that nobody hears of."""
    for pathway in protocol.pathways.values():
        file, top = pathway.file, pathway_spot(protocol, pathway.file)
        limits = file.limit or any(step.within for step in pathway.steps.values())
        if limits and not file.limit_goes_to:
            spot = top / "limit" if file.limit else top / "stages"
            mend = "Add `limit_goes_to:` with a role or a relation."
            yield spot.fault("Nobody is told when a limit of this pathway passes.", mend)
    for place in step_places(protocol):
        yield from _optional_and_owed(place)
        if _can_wait_for_ever(place):
            what = f"The step '{place.step.id}' can wait for ever: no limit holds for it."
            yield place.spot.fault(what, _mend(place))


def _optional_and_owed(place: StepPlace) -> Iterator[Fault]:
    """What need not be done has no limit, and no exception is asked of it."""
    for key in ("within", "every", "exception"):
        if place.step.optional and getattr(place.step, key):
            what = f"The step '{place.step.id}' is optional, so `{key}` has no meaning beside it."
            yield (place.spot / key).fault(what, f"Remove `{key}`, or `optional`.")


def _mend(place: StepPlace) -> str:
    if place.is_beside:
        return "Add `within:` with a setting and the step that starts it."
    may_happen = f" What may happen, and need not, stands in {AT_ANY_MOMENT}.yaml and has no limit."
    mend = "Add `within:` with a setting and the step that starts it, or a `limit` for the whole pathway."
    return mend + may_happen


def _can_wait_for_ever(place: StepPlace) -> bool:
    if place.step.within or place.step.every or place.step.optional:
        return False
    if place.is_beside:
        return _is_owed(place.step)
    return place.file.limit is None


def _is_owed(step: Step) -> bool:
    """Whether a step of any moment is a duty that something brought about, rather than a thing that may happen."""
    return step.when is not None and bool(step.when.matter or step.when.outcome)
