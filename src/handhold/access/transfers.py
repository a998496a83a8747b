"""The doors to a transfer: fetch, permission and lock in one call. Outside one's sight it is as if it did not exist."""

from dataclasses import dataclass, replace
from datetime import datetime

from handhold.access.policy import Sight, may_see
from handhold.access.settling import words_of_settling
from handhold.access.words import roles_of, words_for
from handhold.casefiles.case import Case, load_case
from handhold.records.models import Involvement, MeetingItem, Person, Practitioner, QueueItem, Run
from handhold.working_days import council_date

RECEIVING_END = frozenset({"receiver", "accepted-receiver", "stand-in"})
"""The words of who takes a family on, and of who stands behind them."""


class NotHere(Exception):
    """There is nothing here for this person: it does not exist, or it is not theirs to see. Pages answer both alike."""


@dataclass(frozen=True)
class Opened:
    """A transfer, opened by somebody who may: the case, who opened it, and their words on it."""

    case: Case
    by: Practitioner
    words: frozenset[str]

    def sees(self, sight: Sight) -> bool:
        """Whether they have this sight of it."""
        return may_see(sight, self.words)


def access_transfer_to_read(ref: str, *, by: Practitioner, now: datetime) -> Opened:
    """Opens a transfer for whoever may see the whole of it, but for a concern about themself (Y52). Raises NotHere."""
    opened = _open(ref, by, now, hidden_from=by.pk)
    if not opened.sees("transfer"):
        raise NotHere
    return opened


def access_proposal_to_read(ref: str, *, by: Practitioner, now: datetime) -> Opened:
    """Opens a transfer for who was asked to lead it (need, agencies, plan), or may see the whole. Raises NotHere."""
    return _open_proposal(ref, by, now, hidden_from=by.pk)


def _open_proposal(ref: str, by: Practitioner, now: datetime, *, hidden_from: int | None) -> Opened:
    opened = _open(ref, by, now, hidden_from=hidden_from)
    if not (opened.sees("proposal") or opened.sees("transfer")):
        raise NotHere
    return opened


def access_transfer_to_change(ref: str, *, by: Practitioner, now: datetime) -> Opened:
    """As `access_proposal_to_read`, with the run's children locked in the order of their ids for this transaction.

    With everything that is open about them, also a concern about whoever changes it: it holds up a closure by them too.

    Step up and step down of one child cross: so children are locked, not transfers. The lock holds up nobody who only
    names a child, as who reports a concern about one does (ADR 0010).
    """
    lock_children(ref)
    return _open_proposal(ref, by, now, hidden_from=None)


def access_transfer_to_settle(ref: str, *, by: Practitioner, now: datetime) -> Opened:
    """As `access_transfer_to_change`, for a decision on a concern by who receives concerns, whatever else they may see.

    The caller has checked that they do; so they decide it for the transfer as well, also where the concern came to them
    past those who decide it otherwise. Raises NotHere for another council's.
    """
    lock_children(ref)
    opened = _open(ref, by, now)
    pathway = opened.case.pathway
    return replace(opened, words=opened.words.union(pathway.steps[pathway.concern_steps()[1]].who))


def access_transfer_as_time_passes(ref: str, *, now: datetime) -> Opened:
    """As `access_transfer_to_change`, for what comes about by itself: in the name of who answers for the children."""
    lock_children(ref)
    run = _fetch(ref)
    if run is None:
        raise NotHere
    case = load_case(run, now)
    words = {word for step in case.pathway.steps.values() for word in step.who}
    return Opened(case, case.worker_now, frozenset(words))


def lock_children(ref: str) -> None:
    """The children of a transfer, in the order of their ids, for this transaction."""
    children = list(Run.objects.filter(ref=ref).values_list("run_children__child_id", flat=True))
    locked = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=children)
    list(locked.order_by("pk").values_list("pk"))


def _open(ref: str, by: Practitioner, now: datetime, *, hidden_from: int | None = None) -> Opened:
    run = _fetch(ref)
    if run is None or run.authority_id != by.agency.authority_id or not is_there(by, now):
        raise NotHere
    roles = roles_of(by, now)
    case = load_case(run, now, hidden_from=hidden_from)
    words = words_for(by, case, roles) | _words_of_sight(by, case, roles)
    if not may_see("transfer", words):
        words |= words_of_settling(by, case, roles)
    return Opened(case, by, words if _goes_on_for_receiver(case, words) else words - RECEIVING_END)


def _fetch(ref: str) -> Run | None:
    ends = ("sender__agency", "sender__team", "receiver__agency", "receiver__team")
    return Run.objects.select_related(*ends, "family", "assessment", "authority").filter(ref=ref).first()


def _goes_on_for_receiver(case: Case, words: frozenset[str]) -> bool:
    """False once a transfer has ended and handed nobody over: who was to take on has no more to do with the family."""
    if case.run.ended_at is None or not words & RECEIVING_END:
        return True
    return Involvement.objects.filter(opened_by_run=case.run).exists()


def is_there(practitioner: Practitioner, now: datetime) -> bool:
    """Whether they have not left."""
    return practitioner.left_date is None or practitioner.left_date > council_date(now)


def _words_of_sight(by: Practitioner, case: Case, roles: frozenset[str]) -> set[str]:
    """Words that only sight needs: what one was, and what one has to do with the run through a queue or a meeting."""
    words = set()
    if by.pk in (case.run.sender_id, case.run.started_by_id):
        words.add("was-responsible")
    if case.run.receiver_id == by.pk and case.observed.facts.receiver == "accepted":
        words.add("accepted-receiver")
    if case.people.stand_in.pk == by.pk:
        words.add("stand-in")
    if case.holder_by_office and case.holder_by_office.pk == by.pk:
        words.add("holds-by-office")
    if roles.intersection(case.protocol.file.sight["transfer"]):
        words.add("sees-transfers")
    queues = [name for name, rule in case.protocol.file.queues.items() if rule.looked_after_by in roles]
    if queues and QueueItem.objects.filter(run=case.run, queue__code__in=queues).exists():
        words.add("queue-keeper")
    meetings = case.protocol.file.meetings.items()
    series = [name for name, rule in meetings if roles.intersection({rule.chaired_by, *rule.members})]
    if series and MeetingItem.objects.filter(run=case.run, meeting__series__code__in=series).exists():
        words.add("meeting-member")
    return words
