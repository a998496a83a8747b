"""The same two transfers, in which records are also corrected and taken back, by anybody, at any time.

After each correction the facts observed are those that were foretold, and who holds whom is as it was.
"""

from random import Random

from hypothesis import note
from hypothesis.stateful import rule
from tests.actions.machine_of_transfers import CHOICES, TransfersBesideEachOther
from tests.actions.world_of_acts import AGREED, without_lateness

from handhold.access.transfers import NotHere, access_proposal_to_read
from handhold.actions.correcting import correct_record, find_standing_record
from handhold.actions.refusals import NoSuchChoice, NotAllowed, OthersRestOnIt, StepRefused
from handhold.casefiles.case import Case
from handhold.casefiles.correcting import Corrected
from handhold.casefiles.undoing import Otherwise, decide_otherwise
from handhold.protocol.correcting import Correctable
from handhold.protocol.facts import Facts
from handhold.records.models import Practitioner, StepRecord

REFUSED: dict[type[Exception], str] = {
    NotHere: "not here",
    NoSuchChoice: "no such choice",
    NotAllowed: "not allowed",
    StepRefused: "refused",
    OthersRestOnIt: "others rest on it",
}


class TransfersWithCorrections(TransfersBesideEachOther):
    """As its base, with a rule more; concerns, which are corrected by nobody, are left to the other."""

    somebody_reports_a_concern = None  # type: ignore[assignment]
    somebody_decides_a_concern = None  # type: ignore[assignment]

    @rule(chosen=CHOICES)
    def something_is_corrected(self, chosen: Random) -> None:
        """Any record that stands, late ones the likelier; by who wrote it, or by anybody."""
        case = self.cases[chosen.choice(self.runs).pk]
        records = [one for one in case.records if one.step not in case.pathway.concern_steps()]
        if not records:
            return
        record = chosen.choice([*records, *records[-3:] * 3])
        by = chosen.choice(
            [*self.everybody(), *[one for one in self.everybody() if one.pk == record.recorded_by_id] * 20]
        )
        outcome = chosen.choice(["taken-back", *self.outcomes_of(case, record)])
        came_to = self.corrected(case, record, outcome, by)
        note(f"{self.place(case.run)}: {by} corrects {record.step} to {outcome}: {came_to}")
        self.tally[f"correct: {came_to}"] += 1

    def corrected(self, case: Case, record: StepRecord, outcome: str, by: Practitioner) -> str:
        """What came of it, in words."""
        of_exception = record.act != StepRecord.Act.RECORDED
        child = next((held.person.ref for held in case.children if held.person.pk == record.child_id), None)
        taken_back = outcome == "taken-back"
        said = Corrected(record.happened_at, "Heard again", "", AGREED, "" if taken_back else outcome, taken_back)
        try:
            foretold = self.foretold_correction(case, said, by, (record.step, child, of_exception))
            correct_record(
                case.run.ref,
                record.step,
                said,
                "It was not so",
                version=record.pk,
                child_ref=child,
                of_exception=of_exception,
                by=by,
                now=self.now,
            )
        except tuple(REFUSED) as refused:
            assert without_lateness(self.world.case_of(case.run, self.now).observed.facts) == self.facts[case.run.pk]
            return REFUSED[type(refused)]
        assert foretold is not None
        assert by not in self.outsiders()
        self.hold({case.run.pk: foretold})
        return "done"

    def foretold_correction(
        self, case: Case, said: Corrected, by: Practitioner, slot: tuple[str, str | None, bool]
    ) -> Facts | None:
        """The facts once it is corrected: of the steps as replayed, of who holds whom as they are."""
        opened = access_proposal_to_read(case.run.ref, by=by, now=self.now)
        step, child, of_exception = slot
        wrong = find_standing_record(opened, step, child, of_exception=of_exception)
        found = decide_otherwise(Otherwise(case, wrong, said, by, opened.words))
        if not isinstance(found, Correctable):
            return None
        now = case.observed.facts
        queues = frozenset() if now.ended else found.after.queues
        return found.after._replace(
            children=now.children, matters=now.matters, known=now.known, ended=now.ended, queues=queues
        )

    def outcomes_of(self, case: Case, record: StepRecord) -> list[str]:
        """How else the record could come out."""
        step = case.pathway.steps[record.step]
        known: dict[StepRecord.Act, list[str]] = {
            StepRecord.Act.RECORDED: [*step.outcomes],
            StepRecord.Act.EXCEPTION_ASKED: [*step.exception.kinds] if step.exception else [],
            StepRecord.Act.EXCEPTION_DECIDED: ["granted", "refused"],
        }
        return [one for one in known[StepRecord.Act(record.act)] if one not in (record.outcome, record.exception_kind)]
