"""Who is who in a run: the relations (responsible worker, manager, receiver, stand-in) as the records have them now."""

from dataclasses import dataclass

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
    return RunPeople(worker=run.sender, manager=manager, receiver=run.receiver, stand_in=behind)
