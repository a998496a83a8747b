"""Who is who in a run: the relations (responsible worker, manager, receiver, stand-in) as the records have them now."""

from dataclasses import dataclass
from datetime import datetime

from handhold.protocol.pathways import Protocol
from handhold.records.models import Allocation, Post, Practitioner, RoleHolding, Run


class NobodyHoldsThisRole(Exception):
    """A role that the procedure names is held by nobody, and there is no post of last resort either."""

    def __init__(self, role: str) -> None:
        super().__init__(f"Nobody holds the role {role!r}, and no post of last resort is held.")
        self.role = role


@dataclass(frozen=True)
class RunPeople:
    """The people of one run. `worker` is who is accountable for the involvement from which the run comes."""

    worker: Practitioner
    manager: Practitioner
    receiver: Practitioner | None
    stand_in: Practitioner

    def holder(self, relation: str) -> Practitioner:
        """The practitioner behind a relation of an effect. Raises ValueError for a receiver who is not there."""
        found = {
            "responsible-worker": self.worker,
            "responsible-manager": self.manager,
            "receiver": self.receiver,
            "stand-in": self.stand_in,
        }[relation]
        if found is None:
            raise ValueError("The run has no receiver.")
        return found

    def relation_of(self, practitioner_id: int, *, is_origin: bool) -> str:
        """What an accountable person is to the run: total, so that everybody who is accountable is seen as something."""
        if is_origin:
            holds_by_office = practitioner_id == self.manager.pk and self.manager.pk != self.worker.pk
            return "responsible-manager" if holds_by_office else "responsible-worker"
        if self.receiver is not None and practitioner_id == self.receiver.pk:
            return "receiver"
        return "stand-in"


def find_run_people(run: Run, protocol: Protocol, now: datetime) -> RunPeople:
    """The people of a run at `now`. `run` needs its sender and receiver loaded."""
    manager = find_manager(run.sender, protocol, now)
    receiver = run.receiver
    behind = find_stand_in(receiver, protocol, now) if receiver else manager
    return RunPeople(worker=run.sender, manager=manager, receiver=receiver, stand_in=behind)


def find_manager(worker: Practitioner, protocol: Protocol, now: datetime) -> Practitioner:
    """Who manages a worker: the holder of the role that stands in for the worker's role, of the same team first."""
    return find_stand_in(worker, protocol, now)


def find_stand_in(practitioner: Practitioner, protocol: Protocol, now: datetime) -> Practitioner:
    """Whom the procedure names to take over from somebody; the post of last resort where nobody else is there."""
    own = RoleHolding.objects.filter(practitioner=practitioner, during__contains=now).values_list("role", flat=True)
    names = [protocol.file.stand_ins[role] for role in sorted(own) if role in protocol.file.stand_ins]
    for role in names:
        holder = find_holder(role, practitioner, now)
        if holder is not None:
            return holder
    return find_last_resort(practitioner.agency.authority_id, now)


def find_holder(role: str, near: Practitioner, now: datetime) -> Practitioner | None:
    """Who holds a role now: of the same team first, then by post, then anybody of the authority. Never `near` themself."""
    holdings = (
        RoleHolding.objects.filter(
            role=role, during__contains=now, practitioner__agency__authority=near.agency.authority_id
        )
        .exclude(practitioner=near)
        .select_related("practitioner__agency", "practitioner__team")
        .order_by("practitioner_id")
    )
    of_team = [one for one in holdings if near.team_id and one.practitioner.team_id == near.team_id]
    found = (of_team or list(holdings))[:1]
    return found[0].practitioner if found else None


def find_last_resort(authority_id: int, now: datetime) -> Practitioner:
    """The holder of the post that the database never lets fall vacant."""
    post = Post.objects.filter(authority=authority_id, must_be_held_during__isnull=False).first()
    holding = (
        post.holdings.filter(during__contains=now).select_related("practitioner__agency").first() if post else None
    )
    if holding is None:
        raise NobodyHoldsThisRole("last-resort")
    return holding.practitioner


def find_accountable(involvement_ids: list[int], now: datetime) -> dict[int, Allocation]:
    """The allocation that holds each involvement now."""
    rows = Allocation.objects.filter(involvement__in=involvement_ids, during__contains=now).select_related(
        "practitioner__agency"
    )
    return {row.involvement_id: row for row in rows}
