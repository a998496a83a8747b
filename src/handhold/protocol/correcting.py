"""May a record be corrected? `decide_correction` replays what is on record as it was and as it would be (H9).

An outcome is put in another's place, or a record is taken back, only where the history that remains could have happened
so: every later record would still have been allowed, and nobody answers for another child than before. So a correction
leads to no state that the explorer has not walked. Whether it was too late for anything is not replayed: time passed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple, cast

from handhold.protocol import effects as e
from handhold.protocol.applying import apply
from handhold.protocol.deciding import ANYBODY, Allowed, NeedsReason, Reason, Refused, decide
from handhold.protocol.facts import Act, Facts
from handhold.protocol.observing import Standing, StepOnRecord, effects_of_record, keep_standing
from handhold.protocol.pathways import Pathway
from handhold.protocol.vocabulary import WORDS

Verb = Literal["record", "ask-exception", "decide-exception"]

NOT_REPLAYED = frozenset({"not-yours", "word-missing", "too-early"})
"""What was asked of a later record when it was written, and a correction of an earlier one changes nothing about."""

WHO_HOLDS = (
    e.InvolvementOpened,
    e.InvolvementClosed,
    e.Allocated,
    e.MainContactChanged,
    e.ChildEnded,
    e.RunEnded,
    e.RunStarted,
    e.MatterOpened,
    e.MatterSettled,
)
"""Effects that people have acted on beyond the run: who answers for a child, what is open, what has ended."""


class Wish(NamedTuple):
    """The record at `place` replaced by another (`instead`), or taken back where that is None.

    act: what the new record does; for one taken back, what the record itself did. What the person wrote themself
    before it (`own`) is found in the records.
    """

    place: int
    instead: StepOnRecord | None
    person: str
    act: Act


class InTheWay(NamedTuple):
    """A record that would not stand: its place among the records, why (empty where only its effects would change)."""

    place: int
    reasons: tuple[Reason, ...]
    moves: tuple[e.Effect, ...]
    """What it did, or would do, to who answers for a child."""


class Correctable(NamedTuple):
    """It may be corrected so. `gained` and `lost` are the effects that only the one history has, and only the other.

    The facts before and after are those at the end of both histories: for queues, and for how far the receiver is.
    """

    before: Facts
    after: Facts
    gained: tuple[e.Effect, ...]
    lost: tuple[e.Effect, ...]


class NotCorrectable(NamedTuple):
    """It may not: what stands against the record itself, then each later record that stands in the way."""

    reasons: tuple[Reason, ...]
    in_the_way: tuple[InTheWay, ...]

    def refused(self, pathway: Pathway, records: Sequence[StepOnRecord]) -> Refused:
        """The answer as that to any act: whoever may do the step of a record in the way can correct it first."""
        found = self.reasons
        for one in self.in_the_way if not found else ():
            later = records[one.place]
            clauses = ("H1", "H9") if one.moves else ("H9",)
            who = tuple(pathway.steps[later.step].who)
            found = (*found, Reason("rests-on-it", later.step, later.child, "", who, clauses))
        return Refused(found)


def decide_correction(
    pathway: Pathway, start: Facts, records: Sequence[StepOnRecord], wish: Wish
) -> Correctable | NotCorrectable | NeedsReason:
    """Whether what is on record may be corrected so. `start` is the facts when the run began.

    Raises KeyError for an unknown step or outcome.
    """
    was = list(_replay(pathway, start, records))
    others: list[StepOnRecord | None] = [*records]
    others[wish.place] = wish.instead
    would_be = list(_replay(pathway, start, others))
    now = was[wish.place]
    own = _own(now.standing, now.asked, wish.person)
    answer = decide(pathway, now.facts, wish.act._replace(own=own))
    if isinstance(answer, NeedsReason):
        return answer
    reasons = _against(answer, now.reasons, taken_back=wish.instead is None)
    in_the_way = tuple(_find_in_the_way(was, would_be, wish.place))
    if reasons or in_the_way:
        return NotCorrectable(reasons, in_the_way)
    gained, lost = _difference(was, would_be)
    return Correctable(_end(pathway, start, was), _end(pathway, start, would_be), gained, lost)


class _Moment(NamedTuple):
    """One record as it was decided: on which facts, what stood against it, what it brought about."""

    facts: Facts
    reasons: frozenset[Reason]
    effects: tuple[e.Effect, ...]
    standing: Standing
    asked: Standing


def _replay(pathway: Pathway, facts: Facts, records: Iterable[StepOnRecord | None]) -> Iterator[_Moment]:
    """Each record decided anew on the facts to which the ones before it lead; one left out brings nothing about."""
    standing: Standing = {}
    asked: Standing = {}
    for record in records:
        if record is None:
            yield _Moment(facts, frozenset(), (), dict(standing), dict(asked))
            continue
        reasons, effects = _decided(pathway, facts, record, standing, asked)
        yield _Moment(facts, reasons, effects, dict(standing), dict(asked))
        keep_standing(record, effects, standing, asked)
        facts = apply(pathway, facts, effects)


def _decided(
    pathway: Pathway, facts: Facts, record: StepOnRecord, standing: Standing, asked: Standing
) -> tuple[frozenset[Reason], tuple[e.Effect, ...]]:
    """What stands against a record on these facts, and what it brought about all the same."""
    act = act_of_record(record, by=frozenset(_everybody(pathway, record)))
    own = {step for person in (record.by, *record.also_by) for step in _own(standing, asked, person)}
    answer = decide(pathway, facts, act._replace(own=frozenset(own)))
    if isinstance(answer, Allowed):
        return frozenset(), answer.effects
    reasons = answer.reasons if isinstance(answer, Refused) else ()
    kept = frozenset(reason for reason in reasons if reason.problem not in NOT_REPLAYED)
    if record.verb != "record":
        return kept, effects_of_record(pathway, facts, record)
    return kept, e.of_outcome(pathway, facts, pathway.steps[record.step], record.outcome, record.child)


def act_of_record(record: StepOnRecord, *, by: frozenset[str]) -> Act:
    """The act that a record was, by somebody who is all this, with everything written down that could be asked for."""
    words = frozenset(str(word) for word in WORDS)
    return Act(cast("Verb", record.verb), record.step, record.outcome, record.child, by, frozenset(), words, True)


def _everybody(pathway: Pathway, record: StepOnRecord) -> Iterator[str]:
    step = pathway.steps[record.step]
    yield from (ANYBODY, *step.who)
    yield from step.exception.decided_by if step.exception else ()
    outcome = step.outcomes.get(record.outcome)
    yield from (outcome.who or ()) if outcome else ()


def _own(standing: Standing, asked: Standing, person: str) -> frozenset[str]:
    """The steps that this person wrote, or asked to be excepted, by then."""
    kept = [*standing.values(), *asked.values()]
    return frozenset(one.step for one in kept if person in (one.by, *one.also_by))


def _against(answer: Allowed | Refused, was: frozenset[Reason], *, taken_back: bool) -> tuple[Reason, ...]:
    """What stands against the new record and did not stand against the earlier one; who may, always."""
    if isinstance(answer, Allowed):
        return ()
    always = {"not-yours", "own-work"} if taken_back else {"not-yours", "own-work", "word-missing"}
    found = (reason for reason in answer.reasons if reason.problem != "too-early")
    if taken_back:
        return tuple(reason for reason in found if reason.problem in always)
    return tuple(reason for reason in found if reason.problem in always or reason not in was)


def _find_in_the_way(was: Sequence[_Moment], would_be: Sequence[_Moment], place: int) -> Iterator[InTheWay]:
    for number, (earlier, later) in enumerate(zip(was, would_be, strict=True)):
        reasons = sorted(later.reasons - earlier.reasons) if number > place else []
        moves = _holding(earlier) ^ _holding(later)
        if reasons or moves:
            yield InTheWay(number, tuple(reasons), tuple(effect for _, effect in sorted(moves, key=repr)))


def _holding(moment: _Moment) -> set[tuple[str, e.Effect]]:
    """What a record did to who holds whom. By kind too: two kinds with the same values are equal as tuples."""
    return {(type(effect).__name__, effect) for effect in moment.effects if isinstance(effect, WHO_HOLDS)}


def _difference(
    was: Sequence[_Moment], would_be: Sequence[_Moment]
) -> tuple[tuple[e.Effect, ...], tuple[e.Effect, ...]]:
    """The effects that only the one history has, and those that only the other has."""
    one, other = _counted(would_be), _counted(was)
    gained, lost = (one - other).elements(), (other - one).elements()
    return tuple(effect for _, effect in gained), tuple(effect for _, effect in lost)


def _counted(moments: Iterable[_Moment]) -> Counter[tuple[str, e.Effect]]:
    return Counter((type(effect).__name__, effect) for moment in moments for effect in moment.effects)


def _end(pathway: Pathway, start: Facts, moments: Sequence[_Moment]) -> Facts:
    return apply(pathway, moments[-1].facts, moments[-1].effects) if moments else start


def with_outcome(record: StepOnRecord, outcome: str, by: str) -> StepOnRecord:
    """The record come out otherwise, as somebody says: theirs from then on, and no less that of who wrote it before."""
    return replace(record, outcome=outcome, by=by, also_by=(record.also_by | {record.by}) - {by})
