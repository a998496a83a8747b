"""Steps that cannot be come to or gone on from: circles, conditions that never hold, gates that hold nothing back."""

from __future__ import annotations

from collections.abc import Iterator

from handhold.protocol.applying import LAST_ROUND_COUNTED
from handhold.protocol.checking.places import Spot, StepPlace, pathway_files, pathway_spot, step_places
from handhold.protocol.deciding import ANYBODY
from handhold.protocol.definition import Condition, Effect
from handhold.protocol.loading import Fault
from handhold.protocol.pathways import Pathway, Protocol
from handhold.protocol.reading import conditions_of

CONCERN = "concern-undecided"


def find_way_faults(protocol: Protocol) -> Iterator[Fault]:
    """Pathways that nobody can begin, steps out of reach, and steps with no way on."""
    for file, pathways in pathway_files(protocol):
        if len(pathways) == 1 and pathways[0].file is file and file.begins is None:
            what = f"Nothing says how the pathway '{file.id}' begins."
            yield pathway_spot(protocol, file).fault(what, "Add `begins:` with from_involvement, who and clauses.")
    for pathway in protocol.pathways.values():
        yield from _no_concern(protocol, pathway)
    yield from _decided_in_other_words(protocol)
    for place in step_places(protocol):
        yield from _circle(place)
        every = frozenset(place.step.outcomes)
        yield from _never(place, place.step.when, place.spot / "when", f"The step '{place.step.id}'", every)
        for name, outcome, spot in place.outcomes():
            yield from _never(place, outcome.when, spot / "when", f"The outcome '{name}'", frozenset({name}))
        yield from _no_way_on(place)
        yield from _asked_by_nobody_here(protocol, place)
        yield from _never_again(place)
        yield from _unread_situation(protocol, place)


def _no_concern(protocol: Protocol, pathway: Pathway) -> Iterator[Fault]:
    """Protection has no gate: in every pathway a concern can be reported, by anybody, and is decided."""
    steps = pathway.steps.values()
    spot = pathway_spot(protocol, pathway.file)
    if not any(step.kind == "concern" and ANYBODY in step.who and not step.when and not step.after for step in steps):
        what = f"In the pathway '{pathway.id}' not everybody can report a concern at every moment."
        yield spot.fault(what, "Add a step of the kind `concern`, who: [anybody], without `when` or `after`.")
    if not any(step.when and step.when.matter == CONCERN for step in steps):
        what = f"In the pathway '{pathway.id}' nobody decides on a reported concern."
        yield spot.fault(what, "Add a step with `when: {matter: concern-undecided}` that settles it.")


def _decided_in_other_words(protocol: Protocol) -> Iterator[Fault]:
    """One decision on a concern is recorded in every transfer of the family, whichever way those lead."""
    places = [one for one in step_places(protocol) if one.step.when and one.step.when.matter == CONCERN]
    for place in places:
        first = places[0].step
        if place.step.outcomes.keys() != first.outcomes.keys():
            what = f"'{place.step.id}' and '{first.id}' decide on the same concern, and their outcomes differ."
            mend = f"Give both the outcomes {', '.join(first.outcomes)}; what they are called may differ."
            yield (place.spot / "outcomes").fault(what, mend)


def _no_way_on(place: StepPlace) -> Iterator[Fault]:
    step = place.step
    if not any(outcome.done for outcome in step.outcomes.values()):
        what = f"No outcome of the step '{step.id}' counts as done, so there is no way on from it."
        yield (place.spot / "outcomes").fault(what, "Let one outcome be done, or add one with which the run goes on.")
    waited_for = {name for pathway in place.pathways for other in pathway.steps.values() for name in other.after}
    if step.exception and step.id not in waited_for:
        what = f"The step '{step.id}' can be excepted, but it holds nothing back: no step comes after it."
        yield (place.spot / "exception").fault(what, "Name it under `after` of the closure, or remove `exception`.")


def _asked_by_nobody_here(protocol: Protocol, place: StepPlace) -> Iterator[Fault]:
    """Who may do a step asks for its exception: where all of them may be silent for ever, it is never asked for."""
    step = place.step
    elsewhere = {"receiver", *(name for name, role in protocol.file.roles.items() if role.outside_council)}
    if step.exception and elsewhere.issuperset(step.who):
        what = f"Nobody of the council can ask that '{step.id}' be excepted: only those in its `who` ask."
        mend = f"Add a relation or role of the council to `who`, and keep each outcome for `who: [{step.who[0]}]`."
        yield (place.spot / "exception").fault(what, mend)


def _never_again(place: StepPlace) -> Iterator[Fault]:
    if place.step.every and not place.step.repeats:
        what = f"The step '{place.step.id}' falls due again and again, and cannot be recorded a second time."
        yield (place.spot / "every").fault(what, "Add `repeats: true`, or take `every` away.")


