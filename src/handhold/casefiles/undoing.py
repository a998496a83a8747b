"""A step that came out otherwise, or was not so: may it be corrected, and what has to be put right beside the record.

Whether it may is asked of `decide_correction`; nothing here decides. What people wrote with the step stays theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from handhold.casefiles.case import Case
from handhold.casefiles.contents import Content
from handhold.casefiles.correcting import Corrected
from handhold.casefiles.ending_runs import take_off_agendas
from handhold.casefiles.handing_over import end_relationships
from handhold.casefiles.steps_by_meaning import effects_of, receiver_after
from handhold.casefiles.writing import carry_out, set_receiver
from handhold.protocol import effects as e
from handhold.protocol.applying import first_facts
from handhold.protocol.correcting import (
    Correctable,
    NotCorrectable,
    Wish,
    act_of_record,
    decide_correction,
    with_outcome,
)
from handhold.protocol.deciding import NeedsReason
from handhold.protocol.definition import Outcome, Step
from handhold.protocol.facts import ChildFacts, Facts, held
from handhold.protocol.observing import StepOnRecord
from handhold.records.models import (
    Allocation,
    MainContact,
    MeetingItem,
    PaperReceived,
    PaperShared,
    Practitioner,
    ProfessionalRelationship,
    StepRecord,
)

KEPT_ELSEWHERE = frozenset({"assessment", "plan"})
"""Kinds of steps whose words stand beside the record in a place of their own: a correction would not reach them."""


@dataclass(frozen=True)
class Otherwise:
    """A record of a case as it would be, by somebody with these words on the case."""

    case: Case
    record: StepRecord
    corrected: Corrected
    by: Practitioner
    words: frozenset[str]

    @property
    def step(self) -> Step:
        """The step that it is a record of."""
        return self.case.pathway.steps[self.record.step]

    @property
    def outcome(self) -> Outcome | None:
        """How the step would come out; None for an exception, and for what was not so at all."""
        return None if self.corrected.taken_back else self.step.outcomes.get(self.corrected.outcome)

    @property
    def asks(self) -> frozenset[str]:
        """What a record with this outcome must hold."""
        return frozenset((*self.step.asks, *self.outcome.asks)) if self.outcome else frozenset()

    @property
    def practitioner(self) -> Practitioner | None:
        """The person chosen with the earlier record, where the new outcome chooses one too."""
        chooses = self.outcome is None or "practitioner-chosen" in self.asks
        return self.record.practitioner if chooses else None


def decide_otherwise(wish: Otherwise, start: Facts | None = None) -> Correctable | NotCorrectable | NeedsReason:
    """Whether the record may be corrected so. `start` saves the reading where several outcomes are asked about."""
    case, records = wish.case, wish.case.casefile.records
    place = next(number for number, one in enumerate(records) if one.key == wish.record.pk)
    instead = (
        None if wish.corrected.taken_back else with_outcome(records[place], wish.corrected.outcome, str(wish.by.pk))
    )
    has_reason = wish.corrected.taken_back or bool(wish.corrected.reason.strip())
    act = act_of_record(instead or records[place], by=wish.words)
    act = act._replace(words=_words_of(wish), has_reason=has_reason)
    start = facts_at_start(case) if start is None else start
    return decide_correction(case.pathway, start, records, Wish(place, instead, str(wish.by.pk), act))


def _words_of(wish: Otherwise) -> frozenset[str]:
    """What the earlier record was found to hold, with what the correction itself says."""
    earlier = wish.step.outcomes.get(wish.record.outcome)
    asked = {*wish.step.asks, *(earlier.asks if earlier else ())} - {"date-agreed", "practitioner-chosen"}
    said = wish.corrected
    content = Content(said.happened_at, said.note, None, wish.record.practitioner, said.agreed_date)
    return content.words(wish.case) | {str(word) for word in asked}


def facts_at_start(case: Case) -> Facts:
    """The facts when the run began: who held its children then. Two statements."""
    children = [child.person.pk for child in case.children]
    at = case.run.started_at
    allocations = Allocation.objects.filter(involvement__child__in=children, during__contains=at)
    pairs: dict[int, list[tuple[str, str]]] = {child: [] for child in children}
    for one in allocations.select_related("involvement"):
        kind = one.involvement.kind
        is_origin = kind == case.pathway.origin
        relation = case.people.relation_of(one.practitioner_id, is_origin=False)
        pairs[one.involvement.child_id].append((kind, "responsible-worker" if is_origin else relation))
    rung = MainContact.objects.filter(child__in=children, during__contains=at)
    contacts = dict(rung.values_list("child_id", "involvement__kind"))
    return first_facts(
        case.pathway,
        tuple(ChildFacts(held(*pairs[child]), contacts.get(child)) for child in children),
        case.casefile.known,
    )


def find_receivers(wish: Otherwise) -> tuple[Practitioner | None, Practitioner | None]:
    """Who was to take over by the records as they are, and who by the records as they would be."""
    chosen = {one.pk: one.practitioner for one in wish.case.records}
    was = _named(wish.case, chosen, list(wish.case.casefile.records))
    would_be = []
    for one in wish.case.casefile.records:
        if one.key != wish.record.pk:
            would_be.append(one)
        elif not wish.corrected.taken_back:
            would_be.append(replace(one, outcome=wish.corrected.outcome))
    return was, _named(wish.case, chosen | {wish.record.pk: wish.practitioner}, would_be)


def _named(case: Case, chosen: dict[int, Practitioner | None], records: list[StepOnRecord]) -> Practitioner | None:
    """Whom the last record names by which somebody was asked, or took it on; nobody after one that ends it."""
    named: Practitioner | None = None
    for one in records:
        state = receiver_after(case.pathway.steps[one.step].outcomes[one.outcome]) if one.verb == "record" else ""
        if state == "none":
            named = None
        elif state:
            named = chosen.get(one.key or 0) or named
    return named


def is_kept_elsewhere(case: Case, record: StepRecord) -> bool:
    """Whether what was written with a record stands in a place of its own, or papers went out or came in with it."""
    if case.pathway.steps[record.step].kind in KEPT_ELSEWHERE:
        return True
    first = case.stand.first_of(record).pk
    shared = PaperShared.objects.filter(step_record=first).values_list("step_record")
    return shared.union(PaperReceived.objects.filter(step_record=first).values_list("step_record")).exists()


def answers_for_children(case: Case, who: Practitioner) -> bool:
    """Whether somebody has come to answer for a child through this run."""
    return Allocation.objects.filter(run=case.run, practitioner=who).exists()


def put_right(wish: Otherwise, found: Correctable) -> tuple[e.Effect, ...]:
    """Queues, agendas, forms and the receiver as the records have them now; nothing of a run that is over.

    Returns what it did. The later record is written; nobody answers for another child than before.
    """
    case = wish.case
    if wish.corrected.taken_back and wish.step.kind == "professional-relationship":
        _end_what_it_began(wish)
    if case.run.ended_at is not None:
        return ()
    lost = {effect.series for effect in found.lost if isinstance(effect, e.PutOnMeeting)}
    if lost:
        take_off_agendas(case.run, lost)
    was, would_be = find_receivers(wish)
    effects = tuple(_effects(case, found, is_another=was != would_be))
    if any(isinstance(effect, e.ReceiverStands) and effect.state != "none" for effect in effects):
        set_receiver(case, would_be)
    carry_out(case, effects, by=wish.by)
    return effects


def _end_what_it_began(wish: Otherwise) -> None:
    """Whoever a record put on the child's record as lead is so no more, once it is taken back."""
    began = wish.case.stand.first_of(wish.record).recorded_at
    leads = ProfessionalRelationship.objects.filter(
        child=wish.record.child, is_lead=True, during__startswith=began, during__upper_inf=True
    )
    end_relationships(leads, wish.case.now)


