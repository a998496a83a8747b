"""Turns of phrase that refusals, explanations and pictures share: people, limits, conditions, effects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handhold.protocol.deciding import ANYBODY
from handhold.protocol.definition import Condition, Effect, Limit, Situation
from handhold.protocol.pathways import Pathway, Protocol
from handhold.protocol.vocabulary import MATTERS

UNITS = {
    "working-days": "working day",
    "calendar-days": "day",
    "calendar-months": "month",
    "minutes": "minute",
    "times": "time",
}

RECEIVERS = {
    "none": "nobody has been asked to take over",
    "asked": "the practitioner who is to take over has been asked",
    "accepted": "the practitioner who takes over has accepted",
}

SITUATIONS: dict[Situation, str] = {
    "returned-soon": "a child was stepped down from a plan only a short while ago",
    "turned-18": "a young person is 18 or older",
    "turned-21": "a young person is 21 or older",
    "turned-25": "a young person is 25 or older",
}
"""What the records can say about a run's children, as a clause of a sentence."""

CONSENTS = {"none": "consent has not been asked", "live": "consent is live", "not-live": "there is no live consent"}


def one_of(words: Iterable[str]) -> str:
    """The words as a choice: `a`, `a or b`, `a, b or c`."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def all_of(words: Iterable[str]) -> str:
    """The words as a list: `a`, `a and b`, `a, b and c`."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def sentence(words: str) -> str:
    """The words with a capital letter and a full stop."""
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '?')) else '.'}"


def person(protocol: Protocol, code: str) -> str:
    """A role or a relation as it is called here."""
    if code == ANYBODY:
        return "anybody"
    relations: Mapping[str, str] = {str(name): words for name, words in protocol.file.relations.items()}
    if code in relations:
        return relations[code]
    return f"the {protocol.file.roles[code].called}"


def people(protocol: Protocol, codes: Iterable[str]) -> str:
    """Roles and relations as a choice; each once."""
    return one_of(dict.fromkeys(person(protocol, code) for code in codes))


def length(protocol: Protocol, setting: str) -> str:
    """A setting as it stands: `5 working days`, `3 times`, `yes`."""
    found = protocol.file.settings[setting]
    if found.is_choice:
        return "yes" if found.value else "no"
    return f"{found.value} {UNITS[found.unit]}{'' if found.value == 1 else 's'}"


def limit(protocol: Protocol, pathway: Pathway, rule: Limit) -> str:
    """A limit with what starts it: `within 5 working days of “Authorise the assessment”`."""
    end = f", until {title(pathway, rule.until)} is done" if rule.until else ""
    return f"within {length(protocol, rule.setting)} of {_event(pathway, rule)}{end}"


def least_time(protocol: Protocol, pathway: Pathway, rule: Limit) -> str:
    """A least time with what starts it: `no sooner than 10 working days after “Allocate a social worker”`."""
    return f"no sooner than {length(protocol, rule.setting)} after {_event(pathway, rule)}"


def again(protocol: Protocol, pathway: Pathway, rule: Limit) -> str:
    """How often something falls due: `every 6 weeks, the first time after “Hold the first meeting”`."""
    return f"every {length(protocol, rule.setting)}, the first time after {_event(pathway, rule)}"


def _event(pathway: Pathway, rule: Limit) -> str:
    return "the start of the transfer" if rule.of == "start" else title(pathway, rule.of)


def title(pathway: Pathway, step: str) -> str:
    """The title of a step, in quotation marks."""
    return quoted(pathway.steps[step].title)


def called(pathway: Pathway, step: str, outcomes: Iterable[str]) -> str:
    """Outcomes of a step as they stand on its buttons."""
    return one_of(quoted(pathway.steps[step].outcomes[outcome].called) for outcome in outcomes)


def quoted(words: str) -> str:
    """The words as somebody wrote them, apart from the sentence around them."""
    return f"“{words}”"


def plain(code: str) -> str:
    """A code that no part of the protocol gives words for."""
    return code.replace("-", " ")


def involvement(protocol: Protocol, pathway: Pathway, word: str) -> str:
    """An involvement as it is called here."""
    if word == "every":
        return "everything that is open"
    kind = pathway.origin if word == "origin" else word
    names: Mapping[str, str] = {str(name): words for name, words in protocol.file.involvements.items()}
    return names.get(kind, plain(kind))


def condition(protocol: Protocol, pathway: Pathway, rule: Condition) -> str:
    """A condition as a clause of a sentence."""
    return all_of(_conditions(protocol, pathway, rule))


