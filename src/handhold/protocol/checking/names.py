"""Names that nothing bears: every word of a protocol that points at something must point at something that is there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import get_args

from handhold.protocol.checking.places import (
    Spot,
    StepPlace,
    main_spot,
    papers_spot,
    pathway_files,
    pathway_spot,
    step_places,
)
from handhold.protocol.council import ProtocolFile, ReminderRule
from handhold.protocol.deciding import ANYBODY
from handhold.protocol.definition import Condition, Duration, Effect, Limit, PathwayFile
from handhold.protocol.loading import Fault, papers_of
from handhold.protocol.pathways import Protocol
from handhold.protocol.vocabulary import RELATIONS


def find_name_faults(protocol: Protocol) -> Iterator[Fault]:
    """Unknown steps, outcomes, roles, settings, queues, meetings, forms, letters, destinations; steps named twice."""
    yield from _in_main_file(protocol)
    yield from _in_papers(protocol)
    for file, _ in pathway_files(protocol):
        top = pathway_spot(protocol, file)
        begins = file.begins
        if begins:
            yield from _unknown_people(protocol, begins.who, top / "begins" / "who")
            if begins.after_step_of_record:
                names = {step.id for step in file.steps()}
                spot = top / "begins" / "after_step_of_record"
                yield from _unknown(begins.after_step_of_record, names, spot, "step")
            yield from _unknown_origins(protocol, file, top)
            if begins.falls_due:
                spot = top / "begins" / "falls_due" / "ahead"
                yield from _unknown_setting(begins.falls_due.ahead, protocol.file, spot)
        yield from _unknown_people(protocol, file.limit_goes_to, top / "limit_goes_to")
        yield from _in_limit(protocol, file.limit, top / "limit", {step.id for step in file.steps()})
    yield from _doubled_steps(protocol)
    for place in step_places(protocol):
        yield from _in_step(protocol, place)


def _in_papers(protocol: Protocol) -> Iterator[Fault]:
    """Roles, queue and settings of what partners send in."""
    papers, top, file = papers_of(protocol), papers_spot(protocol), protocol.file
    if papers is None:
        return
    for key in ("received_by", "chased_by"):
        for role in getattr(papers, key):
            yield from _unknown(role, file.roles, top / key, "role")
    yield from _unknown(papers.queue, file.queues, top / "queue", "queue")
    for kind, rule in papers.kinds.items():
        yield from _unknown_setting(rule.due, file, top / "kinds" / kind / "due")
        steps = {name for pathway in protocol.pathways.values() for name in pathway.steps}
        for step in (*rule.recorded_as, *([rule.then_recorded] if rule.then_recorded else [])):
            yield from _unknown(step, steps, top / "kinds" / kind / "recorded_as", "step")


def _in_main_file(protocol: Protocol) -> Iterator[Fault]:
    file, top = protocol.file, main_spot(protocol)
    for relation in RELATIONS:
        if relation not in file.relations:
            spot = top / "relations"
            yield spot.fault(f"Nothing says what '{relation}' is called here.", f"Add a line `{relation}: ...`.")
    for leaver, successor in file.stand_ins.items():
        yield from _unknown(leaver, file.roles, top / "stand_ins" / leaver, "role")
        yield from _unknown(successor, file.roles, top / "stand_ins" / leaver, "role")
    for sight, roles in file.sight.items():
        for role in roles:
            yield from _unknown(role, file.roles, top / "sight" / sight, "role")
    for name, queue in file.queues.items():
        yield from _unknown(queue.looked_after_by, file.roles, top / "queues" / name, "role")
    for name, meeting in file.meetings.items():
        yield from _unknown(meeting.chaired_by, file.roles, top / "meetings" / name, "role")
    yield from _in_rules_of_the_council(file, top)


def _in_rules_of_the_council(file: ProtocolFile, top: Spot) -> Iterator[Fault]:
    """What the rules beside the pathways name: how a concern is received, how soon is soon."""
    concern = top / "concern"
    yield from _unknown(file.concern.accountable, file.roles, concern / "accountable", "role")
    yield from _unknown_setting(file.concern.not_received_after, file, concern / "not_received_after")
    yield from _unknown_settings(file, top)
    for role in file.concern.received_by:
        yield from _unknown(role, file.roles, concern / "received_by", "role")
    for role in file.concern.if_about_them:
        yield from _unknown(role, file.roles, concern / "if_about_them", "role")
    if file.reminders:
        yield from _in_reminders(file, file.reminders, top / "reminders")


def _in_reminders(file: ProtocolFile, rule: ReminderRule, spot: Spot) -> Iterator[Fault]:
    for key in ("ahead", "escalated_after"):
        yield from _unknown_setting(getattr(rule, key), file, spot / key)
    for role in rule.then_to:
        yield from _unknown(role, file.roles, spot / "then_to", "role")


def _unknown_settings(file: ProtocolFile, top: Spot) -> Iterator[Fault]:
    for key in ("returns_within", "not_seen_after", "long_absence"):
        if name := getattr(file, key):
            yield from _unknown_setting(name, file, top / key)


def _doubled_steps(protocol: Protocol) -> Iterator[Fault]:
    seen: dict[tuple[str, str], StepPlace] = {}
    for place in step_places(protocol):
        for pathway in place.pathways:
            first = seen.setdefault((pathway.id, place.step.id), place)
            if first is not place:
                what = f"There are two steps called '{place.step.id}'."
                yield (place.spot / "id").fault(what, "Give one of them another id; an id is never used twice.")


def _in_step(protocol: Protocol, place: StepPlace) -> Iterator[Fault]:
    step, spot = place.step, place.spot
    own = _steps_in_all(place)
    for key in ("after", "not_by_author_of"):
        for position, name in enumerate(getattr(step, key)):
            known = _steps_in_any(place) if place.file.variants else own
            yield from _unknown(name, known, spot / key / position, "step")
    yield from _unknown_people(protocol, step.who, spot / "who")
    if step.exception:
        yield from _unknown_people(protocol, step.exception.decided_by, spot / "exception" / "decided_by")
    for key in ("within", "not_before", "every"):
        yield from _in_limit(protocol, getattr(step, key), spot / key, own)
    yield from _in_condition(place, step.when, spot / "when")
    yield from _in_documents(protocol, place)
    for _, outcome, below in place.outcomes():
        yield from _unknown_people(protocol, outcome.who or [], below / "who")
        for position, role in enumerate(outcome.allocates):
            yield from _unknown(role, protocol.file.roles, below / "allocates" / position, "role")
        yield from _in_condition(place, outcome.when, below / "when")
        for position, name in enumerate(outcome.voids):
            yield from _unknown(name, _steps_in_any(place), below / "voids" / position, "step")
        for position, effect in enumerate(outcome.effects):
            yield from _in_effect(protocol, place, effect, below / "effects" / position)


def _unknown_origins(protocol: Protocol, file: PathwayFile, top: Spot) -> Iterator[Fault]:
    """From which involvement a pathway comes: said once, in `begins` or by its variants, and by a name known here."""
    told = [file.begins.from_involvement, file.begins.opens] if file.begins else []
    begun = [kind for kind in told if kind]
    if len(begun) + bool(file.variants) != 1:
        mend = "Write `from_involvement` or `opens` in `begins`, or give `variants`, and only one of them."
        yield (top / "begins").fault("It is not clear from which involvement this pathway comes.", mend)
    for kind in (*begun, *(variant.from_involvement for variant in file.variants)):
        yield from _unknown(kind, protocol.file.involvements, top / "begins", "involvement")


def _in_documents(protocol: Protocol, place: StepPlace) -> Iterator[Fault]:
    step, spot = place.step, place.spot
    if step.form:
        yield from _unknown(step.form, protocol.forms, spot / "form", "form")
    letters = protocol.folder / "letters"
    if step.letter and not any(letters.glob(f"{step.letter}*.typ")):
        mend = f"Write letters/{step.letter}.typ, or one for each age ({step.letter}-child.typ)."
        yield (spot / "letter").fault(f"There is no letter called '{step.letter}'.", mend)


def _in_effect(protocol: Protocol, place: StepPlace, effect: Effect, spot: Spot) -> Iterator[Fault]:
    file = protocol.file
    known: dict[str, Collection[str]] = {
        "destination": _destinations_in_any(place),
        "put_in_queue": file.queues,
        "take_from_queue": file.queues,
        "put_on_meeting": file.meetings,
        "open_form": protocol.forms,
        "open": (*file.involvements, "origin"),
        "start_run": protocol.pathways,
    }
    if effect.to:
        yield from _unknown(effect.to, (*file.roles, *RELATIONS), spot / "to", "role or relation")
    called = {
        "put_in_queue": "queue",
        "take_from_queue": "queue",
        "put_on_meeting": "meeting",
        "open_form": "form",
        "start_run": "pathway",
    }
    for word in effect.words():
        if word in known:
            name = "involvement" if word == "open" else called.get(word, word)
            yield from _unknown(getattr(effect, word), known[word], spot / word, name)


def _in_limit(protocol: Protocol, limit: Limit | None, spot: Spot, steps: Collection[str]) -> Iterator[Fault]:
    if limit:
        yield from _unknown_setting(limit.setting, protocol.file, spot / "setting")
        yield from _unknown(limit.of, {*steps, "start"}, spot / "of", "step")
        if limit.until:
            yield from _unknown(limit.until, steps, spot / "until", "step")


def _in_condition(place: StepPlace, condition: Condition | None, spot: Spot) -> Iterator[Fault]:
    if condition is None:
        return
    for name in condition.destination or ():
        yield from _unknown(name, _destinations_in_any(place), spot / "destination", "destination")
    steps = _steps_in_all(place)
    for key in ("outcome", "not_outcome", "round_at_least"):
        for name in getattr(condition, key) or ():
            yield from _unknown(name, steps, spot / key / name, "step")
    for key in ("excepted", "late"):
        for name in getattr(condition, key) or ():
            yield from _unknown(name, steps, spot / key, "step")
    yield from _settings_read(place.spot.protocol.file, condition, spot)
    for key in ("outcome", "not_outcome"):
        yield from _unknown_outcomes(place, getattr(condition, key) or {}, spot / key)
    for position, one in enumerate(condition.any_of or ()):
        yield from _in_condition(place, one, spot / "any_of" / position)


def _settings_read(file: ProtocolFile, condition: Condition, spot: Spot) -> Iterator[Fault]:
    """Choices and numbers that the condition itself reads."""
    for key in ("chosen", "not_chosen"):
        for name in getattr(condition, key) or ():
            yield from _unknown_setting(name, file, spot / key, ("yes-or-no",))
    for step, least in (condition.round_at_least or {}).items():
        if isinstance(least, str):
            yield from _unknown_setting(least, file, spot / "round_at_least" / step, ("times",))


def _unknown_setting(
    name: str, file: ProtocolFile, spot: Spot, units: Collection[str] = get_args(Duration)
) -> Iterator[Fault]:
    """Limits and rules name a length of time, conditions a choice or how often."""
    fitting = {code: setting for code, setting in file.settings.items() if setting.unit in units}
    if name in file.settings and name not in fitting:
        what = f"The setting '{name}' is counted in {file.settings[name].unit}, which has no meaning here."
        yield spot.fault(what, f"Name one that is counted in {' or '.join(units)}.")
    else:
        yield from _unknown(name, fitting, spot, "setting")


def _unknown_outcomes(place: StepPlace, named: Mapping[str, list[str]], spot: Spot) -> Iterator[Fault]:
    for name, outcomes in named.items():
        step = next((pathway.steps[name] for pathway in place.pathways if name in pathway.steps), None)
        for outcome in outcomes if step else ():
            if step and outcome not in step.outcomes:
                what = f"The step '{name}' has no outcome '{outcome}'."
                yield (spot / name).fault(what, f"It has: {', '.join(step.outcomes)}.")


def _unknown_people(protocol: Protocol, who: list[str], spot: Spot) -> Iterator[Fault]:
    for name in who:
        yield from _unknown(name, (*protocol.file.roles, *RELATIONS, ANYBODY), spot, "role or relation")


def _unknown(name: str, known: Collection[str], spot: Spot, called: str) -> Iterator[Fault]:
    if name in known:
        return
    near = get_close_matches(name, sorted(known), n=1)
    mend = f"Did you mean '{near[0]}'?" if near else f"Choose one of: {', '.join(sorted(known)) or 'none is defined'}."
    yield spot.fault(f"There is no {called} called '{name}'.", mend)


def _steps_in_all(place: StepPlace) -> set[str]:
    """The steps that are there wherever this step is: those that it may wait for or read."""
    return set.intersection(*(set(pathway.steps) for pathway in place.pathways)) if place.pathways else set()


def _steps_in_any(place: StepPlace) -> set[str]:
    """The steps that are there somewhere: voiding one that a pathway does not have is nothing done."""
    return {name for pathway in place.pathways for name in pathway.steps}


def _destinations_in_any(place: StepPlace) -> set[str]:
    return {name for pathway in place.pathways for name in pathway.file.destinations}