def _effects(case: Case, found: Correctable, *, is_another: bool) -> Iterator[e.Effect]:
    before, after = found.before, found.after
    yield from (effect for effect in found.gained if isinstance(effect, e.StepVoided | e.FormOpened | e.PutOnMeeting))
    yield from (e.QueueLeft(queue) for queue in sorted(before.queues - after.queues))
    yield from (e.QueueJoined(queue) for queue in sorted(after.queues - before.queues))
    if is_another or before.receiver != after.receiver:
        yield e.ReceiverStands(after.receiver)
    for effect in found.lost:
        if isinstance(effect, e.StepVoided):
            yield from _asked_again(case, found, case.pathway.steps[effect.step])


def _asked_again(case: Case, found: Correctable, step: Step) -> Iterator[e.Effect]:
    """A request that stands after all goes back on an agenda, where it still waits for one."""
    slots = case.pathway.slots(len(case.children))
    fact = found.after.steps[slots[step.id, None]] if (step.id, None) in slots else None
    series = {one.put_on_meeting for one in effects_of(step) if one.put_on_meeting}
    if fact is None or fact.outcome is None or step.kind == "decision":
        return
    for one in sorted(series):
        if not MeetingItem.objects.filter(run=case.run, meeting__series__code=one, outcome="").exists():
            yield e.PutOnMeeting(one)
