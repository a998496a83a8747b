"""How else a record can come out, for whoever is at its page: what may stand in its place, what is in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handhold.access.papers import find_withheld
from handhold.access.transfers import Opened
from handhold.casefiles.correcting import Corrected, outcome_of
from handhold.casefiles.undoing import Otherwise, decide_otherwise, facts_at_start
from handhold.protocol import effects as e
from handhold.protocol.correcting import Correctable, InTheWay, NotCorrectable
from handhold.protocol.facts import Child
from handhold.queries.gaps import Gap, find_gaps
from handhold.queries.naming import first_name, listed, practitioner_name
from handhold.queries.transfers import exception_words
from handhold.queries.whose_move import WhosWho
from handhold.records.models import StepRecord

DECIDED = {"granted": "The exception was granted", "refused": "The exception was refused"}
TAKEN_BACK = "taken-back"


@dataclass(frozen=True, slots=True)
class OtherOutcome:
    """How a record could come out instead. `code` is `taken-back` where nothing of it was so."""

    code: str
    called: str
    needs_reason: bool
    asks_date: bool


@dataclass(frozen=True, slots=True)
class RestsOnIt:
    """A record that stands in the way: what it says, who wrote it, where it is corrected first; empty for a concern.

    moves: by it somebody came to answer for a child, and the way on is another act.
    """

    what: str
    who: str
    step: str
    child_ref: str
    of_exception: bool
    moves: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blocked:
    """An outcome that cannot be put in the place of the other, and why."""

    code: str
    called: str
    gaps: tuple[Gap, ...]
    rests: tuple[RestsOnIt, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a record says, what it can say instead, and what it cannot."""

    now: str
    others: tuple[OtherOutcome, ...]
    blocked: tuple[Blocked, ...]


def find_choices(opened: Opened, record: StepRecord) -> Choices:
    """Every other outcome of a record's step, asked of `decide_correction`. Two statements beside those for people."""
    others: list[OtherOutcome] = []
    blocked: list[Blocked] = []
    start, whos = facts_at_start(opened.case), WhosWho(opened)
    for one in _outcomes(opened, record):
        found = decide_otherwise(_wish(opened, record, one), start)
        if isinstance(found, Correctable):
            others.append(one)
        elif isinstance(found, NotCorrectable) and not _is_not_on_offer(found):
            gaps = find_gaps(opened, found.reasons, whos)
            blocked.append(Blocked(one.code, one.called, gaps, find_rests(opened, () if gaps else found.in_the_way)))
    return Choices(called_of(opened, record), tuple(others), tuple(blocked))


def find_rests(opened: Opened, in_the_way: Iterable[InTheWay]) -> tuple[RestsOnIt, ...]:
    """The records that stand in the way, in words."""
    return tuple(_rests(opened, one) for one in in_the_way)


def called_of(opened: Opened, record: StepRecord) -> str:
    """What a record says, in the procedure's words; not why an exception was asked, for who does not read that."""
    if record.act == StepRecord.Act.EXCEPTION_ASKED and record.pk in find_withheld(opened):
        return "An exception is asked for"
    return _called(opened, record, outcome_of(record))


def _called(opened: Opened, record: StepRecord, outcome: str) -> str:
    match record.act:
        case StepRecord.Act.EXCEPTION_ASKED:
            return f"An exception is asked for: {exception_words(outcome)}"
        case StepRecord.Act.EXCEPTION_DECIDED:
            return DECIDED[outcome]
    return opened.case.pathway.steps[record.step].outcomes[outcome].called


def _outcomes(opened: Opened, record: StepRecord) -> Iterator[OtherOutcome]:
    """All that the step can come out as but for how it did, and that it was not so at all."""
    step, now = opened.case.pathway.steps[record.step], outcome_of(record)
    if record.act == StepRecord.Act.RECORDED:
        for code, outcome in step.outcomes.items():
            if code != now and not outcome.forbidden:
                asks_date = bool({"date-agreed", "date-not-too-soon"} & {*step.asks, *outcome.asks})
                yield OtherOutcome(code, outcome.called, outcome.needs_reason, asks_date)
    else:
        asked = record.act == StepRecord.Act.EXCEPTION_ASKED
        codes = step.exception.kinds if asked and step.exception else () if asked else ("granted", "refused")
        yield from (OtherOutcome(code, _called(opened, record, code), True, False) for code in codes if code != now)
    yield OtherOutcome(TAKEN_BACK, "None of it was so: take the record back", False, False)


def _wish(opened: Opened, record: StepRecord, other: OtherOutcome) -> Otherwise:
    """As somebody would fill it in: with a reason, and with a date where one is asked for."""
    case, taken_back = opened.case, other.code == TAKEN_BACK
    day = record.agreed_date or (case.calendar.local_date(case.now) if other.asks_date else None)
    said = Corrected(record.happened_at, "-", "", day, "" if taken_back else other.code, taken_back)
    return Otherwise(case, record, said, opened.by, opened.words)


def _is_not_on_offer(found: NotCorrectable) -> bool:
    """Whether nobody could have chosen it then: nothing to tell of."""
    return any(reason.problem == "not-offered" for reason in found.reasons)


def _rests(opened: Opened, found: InTheWay) -> RestsOnIt:
    case = opened.case
    one = case.casefile.records[found.place]
    record = next((other for other in case.records if other.pk == one.key), None)
    title = case.pathway.steps[one.step].title
    if record is None:
        return RestsOnIt(f"“{title}” rests on it.", "", "", "", False, False, ("H9",))
    who = practitioner_name(record.recorded_by)
    day = case.calendar.local_date(record.happened_at)
    child = "" if one.child is None else f" for {first_name(case.children[one.child].person)}"
    stands = f"“{title}”{child}: {called_of(opened, record)}. {who} recorded it on {day.day} {day:%B %Y}"
    moves = _moves(opened, found)
    return RestsOnIt(
        what=f"{stands}, and {moves}." if moves else f"{stands}, and it rests on this.",
        who=practitioner_name(case.people.manager) if moves else who,
        step=one.step,
        child_ref=_ref(opened, one.child),
        of_exception=record.act != StepRecord.Act.RECORDED,
        moves=bool(moves),
        clauses=("H1", "H9") if moves else ("H9",),
    )


def _ref(opened: Opened, child: Child | None) -> str:
    return "" if child is None else opened.case.children[child].person.ref


def _moves(opened: Opened, found: InTheWay) -> str:
    """What would be undone about who answers for whom; empty where nothing would."""
    children = {effect.child for effect in found.moves if isinstance(effect, _OF_A_CHILD)}
    names = listed([first_name(opened.case.children[child].person) for child in sorted(children)])
    if names:
        return f"who answers for {names} hangs on it"
    return "what has begun or ended since hangs on it" if found.moves else ""


_OF_A_CHILD = (e.InvolvementOpened, e.InvolvementClosed, e.Allocated, e.MainContactChanged, e.ChildEnded)