def _conditions(protocol: Protocol, pathway: Pathway, rule: Condition) -> Iterator[str]:
    if rule.destination is not None:
        yield f"the destination is {one_of(pathway.file.destinations[name].called for name in rule.destination)}"
    if rule.receiver is not None:
        yield one_of(RECEIVERS[state] for state in rule.receiver)
    if rule.matter is not None:
        yield MATTERS[rule.matter]
    yield from _conditions_on_steps(pathway, rule)
    if rule.involvement_open is not None:
        yield f"{involvement(protocol, pathway, rule.involvement_open)} is open for a child"
    if rule.involvement_not_open is not None:
        yield f"{involvement(protocol, pathway, rule.involvement_not_open)} is open for no child"
    yield from (SITUATIONS[word] for word in rule.known or ())
    yield from (f"it is not so that {SITUATIONS[word]}" for word in rule.not_known or ())
    yield from (f"the council's choice is yes: {_meaning(protocol, name)}" for name in rule.chosen or ())
    yield from (f"the council's choice is no: {_meaning(protocol, name)}" for name in rule.not_chosen or ())
    if rule.some_child_still_open is not None:
        yield "a child has no outcome yet" if rule.some_child_still_open else "every child has an outcome"
    if rule.any_of is not None:
        yield f"at least one of these holds: {one_of(condition(protocol, pathway, one) for one in rule.any_of)}"


def _meaning(protocol: Protocol, setting: str) -> str:
    return quoted(protocol.file.settings[setting].means)


def _conditions_on_steps(pathway: Pathway, rule: Condition) -> Iterator[str]:
    for step, outcomes in (rule.outcome or {}).items():
        yield f"{title(pathway, step)} came out as {called(pathway, step, outcomes)}"
    for step, outcomes in (rule.not_outcome or {}).items():
        yield f"{title(pathway, step)} did not come out as {called(pathway, step, outcomes)}"
    for step in rule.excepted or ():
        yield f"{title(pathway, step)} was excepted"
    for step in rule.late or ():
        yield f"the limit of {title(pathway, step)} has passed"
    for step, least in (rule.round_at_least or {}).items():
        yield f"{title(pathway, step)} is to be done for the {_ORDINALS[pathway.number(least)]} time or later"


_ORDINALS = {1: "first", 2: "second", 3: "third"}


def effect(protocol: Protocol, pathway: Pathway, rule: Effect) -> str:
    """What an effect brings about, as a clause of a sentence."""
    word = rule.word()
    value = getattr(rule, word)
    to = person(protocol, rule.to) if rule.to else ""
    if word in _EFFECTS_ON_INVOLVEMENTS:
        return _EFFECTS_ON_INVOLVEMENTS[word].format(what=involvement(protocol, pathway, value), to=to)
    if word == "reallocate_from":
        return f"everything that {person(protocol, value)} is accountable for passes to {to}"
    return _OTHER_EFFECTS[word].format(what=_called_here(protocol, pathway, word, value))


_EFFECTS_ON_INVOLVEMENTS = {
    "open": "“{what}” begins, and {to} is accountable for it",
    "close": "“{what}” ends",
    "allocate": "{to} becomes accountable for “{what}”",
    "main_contact": "who is accountable for “{what}” becomes the family's main contact",
}

_OTHER_EFFECTS = {
    "destination": "the destination is {what}",
    "consent": "{what}",
    "receiver": "{what}",
    "put_in_queue": "it is put into the queue “{what}”",
    "take_from_queue": "it leaves the queue “{what}”",
    "put_on_meeting": "it goes on the next meeting of “{what}”",
    "open_form": "the form “{what}” is opened",
    "start_run": "“{what}” begins for the same children",
    "open_matter": "from then on {what}",
    "settle_matter": "it is no longer so that {what}",
    "end_child": "the transfer is over for the child, with the outcome “{what}”",
    "end_run": "the transfer is over, with the outcome “{what}”",
}


def _called_here(protocol: Protocol, pathway: Pathway, word: str, value: str) -> str:
    """What an effect names, in the protocol's own words."""
    file = protocol.file
    words: dict[str, Mapping[str, str]] = {
        "destination": {name: one.called for name, one in pathway.file.destinations.items()},
        "consent": CONSENTS,
        "receiver": RECEIVERS,
        "put_in_queue": {name: one.called for name, one in file.queues.items()},
        "take_from_queue": {name: one.called for name, one in file.queues.items()},
        "put_on_meeting": {name: one.called for name, one in file.meetings.items()},
        "open_form": {name: one.title for name, one in protocol.forms.items()},
        "start_run": {name: one.file.title for name, one in protocol.pathways.items()},
        "open_matter": {str(name): said for name, said in MATTERS.items()},
        "settle_matter": {str(name): said for name, said in MATTERS.items()},
    }
    return words.get(word, {}).get(value, plain(value))