def _unread_situation(protocol: Protocol, place: StepPlace) -> Iterator[Fault]:
    """How soon a return is soon has to be said where a condition asks about it."""
    asked = (word for one in conditions_of(place.step) for word in (*(one.known or ()), *(one.not_known or ())))
    if "returned-soon" in asked and protocol.file.returns_within is None:
        what = f"The step '{place.step.id}' asks whether a child returned soon, and nothing says how soon that is."
        yield (place.spot / "when").fault(what, "Add `returns_within:` with a setting to protocol.yaml.")


def _circle(place: StepPlace) -> Iterator[Fault]:
    for pathway in place.pathways:
        circle = _way_back_to(pathway, place.step.id)
        if circle and min(circle) == place.step.id:
            what = f"These steps wait for each other: {' after '.join([*circle, circle[0]])}."
            yield (place.spot / "after").fault(what, "Take one of them out of the other's `after`.")
            return


def _way_back_to(pathway: Pathway, start: str) -> list[str]:
    """The steps of a circle of `after` through `start`, beginning with it; empty where there is none."""
    waiting = [[start]]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop(0)
        for name in pathway.steps[way[-1]].after if way[-1] in pathway.steps else ():
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                waiting.append([*way, name])
    return []


def _never(
    place: StepPlace, condition: Condition | None, spot: Spot, whose: str, held: frozenset[str]
) -> Iterator[Fault]:
    """A fault where the condition can never hold. `held` are the step's outcomes that stand behind this condition."""
    if condition is None:
        return
    for why, key in _reasons_against(place, condition, held):
        mend = "Change the condition, or what should bring it about."
        yield (spot / key).fault(f"{whose} can never come: {why}.", mend)
    if condition.any_of:
        dead = [list(_reasons_against(place, one, held)) for one in condition.any_of]
        if all(dead):
            mend = "At least one of the list must be possible."
            yield (spot / "any_of").fault(f"{whose} can never come: {dead[0][0][0]}.", mend)


def _reasons_against(place: StepPlace, condition: Condition, held: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Why the condition cannot hold in any pathway of the step, with the key that says so."""
    effects = [effect for pathway in place.pathways for effect in _effects_of(pathway)]
    chosen = {effect.destination for effect in effects}
    if condition.destination is not None and not chosen & set(condition.destination):
        yield f"no outcome chooses the destination {' or '.join(condition.destination)}", "destination"
    receivers = {"none", *(effect.receiver for effect in effects)}
    if condition.receiver is not None and not receivers & set(condition.receiver):
        yield f"no outcome makes the receiver {' or '.join(condition.receiver)}", "receiver"
    for name, outcomes in (condition.outcome or {}).items():
        if set(outcomes) <= set((condition.not_outcome or {}).get(name, ())):
            yield f"'{name}' would have to stand and not to stand at {' or '.join(outcomes)}", "outcome"
        if name == place.step.id and held.issuperset(outcomes):
            yield "it waits for its own outcome", "outcome"
    for name in set(condition.chosen or ()) & set(condition.not_chosen or ()):
        yield f"'{name}' would have to be chosen and not to be chosen", "chosen"
    yield from _reasons_against_steps(place, condition)


def _reasons_against_steps(place: StepPlace, condition: Condition) -> Iterator[tuple[str, str]]:
    steps = {name: step for pathway in place.pathways for name, step in pathway.steps.items()}
    for name in condition.excepted or ():
        if name in steps and steps[name].exception is None:
            yield f"the step '{name}' has no exception", "excepted"
    for name in condition.late or ():
        if name in steps and steps[name].within is None:
            yield f"the step '{name}' has no limit of its own", "late"
    for name, written in (condition.round_at_least or {}).items():
        setting = place.spot.protocol.file.settings.get(str(written))
        least = setting.value if setting else written if isinstance(written, int) else 1
        if least > LAST_ROUND_COUNTED:
            yield f"rounds are counted to {LAST_ROUND_COUNTED}, and it asks for round {least}", "round_at_least"
        elif least > 1 and name in steps and not _comes_again(place, name):
            yield f"the step '{name}' is never done a second time", "round_at_least"


def _comes_again(place: StepPlace, name: str) -> bool:
    """Whether a step can come to a second round: it repeats, can come out not done, or is voided by another."""
    for pathway in place.pathways:
        step = pathway.steps.get(name)
        if step and (step.repeats or any(not outcome.done for outcome in step.outcomes.values())):
            return True
        if any(name in outcome.voids for other in pathway.steps.values() for outcome in other.outcomes.values()):
            return True
    return False


def _effects_of(pathway: Pathway) -> Iterator[Effect]:
    for step in pathway.steps.values():
        for outcome in step.outcomes.values():
            yield from outcome.effects
