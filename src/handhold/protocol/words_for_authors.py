"""Every word that a protocol can be written with, as the tables of the authors' guide: made from the language itself.

What a word does is `deciding` and `applying`; here it is only said, so that guide and language cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable

from handhold.protocol import definition as d
from handhold.protocol.council import ConcernRule, MeetingRule, ProtocolFile, QueueRule, ReminderRule, Role, Setting
from handhold.protocol.papers import FormField, FormSection
from handhold.protocol.vocabulary import DECISIONS_OF, EXCEPTIONS, KINDS, MATTERS, SOURCES, WORDS

UNITS: dict[d.Unit, str] = {
    "working-days": "Monday to Friday without bank holidays; it ends when the offices close on the last of them",
    "calendar-days": "every day counts",
    "calendar-months": "to the same day of a later month",
    "minutes": "the clock runs on, also at night",
    "times": "how often; for a round that a condition asks for",
    "yes-or-no": "a choice of the council, `true` or `false`; for `chosen` and `not_chosen`",
}
INVOLVEMENTS: dict[d.InvolvementKind, str] = {
    "care": "looked after by the council",
    "child-protection": "under a child protection plan",
    "child-in-need": "under a child in need plan",
    "assessment": "being assessed by social work",
    "pathways": "leaving care, with a personal adviser",
    "early-help": "helped with a plan, by somebody who leads it; needs live consent",
    "single-agency": "helped by one agency; needs live consent",
    "early-help-offer": "early help is offered and not agreed to yet",
    "duty-offer": "may come back to a duty worker until an age",
    "referral": "at the front door, not decided yet",
}
RELATIONS: dict[d.Relation, str] = {
    "responsible-worker": "who is responsible for the children now",
    "responsible-manager": "who manages that person",
    "receiver": "who is asked, or has agreed, to take over",
    "stand-in": "the council's person who stands in for a receiver who leaves: see `stand_ins`",
}
DIRECTIONS: dict[d.Direction, str] = {
    "down": "away from social work; ends with a closure for each child",
    "up": "towards social work; nothing may stand in its way",
    "beside": "beside what is open; moves nobody by itself",
}
RECEIVERS: dict[d.ReceiverState, str] = {
    "none": "nobody is asked",
    "asked": "somebody is asked and has not answered",
    "accepted": "somebody has agreed, or was chosen by the council",
}
CONSENTS: dict[d.ConsentState, str] = {
    "none": "it was never asked",
    "live": "the family has said yes, and it stands",
    "not-live": "refused, withdrawn or in dispute",
}
SITUATIONS: dict[d.Situation, str] = {
    "returned-soon": "a child of the run was stepped down from a plan no longer ago than `returns_within`",
    "turned-18": "a young person of the run is 18 or older",
    "turned-21": "a young person of the run is 21 or older",
    "turned-25": "a young person of the run is 25 or older",
}

_SOURCES = {
    **SOURCES,
    f"{DECISIONS_OF}duty-manager": "how the decisions of this role (any role, or a relation) came out, and why",
}


def tables() -> dict[str, str]:
    """Each table of the guide by its heading, whole, with the heading and a new line at its end."""
    made = {
        "Parts of protocol.yaml": _of_shapes(ProtocolFile, Role, Setting, QueueRule, MeetingRule),
        "Parts of concern and reminders": _of_shapes(ConcernRule, ReminderRule),
        "Parts of a pathway": _of_shapes(d.PathwayFile, d.Begin, d.FallsDue, d.Destination, d.Variant, d.Stage),
        "Parts of a step": _of_shapes(d.Step, d.ExceptionRule),
        "Parts of an outcome": _of_shapes(d.Outcome),
        "Parts of a limit": _of_shapes(d.Limit),
        "Parts of a form": _of_shapes(FormSection, FormField),
        "Conditions": _of_shapes(d.Condition),
        "Effects": _of_shapes(d.Effect),
        "Kinds of step": _kinds(),
        "Words of completeness": _words(),
        "Where a field is filled in from": _of_words(_SOURCES.items()),
        "Why a gate can be excepted": _of_words(EXCEPTIONS.items()),
        "What can be open about a household": _of_words(MATTERS.items()),
        "Involvements": _of_words(INVOLVEMENTS.items()),
        "Relations": _of_words(RELATIONS.items()),
        "Directions": _of_words(DIRECTIONS.items()),
        "How the receiver stands": _of_words(RECEIVERS.items()),
        "How consent stands": _of_words(CONSENTS.items()),
        "What the records can say": _of_words(SITUATIONS.items()),
        "Units": _of_words(UNITS.items()),
    }
    return {heading: f"### {heading}\n\n{table}" for heading, table in made.items()}


def _of_words(words: Iterable[tuple[str, str]]) -> str:
    return _table(("word", "means"), ((f"`{word}`", means) for word, means in words))


def _kinds() -> str:
    rows = (
        (f"`{kind}`", rule.means, ", ".join(f"`{word}`" for word in sorted(rule.words)) or "-")
        for kind, rule in KINDS.items()
    )
    return _table(("kind", "what it records", "words it can ask for"), rows)


def _words() -> str:
    rows = (
        (f"`{word}`", rule.missing, "council staff" if rule.in_council_hands else "the family, or whoever takes over")
        for word, rule in WORDS.items()
    )
    return _table(("word", "what people read while it is missing", "in whose hands it is"), rows)


def _of_shapes(*shapes: type[d.Shape]) -> str:
    """The keys of one or more parts of a file, each once."""
    several = len(shapes) > 1
    rows = []
    for shape in shapes:
        for key, field in shape.model_fields.items():
            needed = "yes" if field.is_required() else ""
            place = (_CALLED[shape],) if several else ()
            rows.append((*place, f"`{key}`", needed, field.description or _SAID[key]))
    return _table((*(("of",) if several else ()), "key", "needed", "what it says"), rows)


_CALLED: dict[type[d.Shape], str] = {
    ProtocolFile: "protocol.yaml",
    Role: "a role",
    Setting: "a setting",
    QueueRule: "a queue",
    MeetingRule: "a meeting",
    ConcernRule: "`concern`",
    ReminderRule: "`reminders`",
    d.PathwayFile: "a pathway",
    d.Begin: "`begins`",
    d.FallsDue: "`falls_due`",
    d.Destination: "a destination",
    d.Variant: "a variant",
    d.Stage: "a stage",
    d.Step: "a step",
    d.ExceptionRule: "its `exception`",
    FormSection: "a section",
    FormField: "a field",
}
_SAID: dict[str, str] = {
    "accountable": "the role that answers for a concern from the moment it arrives",
    "age": "the birthday",
    "also_called": "other names of the same queue",
    "authority": "the name of the council's folder",
    "begins": "how a run begins",
    "called": "in plain words, as pages show it",
    "chaired_by": "the role that chairs it",
    "clauses": "the statements that it carries out",
    "concept": "what it is about",
    "concern": "how a safeguarding concern is received",
    "council": "what the council is called",
    "decided_by": "who decides on it, never who asked",
    "destinations": "where a run can lead, by name",
    "direction": "`down`, `up` or `beside`",
    "early_help": "whether early help follows",
    "exception": "how the gate can be excepted",
    "fields": "its fields",
    "from_involvement": "from what it comes",
    "hint": "a line under the label",
    "id": "its name, for good",
    "in_force": "the first day on which it holds",
    "involvements": "what each involvement is called here",
    "kind": "what sort of thing it records",
    "kinds": "why it can be excepted",
    "label": "what is asked",
    "looked_after_by": "the role that takes from it",
    "means": "what it is, in a few words",
    "meetings": "meetings that sit at regular times",
    "numbers": "telephone numbers, in the order in which they are rung",
    "office_closes": "a time of day",
    "office_opens": "a time of day",
    "outcomes": "how it can come out, by name",
    "queues": "lists from which teams take their work",
    "received_by": "roles that receive it",
    "reminders": "what is said as time alone passes",
    "required": "whether it must be written",
    "roles": "who there is",
    "settings": "the numbers",
    "source": "which paper is carried out: `title`, `status`, `remark`",
    "stages": "steps that belong together on the page",
    "steps": "its steps",
    "summary": "what it is for, in a sentence or two",
    "title": "what it is called",
    "unit": "in what it is counted",
    "value": "the number",
}
"""What the keys say whose own description the language leaves out, because their name says it."""


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = tuple(heads)
    lines = [_row(heads), _row("---" for _ in heads), *(_row(row) for row in rows)]
    return "\n".join([*lines, ""])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
