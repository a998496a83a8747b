"""The doors to a practitioner's work: for their manager by office, for who oversees everybody, for the person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from handhold.access.families import Sighted, sight_of
from handhold.access.transfers import NotHere, Opened, access_transfer_to_settle
from handhold.access.words import roles_of
from handhold.casefiles.offices import load_offices
from handhold.casefiles.protocols import part_readable
from handhold.protocol.pathways import Protocol
from handhold.records.models import Agency, Allocation, Person, Practitioner, Run, RunChild


@dataclass(frozen=True)
class OpenedPerson:
    """A practitioner, opened by somebody: what that person sees, and who stands in for the practitioner by office."""

    person: Practitioner
    sight: Sighted
    manager: Practitioner
    roles: frozenset[str]
    """Those that the practitioner holds."""

    @property
    def is_self(self) -> bool:
        """Whether they look at their own."""
        return self.person.pk == self.sight.by.pk

    @property
    def may_manage(self) -> bool:
        """Whether what this practitioner holds is theirs to move: by office, as overseer, or their own as a manager."""
        if self.is_self:
            return bool(self.sight.manages) or self.sight.sees_all
        return self.person.pk in self.sight.manages or self.manager.pk == self.sight.by.pk or self.sight.sees_all

    @property
    def may_record_absence(self) -> bool:
        """Whether they may say when this practitioner is away: the person, and who may manage them."""
        return self.is_self or self.may_manage


@dataclass(frozen=True)
class OpenedCaseload:
    """Some of what a practitioner answers for, locked, with every open run that moves one of these children."""

    opened: OpenedPerson
    allocations: list[Allocation]
    runs: list[Run]
    gone: list[Allocation]
    """Those of the involvements asked for that somebody else answers for by now."""


def access_person_to_read(ref: str, *, by: Practitioner, now: datetime) -> OpenedPerson:
    """A practitioner of the same council's partnership, for its staff; for a partner themself only. Raises NotHere."""
    sight = sight_of(by, now)
    found = Practitioner.objects.select_related("agency__authority", "team")
    person = found.filter(ref=ref, agency__authority=by.agency.authority_id).first()
    if person is None or (by.agency.kind != Agency.Kind.COUNCIL and person.pk != by.pk):
        raise NotHere
    manager = load_offices([person], sight.protocol.file.stand_ins.values(), now)
    return OpenedPerson(
        person, sight, manager.stand_in_of(person, sight.protocol.file.stand_ins), roles_of(person, now)
    )


def access_caseload_to_change(
    ref: str, involvement_refs: Iterable[str], *, by: Practitioner, now: datetime
) -> OpenedCaseload:
    """Some involvements that a practitioner answers for, their children locked in the order of their ids.

    The children of every open run that moves one of them are locked too, so that no step of it crosses. Raises NotHere.
    """
    opened = access_person_to_read(ref, by=by, now=now)
    asked = Allocation.objects.filter(
        involvement__ref__in=set(involvement_refs),
        involvement__agency__authority=by.agency.authority_id,
        during__upper_inf=True,
    )
    lock_children_and_those_beside(set(asked.values_list("involvement__child", flat=True)))
    found = list(asked.select_related("involvement__child", "practitioner").order_by("involvement__child_id", "id"))
    own = [one for one in found if one.practitioner_id == opened.person.pk]
    gone = [one for one in found if one.practitioner_id != opened.person.pk]
    return OpenedCaseload(opened, own, open_runs_of({one.involvement.child_id for one in own}), gone)


def lock_children_and_those_beside(children: set[int]) -> None:
    """Locks children, and their siblings of every open run, in the order of their ids, until the transaction ends."""
    runs = RunChild.objects.filter(child__in=children, run__ended_at__isnull=True).values("run")
    beside = set(RunChild.objects.filter(run__in=runs).values_list("child", flat=True))
    locked = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=children | beside)
    list(locked.order_by("pk").values_list("pk"))


def open_runs_of(children: set[int]) -> list[Run]:
    """The open runs of these children, in the order of their ids; those left out whose procedure cannot be read now."""
    runs = Run.objects.filter(run_children__child__in=children, ended_at__isnull=True).select_related("authority")
    return part_readable(runs.distinct().order_by("pk"))[0]


def open_in_place_of(run: Run, person: OpenedPerson, *, relation: str = "") -> Opened:
    """A run, for whoever manages one of its people, with the words of that relation beside their own.

    The caller has checked that they do: a manager speaks for who leaves. The run's children are locked.
    """
    opened = access_transfer_to_settle(run.ref, by=person.sight.by, now=person.sight.now)
    return Opened(opened.case, opened.by, opened.words | ({relation} if relation else set()))


def roles_that_take_over(protocol: Protocol, roles: frozenset[str]) -> frozenset[str]:
    """The roles whose holders can answer for what somebody of these roles answered for, without being asked first.

    The same role, who stands in for it, and for whom it stands in; never one outside the council: a partner accepts.
    """
    stand_ins = protocol.file.stand_ins
    near = {*roles, *(stand_ins[one] for one in roles if one in stand_ins)}
    near |= {role for role, stand_in in stand_ins.items() if stand_in in roles}
    known = near.intersection({*stand_ins, *stand_ins.values()}) or {*stand_ins, *stand_ins.values()}
    return frozenset(role for role in known if not protocol.file.roles[role].outside_council)
