"""Who is who in a run: the relations (responsible worker, manager, receiver, stand-in) as the records have them now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from handhold.casefiles.offices import Offices
from handhold.protocol.pathways import Protocol
from handhold.records.models import Practitioner, Run


@dataclass(frozen=True)
class RunPeople:
    """The people of one run. `worker` is who is accountable for the involvement from which the run comes."""

    worker: Practitioner
    manager: Practitioner
    receiver: Practitioner | None
    stand_in: Practitioner
    by_office: Mapping[str, Practitioner] = field(default_factory=dict)
    """Who takes on by each role that the pathway's effects name."""
    roles: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """By practitioner id, the roles of those who hold a child of the run, and of who stands behind them."""

    def holder(self, word: str) -> Practitioner:
        """The practitioner behind a relation or an office of an effect. Raises ValueError for a missing receiver."""
        found = {
            **self.by_office,
            "responsible-worker": self.worker,
            "responsible-manager": self.manager,
            "receiver": self.receiver,
            "stand-in": self.stand_in,
        }[word]
        if found is None:
            raise ValueError("The run has no receiver.")
        return found

    def relation_of(self, practitioner_id: int, *, is_origin: bool) -> str:
        """What an accountable person is to the run; total, so that whoever is accountable is seen as something."""
        if is_origin:
            holds_by_office = practitioner_id == self.manager.pk and self.manager.pk != self.worker.pk
            return "responsible-manager" if holds_by_office else "responsible-worker"
        if self.receiver is not None and practitioner_id == self.receiver.pk:
            return "receiver"
        return "stand-in"


def people_of_run(run: Run, protocol: Protocol, offices: Offices) -> RunPeople:
    """The people of a run, by offices that know its sender and receiver, who are loaded with the run."""
    stand_ins = protocol.file.stand_ins
    manager = offices.stand_in_of(run.sender, stand_ins)
    behind = offices.stand_in_of(run.receiver, stand_ins) if run.receiver else manager
    by_office = offices_near(run.sender, protocol.pathways[run.pathway].offices, offices)
    return RunPeople(run.sender, manager, run.receiver, behind, by_office)


def offices_near(worker: Practitioner, roles: Iterable[str], offices: Offices) -> dict[str, Practitioner]:
    """Who takes on by each of these roles for a worker: themself where they hold it, else whoever is nearest."""
    return {role: offices.office_of(role, worker) for role in roles}
