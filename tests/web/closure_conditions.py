"""What must be there before York's step down closes, written out by hand: condition by condition, with its own words.

Not read from the protocol: so that a gate which falls out of it, or a wrong word on the page, is found. A condition is
`missing`, `met`, `excepted` (where that can be) or `asked` (an exception that nobody has decided yet).
"""

from collections.abc import Iterator
from typing import NamedTuple

Ways = tuple[str, ...]
State = tuple[str, ...]
"""How each condition of a list stands, in the order of the list."""

MISSING, MET, EXCEPTED, ASKED, NOT_ASKED_FOR = "missing", "met", "excepted", "asked", "not asked for"
EITHER: Ways = (MISSING, MET)
CONCERN = "concern"
YOU = "you"


class Condition(NamedTuple):
    """One condition of the closure: the step, what the page calls it, its clause, who supplies it, how it is met.

    exception: the kind by which it can be excepted. only_if_excepted: it is asked for only where that one is excepted.
    """

    step: str
    called: str
    clause: str
    outcome: str
    who: str = YOU
    exception: str = ""
    per_child: bool = False
    only_if_excepted: str = ""

    @property
    def ways(self) -> Ways:
        """How it can stand where it is asked for."""
        return (*EITHER, EXCEPTED) if self.exception else EITHER


class Line(NamedTuple):
    """One line of a refusal: what is missing, who can supply it, the clause, the step to go to, the way round it."""

    what: str
    who: str
    clause: str
    step: str
    exception: bool = False


CONSIDERED = "early-help-considered"
AUTHORISED = Condition(
    "assessment-authorised", "Authorise the single assessment", "Y23", "authorised", who="team-manager"
)
AGREED = (
    AUTHORISED,
    Condition("plan-proposed", "Write the early help plan", "Y11", "written"),
    Condition("assessment-shown", "Show the family the assessment", "Y15", "shown", exception="declined"),
    Condition("consent", "Ask the family for consent to early help", "Y9", "given"),
    Condition("plan-agreed", "Agree the early help plan with the family", "Y15", "agreed", exception="not-possible"),
)
ENDED = (
    Condition("ending-visit", "Make the ending visit", "Y26", "visited", exception="declined"),
    Condition("endings-letter", "Write the endings letter", "Y26", "given", exception="unsafe", per_child=True),
)
RECORDED = (
    Condition("section-2-written", "Check section 2 of the early help recording form", "Y34", "written"),
    Condition(
        "lead-on-record",
        "Add the lead practitioner to the professional relationships",
        "Y27",
        "added",
        per_child=True,
    ),
)
CLOSED = (
    Condition("closure-begun", "Begin the closure", "Y57", "begun"),
    Condition("closure-overseen", "Oversee the closure", "Y57", "agreed", who="team-manager"),
)

CONDITIONS: dict[str, tuple[Condition, ...]] = {
    "partner-led": (
        *AGREED,
        Condition(
            "preferred-lead",
            "Ask who the family would most like to lead",
            "Y16",
            "recorded",
            exception="declined",
        ),
        Condition("lead-answer", "Answer whether you will lead", "Y16", "accepted"),
        *ENDED,
        *RECORDED,
        Condition("assigned-to-partner-led-eha", "Assign the form to 'Partner led EHA'", "Y35", "assigned"),
        *CLOSED,
    ),
    "targeted": (
        *AGREED,
        Condition(
            "support-decided",
            "Decide on the request at the weekly transfer meeting",
            "Y21",
            "allocated",
            who="practice-manager",
        ),
        Condition("handover-meeting", "Hold the joint handover meeting", "Y23", "held", exception="not-possible"),
        Condition(
            "receiver-met-family",
            "Meet or speak with the family",
            "Y56",
            "met",
            who="support-practitioner",
            only_if_excepted="handover-meeting",
        ),
        Condition("team-told", "Tell the team around the child", "Y24", "told", exception="not-applicable"),
        *ENDED,
        *RECORDED,
        Condition(
            "practitioner-confirmed", "Confirm the support practitioner", "Y36", "confirmed", who="practice-manager"
        ),
        *CLOSED,
    ),
    "universal": (
        Condition(CONSIDERED, "Consider early help", "Y10", "universal"),
        AUTHORISED,
        *ENDED,
        *CLOSED,
    ),
}
OUTCOMES = {
    "partner-led": "early-help-begins",
    "targeted": "targeted-help-begins",
    "universal": "universal-services",
}
"""The outcome of the closure that fits each destination."""

UNDECIDED = Line(
    "A safeguarding concern about a child of this household has not been decided yet.",
    "front-door",
    "H3",
    "concern-decided",
)
NO_CONSENT = Line("The family has not given consent to early help yet.", YOU, "H2", "consent")
NO_RECEIVER = {
    "partner-led": Line("The practitioner who was asked to take over has not accepted yet.", YOU, "H10", "lead-answer"),
    "targeted": Line("Nobody has accepted to take over yet.", YOU, "H10", "support-decided"),
}
NOT_OFFERED = Line(
    "“Close; universal services only” cannot be chosen as things stand now,"
    " but only when the destination is universal services.",
    "team-manager",
    "Y26",
    "",
)
"""What the page says beside the steps: the gates that no exception opens, and a closure to where nobody decided."""


def ways_of(condition: Condition, before: dict[str, str], *, with_asked: bool = False) -> Ways:
    """How a condition can stand, given those before it in the list."""
    if condition.only_if_excepted and before.get(condition.only_if_excepted) != EXCEPTED:
        return (NOT_ASKED_FOR,)
    return (*condition.ways, ASKED) if with_asked and condition.exception else condition.ways


def every_state(destination: str, *, with_asked: bool = False) -> Iterator[State]:
    """Every way in which the conditions and an undecided concern can stand together; the concern comes first."""
    return states_with_at_most(len(CONDITIONS[destination]) + 1, destination, with_asked=with_asked)


def states_with_at_most(most: int, destination: str, *, with_asked: bool = False) -> Iterator[State]:
    """Every state in which at most so many conditions, the concern among them, are other than simply met."""
    conditions = CONDITIONS[destination]

    def go_on(state: State, left: int) -> Iterator[State]:
        if len(state) > len(conditions):
            yield state
            return
        before = by_step(destination, state)
        for way in ways_of(conditions[len(state) - 1], before, with_asked=with_asked):
            spent = way not in {MET, NOT_ASKED_FOR}
            if spent <= left:
                yield from go_on((*state, way), left - spent)

    for concern in EITHER:
        yield from go_on((concern,), most - (concern == MISSING))


def by_step(destination: str, state: State) -> dict[str, str]:
    """The same state, or the beginning of one, with its names."""
    names = (CONCERN, *(condition.step for condition in CONDITIONS[destination]))
    return dict(zip(names, state, strict=False))


def lines_of(destination: str, state: State) -> list[Line]:
    """What the closure is refused with; nothing where it goes through."""
    stands = by_step(destination, state)
    found = [
        _line_of(condition, stands[condition.step])
        for condition in CONDITIONS[destination]
        if stands[condition.step] in {MISSING, ASKED}
    ]
    if stands[CONCERN] == MISSING:
        found.append(UNDECIDED)
    if stands.get("consent") == MISSING:
        found.append(NO_CONSENT)
    if MISSING in (stands.get("lead-answer"), stands.get("support-decided")):
        found.append(NO_RECEIVER[destination])
    if stands.get(CONSIDERED) == MISSING:
        found.append(NOT_OFFERED)
    return found


def _line_of(condition: Condition, way: str) -> Line:
    """An exception that was asked for waits for who decides it, and is not asked for twice."""
    if way == ASKED:
        return Line(condition.called, "team-manager", condition.clause, condition.step)
    return Line(condition.called, condition.who, condition.clause, condition.step, bool(condition.exception))
